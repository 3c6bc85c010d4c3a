"""Grows the records of the site to a number of pages, and indexes them in a process of its own.

The search reads nothing of a page but its records, so pages need not be built to be found. A
generated page holds five records, about as many as a page of a documentation has sections. Copies
of the same text would leave the vocabulary as it is, so in each copy some of the rarer words are
replaced by made-up ones, and the vocabulary grows as it does in texts (Heaps' law).

    python -m bench.records kept index
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import count, islice
from pathlib import Path
from runpy import run_path

from search.bundle import write_bundle
from search.kept import KeptRecords
from search.records import GLOSSARY, SOURCE, Record

from bench.grow import SITE

RECORDS_OF_A_PAGE = 5
GROWTH = 0.6
"""The vocabulary grows with this power of the text; 0.4 to 0.6 is usual for English."""
RARE = 3
"""A word in at most so many records may be replaced."""

_WORD = re.compile(r"[a-z]{3,}", re.IGNORECASE)
_SYLLABLES = ["ba", "ce", "di", "gu", "la", "me", "ni", "po", "ru", "ta", "ve"]


def read(kept: Path) -> list[Record]:
    """Return the records that builds keep in a folder."""
    names = [path.relative_to(kept).with_suffix("").as_posix() for path in kept.rglob("*.json")]
    return list(KeptRecords(kept).read(names))


def grown(records: Sequence[Record], pages: int) -> list[Record]:
    """Return the records and as many generated ones as make so many pages of them."""
    have = len({one.docname for one in records})
    wanted = max(0, pages - have) * RECORDS_OF_A_PAGE
    return [*records, *islice(_copies(records), wanted)]


def _copies(records: Sequence[Record]) -> Iterator[Record]:
    # A larger site has no second bibliography or glossary.
    telling = [one for one in records if one.facets["kind"] not in ([SOURCE], [GLOSSARY])]
    rare = _rare_words(telling)
    made = 0
    for number in count(1):
        changed = _changer(rare, number)
        for one in telling:
            docname = f"generated/{made // RECORDS_OF_A_PAGE}"
            made += 1
            fields = {name: [changed(text) for text in getattr(one, name)] for name in _FIELDS}
            anchor = f"{one.anchor or 'page'}-{made}"
            title = changed(one.title)
            yield replace(
                one, docname=docname, anchor=anchor, section=anchor, title=title, **fields
            )


_FIELDS = ("way", "names", "lead", "text", "code", "folded")


def _rare_words(records: Sequence[Record]) -> frozenset[str]:
    counts: Counter[str] = Counter()
    for one in records:
        texts = [one.title, *(text for name in _FIELDS for text in getattr(one, name))]
        counts.update({word.lower() for text in texts for word in _WORD.findall(text)})
    return frozenset(word for word, times in counts.items() if times <= RARE)


def _changer(rare: frozenset[str], number: int) -> Callable[[str], str]:
    """Return what changes the words of the copy with this number."""

    def word(match: re.Match[str]) -> str:
        text = match[0]
        return text + _syllables(_origin(text.lower(), number)) if text.lower() in rare else text

    return lambda text: _WORD.sub(word, text)


def _origin(word: str, number: int) -> int:
    """Return the number of the copy that a rare word of a copy comes from; 0 is the original.

    The later the copy, the fewer of its words are new.
    """
    while number:
        chance = random.Random(f"{number} {word}")
        if chance.random() < number ** (GROWTH - 1):
            break
        number = chance.randrange(number)
    return number


def _syllables(number: int) -> str:
    made = ""
    while number:
        number, index = divmod(number, len(_SYLLABLES))
        made += _SYLLABLES[index]
    return made


def main() -> None:
    """Index the records that are kept in a folder."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("kept", type=Path)
    parser.add_argument("index", type=Path)
    arguments = parser.parse_args()
    synonyms = run_path(str(SITE / "conf.py"))["search_synonyms"]
    write_bundle(read(arguments.kept), synonyms, "en", "{}.html".format, arguments.index)


if __name__ == "__main__":
    main()
