"""The records of a comparison as its files state them.

Knows nothing of files, Sphinx or grading: only what a well-formed record is.
Free text is inline MyST Markdown unless a field says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from packaging.version import Version
from pydantic import ConfigDict, Field, StringConstraints

from .fields import (
    CalendarDate,
    MeasurementId,
    Number,
    ProgramId,
    Record,
    ReleaseVersion,
    Sentence,
    Slug,
    Text,
    VersionRange,
)

COMPARISON_FILE = "comparison.toml"
SOURCES_FILE = "references.bib"
HISTORY_FILE = "history.toml"

UNKNOWN = "unknown"
"""The value of a claim that nobody could establish; it must say why."""

MEASURED = "measured"
"""The value of a claim that the lab established; its number stands in the results only."""


class SourceKind(StrEnum):
    """What a source is; it decides the best grade the source can give (see `judge`)."""

    SPECIFICATION = "specification"
    SOURCE_CODE = "source-code"
    DATASET = "dataset"
    BENCHMARK = "benchmark"
    SURVEY = "survey"
    PAPER = "paper"
    CASE_STUDY = "case-study"
    DOCUMENTATION = "documentation"
    RELEASE_NOTES = "release-notes"
    DESIGN = "design"
    ARTICLE = "article"
    OPINION = "opinion"


class Source(Record):
    """An entry of `references.bib`; reference managers may add fields of their own."""

    model_config = ConfigDict(extra="ignore")

    key: Slug
    title: Text
    author: Text
    published: CalendarDate = Field(
        alias="date", description="When it was published or last changed: a year, month or day."
    )
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
    read_on: date = Field(alias="urldate", description="The day it was read.")
    kind: SourceKind
    party: Slug = Field(
        description="Who published it: a subject, `neutral`, or `vendor` (sells what it describes)."
    )
    access: Literal["whole", "excerpt", "secondary"] = Field(
        description="What was read: the text itself, an excerpt, or somebody's copy or report."
    )
    copy_read: Text | None = Field(
        None, alias="copy", description="The stored copy that was read: repository, commit, path."
    )


class Release(Record):
    """One minor release of a subject."""

    version: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+$")]
    on: date
    patch: Annotated[int, Field(ge=0, description="The newest patch release of it.")] = 0


class Subject(Record):
    """What is compared."""

    id: Slug
    name: Text
    site: Annotated[str, StringConstraints(pattern=r"^https://\S+$")]
    stale_after_releases: Annotated[
        int, Field(ge=1, description="So many releases after its verification a claim is stale.")
    ]
    releases: Annotated[tuple[Release, ...], Field(min_length=1, description="Newest first.")]

    @property
    def newest(self) -> Release:
        """The newest release."""
        return self.releases[0]

    @cached_property
    def _minors(self) -> tuple[tuple[int, ...], ...]:
        return tuple(Version(release.version).release[:2] for release in self.releases)

    def releases_after(self, version: str) -> int:
        """How many minor releases came after the one that `version` belongs to."""
        minor = Version(version).release[:2]
        return sum(other > minor for other in self._minors)


class ComparisonFile(Record):
    """`comparison.toml`: what is compared, in which topics and as of when."""

    title: Text
    subtitle: Text
    updated: date = Field(description="The day up to which everything in the folder was looked at.")
    topics: Annotated[tuple[Slug, ...], Field(min_length=1, description="In reading order.")]
    subjects: Annotated[tuple[Subject, ...], Field(min_length=2)]


class Level(Record):
    """One step of a feature's scale."""

    id: Slug
    label: Text
    meaning: Sentence


class Metric(Record):
    """A feature's unit of measure, for a value that is a number: its own, or the lab's."""

    unit: Text | None = None
    better: Literal["lower", "higher"] | None = None
    threshold: Annotated[
        float | None,
        Field(gt=1, description="The ratio from which a difference matters in practice."),
    ] = None
    measurement: MeasurementId | None = Field(
        None,
        description="Instead of all others: `<experiment>/<workload>/<metric>` of the lab, which "
        "gives the unit, the values and the lean.",
    )


class Feature(Record):
    """One row of a feature table: one question, with a scale or a metric."""

    id: Slug
    name: Text
    question: Sentence
    why: Sentence = Field(description="Why it matters to a backend service.")
    levels: tuple[Level, ...] | None = Field(None, description="The scale, best level first.")
    metric: Metric | None = None


class Interval(Record):
    """A measured value known only within bounds."""

    low: Number
    high: Number


class Support(StrEnum):
    """How far a piece of evidence carries a claim."""

    FULL = "full"
    PARTLY = "partly"
    AGAINST = "against"


class Evidence(Record):
    """What speaks for or against a claim: a source, a checked program or a measurement."""

    source: Slug | None = Field(None, description="A key of the comparison's sources.")
    locator: Text | None = Field(
        None, description="Where in the source: section, page, paragraph, file and line."
    )
    program: ProgramId | None = Field(
        None,
        description="Instead of a source: a program of `examples/`, as `<topic>/<program>`. "
        "It counts while it passes on the release that the claim was verified on.",
    )
    measurement: MeasurementId | None = Field(
        None,
        description="Instead of a source: `<experiment>/<workload>/<metric>` of the lab. "
        "It counts while it is of the release that the claim was verified on.",
    )
    shows: Sentence | None = Field(
        None, description="What is to be seen when the program runs, or was measured."
    )
    supports: Support
    note: Text | None = Field(None, description="What it says there, in our words, when not plain.")


class Verified(Record):
    """When, on which release and how a claim was last checked."""

    version: ReleaseVersion
    on: date
    how: Literal["read", "ran"]


