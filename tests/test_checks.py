from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from comparison.checks import BASIC_CHECKS, COMPUTED_CHECKS
from comparison.load import load_comparison

if TYPE_CHECKING:
    from tests.conftest import Drinks

DATA = Path(__file__).with_suffix("")
MISTAKES: dict[str, Any] = tomllib.loads((DATA / "mistakes.toml").read_text(encoding="utf-8"))
SOUND: dict[str, Any] = tomllib.loads((DATA / "sound.toml").read_text(encoding="utf-8"))

A_SOURCE = """
@online{tea-notes,
  title = {Tea notes},
  author = {A. Drinker},
  date = {2025},
  url = {https://notes.example},
  urldate = {2026-02-01},
  kind = {opinion},
  party = {neutral},
  access = {whole},
}
"""


def _apply(drinks: Drinks, edits: list[tuple[str, str, str]]) -> None:
    for file, old, new in edits:
        if old:
            drinks.edit(file, old, new)
        else:
            drinks.append(file, new)


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_said_at_its_place(drinks: Drinks, name: str) -> None:
    """A mistake gives its problems and no other, with file, line, key, wrong and expected."""
    _apply(drinks, MISTAKES[name]["edits"])
    found = drinks.problems()
    expected = [
        (drinks.folder / file, drinks.line(file, start, *count), key, wrong, right)
        for file, start, key, wrong, right, *count in MISTAKES[name]["problems"]
    ]
    places = [(problem.file, problem.line, problem.key) for problem in found]
    assert sorted(places) == sorted(place[:3] for place in expected)
    for *place, wrong, right in expected:
        assert any(
            [problem.file, problem.line, problem.key] == place
            and wrong in problem.wrong
            and right in problem.expected
            for problem in found
        ), (wrong, right)


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_breaks_no_other_rule(drinks: Drinks, name: str) -> None:
    """Each rule finds its own mistake; the others are silent about it."""
    _apply(drinks, MISTAKES[name]["edits"])
    rules = set(MISTAKES[name]["rules"])
    comparison = load_comparison(drinks.folder).comparison
    assert comparison is not None
    computed = COMPUTED_CHECKS if rules & {check.__name__ for check in COMPUTED_CHECKS} else ()
    broken = {check.__name__ for check in (*BASIC_CHECKS, *computed) if list(check(comparison))}
    assert broken == rules


@pytest.mark.parametrize("name", SOUND)
def test_what_is_within_the_rules_passes(drinks: Drinks, name: str) -> None:
    """Data that is just within the rules has no problem."""
    _apply(drinks, SOUND[name]["edits"])
    assert drinks.problems() == []


def test_every_rule_has_a_mistake_that_breaks_it() -> None:
    """No rule goes without a test."""
    rules = {check.__name__ for check in (*BASIC_CHECKS, *COMPUTED_CHECKS)}
    assert {rule for mistake in MISTAKES.values() for rule in mistake["rules"]} == rules


@pytest.mark.parametrize(
    "edit",
    [
        ("cost.md", "# Cost\n", "# Cost\n\nSee {cite:p}`tea-notes`.\n"),
        ("cost.md", "# Cost\n", "# Cost\n\nSee {cite:p}`bean-survey, tea-notes`.\n"),
        ("index.md", "# Tea vs coffee\n", "# Tea vs coffee\n\nSee {cmp:source}`tea-notes`.\n"),
        ("taste.toml", 'sources = ["bean-survey"]', 'sources = ["tea-notes"]'),
        ("taste.toml", 'sources = ["coffee-blog"]', 'sources = ["tea-notes"]'),
    ],
    ids=["cited", "cited-with-another", "linked", "in-an-objection", "in-a-dissent"],
)
def test_a_source_is_used_by_pages_and_counter_arguments(
    drinks: Drinks, edit: tuple[str, str, str]
) -> None:
    """A source that only a page, an objection or a dissent cites is no orphan."""
    drinks.append("references.bib", A_SOURCE)
    assert [problem.key for problem in drinks.problems()] == ["tea-notes"]
    drinks.edit(*edit)
    assert drinks.problems() == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("value = 12", "value = nan"),
        ("value = 12", "value = inf"),
        ("value = 12", "value = true"),
        ("high = 6", "high = inf"),
        ("threshold = 1.25", "threshold = inf"),
    ],
)
def test_a_value_is_a_number_that_json_can_hold(drinks: Drinks, old: str, new: str) -> None:
    """What is no finite number is a problem of its key, for no tool could read it."""
    drinks.edit("cost.toml", old, new)
    line = drinks.line("cost.toml", "metric" if "threshold" in old else "value", 1)
    if old == "value = 12":
        line = drinks.line("cost.toml", new)
    assert [problem.line for problem in drinks.problems()] == [line]


def test_a_page_that_cites_an_unknown_key_is_told(drinks: Drinks) -> None:
    """A key that a page cites, and that no source has, is a problem at its line of the page."""
    drinks.append("cost.md", "\nSee {cite:p}`bean-survey, nobody`.\n")
    assert [(problem.file.name, problem.line) for problem in drinks.problems()] == [
        ("cost.md", drinks.line("cost.md", "See {cite:p}"))
    ]
