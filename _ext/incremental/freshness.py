"""Owns the decision which pages are written again though nobody touched their source.

Sphinx writes the pages it has read again, and those whose toctree lists one of them.  All
else that a page shows of other pages would go stale: the navigation, neighbours, parents,
titles and numbers of what it links to.  Here each of these is compared with the ledger of
the last build, so that after an incremental build the output is that of a clean one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import TYPE_CHECKING

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment.collectors import EnvironmentCollector

from . import bibtex, canonical, finishing, inputs, references
from .ledger import Ledger, LedgerStore
from .leftovers import Leftovers
from .navigation import Navigation, NavigationTree, is_furo

if TYPE_CHECKING:
    from collections.abc import Set

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


class PageNotes(EnvironmentCollector):
    """Keeps in the environment what is known of a page only while its doctree is at hand."""

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget a page."""
        for notes in (links_of(env), contents_of(env)):
            notes.pop(docname, None)

    def merge_other(
        self, app: Sphinx, env: BuildEnvironment, docnames: Set[str], other: BuildEnvironment
    ) -> None:
        """Take over what another process noted of its pages."""
        for docname in docnames:
            links_of(env)[docname] = links_of(other)[docname]
            contents_of(env)[docname] = contents_of(other)[docname]

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Note a page that was just read."""
        docname = app.env.current_document.docname
        links_of(app.env)[docname] = references.names_linked_to(doctree, docname)
        toc = app.env.tocs[docname].pformat()
        contents_of(app.env)[docname] = blake2b(toc.encode(), digest_size=12).digest()


def links_of(env: BuildEnvironment) -> dict[str, frozenset[int]]:
    """The names each page links to, as checksums."""
    links: dict[str, frozenset[int]] = env.__dict__.setdefault("incremental_links", {})
    return links


def contents_of(env: BuildEnvironment) -> dict[str, bytes]:
    """A digest of each page's table of contents, toctrees included."""
    contents: dict[str, bytes] = env.__dict__.setdefault("incremental_contents", {})
    return contents


