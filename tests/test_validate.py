from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from comparison.validate import check_comparison, check_folders

if TYPE_CHECKING:
    from tests.conftest import Drinks


def test_a_sound_folder_gives_its_comparison(drinks: Drinks) -> None:
    """Without problems the comparison is returned, ready for the pages."""
    comparison, problems = check_comparison(drinks.folder)
    assert comparison is not None
    assert (comparison.id, problems) == ("tea-vs-coffee", [])


def test_all_problems_are_reported_sorted(drinks: Drinks) -> None:
    """Mistakes against several rules in several files are told in one run, in the files' order."""
    drinks.edit("taste.toml", 'value = "short"', 'value = "lukewarm"')
    drinks.edit("taste.toml", 'flips_if = ["Somebody breeds a mild bean."]', "flips_if = []")
    drinks.edit("cost.toml", "value = 12", "value = -12")
    drinks.edit("references.bib", "party = {coffee}", "party = {cocoa}")
    drinks.edit("comparison.toml", '"1.0", on = 2024-07-10', '"1.10", on = 2024-07-10')
    comparison, problems = check_comparison(drinks.folder)
    assert comparison is None
    assert [(problem.file.name, problem.key) for problem in problems] == [
        ("comparison.toml", "subjects[0].releases[3]"),
        ("cost.toml", "claims[1].value"),
        ("references.bib", "coffee-blog.party"),
        ("taste.toml", "verdict.flips_if"),
        ("taste.toml", "claims[4].value"),
    ]
    assert problems == sorted(problems)


def test_computed_rules_wait_for_the_records(drinks: Drinks) -> None:
    """A verdict is not weighed while its claims are in doubt."""
    drinks.edit("taste.toml", '["bitterness-tea", "bitterness-coffee"]', '["bitterness-tea"]')
    drinks.edit("cost.toml", "value = 12", "value = -12")
    assert [problem.key for problem in drinks.problems()] == ["claims[1].value"]
    drinks.edit("cost.toml", "value = -12", "value = 12")
    assert [problem.key for problem in drinks.problems()] == ["verdict.because"]


def test_every_comparison_is_checked(drinks: Drinks) -> None:
    """A mistake in one comparison hides none in another, and takes no other one along."""
    drinks.add_second()
    comparisons, problems = check_folders(drinks.root)
    assert [comparison.id for comparison in comparisons] == ["milk-vs-juice", "tea-vs-coffee"]
    assert problems == []
    drinks.edit("cost.toml", "value = 12", "value = -12")
    comparisons, problems = check_folders(drinks.root)
    assert [comparison.id for comparison in comparisons] == ["milk-vs-juice"]
    assert [problem.file.parent.name for problem in problems] == ["tea-vs-coffee"]
    other = drinks.root / "milk-vs-juice" / "taste.toml"
    text = other.read_text(encoding="utf-8")
    other.write_text(text.replace('value = "short"', 'value = "none"'), encoding="utf-8")
    comparisons, problems = check_folders(drinks.root)
    assert comparisons == []
    assert [problem.file.parent.name for problem in problems] == ["milk-vs-juice", "tea-vs-coffee"]


def test_comparisons_do_not_share_source_keys(drinks: Drinks) -> None:
    """A key that two comparisons use is told in the later one, at the entry, with the earlier."""
    drinks.add_second()
    file = drinks.root / "milk-vs-juice" / "references.bib"
    for path in file.parent.iterdir():
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("cow-norm", "leaf-norm"), encoding="utf-8")
    [problem] = check_folders(drinks.root)[1]
    assert (problem.file, problem.key) == (drinks.folder / "references.bib", "leaf-norm")
    assert problem.line == drinks.line("references.bib", "@online{leaf-norm")
    assert str(file) in problem.wrong


def test_problems_of_several_comparisons_are_sorted(drinks: Drinks) -> None:
    """Problems across comparisons take their place in the order of the files."""
    third = drinks.root / "zebra"
    shutil.copytree(drinks.folder, third)
    drinks.add_second()
    text = (third / "cost.toml").read_text(encoding="utf-8")
    (third / "cost.toml").write_text(text.replace("value = 12", "value = -12"), encoding="utf-8")
    for path in (drinks.root / "milk-vs-juice").iterdir():
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("cow-norm", "leaf-norm"), encoding="utf-8")
    problems = check_folders(drinks.root)[1]
    assert [p.file.parent.name for p in problems] == ["tea-vs-coffee", "zebra"]
