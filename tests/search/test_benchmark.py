"""What the benchmark of the search measures: records, grown to many pages."""

from __future__ import annotations

import re

import pytest
from search.records import Record

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
