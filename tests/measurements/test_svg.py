from __future__ import annotations

import re
from typing import Literal

import pytest
from measurements.chart import Chart, Entry, Group
from measurements.svg import FIXED_WIDTH, Palette, draw

COLOURS = Palette("#111", "#667", "#ccc", "#eef", "#fff", {"rust": "#a53", "go": "#057"})
NAMES = {"rust": "Rust", "go": "Go"}
LABEL = "Go, without symbols and debugging information (tuned)"


def _chart(show: Literal["ratios", "values"], entries: int) -> Chart:
    one = Entry(LABEL, "2.78 kB [2.76 to 2.81 kB]", 2760, 2780, 2810, "go")
    return Chart(show, (Group("Hello", (one,) * entries),), "B", "lower", 1.1)


@pytest.mark.parametrize("show", ["ratios", "values"])
def test_a_long_figure_fits_a_page_of_a_book(show: Literal["ratios", "values"]) -> None:
    """The mark stands beside its label there, and not below it."""
    (_, site), (text, book) = (
        draw(_chart(show, 14), COLOURS, NAMES, fluid=fluid) for fluid in (True, False)
    )
    assert book < site
    assert book / FIXED_WIDTH < 1.3  # of a page's text: 1.5
    assert f'viewBox="0 0 {FIXED_WIDTH} {book}"' in text


def test_marks_keep_clear_of_words_in_a_book() -> None:
    """Labels end before the first mark can come, and values begin after the last."""
    text, _ = draw(_chart("values", 3), COLOURS, NAMES, fluid=False)
    marks = [float(x) / 100 * FIXED_WIDTH for x in re.findall(r'<svg x="([\d.]+)%"', text)]
    lines = [float(x) / 100 * FIXED_WIDTH for x in re.findall(r'<line x1="([\d.]+)%"', text)]
    labels = re.findall(r'<text x="0"[^>]*font-weight="400"[^>]*>([^<]*)<', text)
    assert len(marks) == 3
    assert len(labels) > 3  # broken into lines
    assert max(map(len, labels)) * 7 <= min(marks + lines)
    assert max(marks + lines) <= FIXED_WIDTH - 7 * len("2.78 kB [2.76 to 2.81 kB]")
