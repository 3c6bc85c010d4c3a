"""Owns Sphinx's search index: the same whether it was built at once or in steps.

Sphinx 9.0 keeps the parts of the index that it does not read back (index entries and object
types) in an environment that is saved *before* the pages are written, and it leaves terms
behind that no page has any more.  It also takes the whole index apart and sorts it again to
change one page.  Delete this module when an incremental build of plain Sphinx writes the
same ``searchindex.js`` as a clean one (tests/incremental shows it).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sphinx.search
from sphinx.search import IndexBuilder

#: A term's pages by number: a number alone, or several in ascending order.
Terms = dict[str, list[int] | int]


@dataclass
class _LastIndex:
    """The index of the last build, of which the pages still *kept* are good."""

    docnames: list[str]
    terms: tuple[Terms, Terms]
    kept: set[str]


class CanonicalIndexBuilder(IndexBuilder):
    """Adds the pages that are written to the index that was read, in the order of names."""

    _last: _LastIndex | None = None

    def load(self, stream: Any, index_format: Any) -> None:
        """Read the index of the last build, with the index entries that Sphinx leaves out."""
        known = isinstance(index_format, str)
        frozen = (self.formats[index_format] if known else index_format).load(stream)
        if not isinstance(frozen, dict) or frozen.get("envversion") != self._env_version:
            raise ValueError("old format")
        docnames = frozen["docnames"]
        self._filenames = dict(zip(docnames, frozen["filenames"], strict=True))
        self._titles = dict(zip(docnames, frozen["titles"], strict=True))
        self._all_titles = {docname: [] for docname in docnames}
        for title, places in frozen["alltitles"].items():
            for number, anchor in places:
                self._all_titles[docnames[number]].append((title, anchor))
        self._index_entries = {docname: [] for docname in docnames}
        for entry, targets in frozen["indexentries"].items():
            for number, anchor, main in targets:
                target = (entry, anchor, "main" if main else "")
                self._index_entries[docnames[number]].append(target)
        # The terms stay as they are; `get_terms` adds those of the pages that are written.
        self._mapping, self._title_mapping = {}, {}
        self._last = _LastIndex(docnames, (frozen["terms"], frozen["titleterms"]), set(docnames))

    def prune(self, docnames: Iterable[str]) -> None:
        """Forget all other documents.

        Sphinx gives the environment's dictionary of documents, over all of which
        `set.intersection_update` then iterates for each word of the index; over a set it
        does not.
        """
        keep = set(docnames)
        super().prune(keep)
        entries = self._index_entries
        self._index_entries = {name: entries[name] for name in sorted(entries) if name in keep}
        if self._last:
            self._last.kept &= keep

    def get_terms(self, fn2index: dict[str, int]) -> tuple[Terms, Terms]:
        """The pages of each term, of the last index and of the pages written since."""
        both = super().get_terms(fn2index)
        last = self._last
        if last is not None:
            numbers = [fn2index.get(name) if name in last.kept else None for name in last.docnames]
            for terms, before in zip(both, last.terms, strict=True):
                _add(terms, before, numbers)
        for terms in both:
            for term in [term for term, places in terms.items() if places == []]:
                del terms[term]
        return both

    def freeze(self) -> dict[str, Any]:
        """The index to publish: entries by document, types of objects numbered by use."""
        self._index_entries = dict(sorted(self._index_entries.items()))
        self._objtypes.clear()
        self._objnames.clear()
        return super().freeze()


def _add(terms: Terms, before: Terms, numbers: list[int | None]) -> None:
    """Add to *terms* those *before*, whose pages have other *numbers* now, or none."""
    gone = {old for old, new in enumerate(numbers) if new is None}
    renumbered = any(new not in (None, old) for old, new in enumerate(numbers))
    for term, places in before.items():
        old = [places] if isinstance(places, int) else places
        if renumbered or not gone.isdisjoint(old):
            pages = [new for number in old if (new := numbers[number]) is not None]
        else:
            pages = old
        if term in terms:
            added = terms[term]
            pages = sorted([*pages, *([added] if isinstance(added, int) else added)])
        if pages:
            terms[term] = pages[0] if len(pages) == 1 else pages


def use_canonical_index() -> None:
    """Let every builder make `CanonicalIndexBuilder`: Sphinx looks the class up by name."""
    sphinx.search.IndexBuilder = CanonicalIndexBuilder  # type: ignore[misc]
