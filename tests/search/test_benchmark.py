"""What the benchmark of the search measures: grown records, and pages for other tools."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from search.records import Record

from bench.peers import write_pages
from bench.records import RECORDS_OF_A_PAGE, grown, read
from tests.search.conftest import Sample

COMMON = "the tea is hot"


@pytest.fixture
def records() -> list[Record]:
    """Records whose words are partly in all of them, partly in one."""
    return [
        Record(
            docname="tea",
            anchor=f"part-{number}",
            section=f"part-{number}",
            title=f"Leaf{'abcdefghij'[number]}",
            way=["Tea"],
            facets={"kind": ["Page"]},
            text=[f"{COMMON} {'abcdefghij'[number] * 4}"],
        )
        for number in range(10)
    ]


def words(records: list[Record]) -> set[str]:
    """Return the words in the texts."""
    return {word for one in records for text in one.text for word in re.findall("[a-z]+", text)}


def test_records_grow_to_the_number_of_pages(records: list[Record]) -> None:
    """The records stay, and generated pages follow, each with as many records of its own."""
    found = grown(records, 21)
    assert found[:10] == records
    assert len({one.docname for one in found}) == 21
    assert len(found) == 10 + 20 * RECORDS_OF_A_PAGE
    assert len({(one.docname, one.anchor) for one in found}) == len(found)
    assert grown(records, 1) == records


def test_the_vocabulary_grows_more_slowly_than_the_text(records: list[Record]) -> None:
    """Copies keep the common words and bring some new rare ones, the later the fewer."""
    some, more = (len(words(grown(records, pages))) for pages in (100, 1000))
    assert set(COMMON.split()) <= words(grown(records, 2)[10:])
    assert 3 * some < more < 6 * some
    assert grown(records, 100) == grown(records, 100)


def test_a_larger_site_has_no_second_glossary(built: Sample) -> None:
    """What a site has once is not copied."""
    found = grown(read(built.folder / "html-doctrees" / "search" / "html"), 50)
    entries = [one.docname for one in found if one.facets["kind"] == ["Glossary"]]
    assert entries == ["words", "words"]


def test_other_tools_get_the_same_text(built: Sample, tmp_path: Path) -> None:
    """A page has its sections and entries as headings, its units as paragraphs, and its code."""
    write_pages(read(built.folder / "html-doctrees" / "search" / "html"), tmp_path)
    tea = (tmp_path / "tea.md").read_text(encoding="utf-8")
    assert tea.startswith("# Tea\n")
    assert "\n## Water\n" in tea
    assert "\n**Water for green tea must not boil\\.**\n" in tea
    assert "\n### Kettles\n" in tea
    assert "\n~~~~\nkettle.heatTo(80)\n~~~~\n" in tea
    assert "\n## steeping\n\ninfusion\n" in (tmp_path / "words.md").read_text(encoding="utf-8")


def test_text_means_itself_in_the_pages(tmp_path: Path) -> None:
    """No character of a text is markup."""
    record = Record("one", "", "", "Arc<T> & *p", [], {"kind": ["Page"]}, text=["# [a_b](c)"])
    write_pages([record], tmp_path)
    assert (tmp_path / "one.md").read_text(encoding="utf-8") == (
        "# Arc&lt;T&gt; &amp; \\*p\n\n\\# \\[a\\_b\\]\\(c\\)\n"
    )
