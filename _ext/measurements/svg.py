"""Draws figures of measurements as SVG: the same chart gives the same bytes.

Every horizontal place is a percentage and every size of text is fixed, so that a figure whose
width is that of the page reads alike on a phone and on a wide screen: the mark stands below its
label. In a book, where the width is known, it stands beside, so that a long figure fits a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from lab import quantity
from lab.experiments import SUBJECTS

from .axis import Axis, ratio_axis, value_axis
from .chart import Chart, Entry

FIXED_WIDTH = 640
"""The width where a figure cannot follow that of the page."""

FONT = "'Source Sans 3', system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"
SIZE = 14
SMALL = 12.5

_NARROWEST = 320
"""Labels break so that they stand beside the value even where a figure is as narrow as this."""
_LETTER = 7.0
"""An upper bound of the mean width of a letter."""

_LINE = 18
_TRACK = 20
_GAP = 8
_GROUP = 30
_HEAD = 24
_AXIS = 30


@dataclass(frozen=True)
class Track:
    """The part of the width in which marks stand, as shares of it."""

    left: float
    width: float

    def at(self, share: float) -> str:
        """Return a place on the axis as a percentage of the figure's width."""
        return _percent(self.left + share * self.width)


_BELOW = Track(0, 1)
_BESIDE = Track(0.36, 0.36)


@dataclass(frozen=True)
class Palette:
    """The colours of a figure on a light or a dark page."""

    text: str
    muted: str
    grid: str
    band: str
    page: str
    marks: dict[str, str]
    """By subject; what is neither has the muted colour."""

    def mark(self, mark: str) -> str:
        """Return the colour of a mark."""
        return self.marks.get(mark, self.muted)


def draw(chart: Chart, palette: Palette, names: dict[str, str], *, fluid: bool) -> tuple[str, int]:
    """Return a figure and its height; a fluid one takes the width that it is given."""
    axis = _axis(chart)
    track = _BELOW if fluid else _BESIDE
    words: list[str] = []
    marks: list[str] = []
    top = _HEAD if chart.show == "ratios" else 0
    y = float(top)
    for group in chart.groups:
        if group.title:
            y += _GROUP - _LINE
            words.append(_text(group.title, "0", y + SIZE, palette.text, weight=600))
            y += _LINE
        for entry in group.entries:
            lines = _broken(entry.label, entry.text, _NARROWEST) if fluid else _broken_beside(entry)
            for number, line in enumerate(lines):
                baseline = y + SIZE + number * _LINE
                colour = palette.muted if entry.faint else palette.text
                words.append(_text(line, "0", baseline, colour))
            words.append(_text(entry.text, "100%", y + SIZE, palette.text, anchor="end"))
            if fluid:
                y += len(lines) * _LINE
                marks += _interval(entry, axis, track, y + _TRACK / 2, palette)
                y += _TRACK + _GAP
            else:
                marks += _interval(entry, axis, track, y + _TRACK / 2, palette)
                y += len(lines) * _LINE + _GAP
    height = round(y + _AXIS)
    behind = [*_behind(chart, axis, track, (top, y), palette, names)]
    size = f'width="100%" height="{height}"'
    if not fluid:
        size = f'width="{FIXED_WIDTH}" height="{height}" viewBox="0 0 {FIXED_WIDTH} {height}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FONT}">'
    # An edge in the colour of the page keeps letters apart from the lines that they cross.
    edge = (
        f'<g paint-order="stroke" stroke-linejoin="round" stroke="{palette.page}" stroke-width="3">'
    )
    return "\n".join([head, *behind, edge, *words, "</g>", *marks, "</svg>"]) + "\n", height


def _axis(chart: Chart) -> Axis:
    ends = [end for entry in chart.entries for end in (entry.low, entry.high)]
    return ratio_axis(ends, chart.threshold) if chart.show == "ratios" else value_axis(ends)


