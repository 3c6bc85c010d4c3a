"""What is computed from the records and never typed: grades, staleness, leans and tallies.

Pure functions of a comparison; the rules are explained to readers on the page "How to read".
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeVar

from packaging.specifiers import SpecifierSet

from .model import (
    UNKNOWN,
    Claim,
    Comparison,
    Evidence,
    Feature,
    Interval,
    Measured,
    Source,
    SourceKind,
    Support,
    Topic,
)

_Record = TypeVar("_Record", Claim, Feature)
_Result = TypeVar("_Result")

EVEN = "even"
UNDECIDED = "undecided"

LEAD_THAT_DECIDES = 2
"""So many rows a subject must be ahead for its topic to lean its way: one row more or less,
which is a matter of how rows were cut, must not turn a topic around."""

NEUTRAL = "neutral"
VENDOR = "vendor"


class Grade(StrEnum):
    """How good a claim's evidence is, A the best."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"

    def lowered(self, steps: int = 1) -> Grade:
        """Return the grade so many steps down, D at the least."""
        grades = list(Grade)
        return grades[min(grades.index(self) + steps, len(grades) - 1)]


KIND_GRADES = {
    SourceKind.SPECIFICATION: Grade.A,
    SourceKind.SOURCE_CODE: Grade.B,
    SourceKind.DATASET: Grade.B,
    SourceKind.BENCHMARK: Grade.B,
    SourceKind.SURVEY: Grade.B,
    SourceKind.PAPER: Grade.B,
    SourceKind.CASE_STUDY: Grade.B,
    SourceKind.DOCUMENTATION: Grade.C,
    SourceKind.RELEASE_NOTES: Grade.C,
    SourceKind.DESIGN: Grade.C,
    SourceKind.ARTICLE: Grade.C,
    SourceKind.OPINION: Grade.D,
}
"""The best grade that a source of each kind can give."""


PROGRAM_GRADE = Grade.A
"""The best grade of a program that ran on the release that its claim was verified on."""

PROGRAM = "checked program"

MEASUREMENT_GRADE = Grade.A
"""The best grade of a measurement of the release that its claim was verified on."""

MEASUREMENT = "measurement"

KIND_MEANINGS = {
    SourceKind.SPECIFICATION: "reference of a language, package or command, or a written promise",
    SourceKind.SOURCE_CODE: "a program or manifest, read at a commit",
    SourceKind.DATASET: "raw data, counted",
    SourceKind.BENCHMARK: "a published measurement",
    SourceKind.SURVEY: "answers of many people, with their number",
    SourceKind.PAPER: "a reviewed study",
    SourceKind.CASE_STUDY: "a team's own report, with its own figures",
    SourceKind.DOCUMENTATION: "a project's guide, tutorial, post, policy or README",
    SourceKind.RELEASE_NOTES: "what a project says that a release changed",
    SourceKind.DESIGN: "a proposal, RFC or goal",
    SourceKind.ARTICLE: "an expert's text without data of its own",
    SourceKind.OPINION: "a view without data or standing",
}


def kind_text(kind: SourceKind) -> str:
    """Return a kind of source as readers see it."""
    return kind.replace("-", " ")


class Age(StrEnum):
    """Whether a claim still holds for the newest release of its subject."""

    CURRENT = "current"
    STALE = "stale"
    PAST = "past"


@dataclass(frozen=True)
class Graded:
    """A claim's grade, with the reasons for it in the order they were applied."""

    grade: Grade
    reasons: tuple[str, ...]


class Tally(NamedTuple):
    """How the rows of a topic fall: rows per subject in the subjects' order, then the others."""

    wins: dict[str, int]
    even: int
    undecided: int

    @property
    def rows(self) -> int:
        """How many rows were counted."""
        return sum(self.wins.values()) + self.even + self.undecided

    @property
    def lean(self) -> str:
        """The subject that is ahead by enough rows, else `even` or `undecided`."""
        if 2 * self.undecided > self.rows:
            return UNDECIDED
        ahead, behind = sorted(self.wins.items(), key=lambda item: -item[1])[:2]
        return ahead[0] if ahead[1] - behind[1] >= LEAD_THAT_DECIDES else EVEN


