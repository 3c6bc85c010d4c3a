"""Measures words in the fonts of print, for readers that have to make do with others."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typst
import typst_builder
from typst_builder.literals import array, string

_FONTS = str(Path(typst_builder.__file__).parent / "fonts")
_PX_PER_PT = 4 / 3


@dataclass(frozen=True)
class Words:
    """Text in one line, with its look."""

    text: str
    size_pt: float
    weight: int
    font: str


def widths_px(lines: Sequence[Words]) -> list[float]:
    """Return how wide each text is, in CSS pixels."""
    said = array(
        array([string(one.text), f"{one.size_pt}pt", str(one.weight), string(one.font)])
        for one in lines
    )
    source = f"""#context [#metadata({said}.map(((body, size, weight, font)) => measure(
      text(font: font, size: size, weight: weight, body)).width.pt())) <widths>]"""
    found = typst.query(
        source.encode(),
        "<widths>",
        field="value",
        one=True,
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[_FONTS]),
    )
    return [width * _PX_PER_PT for width in json.loads(found)]
