"""Counts what a comparison holds: claims, sources, terms, and the words of each topic's page.

Knows the files' syntax only as far as it must to leave out what is no prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .model import Comparison

GLOSSARY = "glossary.md"

_FRONT_MATTER = re.compile(r"\A---\n.*?^---\n", re.M | re.S)
# Claims, tables, programs and diagrams: text, but not the page's own.
_FENCED = re.compile(r"^(`{3,}).*?^\1`*\s*$", re.M | re.S)
_MARKUP = re.compile(r"^:{3,}.*$|^:[\w-]+:.*$|\{[\w:-]+\}|\]\([^)]*\)|<[^>\n]*>", re.M)
_WORD = re.compile(r"\S*\w\S*")
_GLOSSARY = re.compile(r"^:{3,}\{glossary\}\n(.*?)^:{3,}$", re.M | re.S)


def counts(comparison: Comparison) -> Iterator[str]:
    """Yield a line for the whole, and one for each topic."""
    glossary = comparison.folder / GLOSSARY
    terms = glossary_terms(glossary.read_text(encoding="utf-8")) if glossary.exists() else 0
    yield (
        f"{comparison.folder}: {len(comparison.claims)} claims, {len(comparison.sources)} sources, "
        f"{terms} glossary terms"
    )
    for topic in comparison.topics:
        page = (comparison.folder / f"{topic.id}.md").read_text(encoding="utf-8")
        data = topic.data
        yield (
            f"  {topic.id}: {prose_words(page):,} words, {len(data.features)} features, "
            f"{len(data.claims)} claims"
        )


def prose_words(page: str) -> int:
    """Return how many words of a Markdown page are its own prose, headings included."""
    prose = _FENCED.sub("", _FRONT_MATTER.sub("", page))
    return len(_WORD.findall(_MARKUP.sub(" ", prose)))


def glossary_terms(page: str) -> int:
    """Return how many entries the glossaries of a page have; synonyms share one."""
    return sum(
        bool(entry.strip())
        for glossary in _GLOSSARY.findall(page)
        for entry in re.split(r"\n\s*\n(?=\S)", glossary)
    )
