"""Handlers of blocks of code."""

from __future__ import annotations

from typing import Any

from docutils import nodes

from .blocks import numbered
from .literals import array, call, sequence
from .translator import Translator, renders

TAB_SIZE = 4


@renders("literal_block", "doctest_block")
def literal_block(translator: Translator, node: nodes.Element) -> str:
    """Return code without a caption."""
    return listing(translator, node, None)


def listing(translator: Translator, node: nodes.Element, caption: str | None) -> str:
    """Return code, with numbered and marked lines where they are asked for."""
    # A line of nothing but a break would end the code early.
    text = node.astext().expandtabs(TAB_SIZE).rstrip("\n")
    default = "pycon3" if isinstance(node, nodes.doctest_block) else "default"
    lines = translator.highlighting.lines(text, node.get("language", default), node)
    options: dict[str, Any] = node.get("highlight_args", {})
    first = str(options.get("linenostart", 1)) if node.get("linenos") else None
    marked = options.get("hl_lines")
    marked_lines = array(map(str, marked)) if marked else None
    return call("listing", array(lines), first=first, marked=marked_lines, title=caption)


def captioned_listing(translator: Translator, node: nodes.Element) -> str:
    """Return code under its caption, as Sphinx wraps it."""
    caption = next(iter(node.findall(nodes.caption)), None)
    code = next(iter(node.findall(nodes.literal_block)))
    title = numbered(translator, "code-block", node, caption) if caption is not None else None
    anchors = translator.anchors(code)
    return sequence([anchors, listing(translator, code, title)])
