"""The Sphinx domain `cmp`: cross-references, and the note of which page shows what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from typing import Any, ClassVar, NamedTuple

from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.addnodes import pending_xref
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.roles import XRefRole
from sphinx.util import logging
from sphinx.util.nodes import make_refnode
from sphinx.util.typing import RoleFunction

from .directives import DIRECTIVES
from .model import COMPARISON_FILE, SOURCES_FILE, Comparison, Topic

logger = logging.getLogger(__name__)

INDEX_PAGE = "index"


class Place(NamedTuple):
    """Where an object stands."""

    docname: str
    anchor: str


class ComparisonRole(XRefRole):
    """A cross-reference within the page's comparison; `other:id` reaches into another one."""

    def process_link(
        self,
        env: BuildEnvironment,
        refnode: nodes.Element,
        has_explicit_title: bool,
        title: str,
        target: str,
    ) -> tuple[str, str]:
        """Qualify the target with its comparison, and note the data file that holds its text."""
        domain = env.domains["cmp"]
        assert isinstance(domain, ComparisonDomain)
        named, _, id_ = target.rpartition(":")
        if refnode["reftype"] == "comparison":
            named, id_ = target, ""
        comparison = domain.comparison_of(env.docname, named or None)
        if comparison is None:
            return title, target
        kind = refnode["reftype"]
        topics = {("topic", topic.id): topic for topic in comparison.topics}
        topics |= {("feature", name): topic for name, (topic, _) in comparison.features.items()}
        topics |= {("claim", name): topic for name, (topic, _) in comparison.claims.items()}
        topic = topics.get((kind, id_))
        domain.note_data(comparison, *([topic] if topic else []))
        return title, f"{comparison.id}/{id_}"


