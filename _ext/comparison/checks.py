"""The rules between records: one function a rule, each yielding the faults that it finds.

Knows nothing of files but their names; `validate` applies the rules and locates the faults.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from packaging.version import Version

from .judge import EVEN, NEUTRAL, UNDECIDED, VENDOR, tally
from .model import (
    COMPARISON_FILE,
    HISTORY_FILE,
    MEASURED,
    SOURCES_FILE,
    UNKNOWN,
    Claim,
    Comparison,
    Feature,
    Interval,
    Objection,
    Support,
)

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True)
class Fault:
    """A broken rule, at a key path in a file of the comparison's folder."""

    file: str
    path: KeyPath
    wrong: str
    expected: str


Check = Callable[[Comparison], Iterator[Fault]]


def _claims(comparison: Comparison) -> Iterator[tuple[str, int, Claim]]:
    for topic in comparison.topics:
        for index, claim in enumerate(topic.data.claims):
            yield f"{topic.id}.toml", index, claim


def _features(comparison: Comparison) -> Iterator[tuple[str, int, Feature]]:
    for topic in comparison.topics:
        for index, feature in enumerate(topic.data.features):
            yield f"{topic.id}.toml", index, feature


def _one_of(ids: Iterable[str]) -> str:
    known = list(ids)
    return f"one of: {', '.join(known)}" if len(known) < 20 else "a known id"


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


def releases_are_newest_first(comparison: Comparison) -> Iterator[Fault]:
    """Releases go from the newest to the oldest, in version and in date."""
    for index, subject in enumerate(comparison.data.subjects):
        for position in range(1, len(subject.releases)):
            newer, older = subject.releases[position - 1], subject.releases[position]
            if Version(newer.version) <= Version(older.version) or newer.on < older.on:
                yield Fault(
                    COMPARISON_FILE,
                    ("subjects", index, "releases", position),
                    f"{older.version} ({older.on}) comes after {newer.version} ({newer.on})",
                    "releases from the newest to the oldest",
                )


def ids_are_unique(comparison: Comparison) -> Iterator[Fault]:
    """A feature, claim or change id names one record, a level id one of its scale."""
    first: dict[tuple[str, str], str] = {}
    records: list[tuple[str, KeyPath, str]] = [
        (file, ("features", i), feature.id) for file, i, feature in _features(comparison)
    ]
    records += [(file, ("claims", i), claim.id) for file, i, claim in _claims(comparison)]
    changes = enumerate(comparison.history)
    records += [(HISTORY_FILE, ("changes", i), change.id) for i, change in changes]
    for file, path, id_ in records:
        kind = str(path[0])
        if (kind, id_) in first:
            wrong = f'"{id_}" is already used in {first[kind, id_]}'
            yield Fault(file, (*path, "id"), wrong, "an id of its own")
        first.setdefault((kind, id_), file)
    for file, index, feature in _features(comparison):
        levels = [level.id for level in feature.levels or ()]
        for position, level in enumerate(levels):
            if level in levels[:position] or level == UNKNOWN:
                at: KeyPath = ("features", index, "levels", position)
                yield Fault(file, at, f'level "{level}" is taken', "a level id of its own")


def features_have_a_scale_or_a_metric(comparison: Comparison) -> Iterator[Fault]:
    """A feature is judged on two or more defined levels, or by a metric, not both.

    A metric has a unit, a better direction and a threshold of its own, or those of a measurement.
    """
    for file, index, feature in _features(comparison):
        if bool(feature.levels) == bool(feature.metric):
            wrong = "has both a scale and a metric" if feature.metric else "has no scale"
            yield Fault(file, ("features", index), wrong, "either levels or metric")
        elif feature.levels and len(feature.levels) < 2:
            path = ("features", index, "levels")
            yield Fault(file, path, "has a single level", "two levels or more, the best first")
        elif feature.metric:
            given = feature.metric.model_dump(exclude_none=True).keys()
            if given not in ({"measurement"}, {"unit", "better", "threshold"}):
                wrong = f"has {', '.join(sorted(given)) or 'nothing'}"
                expected = "unit, better and threshold, or a measurement alone"
                yield Fault(file, ("features", index, "metric"), wrong, expected)


