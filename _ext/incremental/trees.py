"""Owns the workarounds that walk through doctrees in less time.

A page is searched some fifty times between its reading and its writing, by transforms that
mostly find nothing, and visited a few times more.  Each lever gives the same result as what
it replaces, and was measured to help, in CPU seconds (bench/README.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from docutils import nodes
from docutils.nodes import Node, NodeVisitor
from sphinx.transforms import SphinxSmartQuotes

#: What a typographer may change: quotation marks, dashes, ellipses, and escapes of these.
_ACTIVE = re.compile(r"""["'`\\\x00]|--|\.\.\.|\. \. \.|&#|&quot;""")


def install() -> None:
    """Put the levers in place."""
    _search_in_a_loop()
    _visit_without_messages()
    _leave_plain_text_alone()


def _search_in_a_loop() -> None:
    """Search a tree by one generator, not by one for each node, through all of which pass results.

    The order is the same, and so is what a loop sees that changes the tree: children are asked
    for one by one, those of a node after it was yielded.  Delete it when docutils does so.
    """
    findall: Any = Node.findall

    def find(
        self: Node,
        condition: Any = None,
        include_self: bool = True,
        descend: bool = True,
        siblings: bool = False,
        ascend: bool = False,
    ) -> Iterator[Any]:
        if not (include_self and descend) or siblings or ascend:
            found: Iterator[Any] = findall(self, condition, include_self, descend, siblings, ascend)
            return found
        if condition is None or isinstance(condition, type):
            return _of_class(self, condition or Node)
        return _matching(self, condition)

    node: Any = Node
    node.findall = find


def _of_class(root: Node, cls: type[Any]) -> Iterator[Any]:
    if isinstance(root, cls):
        yield root
    above: list[Iterator[Node]] = []
    children: Iterator[Node] = iter(root.children)
    while True:
        for child in children:
            if isinstance(child, cls):
                yield child
            if child.children:
                above.append(children)
                children = iter(child.children)
                break
        else:
            if not above:
                return
            children = above.pop()


def _matching(root: Node, condition: Callable[[Node], object]) -> Iterator[Any]:
    # As above; a function that checks the class would cost as much as the search.
    if condition(root):
        yield root
    above: list[Iterator[Node]] = []
    children: Iterator[Node] = iter(root.children)
    while True:
        for child in children:
            if condition(child):
                yield child
            if child.children:
                above.append(children)
                children = iter(child.children)
                break
        else:
            if not above:
                return
            children = above.pop()


def _visit_without_messages() -> None:
    """Visit nodes without a debug message for each, which is made and then thrown away.

    Where messages are wanted they are made.  Delete it when docutils makes them only then.
    """
    walkabout: Any = Node.walkabout

    def quiet(self: Node, visitor: NodeVisitor) -> bool:
        if visitor.document.reporter.debug_flag:
            stopped: bool = walkabout(self, visitor)
            return stopped
        departs = True
        stop = False
        try:
            try:
                visitor.dispatch_visit(self)
            except nodes.SkipNode:
                return stop
            except nodes.SkipDeparture:
                departs = False
            try:
                for child in self.children[:]:
                    if child.walkabout(visitor):
                        stop = True
                        break
            except nodes.SkipSiblings:
                pass
        except nodes.SkipChildren:
            pass
        except nodes.StopTraversal:
            stop = True
        if departs:
            visitor.dispatch_departure(self)
        return stop

    node: Any = Node
    node.walkabout = quiet


def _leave_plain_text_alone() -> None:
    """Give the typographer only blocks of text that have a quotation mark, a dash or an ellipsis.

    Sphinx asks all ancestors of every text, docutils passes it through twenty replacements, and
    puts a new node in its place, be it the same.  Delete it when docutils looks first.
    """
    get_tokens = SphinxSmartQuotes.get_tokens

    def active_tokens(
        self: SphinxSmartQuotes, texts: list[nodes.Text]
    ) -> Iterable[tuple[str, str]]:
        return get_tokens(self, texts) if any(map(_ACTIVE.search, texts)) else ()

    transform: Any = SphinxSmartQuotes
    transform.get_tokens = active_tokens
