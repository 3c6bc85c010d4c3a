"""The tables of what was measured: every value and every ratio, as the figures' alternative."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from comparison.parts import paragraph
from docutils import nodes

from lab import quantity
from lab.experiments import Metric, inside
from lab.published import Result
from lab.summary import MetricSummary, Pair
from lab.terms import Trust

from .chart import decided, found, machine_name, ratio_text, value_text
from .shown import Shown


def tables(shown: Shown, metric: Metric) -> Iterator[nodes.Node]:
    """Yield the values of a metric on each machine, and their ratios, each under its title."""
    for result in shown.results:
        ones = [
            (workload.title, one)
            for workload, one in found(result, metric.id, shown.selection)
            if one.values
        ]
        if not ones:
            continue
        where = f", {machine_name(result)}" if len(shown.results) > 1 else ""
        yield from _values_table(shown, result, f"{metric.title}{where}", ones)
        yield from _ratios_table(shown, result, f"Ratios of {inside(metric.title)}{where}", ones)


def _values_table(
    shown: Shown, result: Result, title: str, ones: Iterable[tuple[str, MetricSummary]]
) -> list[nodes.Node]:
    variants = {variant.id: variant for variant in result.summary.variants}
    rows = [
        (
            workload,
            f"{variants[value.variant].title} ({variants[value.variant].label})",
            value_text(value, one.unit),
            str(value.n),
        )
        for workload, one in ones
        for value in one.values
        if value.variant in shown.selection.variants
    ]
    return _table(title, (27, 33, 30, 10), ("Workload", "Variant", "Value [95 %]", "Samples"), rows)


def _ratios_table(
    shown: Shown, result: Result, title: str, ones: Iterable[tuple[str, MetricSummary]]
) -> list[nodes.Node]:
    titles = {variant.id: variant.title for variant in result.summary.variants}
    rows = [
        (
            workload,
            f"{titles[pair.of]} over {titles[pair.to]}",
            ratio_text(pair),
            shown.name(decided(pair), result.summary),
            _trust_text(pair),
        )
        for workload, one in ones
        for pair in one.pairs
        if {pair.of, pair.to} <= {*shown.selection.variants}
    ]
    head = ("Workload", "Pair", "Ratio [95 %]", "Better", "Trust, spread")
    return _table(title, (20, 30, 22, 13, 15), head, rows)


def _trust_text(pair: Pair) -> str:
    """Return the class of a ratio, with how far its sittings lie apart where that can be told."""
    if pair.trust is Trust.EXACT:
        return pair.trust.value
    if pair.sittings == 1:
        return f"{pair.trust}, one sitting"
    return f"{pair.trust}, {pair.spread:.1%}".replace("%", f"{quantity.SPACE}%")


def _table(
    title: str, widths: Sequence[int], head: Sequence[str], rows: Iterable[Sequence[str]]
) -> list[nodes.Node]:
    group = nodes.tgroup(cols=len(widths))
    group += [nodes.colspec(colwidth=width) for width in widths]
    group += nodes.thead("", _row(head))
    group += nodes.tbody("", *map(_row, rows))
    # No title of the table itself: with one, the theme gives the table and its frame the same id.
    above = paragraph(nodes.strong("", title), block="measured-table-title")
    return [above, nodes.table("", group, classes=["cmp-measured-table"])]


def _row(cells: Iterable[str]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", _plain(cell)) for cell in cells))


def _plain(text: str) -> nodes.paragraph:
    """Return text in which a typographer changes no option of a command."""
    return nodes.paragraph("", text, support_smartquotes=False)
