"""Turns a doctree into one Typst expression.

A handler returns the code of one kind of node; handlers are found by the names of the node's
class and its bases. An extension brings its own by `app.add_node(node, typst=(handler, None))`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util import logging

from .literals import array, call, sequence, string

if TYPE_CHECKING:
    from sphinx.builders import Builder

    from .highlight import Highlighting

logger = logging.getLogger(__name__)

Handler = Callable[["Translator", Any], str]

HANDLERS: dict[str, Handler] = {}
"""The handlers of this package, by the name of a node class."""

PAGE_ANCHOR = ""
"""The id that stands for the beginning of a page."""


def renders(*names: str) -> Callable[[Handler], Handler]:
    """Register the handler of the node classes of these names."""

    def register(handler: Handler) -> Handler:
        HANDLERS.update(dict.fromkeys(names, handler))
        return handler

    return register


class Translator:
    """Translates the tree of one document, made of several pages."""

    def __init__(self, builder: Builder, start: str, highlighting: Highlighting) -> None:
        self.builder = builder
        self.config = builder.config
        self.highlighting = highlighting
        self.docname = start
        self.file_depth = 0
        self.section_depth = 0
        self.deepest_page = 1
        self.joins = False
        """Whether the present page follows the one before on its sheet of paper."""
        self.defined: set[str] = set()
        self.linked: dict[str, nodes.Node] = {}
        self.footnotes: dict[str, nodes.footnote] = {}
        self.footnotes_shown: set[str] = set()
        self.explained: set[str] = set()
        self.citations: dict[str, int] = {}
        """The number of each citation, by its label in the document."""
        self.citation_titles: dict[str, str] = {}
        self.pages: set[str] = set()
        self._unknown: set[str] = set()
        own: dict[str, Any] = builder._registry.translation_handlers.get("typst", {})
        self._handlers: dict[str, Handler] = HANDLERS | {
            name: visit for name, (visit, _) in own.items()
        }

    # What handlers call

    def code(self, node: nodes.Node) -> str:
        """Return the code of a node, with an anchor for each of its ids."""
        handler = self._handler(node)
        anchors = "" if handler in OWN_ANCHORS else self.anchors(node)
        return sequence([anchors, handler(self, node)]) if anchors else handler(self, node)

    def codes(self, children: Iterable[nodes.Node]) -> str:
        """Return the code of nodes one after the other."""
        return sequence(self.code(child) for child in children)

    def children(self, node: nodes.Node) -> str:
        """Return the code of what a node holds."""
        return self.codes(node.children)

    def label(self, id_: str) -> str:
        """Return the name of a place on the present page."""
        return f"{self.docname}:{id_}"

    def define(self, ids: Sequence[str]) -> list[str]:
        """Note places of the present page that now get an anchor; return the new ones."""
        new = [name for name in dict.fromkeys(map(self.label, ids)) if name not in self.defined]
        self.defined.update(new)
        return new

    def anchors(self, node: nodes.Node) -> str:
        """Return anchors for the ids of a node, or nothing."""
        ids: list[str] = node.get("ids", []) if isinstance(node, nodes.Element) else []
        names = self.define(ids)
        return ";".join(call("anchor", string(name)) for name in names)

    def link(self, name: str, body: str, node: nodes.Node) -> str:
        """Return a link to a place of the document."""
        self.linked.setdefault(name, node)
        return call("xref", string(name), body)

    def styled(self, node: nodes.Element, body: str) -> str:
        """Let the project's style have its say on a node with classes."""
        given: list[str] = node.get("classes", [])
        classes = [name for name in given if not name.startswith("sd-")]
        return call("styled", array(map(string, classes)), body) if classes else body

    def page_level(self) -> int:
        """Return the heading level of the present page's title."""
        return max(1, self.file_depth)

    # Finding handlers

    def _handler(self, node: nodes.Node) -> Handler:
        for class_ in type(node).__mro__:
            if handler := self._handlers.get(class_.__name__):
                return handler
        name = type(node).__name__
        if name not in self._unknown:
            self._unknown.add(name)
            message = "unknown node %s: only its text is printed"
            logger.warning(message, name, type="typst", subtype="node", location=node)
        return unknown


def unknown(translator: Translator, node: nodes.Node) -> str:
    """Return what can be said of a node that no handler knows: what it holds, or its text."""
    return translator.children(node) if node.children else string(node.astext())


OWN_ANCHORS: set[Handler] = set()
"""Handlers that place the anchors of their node themselves."""


def places_anchors(handler: Handler) -> Handler:
    """Mark a handler that places the anchors of its node itself."""
    OWN_ANCHORS.add(handler)
    return handler
