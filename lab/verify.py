"""Checks, without a toolchain, that published results are what the tool wrote of these sources."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from . import provenance, results
from .experiments import RESULTS, Experiment
from .publish import summary_text
from .results import ResultsError, Sitting
from .summary import SUMMARY_FILE, Summary
from .terms import Mode


def verify(experiment: Experiment) -> Iterator[str]:
    """Yield a line for everything that is wrong with an experiment's results."""
    root = experiment.folder / RESULTS
    folders = sorted(path for path in root.glob("*") if path.is_dir())
    again = f"`python -m lab run {experiment.id}`"
    if experiment.data.refused is not None:
        if folders:
            yield f"{root}: there are results, but the experiment is refused; expected one of both"
        return
    if not folders:
        yield f"{root}: is missing; expected {again}, or `refused` in the experiment's file"
    for path in sorted(root.glob("*")):
        if not path.is_dir():
            yield f"{path}: is no result; expected only the tool's own files"
    for folder in folders:
        yield from _verify_folder(experiment, folder)


def _verify_folder(experiment: Experiment, folder: Path) -> Iterator[str]:
    paths = results.sittings_in(folder)
    for path in sorted(folder.iterdir()):
        if path not in paths and path.name != SUMMARY_FILE:
            yield f"{path}: is no result; expected only the tool's own files"
    sound = bool(paths)
    if not paths:
        yield f"{folder}: has no samples; expected files *{results.SAMPLES}"
    for path in paths:
        try:
            wrong = list(stale(experiment, results.read(path)))
        except ResultsError as error:
            wrong = [str(error).removeprefix(f"{path}: ")]
        sound = sound and not wrong
        for text in wrong:
            yield f"{path}: {text}"
    summary = folder / SUMMARY_FILE
    kept = summary.read_text(encoding="utf-8") if summary.is_file() else ""
    deleted = _sittings_of(kept) - {path.name for path in paths}
    for name in sorted(deleted):
        yield (
            f"{folder / name}: is missing, but the summary rests on it; expected the tool's own "
            f"file: restore it, or `python -m lab run {experiment.id}`"
        )
    if not sound or deleted:
        return
    if kept != summary_text(experiment, folder):
        state = "is not what the samples say" if kept else "is missing"
        yield f"{summary}: {state}; expected `python -m lab report {experiment.id}`"


def _sittings_of(summary: str) -> set[str]:
    """Return the files that a summary rests on, none if it cannot be read."""
    try:
        return {sitting.file for sitting in Summary.model_validate_json(summary).sittings}
    except ValidationError:
        return set()


def stale(experiment: Experiment, sitting: Sitting) -> Iterator[str]:
    """Yield why a sitting does not count for the experiment as it is now."""
    head = sitting.head
    again = f"expected `python -m lab run {experiment.id}`"
    if head.experiment != experiment.id:
        yield f"is of the experiment {head.experiment}; expected {experiment.id}"
        return
    if head.mode is not Mode.FULL:
        yield f"is of a {head.mode} run; expected one of all blocks"
    if head.inputs != provenance.inputs_digest(experiment):
        yield f"the programs, or how they are run, have changed since; {again}"
    missing = {
        library
        for program in head.programs
        for library in provenance.missing_libraries(
            experiment.workspace, program.tool, program.libraries
        )
    }
    if missing:
        yield f"no longer locked: {', '.join(sorted(missing))}; {again}"
    yield from _incomplete(experiment, sitting)


def _incomplete(experiment: Experiment, sitting: Sitting) -> Iterator[str]:
    """Every variant has one sample of every metric in every block."""
    for workload in experiment.data.workloads:
        for variant in experiment.variants_of(workload):
            for metric in experiment.metrics_of(workload):
                found = results.series(sitting, workload.id, variant.id, metric.figure)
                if len(found) != sitting.head.blocks:
                    wrong = f"{workload.id} ({variant.id}) has {len(found)} samples of {metric.id}"
                    yield f"{wrong}; expected {sitting.head.blocks}"
