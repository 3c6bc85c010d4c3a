"""A mistake in the data, said so that its author can mend it at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake: where it stands, what is wrong and what was expected."""

    file: Path
    line: int
    key: str
    """The key in dotted form, such as `claims[3].evidence[0].source`."""
    wrong: str
    expected: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key}: {self.wrong}; expected {self.expected}"


def dotted(path: tuple[str | int, ...]) -> str:
    """Write a key path as an author would: `claims[3].evidence[0].source`."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.lstrip(".") or "file"
