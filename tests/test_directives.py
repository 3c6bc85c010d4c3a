from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from comparison.directives import DIRECTIVES

if TYPE_CHECKING:
    from tests.conftest import MakeBuilt, Site

ROOTS = Path(__file__).parent / "roots"
COMPARISON = "comparisons/tea-vs-coffee"


def test_a_mistaken_directive_is_an_error_at_its_line(built: MakeBuilt) -> None:
    """Unknown ids, a missing argument and a place outside are told by page and line, all at once.

    The message names what is unknown and what was expected.
    """
    site = built("dummy", "unknown")
    warnings = site.warnings.splitlines()
    page = site.source / COMPARISON / "unknown.md"
    expected = [
        (page, 7, ['unknown claim "sweetness-tea"', "the id of a claim"]),
        (page, 10, ['unknown feature "sweetness"', "the id of a feature"]),
        (page, 13, ['unknown topic "smell"', "one of: taste, cost"]),
        (page, 16, ['unknown topic "unknown"', "one of: taste, cost"]),
        (page, 19, ['unknown topic "smell"', "one of: taste, cost"]),
        (page, 22, ["1 argument"]),
        (page, 25, ["comparison", "one of: tea-vs-coffee"]),
        (site.source / "outside.md", 7, ["outside", ":comparison:", "tea-vs-coffee"]),
    ]
    assert len(warnings) == len(expected)
    for file, line, phrases in expected:
        [warning] = [text for text in warnings if text.startswith(f"{file}:{line}: ")]
        for phrase in phrases:
            assert phrase in warning


def test_the_rest_of_a_page_with_a_mistake_is_built(built: MakeBuilt) -> None:
    """A mistaken directive takes no other content of its page along."""
    page = built("dummy", "unknown").page("unknown")
    assert "cmp-claim" not in page
    assert "The rest of the page." in page


def test_roles_in_the_data_are_resolved_where_they_are_shown(site: Site) -> None:
    """Text in the data may refer to other objects; a mistake is told at each page that shows it."""
    site.drinks.edit("taste.toml", "Long enough", "{cmp:feature}`price` is low, enough")
    site.drinks.edit("taste.toml", "In a pot", "{cmp:feature}`size`, in a pot")
    built = site.build("dummy")
    [warning] = built.warnings.splitlines()
    assert f"{COMPARISON}/taste.md" in warning
    assert "unknown feature" in warning
    assert "feature-price" in built.page("taste")


@pytest.mark.parametrize(
    ("edit", "reread"),
    [
        (("taste.toml", "Tea stays warm for an hour.", "Tea is warm."), {"taste", "evidence"}),
        (("cost.toml", "value = 12", "value = 13"), {"cost", "index"}),
        (("taste.md", "# Taste", "# Flavour"), {"taste"}),
        (
            ("comparison.toml", 'name = "Tea"', 'name = "Black tea"'),
            {"taste", "cost", "index", "evidence"},
        ),
        (("references.bib", "{Why we roast}", "{Why they roast}"), {"taste", "bibliography"}),
        (("evidence.md", "# Evidence", "# Proof"), {"evidence"}),
        (("taste.toml", 'text = "So does water."', "text = 'So does water.'"), set()),
    ],
    ids=["claim", "value", "page-title", "subject", "source", "page-without-data", "notation"],
)
def test_a_change_is_read_by_the_pages_that_show_it(
    site: Site, edit: tuple[str, str, str], reread: set[str]
) -> None:
    """Only pages that show what changed are read, not all that show something of its file."""
    first = site.build("dummy")
    assert len(first.read) == 6
    site.drinks.edit(*edit)
    again = site.build("dummy")
    assert again.read == {f"{COMPARISON}/{name}" for name in reread}
    assert again.warnings == ""


SHOWN = {
    "comparisons": ("comparison.toml", 'subtitle = "', 'subtitle = "More about '),
    "cards": ("taste.toml", 'coffee = "Strong."', 'coffee = "Very strong."'),
    "subjects": ("comparison.toml", 'name = "Tea"', 'name = "Black tea"'),
    "table": ("taste.toml", 'label = "Mild"', 'label = "Gentle"'),
    "verdict": ("taste.toml", "Neither *wins*", "Neither `wins`"),
    "feature": ("taste.toml", 'name = "Bitterness"', 'name = "Bite"'),
    "claim": ("taste.toml", "mild by the *Leaf Norm*", "mild by the Leaf Norm"),
    "evidence": ("references.bib", "kind = {survey}", "kind = {opinion}"),
    "weakest": ("taste.toml", "leaves no aftertaste", "leaves hardly any aftertaste"),
    "claims": ("taste.toml", "Tea stays warm for an hour.", "Tea stays warm for two hours."),
    "sources": ("references.bib", "{Why we roast}", "{Why they roast}"),
    "bibliography": ("references.bib", "{Why we roast}", "{Why they roast}"),
}
"""For each directive that shows data a change that it shows, be it in the title of its object."""


