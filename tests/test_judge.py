from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from comparison import judge
from comparison.judge import EVEN, UNDECIDED, Age, Grade, Tally
from comparison.model import (
    CheckedProgram,
    CheckedSide,
    Claim,
    Comparison,
    ComparisonFile,
    Evidence,
    Source,
    SourceKind,
    Topic,
    TopicFile,
)
from hypothesis import example, given
from hypothesis import strategies as st

KINDS = list(SourceKind)
LEVELS = ["good", "fair", "bad"]


def sources() -> dict[str, Source]:
    """Return a source of every kind by every party, such as `tea-survey`."""
    result = {}
    for party in ("tea", "coffee", "neutral", "vendor"):
        for kind in KINDS:
            key = f"{party}-{kind}"
            record = {"title": key, "author": "A", "date": "2025", "url": "https://s.example"}
            record |= {"urldate": date(2026, 1, 1), "kind": kind, "party": party}
            result[key] = Source.model_validate({"key": key, "access": "whole", **record})
    return result


PROGRAMS = {
    f"topic/{name}": CheckedProgram(f"topic/{name}", "P", {"tea": CheckedSide(passed, ())})
    for name, passed in {
        "newest": ("1.4.0", "1.5.0", "1.5.1"),
        "older": ("1.4.2",),
        "changed": (),
    }.items()
}
"""Programs of tea, by the releases on which they passed."""


def evidence(*items: str) -> tuple[Evidence, ...]:
    """Return evidence from `<source or program>`, then `partly` or `against` if it is that."""
    result = []
    for item in items:
        name, _, supports = item.partition(" ")
        record = {"source": name, "locator": "p. 1"}
        if name in PROGRAMS:
            record = {"program": name, "shows": "It does."}
        record["supports"] = supports or "full"
        result.append(Evidence.model_validate(record))
    return tuple(result)


def claim(subject: str, value: Any, *items: str, feature: str = "f0", **changes: Any) -> Claim:
    """Return a claim of a row on the strength of the items of evidence."""
    record: dict[str, Any] = {
        "id": f"{feature}-{subject}",
        "feature": feature,
        "subject": subject,
        "text": "So it is.",
        "value": value,
        "unknown_because": "Nobody knows." if value == "unknown" else None,
        "applies": ">=1.0",
        "verified": {"version": "1.5", "on": date(2026, 1, 1), "how": "read"},
        "evidence": evidence(*items),
        "objection": {"by": subject, "text": "No."},
    }
    return Claim.model_validate(record | changes)


def compare(*claims: Claim, metric: Any = None, subjects: Any = ("tea", "coffee")) -> Comparison:
    """Return a comparison of one topic with the rows that the claims speak of.

    Releases of each subject are 1.5, 1.4, 1.3 and 1.2; two releases later a claim is stale.
    """
    scale = {"metric": metric} if metric else {"levels": [_level(id_) for id_ in LEVELS]}
    features = [
        {"id": id_, "name": "F", "question": "How?", "why": "Why?", **scale}
        for id_ in dict.fromkeys(claim.feature for claim in claims)
    ]
    topic = TopicFile.model_validate(
        {
            "question": "How?",
            "summary": dict.fromkeys(subjects, "So."),
            "verdict": {"text": "So.", "because": [claim.id for claim in claims]},
            "features": features,
            "claims": claims,
        }
    )
    releases = [{"version": f"1.{n}", "on": date(2025, n, 1)} for n in (5, 4, 3, 2)]
    data = ComparisonFile.model_validate(
        {
            "title": "T",
            "subtitle": "S",
            "updated": date(2026, 2, 1),
            "topics": ["topic"],
            "subjects": [
                {
                    "id": id_,
                    "name": id_.title(),
                    "site": "https://s.example",
                    "stale_after_releases": 2,
                    "releases": releases,
                }
                for id_ in subjects
            ],
        }
    )
    return Comparison(Path("x"), data, (Topic("topic", "Topic", topic),), sources(), {}, PROGRAMS)


