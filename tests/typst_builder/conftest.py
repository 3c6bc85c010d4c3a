"""Owns the sample project that has every kind of node, built once for each test process."""

from __future__ import annotations

import shutil
import warnings
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from sphinx.testing.util import SphinxTestApp
from sphinx.util.console import strip_escape_sequences

ROOTS = Path(__file__).parent / "roots"
EPOCH = "1700000000"


@dataclass(frozen=True)
class Made:
    """What a build left."""

    folder: Path
    warnings: str

    def typst(self, name: str = "sample") -> str:
        """Return the source of a document."""
        return (self.folder / "source" / f"{name}.typ").read_text(encoding="utf-8")

    def pdf(self) -> pikepdf.Pdf:
        """Return the PDF, opened."""
        return pikepdf.open(self.folder / "sample.pdf")


def make(source: Path, builder: str = "typstpdf") -> Made:
    """Build a project in this process."""
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        # MyST-Parser 5.2 uses `.app` of Sphinx's transforms. Delete when it does not.
        warnings.filterwarnings("ignore", message="'myst_parser.*deprecated")
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        app = SphinxTestApp(builder, srcdir=source, builddir=source / "_build")
        try:
            app.build()
            return Made(Path(app.outdir), strip_escape_sequences(app.warning.getvalue()))
        finally:
            app.cleanup()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The sample project, built."""
    source = tmp_path_factory.mktemp("typst") / "nodes"
    shutil.copytree(ROOTS / "test-nodes", source)
    return make(source)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one page, to be written by the test."""
    (tmp_path / "conf.py").write_text(
        'project = "Sample"\nauthor = "Nobody"\nextensions = ["myst_parser", "typst_builder"]\n'
        'myst_enable_extensions = ["colon_fence"]\n'
    )
    return tmp_path
