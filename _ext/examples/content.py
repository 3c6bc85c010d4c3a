"""Digests of what a side's result depends on, so that a result is known to be of these files.

Knows files only: no toolchain is needed to tell that a result is out of date.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from .model import Side, output_file
from .subjects import SUBJECTS


def side_files(side: Side) -> list[Path]:
    """Return the files that a side's result depends on, in a fixed order.

    They are its sources, what lies in the program's folder itself (but the other side's
    output), and the files by which the workspace or module builds it.
    """
    others = {output_file(name) for name in SUBJECTS if name != side.subject.id}
    shared = (path for path in side.program_folder.iterdir() if path.name not in others)
    own = (path for path in side.folder.rglob("*") if "target" not in path.parts)
    workspace = (side.workspace / name for name in side.subject.workspace_files)
    files = {path for path in (*shared, *own, *workspace) if path.is_file()}
    return sorted(path for path in files if not _is_temporary(path))


def workspace_files(workspace: Path) -> list[Path]:
    """Return every file that a result of an examples folder may depend on, in a fixed order."""
    files = (path for path in workspace.rglob("*") if "target" not in path.parts)
    return sorted(path for path in files if path.is_file() and not _is_temporary(path))


def _is_temporary(path: Path) -> bool:
    return path.name.startswith(".") and path.suffix[1:].isdigit()


def side_digest(side: Side) -> str:
    """Digest a side's files by name and content."""
    return digest(_parts(side))


def _parts(side: Side) -> Iterator[bytes]:
    for path in side_files(side):
        yield path.relative_to(side.workspace).as_posix().encode()
        yield path.read_bytes()


def tool_digest() -> str:
    """Digest the code of this package: another tool may judge otherwise."""
    return digest(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))


def digest(parts: Iterable[bytes]) -> str:
    """Digest byte strings, each with its length, so that they cannot run into one another."""
    hash_ = hashlib.blake2b(digest_size=16)
    for part in parts:
        hash_.update(len(part).to_bytes(8))
        hash_.update(part)
    return hash_.hexdigest()


def write_text(path: Path, text: str) -> bool:
    """Write a file in one step, unless it has this text; return whether it was written."""
    if path.is_file() and path.read_bytes() == text.encode():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_text(text, encoding="utf-8", newline="")
    temporary.replace(path)
    return True
