"""Turns judged records into standard docutils nodes with `cmp-` classes."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes

from lab.quantity import UNIT_NAMES

from . import judge
from .model import (
    UNKNOWN,
    Claim,
    Evidence,
    Feature,
    Objection,
    Source,
    Topic,
)
from .parts import (
    ORDINARY,
    Page,
    age_mark,
    block,
    bullets,
    counted,
    folded,
    grade_mark,
    joined,
    lean_mark,
    paragraph,
    tally_text,
    value_text,
    versions_text,
)

SUPPORT_WORDS = {
    "full": "supports it",
    "partly": "supports it in part",
    "against": "speaks against it",
}

ACCESS_WORDS = {"whole": "read", "excerpt": "read in excerpt", "secondary": "read at second hand"}


def party_name(page: Page, source: Source) -> str:
    """Return who published a source: a subject's name, `neutral` or `vendor`."""
    subject = page.comparison.subjects.get(source.party)
    return subject.name if subject else source.party


def source_reference(page: Page, source: Source) -> list[nodes.Node]:
    """Return a source's title, which leads to its entry in the bibliography."""
    return [page.link("source", source.key, nodes.emphasis("", source.title))]


def evidence_item(page: Page, claim: Claim, evidence: Evidence) -> list[nodes.Node]:
    """Return one piece of evidence: what it is, where it says so, whether it counts."""
    if evidence.program:
        return _program_item(page, claim, evidence.program, evidence)
    if evidence.measurement:
        return _measurement_item(page, claim, evidence.measurement, evidence)
    assert evidence.source is not None  # evidence names one or the other
    source = page.comparison.sources[evidence.source]
    place = f", {evidence.locator}" if evidence.locator else ""
    facts = (
        f" ({judge.kind_text(source.kind)}, party: {party_name(page, source)}, "
        f"{ACCESS_WORDS[source.access]} {source.read_on}) "
        f"{SUPPORT_WORDS[evidence.supports]}."
    )
    item = [*source_reference(page, source), *page.parse(place), nodes.Text(facts)]
    if evidence.note:
        item += [nodes.Text(" "), *page.parse(evidence.note)]
    return item


def _program_item(page: Page, claim: Claim, program: str, evidence: Evidence) -> list[nodes.Node]:
    """Return a program, on which release it ran and what it shows."""
    passed = judge.passed_on(page.comparison, claim, program)
    ran = f"ran on {page.name(claim.subject)} {passed}" if passed else "has not run as it is now"
    counted = SUPPORT_WORDS[evidence.supports] if passed else "does not count"
    item = [page.program_link(program), nodes.Text(f" ({judge.PROGRAM}, {ran}) {counted}.")]
    return item + _said_of_it(page, evidence)


def _measurement_item(
    page: Page, claim: Claim, measurement: str, evidence: Evidence
) -> list[nodes.Node]:
    """Return a measurement, of which release it is, what was measured and whether it counts."""
    wrong = judge.why_not_measured(page.comparison, claim, measurement)
    measured = page.comparison.measurements[measurement]
    name = page.name(claim.subject)
    release = measured.releases.get(claim.subject)
    facts = f"{judge.MEASUREMENT}, {name} {release}" if release else judge.MEASUREMENT
    counted = SUPPORT_WORDS[evidence.supports] if wrong is None else f"does not count: {wrong}"
    item = [page.measurement_link(measurement), nodes.Text(f" ({facts}) {counted}.")]
    return item + _said_of_it(page, evidence)


def _said_of_it(page: Page, evidence: Evidence) -> list[nodes.Node]:
    said: list[nodes.Node] = []
    for text in filter(None, (evidence.shows, evidence.note)):
        said += [nodes.Text(" "), *page.parse(text)]
    return said


def objection_paragraph(page: Page, objection: Objection, verb: str) -> nodes.paragraph:
    """Return what an expert of one side says against a claim or a verdict."""
    node = paragraph(
        nodes.strong("", f"{_article(page.name(objection.by))} expert {verb}:"),
        nodes.Text(" "),
        *page.parse(objection.text),
        block="objection",
    )
    node["classes"].append(page.colour(objection.by))
    for key in objection.sources:
        node += [nodes.Text(" ["), *source_reference(page, page.comparison.sources[key])]
        node += nodes.Text("]")
    return node


def _article(name: str) -> str:
    return f"{'An' if name[0] in 'AEIOU' else 'A'} {name}"


