"""Owns the fixtures of the printed site: the PDF of each comparison and the one of everything."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from docutils import nodes

from tests.site.building import PRINTED_DOCTREES, run_folder
from tests.site.building import printed as printing

MARGIN_PT = (55, 62)
"""How much of a page's foot and head is no part of its text."""


@dataclass(frozen=True)
class Printed:
    """The PDF files, and the pages that they were made of."""

    folder: Path
    doctrees: Path

    def names(self) -> list[str]:
        """Return the names of the documents."""
        return sorted(path.stem for path in self.folder.glob("*.pdf"))

    def epub(self) -> Path:
        """Return the EPUB of the site, built once."""
        return next(printing(self.folder.parent, "epub").glob("*.epub"))

    def open(self, name: str) -> pikepdf.Pdf:
        """Open a PDF."""
        return pikepdf.open(self.folder / f"{name}.pdf")

    def pages(self, name: str) -> list[str]:
        """Return the text of each page, without its head and foot."""
        foot, head = MARGIN_PT
        with pypdfium2.PdfDocument(self.folder / f"{name}.pdf") as pdf:
            return [
                page.get_textpage().get_text_bounded(bottom=foot, top=page.get_height() - head)
                for page in pdf
            ]

    def sources(self, start: str) -> Iterator[tuple[str, nodes.document]]:
        """Yield the pages below a folder, as they were read."""
        for path in sorted((self.doctrees / start).rglob("*.doctree")):
            yield path.stem, pickle.loads(path.read_bytes())


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """The printed site; the processes of one test run share it."""
    folder = run_folder(tmp_path_factory)
    return Printed(printing(folder, "typstpdf"), folder / PRINTED_DOCTREES)
