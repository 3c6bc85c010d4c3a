"""Reads what the lab of a comparison published, as claims and features rest on it.

Knows the lab's files; what is wrong with them `python -m lab verify` tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lab.experiments import (
    EXPERIMENT_FILE,
    LAB,
    SUBJECTS,
    Experiment,
    Metric,
    Workload,
    inside,
    load_experiment,
)
from lab.published import (
    PublishedError,
    Result,
    experiment_files,
    headline,
    results_of,
    value_of,
)
from lab.terms import Trust

from .model import Interval, Measured


def read_measurements(folder: Path) -> dict[str, Measured]:
    """Return every metric of every workload of the sound experiments, by id."""
    found: dict[str, Measured] = {}
    for path in sorted((folder / LAB).glob(f"*/{EXPERIMENT_FILE}")):
        experiment, _problems = load_experiment(path.parent)
        if experiment:
            found.update((one.id, one) for one in _measured(folder, experiment))
    return found


def _measured(folder: Path, experiment: Experiment) -> Iterator[Measured]:
    try:
        results = results_of(experiment)
    except PublishedError:
        results = []
    files = tuple(
        path.relative_to(folder).as_posix() for path in experiment_files(experiment.folder)
    )
    for workload in experiment.data.workloads:
        for metric in experiment.data.metrics:
            # The machine with the most sittings that count is the one that claims rest on.
            yield _one(experiment, workload, metric, results[0] if results else None, files)


def _one(
    experiment: Experiment,
    workload: Workload,
    metric: Metric,
    result: Result | None,
    files: tuple[str, ...],
) -> Measured:
    measured = Measured(
        id=f"{experiment.id}/{workload.id}/{metric.id}",
        title=f"{experiment.data.title}, {workload.title}: {inside(metric.title)}",
        unit=metric.unit,
        better=metric.better,
        threshold=metric.threshold,
        subjects=SUBJECTS,
        missing=why_missing(experiment, workload.id, metric.id, result),
        has_result=result is not None,
        files=files,
    )
    found = result.metric(workload.id, metric.id) if result else None
    if measured.missing or result is None or found is None:
        return measured
    pair = headline(found)
    assert pair is not None  # it is not missing
    values = {}
    estimates = {}
    for subject, variant in zip(SUBJECTS, (pair.to, pair.of), strict=True):
        value = value_of(found, variant)
        assert value is not None  # a pair is of variants that have values
        values[subject] = Interval(low=value.low, high=value.high)
        estimates[subject] = value.value
    return replace(
        measured,
        values=values,
        estimates=estimates,
        verdict=pair.verdict,
        releases={subject: result.release(subject) for subject in SUBJECTS},
    )


def why_missing(
    experiment: Experiment,
    workload: str,
    metric: str,
    result: Result | None,
    *,
    any_trust: bool = False,
) -> str | None:
    """Return why a result does not count, as the end of a sentence; None if it does."""
    if experiment.data.refused:
        return f"it is not measured: {inside(experiment.data.refused)}"
    if result is None:
        return "it is not measured yet"
    if result.void:
        return result.void
    found = result.metric(workload, metric)
    if found is None:
        return "it was not measured when the others were"
    if found.refused:
        return f"it is refused: {inside(found.refused)}"
    pair = headline(found)
    if pair is None:
        return "it has no ratio of the two"
    if pair.trust is Trust.LOW and not any_trust:
        return "only its direction is known (trust C)"
    return None
