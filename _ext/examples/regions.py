"""Named regions of a source file: `// region: name` … `// endregion`, on lines of their own.

They may nest, and are removed from whatever is shown.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass

_MARKER = re.compile(
    r"^\s*// (?:region: (?P<name>[a-z0-9]+(?:-[a-z0-9]+)*)|(?P<end>endregion))\s*$"
)
_LIKE_A_MARKER = re.compile(r"^\s*//\s*(?:end)?region\b", re.IGNORECASE)


class RegionError(ValueError):
    """Markers are mistaken, or a region does not exist; the message says what was expected."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class Source:
    """A source file without its markers."""

    lines: tuple[str, ...]
    regions: dict[str, tuple[int, int]]
    """Half-open ranges of line indices, by name."""

    def text(self, region: str | None = None) -> str:
        """Return the whole text or a region of it, dedented, without blank edges."""
        start, end = 0, len(self.lines)
        if region is not None:
            if region not in self.regions:
                known = ", ".join(self.regions) or "none"
                raise RegionError(f'unknown region "{region}"; expected one of: {known}')
            start, end = self.regions[region]
        return textwrap.dedent("\n".join(self.lines[start:end])).strip("\n") + "\n"


def parse_source(text: str) -> Source:
    """Take the markers out of a source file; raise `RegionError` if they do not pair."""
    lines: list[str] = []
    regions: dict[str, tuple[int, int]] = {}
    open_: list[tuple[str, int, int]] = []
    after_marker = False
    for number, line in enumerate(text.splitlines(), start=1):
        match = _MARKER.match(line)
        if match is None:
            if _LIKE_A_MARKER.match(line):
                expected = '"// region: name" or "// endregion"'
                raise RegionError(f"mistaken marker {line.strip()!r}; expected {expected}", number)
            # A marker between blank lines leaves one of them.
            if not (after_marker and not line.strip() and lines and not lines[-1].strip()):
                lines.append(line)
            after_marker = False
            continue
        after_marker = True
        if name := match["name"]:
            if name in regions or any(name == other for other, *_ in open_):
                raise RegionError(f'region "{name}" is opened twice; expected a new name', number)
            open_.append((name, len(lines), number))
        elif open_:
            name, start, _ = open_.pop()
            regions[name] = (start, len(lines))
        else:
            raise RegionError('"// endregion" closes nothing; expected a region before', number)
    if open_:
        name, _, number = open_[-1]
        raise RegionError(f'region "{name}" is not closed; expected "// endregion"', number)
    return Source(tuple(lines), regions)
