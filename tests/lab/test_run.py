from __future__ import annotations

import fcntl
import threading
from typing import TYPE_CHECKING

import pytest

from lab import run
from lab.build import layer_bytes
from lab.experiments import Experiment
from lab.launch import LabError
from lab.measure import Taken, Task, take
from lab.results import Sitting, read
from lab.run import run_sitting
from lab.terms import Mode
from tests.lab.conftest import shell_programs

if TYPE_CHECKING:
    from tests.lab.conftest import Lab


def _run(lab: Lab, mode: Mode = Mode.FULL) -> Sitting:
    said: list[str] = []
    return read(run_sitting(lab.experiment(), mode, lab.work, said.append, shell_programs))


def _orders(sitting: Sitting) -> list[list[str]]:
    """Return the order of the runs in each block."""
    return [
        [
            f"{sample.variant}{'+' if sample.control else ''}"
            for sample in sitting.samples
            if sample.block == block
        ]
        for block in range(sitting.head.blocks)
    ]


def test_blocks_hold_every_variant_in_random_order(lab: Lab) -> None:
    """Each with its control, and not always in the same order."""
    lab.edit("experiment.toml", "blocks = 3", "blocks = 12")
    orders = _orders(_run(lab))
    assert len(orders) == 12
    assert all(sorted(order) == ["go", "go+", "rust", "rust+"] for order in orders)
    assert len(set(map(tuple, orders))) > 3


def test_a_mode_decides_how_much_is_run(lab: Lab) -> None:
    """Quick runs take five blocks at most, smoke runs two, and neither is kept."""
    lab.edit("experiment.toml", "blocks = 3", "blocks = 7")
    quick = _run(lab, Mode.QUICK)
    smoke = _run(lab, Mode.SMOKE)
    assert (quick.head.blocks, smoke.head.blocks) == (5, 2)
    assert not (lab.folder / "results").exists()
    assert _run(lab).head.blocks == 7
    assert (lab.folder / "results").exists()


def test_the_time_is_told_first(lab: Lab) -> None:
    """The number of runs and about how long they take, once the answers agree."""
    said: list[str] = []
    run_sitting(lab.experiment(), Mode.FULL, lab.work, said.append, shell_programs)
    assert said[:2] == ["counting: building", "counting: comparing the answers"]
    assert said[2].startswith("counting: 12 runs, about ")


def _interrupted_after(monkeypatch: pytest.MonkeyPatch, runs: int) -> None:
    taken = 0

    def stop(task: Task, padding: int) -> Taken:
        nonlocal taken
        taken += 1
        if taken > runs:
            raise KeyboardInterrupt
        return take(task, padding)

    monkeypatch.setattr(run, "take", stop)


def test_an_interrupted_sitting_goes_on(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole blocks are kept, the broken one is run again, and the order is that of the seed."""
    with monkeypatch.context() as patch:
        _interrupted_after(patch, 6)
        with pytest.raises(KeyboardInterrupt):
            _run(lab)
    assert not (lab.folder / "results").exists()
    ran = 0

    def count(task: Task, padding: int) -> Taken:
        nonlocal ran
        ran += 1
        return take(task, padding)

    with monkeypatch.context() as patch:
        patch.setattr(run, "take", count)
        sitting = _run(lab)
    assert ran == 8
    assert sitting.interruptions == 1
    assert [len(order) for order in _orders(sitting)] == [4, 4, 4]
    assert _run(lab).interruptions == 0


def test_a_sitting_does_not_go_on_with_other_programs(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Blocks of different programs are never mixed."""
    with monkeypatch.context() as patch:
        _interrupted_after(patch, 6)
        with pytest.raises(KeyboardInterrupt):
            _run(lab)
    lab.edit("go/run.sh", "20", "30")
    sitting = _run(lab)
    assert sitting.interruptions == 0
    assert {s.figures["score"] for s in sitting.samples if s.variant == "go"} == {30}


def test_nothing_is_timed_before_the_answers_agree(lab: Lab) -> None:
    """A side that answers something else stops the run, by name, and leaves no file."""
    lab.edit("go/run.sh", "counted to", "counted up to")
    with pytest.raises(LabError, match="count: rust and go do not give the same answer"):
        _run(lab)
    assert not (lab.folder / "results").exists()
    assert not (lab.work / "unfinished").exists()


def test_an_answer_that_changes_stops_the_run(lab: Lab) -> None:
    """Each run is compared, not only the first."""
    counter = lab.root / "counter"
    script = f'echo x >> {counter}; test "$(wc -l < {counter})" -lt 3 && echo "counted to $1"'
    lab.write("go/run.sh", f"{script} || echo lost; echo figure score 1 >&2\n")
    with pytest.raises(LabError, match=r"count \(go\): does not give the same answer each time"):
        _run(lab)


def test_a_figure_that_is_missing_stops_the_run(lab: Lab) -> None:
    """A metric must have a number above zero in every run."""
    lab.edit("rust/run.sh", "figure score", "figure points")
    with pytest.raises(LabError, match=r"count \(rust\): has reported None as score"):
        _run(lab)


def test_sizes_are_taken_once_and_nothing_is_run_for_them(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One block without controls, after the answers were compared."""
    path = lab.folder / "experiment.toml"
    text = path.read_text(encoding="utf-8")
    text = text.replace('figure = "peak-memory"', 'figure = "size"')
    start = text.index('[[metrics]]\nid = "score"')
    path.write_text(text[:start] + text[text.index("[[variants]]") :], encoding="utf-8")
    monkeypatch.setattr(run, "take", None)
    sitting = _run(lab)
    assert _orders(sitting) in ([["rust", "go"]], [["go", "rust"]])
    size = (lab.folder / "rust" / "run.sh").stat().st_size
    layer = layer_bytes(lab.folder / "rust" / "run.sh")
    [figures] = [s.figures for s in sitting.samples if s.variant == "rust"]
    assert figures == {"size": size, "layer-size": layer}
    experiment: Experiment = lab.experiment()
    assert experiment.only_sizes


def test_two_runs_never_measure_at_once(lab: Lab) -> None:
    """The later one waits, and says so."""
    said: list[str] = []
    waits = threading.Event()

    def hear(text: str) -> None:
        said.append(text)
        if text.startswith("waiting"):
            waits.set()

    def second() -> None:
        run_sitting(lab.experiment(), Mode.SMOKE, lab.work, hear, shell_programs)

    with run.LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        thread = threading.Thread(target=second)
        thread.start()
        assert waits.wait(30)
        assert thread.is_alive()
    thread.join(60)
    assert not thread.is_alive()
    assert said[1:3] == [
        "waiting for another run of the lab on this machine",
        "counting: comparing the answers",
    ]
