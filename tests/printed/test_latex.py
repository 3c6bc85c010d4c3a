"""LaTeX is not needed; where it is installed, it prints the site."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Iterator

import pikepdf
import pytest

from tests.site.building import printed, run_folder


def _titles(items: Iterable[pikepdf.OutlineItem]) -> Iterator[str]:
    for item in items:
        yield item.title
        yield from _titles(item.children)


if shutil.which("latexmk") and shutil.which("xelatex"):

    def test_latex_prints_everything(tmp_path_factory: pytest.TempPathFactory) -> None:
        """As `make latexpdf` does; the documents have a contents and all the pages."""
        folder = printed(run_folder(tmp_path_factory), "latex")
        options = "LATEXMKOPTS=-interaction=nonstopmode -halt-on-error"
        done = subprocess.run(
            ["make", "all-pdf", options], cwd=folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout[-3000:]
        [path] = folder.glob("*.pdf")
        with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
            assert {"Rust vs Go for backend development", "Index"} <= {*_titles(outline.root)}
            assert len(pdf.pages) > 200
