"""Draws a source in the language pic as SVG, in the colours of the site or in those of print.

A source is measured in CSS pixels and names colours, of which each has a variable of the theme
and a value for paper. It knows neither Sphinx nor docutils: the same source gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

import rpic

from .widths import Words, widths_px

SVG = "http://www.w3.org/2000/svg"

SANS = "'Source Sans 3', system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"
MONO = "'JetBrains Mono', ui-monospace, monospace"


@dataclass(frozen=True)
class Colour:
    """A colour that a source can name."""

    paper: str
    variable: str


COLOURS = {
    "ink": Colour("#1d2126", "--color-foreground-primary"),
    "quiet": Colour("#55606b", "--cmp-neutral"),
    "rule": Colour("#b3bcc5", "--cmp-diagram-rule"),
    "tint": Colour("#f1f3f5", "--cmp-diagram-tint"),
    "page": Colour("#ffffff", "--color-background-primary"),
    "subject1": Colour("#a4400e", "--cmp-subject-1"),
    "tint1": Colour("#f7ece6", "--cmp-diagram-tint-1"),
    "subject2": Colour("#00647f", "--cmp-subject-2"),
    "tint2": Colour("#e5f0f3", "--cmp-diagram-tint-2"),
    "alert": Colour("#8a5a00", "--cmp-warning"),
    "tint3": Colour("#f4eee3", "--cmp-diagram-tint-3"),
}
"""The values on paper are all different: by them a colour is found again in what was drawn."""

_BY_PAPER = {colour.paper: name for name, colour in COLOURS.items()}
_BY_PAPER |= {"black": "ink", "white": "page"}

_JOINED = re.compile(r"[-:=<>!&|*+/.#?~]{2}")
"""What JetBrains Mono draws as one sign; in a PDF by Typst, such text and all after it in that font
would be copied and found with characters missing."""

SMALLEST_PT = 9.5
"""Of the letters, in print; on a phone nothing is shrunk below 11 pixels, see `WIDEST`."""
WIDEST = 370
"""So wide may a drawing be, in pixels, to be read on a window of 360."""

# One line without an end, so that the lines of a source keep their numbers.
_PREAMBLE = "; ".join(
    [
        "scale = 96",
        "margin = 0",
        "linethick = 1",
        "boxht = 34",
        "arrowht = 7",
        "arrowwid = 6",
        f"define note {{ fontsize {SMALLEST_PT} }}",
        *(f"{name} = 0x{colour.paper[1:]}" for name, colour in COLOURS.items()),
        "",
    ]
)


class PictureError(Exception):
    """A source cannot be drawn; the message says what was expected, `line` where."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class Picture:
    """A drawing."""

    site: str
    """SVG to stand within a page, whose colours are variables of the theme."""
    paper: str
    """SVG as a file of its own."""
    width: int
    """In CSS pixels."""


def draw(source: str, alt: str) -> Picture:
    """Draw a source; raise a `PictureError` where that fails or something in it is not ours."""
    try:
        bundle = rpic.compile(_PREAMBLE + source, include_policy="deny")
    except rpic.CompileError as error:
        raise _explained(error.info) from None
    for warning in bundle["warnings"]:
        raise PictureError(warning["message"], warning.get("line"))
    root = ElementTree.fromstring(bundle["svg"])
    width, height = (float(root.attrib.pop(side)) for side in ("width", "height"))
    if width > WIDEST:
        raise PictureError(f"{width:.0f} pixels wide; expected at most {WIDEST}, to fit a phone")
    drawn = [_plain(child) for child in root]
    size = {"viewBox": root.attrib["viewBox"], "fill": "none", "font-size": "14.67"}
    site = ElementTree.Element(f"{{{SVG}}}svg", size | {"role": "img", "aria-label": alt})
    site.attrib |= {"width": f"{width:g}"}
    site.extend(drawn)
    on_site = _text(site, on_site=True)
    paper = ElementTree.Element(f"{{{SVG}}}svg", size | {"font-family": SANS})
    paper.attrib |= {"width": f"{width:g}", "height": f"{height:g}"}
    # An e-reader may have dark pages, and knows nothing of what is drawn on them.
    ground = {"width": "100%", "height": "100%", "fill": COLOURS["page"].paper}
    ElementTree.SubElement(paper, f"{{{SVG}}}rect", ground)
    paper.extend(drawn)
    _fix_widths(paper)
    return Picture(on_site, _text(paper, on_site=False), round(width))


def _fix_widths(root: ElementTree.Element) -> None:
    """Give each text the width that it was drawn for, since an e-reader has other fonts."""
    texts = list(root.iter(f"{{{SVG}}}text"))
    lines = [
        Words(
            text.text or "",
            _size_pt(text),
            int(text.get("font-weight", "400")),
            "JetBrains Mono" if text.get("font-family") == MONO else "Source Sans 3",
        )
        for text in texts
    ]
    for text, width in zip(texts, widths_px(lines), strict=True):
        text.attrib |= {"textLength": f"{width:.1f}", "lengthAdjust": "spacingAndGlyphs"}


def _size_pt(text: ElementTree.Element) -> float:
    return float(text.get("font-size", "11pt").removesuffix("pt"))


def _explained(info: dict[str, str | int | None]) -> PictureError:
    """Return an error of the parser with all that it knows."""
    message = str(info["message"])
    if info.get("hint"):
        message += f"; {info['hint']}"
    return PictureError(message, int(info["line"] or 0) or None)


def _plain(group: ElementTree.Element) -> ElementTree.Element:
    """Return a shape without ids, which would not be unique on a page, in the site's type."""
    colour = group.attrib.pop("class", None)
    group.attrib.pop("id", None)
    if colour is not None and colour not in COLOURS:
        raise PictureError(f'unknown class "{colour}"; expected one of: {", ".join(COLOURS)}')
    for element in group.iter():
        if element.tag == f"{{{SVG}}}rect" and "rx" not in element.attrib:
            # Not by pic, where the corner at which a box is placed would then lie on the arc.
            element.set("rx", "4")
        if element.tag == f"{{{SVG}}}text":
            element.attrib.pop("stroke-width", None)
            if colour:
                element.set("fill", COLOURS[colour].paper)
            if _size_pt(element) < SMALLEST_PT:
                what = f'letters of "{element.text}" are too small'
                raise PictureError(f"{what}; expected at least {SMALLEST_PT} pt")
            if element.get("font-weight") == "bold":
                element.set("font-weight", "600")
            if element.get("font-family") == "monospace":
                element.set("font-family", MONO)
                if _JOINED.search(element.text or ""):
                    what = f'"{element.text}" has signs that the font joins'
                    raise PictureError(f"{what}; expected no two of them in a row")
    return group


def _colours(root: ElementTree.Element) -> Iterator[tuple[ElementTree.Element, str, str]]:
    for element in root.iter():
        for key in ("fill", "stroke"):
            value = element.get(key, "none")
            if value != "none":
                yield element, key, value


def _text(root: ElementTree.Element, *, on_site: bool) -> str:
    """Return SVG as text, with each colour as the medium has it."""
    before = []
    for element, key, value in _colours(root):
        if value not in _BY_PAPER:
            raise PictureError(f'colour "{value}"; expected one of: {", ".join(COLOURS)}')
        colour = COLOURS[_BY_PAPER[value]]
        before.append((element, key, value))
        element.set(key, f"var({colour.variable})" if on_site else colour.paper)
    ElementTree.register_namespace("", SVG)
    text = ElementTree.tostring(root, encoding="unicode")
    for element, key, value in before:
        element.set(key, value)
    return text + "\n"