def _level(id_: str) -> dict[str, str]:
    return {"id": id_, "label": id_.title(), "meaning": "So."}


def grade(*items: str, tea: str = "good", coffee: str = "good", **changes: Any) -> judge.Graded:
    """Grade tea's claim of an even row, or of one that the levels given decide."""
    judged = claim("tea", tea, *items, **changes)
    return judge.grade(compare(judged, claim("coffee", coffee, "neutral-survey")), judged)


def row(tea: Any, coffee: Any, metric: Any = None) -> tuple[str, str]:
    """Return what the values of a row favour and, with good evidence, how it leans."""
    claims = claim("tea", tea, "neutral-survey"), claim("coffee", coffee, "neutral-survey")
    comparison = compare(*claims, metric=metric)
    [(_, feature)] = comparison.features.values()
    return judge.favours(comparison, feature), judge.lean(comparison, feature)


# Grades


def test_grades_are_lowered_down_to_d() -> None:
    """Each step lowers a grade by one letter, and D stays D."""
    assert [Grade.A.lowered(steps) for steps in range(5)] == ["A", "B", "C", "D", "D"]
    assert Grade.D.lowered() is Grade.D


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        (["topic/newest"], "A"),
        (["topic/newest partly"], "B"),
        (["topic/older"], "D"),
        (["topic/changed"], "D"),
        (["topic/changed", "neutral-article"], "C"),
        (["neutral-survey", "topic/newest against"], "C"),
        (["neutral-survey", "topic/older against"], "B"),
    ],
)
def test_a_program_counts_while_it_passes_on_the_stated_release(
    items: list[str], expected: str
) -> None:
    """A program gives A on the release that the claim was verified on, and nothing on others."""
    assert grade(*items).grade == expected


def test_a_program_has_no_interest() -> None:
    """A claim that only an interested party made is no longer so when a program bears it out."""
    alone = grade("tea-survey", tea="good", coffee="bad")
    borne_out = grade("tea-survey", "topic/newest partly", tea="good", coffee="bad")
    assert (alone.grade, borne_out.grade) == ("C", "B")


@pytest.mark.parametrize(
    ("version", "passed"), [("1.5", "1.5.1"), ("1.5.0", "1.5.0"), ("1.4", "1.4.0"), ("1.3", None)]
)
def test_a_release_stands_for_its_patches(version: str, passed: str | None) -> None:
    """A claim of 1.5 is borne out by the newest patch of it; one of 1.5.0 by that alone."""
    assert PROGRAMS["topic/newest"].sides["tea"].passed_on(version) == passed


@given(st.sampled_from(Grade), st.integers(0, 5), st.integers(0, 5))
def test_lowering_never_raises_a_grade(start: Grade, one: int, more: int) -> None:
    """However often it is lowered a grade gets no better, and steps add up."""
    assert start.lowered(one).value >= start.value
    assert start.lowered(one).lowered(more) is start.lowered(one + more)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("specification", "A"),
        ("source-code", "B"),
        ("dataset", "B"),
        ("benchmark", "B"),
        ("survey", "B"),
        ("paper", "B"),
        ("case-study", "B"),
        ("documentation", "C"),
        ("release-notes", "C"),
        ("design", "C"),
        ("article", "C"),
        ("opinion", "D"),
    ],
)
def test_the_kind_of_its_source_grades_a_claim(kind: str, expected: str) -> None:
    """Normative text gives A, primary data B, official and expert statements C, opinion D."""
    graded = grade(f"neutral-{kind}")
    assert graded.grade == expected
    assert len(graded.reasons) == 1


