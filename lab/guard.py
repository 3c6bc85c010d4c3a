"""Guards programs against getting slower: counts their instructions under Callgrind.

A count hardly depends on what else the machine does, so that a change of a few percent shows in a
single run. It ranks nothing: instructions differ in what they cost, waiting for memory takes none,
and the collector of Go is off. So each count is compared with the one that was kept of the same
program, built and counted by the same tools, and with no other.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Literal

from comparison.fields import Record
from pydantic import Field, ValidationError

from . import provenance, results
from .build import Programs
from .experiments import Experiment, Variant, Workload
from .launch import LabError

FOLDER = "instructions"

LIMIT = 0.03
"""A count may be larger than the one that was kept by this share.

Hash maps are seeded at random: a program differs from itself by a quarter of this at most.
"""

_TOOLS = {"rust": ("rustc", "rustc target", "LLVM", "libc"), "go": ("go", "go env")}
"""What decides the instructions of a program of a subject, beside its sources."""

_ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LC_ALL": "C.UTF-8",
    # Callgrind breaks on the signals by which Go interrupts goroutines. A collector's turns depend
    # on time: with it the word count took 212 to 387 million instructions, without it 196 to 197.
    "GOMAXPROCS": "1",
    "GODEBUG": "asyncpreemptoff=1",
    "GOGC": "off",
}
_COLLECTED = re.compile(r"^==\d+== Collected : (\d+)$", re.MULTILINE)
_TIMEOUT_SECONDS = 120.0

Say = Callable[[str], None]


class Count(Record):
    """How many instructions a program runs."""

    workload: str
    variant: str
    arguments: tuple[str, ...]
    instructions: int = Field(gt=0)

    @property
    def name(self) -> str:
        """How messages call the program."""
        return f"{self.workload} ({self.variant})"


class Counts(Record):
    """`instructions/<experiment>.json`: what was counted when a change was last accepted."""

    format: Literal[1] = 1
    tools: dict[str, dict[str, str]] = Field(description="By subject.")
    counts: tuple[Count, ...]


def path_of(experiment: Experiment) -> Path:
    """Return where the counts of an experiment are kept: not among what is measured."""
    return experiment.workspace / FOLDER / f"{experiment.id}.json"


def counted(experiment: Experiment) -> list[tuple[Workload, Variant]]:
    """Return the programs that are counted: those that stand for their subjects."""
    return [
        (workload, variant)
        for workload in experiment.data.workloads
        if workload.counted is not None
        for variant in experiment.compared(workload).values()
    ]


def keep(experiment: Experiment, programs: Programs) -> Path:
    """Count, and keep the counts."""
    tools = _tools(experiment)
    counts = Counts(tools=tools, counts=tuple(_count_all(experiment, programs, tools)))
    results.write_whole(path_of(experiment), counts.model_dump_json(indent=1) + "\n")
    return path_of(experiment)


def guard(experiment: Experiment, programs: Programs, say: Say) -> Iterator[str]:
    """Yield a line for each program that runs more instructions than was kept.

    A subject whose tools are others than those of the kept counts is not compared; that is said.
    """
    path = path_of(experiment)
    again = f"`python -m lab guard --write {experiment.id}`"
    if not path.is_file():
        yield f"{path}: is missing; expected {again}"
        return
    kept = _read(path)
    here = _tools(experiment)
    others = {subject for subject, tools in here.items() if kept.tools.get(subject) != tools}
    for subject in sorted(others):
        say(
            f"{experiment.id}: {subject} is not compared: counts are kept of "
            f"{_words(kept.tools.get(subject, {}))}; here is {_words(here[subject])}. To see what "
            f"a change does here, run {again} before it, and `python -m lab guard` after it."
        )
    known = {(count.workload, count.variant, count.arguments): count for count in kept.counts}
    for now in _count_all(experiment, programs, here.keys() - others):
        before = known.get((now.workload, now.variant, now.arguments))
        if before is None:
            yield f"{path}: {now.name}: no count is kept of its arguments; expected {again}"
            continue
        more = now.instructions / before.instructions - 1
        said = f"{now.name}: {now.instructions:,} instructions, {more:+.1%} against what was kept"
        say(f"{experiment.id}: {said}")
        if more > LIMIT:
            yield (
                f"{path}: {said}; expected {LIMIT:.0%} more at most: "
                f"find out why, or accept it by {again}"
            )


def _read(path: Path) -> Counts:
    try:
        return Counts.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise LabError(f"{path}: {where}: {first['msg']}; expected the tool's own file") from None


def _words(tools: dict[str, str]) -> str:
    return ", ".join(f"{name} {version}" for name, version in tools.items()) or "no tools"


def _tools(experiment: Experiment) -> dict[str, dict[str, str]]:
    own = {"valgrind": _valgrind("--version").stdout.strip().removeprefix("valgrind-")}
    known = {**provenance.tools(experiment.workspace), "libc": provenance.machine().libc}
    return {
        subject: {**{name: known[name] for name in names}, **own}
        for subject, names in _TOOLS.items()
    }


def _count_all(
    experiment: Experiment, programs: Programs, subjects: Collection[str]
) -> Iterator[Count]:
    for workload, variant in counted(experiment):
        if variant.subject not in subjects:
            continue
        arguments = workload.counted or ()
        program = str(programs.variants[workload.id, variant.id].path)
        command = [part.replace("{program}", program) for part in variant.command]
        yield Count(
            workload=workload.id,
            variant=variant.id,
            arguments=arguments,
            instructions=_count([*command, *arguments]),
        )


def _count(argv: list[str]) -> int:
    done = _valgrind("--tool=callgrind", "--callgrind-out-file=/dev/null", *argv)
    found = _COLLECTED.search(done.stderr)
    if done.returncode or found is None:
        raise LabError(f"{' '.join(argv)} cannot be counted:\n{done.stderr.strip()}")
    return int(found[1])


def _valgrind(*arguments: str) -> subprocess.CompletedProcess[str]:
    # The programs' own path may be shorter than the one on which Valgrind is.
    command = shutil.which("valgrind")
    if command is None:
        raise LabError("valgrind is missing; `python tools/setup_system.py valgrind` gets it")
    try:
        return subprocess.run(
            [command, *arguments],
            env=_ENVIRONMENT,
            capture_output=True,
            text=True,
            check=False,
            timeout=_TIMEOUT_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise LabError(f"{arguments[-1]} has not ended after {_TIMEOUT_SECONDS:.0f} s") from None
