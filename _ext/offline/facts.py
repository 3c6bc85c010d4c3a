"""Owns what a PDF or an EPUB says of itself: its title, its date, its length.

All is read from the file, and not from when it was written: the same file gives the same page.
"""

from __future__ import annotations

import datetime
import functools
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

CONTAINER = "META-INF/container.xml"
NAMES = {
    "container": "urn:oasis:names:tc:opendocument:xmlns:container",
    "dc": "http://purl.org/dc/elements/1.1/",
    "opf": "http://www.idpf.org/2007/opf",
}


@dataclass(frozen=True)
class Facts:
    """What a reader wants to know before a download."""

    title: str
    kind: str
    size_bytes: int
    day: datetime.date
    pages: int | None = None
    """The pages of an EPUB are the e-reader's affair."""

    def __str__(self) -> str:
        """Return all but the title and the kind, in words."""
        parts = [size(self.size_bytes), self.day.isoformat()]
        if self.pages:
            parts.insert(0, f"{self.pages:,} pages" if self.pages > 1 else "1 page")
        return ", ".join(parts)


def facts(path: Path) -> Facts:
    """Return what a file says of itself; raise `ValueError` if it is none of those known here."""
    stat = path.stat()
    return _facts(path, stat.st_size, stat.st_mtime_ns)


@functools.lru_cache
def _facts(path: Path, size_bytes: int, _time_ns: int) -> Facts:
    match path.suffix:
        case ".pdf":
            return _pdf(path, size_bytes)
        case ".epub":
            return _epub(path, size_bytes)
    raise ValueError(f"{path.name} is neither a PDF nor an EPUB")


def _pdf(path: Path, size_bytes: int) -> Facts:
    from pypdf import PdfReader  # takes time to import, and is seldom needed

    with PdfReader(path) as pdf:
        said = pdf.metadata
        if said is None or said.creation_date is None:
            raise ValueError(f"{path.name} does not say when it was made")
        title = said.title or path.stem
        return Facts(title, "PDF", size_bytes, said.creation_date.date(), len(pdf.pages))


def _epub(path: Path, size_bytes: int) -> Facts:
    with ZipFile(path) as book:
        container = ElementTree.fromstring(book.read(CONTAINER))
        [root] = container.iterfind(".//container:rootfile", NAMES)
        package = ElementTree.fromstring(book.read(root.attrib["full-path"]))
    title = package.findtext(".//dc:title", namespaces=NAMES)
    moment = package.findtext(".//opf:meta[@property='dcterms:modified']", namespaces=NAMES)
    if moment is None:
        raise ValueError(f"{path.name} does not say when it was made")
    day = datetime.datetime.fromisoformat(moment).date()
    return Facts(title or path.stem, "EPUB", size_bytes, day)


def size(size_bytes: int) -> str:
    """Return a size in the decimal units that a browser shows for downloads."""
    if size_bytes < 999_500:
        return f"{max(size_bytes / 1e3, 1):.0f} kB"
    return f"{size_bytes / 1e6:.1f} MB"