def test_every_kind_has_a_grade_and_a_name() -> None:
    """No kind of source goes without a grade and without a reason to print."""
    for kind in KINDS:
        assert grade(f"neutral-{kind}").reasons[0]


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        (["neutral-opinion", "neutral-survey", "neutral-article"], "B"),
        (["neutral-specification partly"], "B"),
        (["neutral-specification partly", "neutral-survey"], "B"),
        (["neutral-survey partly", "neutral-article"], "C"),
        (["neutral-opinion partly"], "D"),
    ],
)
def test_the_best_evidence_grades_a_claim(items: list[str], expected: str) -> None:
    """Weaker evidence takes nothing away; partial support is worth one letter less."""
    assert grade(*items).grade == expected


def test_evidence_against_lowers_once() -> None:
    """What speaks against a claim lowers its grade once, whatever its kind and number."""
    assert grade("neutral-survey", "neutral-opinion against").grade == "C"
    twice = grade("neutral-survey", "neutral-paper against", "tea-paper against")
    assert twice.grade == "C"
    assert "speaks against" in twice.reasons[-1]


@pytest.mark.parametrize("items", [[], ["neutral-specification against"]])
def test_a_claim_that_nothing_supports_is_of_grade_d(items: list[str]) -> None:
    """Without support a claim has the lowest grade, and says why."""
    graded = grade(*items)
    assert graded.grade is Grade.D
    assert "no evidence" in graded.reasons[0]


@pytest.mark.parametrize(
    ("version", "applies", "expected"),
    [
        ("1.5", ">=1.0", Age.CURRENT),
        ("1.4", ">=1.0", Age.CURRENT),
        ("1.4.3", ">=1.0", Age.CURRENT),
        ("1.3", ">=1.0", Age.STALE),
        ("1.3.9", ">=1.0", Age.STALE),
        ("1.5", "<1.5", Age.PAST),
        ("1.2", "<1.5", Age.PAST),
        ("1.5", "==1.4", Age.PAST),
    ],
)
def test_a_claim_ages_with_the_releases_of_its_subject(
    version: str, applies: str, expected: Age
) -> None:
    """Two releases after its verification a claim is stale; out of its range it is past."""
    verified = {"version": version, "on": date(2026, 1, 1), "how": "read"}
    old = claim("tea", "good", "neutral-survey", verified=verified, applies=applies)
    comparison = compare(old, claim("coffee", "good", "neutral-survey"))
    assert judge.age(comparison, old) is expected
    graded = judge.grade(comparison, old)
    assert graded.grade == ("B" if expected is Age.CURRENT else "C")
    assert len(graded.reasons) == (1 if expected is Age.CURRENT else 2)


def test_a_claim_that_begins_with_a_patch_is_true_of_the_newest_release() -> None:
    """A range that begins with a patch of the newest release does not make a claim past."""
    new = claim("tea", "good", "neutral-survey", applies=">=1.5.1")
    comparison = compare(new, claim("coffee", "good", "neutral-survey"))
    subjects = list(comparison.data.subjects)
    newest = subjects[0].releases[0].model_copy(update={"patch": 2})
    subjects[0] = subjects[0].model_copy(update={"releases": (newest, *subjects[0].releases[1:])})
    data = comparison.data.model_copy(update={"subjects": tuple(subjects)})
    patched = replace(comparison, data=data)
    assert judge.age(patched, new) is Age.CURRENT


