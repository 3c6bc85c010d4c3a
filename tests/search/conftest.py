"""Owns the sample site of the tests of the search, built in a process of its own each time."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent / "roots" / "site"
EXTENSIONS = Path(__file__).parents[2] / "_ext"


class Sample:
    """A copy of the sample site with its output."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.source = folder / "source"
        self.html = folder / "html"
        shutil.copytree(ROOT, self.source, ignore=shutil.ignore_patterns("__pycache__"))
        (self.source / "ext").symlink_to(EXTENSIONS)

    def build(self, *options: str, out: str = "html", builder: str = "html") -> Path:
        """Build, with warnings as errors; return the output folder."""
        html, doctrees = self.folder / out, self.folder / f"{out}-doctrees"
        command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", builder, *options]
        command += ["-d", str(doctrees), str(self.source), str(html)]
        environment = os.environ | {"SOURCE_DATE_EPOCH": "1700000000"}
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        assert (done.returncode, done.stderr) == (0, "")
        return html

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a text, which must stand once in a source."""
        path = self.source / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")

    def records(self, docname: str) -> dict[str, dict[str, Any]]:
        """Return the records of a page by anchor."""
        path = self.folder / "html-doctrees" / "search" / "html" / f"{docname}.json"
        return {one["anchor"]: one for one in json.loads(path.read_text(encoding="utf-8"))}


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    """A sample site that is not built yet."""
    return Sample(tmp_path)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """The sample site, built once for all tests that only look."""
    sample = Sample(tmp_path_factory.mktemp("search"))
    sample.build()
    return sample


def files(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
