"""Where in a TOML or BibTeX file a key stands: the one thing that their parsers do not tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

KeyPath = Sequence[str | int]

_HEADER = re.compile(r"[ \t]*(\[\[?)[ \t]*([A-Za-z0-9_.\-]+)[ \t]*\]\]?")
_KEY = re.compile(r"[ \t]*([A-Za-z0-9_\-]+)[ \t]*=[ \t]*")
_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""'  # strings, whose brackets and commas mean nothing
    r"|'''.*?'''"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|[\[\]{},\n]"
    r"|[^\S\n]+"
    r"|[^\s\[\]{},\"'#]+"
    r"|.",
    re.DOTALL,
)


def toml_line(text: str, path: KeyPath) -> int:
    """Return the line, from 1, of the deepest part of `path` found in a TOML file's `text`.

    `path` is pydantic's: keys and list indices. Text that is no TOML gives some line of it.
    """
    wanted = tuple(path)
    best, depth = 0, 0
    header: tuple[str | int, ...] = ()
    tables: Counter[tuple[str | int, ...]] = Counter()
    position = 0
    while position < len(text):
        here: tuple[str | int, ...] = ()
        value = None
        if match := _HEADER.match(text, position):
            here = header = _resolve_header(match[2].split("."), match[1] == "[[", tables)
        elif match := _KEY.match(text, position):
            here = (*header, match[1])
            value = match.end()
        common = min(len(here), len(wanted))  # `[[claims]]` is the first line of `claims`
        if common > depth and wanted[:common] == here[:common]:
            best, depth = position, common
            if value is not None:
                best = _inside_value(text, value, wanted[depth:], best)
        position = _end_of_line(text, position if value is None else value)
    return text.count("\n", 0, best) + 1


def _resolve_header(
    names: list[str], is_array: bool, tables: Counter[tuple[str | int, ...]]
) -> tuple[str | int, ...]:
    """Turn `[[claims]]` or `[claims.verified]` into the key path it opens."""
    path: tuple[str | int, ...] = ()
    for depth, name in enumerate(names, start=1):
        path = (*path, name)
        if depth == len(names) and is_array:
            tables[path] += 1
        if path in tables:
            path = (*path, tables[path] - 1)
    return path


def _end_of_line(text: str, start: int) -> int:
    """Return where the line after a header or a value begins; a value may go over many lines."""
    depth = 0
    for token in _TOKEN.finditer(text, start):
        depth += token[0] in ("[", "{")
        depth -= token[0] in ("]", "}")
        if token[0] == "\n" and depth <= 0:
            return token.end()
    return len(text)


def _inside_value(text: str, start: int, rest: KeyPath, best: int) -> int:
    """Follow the rest of a path into the array or inline table at `start`; else return `best`."""
    if not rest or text[start : start + 1] not in ("[", "{"):
        return best
    for index, item in enumerate(_items(text, start)):
        key = _KEY.match(text, item) if text[start] == "{" else None
        if (key[1] if key else index) == rest[0]:
            return _inside_value(text, key.end() if key else item, rest[1:], item)
    return best


def _items(text: str, start: int) -> Iterator[int]:
    """Yield where each item of the array or inline table at `start` begins."""
    depth, waiting = 0, False
    for token in _TOKEN.finditer(text, start):
        blank = token[0].isspace() or token[0].startswith("#")
        if waiting and not blank and token[0] not in ("]", "}", ","):
            yield token.start()
            waiting = False
        depth += token[0] in ("[", "{")
        depth -= token[0] in ("]", "}")
        if depth == 0:
            return
        waiting = waiting or (depth == 1 and token[0] in ("[", "{", ","))


def bib_line(text: str, key: str, field: str | None = None) -> int:
    """Return the line, from 1, of a BibTeX entry, or of one of its fields if it is there."""
    entry = re.search(rf"^[ \t]*@\w+[ \t]*\{{[ \t]*{re.escape(key)}[ \t]*,", text, re.MULTILINE)
    if entry is None:
        return 1
    found = entry.start()
    if field is not None:
        end = re.compile(r"^[ \t]*@", re.MULTILINE).search(text, entry.end())
        of_entry = re.compile(rf"^[ \t]*{re.escape(field)}[ \t]*=", re.MULTILINE)
        inside = of_entry.search(text, entry.end(), end.start() if end else len(text))
        found = inside.start() if inside else found
    return text.count("\n", 0, found) + 1