class Objection(Record):
    """The best counter-argument of one side."""

    by: Slug
    text: Text
    sources: tuple[Slug, ...] = ()


class Claim(Record):
    """One falsifiable sentence about one subject and one feature."""

    id: Slug
    feature: Slug
    subject: Slug
    text: Sentence
    value: Slug | Number | Interval | None = Field(
        None,
        description="The subject's place on the feature's scale or metric, `unknown`, or "
        "`measured` if the metric is a measurement. "
        "One claim a feature and subject has it; further claims leave it out.",
    )
    unknown_because: Sentence | None = None
    applies: VersionRange
    verified: Verified
    evidence: tuple[Evidence, ...] = ()
    objection: Objection


class Verdict(Record):
    """A topic's short answer; its lean, grade and staleness are computed."""

    text: Text
    because: tuple[Slug, ...] = Field(description="The ids of the claims it rests on.")
    dissent: tuple[Objection, ...] = ()
    flips_if: tuple[Sentence, ...] = Field((), description="What would change the answer.")


class TopicFile(Record):
    """`<topic>.toml`: the data of one topic page."""

    question: Sentence
    summary: dict[Slug, Sentence] = Field(description="Each subject's short answer, for the card.")
    verdict: Verdict
    features: Annotated[tuple[Feature, ...], Field(min_length=1)]
    claims: tuple[Claim, ...]


class Change(Record):
    """A day from which a topic's verdict leans elsewhere, or from which it stands."""

    id: Slug
    topic: Slug
    on: date
    lean: Slug = Field(description="Where it leans since: a subject, `even` or `undecided`.")
    because: Sentence = Field(description="What brought it about: a release, a source, an error.")


class HistoryFile(Record):
    """`history.toml`: how the verdicts came to stand where they do; a comparison may have none."""

    changes: Annotated[tuple[Change, ...], Field(min_length=1, description="Newest first.")]


@dataclass(frozen=True)
class Topic:
    """A topic: its data file, and the title of the page of the same stem."""

    id: str
    title: str
    data: TopicFile


@dataclass(frozen=True)
class CheckedSide:
    """A program in one subject."""

    passed: tuple[str, ...]
    """The releases on which it passed as it is now, such as `1.95.0`."""
    files: tuple[str, ...]
    """What that depends on, relative to the comparison's folder."""

    def passed_on(self, version: str) -> str | None:
        """Return the newest release of `version` on which it passed."""
        stated = Version(version).release
        same = [one for one in self.passed if Version(one).release[: len(stated)] == stated]
        return max(same, key=Version, default=None)


@dataclass(frozen=True)
class CheckedProgram:
    """A program that is compiled, run and compared by machine, by subject id."""

    id: str
    title: str
    sides: dict[str, CheckedSide]


@dataclass(frozen=True)
class Measured:
    """A metric of an experiment on one workload, and what the lab found on it."""

    id: str
    title: str
    unit: str
    better: Literal["lower", "higher"]
    threshold: float
    subjects: tuple[str, ...]
    missing: str | None
    """Why there is no result that counts, as the end of a sentence, if so."""
    has_result: bool = False
    """Whether there is any, be it one that does not count."""
    values: dict[str, Interval] = field(default_factory=dict)
    """The 95 % interval by subject."""
    estimates: dict[str, float] = field(default_factory=dict)
    verdict: str = ""
    """A subject, `even` or `undecided`."""
    releases: dict[str, str] = field(default_factory=dict)
    """The release of each subject that was measured, such as `1.95.0`."""
    files: tuple[str, ...] = ()
    """What that depends on, relative to the comparison's folder."""

    def measured_on(self, subject: str, version: str) -> str | None:
        """Return the release of a subject that was measured, if it is one of `version`."""
        if self.missing or subject not in self.releases:
            return None
        stated = Version(version).release
        release = self.releases[subject]
        return release if Version(release).release[: len(stated)] == stated else None


@dataclass(frozen=True)
class Comparison:
    """A whole comparison, loaded: everything the checks and the pages read."""

    folder: Path
    data: ComparisonFile
    topics: tuple[Topic, ...]
    sources: dict[str, Source]
    cited_on_pages: dict[str, frozenset[str]]
    """Keys of the sources that each page cites in prose, by the page's stem."""
    programs: dict[str, CheckedProgram]
    """The programs that claims may rest on, by id."""
    history: tuple[Change, ...] = ()
    """How the verdicts changed, newest first."""
    measurements: dict[str, Measured] = field(default_factory=dict)
    """What the lab measures, or is to measure, by `<experiment>/<workload>/<metric>`."""

    @property
    def id(self) -> str:
        """The folder's name, which is the comparison's id."""
        return self.folder.name

    @cached_property
    def subjects(self) -> dict[str, Subject]:
        """The subjects by id, in the order of the file."""
        return {subject.id: subject for subject in self.data.subjects}

    @cached_property
    def features(self) -> dict[str, tuple[Topic, Feature]]:
        """Every feature by id, with its topic."""
        return {f.id: (topic, f) for topic in self.topics for f in topic.data.features}

    @cached_property
    def claims(self) -> dict[str, tuple[Topic, Claim]]:
        """Every claim by id, with its topic."""
        return {c.id: (topic, c) for topic in self.topics for c in topic.data.claims}

    @cached_property
    def judged(self) -> dict[tuple[str, str], Any]:
        """What `judge` found, by function and record: pages ask for it again and again."""
        return {}

    @cached_property
    def valued(self) -> dict[tuple[str, str], Claim]:
        """The claim that gives the value, by feature id and subject id."""
        return {
            (claim.feature, claim.subject): claim
            for _, claim in self.claims.values()
            if claim.value is not None
        }
