from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import MakeBuilt, Site


def _entries(page: str) -> dict[str, str]:
    """Return the text of each entry of a bibliography by its anchor."""
    parts = re.split(r'<citation [^>]*ids="([^"]+)"[^>]*>', page)[1:]
    texts = (" ".join(re.sub(r"<[^>]*>", "", text).split()) for text in parts[1::2])
    return dict(zip(parts[::2], texts, strict=True))


def test_entries_are_labelled_and_sorted_by_key(built: MakeBuilt) -> None:
    """A source keeps its label and its anchor whatever other sources come and go."""
    entries = _entries(built("html").page("bibliography"))
    assert list(entries) == ["cite-bean-survey", "cite-coffee-blog", "cite-leaf-norm"]
    for anchor, text in entries.items():
        assert text.startswith(anchor.removeprefix("cite-") + " ")


def test_an_entry_says_who_published_it_and_what_was_read(
    built: MakeBuilt,
) -> None:
    """Title, authors, date, kind, party, the day of reading and the copy are shown."""
    page = built("html").page("bibliography")
    entries = _entries(page)
    expected = ["Bean Survey 2025", "Ada Example and Bo Sample", "2025-11-20", "survey", "neutral"]
    expected += ["read 2026-02-01", "survey/results@abc123, README.md"]
    for phrase in expected:
        assert phrase in entries["cite-bean-survey"]
    assert "read in excerpt 2026-02-01" in entries["cite-coffee-blog"]
    assert "Copy" not in entries["cite-coffee-blog"]
    assert '<reference refuri="https://survey.example/2025">' in page


def test_a_source_read_at_second_hand_says_so(site: Site) -> None:
    """Readers see that nobody read the text itself."""
    site.drinks.edit("references.bib", "access = {excerpt}", "access = {secondary}")
    entries = _entries(site.build("dummy").page("bibliography"))
    assert "read at second hand 2026-02-01" in entries["cite-coffee-blog"]


def test_a_citation_in_prose_leads_to_its_entry(built: MakeBuilt) -> None:
    """What a sentence cites is a link to the source in the bibliography."""
    text = built("html").html("taste")
    assert 'href="bibliography.html#cite-bean-survey"' in text.split("It matters at breakfast")[1]


@pytest.mark.parametrize("type_", ["article", "misc", "book", "techreport"])
def test_every_type_of_entry_shows_our_fields(site: Site, type_: str) -> None:
    """Entries as reference managers write them are shown as ours are, or told as a mistake."""
    site.drinks.edit("references.bib", "@online{leaf-norm", f"@{type_}{{leaf-norm")
    if problems := site.drinks.problems():
        assert [problem.key for problem in problems] == ["leaf-norm"]
        return
    built = site.build("dummy")
    assert built.warnings == ""
    text = _entries(built.page("bibliography"))["cite-leaf-norm"]
    for phrase in ("The Leaf Norm", "The Leaf Board", "2025", "specification", "read 2026-02-01"):
        assert phrase in text


def test_what_bibtex_escapes_is_shown_as_it_is_meant(site: Site) -> None:
    """Characters that BibTeX escapes are the same in the bibliography and wherever it is cited."""
    site.drinks.edit("references.bib", "{Why we roast}", r"{Why we roast \& brew 100\%}")
    built = site.build("dummy")
    assert "Why we roast & brew 100%" in _text(built.page("bibliography"))
    assert "Why we roast & brew 100%" in _text(built.page("taste"))


def _text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", "", page.replace("&amp;", "&")).split())
