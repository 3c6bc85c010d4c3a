"""Packs a folder into a ZIP archive whose bytes depend on the files alone.

python tools/pack.py _build/html _build/technology-comparisons.zip
"""

from __future__ import annotations

import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP archive can name: when a file was written is no part of it."""

STATE = (".buildinfo", ".doctrees", "__pycache__")
"""What a build leaves for the next one."""


def pack(folder: Path, target: Path) -> int:
    """Write the archive, in which everything is in one folder; return how many files it has."""
    files = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part in STATE for part in path.relative_to(folder).parts)
    ]
    with ZipFile(target, "w") as archive:
        for path in files:
            name = f"{target.stem}/{path.relative_to(folder).as_posix()}"
            entry = ZipInfo(name, EARLIEST)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())
    return len(files)


def main() -> None:
    """Pack the folder that the first argument names into the archive that the second names."""
    folder, target = map(Path, sys.argv[1:])
    print(f"{target}: {pack(folder, target)} files, {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
