"""Owns what sphinxcontrib-bibtex needs so that its cost follows the change, not the site.

Version 2.7 formats every source of the project in each build, tests every source against
every citation of the project, and looks through all sources for each citation it writes:
quadratic.  The workarounds below give its own functions only the records that concern them,
and keep formatted sources in the environment.  Delete each one when the package keeps its
citations by key and page.  Without the package nothing happens.
"""

from __future__ import annotations

import ast
import functools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

#: Words that mean to LaTeX what they say: no escape, no brace, no ligature, no space to merge.
_PLAIN = re.compile(r"(?!.*(?:--|''|,,))[\w.,:;/()+=@#&?!'-]+(?: [\w.,:;/()+=@#&?!'-]+)*", re.ASCII)


@dataclass(slots=True)
class Formatted:
    """The sources of one list of sources, formatted, and what they were made from."""

    made_from: bytes
    entries: list[Any]
    """What the package formats: the source, its text in the list, its text in a tooltip."""
    digests: dict[str, bytes]
    """What a citation shows of each source, by the source's key."""


def install_if_used(app: Sphinx, config: Config) -> None:
    """Put the workarounds in place, if the project uses the package."""
    if "sphinxcontrib.bibtex" in app.extensions:
        _install()


@functools.cache
def _install() -> None:
    import pybtex.plugin
    from pybtex.richtext import Text
    from sphinxcontrib.bibtex.domain import BibtexDomain
    from sphinxcontrib.bibtex.transforms import BibliographyTransform

    # Reads the metadata of all installed packages, for each citation that is written.
    pybtex.plugin.entry_points = functools.cache(pybtex.plugin.entry_points)
    # Takes LaTeX apart by token for each field, in a table of 700 sequences of tokens.
    Text.from_latex = classmethod(_plain_or_latex(Text.from_latex.__func__))
    domain: Any = BibtexDomain
    domain.get_formatted_entries = _kept_entries(domain.get_formatted_entries)
    domain.env_updated = _indexed(domain.env_updated)
    domain.resolve_xref = _with_cited_only(domain.resolve_xref)
    transform: Any = BibliographyTransform
    transform.run = _with_listed_only(transform.run)


def _plain_or_latex(from_latex: Callable[[Any, str], Any]) -> Callable[[Any, str], Any]:
    def parsed(cls: Any, latex: str) -> Any:
        return cls(latex) if _PLAIN.fullmatch(latex) else from_latex(cls, latex)

    return parsed


def formatted_lists(env: BuildEnvironment) -> dict[Any, Formatted]:
    """The formatted lists of sources that are kept, by bibliography."""
    lists: dict[Any, Formatted] = env.__dict__.setdefault("incremental_bibliographies", {})
    return lists


def forget(env: BuildEnvironment) -> None:
    """Forget the formatted lists, so that what warned when it was formatted warns again."""
    formatted_lists(env).clear()


def citation_records(env: BuildEnvironment) -> Iterator[tuple[str, str]]:
    """For each cited key: where its source is listed, and what a citation shows of it."""
    for citation in _citations(env):
        key = citation.bibliography_key
        digest = formatted_lists(env)[key].digests[citation.entry.key]
        yield citation.key, f"{key.docname}#{citation.citation_id}|{digest.hex()}"


def lists_of_pages(env: BuildEnvironment) -> dict[str, list[bytes]]:
    """What the lists of sources on each page print: it depends on what other pages cite."""
    pages: dict[str, list[bytes]] = defaultdict(list)
    if "cite" in env.domains:
        for key, formatted in formatted_lists(env).items():
            pages[key.docname].append(formatted.made_from)
    return pages


def _citations(env: BuildEnvironment) -> Iterable[Any]:
    return getattr(env.domains["cite"], "citations", ()) if "cite" in env.domains else ()


