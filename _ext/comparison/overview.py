"""The nodes that show a comparison as a whole: cards, subjects, evidence and sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from docutils import nodes
from sphinx_design.shared import PassthroughTextElement, create_component

from . import judge
from .judge import (
    KIND_GRADES,
    KIND_MEANINGS,
    MEASUREMENT,
    MEASUREMENT_GRADE,
    PROGRAM,
    PROGRAM_GRADE,
    UNDECIDED,
    Age,
    Grade,
    kind_text,
)
from .model import Claim, Topic
from .parts import (
    ORDINARY,
    Page,
    age_mark,
    bullets,
    grade_mark,
    joined,
    lean_mark,
    paragraph,
    tally_text,
)
from .render import party_name, source_reference
from .tables import Row, table

WEAKEST = 10
"""How many of the weakest claims the evidence page names."""


def _card(title: nodes.Node, body: Sequence[nodes.Node], footer: nodes.Node | None) -> nodes.Node:
    """Return a sphinx-design card in its grid column; its title carries the link."""
    head = create_component("card-title", ["sd-card-title", "sd-font-weight-bold"])
    text = PassthroughTextElement()
    text += title
    head += text
    card = create_component("card", ["sd-card", "sd-sphinx-override", "sd-w-100", "cmp-card"])
    card += create_component("card-body", ["sd-card-body"], children=[head, *body])
    if footer is not None:
        card += create_component("card-footer", ["sd-card-footer"], children=[footer])
    column_classes = ["sd-col", "sd-d-flex-row"]
    return create_component("grid-item", column_classes, children=[card])


def _grid(cards: Sequence[nodes.Node], columns: int) -> nodes.Node:
    """Return a grid of cards: one column on a phone, so many from a tablet on."""
    row_classes = ["sd-row", "sd-row-cols-1", f"sd-row-cols-md-{columns}", "sd-g-3"]
    row = create_component("grid-row", row_classes, children=list(cards))
    container_classes = ["sd-container-fluid", "sd-sphinx-override", "sd-mb-4", "cmp-cards"]
    return create_component("grid-container", container_classes, children=[row])


def topic_cards(page: Page) -> nodes.Node:
    """Return a card for each topic: each subject's short answer, lean, counted rows and grade."""
    return _grid([_topic_card(page, topic) for topic in page.comparison.topics], columns=2)


def _topic_card(page: Page, topic: Topic) -> nodes.Node:
    title = page.link("topic", topic.id)
    body = [
        paragraph(page.subject(subject), nodes.Text(": "), *page.parse(topic.data.summary[subject]))
        for subject in page.comparison.subjects
    ]
    for node in body:
        node["classes"].append("sd-card-text")
    tally = judge.tally(page.comparison, topic.data.features)
    head = nodes.Text("" if tally.lean in ORDINARY else "Leans to ")
    weakest = judge.verdict_grade(page.comparison, topic)
    footer = paragraph(
        *joined(
            [
                [head, lean_mark(page, tally.lean)],
                [nodes.Text(tally_text(page, tally))],
                [nodes.Text("weakest evidence: "), grade_mark(weakest)],
            ]
        )
    )
    footer["classes"].append("sd-card-text")
    undecided = [
        feature.name
        for feature in topic.data.features
        if judge.lean(page.comparison, feature) == UNDECIDED
    ]
    if undecided:  # it is named: it may be the very row that a reader came for
        body.append(paragraph(f"Undecided: {', '.join(undecided)}."))
        body[-1]["classes"].append("sd-card-text")
    return _card(title, body, footer)


def comparison_card(page: Page) -> nodes.Node:
    """Return a card for a comparison."""
    comparison = page.comparison
    title = page.link("comparison", "")
    counts = (
        f"{len(comparison.topics)} topics, {len(comparison.features)} features, "
        f"{len(comparison.claims)} claims, {len(comparison.sources)} sources, "
        f"as of {comparison.data.updated}."
    )
    body = [paragraph(comparison.data.subtitle + "."), paragraph(counts)]
    for node in body:
        node["classes"].append("sd-card-text")
    return _card(title, body, None)


def comparison_cards(cards: Sequence[nodes.Node]) -> nodes.Node:
    """Return the cards of comparisons, one below the other."""
    return _grid(cards, columns=1)


def subjects_table(page: Page) -> nodes.table:
    """Return what is compared: each subject, its newest release and when its claims go stale."""
    rows: list[Row] = []
    for subject in page.comparison.subjects.values():
        versions = Counter(
            claim.verified.version
            for _, claim in page.comparison.claims.values()
            if claim.subject == subject.id
        )
        most, _ = versions.most_common(1)[0] if versions else ("none", 0)
        name = nodes.reference("", subject.name, refuri=subject.site)
        newest = subject.newest
        limit = f"{subject.stale_after_releases} releases"
        since = f", since {most} there were {subject.releases_after(most)}" if versions else ""
        rows.append(
            [
                [nodes.inline("", "", name, ids=[f"subject-{subject.id}"])],
                [nodes.Text(f"{newest.version} of {newest.on}")],
                [nodes.Text(most)],
                [nodes.Text(limit + since)],
            ]
        )
    head = ["Subject", "Newest release", "Most claims verified on", "A claim is stale after"]
    return table("subjects", [20, 30, 25, 25], [[nodes.Text(text)] for text in head], rows)


