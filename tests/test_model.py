from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from comparison.fields import Sentence, Slug, VersionRange
from comparison.model import Claim, Interval, Release, Subject
from pydantic import TypeAdapter, ValidationError

if TYPE_CHECKING:
    from tests.conftest import Drinks


def _accepts(type_: Any, value: object) -> bool:
    try:
        TypeAdapter(type_).validate_python(value)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    ("type_", "good", "bad"),
    [
        (Slug, "gc-pauses-2", "GC-pauses"),
        (Slug, "a", "a--b"),
        (Slug, "p99", "-p99"),
        (Slug, "1st", "1st-"),
        (Sentence, "Is it so?", "It is so"),
        (Sentence, "It is so.", "It is\nso."),
        (Sentence, "So!", ""),
        (VersionRange, ">=1.8, <1.26", "since 1.8"),
        (VersionRange, "~=1.8", ""),
    ],
)
def test_text_of_a_form_is_held_to_it(type_: Any, good: str, bad: str) -> None:
    """Ids are hyphenated words, sentences end on one line, version ranges can be computed with."""
    assert _accepts(type_, good)
    assert not _accepts(type_, bad)


def _subject(*versions: str) -> Subject:
    releases = tuple(Release(version=version, on=date(2025, 1, 1)) for version in versions)
    return Subject(
        id="tea", name="Tea", site="https://t.example", stale_after_releases=2, releases=releases
    )


def test_releases_are_counted_as_versions_not_as_text() -> None:
    """1.10 comes after 1.9, and a patch belongs to its minor release."""
    subject = _subject("1.11", "1.10", "1.9")
    assert subject.newest.version == "1.11"
    assert [subject.releases_after(v) for v in ("1.9", "1.9.3", "1.10", "1.11.2")] == [2, 2, 1, 0]


def test_records_cannot_be_changed() -> None:
    """A record is as its file states it: nothing can be assigned, no key can be added."""
    subject = _subject("1.0")
    with pytest.raises(ValidationError, match="frozen"):
        subject.name = "Coffee"  # type: ignore[misc]
    with pytest.raises(ValidationError, match="colour"):
        Release(version="1.0", on=date(2025, 1, 1), colour="red")  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("mild", "mild"),
        ("unknown", "unknown"),
        (12, 12.0),
        (0.5, 0.5),
        ({"low": 4, "high": 6}, Interval(low=4, high=6)),
    ],
)
def test_a_value_is_a_level_a_number_or_bounds(drinks: Drinks, value: object, read: object) -> None:
    """Each way to write a value is read as what it is."""
    record = drinks.comparison().claims["price-tea"][1].model_dump()
    assert Claim.model_validate(record | {"value": value}).value == read


def test_a_comparison_finds_its_records_by_id(drinks: Drinks) -> None:
    """Subjects keep their order; features and claims come with their topic."""
    comparison = drinks.comparison()
    assert comparison.id == "tea-vs-coffee"
    assert list(comparison.subjects) == ["tea", "coffee"]
    topic, feature = comparison.features["price"]
    assert (topic.id, feature.name) == ("cost", "Price")
    topic, claim = comparison.claims["bitterness-coffee"]
    assert (topic.id, claim.value) == ("taste", "strong")


def test_the_value_of_a_row_comes_from_the_claim_that_has_one(drinks: Drinks) -> None:
    """A further claim about the same subject and feature gives no value."""
    comparison = drinks.comparison()
    assert comparison.valued["bitterness", "tea"].id == "bitterness-tea"
    assert "aftertaste-tea" not in {claim.id for claim in comparison.valued.values()}
    assert len(comparison.valued) == len(comparison.features) * len(comparison.subjects)
