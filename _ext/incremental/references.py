"""Owns what a page notes of its links, and what a link shows: the two sides are compared.

A page's links are known when it is read (its ``pending_xref`` nodes), what they show only
when it is written.  To resolve every link of every page in each build would cost more than
all the rest of an edit, so the *targets* are compared instead: a link shows the same as
long as the record of its target is the same.  Records come from ``Domain.get_objects()``,
so any domain takes part, its own or a third party's.  What a core domain shows without
listing it there is added below; another domain may add its own by a method
``get_reference_records()`` that yields pairs of a name and what a link to it shows.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from zlib import crc32

from docutils import nodes
from sphinx import addnodes

from . import bibtex

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

Record = tuple[str, str]

#: Where the names of nested objects are split: ``module.class.method``, ``space::type``.
_NESTING = re.compile(r"\.|::")
#: The text before and after a citation key: ``{see}key{p. 3}``.
_CITATION_TEXT = re.compile(r"\{[^}]*\}")


def names_linked_to(doctree: nodes.document, docname: str) -> frozenset[int]:
    """Every name by which a link of this page may be resolved, in lower case, as a checksum.

    A name too many, or one with the checksum of another, costs the writing of a page that did
    not change; a name too few would leave a page stale.  As text the names would be a sixth
    of the environment, which each build reads and writes as a whole.
    """
    names: set[str] = set()
    for node in doctree.findall(addnodes.pending_xref):
        names.update(_names_of(node, node.get("refdoc") or docname))
    return frozenset(crc32(name.lower().encode()) for name in names if name)


def _names_of(node: addnodes.pending_xref, docname: str) -> Iterator[str]:
    target = str(node.get("reftarget") or "").lstrip("~!.")
    yield target
    # Documents: relative to the page, as `doc`, `any` and MyST links take them.
    document = posixpath.normpath(posixpath.join("/", posixpath.dirname(docname), target))
    yield document.removeprefix("/")
    if anchor := node.get("reftargetid"):
        yield f"{target}#{anchor}"
    # Several in one role, and options after the name of their program.
    for part in _CITATION_TEXT.sub("", target).split(","):
        yield part.strip()
    yield target.rpartition(" ")[2]
    # Names inside the class, module or program that was current on the page.
    for key, context in node.attributes.items():
        if ":" in key and isinstance(context, str):
            yield f"{context}.{target}"


def names_of_targets(changed: Iterable[str]) -> set[int]:
    """Each changed name and, for nested objects, the shorter names that may mean it."""
    names: set[str] = set()
    for name in changed:
        lowered = name.lower()
        names.add(lowered)
        names.update(lowered[match.end() :] for match in _NESTING.finditer(lowered))
    return {crc32(name.encode()) for name in names}


def target_records(env: BuildEnvironment) -> frozenset[Record]:
    """What every target of the project shows to the pages that link to it."""
    records: set[Record] = set()
    for domain in env.domains.sorted():
        for name, shown, kind, docname, anchor, _priority in domain.get_objects():
            records.add((name, f"{domain.name}:{kind}|{docname}#{anchor}|{shown}"))
        own: Any = getattr(domain, "get_reference_records", None)
        if own is not None:
            records.update(own())
    for extra in (_slugs, _numbers, _equations, _citations, bibtex.citation_records):
        records.update(extra(env))
    return frozenset(records)


def _slugs(env: BuildEnvironment) -> Iterator[Record]:
    """MyST's automatic heading anchors, which it keeps in the metadata of documents."""
    for docname, metadata in env.metadata.items():
        slugs: Any = metadata.get("myst_slugs") or {}
        for slug, (_line, anchor, text) in slugs.items():
            yield f"{docname}#{slug}", f"{anchor}|{text}"
            yield f"{docname}#{anchor}", text


def _numbers(env: BuildEnvironment) -> Iterator[Record]:
    """Numbers of sections and figures, which `numref` and `ref` print."""
    if not (env.toc_secnumbers or env.toc_fignumbers):
        return
    for name, (docname, anchor) in env.domains.standard_domain.anonlabels.items():
        sections = env.toc_secnumbers.get(docname, {})
        section = sections.get(f"#{anchor}", sections.get(""))
        figures = [
            (kind, numbers[anchor])
            for kind, numbers in env.toc_fignumbers.get(docname, {}).items()
            if anchor in numbers
        ]
        yield name, f"number|{section}|{figures}"


def _equations(env: BuildEnvironment) -> Iterator[Record]:
    """The numbers of equations: the mathematics domain lists no objects."""
    for label, (docname, number) in env.domains.math_domain.equations.items():
        yield label, f"equation|{docname}|{number}"


def _citations(env: BuildEnvironment) -> Iterator[Record]:
    """Citations of reStructuredText: their domain lists no objects either."""
    for label, (docname, anchor, _line) in env.domains.citation_domain.citations.items():
        yield label, f"citation|{docname}#{anchor}"