@pytest.mark.parametrize(
    ("items", "tea", "coffee", "expected"),
    [
        (["tea-survey"], "good", "bad", "C"),  # its own word where it leads
        (["tea-survey"], "good", "good", "B"),  # the row is even: nothing is gained
        (["tea-survey"], "bad", "good", "B"),  # it admits to be behind
        (["coffee-survey"], "good", "bad", "B"),  # the other side admits it
        (["coffee-survey"], "bad", "good", "C"),  # the other side belittles it
        (["tea-specification"], "good", "bad", "A"),  # a norm states what is
        (["vendor-survey"], "good", "good", "C"),  # a vendor always gains
        (["vendor-survey"], "bad", "good", "C"),
        (["vendor-specification"], "good", "good", "A"),
        (["tea-survey", "vendor-paper"], "good", "bad", "C"),  # both gain
        (["tea-survey", "neutral-opinion"], "good", "bad", "B"),  # somebody else says it too
        (["tea-survey", "coffee-article partly"], "good", "bad", "B"),
        (["tea-survey", "neutral-paper against"], "good", "bad", "D"),  # lowered for both reasons
    ],
)
def test_the_word_of_who_gains_by_it_is_worth_less(
    items: list[str], tea: str, coffee: str, expected: str
) -> None:
    """A claim that only interested parties support loses a letter; a normative text is exempt."""
    assert grade(*items, tea=tea, coffee=coffee).grade == expected


def test_every_reason_for_a_grade_is_given_in_order() -> None:
    """The source's kind comes first, then age, interest and contradiction, each lowering by one."""
    verified = {"version": "1.2", "on": date(2026, 1, 1), "how": "read"}
    graded = grade(
        "tea-specification partly", "tea-opinion", "tea-article against", verified=verified
    )
    assert graded.grade == "D"
    assert [len(graded.reasons), "in part" in graded.reasons[0]] == [3, True]
    assert [reason.startswith("lowered: ") for reason in graded.reasons] == [False, True, True]


# Rows


@pytest.mark.parametrize(
    ("tea", "coffee", "expected"),
    [
        ("good", "bad", "tea"),
        ("fair", "good", "coffee"),
        ("fair", "fair", EVEN),
        ("unknown", "good", UNDECIDED),
        ("bad", "unknown", UNDECIDED),
        ("unknown", "unknown", UNDECIDED),
    ],
)
def test_the_better_level_decides_a_row(tea: str, coffee: str, expected: str) -> None:
    """The level nearer the head of the scale wins; what is unknown decides nothing."""
    assert row(tea, coffee) == (expected, expected)


@pytest.mark.parametrize(
    ("better", "tea", "coffee", "expected"),
    [
        ("lower", 10, 12.5, "tea"),  # at the threshold of 1.25 it matters
        ("lower", 10, 12.4, EVEN),
        ("lower", 20, 10, "coffee"),
        ("higher", 20, 10, "tea"),
        ("higher", 10, 12.5, "coffee"),
        ("lower", {"low": 9, "high": 10}, {"low": 12.5, "high": 20}, "tea"),
        ("lower", {"low": 9, "high": 10}, {"low": 12, "high": 20}, UNDECIDED),  # crosses it
        ("higher", {"low": 9, "high": 10}, {"low": 12, "high": 20}, UNDECIDED),
        ("lower", {"low": 9, "high": 10}, {"low": 10, "high": 11}, EVEN),  # all within it
        ("lower", {"low": 1, "high": 100}, 10, UNDECIDED),
        ("lower", 10, "unknown", UNDECIDED),
    ],
)
def test_a_metric_decides_a_row_beyond_its_threshold(
    better: str, tea: Any, coffee: Any, expected: str
) -> None:
    """All of the ratio's interval must be beyond the threshold, or all within it, else nothing."""
    metric = {"unit": "ms", "better": better, "threshold": 1.25}
    assert row(tea, coffee, metric) == (expected, expected)


def test_a_row_that_rests_on_grade_d_is_undecided() -> None:
    """A value that nobody backs decides nothing, on either side, whatever it favours."""
    for weak, strong in (("tea", "coffee"), ("coffee", "tea")):
        values = {"tea": "good", "coffee": "bad"}
        comparison = compare(
            claim(weak, values[weak], "neutral-opinion"),
            claim(strong, values[strong], "neutral-survey"),
        )
        [(_, feature)] = comparison.features.values()
        assert judge.favours(comparison, feature) == "tea"
        assert judge.lean(comparison, feature) == UNDECIDED


