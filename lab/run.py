"""Runs a sitting of an experiment: blocks of all variants in random order, resumable.

Knows the order of things; how a sample is taken is `measure`'s, what samples say `publish`'s.
"""

from __future__ import annotations

import fcntl
import os
import random
import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

from tqdm import tqdm

from . import canary, oracle, provenance, results, services
from .build import Built, Programs, build_programs, layer_bytes
from .experiments import RESULTS, Experiment, Variant, Workload
from .launch import LabError, build_launcher
from .measure import Taken, Task, cores_for, take
from .oracle import Agreed
from .results import (
    CanaryRecord,
    ProgramRecord,
    ResultsError,
    ResumedRecord,
    SampleRecord,
    Sitting,
    SittingRecord,
)
from .services import Environment
from .terms import Mode

_BLOCKS = {Mode.QUICK: 5, Mode.SMOKE: 2}
_PADDING_BYTES = 4096

LOCK = Path(tempfile.gettempdir()) / "technology-comparisons-lab.lock"
"""One for all checkouts on the machine."""

Say = Callable[[str], None]
Builder = Callable[[Experiment, Path], Programs]


@dataclass(frozen=True)
class Slot:
    """One run in a block."""

    workload: Workload
    variant: Variant
    control: bool


def results_folder(experiment: Experiment, mode: Mode, machine: str, work: Path) -> Path:
    """Return where the sittings of a mode lie: beside the experiment, if they are whole."""
    if mode is Mode.FULL:
        return experiment.folder / RESULTS / machine
    comparison = experiment.workspace.parent.name
    return work / mode / comparison / experiment.id / machine


def run_sitting(
    experiment: Experiment,
    mode: Mode,
    work: Path,
    say: Say,
    build: Builder = build_programs,
) -> Path:
    """Build, compare the answers, run all blocks; return the file of samples.

    A sitting that was interrupted goes on if nothing but the time has changed.
    """
    say(f"{experiment.id}: building")
    programs = build(experiment, work)
    launcher = build_launcher(work)
    # Services must not take the time of the program that is measured.
    beside = sorted(os.sched_getaffinity(0))[:1]
    with (
        _machine_to_ourselves(say),
        services.started(experiment.data.needs, beside) as environment,
    ):
        tasks = _tasks(experiment, programs, mode, launcher, environment)
        return _sit(experiment, mode, work, say, programs, tasks)


@contextmanager
def _machine_to_ourselves(say: Say) -> Iterator[None]:
    """Wait until no other run of the lab measures on this machine."""
    if not LOCK.exists():
        LOCK.touch()
    with LOCK.open(encoding="utf-8") as lock:  # another user's may only be read
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("waiting for another run of the lab on this machine")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _sit(
    experiment: Experiment,
    mode: Mode,
    work: Path,
    say: Say,
    programs: Programs,
    tasks: dict[tuple[str, str], Task],
) -> Path:
    say(f"{experiment.id}: comparing the answers")
    agreed = {
        workload.id: oracle.agree([task for task in tasks.values() if task.workload == workload])
        for workload in experiment.data.workloads
    }
    head = _head(experiment, mode, programs)
    folder = results_folder(experiment, mode, head.machine.id, work)
    unfinished = work / "unfinished" / experiment.workspace.parent.name / f"{experiment.id}.{mode}"
    text, blocks_done = _resume(unfinished, head)
    head = results.parse(unfinished.name, text).head
    say(f"{experiment.id}: {_estimate(experiment, head.blocks - blocks_done, agreed)}")
    with tqdm(
        total=head.blocks * len(_slots(experiment)),
        initial=blocks_done * len(_slots(experiment)),
        desc=experiment.id,
        unit="run",
        disable=None,
    ) as progress:
        for block in range(blocks_done, head.blocks):
            lines = results.text_of(_block(experiment, head, block, tasks, agreed, progress))
            text += lines
            results.write_whole(unfinished, text)
    text += results.text_of([] if experiment.only_sizes else [_canary(head.blocks)])
    path = folder / f"{head.started.replace(':', '-')}{results.SAMPLES}"
    results.seal(text, path)
    unfinished.unlink(missing_ok=True)
    return path


def _tasks(
    experiment: Experiment,
    programs: Programs,
    mode: Mode,
    launcher: Path,
    environment: Environment,
) -> dict[tuple[str, str], Task]:
    available = sorted(os.sched_getaffinity(0))
    load = experiment.data.load
    tasks = {}
    for workload in experiment.data.workloads:
        cpus, load_cpus = cores_for(workload, available)
        for variant in experiment.variants_of(workload):
            tasks[workload.id, variant.id] = Task(
                variant,
                workload,
                mode is Mode.SMOKE,
                programs.variants[workload.id, variant.id],
                programs.load,
                load.command if load else (),
                launcher,
                cpus,
                load_cpus,
                environment,
                experiment.folder.resolve(),
            )
    return tasks


