"""Handlers of tables of any width: upright, on a page turned sideways, or stacked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docutils import nodes

from .blocks import numbered
from .inline import TEXT_WIDTH_PT
from .literals import array, call, sequence, string
from .translator import Translator, renders

SIDEWAYS_WIDTH_PT = 716
"""The width of the text on an A4 page turned sideways."""

SIZES_PT = (8.8, 8.0)
"""The sizes of a table's text, the one to try first first. Smaller than 8 pt nothing is set."""

LETTER_EM = 0.52
"""About how wide a letter is, seen over English words."""

LONG_NAME = 60
"""The head of a row that has more letters is a sentence, and not set in bold."""

LONG_CELL = 900
"""A row with a cell of more letters may be parted at the end of a page."""


@renders("table")
def table(translator: Translator, node: nodes.table) -> str:
    """Return a table, in the widest form that it needs and the largest letters that fit."""
    group = next(iter(node.findall(nodes.tgroup)))
    head = [row for part in group.findall(nodes.thead) for row in part.findall(nodes.row)]
    body = [row for part in group.findall(nodes.tbody) for row in part.findall(nodes.row)]
    specs = list(group.findall(nodes.colspec))
    titles = [child for child in node.children if isinstance(child, nodes.title)]
    title = numbered(translator, "table", node, titles[0]) if titles else None

    widths = least_widths(len(specs), [*head, *body])
    for size in SIZES_PT:
        if _needed(widths, size) <= TEXT_WIDTH_PT:
            return translator.styled(node, _grid(translator, node, head, body, specs, size, title))
    smallest = SIZES_PT[-1]
    if _needed(widths, smallest) <= SIDEWAYS_WIDTH_PT and _on_its_own(node):
        return call("landscape", _grid(translator, node, head, body, specs, smallest, title))
    if not any(map(_spans, [*head, *body])):
        return _stacked(translator, head, body, title)
    return translator.styled(node, _grid(translator, node, head, body, specs, smallest, title))


def least_widths(columns: int, rows: Sequence[nodes.row]) -> list[float]:
    """Return the width in em that each column needs for its longest word."""
    widths = [1.0] * columns
    for row in rows:
        for index, entry in enumerate(row.children[:columns]):
            if isinstance(entry, nodes.Element) and not entry.get("morecols"):
                # Code can be broken after a sign.
                words = re.split(r"[\s/_.,:=&?()<>-]+", entry.astext())
                longest = max(map(len, words), default=0)
                # Hyphens help with words longer than this.
                widths[index] = max(widths[index], min(longest, 14) * LETTER_EM)
    return widths


def _needed(widths: Sequence[float], size_pt: float) -> float:
    padding = 6 if len(widths) > 6 else 10
    return sum(width * size_pt + padding for width in widths)


def _on_its_own(node: nodes.Node) -> bool:
    """Whether a table may have a page of its own: only sections are around it."""
    parent = node.parent
    while isinstance(parent, (nodes.section, nodes.compound)):
        parent = parent.parent
    return isinstance(parent, nodes.document) or type(parent).__name__ == "start_of_file"


def _spans(row: nodes.row) -> bool:
    return any(
        isinstance(entry, nodes.Element) and (entry.get("morecols") or entry.get("morerows"))
        for entry in row.children
    )


def _grid(
    translator: Translator,
    node: nodes.table,
    head: Sequence[nodes.row],
    body: Sequence[nodes.row],
    specs: Sequence[nodes.colspec],
    size_pt: float,
    title: str | None,
) -> str:
    stubs = [bool(spec.get("stub")) for spec in specs]
    cells = []
    if head:
        inner = [cell for row in head for cell in _cells(translator, row, [True] * len(specs))]
        cells.append(call("table.header", *inner))
    for row in body:
        inner = _cells(translator, row, stubs)
        # The name of a group keeps with its first row, as a header does.
        cells += [call("table.header", *inner, level="2", repeat="false")] if _group(row) else inner
    columns, size = array(_columns(node, specs, [*head, *body], size_pt)), f"{size_pt}pt"
    longest = max((len(entry.astext()) for row in body for entry in row.children), default=0)
    whole = "false" if longest > LONG_CELL else None
    return call("grid-table", columns, size, str(len(head)), *cells, title=title, whole_rows=whole)


