"""Handlers of containers, and of the components that sphinx-design makes of them.

The components are told by their attribute, so that sphinx-design need not be installed.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from docutils import nodes

from .listings import captioned_listing
from .literals import array, call, sequence, string
from .references import link_around
from .translator import Translator, renders

DEFAULT_COLUMNS = 2
MOST_COLUMNS = 3
"""More columns than this leave no room for text on a page of paper."""

_COLUMNS = re.compile(r"sd-row-cols-(?:xs|sm|md|lg)-(\d+)")


@renders("container")
def container(translator: Translator, node: nodes.container) -> str:
    """Return a container in the look of its classes, or a component."""
    if node.get("literal_block"):
        return translator.styled(node, captioned_listing(translator, node))
    component = _COMPONENTS.get(node.get("design_component", ""))
    if component:
        return component(translator, node)
    return translator.styled(node, translator.children(node))


@renders("PassthroughTextElement")
def passthrough(translator: Translator, node: nodes.Element) -> str:
    """Return what sphinx-design only wraps."""
    return translator.children(node)


@renders("fontawesome")
def icon(translator: Translator, node: nodes.Element) -> str:
    """Return nothing, as for any icon: it stands for no text, and its font is not here."""
    return '""'


def _grid_row(translator: Translator, node: nodes.Element) -> str:
    given = [int(match[1]) for name in node["classes"] if (match := _COLUMNS.fullmatch(name))]
    columns = min(max(given, default=DEFAULT_COLUMNS), MOST_COLUMNS, max(len(node.children), 1))
    items = [_grid_item(translator, item) for item in node.children]
    return call("cards", str(columns), *items)


def _grid_item(translator: Translator, item: nodes.Node) -> str:
    """Return whether an item of a grid is one card, and its content."""
    children = item.children
    if len(children) == 1 and _component(children[0]) == "card":
        assert isinstance(children[0], nodes.Element)
        body = call("card-content", *_card_parts(translator, children[0]))
        anchors = [translator.anchors(item), translator.anchors(children[0])]
        return array(["true", sequence([*anchors, body])])
    return array(["false", translator.children(item)])


def _card(translator: Translator, node: nodes.Element) -> str:
    return translator.styled(node, call("card", *_card_parts(translator, node)))


def _card_parts(translator: Translator, node: nodes.Element) -> list[str]:
    """Return the arguments of a card: its parts, and last its body."""
    named: dict[str, str] = {}
    body: list[str] = []
    stretched: nodes.reference | None = None
    title: nodes.Element | None = None
    for child in node.children:
        component = _component(child)
        if component in ("card-header", "card-footer"):
            named["head" if component == "card-header" else "foot"] = translator.children(child)
        elif component == "card-body":
            for part in child.children:
                if _component(part) == "card-title" and isinstance(part, nodes.Element):
                    title = part
                else:
                    body.append(translator.code(part))
        elif type(child).__name__ == "PassthroughTextElement":
            # The link over the whole card; it has no text of its own.
            stretched = next(iter(child.findall(nodes.reference)), None)
        else:
            body.append(translator.code(child))
    if title is not None:
        named["title"] = translator.children(title)
    if stretched is not None:
        shown = named.get("title", string(stretched.astext()))
        named["title"] = link_around(translator, stretched, shown)
    return [*(f"{key}: {value}" for key, value in named.items()), sequence(body)]


def _tab_set(translator: Translator, node: nodes.Element) -> str:
    """Return all tabs, one after the other under their labels."""
    tabs = []
    for item in node.children:
        label, content = item.children[0], item.children[1]
        body = translator.children(content)
        tabs.append(call("tab", translator.children(label), body))
    return sequence(tabs)


def _dropdown(translator: Translator, node: nodes.Element) -> str:
    """Return what a drop-down hides, in full."""
    children = list(node.children)
    has_title = node.get("has_title") and children and isinstance(children[0], nodes.rubric)
    title = translator.children(children.pop(0)) if has_title else '""'
    return call("admonition", string("dropdown"), title, translator.codes(children))


def _component(node: nodes.Node) -> str:
    return str(node.get("design_component", "")) if isinstance(node, nodes.Element) else ""


_COMPONENTS: dict[str, Callable[[Translator, nodes.Element], str]] = {
    "grid-row": _grid_row,
    "card": _card,
    "tab-set": _tab_set,
    "dropdown": _dropdown,
}
