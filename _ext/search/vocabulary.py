"""Owns what the query layer knows of the site's language: its words and its synonyms."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from string import ascii_lowercase

from .records import GLOSSARY, Record

VOCABULARY = "vocabulary"
ALL, SYNONYMS = "all", "synonyms"
# What a word begins with.
_LETTERS = f"{ascii_lowercase}_"
# Digits may end a word, as in E0382; what has them inside is a digest or a size.
_WORD = re.compile(r"(?<!\w)[a-z_]{2,}\d*(?!\w)|(?<!\w)[a-z]\d+(?!\w)")
_HYPHENED = re.compile(r"\b[a-z]+(?:-[a-z]+)+\b")
_SHORTEST = 3


def write_vocabulary(
    records: Sequence[Record], synonyms: Iterable[Sequence[str]], folder: Path
) -> None:
    """Write synonyms and words as packed JSON, the words by first letters and once as a whole.

    To know a word takes the file of its first letter, to correct one takes all. In a file stand
    lists by how many records hold the words, separated by blanks, which packs well. The names end
    in `.bin` since some servers unpack what ends in `.gz` on their own.
    """
    lists = _words(records)
    contents: dict[str, object] = {
        letter: [" ".join(word for word in words if word[0] == letter) for words in lists]
        for letter in _LETTERS
    }
    contents[ALL] = [" ".join(words) for words in lists]
    contents[SYNONYMS] = all_synonyms(records, synonyms)
    target = folder / VOCABULARY
    target.mkdir()
    for name, content in contents.items():
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        (target / f"{name}.bin").write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def _words(records: Iterable[Record]) -> list[list[str]]:
    """Return lists of words in alphabetical order: in the n-th those in at least 2 ** n records."""
    counts: Counter[str] = Counter()
    for one in records:
        texts = (one.title, *one.names, *one.lead, *one.text, *one.code, *one.folded)
        text = " ".join(texts).lower()
        counts.update({*_WORD.findall(text), *_joined(text)})
    most = max(counts.values(), default=0).bit_length()
    lists: list[list[str]] = [[] for _ in range(most)]
    for word in sorted(counts):
        lists[counts[word].bit_length() - 1].append(word)
    return lists


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
