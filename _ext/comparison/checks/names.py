"""Rules of names: each means one thing, and each that is used exists and is used."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from comparison.judge import EVEN, NEUTRAL, UNDECIDED, VENDOR
from comparison.model import (
    COMPARISON_FILE,
    HISTORY_FILE,
    SOURCES_FILE,
    UNKNOWN,
    Claim,
    Comparison,
    Evidence,
)

from .fault import Fault, KeyPath, each_claim, each_feature, each_objection, one_of


def subjects_topics_and_releases_are_unique(comparison: Comparison) -> Iterator[Fault]:
    """No subject, topic or release is listed twice."""
    data = comparison.data
    lists: list[tuple[KeyPath, list[str]]] = [
        (("topics",), list(data.topics)),
        (("subjects",), [subject.id for subject in data.subjects]),
    ]
    for index, subject in enumerate(data.subjects):
        versions = [release.version for release in subject.releases]
        lists.append((("subjects", index, "releases"), versions))
    for path, names in lists:
        for position, name in enumerate(names):
            if name in names[:position]:
                yield Fault(
                    COMPARISON_FILE, (*path, position), f'"{name}" is listed twice', "it once"
                )


def subject_ids_are_free(comparison: Comparison) -> Iterator[Fault]:
    """No subject has an id that means something else: a lean, a party or a value."""
    reserved = (EVEN, UNDECIDED, NEUTRAL, VENDOR, UNKNOWN)
    for index, subject in enumerate(comparison.data.subjects):
        if subject.id in reserved:
            wrong = f'"{subject.id}" has a meaning of its own'
            yield Fault(COMPARISON_FILE, ("subjects", index, "id"), wrong, "another id")


def ids_are_unique(comparison: Comparison) -> Iterator[Fault]:
    """A feature, claim or change id names one record, a level id one of its scale."""
    first: dict[tuple[str, str], str] = {}
    records: list[tuple[str, KeyPath, str]] = [
        (file, ("features", i), feature.id) for file, i, feature in each_feature(comparison)
    ]
    records += [(file, ("claims", i), claim.id) for file, i, claim in each_claim(comparison)]
    changes = enumerate(comparison.history)
    records += [(HISTORY_FILE, ("changes", i), change.id) for i, change in changes]
    for file, path, id_ in records:
        kind = str(path[0])
        if (kind, id_) in first:
            wrong = f'"{id_}" is already used in {first[kind, id_]}'
            yield Fault(file, (*path, "id"), wrong, "an id of its own")
        first.setdefault((kind, id_), file)
    for file, index, feature in each_feature(comparison):
        levels = [level.id for level in feature.levels or ()]
        for position, level in enumerate(levels):
            if level in levels[:position] or level == UNKNOWN:
                at: KeyPath = ("features", index, "levels", position)
                yield Fault(file, at, f'level "{level}" is taken', "a level id of its own")


def claims_refer_to_what_exists(comparison: Comparison) -> Iterator[Fault]:
    """The subject and the feature of a claim exist, and what its evidence names."""
    subjects, features = comparison.subjects, comparison.features
    for file, index, claim in each_claim(comparison):
        at: KeyPath = ("claims", index)
        topic = file.removesuffix(".toml")
        if claim.subject not in subjects:
            wrong = f'unknown subject "{claim.subject}"'
            yield Fault(file, (*at, "subject"), wrong, one_of(subjects))
        if claim.feature not in features or features[claim.feature][0].id != topic:
            own = [f.id for t in comparison.topics if t.id == topic for f in t.data.features]
            wrong = f'unknown feature "{claim.feature}"'
            yield Fault(file, (*at, "feature"), wrong, one_of(own))
        for position, evidence in enumerate(claim.evidence):
            yield from _evidence_faults(
                comparison, claim, evidence, file, (*at, "evidence", position)
            )


def _evidence_faults(
    comparison: Comparison, claim: Claim, evidence: Evidence, file: str, at: KeyPath
) -> Iterator[Fault]:
    if evidence.source and evidence.source not in comparison.sources:
        wrong = f'unknown source "{evidence.source}"'
        yield Fault(file, (*at, "source"), wrong, f"a key of {SOURCES_FILE}")
    if evidence.program:
        program = comparison.programs.get(evidence.program)
        wrong, expected = f'unknown program "{evidence.program}"', "a program of examples/"
        if program:
            wrong = f'"{program.id}" has no side {claim.subject}'
            expected = "a program with a side of the claim's subject"
        if not program or claim.subject not in program.sides:
            yield Fault(file, (*at, "program"), wrong, expected)
    if evidence.measurement:
        place = (*at, "measurement")
        yield from _measurement_faults(comparison, evidence.measurement, claim.subject, file, place)


def features_refer_to_what_exists(comparison: Comparison) -> Iterator[Fault]:
    """The measurement that gives a feature its values exists, with a result of each subject."""
    for file, index, feature in each_feature(comparison):
        if feature.metric and feature.metric.measurement:
            place = ("features", index, "metric", "measurement")
            name, subjects = feature.metric.measurement, comparison.subjects
            found = (_measurement_faults(comparison, name, one, file, place) for one in subjects)
            yield from itertools.islice(itertools.chain.from_iterable(found), 1)


def objections_refer_to_what_exists(comparison: Comparison) -> Iterator[Fault]:
    """The subject that objects exists, and the sources it gives."""
    for file, at, objection in each_objection(comparison):
        if objection.by not in comparison.subjects:
            wrong = f'unknown subject "{objection.by}"'
            yield Fault(file, (*at, "by"), wrong, one_of(comparison.subjects))
        for source in objection.sources:
            if source not in comparison.sources:
                wrong = f'unknown source "{source}"'
                yield Fault(file, (*at, "sources"), wrong, f"a key of {SOURCES_FILE}")


def verdicts_refer_to_what_exists(comparison: Comparison) -> Iterator[Fault]:
    """The claims that a verdict rests on are its topic's own."""
    for topic in comparison.topics:
        own_claims = {claim.id for claim in topic.data.claims}
        for position, id_ in enumerate(topic.data.verdict.because):
            if id_ not in own_claims:
                path = ("verdict", "because", position)
                wrong, expected = f'unknown claim "{id_}"', "the id of a claim of this topic"
                yield Fault(f"{topic.id}.toml", path, wrong, expected)


