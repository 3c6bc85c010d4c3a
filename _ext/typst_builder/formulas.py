"""Formulas: TeX becomes Typst by tex2typst; what it can't translate is printed as TeX."""

from __future__ import annotations

import re
from functools import cache

import typst
from docutils import nodes

from .literals import call, string
from .translator import logger

_DISPLAY = re.compile(r"\\begin\{(?:align|gather|equation)\*?\}(.*)\\end\{\w+\*?\}", re.DOTALL)


def formula(tex: str, node: nodes.Node, *, block: bool) -> str:
    """Return an equation with its TeX as text alternative."""
    alt = " ".join(tex.split())
    translated = _translated(_lines(tex) if block else alt)
    if translated is None:
        message = "formula printed as TeX, because it can't be translated: %s"
        logger.warning(message, alt, type="typst", subtype="math", location=node)
        return call("code", string(alt))
    space = " " if block else ""
    body = f"${space}{translated}{space}$"
    return call("math.equation", body, block=str(block).lower(), alt=string(alt))


def _lines(tex: str) -> str:
    """Return a formula of several lines or paragraphs as one that is aligned at `&`."""
    parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", tex.strip())]
    whole = r" \\ ".join(parts)
    if r"\\" not in whole or _DISPLAY.fullmatch(whole):
        return whole
    return rf"\begin{{aligned}}{whole}\end{{aligned}}"


@cache
def _translated(tex: str) -> str | None:
    """Return Typst's math of TeX, if it compiles."""
    from tex2typst import tex2typst  # it starts a JavaScript engine, which most projects never need

    if match := _DISPLAY.fullmatch(tex):
        tex = rf"\begin{{aligned}}{match[1]}\end{{aligned}}"
    try:
        translated = str(tex2typst(tex)).strip()
        typst.compile(f"$ {translated} $".encode(), ignore_system_fonts=True)
    except Exception:  # the engine raises what it likes
        return None
    return translated