def references_are_known(comparison: Comparison) -> Iterator[Fault]:
    """Subjects, features, sources and topics that a record names exist."""
    subjects, features, sources = comparison.subjects, comparison.features, comparison.sources
    for file, index, claim in _claims(comparison):
        at: KeyPath = ("claims", index)
        topic = file.removesuffix(".toml")
        if claim.subject not in subjects:
            wrong = f'unknown subject "{claim.subject}"'
            yield Fault(file, (*at, "subject"), wrong, _one_of(subjects))
        if claim.feature not in features or features[claim.feature][0].id != topic:
            own = [f.id for t in comparison.topics if t.id == topic for f in t.data.features]
            wrong = f'unknown feature "{claim.feature}"'
            yield Fault(file, (*at, "feature"), wrong, _one_of(own))
        for position, evidence in enumerate(claim.evidence):
            item: KeyPath = (*at, "evidence", position)
            if evidence.source and evidence.source not in sources:
                wrong = f'unknown source "{evidence.source}"'
                yield Fault(file, (*item, "source"), wrong, f"a key of {SOURCES_FILE}")
            if evidence.program:
                program = comparison.programs.get(evidence.program)
                wrong, expected = f'unknown program "{evidence.program}"', "a program of examples/"
                if program:
                    wrong = f'"{program.id}" has no side {claim.subject}'
                    expected = "a program with a side of the claim's subject"
                if not program or claim.subject not in program.sides:
                    yield Fault(file, (*item, "program"), wrong, expected)
            if evidence.measurement:
                yield from _measurement_faults(
                    comparison, evidence.measurement, claim.subject, file, (*item, "measurement")
                )
    for file, index, feature in _features(comparison):
        if feature.metric and feature.metric.measurement:
            place = ("features", index, "metric", "measurement")
            name = feature.metric.measurement
            found = (_measurement_faults(comparison, name, one, file, place) for one in subjects)
            yield from itertools.islice(itertools.chain.from_iterable(found), 1)
    for file, at, objection in _objections(comparison):
        if objection.by not in subjects:
            wrong = f'unknown subject "{objection.by}"'
            yield Fault(file, (*at, "by"), wrong, _one_of(subjects))
        for source in objection.sources:
            if source not in sources:
                wrong = f'unknown source "{source}"'
                yield Fault(file, (*at, "sources"), wrong, f"a key of {SOURCES_FILE}")
    for topic_ in comparison.topics:
        own_claims = {claim.id for claim in topic_.data.claims}
        for position, id_ in enumerate(topic_.data.verdict.because):
            if id_ not in own_claims:
                yield Fault(
                    f"{topic_.id}.toml",
                    ("verdict", "because", position),
                    f'unknown claim "{id_}"',
                    "the id of a claim of this topic",
                )
    leans = [*subjects, EVEN, UNDECIDED]
    topics = [topic_.id for topic_ in comparison.topics]
    for index, change in enumerate(comparison.history):
        if change.topic not in topics:
            wrong = f'unknown topic "{change.topic}"'
            yield Fault(HISTORY_FILE, ("changes", index, "topic"), wrong, _one_of(topics))
        if change.lean not in leans:
            wrong = f'unknown lean "{change.lean}"'
            yield Fault(HISTORY_FILE, ("changes", index, "lean"), wrong, _one_of(leans))


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
            yield Fault(file, at, f'unknown {name} "{parts[position]}"', _one_of(names))
            return


def _objections(comparison: Comparison) -> Iterator[tuple[str, KeyPath, Objection]]:
    for topic in comparison.topics:
        for index, claim in enumerate(topic.data.claims):
            yield f"{topic.id}.toml", ("claims", index, "objection"), claim.objection
        for index, dissent in enumerate(topic.data.verdict.dissent):
            yield f"{topic.id}.toml", ("verdict", "dissent", index), dissent


def summaries_name_every_subject(comparison: Comparison) -> Iterator[Fault]:
    """A topic's summary has one short answer for each subject and no other."""
    for topic in comparison.topics:
        for subject in comparison.subjects.keys() ^ topic.data.summary.keys():
            missing = subject in comparison.subjects
            wrong = (
                f'no short answer for "{subject}"' if missing else f'unknown subject "{subject}"'
            )
            path: KeyPath = ("summary",) if missing else ("summary", subject)
            yield Fault(f"{topic.id}.toml", path, wrong, _one_of(comparison.subjects))