def changes_refer_to_what_exists(comparison: Comparison) -> Iterator[Fault]:
    """The topic of a change exists, and the lean that it came to."""
    leans = [*comparison.subjects, EVEN, UNDECIDED]
    topics = [topic.id for topic in comparison.topics]
    for index, change in enumerate(comparison.history):
        if change.topic not in topics:
            wrong = f'unknown topic "{change.topic}"'
            yield Fault(HISTORY_FILE, ("changes", index, "topic"), wrong, one_of(topics))
        if change.lean not in leans:
            wrong = f'unknown lean "{change.lean}"'
            yield Fault(HISTORY_FILE, ("changes", index, "lean"), wrong, one_of(leans))


def _measurement_faults(
    comparison: Comparison, id_: str, subject: str, file: str, at: KeyPath
) -> Iterator[Fault]:
    """Tell which part of a measurement's id is unknown, and whether there is a result."""
    known = comparison.measurements
    if id_ in known:
        if subject not in known[id_].subjects:
            wrong = f'"{id_}" has no side {subject}'
            yield Fault(file, at, wrong, "a measurement of the claim's subject")
        elif not known[id_].has_result:
            wrong, run = f'"{id_}" has no result', f"`python -m lab run {id_.partition('/')[0]}`"
            yield Fault(file, at, wrong, f"a result: {run}")
        return
    parts, others = id_.split("/"), [one.split("/") for one in known]
    for position, name in enumerate(("experiment", "workload", "metric")):
        names = {one[position]: None for one in others if one[:position] == parts[:position]}
        if parts[position] not in names:
            yield Fault(file, at, f'unknown {name} "{parts[position]}"', one_of(names))
            return


def summaries_name_every_subject(comparison: Comparison) -> Iterator[Fault]:
    """A topic's summary has one short answer for each subject and no other."""
    for topic in comparison.topics:
        for subject in comparison.subjects.keys() ^ topic.data.summary.keys():
            missing = subject in comparison.subjects
            wrong = (
                f'no short answer for "{subject}"' if missing else f'unknown subject "{subject}"'
            )
            path: KeyPath = ("summary",) if missing else ("summary", subject)
            yield Fault(f"{topic.id}.toml", path, wrong, one_of(comparison.subjects))


def sources_are_used(comparison: Comparison) -> Iterator[Fault]:
    """No source is an orphan, and every key that a page cites is a source."""
    used = {key for keys in comparison.cited_on_pages.values() for key in keys}
    evidence = (item for _, _, claim in each_claim(comparison) for item in claim.evidence)
    used.update(item.source for item in evidence if item.source)
    used.update(key for _, _, item in each_objection(comparison) for key in item.sources)
    for page, cited in comparison.cited_on_pages.items():
        for key in sorted(cited - comparison.sources.keys()):
            yield Fault(f"{page}.md", (key,), "is cited, but no source", f"a key of {SOURCES_FILE}")
    for key in comparison.sources.keys() - used:
        yield Fault(SOURCES_FILE, (key,), "no claim and no page cites it", "a use, or no entry")


def parties_are_known(comparison: Comparison) -> Iterator[Fault]:
    """A source was published by a subject's project, by a neutral party or by a vendor."""
    parties = [*comparison.subjects, NEUTRAL, VENDOR]
    for key, source in comparison.sources.items():
        if source.party not in parties:
            wrong = f'unknown party "{source.party}"'
            yield Fault(SOURCES_FILE, (key, "party"), wrong, one_of(parties))
