"""Owns the navigation printed beside every page: its tree, its HTML and its digest.

Furo asks Sphinx for the whole resolved tree once for every page, so a build costs pages
times pages and every page grows with the site.  This module reads the toctrees once, and
prints for a page only the branch that is open there: the lists on the way from the root
to the page.  The HTML is what Furo prints for ``toctree(collapse=True)``.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.domains.std import StandardDomain
from sphinx.util import url_re

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

#: Furo's switch for a list that can be folded; the class names and the order are Furo's.
_SWITCH = (
    '<input aria-label="Toggle navigation of {name}"{checked} class="toctree-checkbox"'
    ' id="toctree-checkbox-{number}" name="toctree-checkbox-{number}" role="switch"'
    ' type="checkbox"/><label for="toctree-checkbox-{number}"><span class="icon"><svg>'
    '<use href="#svg-arrow-right"></use></svg></span></label>'
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a toctree: a document, one of its further top-level titles, or a URL."""

    title: tuple[nodes.Node, ...]
    target: str
    anchor: str = ""
    number: str = ""
    external: bool = False

    @property
    def docname(self) -> str | None:
        """The document this entry stands for, if it stands for a whole one."""
        return None if self.external or self.anchor else self.target


@dataclass(frozen=True, slots=True)
class Toctree:
    """One toctree directive: its caption and its entries."""

    caption: str | None
    entries: tuple[Entry, ...]


class NavigationTree:
    """The toctrees of a project, read once after all documents were read.

    The cost is linear in the number of entries; nothing is resolved.
    """

    def __init__(self, env: BuildEnvironment) -> None:
        self.root = env.config.root_doc
        self._env = env
        self.parents: dict[str, tuple[str, ...]] = {}
        for parent, children in sorted(env.toctree_includes.items()):
            for child in children:
                self.parents[child] = (*self.parents.get(child, ()), parent)

    @cached_property
    def toctrees(self) -> dict[str, tuple[Toctree, ...]]:
        """The toctrees of each document that has any."""
        return {
            docname: tuple(
                Toctree(node.get("caption"), tuple(self._entries(node)))
                for node in self._env.tocs[docname].findall(addnodes.toctree)
            )
            for docname in self._env.toctree_includes
            if docname in self._env.tocs
        }

    def _entries(self, toctree: addnodes.toctree) -> Iterator[Entry]:
        for title, target in toctree["entries"]:
            given = (nodes.Text(title),) if title else None
            if url_re.match(target):
                yield Entry(given or (nodes.Text(target),), target, external=True)
            elif target == "self":
                parent = toctree["parent"]
                own = nodes.Text(self._env.titles[parent].astext())
                yield Entry(given or (own,), parent)
            elif target in StandardDomain._virtual_doc_names:
                page, name = StandardDomain._virtual_doc_names[target]
                yield Entry(given or (nodes.Text(name),), page)
            elif target in self._env.tocs:
                yield from self._titles(target, given)

    def _titles(self, docname: str, given: tuple[nodes.Node, ...] | None) -> Iterator[Entry]:
        """The top-level titles of *docname*: nearly always exactly one."""
        items = [n for n in self._env.tocs[docname] if isinstance(n, nodes.list_item)]
        for item in items:
            reference = next(item.findall(nodes.reference), None)
            if reference is None:
                continue
            children = given if given and len(items) == 1 else tuple(reference.children)
            number = ".".join(map(str, reference.get("secnumber") or ()))
            yield Entry(children, docname, reference["anchorname"], number=number)

    def open_documents(self, docname: str) -> frozenset[str]:
        """*docname* and all documents on the way to it from the root."""
        seen: set[str] = set()
        pending = [docname]
        while pending:
            if (name := pending.pop()) not in seen:
                seen.add(name)
                pending.extend(self.parents.get(name, ()))
        return frozenset(seen)

    # -- digests -------------------------------------------------------------------------

    @cached_property
    def _list_digests(self) -> dict[str, bytes]:
        """A digest of what each document's toctrees print, without what is below them."""
        return {docname: _digest(map(_shown, trees)) for docname, trees in self.toctrees.items()}

    @cached_property
    def whole(self) -> bytes:
        """A digest of everything any page's navigation can show."""
        return _digest(sorted(self._list_digests.items()))

    @cached_property
    def _open_digests(self) -> dict[tuple[str, ...], bytes]:
        return {}

    def digest(self, docname: str) -> bytes:
        """A digest of the open branch at *docname*; siblings share all but their own list."""
        parents = self.parents.get(docname, ())
        digest = self._open_digests.get(parents)
        if digest is None:
            shown = frozenset((self.root,)).union(*map(self.open_documents, parents))
            lists = sorted((name, self._list_digests.get(name, b"")) for name in shown)
            digest = self._open_digests[parents] = _digest(lists)
        return digest + self._list_digests.get(docname, b"")