class ComparisonDomain(Domain):
    """Objects of all comparisons, named `<comparison>/<id>`."""

    name = "cmp"
    label = "Technology comparison"
    object_types: ClassVar[dict[str, ObjType]] = {
        "comparison": ObjType("comparison", "comparison"),
        "topic": ObjType("topic", "topic"),
        "feature": ObjType("feature", "feature"),
        "claim": ObjType("claim", "claim"),
        "subject": ObjType("subject", "subject"),
        "source": ObjType("source", "source"),
    }
    roles: ClassVar[dict[str, RoleFunction | XRefRole]] = {
        kind: ComparisonRole(warn_dangling=True) for kind in object_types
    }
    directives: ClassVar[dict[str, type[Directive]]] = {**DIRECTIVES}
    initial_data: ClassVar[dict[str, Any]] = {"objects": {}, "bibliographies": {}}
    data_version = 1
    dangling_warnings: ClassVar[dict[str, str]] = {
        kind: f"unknown {kind}: %(target)s" for kind in object_types
    }

    comparisons: dict[str, Comparison]
    """The loaded comparisons by id, set before any page is read; never pickled."""

    @property
    def objects(self) -> dict[tuple[str, str], Place]:
        """Where each object that a directive placed stands, by kind and full name."""
        return self.data["objects"]  # type: ignore[no-any-return]

    @property
    def bibliographies(self) -> dict[str, str]:
        """The page with the bibliography of each comparison."""
        return self.data["bibliographies"]  # type: ignore[no-any-return]

    # What pages are part of

    def comparison_of(self, docname: str, name: str | None = None) -> Comparison | None:
        """Return the comparison that `name` says, else the one in whose folder the page is."""
        if name:
            return self.comparisons.get(name)
        for comparison in self.comparisons.values():
            if docname.startswith(self.docname(comparison, "")):
                return comparison
        return None

    def docname(self, comparison: Comparison, page: str) -> str:
        """Return the docname of a page of a comparison."""
        folder = comparison.folder.relative_to(self.env.srcdir)
        return f"{folder.as_posix()}/{page}"

    # What pages note while they are read

    def note_data(self, comparison: Comparison, *topics: Topic) -> None:
        """Note that the page being read shows the comparison's data and that of the topics."""
        files = [COMPARISON_FILE, SOURCES_FILE]
        for topic in topics:
            files += [f"{topic.id}.toml", f"{topic.id}.md"]
        for file in files:
            self.env.note_dependency(str(comparison.folder / file))

    def note_object(self, kind: str, comparison: Comparison, id_: str, anchor: str) -> None:
        """Note an object's place; warn if it has one already."""
        key = (kind, f"{comparison.id}/{id_}")
        place = Place(self.env.docname, anchor)
        other = self.objects.get(key)
        if other and other.docname != place.docname:
            _warn(f"{kind} {id_} is already placed on the page {other.docname}", place.docname)
        self.objects[key] = place

    def note_bibliography(self, comparison: Comparison) -> None:
        """Note that the page being read is the comparison's bibliography."""
        self.bibliographies[comparison.id] = self.env.docname

    # What Sphinx asks of a domain

    def clear_doc(self, docname: str) -> None:
        """Forget what a page noted."""
        for key in [key for key, place in self.objects.items() if place.docname == docname]:
            del self.objects[key]
        for name in [name for name, page in self.bibliographies.items() if page == docname]:
            del self.bibliographies[name]

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process noted for its pages."""
        for key, place in otherdata["objects"].items():
            if place.docname in docnames:
                other = self.objects.get(key)
                if other and other.docname != place.docname:
                    kind, name = key
                    _warn(f"{kind} {name} is also placed on {other.docname}", place.docname)
                self.objects[key] = place
        for key, page in otherdata["bibliographies"].items():
            if page in docnames:
                self.bibliographies[key] = page

    def check_consistency(self) -> None:
        """Warn of claims and features that no page places: nobody could read their evidence."""
        for comparison in self.comparisons.values():
            for kind, records in (("claim", comparison.claims), ("feature", comparison.features)):
                for id_, (topic, _record) in records.items():
                    if (kind, f"{comparison.id}/{id_}") not in self.objects:
                        page = self.docname(comparison, topic.id)
                        _warn(f"{kind} {id_} is placed on no page; expected it on this one", page)

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        """Resolve a reference; its text is the object's name in words unless it has its own."""
        place = self._place(typ, target)
        if place is None:
            return None
        if not node["refexplicit"]:
            contnode = nodes.inline("", self._title(typ, target), classes=["xref", f"cmp-{typ}"])
        return make_refnode(builder, fromdocname, place.docname, place.anchor, contnode)

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Take no part in the `any` role: ids are meant within one comparison."""
        return []

    def get_objects(self) -> Iterable[tuple[str, str, str, str, str, int]]:
        """Yield every object that has a place, for the inventory and the search index."""
        for kind, name in self._names():
            place = self._place(kind, name)
            if place:
                title = self._title(kind, name)
                yield (name, title, kind, place.docname, place.anchor, 1)

    def _names(self) -> Iterator[tuple[str, str]]:
        for comparison in self.comparisons.values():
            yield "comparison", f"{comparison.id}/"
            for topic in comparison.topics:
                yield "topic", f"{comparison.id}/{topic.id}"
        yield from sorted(self.objects)

    def _place(self, kind: str, name: str) -> Place | None:
        """Return where an object stands, if it exists and a page places it."""
        comparison_id, _, id_ = name.partition("/")
        comparison = self.comparisons.get(comparison_id)
        if comparison is None:
            return None
        if kind == "comparison":
            return Place(self.docname(comparison, INDEX_PAGE), "")
        if kind == "topic":
            known = any(topic.id == id_ for topic in comparison.topics)
            return Place(self.docname(comparison, id_), "") if known else None
        if kind == "source":
            page = self.bibliographies.get(comparison_id)
            known = id_ in comparison.sources
            return Place(page, f"cite-{id_}") if page and known else None
        return self.objects.get((kind, name))

    def _title(self, kind: str, name: str) -> str:
        """Return an object's name in words."""
        comparison_id, _, id_ = name.partition("/")
        comparison = self.comparisons[comparison_id]
        match kind:
            case "topic":
                return next(topic.title for topic in comparison.topics if topic.id == id_)
            case "feature":
                return comparison.features[id_][1].name
            case "claim":
                return re.sub(r"[`*]", "", comparison.claims[id_][1].text)
            case "subject":
                return comparison.subjects[id_].name
            case "source":
                return comparison.sources[id_].title
            case _:
                return comparison.data.title


def _warn(message: str, docname: str) -> None:
    logger.warning(message, location=docname, type="cmp", subtype="place")