def _remembered(
    function: Callable[[Comparison, _Record], _Result],
) -> Callable[[Comparison, _Record], _Result]:
    """Keep what a function found of the records of a comparison; others are judged anew."""

    @functools.wraps(function)
    def judge(comparison: Comparison, record: _Record) -> _Result:
        records = comparison.claims if isinstance(record, Claim) else comparison.features
        if record.id not in records or records[record.id][1] is not record:
            return function(comparison, record)
        key = (function.__name__, record.id)
        if key not in comparison.judged:
            comparison.judged[key] = function(comparison, record)
        result: _Result = comparison.judged[key]
        return result

    return judge


def age(comparison: Comparison, claim: Claim) -> Age:
    """Judge a claim against its subject's releases, never against the clock."""
    subject = comparison.subjects[claim.subject]
    newest = f"{subject.newest.version}.{subject.newest.patch}"
    if not SpecifierSet(claim.applies).contains(newest):
        return Age.PAST
    if subject.releases_after(claim.verified.version) >= subject.stale_after_releases:
        return Age.STALE
    return Age.CURRENT


def favours(comparison: Comparison, feature: Feature) -> str:
    """Return which subject the values of a feature favour, whatever their evidence is worth.

    A level nearer the head of the scale is better. For a metric the interval of the ratio of
    the two best values is compared with the threshold of practical difference: all beyond it
    favours the better one, all within is `even`, across it is `undecided`. A measured ratio
    was compared so by the lab.
    """
    measured = measured_feature(comparison, feature)
    if measured:
        return UNDECIDED if measured.missing else measured.verdict
    values = {
        subject: comparison.valued[feature.id, subject].value for subject in comparison.subjects
    }
    if UNKNOWN in values.values():
        return UNDECIDED
    if feature.levels:
        order = {level.id: rank for rank, level in enumerate(feature.levels)}
        ranks = {subject: order[str(value)] for subject, value in values.items()}
        best = min(ranks.values())
        leaders = [subject for subject, rank in ranks.items() if rank == best]
        return leaders[0] if len(leaders) == 1 else EVEN
    metric = feature.metric
    assert metric is not None
    assert metric.threshold is not None
    bounds = {
        subject: (value.low, value.high)
        if isinstance(value, Interval)
        else (float(str(value)), float(str(value)))
        for subject, value in values.items()
    }
    higher = metric.better == "higher"
    ranked = sorted(bounds, key=lambda subject: sum(bounds[subject]), reverse=higher)
    better, worse = bounds[ranked[0]], bounds[ranked[1]]
    low, high = (worse[0] / better[1], worse[1] / better[0])
    if higher:
        low, high = (better[0] / worse[1], better[1] / worse[0])
    if low >= metric.threshold:
        return ranked[0]
    within = high < metric.threshold and low > 1 / metric.threshold
    return EVEN if within else UNDECIDED


@_remembered
def grade(comparison: Comparison, claim: Claim) -> Graded:
    """Grade a claim by its best evidence, then lower it for each reason to doubt it.

    The grade of a piece of evidence is that of its source's kind, of a program or of a
    measurement, one lower when it carries the claim only partly. The claim is lowered once when
    it is stale or past, once when only interested parties say it, and once when any evidence
    speaks against it. A program that did not pass on the release that the claim was verified on,
    or a measurement of another release, does not count.
    """
    counted = [item for item in claim.evidence if counts(comparison, claim, item)]
    supporting = [item for item in counted if item.supports is not Support.AGAINST]
    if not supporting:
        return Graded(Grade.D, ("no evidence supports it",))
    best = min(supporting, key=lambda item: _evidence_grade(comparison, item).value)
    kind = kind_text(comparison.sources[best.source].kind) if best.source else _own_kind(best)
    result = _evidence_grade(comparison, best)
    partly = ", in part" if best.supports is Support.PARTLY else ""
    reasons = [f"{kind}{partly}"]
    claim_age = age(comparison, claim)
    if claim_age is not Age.CURRENT:
        result = result.lowered()
        reasons.append(f"lowered: {_AGE_REASONS[claim_age]}")
    if _only_interested(comparison, claim, supporting):
        result = result.lowered()
        reasons.append("lowered: only an interested party says it")
    if len(supporting) < len(counted):
        result = result.lowered()
        reasons.append("lowered: evidence speaks against it")
    return Graded(result, tuple(reasons))