def _shown(toctree: Toctree) -> tuple[object, ...]:
    entries = [
        ("".join(map(str, entry.title)), entry.target, entry.anchor, entry.number)
        for entry in toctree.entries
    ]
    return (toctree.caption, entries)


def _digest(parts: object) -> bytes:
    text = repr(list(parts)) if isinstance(parts, Iterator | map) else repr(parts)
    return blake2b(text.encode(), digest_size=12).digest()


class NavigationPrinter:
    """Prints the open branch of a page as Furo's navigation HTML.

    *uri* gives the relative address of a document seen from another one, and *fragment*
    the HTML of a title with markup in it; plain titles never go through docutils.
    """

    def __init__(
        self,
        tree: NavigationTree,
        uri: Callable[[str, str], str],
        fragment: Callable[[tuple[nodes.Node, ...]], str],
        number_suffix: str = ". ",
    ) -> None:
        self._tree = tree
        self._uri = uri
        self._fragment = fragment
        self._number_suffix = number_suffix
        self._titles: dict[tuple[nodes.Node, ...], str] = {}

    def html(self, docname: str, uri: Callable[[str, str], str] | None = None) -> str:
        """The navigation of *docname*, or an empty string in a project without toctrees.

        A page with addresses of its own, such as a 404 page, gives its own *uri*.
        """
        page = _Page(docname, self._tree.open_documents(docname), uri or self._uri)
        lists = self._tree.toctrees.get(self._tree.root, ())
        shown = [toctree for toctree in lists if toctree.entries]
        for toctree in shown:
            if toctree.caption:
                caption = html.escape(toctree.caption, quote=False)
                page.out.append(
                    '<p class="caption" role="heading">'
                    f'<span class="caption-text">{caption}</span></p>\n'
                )
            self._print_list(page, [toctree], 1, frozenset((self._tree.root,)))
        return "".join(page.out)

    def _print_list(
        self, page: _Page, toctrees: list[Toctree], level: int, above: frozenset[str]
    ) -> None:
        # A document listed below itself ("self", or a circle) is open only as the page itself.
        entries = [
            (entry, entry.docname in page.open - above or entry.docname == page.docname)
            for toctree in toctrees
            for entry in toctree.entries
        ]
        current = any(is_open for _, is_open in entries)
        page.out.append('<ul class="current">\n' if current else "<ul>\n")
        for entry, is_open in entries:
            below: list[Toctree] = []
            if is_open and entry.docname and entry.docname not in above:
                below = [t for t in self._tree.toctrees.get(entry.docname, ()) if t.entries]
            here = is_open and entry.docname == page.docname
            self._print_entry(page, entry, level, is_open=is_open, here=here, parent=bool(below))
            if below and entry.docname:
                self._print_list(page, below, level + 1, above | {entry.docname})
            page.out.append("</li>\n")
        page.out.append("</ul>\n")

    def _print_entry(
        self, page: _Page, entry: Entry, level: int, *, is_open: bool, here: bool, parent: bool
    ) -> None:
        classes = f"toctree-l{level}"
        classes += " current" if is_open else ""
        classes += " has-children" if parent else ""
        classes += " current-page" if here else ""
        kind = "external" if entry.external else "internal"
        link = f"current reference {kind}" if here else f"reference {kind}"
        title = self._title(entry)
        href = html.escape(self._href(page, entry), quote=False)
        page.out.append(f'<li class="{classes}"><a class="{link}" href="{href}">{title}</a>')
        if parent:
            page.switches += 1
            name = html.escape(_text(entry.title))
            number = entry.number + self._number_suffix if entry.number else ""
            page.out.append(
                _SWITCH.format(name=number + name, number=page.switches, checked=' checked=""')
            )

    def _href(self, page: _Page, entry: Entry) -> str:
        if entry.external:
            return entry.target
        return page.uri(page.docname, entry.target) + entry.anchor or "#"

    def _title(self, entry: Entry) -> str:
        if entry.title not in self._titles:
            if all(isinstance(node, nodes.Text) for node in entry.title):
                self._titles[entry.title] = html.escape(_text(entry.title), quote=False)
            else:
                self._titles[entry.title] = self._fragment(entry.title)
        number = entry.number + self._number_suffix if entry.number else ""
        return number + self._titles[entry.title]


