"""Owns the format of Pagefind's files, and rewrites them into those that browsers load.

Version 1.5.2 numbers the records as the file system lists them, writes filters in a random order,
and has each first search load a list of the names and lengths of all records.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import cbor2

# So many records are kept for each word, those in which it is the most frequent for their length.
# The engine's time grows with the square of this number, what a search loads with the number.
_MOST_RECORDS = 1_024
# What is shorter is asked for exactly; see `query.js`.
_BEGINNING = 4
# Stands behind all letters.
_LAST_LETTER = "\uffff"
# What every packed file of Pagefind begins with.
_SIGNATURE = b"pagefind_dcd"
# The class of Pagefind's that loads an index.
_ENGINE = "PagefindInstance"


class BrokenIndexError(Exception):
    """The index could not be made, or is damaged."""


def rewrite(made: Path) -> dict[str, object]:
    """Bring what Pagefind has written into an order of ours, without what no search needs.

    The records are named by numbers, from the shortest to the longest, so that the browser can make
    the list of all from what is returned: the name of the index, the folder of the records, how
    many there are of each length, in words, and how many are kept for each word at most.
    """
    entry_path = made / "pagefind-entry.json"
    entry = json.loads(entry_path.read_text(encoding="utf-8"))
    [(language, facts)] = entry["languages"].items()
    path = made / f"pagefind.{facts['hash']}.pf_meta"
    version, pages, chunks, filters, sorts, fields = unpack(path)
    fragments = _read_fragments(made / "fragment", pages)
    order = sorted(range(len(pages)), key=lambda old: (pages[old][1], fragments[old]["url"]))
    numbers = {old: new for new, old in enumerate(order)}
    lengths = [pages[old][1] for old in order]
    folder = _write_fragments(made / "fragment", [fragments[old] for old in order])
    for chunk in chunks:
        chunk[0] = _earlier(chunk[0])
        # An end is cut to the letters by which it differs from the next file's first word, but
        # words that go on from these letters stand in the file too.
        chunk[1] += _LAST_LETTER
        chunk[2] = _rewrite_words(made / "index" / f"{chunk[2]}.pf_index", numbers, lengths)
    for one in filters:
        one[1] = _renumber_filter(made / "filter" / f"{one[1]}.pf_filter", numbers)
    written = _pack(
        [version, [], chunks, sorted(filters), sorts, fields], path, f"pagefind.{language}"
    )
    facts["hash"] = written.stem.removeprefix("pagefind.")
    entry_path.write_text(_json(entry), encoding="utf-8")
    _open_engine(made / "pagefind.js")
    return {
        "index": facts["hash"],
        "folder": folder,
        "lengths": sorted(Counter(lengths).items()),
        "most": _MOST_RECORDS,
    }


def _open_engine(path: Path) -> None:
    """Let `bundle.js` reach the class that loads the list of records."""
    text = path.read_text(encoding="utf-8")
    if text.count(f"var {_ENGINE}=class") != 1:
        raise BrokenIndexError(f"Pagefind's module has no class {_ENGINE}; see `bundle.js`")
    path.write_text(f"{text}export{{{_ENGINE}}};\n", encoding="utf-8")


def _earlier(start: str) -> str:
    """Return from which letters on the engine loads a file.

    Pagefind has those by which the file's first word differs from the last one of the file before.
    Without the last letter they are what both files begin with, so that what is asked for by no
    more letters is sought in both.
    """
    shared = start[:-1]
    return shared[:_BEGINNING] if len(shared) >= _BEGINNING else start


def _rewrite_words(path: Path, numbers: Mapping[int, int], lengths: Sequence[int]) -> str:
    """Number the records that hold words anew; return the new name of the file."""
    [words] = unpack(path)
    for word in words:
        word[1] = _rewrite_pages(word[1], numbers, lengths)
        for variant in word[2]:
            variant[1] = _rewrite_pages(variant[1], numbers, lengths)
        word[2] = sorted(variant for variant in word[2] if variant[1])
    held = [word for word in words if word[1] or word[2]]
    return _pack([held], path, path.stem.partition("_")[0]).stem


def _rewrite_pages(
    pages: Sequence[Sequence[Any]], numbers: Mapping[int, int], lengths: Sequence[int]
) -> list[list[Any]]:
    """Return the records that hold a word by their new numbers, and where they hold it.

    Each number is given as the difference to the one before. Places in the metadata, such as the
    address, are left out, and so are the records that hold the word only there: titles and names
    stand in the text too. No more than `_MOST_RECORDS` are kept.
    """
    olds = accumulate(page[0] for page in pages)
    held = [(numbers[old], page[1]) for old, page in zip(olds, pages, strict=True) if page[1]]
    if len(held) > _MOST_RECORDS:
        # In the order of BM25 with Pagefind's weight of lengths, 0.75: frequency by 0.25 + 0.75
        # length / mean. Equal ones by number, for theirs was by chance.
        mean = sum(lengths) / len(lengths)
        held.sort(key=lambda one: (-_frequency(one[1]) / (1 + 3 * lengths[one[0]] / mean), one[0]))
        held = held[:_MOST_RECORDS]
    held.sort()
    starts = [0, *(number for number, _ in held)]
    return [[new - old, spots, []] for old, (new, spots) in zip(starts, held, strict=False)]


def _frequency(spots: Iterable[int]) -> int:
    """Return how often a record holds a word, each time by its weight.

    A negative number says what those after it weigh: -1 less their weight.
    """
    weight, sum_ = 25, 0
    for spot in spots:
        if spot < 0:
            weight = -1 - spot
        else:
            sum_ += weight
    return sum_


def _renumber_filter(path: Path, numbers: Mapping[int, int]) -> str:
    filter_name, values = unpack(path)
    ordered = sorted([value, sorted(numbers[page] for page in pages)] for value, pages in values)
    return _pack([filter_name, ordered], path, path.stem.partition("_")[0]).stem


def _read_fragments(folder: Path, pages: Iterable[tuple[str, int]]) -> list[dict[str, Any]]:
    """Return what is loaded of each record; delete the files."""
    found = []
    for name, _ in pages:
        path = folder / f"{name}.pf_fragment"
        found.append(json.loads(gzip.decompress(path.read_bytes()).removeprefix(_SIGNATURE)))
        path.unlink()
    return found


def _write_fragments(folder: Path, fragments: Sequence[dict[str, Any]]) -> str:
    """Write what is loaded of each record, each under its number.

    Return the name of the folder in the folder: the digest of what is in it, so that no browser
    takes a file that it loaded earlier for a new one of the same number.
    """
    texts = [_json(one | {"filters": {}}) for one in fragments]
    name = hashlib.blake2b(repr(texts).encode(), digest_size=5).hexdigest()
    (folder / name).mkdir()
    for number, text in enumerate(texts):
        packed = gzip.compress(_SIGNATURE + text.encode(), 9, mtime=0)
        (folder / name / f"{number}.pf_fragment").write_bytes(packed)
    return name


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def unpack(path: Path) -> Any:
    """Return what a file of Pagefind's holds."""
    return cbor2.loads(gzip.decompress(path.read_bytes()).removeprefix(_SIGNATURE))


def _pack(content: object, old: Path, prefix: str) -> Path:
    """Write content in place of a file, under the name that it gives; return the path."""
    plain = _SIGNATURE + cbor2.dumps(content)
    name = hashlib.blake2b(plain, digest_size=5).hexdigest()
    old.unlink()
    path = old.with_name(f"{prefix}_{name}{old.suffix}")
    path.write_bytes(gzip.compress(plain, 9, mtime=0))
    return path
