"""Claims that rest on checked programs, in the sample comparison with subjects that have them."""

from __future__ import annotations

from pathlib import Path

import pytest
from comparison.export import export
from examples.content import side_digest
from examples.load import load_programs
from examples.results import Result, write_results

from tests.conftest import Drinks, MakeSite, Site, edit

PROGRAM = "taste/sip"
CLAIM = "aftertaste-tea"
EVIDENCE = """evidence = [
  { program = "taste/sip", shows = "It ends in `clean`.", supports = "full" },
]"""


def _record(drinks: Drinks) -> None:
    """Write down that each side of each program passed as it is, on a release of its subject."""
    workspace = drinks.folder / "examples"
    releases = {"rust": "1.1.0", "go": "2.1.0"}
    sides = [
        side for program in load_programs(workspace).programs for side in program.sides.values()
    ]
    results = {
        (side.program, side.subject.id): Result(side_digest(side), (releases[side.subject.id],))
        for side in sides
    }
    write_results(workspace, results)


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    """The sample site about Rust and Go, with a program on which a claim of Rust rests."""
    site = make_site()
    drinks = site.drinks.about_rust_and_go()
    folder = drinks.folder / "examples" / PROGRAM
    (folder / "rust").mkdir(parents=True)
    (folder / "rust" / "main.rs").write_text("fn main() { sip() }\n")
    (folder / "output-rust.txt").write_text("$ rustc main.rs\nE0425: clean\n")
    (folder / "example.toml").write_text(
        'title = "A sip"\nlook_at = "Look."\n[rust]\nkind = "compile-error"\nerror = "E0425"\n'
    )
    _record(drinks)
    taste = drinks.folder / "taste.toml"
    text = taste.read_text(encoding="utf-8")
    start = text.index("evidence", text.index(f'id = "{CLAIM}"'))
    end = text.index("objection", start)
    text = f"{text[:start]}{EVIDENCE}\n{text[end:]}"
    taste.write_text(text.replace('02-02, how = "read"', '02-02, how = "ran"'), encoding="utf-8")
    drinks.edit("taste.md", "## Sources", f"```{{example}} {PROGRAM}\n```\n\n## Sources")
    drinks.edit(
        "cost.md", "# Cost\n", f"# Cost\n\nSee {{ref}}`tea-vs-coffee/programs/{PROGRAM}`.\n"
    )
    edit(site.source / "conf.py", '"comparison", ', '"comparison", "examples", ')
    return site


def _grade(site: Site) -> str:
    """Return the grade of the claim that rests on the program."""
    comparison = site.drinks.comparison()
    [claim] = [
        claim
        for topic in export(comparison)["topics"]
        for claim in topic["claims"]
        if claim["id"] == CLAIM
    ]
    return str(claim["grade"])


def test_a_claim_may_rest_on_a_program_alone(site: Site) -> None:
    """It is graded by the program, less for a release that is past or stale."""
    assert _grade(site) == "B"  # A, and verified two releases ago


def test_a_program_must_have_a_side_of_the_subject(site: Site) -> None:
    """A claim of Go cannot rest on a program that has no Go side."""
    site.drinks.edit(
        "taste.toml",
        f'id = "{CLAIM}"\nfeature = "bitterness"\nsubject = "rust"',
        f'id = "{CLAIM}"\nfeature = "bitterness"\nsubject = "go"',
    )
    problem = next(one for one in site.drinks.problems() if "program" in one.key)
    assert problem.key == "claims[2].evidence[0].program"
    assert problem.wrong == '"taste/sip" has no side go'
    assert problem.line == site.drinks.line("taste.toml", "{ program")


def test_the_page_leads_from_the_claim_to_the_program(site: Site) -> None:
    """The evidence links to the program where it stands, with the release and what it shows."""
    built = site.build()
    assert built.warnings == ""
    html = built.html("taste")
    assert 'id="program-sip"' in html
    assert 'href="#program-sip"' in html
    assert "Evidence: 1 program, grade B" in html
    text = "(checked program, ran on Tea 1.1.0) supports it. It ends in "
    assert text in html
    assert 'href="taste.html#program-sip"' in built.html("cost")


@pytest.mark.parametrize("file", ["rust/main.rs", "output-rust.txt", "example.toml"])
def test_a_program_that_changed_counts_no_more(site: Site, file: str) -> None:
    """Whatever of it changes, the claim is of grade D until it has run again, on every page."""
    site.build()
    path: Path = site.drinks.folder / "examples" / PROGRAM / file
    before = path.read_text(encoding="utf-8")
    path.write_text(before + "\n", encoding="utf-8")
    assert _grade(site) == "D"
    built = site.build()
    assert "has not run as it is now) does not count" in built.html("taste")
    clean = site.build(out="_clean")
    assert (
        built.files()["comparisons/tea-vs-coffee/evidence.html"]
        == (clean.files()["comparisons/tea-vs-coffee/evidence.html"])
    )
    assert built.html("taste") == clean.html("taste")
    _record(site.drinks)
    assert _grade(site) == "B"
    assert "ran on Tea 1.1.0" in site.build().html("taste")


def test_the_published_data_lists_the_programs(site: Site) -> None:
    """A tool can tell on which releases a program passed."""
    assert export(site.drinks.comparison())["programs"] == [
        {"id": PROGRAM, "title": "A sip", "passed": {"rust": ["1.1.0"]}}
    ]
