from __future__ import annotations

import pytest
from examples.regions import RegionError, parse_source

SOURCE = """use std;

// region: outer
fn a() {
    // region: inner
    body();
    // endregion
}

// endregion

fn b() {}
"""


def test_markers_are_removed_from_the_whole() -> None:
    """The text of a file has no marker, and one blank line where a marker stood between two."""
    assert parse_source(SOURCE).text() == "use std;\n\nfn a() {\n    body();\n}\n\nfn b() {}\n"


def test_a_region_is_cut_out_and_dedented() -> None:
    """A region has neither markers nor blank edges nor the indentation of its surroundings."""
    source = parse_source(SOURCE)
    assert source.text("outer") == "fn a() {\n    body();\n}\n"
    assert source.text("inner") == "body();\n"


def test_an_unknown_region_names_the_known_ones() -> None:
    """The message says which regions there are."""
    with pytest.raises(RegionError, match='unknown region "x"; expected one of: inner, outer'):
        parse_source(SOURCE).text("x")


@pytest.mark.parametrize(
    ("text", "line", "wrong"),
    [
        ("a\n// region: a\n", 2, "is not closed"),
        ("// endregion\n", 1, "closes nothing"),
        ("// region: a\n// region: a\n// endregion\n// endregion\n", 2, "opened twice"),
        ("a\n// Region a\n", 2, "mistaken marker"),
        ("//region: a\n", 1, "mistaken marker"),
        ("// region: Not A Slug\n", 1, "mistaken marker"),
    ],
)
def test_a_mistaken_marker_is_told_with_its_line(text: str, line: int, wrong: str) -> None:
    """Markers pair, have names of their own, and are written in one way."""
    with pytest.raises(RegionError, match=wrong) as caught:
        parse_source(text)
    assert caught.value.line == line