@pytest.mark.parametrize("name", SHOWN)
def test_every_directive_notes_what_it_shows(site: Site, name: str) -> None:
    """A page with nothing but one directive is read again when that shows something else."""
    arguments = {"feature": "bitterness", "claim": "bitterness-tea"}
    arguments |= dict.fromkeys(["table", "verdict", "sources"], "taste")
    block = f"```{{cmp:{name}}} {arguments.get(name, '')}".rstrip() + "\n```\n"
    # What others can refer to stands in one place.
    places = {"subjects": "index", "bibliography": "bibliography"}
    places |= dict.fromkeys(["feature", "claim"], "taste")
    if name in places:
        site.drinks.edit(f"{places[name]}.md", block, "")
    page = site.drinks.folder / "only.md"
    page.write_text(f"---\norphan: true\n---\n\n# Only\n\n{block}", encoding="utf-8")
    assert site.build("dummy").warnings == ""
    site.drinks.edit("cost.toml", "Without milk.", "With no milk.")
    assert f"{COMPARISON}/only" not in site.build("dummy").read
    site.drinks.edit(*SHOWN[name])
    again = site.build("dummy")
    assert f"{COMPARISON}/only" in again.read
    assert again.warnings == ""


def test_every_directive_that_shows_data_has_a_change() -> None:
    """None is left out above; the rules of grading are no data, the history has its own test."""
    assert SHOWN.keys() == DIRECTIVES.keys() - {"grades", "history"}


@pytest.mark.parametrize("builder", ["html", "text"])
def test_a_page_that_cites_a_claim_is_written_but_not_read(site: Site, builder: str) -> None:
    """A reference is made when a page is written: its words follow the claim without a reading."""
    first = site.build(builder)
    assert first.warnings == ""
    site.drinks.edit("taste.toml", "Tea of release 1.3 is mild", "Tea of release 1.3 is gentle")
    again = site.build(builder)
    assert f"{COMPARISON}/cost" not in again.read
    assert "is gentle" in again.page("cost")
    assert f"{COMPARISON}/bibliography" not in again.pages


def test_without_a_change_nothing_is_read(site: Site) -> None:
    """A second build reads and writes no page."""
    site.build()
    again = site.build()
    assert again.read == set()
    assert again.pages == {}


def test_a_changed_claim_is_seen_wherever_it_stands(site: Site) -> None:
    """After a change the site is what a clean build makes of it: no page shows the old sentence."""
    site.build()
    old, new = "Tea of release 1.3 is mild", "Tea of release 1.3 is gentle"
    site.drinks.edit("taste.toml", old, new)
    changed = site.build()
    assert changed.warnings == ""
    for name in ("taste", "cost", "evidence"):
        assert "is gentle" in changed.html(name)
        assert "is mild by" not in changed.html(name)
    assert f"{COMPARISON}/bibliography" not in changed.read | changed.written
    clean = site.build(out="_clean").files()
    pages = [name for name in clean if name.endswith((".html", ".json"))]
    assert f"{COMPARISON}/taste.html" in pages
    assert [name for name in pages if changed.files()[name] != clean[name]] == []


def test_a_changed_grade_is_seen_by_pages_that_only_link(site: Site) -> None:
    """A source that sinks to an opinion lowers what rests on it on every page, with the lean."""
    assert "grade\xa0D" not in site.build("dummy").page("index")
    site.drinks.edit("references.bib", "kind = {survey}", "kind = {opinion}")
    built = site.build("dummy")
    assert "grade\xa0D" in built.page("index")
    assert "undecided" in built.page("cost").lower()


def test_every_directive_is_used_by_the_sample() -> None:
    """The roots place each directive at least once, so that none goes unbuilt."""
    pages = "".join(path.read_text(encoding="utf-8") for path in ROOTS.rglob("*.md"))
    assert [name for name in DIRECTIVES if f"{{cmp:{name}}}" not in pages] == []
