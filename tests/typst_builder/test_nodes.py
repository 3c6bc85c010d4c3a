"""Every kind of node becomes the Typst code that is kept beside this file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.typst_builder.conftest import Made, make

if TYPE_CHECKING:
    from pytest_regressions.file_regression import FileRegressionFixture

PAGES = (
    *("index", "inline", "lists", "blocks", "tables", "code", "design", "description", "math"),
    *("notes", "appendix", "genindex"),
)


def chapter(source: str, name: str) -> str:
    """Return the code of one page, a call a line, so that a difference can be read."""
    starts = {match[1]: match.start() for match in re.finditer(r'chapter\(1, "(\w+):', source)}
    starts["genindex"] = source.index("#index-page(")
    ends = sorted([*starts.values(), len(source)])
    start = starts[name]
    return source[start : ends[ends.index(start) + 1]].replace(";", ";\n")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_becomes_typst(
    made: Made, name: str, file_regression: FileRegressionFixture
) -> None:
    """The code of a page is as it was looked at."""
    file_regression.check(chapter(made.typst(), name), extension=".typ")


def test_a_source_is_printed_once_in_each_document(made: Made) -> None:
    """What one document has taken of the project does not show in the next."""
    for name in ("sample", "part"):
        assert made.typst(name).count('"First."') == 1


def test_a_link_out_of_a_document_is_none(made: Made) -> None:
    """A document of one page has that page and the appendices, and no place for other links."""
    assert 'chapter(1, "notes:"' in made.typst("part")
    assert 'chapter(1, "appendix:"' in made.typst("part")
    assert 'chapter(1, "index:"' not in made.typst("part")


def test_no_node_is_unknown(made: Made) -> None:
    """The sample builds without a warning: every node has a handler, every link a place."""
    assert made.warnings == ""


GIZMO = 'extensions.append("tests.typst_builder.gizmo")\n'


def configure(project: Path, text: str) -> None:
    """Add to the configuration of a project."""
    path = project / "conf.py"
    path.write_text(path.read_text() + text)


def test_an_unknown_node_is_its_text_and_one_warning(project: Path) -> None:
    """What no handler knows keeps its text, and is named once."""
    configure(project, GIZMO)
    (project / "index.md").write_text("# Title\n\n```{gizmo}\n```\n\n```{gizmo}\n```\n")
    made = make(project, "typst")
    assert (made.folder / "sample.typ").read_text().count('par("inside")') == 2
    assert made.warnings.count("unknown node Gizmo") == 1


def test_an_extension_brings_its_own_handler(project: Path) -> None:
    """What is registered by `add_node` for "typst" makes the code of a node."""
    handler = "lambda translator, node: f'rect({translator.children(node)})'"
    node = "__import__('tests.typst_builder.gizmo').typst_builder.gizmo.Gizmo"
    setup = f"def setup(app):\n    app.add_node({node}, typst=({handler}, None))\n"
    configure(project, GIZMO + setup)
    (project / "index.md").write_text("# Title\n\n```{gizmo}\n```\n")
    made = make(project, "typst")
    assert 'rect(par("inside"))' in (made.folder / "sample.typ").read_text()
    assert made.warnings == ""


def test_code_that_is_not_in_its_language_is_named(project: Path) -> None:
    """It is printed all the same; where nobody said the language, nobody is told."""
    (project / "index.md").write_text("# T\n\n```json\n{'a` b\n```\n\n```\n{'c` d\n```\n")
    made = make(project, "typst")
    assert made.warnings.count("WARNING") == 1
    assert "index.md:3: WARNING: code is not json at" in made.warnings
    source = (made.folder / "sample.typ").read_text()
    printed = "".join(re.findall(r'\(\d+, "(.*?)"\)', source))
    assert "{'a` b" in printed
    assert "{'c` d" in printed


def test_a_picture_without_alternative_is_named(project: Path) -> None:
    """A picture that says nothing to who can't see it is a warning, but not the end."""
    (project / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    (project / "index.md").write_text("# Title\n\n```{image} a.svg\n```\n")
    made = make(project)
    assert "image without alternative text: a.svg" in made.warnings
    assert (made.folder / "sample.pdf").read_bytes().startswith(b"%PDF")


def test_a_character_without_a_font_costs_the_claims_only(project: Path) -> None:
    """A letter that no font has can't be in PDF/UA: the PDF then makes no claim, and says so."""
    (project / "index.md").write_text("# Title\n\nA \N{CJK UNIFIED IDEOGRAPH-4E2D} here.\n")
    made = make(project)
    assert "makes no claim of PDF/UA-1" in made.warnings
    with made.pdf() as pdf, pdf.open_metadata() as metadata:
        assert "pdfuaid:part" not in metadata


def test_an_unknown_start_page_is_named(project: Path) -> None:
    """A document whose page does not exist is a warning."""
    configure(project, 'typst_documents = [("none", "x", "X", "Y")]\n')
    (project / "index.md").write_text("# Title\n")
    assert "typst_documents names an unknown page: none" in make(project).warnings
