"""Pages break where a reader would, and columns have the room that their words need."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from typst_builder.tables import fitted_widths

from tests.typst_builder.conftest import make

FOOT_PT = 60
"""Below this stands the number of the page."""

PARAGRAPH = (
    "Some words that fill the line and go on to the next one of the page, and the next. " * 2
)


def configure(project: Path, text: str) -> None:
    """Add to the configuration of a project."""
    path = project / "conf.py"
    path.write_text(path.read_text() + text)


def pages(project: Path, text: str) -> list[list[str]]:
    """Return the lines of each page of a project of one page, without the page's number."""
    (project / "index.md").write_text(text)
    with pypdfium2.PdfDocument(make(project).folder / "sample.pdf") as pdf:
        texts = [page.get_textpage().get_text_bounded(bottom=FOOT_PT) for page in pdf]
    return [text.splitlines() for text in texts]


def test_what_leads_to_something_does_not_end_a_page(project: Path) -> None:
    """A term, a title in bold and a paragraph with a colon stand where what they lead to begins."""
    leads = [f"Term {number}" for number in range(60)]
    terms = "".join(f"{term}\n: {PARAGRAPH}\n\n" for term in leads)
    titles = "".join(f"**Title {number}**\n\n- {PARAGRAPH}\n\n" for number in range(60))
    colons = "".join(f"These are {number}:\n\n- {PARAGRAPH}\n\n" for number in range(60))
    configure(project, 'myst_enable_extensions.append("deflist")\n')
    printed = pages(project, f"# Title\n\n{terms}{titles}{colons}")
    ends = [lines[-1] for lines in printed[2:]]
    assert len(ends) > 8
    assert [end for end in ends if end.startswith(("Term", "Title", "These"))] == []


def test_a_short_page_shares_its_sheet_with_the_first_below(project: Path) -> None:
    """A sheet with two lines on it is none; the second page below begins a new one."""
    for name in ("first", "second"):
        (project / f"{name}.md").write_text(f"# The {name}\n\n{PARAGRAPH}\n")
    contents = "```{toctree}\nfirst\nsecond\n```\n"
    *_, one, two = pages(project, f"# Start\n\nShort.\n\n{contents}")
    assert {"Start", "The first"} <= {*one}
    assert "The second" in two
    *_, one, two, three = pages(project, f"# Start\n\n{PARAGRAPH * 5}\n\n{contents}")
    assert ("Start" in one, "The first" in two, "The second" in three) == (True, True, True)


def test_no_line_ends_within_a_short_word_of_signs(project: Path) -> None:
    """`C++`, an option and a short path stay whole wherever the line ends."""
    words = " ".join(f"{'a' * (number % 11)} C++ `-race` `net/http`" for number in range(120))
    found = "\n".join(line for lines in pages(project, f"# Title\n\n{words}\n") for line in lines)
    assert [found.count(word) for word in ("C++", "-race", "net/http")] == [120, 120, 120]


@pytest.mark.parametrize("place", ["first", "last"])
def test_feet_of_a_row_of_cards_are_in_line(project: Path, place: str) -> None:
    """They stand at the bottom of their cards, whichever card has more text."""
    long, short = "word " * 60, "word"
    bodies = (long, short) if place == "first" else (short, long)
    cards = "".join(f":::{{grid-item-card}} Title\n{body}\n+++\nFoot\n:::\n\n" for body in bodies)
    configure(project, 'extensions.append("sphinx_design")\n')
    (project / "index.md").write_text(f"# Title\n\n::::{{grid}} 2\n\n{cards}::::\n")
    with pypdfium2.PdfDocument(make(project).folder / "sample.pdf") as pdf:
        text = pdf[2].get_textpage()
        finder = text.search("Foot")
        found = []
        while match := finder.get_next():
            found.append(text.get_charbox(match[0])[1])
    assert len(found) == 2
    assert found[0] == pytest.approx(found[1], abs=0.5)


@pytest.mark.parametrize(
    ("full", "widths"),
    [
        ((10, 10), [50, 50]),  # nobody lacks anything
        ((20, 80), [20, 80]),  # what one can spare is what the other lacks
        ((40, 200), [40, 60]),  # all that can be spared is given
        ((60, 45), [55, 45]),  # no more is taken than can be spared
        ((20, 55), [45, 55]),  # no more is taken than is lacking
        ((200, 300), [50, 50]),  # nobody can spare anything
    ],
)
def test_columns_give_what_they_can_spare(full: tuple[int, int], widths: list[int]) -> None:
    """Chosen widths give way where one column is wider than its text and another too narrow."""
    assert fitted_widths((1, 1), full, 100) == pytest.approx(widths)
