"""A PDF and an EPUB are described by what they say of themselves."""

from __future__ import annotations

import datetime
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from offline.facts import CONTAINER, Facts, facts, size

CONTAINER_XML = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="inside/book.opf"/></rootfiles></container>"""
PACKAGE_XML = """<package xmlns="http://www.idpf.org/2007/opf">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A book</dc:title>{modified}
</metadata></package>"""
MODIFIED = '<meta property="dcterms:modified">2026-02-03T04:05:06Z</meta>'


def write_pdf(path: Path, pages: int, **said: str) -> Path:
    """Write a PDF of empty pages that says something of itself."""
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page()
        for name, value in said.items():
            pdf.docinfo[f"/{name}"] = value
        pdf.save(path)
    return path


def write_epub(path: Path, modified: str) -> Path:
    """Write what of an EPUB is read here."""
    with ZipFile(path, "w") as book:
        book.writestr(CONTAINER, CONTAINER_XML)
        book.writestr("inside/book.opf", PACKAGE_XML.format(modified=modified))
    return path


def test_a_pdf_says_its_title_length_and_day(tmp_path: Path) -> None:
    """Title, pages and day are those in the file, whenever the file was written."""
    path = write_pdf(tmp_path / "a.pdf", 2, Title="A title", CreationDate="D:20260203040506Z")
    day = datetime.date(2026, 2, 3)
    assert facts(path) == Facts("A title", "PDF", path.stat().st_size, day, 2)


def test_a_pdf_without_a_title_is_called_by_its_name(tmp_path: Path) -> None:
    """The link needs a text."""
    path = write_pdf(tmp_path / "named.pdf", 1, CreationDate="D:20260203040506Z")
    assert facts(path).title == "named"


def test_an_epub_says_its_title_and_day(tmp_path: Path) -> None:
    """They are in the package that its container names; it has no pages."""
    path = write_epub(tmp_path / "a.epub", MODIFIED)
    day = datetime.date(2026, 2, 3)
    assert facts(path) == Facts("A book", "EPUB", path.stat().st_size, day)


def test_another_file_is_described_anew(tmp_path: Path) -> None:
    """What was read before does not stand for a file that was written since."""
    path = write_pdf(tmp_path / "a.pdf", 1, CreationDate="D:20260203040506Z")
    assert facts(path).pages == 1
    write_pdf(path, 3, CreationDate="D:20260203040506Z")
    assert facts(path).pages == 3


def test_a_file_without_a_date_is_no_guess(tmp_path: Path) -> None:
    """Neither the clock nor the file system stands in for the day."""
    with pytest.raises(ValueError, match="does not say when"):
        facts(write_pdf(tmp_path / "a.pdf", 1))
    with pytest.raises(ValueError, match="does not say when"):
        facts(write_epub(tmp_path / "a.epub", ""))


def test_any_other_file_is_refused(tmp_path: Path) -> None:
    """Only what is known here is offered."""
    path = tmp_path / "a.txt"
    path.write_text("text")
    with pytest.raises(ValueError, match=r"a\.txt is neither"):
        facts(path)


@pytest.mark.parametrize(
    ("size_bytes", "words"),
    [
        *((1, "1 kB"), (999_499, "999 kB"), (999_500, "1.0 MB"), (4_249_999, "4.2 MB")),
        (123_456_789, "123.5 MB"),
    ],
)
def test_a_size_is_told_in_decimal_units(size_bytes: int, words: str) -> None:
    """As a browser tells it."""
    assert size(size_bytes) == words


def test_facts_are_told_in_words() -> None:
    """One page is no "pages", and where pages are not counted none are named."""
    day = datetime.date(2026, 2, 3)
    assert str(Facts("", "PDF", 4_200_000, day, 1320)) == "1,320 pages, 4.2 MB, 2026-02-03"
    assert str(Facts("", "PDF", 4_200_000, day, 1)) == "1 page, 4.2 MB, 2026-02-03"
    assert str(Facts("", "EPUB", 4_200_000, day)) == "4.2 MB, 2026-02-03"
