from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from comparison import overview
from comparison.judge import KIND_GRADES, MEASUREMENT_GRADE, PROGRAM_GRADE
from comparison.parts import Page
from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from tests.conftest import Drinks


@pytest.fixture
def page(drinks: Drinks) -> Page:
    """A page on which inline text stays as it is."""
    return Page(drinks.comparison(), "comparisons/tea-vs-coffee/x", lambda text: [nodes.Text(text)])


def _rows(table: nodes.Element) -> list[list[str]]:
    """Return the text of each cell of a table's body."""
    [body] = table.findall(nodes.tbody)
    return [[entry.astext() for entry in row] for row in body]


def _links(node: nodes.Element) -> list[tuple[str, str]]:
    """Kind and target of each link; its text is filled in when the page is written."""
    return [(link["reftype"], link["reftarget"]) for link in node.findall(addnodes.pending_xref)]


def _items(node: nodes.Element) -> list[str]:
    return [item.astext() for item in node.findall(nodes.list_item)]


def test_a_topic_has_a_card(page: Page) -> None:
    """A card links to its topic, gives each subject's answer, and the lean, tally and grade."""
    node = overview.topic_cards(page)
    cards = [card for card in node.findall(nodes.container) if "cmp-card" in card["classes"]]
    assert len(cards) == 2
    text = cards[0].astext()
    for phrase in (
        "Mild, with `tannin`.",
        "Strong.",
        "Leans to Tea",
        "2 rows: 2 favour Tea, 0 favour Coffee",
        "evidence: grade\xa0B",
    ):
        assert phrase in text
    assert _links(cards[0]) == [("topic", "tea-vs-coffee/taste")]


def test_a_card_names_what_is_undecided(drinks: Drinks) -> None:
    """A row that nobody could decide stands on its topic's card by name; else nothing does."""
    drinks.edit(
        "taste.toml", 'value = "short"', 'value = "unknown"\nunknown_because = "No source."'
    )
    page = Page(drinks.comparison(), "x", lambda text: [nodes.Text(text)])
    node = overview.topic_cards(page)
    taste, cost = (card for card in node.findall(nodes.container) if "cmp-card" in card["classes"])
    assert "Undecided: Warmth." in taste.astext()
    assert "Undecided" not in cost.astext()


def test_a_comparison_has_a_card(page: Page) -> None:
    """A card says how much a comparison holds, and as of when."""
    cards = overview.comparison_cards([overview.comparison_card(page) for _ in range(2)])
    text = cards.astext()
    assert _links(cards) == [("comparison", "tea-vs-coffee/")] * 2
    assert "2 topics, 3 features, 7 claims, 3 sources, as of 2026-03-01." in text


def test_subjects_are_listed_with_their_releases(page: Page) -> None:
    """A row gives the newest release, the version most claims rest on, and when they go stale."""
    table = overview.subjects_table(page)
    assert _rows(table) == [
        ["Tea", "1.3 of 2026-01-10", "1.3", "2 releases, since 1.3 there were 0"],
        ["Coffee", "2.1 of 2025-12-01", "2.1", "2 releases, since 2.1 there were 0"],
    ]
    assert [node["refuri"] for node in table.findall(nodes.reference)] == [
        "https://tea.example",
        "https://coffee.example",
    ]
    assert "subject-tea" in {id_ for node in table.findall(nodes.inline) for id_ in node["ids"]}


def test_evidence_is_summed_up(page: Page) -> None:
    """Every claim is counted once by grade and once by age, every row by lean, shares add up."""
    content = overview.evidence_summary(page)
    text = "\n".join(node.astext() for node in content)
    assert "7 claims in 3 rows rest on 3 sources" in text
    assert "current 6, stale 1, past 0" in text
    assert "3 rows: 3 favour Tea, 0 favour Coffee." in text
    [table] = [node for node in content if isinstance(node, nodes.table)]
    assert _rows(table) == [
        ["grade\xa0A", "1", "14%"],
        ["grade\xa0B", "5", "71%"],
        ["grade\xa0C", "1", "14%"],
        ["grade\xa0D", "0", "0%"],
    ]


def test_the_weakest_claims_come_first(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lowest grade leads, equals go by id, with their rows, and only so many are named."""
    items = _items(overview.weakest_claims(page))
    assert len(items) == 7
    assert [item[:7] for item in items] == [
        f"grade\xa0{grade}" for grade in ("C", "B", "B", "B", "B", "B", "A")
    ]
    assert "no aftertaste" in items[0]
    assert "70%" in items[1]
    assert items[1].endswith("Row: bitterness.")
    monkeypatch.setattr(overview, "WEAKEST", 2)
    assert _items(overview.weakest_claims(page)) == items[:2]


def test_every_claim_is_listed_by_topic(page: Page) -> None:
    """The table has a heading row a topic, and a row a claim with grade, age and verification."""
    rows = _rows(overview.claims_table(page))
    assert [row for row in rows if len(row) == 1] == [["taste"], ["cost"]]
    claims = [row for row in rows if len(row) == 4]
    assert len(claims) == len(page.comparison.claims)
    [stale] = [row for row in claims if "aftertaste" in row[0]]
    assert stale[1:] == ["grade\xa0C", "stale", "1.1, 2026-02-02"]


def test_every_kind_of_source_stands_at_its_grade() -> None:
    """The rules that readers see name each kind once, with the best grade that it gives."""
    rows = [(row[0].lower().replace(" ", "-"), row[-1]) for row in _rows(overview.grade_rules())]
    best = {**KIND_GRADES, "checked-program": PROGRAM_GRADE, "measurement": MEASUREMENT_GRADE}
    assert sorted(rows) == sorted((kind, f"grade\xa0{grade}") for kind, grade in best.items())


def test_the_sources_of_a_topic_are_those_it_uses(page: Page) -> None:
    """Sources of evidence, counter-arguments and prose are listed by title, each once."""
    taste, cost = page.comparison.topics
    titles = [re.split(", ", item)[0] for item in _items(overview.topic_sources(page, taste))]
    assert titles == ["Bean Survey 2025", "The Leaf Norm", "Why we roast"]
    assert _items(overview.topic_sources(page, cost)) == [
        "Bean Survey 2025, Ada Example and Bo Sample, 2025-11-20"
    ]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("cost.md", "# Cost\n", "# Cost\n\n{cite:p}`leaf-norm`\n"),
        ("cost.toml", 'text = "Without milk."', 'text = "So.", sources = ["leaf-norm"]'),
        ("cost.toml", 'text = "Good leaves cost."', 'text = "So."\nsources = ["leaf-norm"]'),
    ],
    ids=["prose", "objection", "dissent"],
)
def test_a_source_outside_the_evidence_is_listed_too(
    drinks: Drinks, file: str, old: str, new: str
) -> None:
    """A topic's sources include those that only prose, an objection or a dissent cites."""
    drinks.edit(file, old, new)
    comparison = drinks.comparison()
    page = Page(comparison, "x", lambda text: [nodes.Text(text)])
    items = _items(overview.topic_sources(page, comparison.topics[1]))
    assert [item.split(",")[0] for item in items] == ["Bean Survey 2025", "The Leaf Norm"]
