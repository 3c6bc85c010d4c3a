"""Where in a TOML or BibTeX file a key stands: the one thing that their parsers do not tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

KeyPath = Sequence[str | int]

_TABLE = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_.\-]+)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-]+)\s*=")


def toml_line(text: str, path: KeyPath) -> int:
    """Return the line, from 1, of the deepest part of `path` found in a TOML file's `text`.

    `path` is pydantic's: keys and list indices. Tables in headers are followed exactly;
    inside an inline table or array the line is that of the key or of the item, where it
    starts a line of its own, else of the key that holds it.
    """
    lines = text.splitlines()
    wanted = tuple(path)
    best_line, best_depth = 1, 0
    header: tuple[str | int, ...] = ()
    seen: Counter[tuple[str | int, ...]] = Counter()
    quote: str | None = None
    for number, line in enumerate(lines, start=1):
        if quote:
            if quote in line:
                quote = None
            continue
        if match := _TABLE.match(line):
            header = _resolve_header(match[2].split("."), match[1] == "[[", seen)
            here = header
        elif match := _KEY.match(line):
            here = (*header, match[1])
            quote = _opens_multiline(line)
        else:
            continue
        if len(here) > best_depth and wanted[: len(here)] == here:
            best_line, best_depth = number, len(here)
    return _inside_value(lines, best_line, wanted[best_depth:])


def _resolve_header(
    names: list[str], is_array: bool, seen: Counter[tuple[str | int, ...]]
) -> tuple[str | int, ...]:
    """Turn `[[claims]]` or `[claims.verified]` into the key path it opens."""
    path: tuple[str | int, ...] = ()
    for depth, name in enumerate(names, start=1):
        path = (*path, name)
        if depth == len(names) and is_array:
            seen[path] += 1
        if path in seen:
            path = (*path, seen[path] - 1)
    return path


def _opens_multiline(line: str) -> str | None:
    """Return the quote of a multi-line string that the line leaves open."""
    return next((quote for quote in ('"""', "'''") if line.count(quote) == 1), None)


def _inside_value(lines: list[str], start: int, rest: KeyPath) -> int:
    """Follow what is left of a path into an array or inline table that begins at line `start`."""
    if not rest or not isinstance(rest[0], int):
        return start
    items = [
        number
        for number in range(start + 1, _end_of_value(lines, start) + 1)
        if lines[number - 1].lstrip().startswith(("{", '"', "'"))
    ]
    return items[rest[0]] if rest[0] < len(items) else start


def _end_of_value(lines: list[str], start: int) -> int:
    """Return the last line of the array that begins at line `start`."""
    depth = 0
    for number in range(start, len(lines) + 1):
        bare = re.sub(r'"(?:\\.|[^"\\])*"', "", lines[number - 1]).split("#")[0]
        depth += bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")
        if depth <= 0:
            return number
    return len(lines)


def bib_line(text: str, key: str, field: str | None = None) -> int:
    """Return the line, from 1, of a BibTeX entry, or of one of its fields if it is there."""
    lines = text.splitlines()
    start = next(
        (
            number
            for number, line in enumerate(lines, start=1)
            if re.match(rf"\s*@\w+\s*\{{\s*{re.escape(key)}\s*,", line)
        ),
        1,
    )
    if field is None:
        return start
    for number in range(start + 1, len(lines) + 1):
        if lines[number - 1].lstrip().startswith("@"):
            break
        if re.match(rf"\s*{re.escape(field)}\s*=", lines[number - 1]):
            return number
    return start
