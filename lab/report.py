"""Shows a summary as text, for who ran the experiment."""

from __future__ import annotations

from collections.abc import Iterator

from .summary import MetricSummary, Pair, Summary, Value
from .terms import Trust


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
    return f"{value.variant}: {value.value:.4g} {unit} [{value.low:.4g}, {value.high:.4g}]"


def _pair(pair: Pair) -> str:
    digits = 3 if pair.trust in (Trust.EXACT, Trust.HIGH) else 2
    ratio, low, high = (f"{number:.{digits}g}" for number in (pair.ratio, pair.low, pair.high))
    return (
        f"{pair.of} / {pair.to}: {ratio} [{low}, {high}], {pair.verdict}, trust {pair.trust}, "
        f"spread {pair.spread:.1%}, effect {pair.effect:+.2f}, n {pair.n}"
    )
