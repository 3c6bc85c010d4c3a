"""A source becomes SVG in the colours of the site and of print, or an error that says why not."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from comparison.load import comparison_folders
from diagrams.picture import COLOURS, WIDEST, PictureError, draw

from tests.site.building import SOURCE

FOLDERS = comparison_folders(SOURCE / "comparisons")
SOURCES = sorted(path for folder in FOLDERS for path in folder.glob("diagrams/*.pic"))
BOX = 'box "A label" wid 120 shaded tint1 outlined subject1\n'


@pytest.mark.parametrize("path", SOURCES, ids=[path.stem for path in SOURCES])
def test_every_source_of_the_site_is_drawn(path: Path) -> None:
    """Well-formed in both media, narrow enough for a phone, and twice the same bytes."""
    picture = draw(path.read_text(encoding="utf-8"), path.stem)
    assert picture == draw(path.read_text(encoding="utf-8"), path.stem)
    assert picture.width <= WIDEST
    words = []
    for text in (picture.site, picture.paper):
        root = ElementTree.fromstring(text)
        words.append(["".join(one.itertext()) for one in root.findall(".//{*}text")])
    assert words[0] == words[1] != []


def test_a_site_has_variables_and_paper_has_values() -> None:
    """No colour of paper is left on the site, where it would not follow the theme."""
    picture = draw(BOX, "A box")
    assert re.findall(r"#[0-9a-f]{6}", picture.site) == []
    assert 'fill="var(--cmp-diagram-tint-1)"' in picture.site
    assert "var(" not in picture.paper
    assert f'stroke="{COLOURS["subject1"].paper}"' in picture.paper


def test_paper_has_a_ground_of_its_own() -> None:
    """On the dark page of an e-reader dark letters would not be seen; a site has its own ground."""
    ground = '<rect width="100%" height="100%" fill="#ffffff" />'
    picture = draw(BOX, "A box")
    assert picture.paper.count(ground) == 1
    assert picture.paper.index(ground) < picture.paper.index("<g")
    assert '"100%"' not in picture.site


def test_colours_of_paper_are_told_apart() -> None:
    """A colour is found again by its value, so that no two may share one."""
    assert len({colour.paper for colour in COLOURS.values()}) == len(COLOURS)


def test_words_on_paper_keep_their_width() -> None:
    """Whatever font an e-reader has, they stay in their boxes; a site has the font itself."""
    picture = draw('box "wide wide" bold wid 120; box "wide" mono wid 120; box "" wid 9', "Words")
    lengths = [float(one) for one in re.findall(r'textLength="([\d.]+)"', picture.paper)]
    assert 50 < lengths[0] < 80
    assert lengths[1] == pytest.approx(4 * 0.6 * 11 * 4 / 3, abs=0.1)
    assert "textLength" not in picture.site


def test_words_stay_words() -> None:
    """They are text in the drawing, and the alternative is escaped."""
    picture = draw('box "a < b & c" wid 120', 'says "a < b"')
    assert ">a &lt; b &amp; c</text>" in picture.site
    assert 'aria-label="says &quot;a &lt; b&quot;"' in picture.site


def test_no_id_is_left() -> None:
    """Two drawings on a page would have the same ones."""
    assert " id=" not in draw(BOX, "A box").site


def test_a_class_colours_the_words() -> None:
    """Pic has no colour of text of its own."""
    assert f'fill="{COLOURS["quiet"].paper}"' in draw('box "so" wid 60 class "quiet"', "So").paper


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        ("box\nbxo\n", 2, "did you mean `box`?"),
        ('box "A" outlined "red"', None, 'colour "red"; expected one of: ink, quiet'),
        ('box "A" class "red"', None, 'unknown class "red"; expected one of: ink, quiet'),
        ('box "A" fontsize 7', None, 'letters of "A" are too small; expected at least 9.5 pt'),
        ('"a::b" mono', None, '"a::b" has signs that the font joins; expected no two of them'),
        ("box wid 500", None, "pixels wide; expected at most 370, to fit a phone"),
        ('box\nbox "A" outlined "nonsense"', 2, "nonsense"),
        ('copy "other.pic"', 1, "copy"),
    ],
)
def test_what_cannot_be_drawn_is_explained(source: str, line: int | None, message: str) -> None:
    """With the line in the source where there is one, and what was expected."""
    with pytest.raises(PictureError) as caught:
        draw(source, "It")
    assert message in str(caught.value)
    assert caught.value.line == line