def claims_have_evidence(comparison: Comparison) -> Iterator[Fault]:
    """Every claim has evidence, unless its value is unknown."""
    for file, index, claim in _claims(comparison):
        if not claim.evidence and claim.value != UNKNOWN:
            wrong = f'"{claim.id}" has no evidence'
            yield Fault(
                file, ("claims", index, "evidence"), wrong, "a source, a program or a measurement"
            )


def evidence_is_of_one_kind(comparison: Comparison) -> Iterator[Fault]:
    """A piece of evidence names one source, or a program or measurement and what it shows."""
    for file, index, claim in _claims(comparison):
        for position, evidence in enumerate(claim.evidence):
            path: KeyPath = ("claims", index, "evidence", position)
            own = evidence.program or evidence.measurement
            kinds = {
                "a source": evidence.source,
                "a program": evidence.program,
                "a measurement": evidence.measurement,
            }
            named = [kind for kind, one in kinds.items() if one]
            if len(named) != 1:
                wrong = f"names {' and '.join(named) or 'nothing'}"
                yield Fault(file, path, wrong, "either source, program or measurement")
            elif own and not evidence.shows:
                wrong = f'does not say what "{own}" shows'
                yield Fault(file, path, wrong, "shows, with one sentence")
            elif own and evidence.locator:
                yield Fault(file, (*path, "locator"), f"is no place in {named[0]}", "shows")
            elif evidence.source and evidence.shows:
                yield Fault(file, (*path, "shows"), "is said of a source", "note")


def what_ran_is_named(comparison: Comparison) -> Iterator[Fault]:
    """A claim that was verified by running names the program or measurement that ran."""
    for file, index, claim in _claims(comparison):
        ran = any(item.program or item.measurement for item in claim.evidence)
        if claim.verified.how == "ran" and not ran:
            path = ("claims", index, "verified")
            wrong = f'"{claim.id}" ran, but names no program and no measurement'
            yield Fault(file, path, wrong, "what ran, as evidence")


def measured_values_are_the_labs(comparison: Comparison) -> Iterator[Fault]:
    """The value of a measured feature is not typed, and its claim rests on the measurement."""
    for file, index, claim in _claims(comparison):
        if claim.value is None or claim.feature not in comparison.features:
            continue
        metric = comparison.features[claim.feature][1].metric
        measurement = metric.measurement if metric else None
        path: KeyPath = ("claims", index, "value")
        if measurement and claim.value != MEASURED:
            yield Fault(file, path, f"is typed, but {measurement} gives it", f'"{MEASURED}"')
        elif not measurement and claim.value == MEASURED:
            yield Fault(file, path, "the feature has no measurement", "a value of its own")
        elif measurement and measurement not in [item.measurement for item in claim.evidence]:
            wrong = f'"{claim.id}" does not rest on {measurement}'
            yield Fault(file, ("claims", index, "evidence"), wrong, "it among the evidence")


def full_support_is_located(comparison: Comparison) -> Iterator[Fault]:
    """Full support names the place in the source, and the source itself was read."""
    for file, index, claim in _claims(comparison):
        for position, evidence in enumerate(claim.evidence):
            if evidence.supports is not Support.FULL or not evidence.source:
                continue
            path = ("claims", index, "evidence", position)
            if not evidence.locator:
                wrong = f'full support by "{evidence.source}" without a locator'
                yield Fault(file, path, wrong, "locator, or less support")
            source = comparison.sources.get(evidence.source)
            if source and source.access == "secondary":
                wrong = f'full support by "{source.key}", read only at second hand'
                yield Fault(file, path, wrong, 'supports = "partly"')


def features_have_one_value_a_subject(comparison: Comparison) -> Iterator[Fault]:
    """For every feature one claim, and only one, gives each subject's value."""
    for file, index, feature in _features(comparison):
        for subject in comparison.subjects:
            valued = [
                claim.id
                for _, _, claim in _claims(comparison)
                if (claim.feature, claim.subject) == (feature.id, subject)
                and claim.value is not None
            ]
            if len(valued) != 1:
                given = f"given by {', '.join(valued)}" if valued else "given by no claim"
                wrong = f'value of "{feature.id}" for {subject} is {given}'
                yield Fault(file, ("features", index), wrong, "one claim with a value")