def _columns(
    node: nodes.table, specs: Sequence[nodes.colspec], rows: Sequence[nodes.row], size_pt: float
) -> list[str]:
    """Return the columns: near to the shares of the width that were chosen, else what fits."""
    shares = [spec.get("colwidth", 1) for spec in specs]
    chosen = "colwidths-auto" not in node["classes"] and len(set(shares)) > 1
    if not chosen and "colwidths-given" not in node["classes"]:
        return ["auto"] * len(specs)
    room = TEXT_WIDTH_PT / size_pt
    return [f"{width:.3g}fr" for width in fitted_widths(shares, full_widths(rows, specs), room)]


def full_widths(rows: Sequence[nodes.row], columns: Sequence[object]) -> list[float]:
    """Return the width in em at which no cell of a column needs a second line."""
    widths = [0.0] * len(columns)
    for row in rows:
        for index, entry in enumerate(row.children[: len(columns)]):
            if isinstance(entry, nodes.Element) and not entry.get("morecols"):
                widths[index] = max(widths[index], len(entry.astext()) * LETTER_EM + 1.3)
    return widths


def fitted_widths(shares: Sequence[float], full: Sequence[float], room: float) -> list[float]:
    """Return widths by shares of the room; what a column can spare goes to those that lack it."""
    widths = [room * share / sum(shares) for share in shares]
    spare = [max(0.0, width - need) for width, need in zip(widths, full, strict=True)]
    lack = [max(0.0, need - width) for width, need in zip(widths, full, strict=True)]
    moved = min(sum(spare), sum(lack))
    if not moved:
        return widths
    given, taken = moved / sum(lack), moved / sum(spare)
    return [
        width - much * taken + little * given
        for width, much, little in zip(widths, spare, lack, strict=True)
    ]


def _cells(translator: Translator, row: nodes.row, heads: Sequence[bool]) -> list[str]:
    cells = []
    for index, entry in enumerate(row.children):
        assert isinstance(entry, nodes.Element)
        body = cell_content(translator, entry)
        stub = index < len(heads) and heads[index] and len(entry.astext()) <= LONG_NAME
        if stub or _group(row):
            body = call("head-cell", body)
        spans = {
            name: str(entry[key] + 1) if entry.get(key) else None
            for key, name in (("morecols", "colspan"), ("morerows", "rowspan"))
        }
        sides = [name[5:] for name in entry["classes"] if name.startswith("text-")]
        side = sides[0] if sides and sides[0] in ("left", "center", "right") else None
        cells.append(call("table.cell", body, align=side, **spans))
    return cells


def _group(row: nodes.row) -> bool:
    """Whether a row is but the name of the rows below it."""
    entries = list(row.findall(nodes.entry))
    return len(entries) == 1 and bool(entries[0].get("morecols"))


def cell_content(translator: Translator, entry: nodes.Element) -> str:
    """Return what a cell holds; a lone paragraph is its content."""
    if len(entry.children) == 1 and isinstance(entry.children[0], nodes.paragraph):
        paragraph = entry.children[0]
        anchors = [translator.anchors(entry), translator.anchors(paragraph)]
        return sequence([*anchors, translator.children(paragraph)])
    return sequence([translator.anchors(entry), translator.children(entry)])


def _stacked(
    translator: Translator,
    head: Sequence[nodes.row],
    body: Sequence[nodes.row],
    title: str | None,
) -> str:
    last = head[-1].children if head else []
    names = [string(entry.astext()) if entry.astext() else "none" for entry in last]
    rows = []
    for row in body:
        cells = [
            array([names[index] if index < len(names) else "none", cell_content(translator, entry)])
            for index, entry in enumerate(row.children)
            if isinstance(entry, nodes.Element)
        ]
        rows.append(array(cells))
    return call("stacked-table", array(rows), title=title)
