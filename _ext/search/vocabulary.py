"""Owns what the query layer knows of the site's language: its words and its synonyms."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from .records import GLOSSARY, Record

_FOLDER = "words"
# All words once more, to correct one.
_ALL = "all"
# So many stand in a file, in the order of letters.
_WORDS_OF_A_FILE = 256
# Digits may end a word, as in E0382; what has them inside is a digest or a size.
_WORD = re.compile(r"(?<!\w)[a-z_]{2,}\d*(?!\w)|(?<!\w)[a-z]\d+(?!\w)")
_HYPHENED = re.compile(r"\b[a-z]+(?:-[a-z]+)+\b")
_SHORTEST = 3


def write_words(records: Iterable[Record], bundle: Path) -> dict[str, object]:
    """Write the words of the records as packed JSON; return the folder and the files' first words.

    To know a word takes the files with what begins as it does, to correct one may take all. A file
    holds lists of words, separated by blanks, which packs well; list n, from 0, has those that
    2 ** n to 2 ** (n + 1) - 1 records hold.
    """
    ranks = {word: count.bit_length() - 1 for word, count in sorted(_count(records).items())}
    words, size = list(ranks), _WORDS_OF_A_FILE
    files = [words[start : start + size] for start in range(0, len(words), size)]
    contents = {str(number): _lists(some, ranks) for number, some in enumerate(files)}
    contents[_ALL] = _lists(words, ranks)
    folder = bundle / _FOLDER / hashlib.blake2b(repr(contents).encode(), digest_size=5).hexdigest()
    folder.mkdir(parents=True)
    for name, content in contents.items():
        write_packed(content, folder / f"{name}.bin")
    return {"folder": folder.name, "starts": [some[0] for some in files]}


def write_packed(content: object, path: Path) -> None:
    """Write packed JSON, whose name should not end in `.gz`: some servers unpack such files."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def _count(records: Iterable[Record]) -> Counter[str]:
    """Return how many records hold each word."""
    counts: Counter[str] = Counter()
    for one in records:
        texts = (one.title, *one.names, *one.lead, *one.text, *one.code, *one.folded)
        text = " ".join(texts).lower()
        counts.update({*_WORD.findall(text), *_joined(text)})
    return counts


def _lists(words: Iterable[str], ranks: Mapping[str, int]) -> list[str]:
    lists: list[list[str]] = [[] for _ in range(max(ranks.values(), default=-1) + 1)]
    for word in words:
        lists[ranks[word]].append(word)
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