def claim_block(page: Page, claim: Claim) -> nodes.container:
    """Return a claim in place: sentence, value, grade, versions, objection and evidence."""
    _, feature = page.comparison.features[claim.feature]
    graded = judge.grade(page.comparison, claim)
    claim_age = judge.age(page.comparison, claim)
    subject = page.comparison.subjects[claim.subject]
    anchor = f"claim-{claim.id}"
    facts: list[Sequence[nodes.Node]] = []
    if claim.value is not None:
        value = value_text(feature, claim, judge.measured_feature(page.comparison, feature))
        facts.append([nodes.strong("", value)])
    facts.append([grade_mark(graded.grade)])
    facts.append([age_mark(claim_age)])
    facts.append([nodes.Text(f"{subject.name} {versions_text(claim.applies)}")])
    verified = claim.verified
    facts.append([nodes.Text(f"{verified.how} on {verified.version}, {verified.on}")])
    permalink = nodes.reference("", claim.id, refid=anchor, classes=["cmp-permalink"])
    facts.append([permalink])
    sentence = paragraph(
        page.subject(claim.subject),
        nodes.Text(": "),
        *page.parse(claim.text),
        block="claim-text",
    )
    node = block("claim", sentence, classes=[page.colour(claim.subject)])
    node["ids"].append(anchor)
    if claim.unknown_because:
        reason = [
            nodes.strong("", "Unknown, because:"),
            nodes.Text(" "),
            *page.parse(claim.unknown_because),
        ]
        node += paragraph(*reason, block="unknown")
    node += paragraph(*joined(facts), block="claim-facts")
    node += objection_paragraph(page, claim.objection, "objects")
    node += _evidence_details(page, claim, graded)
    return node


def _evidence_details(page: Page, claim: Claim, graded: judge.Graded) -> nodes.admonition:
    """Return the evidence, folded where the output can fold, and the reasons for the grade."""
    programs = sum(item.program is not None for item in claim.evidence)
    measurements = sum(item.measurement is not None for item in claim.evidence)
    sources = len(claim.evidence) - programs - measurements
    kinds = [counted(sources, "source")] if sources or not claim.evidence else []
    kinds += [counted(programs, "program")] if programs else []
    kinds += [counted(measurements, "measurement")] if measurements else []
    title = f"Evidence: {', '.join(kinds)}, grade {graded.grade}"
    listed = [evidence_item(page, claim, item) for item in claim.evidence]
    items = [bullets(listed)] if listed else []
    reasons = "; ".join(graded.reasons)
    return folded(title, *items, paragraph(f"Grade {graded.grade}: {reasons}.", block="reasons"))


def feature_block(page: Page, feature: Feature) -> nodes.container:
    """Return a feature's question and its scale, with each subject at its place on it."""
    question = paragraph(
        nodes.strong("", "Question:"),
        nodes.Text(" "),
        *page.parse(feature.question),
        nodes.Text(" "),
        *page.parse(feature.why),
        block="feature-question",
    )
    node = block("feature", question)
    node["ids"].append(f"feature-{feature.id}")
    leaning = paragraph(
        nodes.strong("", "Leans to:"),
        nodes.Text(" "),
        lean_mark(page, judge.lean(page.comparison, feature)),
    )
    values = {
        subject: page.comparison.valued[feature.id, subject].value
        for subject in page.comparison.subjects
    }
    metric = judge.measured_feature(page.comparison, feature) or feature.metric
    if metric:
        unit = UNIT_NAMES.get(metric.unit or "", metric.unit)
        better = f"{metric.better} is better, a ratio of {metric.threshold:g} or more"
        node += paragraph(f"Metric: {unit}, {better} matters in practice.", block="scale-title")
        node += leaning
        return node
    node += paragraph("Scale, best first:", block="scale-title")
    items = []
    for level in feature.levels or ():
        item = [nodes.strong("", level.label), nodes.Text(": "), *page.parse(level.meaning)]
        for subject, value in values.items():
            if value == level.id:
                item += [nodes.Text(" "), page.subject(subject)]
        items.append(item)
    unknown = [subject for subject, value in values.items() if value == UNKNOWN]
    for subject in unknown:
        items.append([nodes.strong("", "Unknown:"), nodes.Text(" "), page.subject(subject)])
    node += bullets(items, "scale")
    node += leaning
    return node


def verdict_block(page: Page, topic: Topic) -> nodes.container:
    """Return a topic's verdict with lean, tally, grade, dissent and what would flip it."""
    verdict = topic.data.verdict
    tally = judge.tally(page.comparison, topic.data.features)
    lean = tally.lean
    head = nodes.Text("Leans to " if lean not in ORDINARY else "")
    age = judge.verdict_age(page.comparison, topic)
    facts = joined(
        [
            [head, lean_mark(page, lean)],
            [nodes.Text(tally_text(page, tally))],
            [grade_mark(judge.verdict_grade(page.comparison, topic))],
            [age_mark(age)],
        ]
    )
    node = block("verdict", paragraph(*facts, block="verdict-facts"), classes=[page.colour(lean)])
    node += paragraph(*page.parse(verdict.text), block="verdict-text")
    for dissent in verdict.dissent:
        node += objection_paragraph(page, dissent, "dissents")
    node += paragraph(nodes.strong("", "It would flip if:"), block="label")
    node += bullets(page.parse(sentence) for sentence in verdict.flips_if)
    claims = [page.comparison.claims[id_][1] for id_ in verdict.because]
    links = bullets(
        (
            [
                page.link("claim", claim.id, nodes.inline("", "", *page.parse(claim.text))),
                nodes.Text(" "),
                grade_mark(judge.grade(page.comparison, claim).grade),
            ]
            for claim in claims
        ),
        "claim-list",
    )
    node += folded(f"It rests on {len(claims)} claims", links)
    return node
