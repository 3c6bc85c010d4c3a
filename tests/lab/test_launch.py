from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from lab.launch import LabError, Program


def _shell(launcher: Path, script: str, **more: object) -> Program:
    cpus = sorted(os.sched_getaffinity(0))[-1:]
    return Program(launcher, ["/bin/sh", "-c", script], cpus, **more)  # type: ignore[arg-type]


def test_what_a_program_says_and_how_it_ends_is_told(launcher: Path) -> None:
    """Standard output is its answer; figures stand on standard error, among other lines."""
    ran = _shell(launcher, "echo hello; echo oh >&2; echo figure per-task 2.5 >&2; exit 3").run(10)
    assert ran.stdout == b"hello\n"
    assert ran.figures == {"per-task": 2.5}
    assert ran.stderr.startswith("oh\n")
    assert ran.usage.status == 3


def test_a_signal_is_a_negative_status(launcher: Path) -> None:
    """As Python's own processes tell it."""
    assert _shell(launcher, "kill -9 $$").run(10).usage.status == -9


def test_memory_is_the_programs_own(launcher: Path) -> None:
    """A shell needs less than this process, whose peak a child of Python would inherit."""
    kept = bytearray(50_000_000)
    ran = _shell(launcher, "exit").run(10)
    assert 100_000 < ran.usage.peak_bytes < 10_000_000 < len(kept)


def test_processor_time_is_that_of_the_program(launcher: Path) -> None:
    """Sleeping takes none; the clock goes on."""
    asleep = _shell(launcher, "sleep 0.2").run(10).usage
    assert asleep.wall_s > 0.2
    assert asleep.cpu_s < 0.1
    busy = _shell(launcher, "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done").run(60).usage
    assert busy.cpu_s > 0.05
    assert busy.cpu_s <= busy.wall_s * 1.05


def test_a_program_is_pinned(launcher: Path) -> None:
    """It sees the one core that it was given."""
    [cpu] = sorted(os.sched_getaffinity(0))[-1:]
    script = f"{sys.executable} -c 'import os; print(os.sched_getaffinity(0))'"
    assert _shell(launcher, script).run(30).stdout.decode() == f"{{{cpu}}}\n"


def test_the_callers_environment_does_not_reach_a_program(
    launcher: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What would change its behaviour is gone; what the variant sets is there."""
    for name in ("GOGC", "GOMAXPROCS", "GODEBUG", "RUST_BACKTRACE", "MALLOC_ARENA_MAX"):
        monkeypatch.setenv(name, "1")
    said = _shell(launcher, "env", env={"GOGC": "off"}, padding=7).run(10).stdout.decode()
    lines = dict(line.split("=", 1) for line in said.splitlines())
    assert lines.keys() - {"PWD", "SHLVL", "_", "OLDPWD"} == {
        "GOGC",
        "LAB_PADDING",
        "LC_ALL",
        "PATH",
        "TZ",
    }
    assert lines["GOGC"] == "off"
    assert lines["LAB_PADDING"] == "x" * 7


def test_a_program_that_does_not_end_is_ended_with_its_children(
    launcher: Path, tmp_path: Path
) -> None:
    """A message tells; nothing goes on running."""
    mark = tmp_path / "mark"
    with pytest.raises(LabError, match="has not ended after 0 s"):
        _shell(launcher, f"(sleep 1; touch {mark}) & sleep 60").run(0.3)
    time.sleep(1.2)
    assert not mark.exists()


def test_the_clock_of_a_running_program_can_be_read(launcher: Path) -> None:
    """Its processor time grows while it works, and its memory is in use."""
    with _shell(launcher, "while :; do :; done").started() as running:
        before = running.cpu_s()
        time.sleep(0.3)
        assert running.cpu_s() > before
        assert running.resident_bytes() > 100_000
        assert running.is_running
        ran = running.stop(10)
    assert ran.usage.status == -15
    assert ran.usage.cpu_s >= before


def test_a_program_that_ended_cannot_be_asked(launcher: Path) -> None:
    """Neither for its time nor for its memory; stopping it tells how it ended."""
    with _shell(launcher, "exit 3").started() as running:
        while running.is_running:
            time.sleep(0.01)
        with pytest.raises(LabError, match="has ended too early"):
            running.cpu_s()
        with pytest.raises(LabError, match="has ended too early"):
            running.resident_bytes()
        assert running.stop(10).usage.status == 3


def test_what_a_program_leaves_behind_is_ended(launcher: Path, tmp_path: Path) -> None:
    """A child that goes on would disturb the next run."""
    mark = tmp_path / "mark"
    assert _shell(launcher, f"(sleep 1; touch {mark}) & exit 0").run(10).usage.status == 0
    time.sleep(1.3)
    assert not mark.exists()


def test_a_core_that_is_not_there_is_told(launcher: Path) -> None:
    """The launcher's own words are passed on."""
    with pytest.raises(LabError, match="sched_setaffinity: Invalid argument"):
        Program(launcher, ["/bin/true"], [1000]).run(10)