def evidence_summary(page: Page) -> list[nodes.Node]:
    """Return the share of each grade, the lean of all rows, and the weakest claims."""
    comparison = page.comparison
    claims = [claim for _, claim in comparison.claims.values()]
    graded = [(judge.grade(comparison, claim).grade, claim) for claim in claims]
    grades = Counter(grade for grade, _ in graded)
    ages = Counter(judge.age(comparison, claim) for claim in claims)
    rows: list[Row] = [
        [
            [grade_mark(grade)],
            [nodes.Text(str(grades[grade]))],
            [nodes.Text(f"{grades[grade] / len(claims):.0%}")],
        ]
        for grade in Grade
    ]
    all_features = [feature for _, feature in comparison.features.values()]
    tally = judge.tally(comparison, all_features)
    age_words = ", ".join(f"{age} {ages[age]}" for age in Age)
    parties = Counter(party_name(page, source) for source in comparison.sources.values())
    party_words = ", ".join(f"{party} {count}" for party, count in sorted(parties.items()))
    return [
        paragraph(
            f"{len(claims)} claims in {len(all_features)} rows rest on "
            f"{len(comparison.sources)} sources. By age: {age_words}."
        ),
        paragraph(f"Sources by who published them: {party_words}."),
        table(
            "grades",
            [40, 30, 30],
            [[nodes.Text("Grade")], [nodes.Text("Claims")], [nodes.Text("Share")]],
            rows,
        ),
        paragraph(f"All rows by lean: {tally_text(page, tally)}."),
    ]


def weakest_claims(page: Page) -> nodes.Node:
    """Return the claims that most need better evidence: lowest grade first, then by id."""
    claims = [claim for _, claim in page.comparison.claims.values()]
    graded = [(judge.grade(page.comparison, claim).grade, claim) for claim in claims]
    weakest = sorted(graded, key=lambda item: (-ord(item[0].value), item[1].id))[:WEAKEST]
    return bullets(
        (
            [
                grade_mark(grade),
                nodes.Text(" "),
                _claim_link(page, claim),
                nodes.Text(" Row: "),
                page.link("feature", claim.feature),
                nodes.Text("."),
            ]
            for grade, claim in weakest
        ),
        "claim-list",
    )


def _claim_link(page: Page, claim: Claim) -> nodes.Node:
    return page.link("claim", claim.id, nodes.inline("", "", *page.parse(claim.text)))


def history_table(page: Page) -> nodes.table:
    """Return the changes of verdicts, newest first."""
    rows: list[Row] = [
        [
            [nodes.Text(str(change.on))],
            [page.link("topic", change.topic)],
            [lean_mark(page, change.lean)],
            page.parse(change.because),
        ]
        for change in page.comparison.history
    ]
    head = [[nodes.Text(text)] for text in ("Since", "Topic", "Leans to", "Because")]
    return table("history", [14, 22, 14, 50], head, rows)


def claims_table(page: Page) -> nodes.table:
    """Return every claim with its grade, its age and when it was verified, by topic."""
    rows: list[Row] = []
    for topic in page.comparison.topics:
        rows.append([[page.link("topic", topic.id)]])
        for claim in topic.data.claims:
            verified = claim.verified
            rows.append(
                [
                    [page.subject(claim.subject), nodes.Text(": "), _claim_link(page, claim)],
                    [grade_mark(judge.grade(page.comparison, claim).grade)],
                    [age_mark(judge.age(page.comparison, claim))],
                    [nodes.Text(f"{verified.version}, {verified.on}")],
                ]
            )
    head = [[nodes.Text(text)] for text in ("Claim", "Grade", "Age", "Verified")]
    return table("claims", [58, 12, 12, 18], head, rows)


def grade_rules() -> nodes.table:
    """Return the kinds of evidence, what they are, and the best grade that each can give."""
    rows: list[Row] = [
        [[nodes.Text(kind_text(kind))], [nodes.Text(meaning)], [grade_mark(KIND_GRADES[kind])]]
        for kind, meaning in KIND_MEANINGS.items()
    ]
    ran = "a program of this comparison that ran on the stated version"
    measured = "a measurement of this comparison's lab, of the stated version"
    rows[1:1] = [
        [[nodes.Text(PROGRAM)], [nodes.Text(ran)], [grade_mark(PROGRAM_GRADE)]],
        [[nodes.Text(MEASUREMENT)], [nodes.Text(measured)], [grade_mark(MEASUREMENT_GRADE)]],
    ]
    head = [[nodes.Text(text)] for text in ("Kind of evidence", "What it is", "Best grade")]
    return table("rules", [25, 55, 20], head, rows)


def topic_sources(page: Page, topic: Topic) -> nodes.bullet_list:
    """Return the sources that a topic's claims, verdict and prose cite, by title."""
    keys = set(page.comparison.cited_on_pages.get(topic.id, ()))
    evidence = (item for claim in topic.data.claims for item in claim.evidence)
    keys.update(item.source for item in evidence if item.source)
    keys.update(key for claim in topic.data.claims for key in claim.objection.sources)
    keys.update(key for dissent in topic.data.verdict.dissent for key in dissent.sources)
    sources = sorted(
        (page.comparison.sources[key] for key in keys), key=lambda source: source.title.lower()
    )
    items = (
        [*source_reference(page, source), nodes.Text(f", {source.author}, {source.published}")]
        for source in sources
    )
    return bullets(items, "source-list")
