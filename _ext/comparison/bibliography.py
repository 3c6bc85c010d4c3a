"""The look of bibliography entries: our fields beside the usual ones, the key as the label."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from docutils import nodes
from pybtex.database import Entry
from pybtex.plugin import register_plugin
from pybtex.style.formatting.unsrt import Style as UnsrtStyle
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.sorting import BaseSortingStyle
from pybtex.style.template import field, href, join, names, sentence, words
from sphinx.writers.html5 import HTML5Translator

STYLE = "comparison"


class KeyLabels(BaseLabelStyle):  # type: ignore[misc]
    """Labels that are the keys: they stay when sources come and go, so pages do not change."""

    def format_labels(self, sorted_entries: Iterable[Entry]) -> Iterator[str]:
        """Yield each entry's label."""
        for entry in sorted_entries:
            yield entry.key


class KeySorting(BaseSortingStyle):  # type: ignore[misc]
    """Entries in the order of their labels."""

    def sorting_key(self, entry: Entry) -> str:
        """Return what entries are ordered by."""
        return str(entry.key)


class SourceStyle(UnsrtStyle):  # type: ignore[misc]
    """Title, author and date; then kind, party, and when and in which copy it was read."""

    default_label_style = KeyLabels
    default_sorting_style = KeySorting

    def format_entry(self, label: str, entry: Entry, bib_data: Any = None) -> Any:
        """Format an entry; its BibTeX type does not matter, because `kind` says more."""
        alike = Entry("online", fields=entry.fields, persons=entry.persons)
        alike.key = entry.key
        return super().format_entry(label, alike, bib_data)

    def get_online_template(self, entry: Entry) -> Any:
        """Return the template of an `@online` entry."""
        access = {"whole": "", "excerpt": " in excerpt", "secondary": " at second hand"}
        copy = [words["Copy:", field("copy")]] if "copy" in entry.fields else []
        published = sentence(sep=", ")[
            names("author", sep=", ", sep2=" and ", last_sep=", and "), field("date")
        ]
        provenance = sentence(sep=", ")[
            words["Kind:", field("kind")],
            words["party:", field("party")],
            join["read", access[entry.fields["access"]], " ", field("urldate")],
        ]
        return words[
            sentence[href(field("url", raw=True))[field("title")]],
            published,
            provenance,
            *[sentence[item] for item in copy],
        ]


def visit_citation(self: HTML5Translator, node: nodes.citation) -> None:
    """Open an entry as an item of the list that docutils puts around it.

    Docutils gives it the role `doc-biblioentry`, which is no list item: a list of them is
    announced as empty. Delete it when docutils does not (docutils 0.23 still does).
    """
    HTML5Translator.visit_citation(self, node)
    self.body[-1] = self.body[-1].replace('role="doc-biblioentry"', 'role="listitem"')


def depart_citation(self: HTML5Translator, node: nodes.citation) -> None:
    """Close an entry as docutils does."""
    HTML5Translator.depart_citation(self, node)


register_plugin("pybtex.style.formatting", STYLE, SourceStyle)