def _text(title: tuple[nodes.Node, ...]) -> str:
    return "".join(node.astext() for node in title if not isinstance(node, nodes.raw))


class _Page:
    """What is known while the navigation of one page is printed."""

    def __init__(
        self, docname: str, open_documents: frozenset[str], uri: Callable[[str, str], str]
    ) -> None:
        self.docname = docname
        self.open = open_documents
        self.uri = uri
        self.out: list[str] = []
        self.switches = 0


class Navigation:
    """Puts the printed navigation into the context of each page of a Furo site."""

    def __init__(self) -> None:
        self._tree: NavigationTree | None = None
        self._printer: NavigationPrinter | None = None

    def tree(self, env: BuildEnvironment) -> NavigationTree:
        """The tree of this build."""
        if self._tree is None:
            self._tree = NavigationTree(env)
        return self._tree

    def forget(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """Documents are about to be read: what was known of their toctrees is void."""
        self._tree = self._printer = None

    def withhold_toctree(
        self, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
    ) -> None:
        """Before Furo: take ``toctree()`` out of the context, so that it resolves nothing."""
        if is_furo(app) and "toctree" in context:
            context["_incremental_toctree"] = context.pop("toctree")

    def print_navigation(
        self, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
    ) -> None:
        """After Furo: give ``toctree()`` back to the templates and put our navigation in."""
        if "_incremental_toctree" not in context:
            return
        context["toctree"] = context.pop("_incremental_toctree")
        if self._printer is None:
            self._printer = _printer(app, self.tree(app.env))
        generated = pagename not in app.env.found_docs
        pathto = context["pathto"]
        uri = (lambda _, docname: str(pathto(docname))) if generated else None
        context["furo_navigation_tree"] = self._printer.html(pagename, uri)


def is_furo(app: Sphinx) -> bool:
    """Whether the pages are made with Furo, whose navigation this module replaces."""
    builder = app.builder
    # The theme of this builder: that of an EPUB is another one.
    return isinstance(builder, StandaloneHTMLBuilder) and builder.get_theme_config()[0] == "furo"


def _printer(app: Sphinx, tree: NavigationTree) -> NavigationPrinter:
    builder = app.builder
    assert isinstance(builder, StandaloneHTMLBuilder)

    def fragment(title: tuple[nodes.Node, ...]) -> str:
        node = nodes.title("", "", *[child.deepcopy() for child in title])
        # Furo's parser writes these two as themselves.
        return builder.render_partial(node)["title"].replace("&#64;", "@").replace("&quot;", '"')

    return NavigationPrinter(
        tree, builder.get_relative_uri, fragment, app.config.html_secnumber_suffix
    )
