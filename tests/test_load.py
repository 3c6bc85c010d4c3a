from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from comparison.load import comparison_folders, load_comparison

if TYPE_CHECKING:
    from tests.conftest import Drinks

DATA = Path(__file__).with_suffix("")
MALFORMED: dict[str, Any] = tomllib.loads((DATA / "malformed.toml").read_text(encoding="utf-8"))


def test_a_folder_becomes_records(drinks: Drinks) -> None:
    """Topics come in the order of the list, with their page's title; sources with all fields."""
    comparison = load_comparison(drinks.folder).comparison
    assert comparison is not None
    assert [(topic.id, topic.title) for topic in comparison.topics] == [
        ("taste", "Taste"),
        ("cost", "Cost"),
    ]
    survey = comparison.sources["bean-survey"]
    assert survey.author == "Ada Example and Bo Sample"
    assert (survey.published, survey.read_on.isoformat()) == ("2025-11-20", "2026-02-01")
    assert survey.copy_read == "survey/results@abc123, README.md"
    assert comparison.sources["leaf-norm"].author == "The Leaf Board"


def test_what_a_page_cites_is_known(drinks: Drinks) -> None:
    """Keys of several sources in one role are told apart."""
    drinks.append("cost.md", "\n{cite:p}`leaf-norm, coffee-blog`\n")
    comparison = load_comparison(drinks.folder).comparison
    assert comparison is not None
    assert comparison.cited_on_pages["taste"] == {"bean-survey"}
    assert comparison.cited_on_pages["cost"] == {"leaf-norm", "coffee-blog"}
    assert comparison.cited_on_pages["evidence"] == frozenset()


def test_a_folder_is_a_comparison_if_it_has_the_file(drinks: Drinks) -> None:
    """Other folders and files beside the comparisons are left alone."""
    (drinks.root / "pictures").mkdir()
    (drinks.root / "index.md").touch()
    drinks.add_second()
    assert [folder.name for folder in comparison_folders(drinks.root)] == [
        "milk-vs-juice",
        "tea-vs-coffee",
    ]


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_file_is_one_problem_at_its_line(drinks: Drinks, name: str) -> None:
    """Syntax, missing and unknown keys and malformed values: each is told once, where it stands."""
    file, old, new = MALFORMED[name]["edit"]
    start, key, wrong, expected, *count = MALFORMED[name]["problem"]
    drinks.edit(file, old, new)
    assert load_comparison(drinks.folder).comparison is None
    [problem] = drinks.problems()
    line = drinks.line(file, start, *count)
    assert (problem.file, problem.line, problem.key) == (drinks.folder / file, line, key)
    assert wrong in problem.wrong
    assert expected in problem.expected
    assert "\n" not in str(problem)


@pytest.mark.parametrize("file", ["taste.toml", "comparison.toml", "references.bib", "taste.md"])
def test_a_file_that_is_not_utf_8_is_one_problem(drinks: Drinks, file: str) -> None:
    """Bytes that are no UTF-8 are told by file, not by a traceback."""
    path = drinks.folder / file
    path.write_bytes(path.read_bytes() + "# Café\n".encode("latin-1"))
    [problem] = drinks.problems()
    assert (problem.file, problem.expected) == (path, "UTF-8 text")
    assert "\n" not in str(problem)


def test_a_page_beside_the_topics_that_is_not_utf_8_is_one_problem(drinks: Drinks) -> None:
    """Pages without data are read for their citations, so their bytes matter too."""
    path = drinks.folder / "evidence.md"
    path.write_bytes(path.read_bytes() + "Café\n".encode("latin-1"))
    assert [problem.file for problem in drinks.problems()] == [path]


@pytest.mark.parametrize("file", ["references.bib", "comparison.toml"])
def test_a_missing_file_is_one_problem(drinks: Drinks, file: str) -> None:
    """A comparison has its list of topics and its sources."""
    path = drinks.folder / file
    path.unlink()
    [problem] = drinks.problems()
    assert (problem.file, problem.line, problem.key) == (path, 1, "file")
    assert "is missing" in problem.wrong


@pytest.mark.parametrize("file", ["cost.md", "cost.toml"])
def test_a_topic_lacking_a_file_is_told_in_the_list(drinks: Drinks, file: str) -> None:
    """A listed topic without a page or without data is a problem of the list."""
    (drinks.folder / file).unlink()
    [problem] = drinks.problems()
    listing = drinks.folder / "comparison.toml"
    assert (problem.file, problem.key) == (listing, "topics[1]")
    assert problem.line == drinks.line("comparison.toml", "topics")
    assert "cost" in problem.wrong
    assert file in problem.expected


def test_a_topic_with_neither_file_is_an_unknown_topic(drinks: Drinks) -> None:
    """A topic that does not exist lacks both its files, and both are named."""
    drinks.edit("comparison.toml", '"taste", "cost"', '"taste", "cost", "smell"')
    problems = drinks.problems()
    line = drinks.line("comparison.toml", "topics")
    assert {(problem.line, problem.key) for problem in problems} == {(line, "topics[2]")}
    assert sorted(problem.expected.split(" in ")[0] for problem in problems) == [
        "a file smell.md",
        "a file smell.toml",
    ]


def test_a_data_file_that_is_no_topic_is_told(drinks: Drinks) -> None:
    """Data of a topic that is not listed would never be shown."""
    drinks.edit("comparison.toml", '"taste", "cost"', '"taste"')
    [problem] = drinks.problems()
    assert (problem.file.name, problem.line, problem.key) == ("cost.toml", 1, "file")
    assert "not listed" in problem.wrong
    assert '"cost" among topics' in problem.expected


def test_all_malformed_files_are_told_at_once(drinks: Drinks) -> None:
    """A mistake in one file hides none in another, nor two in one file each other."""
    drinks.edit("comparison.toml", 'title = "Tea', 'name = "Tea')
    drinks.edit("references.bib", "kind = {survey}", "kind = {poll}")
    drinks.edit("references.bib", "party = {coffee}", "party = {The Coffee Team}")
    keys = [f"{problem.file.name} {problem.key}" for problem in drinks.problems()]
    assert keys == [
        "comparison.toml name",
        "comparison.toml title",
        "references.bib bean-survey.kind",
        "references.bib coffee-blog.party",
    ]


def test_malformed_topics_are_told_at_once(drinks: Drinks) -> None:
    """The page and the data of a topic are both looked at, and so is every topic."""
    drinks.edit("taste.md", "# Taste\n", "Taste\n")
    drinks.edit("taste.toml", "[summary]", 'colour = "brown"\n\n[summary]')
    drinks.edit("cost.toml", "[summary]", 'colour = "brown"\n\n[summary]')
    found = [(problem.file.name, problem.key) for problem in drinks.problems()]
    assert found == [("cost.toml", "colour"), ("taste.md", "heading"), ("taste.toml", "colour")]


def test_braces_and_escapes_of_bibtex_are_not_shown(drinks: Drinks) -> None:
    """A title is plain text, however its BibTeX protects capitals and escapes characters."""
    drinks.edit("references.bib", "{The Leaf Norm}", r"{The {Leaf} \& Bean {Norm}}")
    assert drinks.comparison().sources["leaf-norm"].title == "The Leaf & Bean Norm"


def test_fields_of_reference_managers_are_left_alone(drinks: Drinks) -> None:
    """What Zotero or JabRef adds to an entry is no mistake."""
    more = "party = {coffee},\n  langid = {english},\n  note = {Read at breakfast},"
    drinks.edit("references.bib", "party = {coffee},", more)
    assert drinks.comparison().sources["coffee-blog"].party == "coffee"
