"""The navigation beside a page is Furo's, with only the branch of the page open."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sample_site import Site, warnings

Recorded = dict[str, list[str]]


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    """The navigation of each page: as Furo makes it of a collapsed tree, and as printed."""
    return _build(tmp_path_factory.mktemp("navigation"))


def _build(folder: Path, numbered: bool = False) -> Recorded:
    site = Site(folder).create("navigation")
    if numbered:
        site.edit("index.md", ":caption: First", ":numbered:\n:caption: First")
        # Furo's own, without which Sphinx warns of a page numbered twice.
        site.edit("index.md", "self\n", "")
    status, said = site.build()
    assert status == 0, warnings(said)
    result: Recorded = json.loads((folder / "navigation.json").read_text())
    return result


def test_it_is_what_furo_prints_for_a_collapsed_tree(recorded: Recorded) -> None:
    """Captions, given titles, addresses, `self`, generated pages and markup included."""
    assert set(recorded) >= {"index", "a/index", "a/b/p", "d", "genindex", "search"}
    for page, (furo, ours) in recorded.items():
        assert ours == furo, page


def test_it_is_furos_with_section_numbers(tmp_path: Path) -> None:
    """Numbers stand before titles where toctrees are numbered."""
    for page, (furo, ours) in _build(tmp_path, numbered=True).items():
        assert ours == furo, page


def test_only_the_branch_of_the_page_is_open(recorded: Recorded) -> None:
    """A page shows its ancestors, their lists and its own list, and nothing of other branches."""
    _, page = recorded["a/b/p"]
    assert 'href="../x.html">Page a/x</a>' in page
    assert "c/q.html" not in page
    _, root = recorded["index"]
    assert "a/index.html" in root
    assert "a/x.html" not in root


def test_the_page_itself_is_marked_once(recorded: Recorded) -> None:
    """The link to the page leads nowhere and says that it is current."""
    _, page = recorded["a/b/p"]
    assert page.count("current-page") == 1
    assert (
        '<li class="toctree-l3 current current-page"><a class="current reference internal"' in page
    )
    assert 'href="#">Page a/b/p</a>' in page


def test_a_list_that_can_be_folded_has_a_named_switch(recorded: Recorded) -> None:
    """Each open list has a checkbox with a name that says what it folds, and a label for it."""
    _, page = recorded["a/b/p"]
    assert page.count('role="switch"') == 2
    assert page.count('checked=""') == 2
    for number, name in ((1, "A code &amp; “b” @"), (2, "B @ em")):
        switch = f"toctree-checkbox-{number}"
        assert f'aria-label="Toggle navigation of {name}"' in page
        assert f'id="{switch}" name="{switch}"' in page
        assert f'<label for="{switch}">' in page
