"""Shows a summary as text, for who ran the experiment."""

from __future__ import annotations

from collections.abc import Iterator

from . import quantity
from .summary import MetricSummary, Pair, Summary, Value


def report(summary: Summary) -> str:
    """Return a summary as text."""
    return "\n".join(_lines(summary)) + "\n"


def _lines(summary: Summary) -> Iterator[str]:
    sittings = summary.sittings
    yield f"{summary.experiment}: {summary.title}"
    yield f"  {summary.question}"
    loads = [load for sitting in sittings for load in sitting.load]
    yield (
        f"  {summary.machine.processor}, {summary.machine.cores} cores; {len(sittings)} sittings "
        f"of {sittings[-1].blocks} blocks; load {min(loads)} to {max(loads)}, "
        f"others took up to {max(sitting.worst_loss for sitting in sittings):.0%} of a core"
    )
    for workload in summary.workloads:
        for metric in workload.metrics:
            yield f"  {workload.id}, {metric.title}"
            yield from (f"    {line}" for line in _metric(metric))


def _metric(metric: MetricSummary) -> Iterator[str]:
    for value in metric.values:
        yield _value(value, metric.unit)
    for pair in metric.pairs:
        yield _pair(pair)
    for control in metric.controls:
        state = "void" if control.void else "sound"
        yield f"{control.variant} against itself: {control.ratio:.3f}, {state}"
    if metric.refused:
        yield f"refused: {metric.refused}"


def _value(value: Value, unit: str) -> str:
    said = f"{value.variant}: {quantity.quantity(value.value, unit)}"
    exact = value.low == value.high
    return said if exact else f"{said} [{quantity.bounds(value.low, value.high, unit)}]"


def _pair(pair: Pair) -> str:
    ratio = quantity.ratio(pair.ratio, pair.trust)
    ends = quantity.ratio_bounds(pair.low, pair.high, pair.trust)
    return (
        f"{pair.of} / {pair.to}: {ratio} [{ends}], {pair.verdict}, trust {pair.trust}, "
        f"spread {pair.spread:.1%}, effect {pair.effect:+.2f}, n {pair.n}"
    )
