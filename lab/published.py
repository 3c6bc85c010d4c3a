"""Reads what is published of experiments, and says of each result whether it still counts.

Needs no toolchain and only the site's packages; `verify` checks more, and needs numpy.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from . import provenance
from .experiments import LAB, RESULTS, Experiment
from .results import sittings_in
from .summary import SUMMARY_FILE, MetricSummary, Pair, Summary, Value
from .terms import Mode

TOOLS = {"rust": "rustc", "go": "go"}
"""The tool whose release is that of a subject."""

_RELEASE = re.compile(r"\d+\.\d+(?:\.\d+)?")
_LOCKS = ("Cargo.toml", "Cargo.lock", "go.mod", "go.sum")


class PublishedError(Exception):
    """A summary is not what the tool wrote; the message names it."""


@dataclass(frozen=True)
class Result:
    """What was found on one kind of machine."""

    folder: Path
    summary: Summary
    void: str | None
    """Why it no longer counts, as the end of a sentence, if so."""

    @property
    def machine(self) -> str:
        """The folder's name."""
        return self.folder.name

    @property
    def samples(self) -> list[Path]:
        """The files of raw samples, oldest first."""
        return [self.folder / sitting.file for sitting in self.summary.sittings]

    def release(self, subject: str) -> str:
        """Return the release of a subject that was measured, such as `1.95.0`."""
        found = _RELEASE.search(self.summary.tools.get(TOOLS[subject], ""))
        return found[0] if found else ""

    def metric(self, workload: str, metric: str) -> MetricSummary | None:
        """Return what was found on a metric of a workload, if that was measured at all."""
        for done in self.summary.workloads:
            if done.id == workload:
                return next((found for found in done.metrics if found.id == metric), None)
        return None


def headline(metric: MetricSummary) -> Pair | None:
    """Return the ratio that stands for the two subjects."""
    return next((pair for pair in metric.pairs if pair.headline), None)


def pair_named(metric: MetricSummary, of: str, to: str) -> Pair:
    """Return the ratio of two variants; raise `PublishedError` if they are not compared."""
    for pair in metric.pairs:
        if (pair.of, pair.to) == (of, to):
            return pair
    names = ", ".join(f"{pair.of}/{pair.to}" for pair in metric.pairs)
    raise PublishedError(f'no ratio "{of}/{to}"; expected one of: {names}')


def value_of(metric: MetricSummary, variant: str) -> Value | None:
    """Return the value of a variant."""
    return next((value for value in metric.values if value.variant == variant), None)


def results_of(experiment: Experiment) -> list[Result]:
    """Return the results of an experiment: those that count first, by their sittings.

    Raise `PublishedError` for a summary that cannot be read.
    """
    found = []
    for folder in sorted((experiment.folder / RESULTS).glob("*")):
        path = folder / SUMMARY_FILE
        if not path.is_file():
            continue
        try:
            summary = Summary.model_validate_json(path.read_bytes())
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(map(str, first["loc"]))
            raise PublishedError(
                f"{path}: {where}: {first['msg']}; expected `python -m lab report {experiment.id}`"
            ) from None
        reason = next(_reasons_void(experiment, folder, summary), None)
        found.append(Result(folder, summary, reason))
    return sorted(
        found,
        key=lambda result: (
            result.void is not None,
            -len(result.summary.sittings),
            result.machine,
        ),
    )


def _reasons_void(experiment: Experiment, folder: Path, summary: Summary) -> Iterator[str]:
    if summary.mode is not Mode.FULL:
        yield f"it is of a {summary.mode} run"
    paths = sittings_in(folder)
    sealed = {sitting.file: sitting.sha256 for sitting in summary.sittings}
    if sealed.keys() != {path.name for path in paths}:
        yield "its samples are not those of the summary"
        return
    inputs = provenance.inputs_digest(experiment)
    for path in paths:
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != sealed[path.name]:
            yield f"{path.name} was edited after it was written"
        elif json.loads(content.partition(b"\n")[0]).get("inputs") != inputs:
            yield "the programs, or how they are run, have changed since"


def experiment_files(folder: Path) -> list[Path]:
    """Return every file that what is published of an experiment depends on, in a fixed order."""
    locks = (folder.parent / name for name in _LOCKS)
    return sorted(path for path in (*folder.rglob("*"), *locks) if path.is_file())


def lab_files(comparison: Path) -> list[Path]:
    """Return every file of a comparison's lab, in a fixed order."""
    return sorted(path for path in (comparison / LAB).rglob("*") if path.is_file())
