"""A site offers the PDF and the EPUB that were made of it, and shows what they are now."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import html
from sphinx.testing.util import SphinxTestApp
from sphinx.util.console import strip_escape_sequences

ROOT = Path(__file__).parent / "roots" / "test-offline"
EPOCH = "1700000000"
OFFERING = {"index", "part", "below/page"}


@dataclass(frozen=True)
class Built:
    """What a build left and wrote."""

    folder: Path
    warnings: str
    written: set[str]

    def files(self) -> dict[str, bytes]:
        """Return every file, by its path."""
        paths = [path for path in self.folder.rglob("*") if path.is_file()]
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in paths}

    def place(self, page: str) -> html.HtmlElement:
        """Return the place on a page where files are offered."""
        [place] = self._places(page)
        return place

    def shows_a_place(self, page: str) -> bool:
        """Whether a page has one."""
        return bool(self._places(page))

    def links(self, page: str) -> dict[str, str]:
        """Return the texts of the links, each with what stands around it, by address."""
        items = self.place(page).iterfind(".//li")
        return {item.find(".//a").get("href"): item.text_content().strip() for item in items}

    def _places(self, page: str) -> list[html.HtmlElement]:
        tree = html.parse(self.folder / f"{page}.html").getroot()
        return tree.find_class("offline")


@dataclass(frozen=True)
class Project:
    """A copy of the sample project."""

    source: Path

    def build(
        self, builder: str = "html", folder: str = "_build", parallel: int = 0, **connect: Any
    ) -> Built:
        """Build what changed, in this process; `connect` names events and what to call."""
        written: set[str] = set()
        app = SphinxTestApp(
            builder, srcdir=self.source, builddir=self.source / folder, parallel=parallel
        )
        try:
            app.connect("html-page-context", lambda app, name, *_: written.add(name))
            for event, call in connect.items():
                app.connect(event.replace("_", "-"), call)
            app.build()
            warnings = strip_escape_sequences(app.warning.getvalue())
            return Built(Path(app.outdir), warnings, written & app.env.found_docs)
        finally:
            app.cleanup()

    def made(self, name: str) -> Path:
        """Return where a file is that was made."""
        folder = "epub" if name.endswith(".epub") else "typstpdf"
        return self.source / "_build" / folder / name


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The sample project, of which nothing was made yet."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    shutil.copytree(ROOT, tmp_path / "project")
    return Project(tmp_path / "project")


@pytest.fixture(scope="session")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample project with its PDF and EPUB, to be copied."""
    source = tmp_path_factory.mktemp("offline") / "project"
    shutil.copytree(ROOT, source)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        for builder in ("typstpdf", "epub"):
            assert Project(source).build(builder).warnings == ""
    return source


