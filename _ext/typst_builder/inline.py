"""Handlers of inline nodes."""

from __future__ import annotations

import re

from docutils import nodes

from .literals import call, sequence, string
from .translator import Translator, renders

TEXT_WIDTH_PT = 470
"""The width of the text on an upright A4 page."""


@renders("Text")
def text(translator: Translator, node: nodes.Text) -> str:
    """Return text; the ends of source lines are spaces, and no line ends within `C++`."""
    plain = re.sub(r"\s*\n\s*", " ", node.astext())
    parts = re.split(r"(\w+\+\+)", plain)
    if len(parts) == 1:  # MyST leaves empty texts
        return string(plain) if plain else ""
    shown = [call("box", string(part)) if i % 2 else string(part) for i, part in enumerate(parts)]
    return sequence(part for part in shown if part != '""')


@renders("inline", "generated", "problematic", "desc_inline")
def inline(translator: Translator, node: nodes.Element) -> str:
    """Return inline content in the look of its classes.

    Those of a cross-reference name its role, such as `cmp-claim`, which a project may style as a
    block; it looks like any link.
    """
    content = translator.children(node)
    return content if "xref" in node.get("classes", ()) else translator.styled(node, content)


@renders("emphasis", "title_reference", "literal_emphasis", "desc_annotation")
def emphasis(translator: Translator, node: nodes.Element) -> str:
    """Return emphasised content."""
    return call("emph", translator.children(node))


@renders("strong", "literal_strong", "desc_name")
def strong(translator: Translator, node: nodes.Element) -> str:
    """Return strong content."""
    return call("strong", translator.children(node))


@renders("subscript")
def subscript(translator: Translator, node: nodes.subscript) -> str:
    """Return lowered content."""
    return call("sub", translator.children(node))


@renders("superscript")
def superscript(translator: Translator, node: nodes.superscript) -> str:
    """Return raised content."""
    return call("super", translator.children(node))


@renders("literal")
def literal(translator: Translator, node: nodes.literal) -> str:
    """Return inline code, or a key of a keyboard."""
    if "kbd" in node["classes"]:
        return call("key", string(node.astext()))
    return call("code", string(re.sub(r"\s*\n\s*", " ", node.astext())))


@renders("manpage")
def manpage(translator: Translator, node: nodes.Element) -> str:
    """Return the name of a manual page."""
    return call("emph", string(node.astext()))


@renders("abbreviation", "acronym")
def abbreviation(translator: Translator, node: nodes.Element) -> str:
    """Return an abbreviation, explained where it comes first: paper shows no tooltip."""
    short = node.astext()
    explanation = node.get("explanation")
    if not explanation or short in translator.explained:
        return translator.children(node)
    translator.explained.add(short)
    return sequence([translator.children(node), string(f" ({explanation})")])


@renders("sd_badge")
def badge(translator: Translator, node: nodes.Element) -> str:
    """Return a badge of sphinx-design in the colour that its classes name."""
    colour = re.compile(r"sd-(?:badge|bg|outline)-(?:text-)?(\w+)")
    kinds = [match[1] for name in node["classes"] if (match := colour.fullmatch(name))]
    return call("badge", string(kinds[0] if kinds else "primary"), string(node.astext()))


@renders("raw")
def raw(translator: Translator, node: nodes.raw) -> str:
    """Return raw Typst; of raw HTML, the box of a task that MyST makes."""
    formats = node.get("format", "").split()
    if "typst" in formats:
        return f"[{node.astext()}]"
    if "html" in formats and "task-list-item-checkbox" in node.astext():
        return string("☑ " if "checked=" in node.astext() else "☐ ")
    return ""


@renders("math")
def math(translator: Translator, node: nodes.math) -> str:
    """Return a formula within a line."""
    from .formulas import formula

    return formula(node.astext(), node, block=False)


@renders("image")
def image(translator: Translator, node: nodes.image) -> str:
    """Return a picture, on the line if text stands beside it."""
    return picture(translator, node, alt=node.get("alt"))


def lone(node: nodes.image) -> bool:
    """Whether no text stands beside a picture, or beside the link that it is."""
    parent: nodes.Element = node.parent
    while len(parent) == 1 and issubclass(type(parent), nodes.Inline):
        parent = parent.parent
    return not isinstance(parent, nodes.TextElement) or len(parent) == 1


def picture(translator: Translator, node: nodes.image, alt: str | None) -> str:
    """Return a picture with its text alternative, without which no tagged PDF is made."""
    uri = str(node["uri"])
    name = translator.builder.images.get(uri)
    if name is None:
        return string(alt or "")  # a missing or foreign image, of which Sphinx has warned
    if not alt:
        from .translator import logger

        message = "image without alternative text: %s"
        logger.warning(message, uri, type="typst", subtype="alt", location=node)
    function = "picture" if lone(node) else "inline-picture"
    sizes = {key: length(node.get(key)) for key in ("width", "height")}
    if (width := sizes["width"] or "").endswith("pt") and float(width[:-2]) > TEXT_WIDTH_PT:
        sizes = {"width": "100%"}
    path, alternative = string(f"images/{name}"), string(alt or name)
    body = call(function, path, alternative, **sizes)
    if scale := node.get("scale"):
        body = call("scale", f"{scale}%", body, reflow="true")
    return body


def length(value: str | None) -> str | None:
    """Return a length of docutils as one of Typst; a pixel is 3/4 of a point."""
    match = re.fullmatch(r"([\d.]+)\s*(%|px|pt|cm|mm|in|em|pc|ex)?", value or "")
    if not match:
        return None
    number, unit = float(match[1]), match[2] or "px"
    factor, name = {"px": (0.75, "pt"), "pc": (12, "pt"), "ex": (0.5, "em")}.get(unit, (1, unit))
    return f"{number * factor:g}{name}"


@renders(
    *("comment", "meta", "substitution_definition", "system_message", "index", "toctree"),
    *("tabular_col_spec", "highlightlang", "pending", "decoration", "sd_icon", "colspec"),
)
def nothing(translator: Translator, node: nodes.Node) -> str:
    """Return nothing: such a node is not meant for readers, or an ornament."""
    return ""
