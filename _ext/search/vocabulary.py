"""Owns what the query layer knows of the site's language: its words and its synonyms."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from .records import GLOSSARY, Record

VOCABULARY = "vocabulary.bin"
# Digits may end a word, as in E0382; what has them inside is a digest or a size.
_WORD = re.compile(r"(?<!\w)[a-z_]{2,}\d*(?!\w)|(?<!\w)[a-z]\d+(?!\w)")
_HYPHENED = re.compile(r"\b[a-z]+(?:-[a-z]+)+\b")
_SHORTEST = 3


def write_vocabulary(
    records: Sequence[Record], synonyms: Iterable[Sequence[str]], folder: Path
) -> None:
    """Write words and synonyms as packed JSON.

    `words` is a list of lists: those in at least 2 ** n records stand in the n-th, in
    alphabetical order and separated by blanks, which packs well.
    The name ends in `.bin` since some servers unpack what ends in `.gz` on their own.
    """
    content = {"words": _words(records), "synonyms": all_synonyms(records, synonyms)}
    packed = gzip.compress(json.dumps(content, separators=(",", ":")).encode(), 9, mtime=0)
    (folder / VOCABULARY).write_bytes(packed)


def _words(records: Iterable[Record]) -> list[str]:
    counts: Counter[str] = Counter()
    for one in records:
        texts = (one.title, *one.names, *one.lead, *one.text, *one.code, *one.folded)
        text = " ".join(texts).lower()
        counts.update({*_WORD.findall(text), *_joined(text)})
    most = max(counts.values(), default=0).bit_length()
    lists: list[list[str]] = [[] for _ in range(most)]
    for word in sorted(counts):
        lists[counts[word].bit_length() - 1].append(word)
    return [" ".join(words) for words in lists]


def _joined(text: str) -> Iterator[str]:
    """Yield words with hyphens without them, for readers write "startup" and "start-up"."""
    for word in _HYPHENED.findall(text):
        yield word.replace("-", "")


def all_synonyms(records: Iterable[Record], configured: Iterable[Sequence[str]]) -> list[list[str]]:
    """Return groups of names for the same thing: those of the glossary and the configured ones."""
    return [*_synonyms(records), *map(list, configured)]


def _synonyms(records: Iterable[Record]) -> list[list[str]]:
    """The names of each entry of a glossary, less those that differ in their endings only."""
    found = []
    for one in records:
        if one.facets["kind"] != [GLOSSARY]:
            continue
        names: list[str] = []
        # An entry for two things at once, "Send and Sync", makes no synonyms of them.
        both = any(" and " in name for name in (one.title, *one.names))
        for name in () if both else (one.title, *one.names):
            stem = name.lower()[: max(_SHORTEST, len(name) - 3)]
            if not any(kept.startswith(stem) or stem.startswith(kept) for kept in names):
                names.append(name.lower())
        if len(names) > 1:
            found.append(names)
    return found
