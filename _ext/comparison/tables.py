"""Tables as docutils nodes, and the feature table that pages and the whole comparison share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docutils import nodes

from . import judge
from .model import UNKNOWN, Feature, Topic
from .parts import Page, grade_mark, lean_mark, paragraph, tally_text, value_text

Cell = Sequence[nodes.Node]
Row = Sequence[Cell]


def table(
    name: str,
    widths: Sequence[int],
    head: Row,
    rows: Iterable[Row],
) -> nodes.table:
    """Return a table classed `cmp-<name>`; a row with one cell spans all columns."""
    node = nodes.table(classes=[f"cmp-{name}", "cmp-table"])
    group = nodes.tgroup(cols=len(widths))
    node += group
    # The first column heads its row.
    group += [nodes.colspec(colwidth=width, stub=int(not i)) for i, width in enumerate(widths)]
    group += nodes.thead("", _row(head))
    body = nodes.tbody()
    group += body
    for cells in rows:
        body += _row(cells, span=len(widths) if len(cells) == 1 else 1)
    return node


def _row(cells: Row, span: int = 1) -> nodes.row:
    """Return a row; with a `span`, its cell goes over so many columns and heads a group."""
    row = nodes.row(classes=["cmp-group"] if span > 1 else [])
    for cell in cells:
        entry = nodes.entry("", paragraph(*cell))
        if span > 1:
            entry["morecols"] = span - 1
        row += entry
    return row


def feature_table(page: Page, topics: Sequence[Topic], grouped: bool) -> nodes.table:
    """Return the feature table: a row a feature, a column a subject, and what the row leans to."""
    subjects = list(page.comparison.subjects)
    names: list[Cell] = [[page.subject(subject)] for subject in subjects]
    head = [[nodes.Text("Feature")], *names, [nodes.Text("Leans")]]
    rows: list[Row] = []
    for topic in topics:
        if grouped:
            tally = judge.tally(page.comparison, topic.data.features)
            title = page.link("topic", topic.id)
            rows.append([[title, nodes.Text(f": {tally_text(page, tally)}")]])
        for feature in topic.data.features:
            name = page.link("feature", feature.id, nodes.inline("", feature.name))
            cells: list[Cell] = [_value_cell(page, feature, subject) for subject in subjects]
            lean = lean_mark(page, judge.lean(page.comparison, feature))
            rows.append([[name], *cells, [lean]])
    return table("features", [34, *([23] * len(subjects)), 14], head, rows)


def _value_cell(page: Page, feature: Feature, subject: str) -> list[nodes.Node]:
    claim = page.comparison.valued[feature.id, subject]
    measured = judge.measured_feature(page.comparison, feature)
    value = page.link("claim", claim.id, nodes.inline("", value_text(feature, claim, measured)))
    if claim.value == UNKNOWN:  # a grade beside it would read as a grade of the subject
        return [value]
    grade = judge.grade(page.comparison, claim).grade
    return [value, nodes.Text(" "), grade_mark(grade)]