_AGE_REASONS = {
    Age.STALE: "verified too many releases ago",
    Age.PAST: "not true of the newest release",
}


def counts(comparison: Comparison, claim: Claim, evidence: Evidence) -> bool:
    """Whether a piece of evidence counts: a source does, what is our own on the stated release."""
    if evidence.program:
        return bool(passed_on(comparison, claim, evidence.program))
    if evidence.measurement:
        return why_not_measured(comparison, claim, evidence.measurement) is None
    return True


def passed_on(comparison: Comparison, claim: Claim, program: str) -> str | None:
    """Return the release on which a program bears a claim out, None if it did not pass there."""
    return comparison.programs[program].sides[claim.subject].passed_on(claim.verified.version)


def why_not_measured(comparison: Comparison, claim: Claim, measurement: str) -> str | None:
    """Return why a measurement does not count for a claim, None if it does."""
    measured = comparison.measurements[measurement]
    if measured.missing:
        return measured.missing
    if measured.measured_on(claim.subject, claim.verified.version) is None:
        name = comparison.subjects[claim.subject].name
        return f"it is of {name} {measured.releases.get(claim.subject, 'no known release')}"
    return None


def measured_feature(comparison: Comparison, feature: Feature) -> Measured | None:
    """Return the measurement that gives a feature its values, if one does."""
    id_ = feature.metric.measurement if feature.metric else None
    return comparison.measurements[id_] if id_ else None


def _own_kind(evidence: Evidence) -> str:
    return PROGRAM if evidence.program else MEASUREMENT


def _evidence_grade(comparison: Comparison, evidence: Evidence) -> Grade:
    kind = comparison.sources[evidence.source].kind if evidence.source else None
    own = PROGRAM_GRADE if evidence.program else MEASUREMENT_GRADE
    grade_ = KIND_GRADES[kind] if kind else own
    return grade_.lowered() if evidence.supports is Support.PARTLY else grade_


def _only_interested(comparison: Comparison, claim: Claim, supporting: Iterable[Evidence]) -> bool:
    """Whether all that supports the claim comes from sources that gain by it.

    A subject's own publications gain where the feature's values favour that subject; a vendor
    writes about its own product. A normative text states what is, a program does what it does,
    and a measurement shows what it shows, so none of them has an interest.
    """
    _, feature = comparison.features[claim.feature]
    favoured = favours(comparison, feature)

    def gains(source: Source) -> bool:
        if source.kind is SourceKind.SPECIFICATION:
            return False
        return source.party in (VENDOR, favoured)

    return all(item.source and gains(comparison.sources[item.source]) for item in supporting)


@_remembered
def lean(comparison: Comparison, feature: Feature) -> str:
    """Return the subject that a row leans to, `even`, or `undecided`.

    A row whose value rests on grade D for any subject is undecided.
    """
    favoured = favours(comparison, feature)
    grades = [
        grade(comparison, comparison.valued[feature.id, subject]).grade
        for subject in comparison.subjects
    ]
    return UNDECIDED if Grade.D in grades else favoured


def tally(comparison: Comparison, features: Iterable[Feature]) -> Tally:
    """Count how rows lean."""
    counts = Counter(lean(comparison, feature) for feature in features)
    wins = {subject: counts[subject] for subject in comparison.subjects}
    return Tally(wins, counts[EVEN], counts[UNDECIDED])


def verdict_grade(comparison: Comparison, topic: Topic) -> Grade:
    """Grade a verdict as the weakest of the claims that it rests on."""
    return max(
        grade(comparison, comparison.claims[claim][1]).grade for claim in topic.data.verdict.because
    )


def verdict_age(comparison: Comparison, topic: Topic) -> Age:
    """A verdict is as old as the oldest of the claims that it rests on."""
    order = list(Age)
    return max(
        (age(comparison, comparison.claims[claim][1]) for claim in topic.data.verdict.because),
        key=order.index,
    )
