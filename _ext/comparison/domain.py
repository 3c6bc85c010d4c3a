"""The Sphinx domain `cmp`: cross-references, and the note of which page shows what."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Set
from typing import Any, ClassVar, NamedTuple

from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.addnodes import pending_xref
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.errors import NoUri
from sphinx.roles import XRefRole
from sphinx.util import logging
from sphinx.util.nodes import make_refnode
from sphinx.util.osutil import relative_uri
from sphinx.util.typing import RoleFunction

from . import displays
from .directives import DIRECTIVES
from .feed import feed_path
from .model import Comparison
from .store import ComparisonStore

logger = logging.getLogger(__name__)

INDEX_PAGE = "index"


def is_website(builder: Builder) -> bool:
    """Whether what is built is put on the web, where files for tools lie beside the pages."""
    return builder.format == "html" and not getattr(builder, "embedded", False)


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
        """Qualify the target with its comparison."""
        domain = env.domains["cmp"]
        assert isinstance(domain, ComparisonDomain)
        named, _, id_ = target.rpartition(":")
        if refnode["reftype"] == "comparison":
            named, id_ = target, ""
        comparison = domain.comparison_id(env.docname, named or None)
        return title, f"{comparison}/{id_}" if comparison else target


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
    initial_data: ClassVar[dict[str, Any]] = {
        "objects": {},
        "shown": {},
        "titles": {},
        "lists": set(),
    }
    data_version = 3
    dangling_warnings: ClassVar[dict[str, str]] = {
        kind: f"unknown {kind}: %(target)s" for kind in object_types
    }

    comparisons: ComparisonStore
    """The comparisons by id, set before any page is read; never pickled."""

    @property
    def objects(self) -> dict[tuple[str, str], dict[str, Place]]:
        """Where each object stands, by kind and full name, then by page: it should be one page."""
        return self.data["objects"]  # type: ignore[no-any-return]

    @property
    def shown(self) -> dict[str, dict[str, set[tuple[str, str]]]]:
        """What each page shows: displays with their argument, by page, then by comparison."""
        return self.data["shown"]  # type: ignore[no-any-return]

    @property
    def titles(self) -> dict[str, dict[str, set[tuple[str, str]]]]:
        """What each page refers to by its title: kinds and ids, by page, then by comparison."""
        return self.data["titles"]  # type: ignore[no-any-return]

    @property
    def lists(self) -> set[str]:
        """The pages that list all comparisons."""
        return self.data["lists"]  # type: ignore[no-any-return]

    # What pages are part of

    def comparison_of(self, docname: str, name: str | None = None) -> Comparison | None:
        """Return the comparison that `name` says, else the one in whose folder the page is."""
        id_ = self.comparison_id(docname, name)
        return self.comparisons[id_] if id_ else None

    def comparison_id(self, docname: str, name: str | None = None) -> str | None:
        """Return the id of that comparison, if there is one; nothing is loaded."""
        root = self.docname("", "").rstrip("/") + "/"
        if name is None and docname.startswith(root):
            name = docname.removeprefix(root).partition("/")[0]
        return name if name in self.comparisons else None

    def docname(self, comparison_id: str, page: str) -> str:
        """Return the docname of a page of a comparison."""
        return f"{self.env.config.comparison_root}/{comparison_id}/{page}"

    # What pages note while they are read

    def note_display(self, comparison: Comparison, display: str, id_: str) -> None:
        """Note that the page being read shows this of a comparison."""
        shown = self.shown.setdefault(self.env.docname, {})
        shown.setdefault(comparison.id, set()).add((display, id_))

    def note_list_of_comparisons(self) -> None:
        """Note that the page being read lists all comparisons."""
        self.lists.add(self.env.docname)

    def note_titles(self, doctree: nodes.document) -> None:
        """Note which objects the page being read refers to by their own title."""
        titles: dict[str, set[tuple[str, str]]] = {}
        for node in doctree.findall(pending_xref):
            if node.get("refdomain") == self.name and not node["refexplicit"]:
                comparison, _, id_ = node["reftarget"].partition("/")
                titles.setdefault(comparison, set()).add((node["reftype"], id_))
        if titles:
            self.titles[self.env.docname] = titles

    def note_object(self, comparison: Comparison, place: displays.Place) -> None:
        """Note where an object stands: on the page being read."""
        title = displays.title(comparison, place.kind, place.id)
        places = self.objects.setdefault((place.kind, f"{comparison.id}/{place.id}"), {})
        places[self.env.docname] = Place(self.env.docname, place.anchor, title)

    # What changed since pages were read

    def pages_to_read(self) -> Iterator[str]:
        """Yield the pages that show something that is not as it was."""
        if self.comparisons.has_other_names:
            yield from self.lists
        yield from self._pages_with_other(self.shown, displays.shows_the_same)

    def pages_to_write(self) -> Iterator[str]:
        """Yield the pages that refer to something by a title that is not as it was."""
        yield from self._pages_with_other(self.titles, displays.has_the_same_title)

    def _pages_with_other(
        self,
        noted: dict[str, dict[str, set[tuple[str, str]]]],
        same: Callable[[str, str, Comparison, Comparison], bool],
    ) -> Iterator[str]:
        """Yield the pages that noted something of which old and new data are not the same."""
        store = self.comparisons

        @functools.cache
        def is_changed(comparison: str) -> bool:
            # A change of a page's prose is none of the data.
            other = comparison in store.changed
            return other and store.before(comparison) != store[comparison]

        @functools.cache
        def is_other(comparison: str, kind: str, id_: str) -> bool:
            old = store.before(comparison)
            return old is None or not same(kind, id_, old, store[comparison])

        for docname, comparisons in noted.items():
            for name in comparisons:
                if name not in store or (
                    is_changed(name)
                    and any(is_other(name, kind, id_) for kind, id_ in comparisons[name])
                ):
                    yield docname
                    break

    # What Sphinx asks of a domain

    def clear_doc(self, docname: str) -> None:
        """Forget what a page noted."""
        for key in [key for key, places in self.objects.items() if docname in places]:
            del self.objects[key][docname]
            if not self.objects[key]:
                del self.objects[key]
        self.shown.pop(docname, None)
        self.titles.pop(docname, None)
        self.lists.discard(docname)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process noted for its pages."""
        for key, places in otherdata["objects"].items():
            for docname in places.keys() & docnames:
                self.objects.setdefault(key, {})[docname] = places[docname]
        for name in ("shown", "titles"):
            noted = otherdata[name]
            self.data[name].update((page, noted[page]) for page in noted.keys() & docnames)
        self.lists.update(otherdata["lists"] & docnames)

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
        if typ == "feed":
            if not is_website(builder):
                raise NoUri(target)  # the text stays, without a link
            path = feed_path(target.rstrip("/")).as_posix()
            address = relative_uri(builder.get_target_uri(fromdocname), path)
            return nodes.reference("", "", contnode, refuri=address, internal=True)
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
