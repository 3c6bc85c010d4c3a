"""Owns the building and comparing of sample sites: a process for each build."""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import multiprocessing
import os
import shutil
import warnings as python_warnings
from pathlib import Path

# Imported before a build is forked, so that each build need not do it again.
for _name in ("sphinx.cmd.build", "sphinx.application", "myst_parser.parsers.sphinx_", "furo"):
    importlib.import_module(_name)
for _name in ("sphinx_design.extension", "sphinxcontrib.bibtex", "notfound.extension"):
    importlib.import_module(_name)

EXTENSIONS = Path(__file__).parents[2] / "_ext"
ROOTS = Path(__file__).parent / "roots"
EPOCH = "1700000000"


class Site:
    """A copy of the sample site with its output: ``source``, ``html``, ``doctrees``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.source = folder / "source"
        self.html = folder / "html"
        self.doctrees = folder / "doctrees"

    def create(self, root: str = "site") -> Site:
        """Copy the sources."""
        shutil.copytree(ROOTS / root, self.source, ignore=shutil.ignore_patterns("__pycache__"))
        (self.source / "ext").symlink_to(EXTENSIONS)
        return self

    def restore(self, backup: Path) -> None:
        """Make this site again what it was when it was copied to *backup*, times included."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(backup, self.folder, symlinks=True)

    def build(self, *options: str, clean: bool = False, builder: str = "html") -> tuple[int, str]:
        """Build in a new process; return its exit status and what it said.

        The process is forked, to spare the import of Sphinx; it shares no state otherwise.
        With *clean* it builds into folders that are not there yet.
        """
        html, doctrees = self.html, self.doctrees
        if clean:
            html, doctrees = self.folder / "clean-html", self.folder / "clean-doctrees"
        arguments = ["-W", "--keep-going", "-b", builder, "-d", doctrees, *options]
        arguments += [self.source, html]
        log = self.folder / "build.log"
        process = multiprocessing.get_context("fork").Process(
            target=_build, args=([str(argument) for argument in arguments], log)
        )
        process.start()
        process.join()
        assert process.exitcode is not None
        return process.exitcode, log.read_text()

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace *old* in a source file, which must have it."""
        path = self.source / name
        text = path.read_text()
        assert old in text, f"{name} has no {old!r}"
        path.write_text(text.replace(old, new))


def _build(arguments: list[str], log: Path) -> None:
    os.environ["SOURCE_DATE_EPOCH"] = EPOCH
    # What was imported stays to the end: the collector need not look at it again and again.
    gc.freeze()
    # Pytest may take Python's warnings for errors; what packages use is their affair.
    python_warnings.simplefilter("ignore")
    from sphinx.cmd.build import build_main

    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = build_main(arguments)
    log.write_text(said.getvalue())
    os._exit(status)


def differences(one: Path, other: Path) -> list[str]:
    """The files that are not the same in both folders: nothing is left out."""
    names = {
        str(path.relative_to(folder))
        for folder in (one, other)
        for path in folder.rglob("*")
        if path.is_file()
    }
    return sorted(name for name in names if _content(one / name) != _content(other / name))


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def warnings(said: str) -> str:
    """What of a build's messages is worth reading when a test fails."""
    lines = said.splitlines()
    return "\n".join(line for line in lines if "WARNING" in line) or said
