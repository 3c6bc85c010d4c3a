"""The PDF is one that readers' programs, screen readers and archives can use."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from pdfua import validate

from tests.typst_builder import looking
from tests.typst_builder.conftest import EPOCH, ROOTS, Made
from tests.typst_builder.verapdf import broken_rules


@pytest.fixture(scope="module")
def pdf(made: Made) -> Iterator[pikepdf.Pdf]:
    """The PDF of the sample project."""
    with made.pdf() as opened:
        yield opened


def test_says_what_it_is(pdf: pikepdf.Pdf) -> None:
    """Title, author and language are set, and the claims of PDF/UA-1 and PDF/A-2a are made."""
    assert (pdf.docinfo["/Title"], pdf.docinfo["/Author"]) == ("Sample of nodes", "Nobody")
    assert pdf.Root.Lang == "en"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert pdf.Root.MarkInfo.Marked
    with pdf.open_metadata() as metadata:
        claims = {key: metadata[f"{key}"] for key in ("pdfuaid:part", "pdfaid:part")}
        assert claims == {"pdfuaid:part": "1", "pdfaid:part": "2"}
        assert metadata["pdfaid:conformance"] == "A"


def test_bookmarks_follow_the_headings(pdf: pikepdf.Pdf) -> None:
    """Every page and section has a bookmark, as deep as it stands."""
    with pdf.open_outline() as outline:
        found = list(looking.bookmarks(outline.root))
    assert [title for depth, title in found if depth == 1] == [
        *("Contents", "Start", "Inline text", "Lists", "Blocks", "Tables", "Code", "Design"),
        *("Descriptions", "Math", "Notes", "Appendix", "Index"),
    ]
    assert [entry for entry in found if entry[0] > 1] == [(2, "A section below"), (3, "Deeper")]


def test_every_link_leads_somewhere(pdf: pikepdf.Pdf) -> None:
    """Internal links have a page; external ones an address, those to the site an absolute one."""
    found = list(looking.links(pdf))
    assert [link for link in found if link.target is None and link.address is None] == []
    assert len([link for link in found if link.target]) > 25
    assert sorted({link.address for link in found if link.address}) == [
        "https://card.example/",
        "https://docs.example/absent.html",
        "https://one.example/a_b",
        "https://other.example/path?a=b",
    ]


def test_fonts_are_embedded(pdf: pikepdf.Pdf) -> None:
    """No reader needs a font of its own."""
    found = looking.fonts(pdf)
    assert all(found.values())
    families = {name.partition("-")[0] for name in found}
    assert {"SourceSerif4", "SourceSans3", "JetBrainsMono"} <= families


def test_pages_are_labelled_as_printed(pdf: pikepdf.Pdf) -> None:
    """The number that a viewer shows is the number on the page."""
    labels = [page.label for page in pdf.pages]
    assert labels == [str(number) for number in range(1, len(labels) + 1)]


def test_structure_is_tagged(pdf: pikepdf.Pdf) -> None:
    """Headings, lists, tables, code, figures and notes are what they are for a screen reader."""
    found = list(looking.tags(pdf))
    kinds = Counter(str(tag.S) for tag in found)
    for kind in ("/H1", "/H2", "/L", "/LI", "/Table", "/TH", "/TD", "/Code", "/Figure", "/Note"):
        assert kinds[kind], kind
    wanting = [tag for tag in found if tag.S in ("/Figure", "/Formula") and "/Alt" not in tag]
    assert wanting == []
    figures = [str(tag.Alt) for tag in found if tag.S == "/Figure"]
    squares = ["A lone square", "A linked square", "A square", "A square wider than the page"]
    assert figures == ["A blue square", "a square", *squares]


def test_a_second_opinion_on_accessibility(made: Made) -> None:
    """`pdfua`, which knows some of the rules of PDF/UA-1, finds nothing."""
    report = validate(str(made.folder / "sample.pdf"))
    assert [str(finding) for finding in report.findings] == []


@pytest.mark.parametrize("claim", ["ua1", "2a"])
def test_the_claims_are_true(made: Made, claim: str) -> None:
    """Of the rules that a machine can check, veraPDF finds none broken."""
    assert broken_rules(made.folder / "sample.pdf", claim) == []


def test_bytes_depend_on_the_sources_alone(made: Made, tmp_path: Path) -> None:
    """Another folder, another process and another hash seed make the same bytes."""
    source = tmp_path / "elsewhere" / "deeper"
    shutil.copytree(ROOTS / "test-nodes", source)
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "typstpdf", str(source), str(tmp_path)]
    variables = {"PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": EPOCH, "PYTHONPATH": "_ext"}
    subprocess.run(command, check=True, env={**os.environ, **variables})
    assert (tmp_path / "sample.pdf").read_bytes() == (made.folder / "sample.pdf").read_bytes()