def _behind(
    chart: Chart,
    axis: Axis,
    track: Track,
    ends: tuple[float, float],
    palette: Palette,
    names: dict[str, str],
) -> Iterator[str]:
    """Yield what lies behind the marks: threshold, grid, and the words at its ends."""
    top, bottom = ends
    if chart.show == "ratios":
        low, high = (axis.place(chart.threshold**sign) for sign in (-1, 1))
        yield (
            f'<rect x="{track.at(low)}" y="{top}" '
            f'width="{_percent((high - low) * track.width)}" height="{bottom - top:g}" '
            f'fill="{palette.band}"/>'
        )
        # A ratio above 1 says that the second subject has more, which is good or bad.
        first, second = SUBJECTS if chart.better == "higher" else SUBJECTS[::-1]
        word = "needs less" if chart.better == "lower" else "has more"
        left, right = track.at(0), track.at(1)
        yield _text(f"◂ {names[first]} {word}", left, SIZE, palette.mark(first), SMALL)
        yield _text(f"{names[second]} {word} ▸", right, SIZE, palette.mark(second), SMALL, "end")
    size, unit = (
        quantity.scale_of(axis.ticks[-1], chart.unit) if chart.show == "values" else (1, "")
    )
    for tick in axis.ticks:
        x = track.at(axis.place(tick))
        strong = chart.show == "ratios" and tick == 1
        colour, width = (palette.muted, 1.25) if strong else (palette.grid, 1)
        yield (
            f'<line x1="{x}" x2="{x}" y1="{top}" y2="{bottom:g}" stroke="{colour}" '
            f'stroke-width="{width}"/>'
        )
        last = tick == axis.ticks[-1]
        label = f"{float(f'{tick / size:.3g}'):,g}" + (f" {unit}" if last and unit else "")
        yield _text(label, x, bottom + _LINE, palette.muted, SMALL, "middle")


def _interval(entry: Entry, axis: Axis, track: Track, y: float, palette: Palette) -> Iterator[str]:
    """Yield an interval with its ends, and the mark of the estimate on it."""
    colour = palette.mark(entry.mark)
    low, middle, high = (track.at(axis.place(one)) for one in (entry.low, entry.value, entry.high))
    opacity = ' opacity="0.65"' if entry.faint else ""
    yield f'<g stroke="{colour}" stroke-width="2"{opacity}>'
    yield f'<line x1="{low}" x2="{high}" y1="{y:g}" y2="{y:g}"/>'
    for end in (low, high):
        yield f'<line x1="{end}" x2="{end}" y1="{y - 4:g}" y2="{y + 4:g}"/>'
    fill = palette.page if entry.mark == "undecided" else colour
    yield f'<svg x="{middle}" y="{y:g}" overflow="visible" fill="{fill}">{_shape(entry.mark)}</svg>'
    yield "</g>"


def _shape(mark: str) -> str:
    """Return a shape around the origin: colour is not the only thing that tells marks apart."""
    if mark == SUBJECTS[0]:
        return '<circle r="5"/>'
    if mark == SUBJECTS[1]:
        return '<path d="M-4.5-4.5h9v9h-9z"/>'
    return '<path d="M0-6 6 0 0 6-6 0z"/>'


def _broken_beside(entry: Entry) -> list[str]:
    return _broken(entry.label, "", FIXED_WIDTH * _BESIDE.left)


def _broken(label: str, value: str, width: float) -> list[str]:
    """Break a label into lines that leave room for the value beside the first one."""
    lines: list[str] = []
    for word in label.split():
        room = width / _LETTER - (0 if len(lines) > 1 else len(value) + 2)
        if lines and len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _percent(share: float) -> str:
    return f"{share * 100:.2f}%"


def _text(
    content: str,
    x: str,
    y: float,
    colour: str,
    size: float = SIZE,
    anchor: str = "start",
    weight: int = 400,
) -> str:
    return (
        f'<text x="{x}" y="{y:g}" fill="{colour}" font-size="{size:g}" font-weight="{weight}" '
        f'text-anchor="{anchor}">{escape(content)}</text>'
    )