def values_are_on_the_scale(comparison: Comparison) -> Iterator[Fault]:
    """A value is a level of its feature's scale, a number of its metric, or unknown."""
    for file, index, claim in _claims(comparison):
        if claim.value in (None, UNKNOWN, MEASURED) or claim.feature not in comparison.features:
            continue
        feature = comparison.features[claim.feature][1]
        levels = [level.id for level in feature.levels or ()]
        path = ("claims", index, "value")
        if levels and claim.value not in levels:
            yield Fault(file, path, f'"{claim.value}" is not on the scale', _one_of(levels))
        elif not levels and isinstance(claim.value, str):
            yield Fault(file, path, f'"{claim.value}" is not a number', "a number or low and high")
        elif isinstance(claim.value, Interval) and not 0 < claim.value.low <= claim.value.high:
            yield Fault(file, path, "bounds are not in order", "0 < low <= high")
        elif isinstance(claim.value, float) and claim.value <= 0:
            yield Fault(file, path, f"{claim.value} is not positive", "a positive number")


def unknown_values_say_why(comparison: Comparison) -> Iterator[Fault]:
    """An unknown value gives its reason, and only an unknown value does."""
    for file, index, claim in _claims(comparison):
        if (claim.value == UNKNOWN) != (claim.unknown_because is not None):
            wrong = "is unknown without a reason" if claim.value == UNKNOWN else "has a value"
            path = ("claims", index, "unknown_because")
            yield Fault(file, path, f'"{claim.id}" {wrong}', "unknown_because if value is unknown")


def verdicts_are_argued(comparison: Comparison) -> Iterator[Fault]:
    """A verdict names its claims, what would flip it, and dissent by each side it is against."""
    for topic in comparison.topics:
        verdict, file = topic.data.verdict, f"{topic.id}.toml"
        if not verdict.because:
            yield Fault(file, ("verdict", "because"), "rests on no claim", "ids of claims")
        if not verdict.flips_if:
            wrong = "does not say what would flip it"
            yield Fault(file, ("verdict", "flips_if"), wrong, "at least one sentence")
        if not verdict.dissent:
            wrong = "has no dissent"
            yield Fault(file, ("verdict", "dissent"), wrong, "at least one counter-argument")


def verdicts_hear_the_losing_side(comparison: Comparison) -> Iterator[Fault]:
    """Each subject that a topic does not lean to has a word in the dissent."""
    for topic in comparison.topics:
        lean = tally(comparison, topic.data.features).lean
        heard = {dissent.by for dissent in topic.data.verdict.dissent}
        for subject in comparison.subjects:
            if heard and subject not in heard and subject != lean:
                side = lean if lean in (EVEN, UNDECIDED) else f"leans to {lean}"
                wrong = f"is {side} and lets {subject} say nothing"
                expected = f'a dissent by = "{subject}"'
                yield Fault(f"{topic.id}.toml", ("verdict", "dissent"), wrong, expected)


def verdicts_hear_both_sides(comparison: Comparison) -> Iterator[Fault]:
    """The sources of a verdict's claims do not all come from one subject's side."""
    for topic in comparison.topics:
        parties = {
            comparison.sources[evidence.source].party if evidence.source else NEUTRAL
            for claim in topic.data.claims
            if claim.id in topic.data.verdict.because
            for evidence in claim.evidence
        }
        if len(parties) == 1 and (party := parties.pop()) in comparison.subjects:
            wrong = f"rests on sources of {party} alone"
            path = ("verdict", "because")
            yield Fault(f"{topic.id}.toml", path, wrong, "a claim with a source of another party")


def dates_are_not_in_the_future(comparison: Comparison) -> Iterator[Fault]:
    """Nothing was verified, read or released after `updated`, nor is that day still to come."""
    limit = comparison.data.updated
    if limit > date.today():
        yield Fault(COMPARISON_FILE, ("updated",), f"{limit} is in the future", "today or earlier")
    for file, index, claim in _claims(comparison):
        if claim.verified.on > limit:
            path: KeyPath = ("claims", index, "verified")
            yield Fault(file, path, f"{claim.verified.on} is after updated", f"{limit} or earlier")
    for key, source in comparison.sources.items():
        if source.read_on > limit:
            wrong = f"{source.read_on} is after updated"
            yield Fault(SOURCES_FILE, (key, "urldate"), wrong, f"{limit} or earlier")
        if source.published > source.read_on.isoformat():
            wrong = f"published {source.published}, read {source.read_on}"
            yield Fault(SOURCES_FILE, (key, "date"), wrong, "a source read after it was published")
    for index, change in enumerate(comparison.history):
        if change.on > limit:
            path = ("changes", index, "on")
            yield Fault(HISTORY_FILE, path, f"{change.on} is after updated", f"{limit} or earlier")
    for index, subject in enumerate(comparison.data.subjects):
        for position, release in enumerate(subject.releases):
            if release.on > limit:
                path = ("subjects", index, "releases", position)
                wrong = f"{release.version} of {release.on} is after updated"
                yield Fault(COMPARISON_FILE, path, wrong, f"{limit} or earlier")


