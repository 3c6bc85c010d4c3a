"""Remembers what passed, below the work folder, so that what is unchanged costs nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .content import digest, side_digest, tool_digest, write_text
from .model import Side


@dataclass(frozen=True)
class Passed:
    """A file for each side that passed, with the digest of all that its passing rests on."""

    folder: Path
    versions: dict[str, str]
    """The installed releases, by subject id."""

    def holds(self, side: Side) -> bool:
        """Whether a side passed with these files, this tool and this release."""
        file = self._file(side.program, side.subject.id)
        return file.is_file() and file.read_text(encoding="utf-8") == self._key([side])

    def note(self, side: Side) -> None:
        """Remember that a side passed."""
        write_text(self._file(side.program, side.subject.id), self._key([side]))

    def lint_holds(self, subject: str, sides: list[Side]) -> bool:
        """Whether the linters of a subject found nothing in these sides."""
        file = self._file("lint", subject)
        return file.is_file() and file.read_text(encoding="utf-8") == self._key(sides)

    def note_lint(self, subject: str, sides: list[Side]) -> None:
        """Remember that the linters of a subject found nothing."""
        write_text(self._file("lint", subject), self._key(sides))

    def _file(self, name: str, subject: str) -> Path:
        return self.folder / name / subject

    def _key(self, sides: list[Side]) -> str:
        parts = [f"{side.id} {side_digest(side)}" for side in sides]
        versions = sorted(self.versions[subject] for subject in {s.subject.id for s in sides})
        return digest(part.encode() for part in (tool_digest(), *versions, *parts))
