"""Code in the colours of the site's Pygments style."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from pygments.filters import ErrorToken
from sphinx.builders import Builder
from sphinx.highlighting import PygmentsBridge
from sphinx.util import logging

from .literals import array, dictionary, string

logger = logging.getLogger(__name__)


class Highlighting:
    """Turns code into lines of tokens; a token is the number of its look, and its text."""

    def __init__(self, builder: Builder) -> None:
        name = builder.config.pygments_style or "default"
        self._bridge = PygmentsBridge("html", name)
        self._style = self._bridge.get_style(name)
        self._looks: dict[str, int] = {}

    def lines(self, text: str, language: str, node: nodes.Element) -> list[str]:
        """Return the lines of code, each an array of tokens."""
        lines: list[list[tuple[int, str]]] = [[]]
        for kind, value in self._tokens(text, language, node):
            while not self._style.styles_token(kind):  # a lexer may have kinds of its own
                kind = kind.parent
            look = self._look(self._style.style_for_token(kind))
            first, *rest = value.split("\n")
            _add(lines[-1], look, first)
            for part in rest:
                lines.append([])
                _add(lines[-1], look, part)
        while lines and not lines[-1]:
            lines.pop()  # lexers end with a line of nothing
        tokens = [[f"({look}, {string(value)})" for look, value in line] for line in lines]
        return [array(line or ['(0, "")']) for line in tokens] or [array(['(0, "")'])]

    def _tokens(self, text: str, language: str, node: nodes.Element) -> list[tuple[Any, str]]:
        """Return kinds and texts; what is not in its language is a warning, as it is in HTML."""
        arguments: dict[str, Any] = node.get("highlight_args", {})
        options = arguments.get("opts", {})
        force = bool(node.get("force"))
        lexer = self._bridge.get_lexer(text, language, options, force=force, location=node)
        try:
            return list(lexer.get_tokens(text))
        except ErrorToken as error:
            if language == "default":
                language = "none"  # nobody said that it is Python
            else:
                message = "code is not %s at %s: it is coloured as far as it can be"
                kind: dict[str, Any] = {"type": "misc", "subtype": "highlighting_failure"}
                logger.warning(message, language, error, location=node, **kind)
            lexer = self._bridge.get_lexer(text, language, options, force=True, location=node)
            return list(lexer.get_tokens(text))

    def looks(self) -> str:
        """Return what Typst's `text` takes for each look that was used, in their order."""
        return array(self._looks)

    def _look(self, style: dict[str, object]) -> int:
        """Return the number of a look, 0 for plain text."""
        given = {}
        if style["color"]:
            given["fill"] = f'rgb("#{style["color"]}")'
        if style["bold"]:
            given["weight"] = "600"
        if style["italic"]:
            given["style"] = '"italic"'
        if not given:
            return 0
        return self._looks.setdefault(dictionary(given), len(self._looks) + 1)


def _add(line: list[tuple[int, str]], look: int, text: str) -> None:
    """Add text to a line; neighbours of one look, and spaces, are one token."""
    if not text:
        return
    if line and (line[-1][0] == look or text.isspace()):
        look, before = line.pop()
        text = before + text
    line.append((look, text))