@pytest.fixture
def printed(master: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The sample project with its PDF and EPUB."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    shutil.copytree(master, tmp_path / "project")
    return Project(tmp_path / "project")


def test_what_was_made_is_offered(printed: Project) -> None:
    """Each page links to its own PDF, or to that of everything, and to the EPUB."""
    built = printed.build()
    assert built.warnings == ""
    said = {}
    for name in ("whole.pdf", "part.pdf"):
        size = printed.made(name).stat().st_size / 1000
        with pikepdf.open(printed.made(name)) as pdf:
            said[name] = f"{len(pdf.pages)} pages, {size:.0f} kB"
    whole = f"The whole (PDF), {said['whole.pdf']}, 2026-02-03"
    part = f"The part (PDF), {said['part.pdf']}, 2026-01-02"
    book = f"Sample (EPUB), {printed.made('Sample.epub').stat().st_size / 1000:.0f} kB, 2026-02-03"
    assert {page: built.links(page) for page in sorted(OFFERING)} == {
        "below/page": {"../offline/whole.pdf": whole, "../offline/Sample.epub": book},
        "index": {"offline/whole.pdf": whole, "offline/Sample.epub": book},
        "part": {"offline/part.pdf": part, "offline/Sample.epub": book},
    }
    assert not built.shows_a_place("plain")
    for page in OFFERING:
        for address in built.links(page):
            copy = (built.folder / page).parent / address
            assert copy.read_bytes() == printed.made(copy.name).read_bytes()


def test_what_was_not_made_is_not_offered(project: Project) -> None:
    """The page says what its author wrote for that, links in it work, and nothing is copied."""
    built = project.build()
    assert built.warnings == ""
    assert built.place("index").text_content().strip() == "Nothing was made: see Page."
    assert built.place("index").find(".//a").get("href") == "below/page.html"
    assert built.place("part").text_content().strip() == ""
    assert not (built.folder / "offline").exists()


@pytest.mark.parametrize("builder", ["text", "singlehtml", "dirhtml"])
def test_only_a_website_offers_files(printed: Project, builder: str) -> None:
    """A text has no files beside it; any form of the site has."""
    built = printed.build(builder)
    assert built.warnings == ""
    assert (built.folder / "offline" / "whole.pdf").exists() == (builder != "text")
    said = "".join(path.read_text() for path in built.folder.glob("index.*"))
    assert ("offline/whole.pdf" in said) == (builder != "text")
    assert "Nothing was made" not in said


def test_no_file_depends_on_itself(printed: Project) -> None:
    """PDF and EPUB have the same bytes before and after the site offers them."""
    names = ("whole.pdf", "part.pdf", "Sample.epub")
    before = {name: printed.made(name).read_bytes() for name in names}
    printed.build()
    for builder in ("typstpdf", "epub"):
        printed.build(builder)
    assert {name: printed.made(name).read_bytes() for name in names} == before


def nothing(project: Project) -> None:
    """Leave all as it is."""


def another_edition(project: Project) -> None:
    """The PDF of the part was made again, of another content."""
    shutil.copyfile(project.made("whole.pdf"), project.made("part.pdf"))


def same_size(project: Project) -> None:
    """The EPUB was made again, with as many bytes."""
    book = project.made("Sample.epub")
    book.write_bytes(book.read_bytes().replace(b"mimetype", b"mimetypo"))
    os.utime(book, ns=(1, 1))


def one_gone(project: Project) -> None:
    """The EPUB was deleted."""
    project.made("Sample.epub").unlink()


def all_gone(project: Project) -> None:
    """All files were deleted."""
    for name in ("whole.pdf", "part.pdf", "Sample.epub"):
        project.made(name).unlink()


def other_name(project: Project) -> None:
    """The document of the part has another name."""
    conf = project.source / "conf.py"
    conf.write_text(conf.read_text().replace('("part", "part"', '("part", "piece"'))
    project.made("part.pdf").rename(project.made("piece.pdf"))


def no_longer_offered(project: Project) -> None:
    """The only page that offered a file offers none any more."""
    page = project.source / "part.rst"
    page.write_text("Part\n====\n")


CHANGES: list[tuple[Callable[[Project], None], set[str]]] = [
    (nothing, set()),
    (another_edition, OFFERING),
    (same_size, OFFERING),
    (one_gone, OFFERING),
    (all_gone, OFFERING),
    (other_name, OFFERING),
    (no_longer_offered, OFFERING),
]


@pytest.mark.parametrize(
    ("change", "rewritten"), CHANGES, ids=lambda one: getattr(one, "__name__", "")
)
def test_pages_show_what_is_there_now(
    printed: Project, change: Callable[[Project], None], rewritten: set[str]
) -> None:
    """After any change a build leaves what a clean one would, and writes only what it must."""
    printed.build()
    change(printed)
    built = printed.build()
    assert built.written == rewritten
    assert built.files() == printed.build(folder="_clean").files()


def test_a_file_that_is_made_later_is_offered(project: Project) -> None:
    """The site was built alone first, as on a fresh clone."""
    project.build()
    for builder in ("typstpdf", "epub"):
        project.build(builder)
    built = project.build()
    assert built.written >= OFFERING
    assert built.files() == project.build(folder="_clean").files()


def test_what_a_failed_build_left_is_written_again(printed: Project) -> None:
    """A build that broke off while it wrote makes the next one write the pages."""
    printed.build()
    another_edition(printed)

    def fail(*_arguments: object) -> None:
        raise RuntimeError("broken off")

    with pytest.raises(Exception, match="broken off"):
        printed.build(html_page_context=fail)
    built = printed.build()
    assert built.written >= OFFERING
    assert built.files() == printed.build(folder="_clean").files()


def test_processes_in_parallel_make_the_same(printed: Project) -> None:
    """Reading and writing in two processes leaves the same files."""
    assert printed.build(parallel=2).files() == printed.build(folder="_clean").files()


def test_a_damaged_file_is_a_warning(printed: Project) -> None:
    """It is named, and the others are offered all the same."""
    path = printed.made("whole.pdf")
    path.write_bytes(path.read_bytes()[:200])
    built = printed.build()
    assert "whole.pdf can't be offered" in built.warnings
    assert list(built.links("index")) == ["offline/Sample.epub"]