def history_is_newest_first(comparison: Comparison) -> Iterator[Fault]:
    """Changes go from the newest to the oldest."""
    for index in range(1, len(comparison.history)):
        newer, older = comparison.history[index - 1], comparison.history[index]
        if newer.on < older.on:
            wrong = f"{older.on} comes after {newer.on}"
            expected = "changes from the newest to the oldest"
            yield Fault(HISTORY_FILE, ("changes", index, "on"), wrong, expected)


def history_ends_where_topics_lean(comparison: Comparison) -> Iterator[Fault]:
    """The newest change of each topic says where it leans now, so that no change goes untold."""
    newest: dict[str, int] = {}
    for index, change in enumerate(comparison.history):
        newest.setdefault(change.topic, index)
    for topic in comparison.topics if comparison.history else ():
        lean = tally(comparison, topic.data.features).lean
        index = newest.get(topic.id, 0)
        if topic.id not in newest:
            wrong = f'"{topic.id}" has no change, and leans to "{lean}"'
            yield Fault(HISTORY_FILE, ("changes", index), wrong, "a first change of it")
        elif comparison.history[index].lean != lean:
            wrong = f'"{topic.id}" leans to "{lean}" now'
            path = ("changes", index, "lean")
            yield Fault(HISTORY_FILE, path, wrong, "a newer change that says since when and why")


def versions_were_released(comparison: Comparison) -> Iterator[Fault]:
    """The version a claim was verified on was released, and before the day of verification."""
    for file, index, claim in _claims(comparison):
        subject = comparison.subjects.get(claim.subject)
        if subject is None:
            continue
        major, minor, *patch = Version(claim.verified.version).release
        releases = {release.version: release for release in subject.releases}
        release = releases.get(f"{major}.{minor}")
        path = ("claims", index, "verified")
        if release is None or (patch and patch[0] > release.patch):
            wrong = f"{subject.name} never released {claim.verified.version}"
            yield Fault(file, path, wrong, f"a release listed in {COMPARISON_FILE}")
        elif release.on > claim.verified.on:
            wrong = f"verified on {claim.verified.on}, before {release.version} of {release.on}"
            yield Fault(file, path, wrong, "a day on or after the release")


def sources_are_used(comparison: Comparison) -> Iterator[Fault]:
    """No source is an orphan, and every key that a page cites is a source."""
    used = {key for keys in comparison.cited_on_pages.values() for key in keys}
    evidence = (item for _, _, claim in _claims(comparison) for item in claim.evidence)
    used.update(item.source for item in evidence if item.source)
    used.update(key for _, _, item in _objections(comparison) for key in item.sources)
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
            yield Fault(SOURCES_FILE, (key, "party"), wrong, _one_of(parties))


BASIC_CHECKS: tuple[Check, ...] = (
    subjects_topics_and_releases_are_unique,
    subject_ids_are_free,
    releases_are_newest_first,
    ids_are_unique,
    features_have_a_scale_or_a_metric,
    references_are_known,
    summaries_name_every_subject,
    claims_have_evidence,
    evidence_is_of_one_kind,
    what_ran_is_named,
    full_support_is_located,
    features_have_one_value_a_subject,
    values_are_on_the_scale,
    measured_values_are_the_labs,
    unknown_values_say_why,
    verdicts_are_argued,
    dates_are_not_in_the_future,
    history_is_newest_first,
    versions_were_released,
    sources_are_used,
    parties_are_known,
)

COMPUTED_CHECKS: tuple[Check, ...] = (
    verdicts_hear_the_losing_side,
    verdicts_hear_both_sides,
    history_ends_where_topics_lean,
)
"""Rules on computed results, which exist only once the basic checks pass."""
