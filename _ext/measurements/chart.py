"""What a figure of measurements shows: entries with intervals on an axis, chosen from summaries.

Pure: knows summaries, and neither Sphinx nor how anything is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from lab import quantity
from lab.experiments import SUBJECTS, Experiment
from lab.published import Result, headline
from lab.summary import MetricSummary, Pair, Value, VariantSummary, WorkloadSummary
from lab.terms import Label, Trust

Show = Literal["ratios", "values"]


@dataclass(frozen=True)
class Entry:
    """One estimate with its interval."""

    label: str
    text: str
    """The estimate and its interval in words."""
    low: float
    value: float
    high: float
    mark: str
    """A subject that it is of, or that it favours; `even` or `undecided`."""
    faint: bool = False
    """Whether it is kept out of the summary: a variant that is tuned or unfair."""


@dataclass(frozen=True)
class Group:
    """Entries that belong together, under a title unless each says all by itself."""

    title: str | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Chart:
    """A figure of one metric."""

    show: Show
    groups: tuple[Group, ...]
    unit: str
    better: Literal["lower", "higher"]
    threshold: float

    @property
    def entries(self) -> Iterator[Entry]:
        """All entries, in their order."""
        for group in self.groups:
            yield from group.entries


@dataclass(frozen=True)
class Selection:
    """Which part of an experiment is shown."""

    workloads: tuple[str, ...]
    variants: tuple[str, ...]


def machine_name(result: Result) -> str:
    """Return a machine as readers know it."""
    return f"{result.summary.machine.processor}, {result.summary.machine.cores} cores"


def found(
    result: Result, metric: str, selection: Selection
) -> Iterator[tuple[WorkloadSummary, MetricSummary]]:
    """Yield what was found on a metric of each chosen workload."""
    for workload in result.summary.workloads:
        if workload.id in selection.workloads:
            for one in workload.metrics:
                if one.id == metric:
                    yield workload, one


def default_show(experiment: Experiment, selection: Selection) -> Show:
    """Return what says more: ratios of two, or the values of many."""
    counts = [
        len({variant.id for variant in experiment.variants_of(workload)} & {*selection.variants})
        for workload in experiment.data.workloads
        if workload.id in selection.workloads
    ]
    return "ratios" if len(counts) > 1 and max(counts) == len(SUBJECTS) else "values"


def chart_of(
    results: Sequence[Result], metric: str, selection: Selection, show: Show
) -> Chart | None:
    """Return the figure of a metric, None if there is nothing to draw."""
    several = len(results) > 1
    groups: dict[str, list[Entry]] = {}
    summary: MetricSummary | None = None
    for result in results:
        variants = {variant.id: variant for variant in result.summary.variants}
        where = f" · {machine_name(result)}" if several else ""
        for workload, one in found(result, metric, selection):
            entries = groups.setdefault(workload.title, [])
            if show == "ratios":
                pair = headline(one)
                label = machine_name(result) if several else workload.title
                entries += [_ratio_entry(label, pair)] if pair else []
            else:
                entries += [
                    _value_entry(variants[value.variant], value, one.unit, where)
                    for value in one.values
                    if value.variant in selection.variants
                ]
            summary = one
    if summary is None or not any(groups.values()):
        return None
    alone = show == "ratios" and not several
    return Chart(
        show,
        (Group(None, tuple(entry for entries in groups.values() for entry in entries)),)
        if alone
        else tuple(Group(title, tuple(entries)) for title, entries in groups.items() if entries),
        summary.unit,
        summary.better,
        summary.threshold,
    )


def ratio_text(pair: Pair) -> str:
    """Return a ratio with its interval, or alone without noise: `1.69 [1.66 to 1.72]`."""
    value = quantity.ratio(pair.ratio, pair.trust)
    between = quantity.ratio_bounds(pair.low, pair.high, pair.trust)
    return value if pair.trust is Trust.EXACT else f"{value} [{between}]"


def value_text(value: Value, unit: str) -> str:
    """Return a value with its interval, or alone without noise: `2.72 kB [2.70 to 2.75 kB]`."""
    text = quantity.quantity(value.value, unit)
    between = quantity.bounds(value.low, value.high, unit)
    return text if value.low == value.high or between == text else f"{text} [{between}]"


def decided(pair: Pair) -> str:
    """Return what a pair decides: nothing where no claim may rest on it, as the protocol has it."""
    return "undecided" if pair.trust is Trust.LOW else pair.verdict


def _ratio_entry(label: str, pair: Pair) -> Entry:
    return Entry(label, ratio_text(pair), pair.low, pair.ratio, pair.high, decided(pair))


def _value_entry(variant: VariantSummary, value: Value, unit: str, where: str) -> Entry:
    return Entry(
        variant.title + ("" if variant.label is Label.IDIOMATIC else f" ({variant.label})") + where,
        quantity.quantity(value.value, unit),
        value.low,
        value.value,
        value.high,
        variant.subject,
        variant.label is not Label.IDIOMATIC,
    )