def _head(experiment: Experiment, mode: Mode, programs: Programs) -> SittingRecord:
    commit, modified = provenance.commit(experiment.workspace)
    blocks = 1 if experiment.only_sizes else experiment.data.blocks
    return SittingRecord(
        experiment=experiment.id,
        mode=mode,
        started=_now(),
        seed=secrets.randbits(32),
        blocks=min(blocks, _BLOCKS.get(mode, blocks)),
        inputs=provenance.inputs_digest(experiment),
        commit=commit,
        modified=modified,
        machine=provenance.machine(),
        tools=provenance.tools(experiment.workspace),
        programs=tuple(
            ProgramRecord(
                workload=workload,
                variant=variant,
                command=built.command,
                sha256=built.sha256,
                size_bytes=built.size_bytes,
                tool=built.tool,
                libraries=built.libraries,
            )
            for (workload, variant), built in programs.variants.items()
        ),
    )


def _resume(unfinished: Path, head: SittingRecord) -> tuple[str, int]:
    """Return the lines so far and the number of whole blocks of a sitting."""
    if unfinished.is_file():
        text = unfinished.read_text(encoding="utf-8")
        with suppress(ResultsError):  # of an older format: begin anew
            begun = results.parse(unfinished.name, text)
            if _same(begun, head):
                blocks = {sample.block for sample in begun.samples}
                return text + results.text_of([ResumedRecord(at=_now())]), len(blocks)
    text = results.text_of([head])
    results.write_whole(unfinished, text)
    return text, 0


def _same(begun: Sitting, head: SittingRecord) -> bool:
    own = {"started", "seed", "commit", "modified"}
    return begun.head.model_dump(exclude=own) == head.model_dump(exclude=own)


def _slots(experiment: Experiment) -> list[Slot]:
    """Return the runs of a block: all variants, and again those that are compared."""
    slots = []
    for workload in experiment.data.workloads:
        compared = experiment.compared(workload).values()
        for variant in experiment.variants_of(workload):
            slots.append(Slot(workload, variant, control=False))
            if variant in compared and not experiment.only_sizes:
                slots.append(Slot(workload, variant, control=True))
    return slots


def _block(
    experiment: Experiment,
    head: SittingRecord,
    block: int,
    tasks: dict[tuple[str, str], Task],
    agreed: dict[str, Agreed],
    progress: tqdm[NoReturn],
) -> Iterator[CanaryRecord | SampleRecord]:
    """Run every slot once; the order depends on the seed and the block only."""
    slots = _slots(experiment)
    order = random.Random(f"{head.seed} {block}")
    order.shuffle(slots)
    if not experiment.only_sizes:
        yield _canary(block)
    for position, slot in enumerate(slots):
        task = tasks[slot.workload.id, slot.variant.id]
        padding = order.randrange(_PADDING_BYTES)
        load = os.getloadavg()[0]
        taken: Taken | None = None
        if not experiment.only_sizes:
            taken = take(task, padding)
            oracle.check_answer(task, taken.answer, agreed[slot.workload.id])
        yield _sample(experiment, slot, task, taken, block, position, padding, load)
        progress.update()


def _sample(
    experiment: Experiment,
    slot: Slot,
    task: Task,
    taken: Taken | None,
    block: int,
    position: int,
    padding: int,
    load: float,
) -> SampleRecord:
    figures = taken.figures if taken else _sizes(task.program)
    for metric in experiment.metrics_of(slot.workload):
        if not figures.get(metric.figure, 0) > 0:
            wrong = f"has reported {figures.get(metric.figure)} as {metric.figure}"
            raise LabError(f"{task.name}: {wrong}; expected a number above zero")
    return SampleRecord(
        workload=slot.workload.id,
        variant=slot.variant.id,
        control=slot.control,
        block=block,
        position=position,
        cpus=task.cpus,
        padding=padding,
        load=round(load, 2),
        figures={name: value for name, value in figures.items() if value > 0},
        usage=taken.usage if taken else None,
    )


def _sizes(program: Built) -> dict[str, float]:
    return {"size": float(program.size_bytes), "layer-size": float(layer_bytes(program.path))}


def _canary(block: int) -> CanaryRecord:
    lost = canary.probe(sorted(os.sched_getaffinity(0)))
    shares = tuple(round(share, 4) for share in lost)
    return CanaryRecord(block=block, lost=shares, load=round(os.getloadavg()[0], 2))


def _estimate(experiment: Experiment, blocks: int, agreed: dict[str, Agreed]) -> str:
    if experiment.only_sizes:
        return "nothing to time"
    runs = [agreed[slot.workload.id].seconds[slot.variant.id] for slot in _slots(experiment)]
    seconds = blocks * (sum(runs) + canary.PROBE_SECONDS)
    count = blocks * len(runs)
    return f"{count} runs, about {_duration(seconds)}"


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