@contextmanager
def _only(domain: Any, **tables: list[Any]) -> Iterator[None]:
    """Let *domain* see only these records while one of its functions runs."""
    data = domain.data
    domain.data = {**data, **tables}
    try:
        yield
    finally:
        domain.data = data


def _indexed(env_updated: Callable[[Any], list[str]]) -> Callable[[Any], list[str]]:
    def indexed(self: Any) -> list[str]:
        self.refs_by_key = defaultdict(list)
        self.refs_by_page = defaultdict(list)
        for number, ref in enumerate(self.citation_refs):
            self.refs_by_page[ref.docname].append(ref)
            for key in {target.key for target in ref.targets}:
                self.refs_by_key[key].append((number, ref))
        updated = env_updated(self)
        lists = formatted_lists(self.env)
        for key in [key for key in lists if key not in self.bibliographies]:
            del lists[key]
        self.citations_by_key = defaultdict(list)
        self.citations_by_page = defaultdict(list)
        for citation in self.citations:
            self.citations_by_key[citation.key].append(citation)
            self.citations_by_page[citation.bibliography_key.docname].append(citation)
        return updated

    return indexed


def _kept_entries(format_entries: Callable[..., Iterable[Any]]) -> Callable[..., Iterable[Any]]:
    def kept(
        self: Any, bibliography_key: Any, docnames: list[str], *tooltips: Any
    ) -> Iterable[Any]:
        bibliography = self.bibliographies[bibliography_key]
        files = [self.bibdata.bibfiles[path] for path in bibliography.bibfiles]
        keys = [bibliography.keyprefix + key for file in files for key in file.keys]
        refs = dict(ref for key in keys for ref in self.refs_by_key.get(key, ()))
        cited = [refs[number] for number in sorted(refs)]
        pages = {ref.docname for ref in cited}
        citing = [docname for docname in docnames if docname in pages]
        made_from = _digest(
            # All but its nodes and its line, which do not matter here.
            bibliography._replace(
                line=0, filter_=ast.dump(bibliography.filter_), citation_nodes={}
            ),
            [file.mtime for file in files],
            [(ref.docname, [target.key for target in ref.targets]) for ref in cited],
            citing,
            tooltips,
            self.env.__dict__.get("incremental_code"),
        )
        known = formatted_lists(self.env).get(bibliography_key)
        if known is None or known.made_from != made_from:
            with _only(self, citation_refs=cited):
                entries = list(format_entries(self, bibliography_key, citing, *tooltips))
            digests = {e.key: _digest(e, text.label, tooltips) for e, text, _ in entries}
            known = Formatted(made_from, entries, digests)
            formatted_lists(self.env)[bibliography_key] = known
        return known.entries

    return kept


def _with_cited_only(resolve: Callable[..., Any]) -> Callable[..., Any]:
    from sphinxcontrib.bibtex.citation_target import parse_citation_targets

    def resolve_xref(
        self: Any, env: Any, docname: str, builder: Any, typ: str, target: str, *nodes: Any
    ) -> Any:
        keys = dict.fromkeys(item.key for item in parse_citation_targets(target))
        cited = [citation for key in keys for citation in self.citations_by_key.get(key, ())]
        with _only(self, citations=cited):
            return resolve(self, env, docname, builder, typ, target, *nodes)

    return resolve_xref


def _with_listed_only(run: Callable[..., None]) -> Callable[..., None]:
    from sphinxcontrib.bibtex.nodes import bibliography

    def run_on_page(self: Any, **options: Any) -> None:
        pages = {node["docname"] for node in self.document.findall(bibliography)}
        if not pages:
            return
        domain = self.document.settings.env.domains["cite"]
        listed = [item for page in sorted(pages) for item in domain.citations_by_page[page]]
        refs = [ref for page in sorted(pages) for ref in domain.refs_by_page[page]]
        with _only(domain, citations=listed, citation_refs=refs):
            run(self, **options)

    return run_on_page


def _digest(*parts: object) -> bytes:
    return blake2b(repr(parts).encode(), digest_size=12).digest()
