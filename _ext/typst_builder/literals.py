"""Typst's code mode: literals and calls, so that no text of a page is ever read as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def string(text: str) -> str:
    """Return a string literal; control characters, which no font shows, are left out."""
    text = _CONTROL.sub("", text)
    return '"' + "".join(_ESCAPES.get(character, character) for character in text) + '"'


def array(items: Iterable[str]) -> str:
    """Return an array of expressions; one item alone keeps its comma."""
    return "(" + "".join(f"{item}," for item in items) + ")"


def dictionary(items: Mapping[str, str]) -> str:
    """Return a dictionary of expressions by name."""
    pairs = [f"{string(key)}: {value}" for key, value in items.items()]
    return f"({', '.join(pairs)})" if pairs else "(:)"


def call(function: str, *arguments: str, **named: str | None) -> str:
    """Return a call; named arguments that are None are left out, and `_` becomes a hyphen."""
    given = [f"{key.replace('_', '-')}: {value}" for key, value in named.items() if value]
    return f"{function}({', '.join([*arguments, *given])})"


def sequence(parts: Iterable[str]) -> str:
    """Return the content that expressions make one after the other."""
    wanted = [part for part in parts if part]
    if not wanted:
        return "[]"
    return wanted[0] if len(wanted) == 1 else "{" + ";".join(wanted) + "}"
