from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from comparison.parts import Page
from comparison.tables import feature_table, table
from docutils import nodes

if TYPE_CHECKING:
    from tests.conftest import Drinks


def _text(row: nodes.Element) -> list[str]:
    return [entry.astext() for entry in row]


def test_a_table_has_a_head_and_its_first_column_heads_the_rows() -> None:
    """Readers of every output can tell head, row names and cells."""
    cells = [[nodes.Text("a")], [nodes.Text("b")]]
    node = table("sizes", [30, 70], cells, [cells, cells])
    assert node["classes"] == ["cmp-sizes", "cmp-table"]
    assert [spec["colwidth"] for spec in node.findall(nodes.colspec)] == [30, 70]
    assert [bool(spec["stub"]) for spec in node.findall(nodes.colspec)] == [True, False]
    [head], [body] = node.findall(nodes.thead), node.findall(nodes.tbody)
    assert [_text(row) for row in head] == [["a", "b"]]
    assert [_text(row) for row in body] == [["a", "b"], ["a", "b"]]


def test_a_row_of_one_cell_heads_a_group() -> None:
    """A single cell goes over all columns."""
    node = table("sizes", [1, 1, 1], [[]] * 3, [[[nodes.Text("group")]], [[]] * 3])
    [body] = node.findall(nodes.tbody)
    group, row = body
    assert group["classes"] == ["cmp-group"]
    assert [entry["morecols"] for entry in group] == [2]
    assert row["classes"] == []
    assert ["morecols" in entry for entry in row] == [False] * 3


@pytest.mark.parametrize("grouped", [False, True])
def test_a_feature_is_a_row_with_a_value_a_subject(drinks: Drinks, grouped: bool) -> None:
    """Each row names the feature, each subject's value with its grade, and the lean."""
    comparison = drinks.comparison()
    page = Page(comparison, "x", lambda text: [nodes.Text(text)])
    node = feature_table(page, comparison.topics, grouped)
    [head], [body] = node.findall(nodes.thead), node.findall(nodes.tbody)
    assert _text(head[0])[1:3] == ["Tea", "Coffee"]
    rows = [_text(row) for row in body]
    groups = [row[0].split(":")[0] for row in rows if len(row) == 1]
    assert groups == (["taste", "cost"] if grouped else [])
    assert [row for row in rows if len(row) > 1] == [
        ["Bitterness", "Mild grade\xa0A", "Strong grade\xa0B", "Tea"],
        ["Warmth", "Long grade\xa0B", "Short grade\xa0B", "Tea"],
        ["Price", "4 to 6 cents grade\xa0B", "12 cents grade\xa0B", "Tea"],
    ]


def test_an_unknown_has_no_grade(drinks: Drinks) -> None:
    """What nobody could find out stands alone: a grade beside it would seem to rate it."""
    drinks.edit(
        "taste.toml", 'value = "short"', 'value = "unknown"\nunknown_because = "No source."'
    )
    comparison = drinks.comparison()
    page = Page(comparison, "x", lambda text: [nodes.Text(text)])
    [body] = feature_table(page, comparison.topics, grouped=False).findall(nodes.tbody)
    assert ["Warmth", "Long grade\xa0B", "Unknown", "Undecided"] in [_text(row) for row in body]
