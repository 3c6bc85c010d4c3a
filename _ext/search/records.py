"""Owns what can be found: a page taken apart into records, each with an address of its own.

A record is a section without those below it, or a unit in one: an entry of a glossary, a
source, and what another extension names by `Facets`. Knows docutils; must not know the engine.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from docutils import nodes
from sphinx import addnodes

#: The properties by which a reader can narrow a search, of the unit at one anchor; "title" is
#: its name instead, where that is not what the unit begins with.
Facets = Mapping[str, list[str]]

PAGE, GLOSSARY, SOURCE = "Page", "Glossary", "Source"

# What is shown but says nothing, or is no text at all.
_SILENT = (
    nodes.comment,
    nodes.Invisible,
    nodes.raw,
    nodes.system_message,
    addnodes.index,
    addnodes.toctree,
)
# What is folded away on the page: evidence, long outputs.
_FOLDED = nodes.admonition


@dataclass
class Record:
    """One thing that a search can find."""

    docname: str
    anchor: str
    """Empty for the page as a whole."""

    section: str
    """The anchor of the section in which it stands; its own, if it is one."""

    title: str
    way: list[str]
    """The titles of the page and of the sections around, outermost first."""

    facets: dict[str, list[str]]
    names: list[str] = field(default_factory=list)
    """What else it is called; in a glossary these are synonyms."""

    lead: list[str] = field(default_factory=list)
    """The sentences that say what it is about."""

    text: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    folded: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return asdict(self)


def records_of(
    docname: str,
    doctree: nodes.document,
    description: str,
    facets: Mapping[str, Facets],
    ignored: Collection[str] = (),
) -> list[Record]:
    """Return the records of a page in its order.

    `facets` are by anchor, "" for the whole page; what has one of the classes `ignored` is left
    out, as lists that repeat what stands elsewhere.
    """
    sections = [node for node in doctree.children if isinstance(node, nodes.section)]
    found: list[Record] = []
    for number, section in enumerate(sections):
        reader = _Reader(docname, facets, frozenset(ignored), found)
        top = reader.section(section, [], is_page=number == 0)
        if number == 0:
            top.lead.insert(0, description)
            below = [one.title for one in found[1:] if one.anchor == one.section]
            top.text.append(" · ".join(below))
    return found


class _Reader:
    """Walks through a section once, and notes records as it meets them."""

    def __init__(
        self,
        docname: str,
        facets: Mapping[str, Facets],
        ignored: frozenset[str],
        found: list[Record],
    ) -> None:
        self._docname = docname
        self._facets = facets
        self._ignored = ignored
        self._found = found

    def section(self, node: nodes.section, way: list[str], *, is_page: bool = False) -> Record:
        title = _words(node.next_node(nodes.title))
        anchor = "" if is_page else node["ids"][0]
        record = self._note(anchor, title, way, PAGE, anchor)
        self._read(node, record, [*way, title])
        return record

    def _note(self, anchor: str, title: str, way: list[str], kind: str, section: str) -> Record:
        own = {"kind": [kind], **self._facets.get("", {}), **self._facets.get(anchor, {})}
        facets = {name: list(values) for name, values in own.items()}
        # A name that is known better than the page shows it.
        title = "".join(facets.pop("title", ())) or title
        record = Record(self._docname, anchor, section, title, way, facets)
        self._found.append(record)
        return record

    def _read(self, node: nodes.Element, record: Record, way: list[str]) -> None:
        for child in node.children:
            if isinstance(child, nodes.Element):
                self._read_element(child, record, way)

    def _read_element(self, child: nodes.Element, record: Record, way: list[str]) -> None:
        if isinstance(child, _SILENT) or self._ignored.intersection(child.get("classes", ())):
            return
        if isinstance(child, nodes.section):
            self.section(child, way)
        elif isinstance(child, nodes.citation):
            self._source(child, record, way)
        elif isinstance(child, nodes.definition_list) and "glossary" in child["classes"]:
            self._glossary(child, record, way)
        elif named := self._facets.keys() & set(child.get("ids", ())):
            self._unit(child, min(named), record, way)
        elif isinstance(child, nodes.title) and isinstance(child.parent, nodes.section):
            pass  # it is the record's title
        else:
            self._text(child, record, way)

    def _text(self, child: nodes.Element, record: Record, way: list[str]) -> None:
        if isinstance(child, nodes.literal_block):
            record.code.append(child.astext().strip())
        elif isinstance(child, _FOLDED) and child.get("collapsible"):
            record.folded.extend(_texts(child))
        elif isinstance(child, nodes.TextElement):
            record.text.append(_words(child))
        else:
            self._read(child, record, way)

    def _unit(self, node: nodes.Element, anchor: str, around: Record, way: list[str]) -> None:
        """Read what another extension named: its first words lead, here and in its section."""
        unit = self._note(anchor, "", way, PAGE, around.section)
        self._read(node, unit, way)
        unit.title = unit.title or (unit.text or [""])[0]
        if unit.text and unit.text[0] == unit.title:
            del unit.text[0]
        around.text.append(unit.title)

    def _glossary(self, node: nodes.definition_list, around: Record, way: list[str]) -> None:
        for entry in node.findall(nodes.definition_list_item):
            terms = [child for child in entry.children if isinstance(child, nodes.term)]
            names = [_words(term) for term in terms]
            anchor = next(one for term in terms for one in term["ids"])
            record = self._note(anchor, names[0], way, GLOSSARY, around.section)
            record.names = names[1:]
            record.text = [
                text for child in entry.children if child not in terms for text in _texts(child)
            ]

    def _source(self, node: nodes.citation, around: Record, way: list[str]) -> None:
        label, *content = node.children
        texts = [text for child in content for text in _texts(child)]
        record = self._note(node["ids"][0], texts[0], way, SOURCE, around.section)
        record.names = [label.astext()]
        record.text = texts


def _texts(node: nodes.Node) -> Iterator[str]:
    """Yield the text of each block in a node."""
    if isinstance(node, _SILENT):
        return
    if isinstance(node, nodes.TextElement):
        yield _words(node)
        return
    for child in node.children:
        yield from _texts(child)


def _words(node: nodes.Node | None) -> str:
    return " ".join(node.astext().split()) if node else ""