class Freshness:
    """One build: opens the ledger, decides what to read and to write, closes the ledger."""

    def __init__(self, navigation: Navigation, leftovers: Leftovers) -> None:
        self._navigation = navigation
        self._leftovers = leftovers
        self._store: LedgerStore | None = None
        self._last: Ledger | None = None
        self._next: Ledger | None = None
        self._trusted = False
        self._builds_on_last = False

    def open(self, app: Sphinx) -> None:
        """At the start of a build."""
        self._store = LedgerStore(app.doctreedir, app.builder.name, app.outdir)
        self._last, self._trusted = self._store.open()
        self._next = None
        if isinstance(app.builder, StandaloneHTMLBuilder) and self._last.files:
            self._leftovers.note_static_files(app.builder)

    def documents_to_read(
        self,
        app: Sphinx,
        env: BuildEnvironment,
        added: set[str],
        changed: set[str],
        removed: set[str],
    ) -> Iterable[str]:
        """All documents, if the last build is not trusted or was made by other code.

        Sphinx reports a warning once, when the page is read or written, and forgets it: the
        same build, repeated, would succeed.
        """
        code = inputs.code_digest(app)
        same_code = env.__dict__.get("incremental_code") == code
        env.__dict__["incremental_code"] = code
        self._builds_on_last = self._trusted and same_code
        if self._builds_on_last:
            return ()
        bibtex.forget(env)
        return env.found_docs - added

    def restore_order(self, app: Sphinx, env: BuildEnvironment) -> None:
        """Before domains sum up what was read from all documents."""
        canonical.restore_reading_order(env)

    def documents_to_write(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """The documents that show something that changed elsewhere.

        This answers `env-get-updated` after all others and not `env-updated`, because
        Sphinx numbers sections and figures only then.
        """
        last = self._last
        builder = app.builder
        if self._store and app._warncount:
            self._store.distrust_reading()
        if last is None or not isinstance(builder, StandaloneHTMLBuilder):
            return []
        ledger = self._next = Ledger(
            outdir=last.outdir,
            pages=page_digests(env, self._navigation.tree(env), only_branch=is_furo(app)),
            targets=references.target_records(env),
            shared=inputs.shared_digest(app),
            images=canonical.name_images_by_path(env),
        )
        if not last.pages or ledger.shared != last.shared:
            return sorted(env.found_docs)
        if self._builds_on_last and ledger.targets == last.targets:
            finishing.keep_inventory(builder)
        stale = {name for name, digest in ledger.pages.items() if last.pages.get(name) != digest}
        stale.update(_linking_pages(env, ledger.targets ^ last.targets))
        for image in {path for path, _ in ledger.images.items() ^ last.images.items()}:
            stale.update(env.images[image][0] if image in env.images else ())
        return sorted(stale & env.found_docs)

    def clear_static_files(self, app: Sphinx, builder: Builder) -> None:
        """Before anything is written."""
        self._leftovers.remove_static_files(builder)

    def close(self, app: Sphinx, exception: Exception | None) -> None:
        """At the end of a build, after all others."""
        if self._store is None or self._last is None or exception is not None:
            return
        if self._next is not None and isinstance(app.builder, StandaloneHTMLBuilder):
            self._next.files = self._leftovers.files(app.builder)
            self._leftovers.remove(app.builder, self._last.files - self._next.files)
        ledger = self._next or Ledger(self._last.outdir)
        if ledger != self._last or not self._trusted:
            self._store.save(ledger)
        if not app._warncount and not app.statuscode:
            self._store.trust()


def _linking_pages(env: BuildEnvironment, changed: frozenset[references.Record]) -> Iterator[str]:
    if changed:
        names = references.names_of_targets(name for name, _ in changed)
        for docname, links in links_of(env).items():
            if not links.isdisjoint(names):
                yield docname


def page_digests(
    env: BuildEnvironment, tree: NavigationTree, *, only_branch: bool
) -> dict[str, bytes]:
    """A digest for each page of what it shows of others besides links.

    With *only_branch* a page prints the open branch of the navigation; any other theme may
    print all of it on every page.  What pages share is digested once, so that a page costs
    the same in a site of any size.
    """
    relations = env.collect_relations()
    lists = bibtex.lists_of_pages(env)
    titles = {docname: "".join(map(str, node.children)) for docname, node in env.titles.items()}
    below = _Below(env)
    above: dict[str | None, bytes] = {None: b""}

    def parents(docname: str | None, seen: frozenset[str] = frozenset()) -> bytes:
        """The titles on the way to *docname*, itself included: the breadcrumbs below it."""
        if docname not in above:
            assert docname is not None
            parent = relations.get(docname, (None,))[0]
            way = b"" if docname in seen else parents(parent, seen | {docname})
            above[docname] = _digest(way, docname, titles.get(docname))
        return above[docname]

    digests = {}
    for docname in env.found_docs:
        parent, previous, following = relations.get(docname) or (None, None, None)
        digests[docname] = _digest(
            tree.digest(docname) if only_branch else tree.whole,
            parents(parent),
            (previous, titles.get(previous or "")),
            (following, titles.get(following or "")),
            below.digest(docname) if docname in env.toctree_includes else None,
            lists.get(docname),
            env.toc_secnumbers.get(docname),
            env.toc_fignumbers.get(docname),
            # It was read, perhaps by another builder that shares the environment.
            env.all_docs.get(docname),
        )
    return digests


class _Below:
    """Digests of all that a toctree in the text of a page may list, to any depth."""

    def __init__(self, env: BuildEnvironment) -> None:
        self._env = env
        self._digests: dict[str, bytes] = {}

    def digest(self, docname: str) -> bytes:
        if docname not in self._digests:
            self._digests[docname] = b""  # ends a circle
            self._digests[docname] = _digest(
                contents_of(self._env).get(docname),
                self._env.toc_secnumbers.get(docname),
                [self.digest(child) for child in self._env.toctree_includes.get(docname, ())],
            )
        return self._digests[docname]


def _digest(*parts: object) -> bytes:
    return blake2b(repr(parts).encode(), digest_size=12).digest()
