"""Starts programs as they are measured: pinned, in an environment of their own, by the launcher.

Knows processes; must not know experiments.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

LAUNCHER_SOURCE = Path(__file__).with_name("launcher.c")

_FIGURE = re.compile(r"^figure ([a-z0-9-]+) ([0-9.eE+-]+)$", re.MULTILINE)

# Nothing of the caller's environment reaches a program, so neither does RUST_BACKTRACE, GOGC,
# GOMAXPROCS, GODEBUG, MALLOC_ARENA_MAX, TOKIO_WORKER_THREADS, LD_PRELOAD, …
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


class LabError(Exception):
    """A program, a toolchain or the machine does not do what it must; the message says what."""


@dataclass(frozen=True)
class Usage:
    """What a process used, as the kernel counted it."""

    status: int
    """The exit status, or the negative number of the signal that ended it."""
    wall_s: float
    user_s: float
    system_s: float
    peak_bytes: int
    minor_faults: int
    major_faults: int
    voluntary_switches: int
    involuntary_switches: int

    @property
    def cpu_s(self) -> float:
        """Processor time, in the program and in the kernel for it."""
        return self.user_s + self.system_s


@dataclass(frozen=True)
class Ran:
    """A program that has ended."""

    usage: Usage
    stdout: bytes
    stderr: str
    figures: dict[str, float] = field(default_factory=dict)
    """What it reported by lines `figure NAME NUMBER` on standard error."""


@dataclass
class Program:
    """How to start a program."""

    launcher: Path
    argv: Sequence[str]
    cpus: Sequence[int]
    env: Mapping[str, str] = field(default_factory=dict)
    padding: int = 0
    """Bytes by which its environment is longer.

    They move its stack, so that no layout of memory favours one variant in all blocks (Mytkowicz
    et al., "Producing Wrong Data Without Doing Anything Obviously Wrong!", ASPLOS 2009).
    """

    def run(self, timeout_seconds: float) -> Ran:
        """Run it to its end."""
        with self.started() as running:
            return running.wait(timeout_seconds)

    @contextmanager
    def started(self) -> Iterator[Running]:
        """Start it; end it and all that it started when the block is left."""
        reading, writing = os.pipe()
        with (
            os.fdopen(reading) as report,
            tempfile.TemporaryFile() as stdout,
            tempfile.TemporaryFile() as stderr,
            tempfile.TemporaryDirectory(prefix="lab-") as folder,
        ):
            try:
                process = subprocess.Popen(
                    [
                        str(self.launcher),
                        ",".join(map(str, self.cpus)),
                        str(writing),
                        *self.argv,
                    ],
                    cwd=folder,
                    env={**_ENVIRONMENT, **self.env, "LAB_PADDING": "x" * self.padding},
                    stdin=subprocess.DEVNULL,
                    stdout=stdout,
                    stderr=stderr,
                    pass_fds=[writing],
                    start_new_session=True,
                )
            finally:
                os.close(writing)
            try:
                first = report.readline().split()
                if len(first) != 2:
                    process.wait()
                    raise LabError(f"{self.argv[0]}: not started: {_text(stderr).strip()}")
                yield Running(int(first[0]), int(first[1]), process, report, stdout, stderr)
            finally:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()


@dataclass
class Running:
    """A program that runs."""

    pid: int
    started_ns: int
    """By the clock of `time.monotonic_ns`."""
    _process: subprocess.Popen[bytes]
    _report: IO[str]
    _stdout: IO[bytes]
    _stderr: IO[bytes]

    @property
    def is_running(self) -> bool:
        """Whether it has not ended yet."""
        return self._process.poll() is None

    def cpu_s(self) -> float:
        """Return the processor time of all its threads so far, those that have ended included."""
        # The clock of another process: clock_getcpuclockid(3), which Python does not offer.
        try:
            return time.clock_gettime((~self.pid << 3) | 2)
        except OSError:
            raise LabError("has ended too early") from None

    def resident_bytes(self) -> int:
        """Return how much of its memory is in use now."""
        try:
            status = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
        except OSError:
            status = ""
        found = re.search(r"^VmRSS:\s+(\d+) kB$", status, re.MULTILINE)
        if found is None:
            raise LabError("has ended too early")
        return int(found[1]) * 1024

    def stop(self, timeout_seconds: float) -> Ran:
        """Ask it to end, and wait for it."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)
        return self.wait(timeout_seconds)

    def wait(self, timeout_seconds: float) -> Ran:
        """Wait until it has ended by itself."""
        try:
            self._process.wait(timeout_seconds)
        except subprocess.TimeoutExpired:
            raise LabError(f"has not ended after {timeout_seconds:.0f} s") from None
        fields = self._report.readline().split()
        if len(fields) != 9:
            raise LabError("the launcher was killed")
        status, wall_ns, user_us, system_us, peak_kb, *counts = map(int, fields)
        usage = Usage(
            status, wall_ns / 1e9, user_us / 1e6, system_us / 1e6, peak_kb * 1024, *counts
        )
        stderr = _text(self._stderr)
        figures = {name: float(number) for name, number in _FIGURE.findall(stderr)}
        self._stdout.seek(0)
        return Ran(usage, self._stdout.read(), stderr, figures)


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", errors="replace")


def build_launcher(work: Path) -> Path:
    """Compile the launcher below the work folder, unless it is there."""
    path = work / "launcher"
    if path.is_file() and path.stat().st_mtime > LAUNCHER_SOURCE.stat().st_mtime:
        return path.resolve()
    work.mkdir(parents=True, exist_ok=True)
    argv = ["cc", "-O2", "-static", "-o", str(path), str(LAUNCHER_SOURCE)]
    try:
        done = subprocess.run(argv, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise LabError("there is no C compiler; expected cc and a static libc") from None
    if done.returncode:
        raise LabError(f"the launcher does not build; expected a static libc:\n{done.stderr}")
    return path.resolve()
