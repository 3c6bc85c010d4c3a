"""Owns the sample comparison "tea vs coffee": as a folder to change, and as a site to build.

Every test works on its own copy of `roots/test-drinks`; the other roots hold only the pages that
they add to it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from comparison.model import Comparison
from comparison.problem import Problem
from comparison.validate import check_comparison
from docutils import nodes
from hypothesis import settings
from sphinx.testing.util import SphinxTestApp
from sphinx.util.console import strip_escape_sequences

ROOTS = Path(__file__).parent / "roots"
EPOCH = "1700000000"

# Sphinx colours what it says when CI is set, and tests read what it says.
os.environ["NO_COLOR"] = "1"

# Runs are alike on every machine and leave no folder behind.
settings.register_profile("alike", derandomize=True, deadline=None, database=None)
settings.load_profile("alike")


def edit(path: Path, old: str, new: str) -> None:
    """Replace `old`, which must stand exactly once in the file."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{path.name} has {text.count(old)} times {old!r}"
    path.write_text(text.replace(old, new), encoding="utf-8")


@dataclass(frozen=True)
class Drinks:
    """The data of the sample comparison, below a folder of comparisons."""

    root: Path

    @property
    def folder(self) -> Path:
        """The folder of the comparison."""
        return self.root / "tea-vs-coffee"

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace `old`, which must stand exactly once in a file of the comparison."""
        edit(self.folder / name, old, new)

    def append(self, name: str, text: str) -> None:
        """Add text to the end of a file of the comparison, which is made if it is not there."""
        with (self.folder / name).open("a", encoding="utf-8") as file:
            file.write(text)

    def line(self, name: str, start: str, count: int = 1) -> int:
        """Return the number of the `count`-th line of a file that begins with `start`."""
        lines = (self.folder / name).read_text(encoding="utf-8").split("\n")
        numbers = [number for number, line in enumerate(lines, 1) if line.strip().startswith(start)]
        return numbers[count - 1]

    def problems(self) -> list[Problem]:
        """Return what the checks find."""
        return check_comparison(self.folder)[1]

    def comparison(self) -> Comparison:
        """Return the comparison, which must be sound."""
        comparison, problems = check_comparison(self.folder)
        assert problems == []
        assert comparison is not None
        return comparison

    def about_rust_and_go(self) -> Drinks:
        """Give it the subjects that have programs and measurements; ids of claims stay."""
        for path in (path for path in self.folder.iterdir() if path.is_file()):
            text = path.read_text(encoding="utf-8")
            for old, new in (("tea", "rust"), ("coffee", "go")):
                for whole in (f'"{old}"', f"{{{old}}}", f"`{old}`", f"\n{old} ="):
                    text = text.replace(whole, whole.replace(old, new))
            path.write_text(text, encoding="utf-8")
        return self

    def add_second(self) -> Drinks:
        """Copy the comparison as "milk vs juice", with subjects and sources of its own."""
        other = self.root / "milk-vs-juice"
        shutil.copytree(self.folder, other)
        names = {"tea": "milk", "Tea": "Milk", "coffee": "juice", "Coffee": "Juice"}
        names |= {"leaf-norm": "cow-norm", "bean-survey": "fruit-survey"}
        for path in other.iterdir():
            text = path.read_text(encoding="utf-8")
            for old, new in names.items():
                text = text.replace(old, new)
            path.write_text(text, encoding="utf-8")
        return self


@pytest.fixture
def drinks(tmp_path: Path) -> Drinks:
    """The data of the sample comparison, to be changed at will."""
    shutil.copytree(ROOTS / "test-drinks" / "comparisons", tmp_path / "comparisons")
    return Drinks(tmp_path / "comparisons")


@dataclass
class Built:
    """What a build did and left behind."""

    source: Path
    out: Path
    warnings: str
    status: str
    read: set[str]
    written: set[str]
    pages: dict[str, str]
    """The resolved doctree of every page that this process wrote, as pseudo-XML."""

    def page(self, name: str) -> str:
        """Return the resolved doctree of a page of the sample comparison."""
        return self.pages[f"comparisons/tea-vs-coffee/{name}"]

    def files(self) -> dict[str, bytes]:
        """Return every file of the output, by its path."""
        return {
            path.relative_to(self.out).as_posix(): path.read_bytes()
            for path in sorted(self.out.rglob("*"))
            if path.is_file()
        }

    def html(self, name: str) -> str:
        """Return the HTML of a page of the sample comparison."""
        path = self.out / "comparisons" / "tea-vs-coffee" / f"{name}.html"
        return path.read_text(encoding="utf-8")


@dataclass(frozen=True)
class Site:
    """A copy of the sample site, with its own output folders."""

    source: Path

    @property
    def drinks(self) -> Drinks:
        """The data of its comparison."""
        return Drinks(self.source / "comparisons")

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace `old`, which must stand exactly once in a source file."""
        edit(self.source / name, old, new)

    def build(
        self, builder: str = "html", *, parallel: int = 0, out: str = "_build", **config: Any
    ) -> Built:
        """Build in this process, where the docutils registries are restored afterwards."""
        read: set[str] = set()
        written: set[str] = set()
        pages: dict[str, str] = {}

        def keep(app: SphinxTestApp, tree: nodes.document, docname: str) -> None:
            pages[docname] = tree.pformat().replace(str(self.source), "")

        # The theme's own files are no part of what is tested here.
        overrides: dict[str, Any] = {"html_static_path": [], "html_css_files": [], **config}
        app = SphinxTestApp(
            builder,
            srcdir=self.source,
            builddir=self.source / out,
            confoverrides=overrides,
            parallel=parallel,
        )
        try:
            app.connect("source-read", lambda app, docname, source: read.add(docname))
            app.connect("html-page-context", lambda app, name, *_: written.add(name))
            app.connect("doctree-resolved", keep, priority=999)
            app.build()
            warnings = strip_escape_sequences(app.warning.getvalue())
            status = strip_escape_sequences(app.status.getvalue())
        finally:
            app.cleanup()
        return Built(self.source, app.outdir, warnings, status, read, written, pages)


MakeSite = Callable[..., Site]
MakeBuilt = Callable[..., Built]


@pytest.fixture
def make_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeSite:
    """Make a copy of the sample site, with the pages of further roots."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)

    def make(*roots: str, folder: str = "site") -> Site:
        for root in ("drinks", *roots):
            shutil.copytree(ROOTS / f"test-{root}", tmp_path / folder, dirs_exist_ok=True)
        return Site(tmp_path / folder)

    return make


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    """The sample site, not built yet."""
    return make_site()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> MakeBuilt:
    """Build the sample site with the pages of further roots, once for all tests that only look."""
    sites: dict[tuple[str, ...], Site] = {}
    done: dict[tuple[str, ...], Built] = {}

    def build(builder: str, *roots: str) -> Built:
        if roots not in sites:
            sites[roots] = Site(tmp_path_factory.mktemp("site"))
            for root in ("drinks", *roots):
                shutil.copytree(ROOTS / f"test-{root}", sites[roots].source, dirs_exist_ok=True)
        if (builder, *roots) not in done:
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
                done[builder, *roots] = sites[roots].build(builder)
        return done[builder, *roots]

    return build
