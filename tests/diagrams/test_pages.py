"""Diagrams on the pages of the sample comparison, built by Sphinx."""

from __future__ import annotations

import re

import pytest

from tests.conftest import Built, MakeSite, Site, edit

SHOWN = """```{diagram} diagrams/flow.pic
---
name: flow
alt: >-
  Water goes
  into a cup.
---
How it *flows*.
```

See [](#flow)."""
PICTURE = 'box "Water" wid 80; arrow right 40; box "Cup" wid 60\n'


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    """The sample site with a diagram's source, which no page shows yet."""
    site = make_site()
    edit(site.source / "conf.py", '"comparison", ', '"comparison", "diagrams", ')
    (site.drinks.folder / "diagrams").mkdir()
    (site.drinks.folder / "diagrams" / "flow.pic").write_text(PICTURE, encoding="utf-8")
    return site


def say(site: Site, text: str) -> None:
    """Put text on the page about cost."""
    site.drinks.edit("cost.md", "# Cost\n", f"# Cost\n\n{text}\n")


def figure(built: Built) -> str:
    """Return the figure on the page about cost; nothing may have been warned of."""
    assert built.warnings == ""
    [found] = re.findall(r"<figure.*?</figure>", built.html("cost"), re.DOTALL)
    return str(found)


def test_a_site_shows_it_within_the_page(site: Site) -> None:
    """With its words, its alternative, its caption and its name, and no file beside."""
    say(site, SHOWN)
    built = site.build()
    html = figure(built)
    assert html.count("<svg") == 1
    assert 'aria-label="Water goes into a cup."' in html
    assert ">Water</text>" in html
    assert "How it <em>flows</em>." in html
    assert 'id="flow"' in html
    assert 'href="#flow"' in built.html("cost")
    assert not [name for name in built.files() if name.endswith(".svg")]


def test_a_book_has_it_as_a_file(site: Site) -> None:
    """In the colours of paper, with the same alternative; plain text has the alternative."""
    say(site, SHOWN)
    built = site.build("epub")
    assert built.warnings == ""
    files = built.files()
    [drawn] = [content for name, content in files.items() if name.endswith(".svg")]
    assert b"var(" not in drawn
    [page] = [text for name, text in files.items() if name.endswith("cost.xhtml")]
    assert b'alt="Water goes into a cup."' in page
    assert b"<svg" not in page
    text = site.build("text", out="_text").files()["comparisons/tea-vs-coffee/cost.txt"].decode()
    assert "Water goes into a cup." in re.sub(r"\s+", " ", text)


def test_latex_says_it_in_words(site: Site) -> None:
    """It cannot draw SVG, and what the diagram shows is not lost."""
    say(site, SHOWN)
    built = site.build("latex")
    assert built.warnings == ""
    [text] = [text for name, text in built.files().items() if name.endswith(".tex")]
    assert b"Water goes into a cup." in re.sub(rb"\s+", b" ", text)
    assert b"flow-" not in text


@pytest.mark.parametrize(
    ("shown", "place", "message"),
    [
        (
            SHOWN.replace("flow.pic", "other.pic"),
            "cost.md:",
            "no file comparisons/tea-vs-coffee/diagrams/other.pic; expected the source",
        ),
        (
            "```{diagram} diagrams/flow.pic\nHow it flows.\n```",
            "cost.md:",
            "flow.pic has no :alt:; expected what it shows, in words",
        ),
        (
            "```{diagram} diagrams/flow.pic\n:alt: Water.\n```",
            "cost.md:",
            "flow.pic has no caption; expected it as the content",
        ),
    ],
)
def test_what_is_missing_is_said_once(site: Site, shown: str, place: str, message: str) -> None:
    """With the page and the line, and what was expected; nothing half is shown."""
    say(site, shown.replace("\n\nSee [](#flow).", ""))
    built = site.build()
    [warning] = built.warnings.strip().splitlines()
    assert place in warning
    assert message in warning
    assert "<figure" not in built.html("cost")


def test_a_broken_source_is_named_with_its_line(site: Site) -> None:
    """The mistake is in the source, so it is the source that is named."""
    say(site, SHOWN.replace("\n\nSee [](#flow).", ""))
    (site.drinks.folder / "diagrams" / "flow.pic").write_text("box\nbxo\n", encoding="utf-8")
    [warning] = site.build().warnings.strip().splitlines()
    assert "flow.pic:2: WARNING: diagram: expected an object, found `bxo`" in warning
    assert "did you mean `box`?" in warning


def test_a_changed_source_changes_exactly_its_page(site: Site) -> None:
    """What follows is what a clean build makes."""
    say(site, SHOWN)
    assert ">Cup<" in figure(site.build())
    edit(site.drinks.folder / "diagrams" / "flow.pic", "Cup", "Mug")
    again = site.build()
    assert again.read == {"comparisons/tea-vs-coffee/cost"}
    assert figure(again) == figure(site.build(out="_clean"))
    assert ">Mug<" in figure(again)


def test_a_source_that_came_late_is_shown(site: Site) -> None:
    """A page that missed it is read again once it is there."""
    say(site, SHOWN.replace("flow.pic", "late.pic").replace("\n\nSee [](#flow).", ""))
    assert "no file" in site.build().warnings
    (site.drinks.folder / "diagrams" / "late.pic").write_text(PICTURE, encoding="utf-8")
    assert ">Cup<" in figure(site.build())


def test_many_processes_make_the_same(site: Site) -> None:
    """The same bytes, whoever reads and writes a page."""
    say(site, SHOWN)
    alone, many = site.build(out="_one"), site.build(out="_two", parallel=2)
    assert figure(alone) == figure(many)
