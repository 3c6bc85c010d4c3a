"""What a page is taken apart into, so that each part can be found."""

from __future__ import annotations

from tests.search.conftest import Sample


def test_a_section_is_a_record_without_those_below(built: Sample) -> None:
    """A section has its own text, title and way, and not the text of the sections in it."""
    record = built.records("tea")["water"]
    assert (record["title"], record["way"]) == ("Water", ["Tea"])
    assert record["text"][0] == "Soft water is better, see the section above."
    assert not any("thermometer" in text for text in record["text"])


def test_the_page_itself_leads_with_its_description(built: Sample) -> None:
    """The record of the whole page has no anchor, its description, and the sections' titles."""
    record = built.records("tea")[""]
    assert record["lead"] == ["Leaves and water."]
    assert record["text"] == ["Poured over leaves.", "Water · Kettles"]


def test_a_named_unit_is_a_record_of_its_own(built: Sample) -> None:
    """What an extension names has its facets; its first words are its title, here and around."""
    records = built.records("tea")
    unit = records["unit-boil"]
    assert unit["title"] == "Water for green tea must not boil."
    assert unit["text"] == ["It turns bitter above eighty degrees."]
    assert unit["facets"] == {"kind": ["Claim"], "topic": ["Tea"], "grade": ["A"]}
    assert unit["way"] == ["Tea", "Water"]
    assert unit["title"] in records["water"]["text"]


def test_a_unit_may_be_given_a_title(built: Sample) -> None:
    """The title that an extension gives goes before the first words."""
    unit = built.records("tea")["unit-sort"]
    assert (unit["title"], unit["text"], unit["code"]) == (
        "Leaves sorted",
        ["Sorting."],
        ["sorted(leaves)"],
    )
    assert "title" not in unit["facets"]


def test_code_is_kept_apart_and_repetitions_are_left_out(built: Sample) -> None:
    """Code is found in its section; what has an ignored class is not."""
    record = built.records("tea")["kettles"]
    assert record["code"] == ["kettle.heatTo(80)"]
    assert not any("elsewhere" in text for text in record["text"])


def test_an_entry_of_a_glossary_has_all_its_names(built: Sample) -> None:
    """Each entry is a record with its further names."""
    record = built.records("words")["term-steeping"]
    assert (record["title"], record["names"]) == ("steeping", ["infusion"])
    assert record["facets"]["kind"] == ["Glossary"]
    assert record["text"] == ["To leave leaves in water."]
