"""Turns what the lab found into standard docutils nodes: figures, facts, refusals.

Every output format sees the same nodes; a table is its figure's text alternative.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from comparison.parts import block, bullets, folded, paragraph
from docutils import nodes

from lab import quantity
from lab.experiments import Experiment, Metric, inside
from lab.published import Result, headline
from lab.summary import MetricSummary, Pair
from lab.terms import Kind, Trust

from .chart import Chart, Show, chart_of, found, machine_name
from .images import figure_images
from .provenance import caveats, command, provenance
from .published import AGREEMENT, Figure, factor
from .shown import Shown, first_to_last, named
from .tables import tables

NOT_MEASURED = "Not measured yet on any machine."

TRUST_WORDS = {
    Trust.EXACT: "N, no noise",
    Trust.HIGH: "A, high",
    Trust.FAIR: "B, fair",
    Trust.LOW: "C, low: at best the direction is known",
}

ENOUGH_SITTINGS = 3
"""From so many sittings on a noisy result can be trusted, as `lab.statistics` has it."""

_SPOKEN = 8
"""So many entries are read out with the figure; of more, the least and the largest."""


def experiment_nodes(shown: Shown, metrics: Sequence[Metric], show: Show) -> list[nodes.Node]:
    """Return all that is shown of an experiment but its title."""
    experiment = shown.experiment
    if experiment.data.refused:
        return [_stated("Refused:", experiment.data.refused), caveats(experiment)]
    if not shown.results:
        return [
            paragraph(NOT_MEASURED, block="measured-facts"),
            command(f"python -m lab run {experiment.id}"),
            caveats(experiment),
        ]
    content: list[nodes.Node] = []
    for metric in metrics:
        content += _metric_nodes(shown, metric, show)
    for result in shown.results:
        if result.void:
            wrong = f"This result counts for nothing, because {result.void}."
            content.append(paragraph(nodes.strong("", wrong), block="measured-void"))
        content.append(paragraph(*_facts(shown, result, metrics), block="measured-facts"))
    numbers = [node for metric in metrics for node in tables(shown, metric)]
    if numbers:
        content.append(folded("The numbers as a table", *numbers))
    content.append(folded("Caveats, environment and raw samples", *provenance(shown)))
    return content


def _metric_nodes(shown: Shown, metric: Metric, show: Show) -> Iterator[nodes.Node]:
    """Yield the figure of a metric, and why there is no value where there is none."""
    usable = []
    refused: dict[str, list[str]] = {}
    for result in shown.results:
        ones = list(found(result, metric.id, shown.selection))
        for workload, one in ones:
            if one.refused:
                where = f" ({machine_name(result)})" if len(shown.results) > 1 else ""
                refused.setdefault(f"{one.refused}{where}", []).append(workload.title)
        if any(not one.refused for _, one in ones):
            usable.append(result)
    chart = chart_of(usable, metric.id, shown.selection, show)
    if chart:
        yield _figure(shown, metric, chart, usable)
    for reason, workloads in refused.items():
        which = f" ({', '.join(workloads)})" if chart else ""
        yield _stated(f"{metric.title}{which} is refused:", _sentence(reason))


def _figure(shown: Shown, metric: Metric, chart: Chart, results: Sequence[Result]) -> nodes.figure:
    first, second = shown.names.values()
    sittings = _sittings(shown, metric, chart.show, results)
    interval = (
        "the 95 % interval within its one sitting" if sittings == {1} else "its 95 % interval"
    )
    if 1 in sittings and len(sittings) > 1:
        interval += ", within one sitting where the others are void,"
    if chart.show == "ratios":
        what = f"{metric.title}, {second} over {first}"
        threshold = f"{chart.threshold:g}"
        how = (
            f"ratio with {interval}, on a logarithmic axis. Within the band, from "
            f"1/{threshold} to {threshold}, a difference does not matter in practice."
        )
    else:
        what = metric.title
        exact = all(entry.low == entry.high for entry in chart.entries)
        how = "the same in every run" if exact else f"value with {interval}"
        how += f"; {chart.better} is better."
    node = nodes.figure(classes=["cmp-measured-figure"])
    stem = f"{shown.experiment.id}-{metric.id}"
    alt = f"{what}. {_spoken(chart)}"
    node += figure_images(shown.env, chart, shown.names, stem, alt)
    node += nodes.caption("", "", nodes.strong("", f"{what}:"), nodes.Text(f" {how}"))
    return node


def _sittings(shown: Shown, metric: Metric, show: Show, results: Sequence[Result]) -> set[int]:
    """Return of how many sittings the entries of a figure are; some may be void for a workload."""
    return {
        entry.sittings
        for result in results
        for _, one in found(result, metric.id, shown.selection)
        for entry in (one.pairs if show == "ratios" else one.values)
    }


def _spoken(chart: Chart) -> str:
    """Return what a figure shows in words; the table has all of it."""
    said = [
        f"{group.title + ', ' if group.title else ''}{entry.label}: {entry.text}"
        for group in chart.groups
        for entry in group.entries
    ]
    if len(said) > _SPOKEN:
        order = sorted(zip((entry.value for entry in chart.entries), said, strict=True))
        least, most = order[0][1], order[-1][1]
        return f"{len(said)} values, from {least}, to {most}. The table below has them all."
    return "; ".join(said) + "."


def _stated(what: str, sentence: str) -> nodes.paragraph:
    return paragraph(nodes.strong("", what), f" {sentence}", block="measured-refused")


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"


def _facts(shown: Shown, result: Result, metrics: Sequence[Metric]) -> list[nodes.Node | str]:
    """Return on what it was measured, how often, and how far it can be trusted."""
    summary = result.summary
    count = len(summary.sittings)
    blocks = sorted({sitting.blocks for sitting in summary.sittings})
    days = dict.fromkeys(sitting.started[:10] for sitting in summary.sittings)
    pairs = [
        pair
        for metric in metrics
        for _, one in found(result, metric.id, shown.selection)
        if (pair := headline(one))
    ]
    classes = sorted({pair.trust for pair in pairs}, key=list(Trust).index)
    counting = sorted({pair.sittings for pair in pairs})
    sittings = (
        f"{count} sitting{'s' if count != 1 else ''} of {first_to_last(blocks)} "
        f"block{'s' if blocks != [1] else ''}"
    )
    if counting and counting[0] < count:
        sittings += f", {first_to_last(counting)} of which count"
    parts = [
        machine_name(result),
        ", ".join(f"{name} {result.release(subject)}" for subject, name in shown.names.items()),
        f"{sittings}, {first_to_last([*days])}",
    ]
    if classes:
        one = classes[0] is classes[-1]
        parts.append(
            f"trust {TRUST_WORDS[classes[0]] if one else f'{classes[0]} to {classes[-1]}'}"
        )
    return [" · ".join(parts)]


def question(experiment: Experiment) -> list[nodes.Node]:
    """Return what an experiment asks, and what was expected before its first run."""
    data = experiment.data
    return [
        paragraph(*named("Question", data.question)),
        paragraph(*named("Expected before the first run", data.hypothesis)),
        bullets(named(one.title, one.text) for one in data.workloads),
    ]


def measured_so_far(results: Iterable[Sequence[Result]]) -> Iterator[nodes.paragraph]:
    """Yield how much is measured, and how well, from the results of each experiment."""
    counting = [[one for one in ones if not one.void] for ones in results]
    sittings = [max((len(one.summary.sittings) for one in ones), default=0) for ones in counting]
    measured = sum(count > 0 for count in sittings)
    often = sum(count >= ENOUGH_SITTINGS for count in sittings)
    text = (
        f"{measured} of {len(sittings)} experiments, {often} of them in {ENOUGH_SITTINGS} "
        f"sittings or more."
    )
    yield paragraph(*named("Measured so far", text), block="measured-facts")
    measured_metrics = [
        metric
        for ones in counting
        for one in ones
        for workload in one.summary.workloads
        for metric in workload.metrics
    ]
    if measured_metrics:
        text = _carrying(measured_metrics)
        yield paragraph(*named("What may carry a claim", text), block="measured-facts")
    controls = [
        control
        for metric in measured_metrics
        if metric.kind is Kind.CPU
        for control in metric.controls
    ]
    if controls:
        sound = sum(not control.void for control in controls)
        off = median(max(control.ratio, 1 / control.ratio) - 1 for control in controls)
        text = (
            f"{sound} of {len(controls)} second series of processor time are near enough to the "
            f"first to count; half of all are within {off:.1%} of it."
        ).replace("%", f"{quantity.SPACE}%")
        yield paragraph(*named("Programs against themselves", text), block="measured-facts")


def _carrying(metrics: Sequence[MetricSummary]) -> str:
    """Return how many results are of a class on which a claim may rest, and of what kind."""
    pairs = [(metric.kind, pair) for metric in metrics if (pair := headline(metric))]
    sound = [kind for kind, pair in pairs if pair.trust is not Trust.LOW]
    kinds = [metric.kind for metric in metrics]
    return (
        f"{len(sound)} of {len(metrics)} results are of class N, A or B, "
        f"{len(pairs) - len(sound)} of class C, and {len(metrics) - len(pairs)} have no ratio or "
        f"are refused; of processor time {sound.count(Kind.CPU)} of {kinds.count(Kind.CPU)}; of "
        f"times and rates by the clock {sound.count(Kind.CLOCK)} of {kinds.count(Kind.CLOCK)}."
    )


def published_items(
    figure: Figure, said: Sequence[nodes.Node], names: dict[str, str]
) -> list[list[nodes.Node]]:
    """Return what others published, when, on what, and the ratio that follows from it."""
    first, second = names.values()
    ends = dict.fromkeys(quantity.number(end) for end in (figure.low, figure.high))
    return [
        [nodes.strong("", "Published:"), nodes.Text(" "), *said],
        named("Date, hardware, versions", f"{figure.date}; {figure.hardware}; {figure.versions}."),
        named(f"{second} over {first}", f"{' to '.join(ends)}."),
    ]


def difference(figure: Figure, ours: Pair) -> str:
    """Return by how much the two differ, and why if that is known, as Markdown."""
    off = factor(figure, ours)
    if off == 1:
        return "ours lies among theirs."
    by = f"{quantity.number(off, 2)} times"
    if off <= AGREEMENT:
        return (
            f"{by}, which other machines, versions and programs can make; it was not looked into."
        )
    return f"{by}. {figure.explained or 'Open: nobody has found out why.'}"


def published_block(title: str, items: Iterable[Sequence[nodes.Node]]) -> nodes.container:
    """Return others' figure beside ours."""
    head = paragraph(nodes.strong("", title), block="measured-title")
    return block("published", head, bullets(items), classes=["cmp-measured"])


def measurement_block(title: str, content: Sequence[nodes.Node]) -> nodes.container:
    """Return an experiment under its title, on a page about something else."""
    head = paragraph(nodes.strong("", f"Measured: {inside(title)}"), block="measured-title")
    return block("measured", head, *content)
