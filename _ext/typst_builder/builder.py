"""The builders: `typst` writes the source of the documents, `typstpdf` the PDF too."""

from __future__ import annotations

import shutil
from collections.abc import Set
from pathlib import Path
from typing import Any, ClassVar

import typst
from docutils import nodes
from sphinx.builders import Builder
from sphinx.errors import SphinxError
from sphinx.util import logging
from sphinx.util.display import progress_message
from sphinx.util.osutil import make_filename_from_project

from .document import Document, source
from .highlight import Highlighting
from .literals import dictionary, string
from .references import PAGE_MARK

logger = logging.getLogger(__name__)

PACKAGE = Path(__file__).parent

STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]

THEME_OPTIONS: dict[str, str | float] = {
    "paper": "a4",
    "size": 10,
    "accent": "#23415e",
    "link": "#1f5f99",
    "body-font": "Source Serif 4",
    "heading-font": "Source Sans 3",
    "code-font": "JetBrains Mono",
}


class TypstBuilder(Builder):
    """Writes each document as one Typst file, beside the files that it needs."""

    name = "typst"
    format = "typst"
    epilog = "The Typst files are in %(outdir)s."
    default_translator_class = nodes.NodeVisitor
    supported_image_types: ClassVar = [
        *("image/svg+xml", "application/pdf", "image/png", "image/jpeg"),
        *("image/gif", "image/webp"),
    ]
    allow_parallel = False

    @property
    def source_folder(self) -> Path:
        """Where the Typst files go."""
        return Path(self.outdir)

    def get_outdated_docs(self) -> str:
        """Return that everything is: a document is made of many pages."""
        return "all documents"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return the mark of a page, which becomes a place of the document or an address."""
        return PAGE_MARK + docname

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """Return the mark of a page."""
        return self.get_target_uri(to, typ)

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Have nothing to prepare."""

    def write_documents(self, docnames: Set[str]) -> None:
        """Write the source of every document."""
        folder = self.source_folder
        folder.mkdir(parents=True, exist_ok=True)
        highlighting = Highlighting(self)
        for document in documents(self.config.typst_documents, self.env.found_docs):
            with progress_message(f"writing {document.name}.typ"):
                text = source(self, document, highlighting)
                (folder / f"{document.name}.typ").write_text(text, encoding="utf-8")
        self._write_support(folder, highlighting)

    def finish(self) -> None:
        """Copy the pictures of all documents."""
        for uri, name in sorted(self.images.items()):
            target = self.source_folder / "images" / name
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(Path(self.srcdir) / uri, target)

    def _write_support(self, folder: Path, highlighting: Highlighting) -> None:
        shutil.copyfile(PACKAGE / "theme.typ", folder / "theme.typ")
        if self.config.typst_style:
            shutil.copyfile(Path(self.confdir) / self.config.typst_style, folder / "style.typ")
        given = THEME_OPTIONS | self.config.typst_theme_options
        options = {
            key: string(value) if isinstance(value, str) else str(value)
            for key, value in given.items()
        }
        settings = f"#let options = {dictionary(options)}\n"
        settings += f"#let token-styles = {highlighting.looks()}\n"
        (folder / "settings.typ").write_text(settings, encoding="utf-8")


class TypstPdfBuilder(TypstBuilder):
    """Writes each document as a PDF."""

    name = "typstpdf"
    epilog = "The PDF files are in %(outdir)s."

    @property
    def source_folder(self) -> Path:
        """Where the Typst files go: they are no part of the result."""
        return Path(self.outdir) / "source"

    def finish(self) -> None:
        """Compile the documents that were written."""
        super().finish()
        fonts = [str(PACKAGE / "fonts")]
        fonts += [str(Path(self.confdir) / path) for path in self.config.typst_font_paths]
        for document in documents(self.config.typst_documents, self.env.found_docs):
            name = f"{document.name}.pdf"
            with progress_message(f"writing {name}"):
                pdf = compiled(self.source_folder / f"{document.name}.typ", fonts)
                (Path(self.outdir) / name).write_bytes(pdf)


def compiled(path: Path, fonts: list[str]) -> bytes:
    """Return the PDF of a Typst file; a place that keeps it from its claims is a warning."""

    def attempt(standards: list[typst.PDFStandard]) -> tuple[bytes, list[typst.TypstWarning]]:
        return typst.compile_with_warnings(
            str(path),
            root=str(path.parent),
            font_paths=list(fonts),
            ignore_system_fonts=True,  # the result must not depend on the machine
            timestamp=0,  # the document brings its own date
            pdf_standards=standards,
        )

    try:
        pdf, notes = attempt(STANDARDS)
    except typst.TypstError as refused:
        try:
            pdf, notes = attempt([])
        except typst.TypstError as error:
            raise SphinxError(f"Typst can't compile {path.name}: {error.diagnostic}") from error
        message = "%s makes no claim of PDF/UA-1 and PDF/A-2a: %s"
        logger.warning(message, path.stem, refused.diagnostic, type="typst", subtype="standard")
    for note in notes:
        logger.warning("%s: %s", path.name, note.message, type="typst", subtype="compiler")
    return pdf


def documents(entries: list[tuple[Any, ...]], found: Set[str]) -> list[Document]:
    """Return the documents that `typst_documents` lists."""
    result = []
    for entry in entries:
        document = Document(*entry)
        if document.start not in found:
            message = "typst_documents names an unknown page: %s"
            logger.warning(message, document.start, type="typst", subtype="documents")
            continue
        result.append(document)
    return result


def default_documents(config: Any) -> list[tuple[str, str, str, str]]:
    """Return the one document with everything."""
    name = make_filename_from_project(config.project)
    return [(config.root_doc, name, config.project, config.author)]