def test_a_further_claim_without_a_value_decides_nothing() -> None:
    """A second fact of a row, of grade D, leaves the row as its values decide it."""
    further = claim("tea", None, "neutral-opinion", id="further")
    comparison = compare(
        claim("tea", "good", "neutral-survey"), claim("coffee", "bad", "neutral-survey"), further
    )
    [(_, feature)] = comparison.features.values()
    assert judge.lean(comparison, feature) == "tea"


def test_among_three_the_best_must_stand_alone() -> None:
    """With three subjects a shared first place is even, and the two best numbers are compared."""
    subjects = ("tea", "coffee", "milk")

    def favoured(values: list[Any], metric: Any = None) -> str:
        claims = [
            claim(subject, value, "neutral-survey")
            for subject, value in zip(subjects, values, strict=True)
        ]
        comparison = compare(*claims, metric=metric, subjects=subjects)
        [(_, feature)] = comparison.features.values()
        return judge.favours(comparison, feature)

    metric = {"unit": "ms", "better": "lower", "threshold": 1.25}
    assert favoured(["fair", "good", "bad"]) == "coffee"
    assert favoured(["good", "bad", "good"]) == EVEN
    assert favoured([10, 11, 90], metric) == EVEN
    assert favoured([90, 20, 10], metric) == "milk"


_NUMBERS = st.integers(1, 40)
_BOUNDS = st.tuples(_NUMBERS, _NUMBERS).map(lambda pair: {"low": min(pair), "high": max(pair)})
_LEVELS = st.sampled_from([*LEVELS, "unknown"])
_SWAPPED = {"tea": "coffee", "coffee": "tea", EVEN: EVEN, UNDECIDED: UNDECIDED}


@given(tea=_LEVELS, coffee=_LEVELS)
def test_swapping_the_subjects_swaps_a_row_of_levels(tea: str, coffee: str) -> None:
    """Who is named first makes no difference to a scale."""
    assert row(coffee, tea)[0] == _SWAPPED[row(tea, coffee)[0]]


@given(
    tea=_NUMBERS | _BOUNDS, coffee=_NUMBERS | _BOUNDS, better=st.sampled_from(["lower", "higher"])
)
@example(tea={"low": 4, "high": 6}, coffee=5, better="lower")
def test_swapping_the_subjects_swaps_a_row_of_numbers(tea: Any, coffee: Any, better: str) -> None:
    """Who is named first makes no difference to a metric."""
    metric = {"unit": "ms", "better": better, "threshold": 1.25}
    assert row(coffee, tea, metric)[0] == _SWAPPED[row(tea, coffee, metric)[0]]


@given(tea=_BOUNDS, coffee=_BOUNDS)
def test_a_row_of_numbers_is_decided_by_what_all_of_the_interval_says(
    tea: Any, coffee: Any
) -> None:
    """Even and a win each hold for every pair of values within the bounds."""
    metric = {"unit": "ms", "better": "lower", "threshold": 1.25}
    favoured, _ = row(tea, coffee, metric)
    ratios = [coffee[a] / tea[b] for a in ("low", "high") for b in ("low", "high")]
    if favoured == EVEN:
        assert all(1 / 1.25 < ratio < 1.25 for ratio in ratios)
    elif favoured == "tea":
        assert all(ratio >= 1.25 for ratio in ratios)


@given(
    items=st.lists(
        st.tuples(st.sampled_from(["neutral", "vendor"]), st.sampled_from(KINDS)).map("-".join),
        min_size=1,
        max_size=3,
    ),
    doubt=st.sampled_from(KINDS),
)
def test_doubt_never_raises_a_grade(items: list[str], doubt: SourceKind) -> None:
    """More evidence against a claim or partial instead of full support makes no grade better."""
    plain = grade(*items).grade
    assert grade(*items, f"neutral-{doubt} against").grade.value >= plain.value
    assert grade(*(f"{item} partly" for item in items)).grade.value >= plain.value


