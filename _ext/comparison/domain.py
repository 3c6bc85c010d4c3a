"""The Sphinx domain `cmp`: cross-references, and the note of which page shows what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from typing import Any, ClassVar, NamedTuple

from docutils import nodes
from docutils.parsers.rst import Directive
from examples.load import EXAMPLES
from examples.results import RESULTS_FILE
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
from .store import ComparisonStore

logger = logging.getLogger(__name__)

INDEX_PAGE = "index"


class Place(NamedTuple):
    """Where an object stands, and its name in words."""

    docname: str
    anchor: str
    title: str


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
        kind: ComparisonRole(warn_dangling=True, innernodeclass=nodes.inline)
        for kind in object_types
    }
    directives: ClassVar[dict[str, type[Directive]]] = {**DIRECTIVES}
    initial_data: ClassVar[dict[str, Any]] = {"objects": {}}
    data_version = 2
    dangling_warnings: ClassVar[dict[str, str]] = {
        kind: f"unknown {kind}: %(target)s" for kind in object_types
    }

    comparisons: ComparisonStore
    """The comparisons by id, set before any page is read; never pickled."""

    @property
    def objects(self) -> dict[tuple[str, str], dict[str, Place]]:
        """Where each object stands, by kind and full name, then by page: it should be one page."""
        return self.data["objects"]  # type: ignore[no-any-return]

    # What pages are part of

    def comparison_of(self, docname: str, name: str | None = None) -> Comparison | None:
        """Return the comparison that `name` says, else the one in whose folder the page is."""
        root = self.docname("", "").rstrip("/") + "/"
        if name is None and docname.startswith(root):
            name = docname.removeprefix(root).partition("/")[0]
        return self.comparisons.get(name) if name else None

    def docname(self, comparison_id: str, page: str) -> str:
        """Return the docname of a page of a comparison."""
        return f"{self.env.config.comparison_root}/{comparison_id}/{page}"

    # What pages note while they are read

    def note_data(self, comparison: Comparison, *topics: Topic) -> None:
        """Note that the page being read shows the comparison's data and that of the topics."""
        files = dict.fromkeys([COMPARISON_FILE, SOURCES_FILE])
        for topic in topics:
            files[f"{topic.id}.toml"] = None
            for claim in topic.data.claims:
                for program in filter(None, (item.program for item in claim.evidence)):
                    side = comparison.programs[program].sides[claim.subject]
                    files |= dict.fromkeys([f"{EXAMPLES}/{RESULTS_FILE}", *side.files])
        for file in files:
            self.env.note_dependency(str(comparison.folder / file))

    def note_object(self, kind: str, comparison: Comparison, id_: str, anchor: str) -> None:
        """Note an object's place; warn if it has one already."""
        title = {
            "comparison": lambda: comparison.data.title,
            "topic": lambda: next(topic.title for topic in comparison.topics if topic.id == id_),
            "claim": lambda: re.sub(r"[`*]", "", comparison.claims[id_][1].text),
            "feature": lambda: comparison.features[id_][1].name,
            "subject": lambda: comparison.subjects[id_].name,
            "source": lambda: comparison.sources[id_].title,
        }[kind]()
        places = self.objects.setdefault((kind, f"{comparison.id}/{id_}"), {})
        places[self.env.docname] = Place(self.env.docname, anchor, title)

    # What Sphinx asks of a domain

    def clear_doc(self, docname: str) -> None:
        """Forget what a page noted."""
        for key in [key for key, places in self.objects.items() if docname in places]:
            del self.objects[key][docname]
            if not self.objects[key]:
                del self.objects[key]

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process noted for its pages."""
        for key, places in otherdata["objects"].items():
            for docname in places.keys() & docnames:
                self.objects.setdefault(key, {})[docname] = places[docname]

    def check_consistency(self) -> None:
        """Warn of objects on several pages, and of claims and features that no page places."""
        for (kind, name), places in sorted(self.objects.items()):
            if len(places) > 1:
                first, *others = sorted(places)
                _warn(f"{kind} {name} is placed on {', '.join(others)} too", first)
        for name in sorted(self.comparisons.changed):
            comparison = self.comparisons[name]
            for kind, records in (("claim", comparison.claims), ("feature", comparison.features)):
                for id_, (topic, _record) in records.items():
                    if (kind, f"{name}/{id_}") not in self.objects:
                        page = self.docname(name, topic.id)
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
        place = self._find(typ, target)
        if place is None:
            return None
        if not node["refexplicit"]:
            contnode = nodes.inline("", place.title, classes=["xref", f"cmp-{typ}"])
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
        """Yield every object that a page places, for the inventory and the search index."""
        for (kind, name), places in sorted(self.objects.items()):
            place = min(places.values())
            # The bibliography's own entries are found by the search already.
            priority = -1 if kind == "source" else 1
            yield (name, place.title, kind, place.docname, place.anchor, priority)

    def _find(self, kind: str, name: str) -> Place | None:
        """Return where an object stands, if it exists and a page places it."""
        if kind in ("claim", "feature", "subject", "source"):
            return min(self.objects.get((kind, name), {}).values(), default=None)
        comparison_id, _, id_ = name.partition("/")
        comparison = self.comparisons.get(comparison_id)
        if comparison is None:
            return None
        topics = {topic.id: topic.title for topic in comparison.topics}
        titles = topics if kind == "topic" else {"": comparison.data.title}
        page = self.docname(comparison_id, id_ or INDEX_PAGE)
        return Place(page, "", titles[id_]) if id_ in titles else None


def _warn(message: str, docname: str) -> None:
    logger.warning(message, location=docname, type="cmp", subtype="place")
