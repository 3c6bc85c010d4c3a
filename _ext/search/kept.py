"""Keeps the records of each page between builds, so that only written pages are read again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from .records import Record


class KeptRecords:
    """A file for each page, below a folder beside the doctrees.

    Pages may be written by several processes, each of which writes its own files.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def has(self, docname: str) -> bool:
        """Whether the records of a page are here."""
        return self._path(docname).exists()

    def keep(self, docname: str, records: Iterable[Record]) -> None:
        """Keep the records of a page."""
        path = self._path(docname)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps([one.as_json() for one in records]), encoding="utf-8")

    def read(self, docnames: Iterable[str]) -> Iterator[Record]:
        """Yield the records of pages, in the order of their names."""
        for docname in sorted(docnames):
            if self.has(docname):
                for record in json.loads(self._path(docname).read_text(encoding="utf-8")):
                    yield Record(**record)

    def _path(self, docname: str) -> Path:
        return self._folder / f"{docname}.json"