# Topics


@pytest.mark.parametrize(
    ("wins", "even", "undecided", "lean"),
    [
        ({"tea": 2, "coffee": 0}, 0, 0, "tea"),
        ({"tea": 1, "coffee": 3}, 4, 0, "coffee"),
        ({"tea": 3, "coffee": 2}, 0, 0, EVEN),  # one row is how rows were cut
        ({"tea": 1, "coffee": 0}, 0, 0, EVEN),
        ({"tea": 2, "coffee": 2}, 1, 0, EVEN),
        ({"tea": 2, "coffee": 0}, 0, 2, "tea"),  # half of the rows undecided
        ({"tea": 2, "coffee": 0}, 0, 3, UNDECIDED),  # most rows undecided
        ({"tea": 0, "coffee": 0}, 0, 1, UNDECIDED),
        ({"tea": 0, "coffee": 0}, 2, 1, EVEN),
        ({"tea": 4, "coffee": 1, "milk": 3}, 0, 0, EVEN),
        ({"tea": 1, "coffee": 1, "milk": 3}, 0, 0, "milk"),
    ],
)
def test_a_topic_leans_to_who_leads_by_two_rows(
    wins: dict[str, int], even: int, undecided: int, lean: str
) -> None:
    """A lead of one row is even; a topic with most rows undecided is undecided."""
    assert Tally(wins, even, undecided).lean == lean


_COUNTS = st.integers(0, 9)


@given(_COUNTS, _COUNTS, _COUNTS, _COUNTS)
def test_swapping_the_subjects_swaps_the_lean(a: int, b: int, even: int, undecided: int) -> None:
    """Who is named first makes no difference to a topic."""
    lean = Tally({"tea": a, "coffee": b}, even, undecided).lean
    assert Tally({"tea": b, "coffee": a}, even, undecided).lean == _SWAPPED[lean]


def test_a_tally_counts_each_row_once() -> None:
    """Rows fall to a subject, to even or to undecided, and no row is lost."""
    values = [("good", "bad"), ("good", "fair"), ("bad", "good"), ("fair", "fair")]
    values += [("good", "unknown"), ("good", "good")]
    claims = [
        claim(subject, value, "neutral-survey", feature=f"f{number}")
        for number, pair in enumerate(values)
        for subject, value in zip(("tea", "coffee"), pair, strict=True)
    ]
    comparison = compare(*claims)
    tally = judge.tally(comparison, [feature for _, feature in comparison.features.values()])
    assert tally == Tally({"tea": 2, "coffee": 1}, 2, 1)


def test_a_verdict_is_as_good_and_as_old_as_its_weakest_claim() -> None:
    """The grade is the lowest and the age the oldest of the claims that a verdict rests on."""
    stale = {"version": "1.2", "on": date(2026, 1, 1), "how": "read"}
    claims = [
        claim("tea", "good", "neutral-specification"),
        claim("coffee", "good", "neutral-survey"),
        claim("tea", None, "neutral-survey", id="old", verified=stale),
        claim("tea", None, "neutral-survey", id="over", applies="<1.5"),
        claim("tea", None, "neutral-opinion", id="weak"),
    ]
    comparison = compare(*claims)
    [topic] = comparison.topics

    def resting_on(*ids: str) -> tuple[str, str]:
        verdict = topic.data.verdict.model_copy(update={"because": ids})
        data = topic.data.model_copy(update={"verdict": verdict})
        changed = Topic(topic.id, topic.title, data)
        return judge.verdict_grade(comparison, changed), judge.verdict_age(comparison, changed)

    assert resting_on("f0-tea") == ("A", "current")
    assert resting_on("f0-tea", "f0-coffee") == ("B", "current")
    assert resting_on("old", "f0-tea") == ("C", "stale")
    assert resting_on("old", "over") == ("C", "past")
    assert resting_on("weak", "f0-tea") == ("D", "current")
