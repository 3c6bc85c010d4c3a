"""Owns the building of the site that the tests look at, once however many processes test it."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

SOURCE = Path(__file__).parents[2]

PRINTED_DOCTREES = "printed-doctrees"
"""The builders that print share one reading of the pages."""

VARIABLE = "SITE_HTML"
"""Names a folder with a site that is built already, which is then tested instead; what is loaded
into a search server stands beside it, as `make search-export` leaves it."""

EXPORT = "search"


class Build(NamedTuple):
    """What a build of the site left."""

    folder: Path
    status: int
    warnings: str


def built_site(paths: pytest.TempPathFactory) -> Build:
    """Build the site from nothing; the processes of one test run share one build.

    The output folder is a new one, since in an old one the page of a deleted source would stay,
    and a build from old state would not repeat its warnings.
    """
    if given := os.environ.get(VARIABLE):
        return Build(Path(given), 0, "")
    folder = run_folder(paths)
    site = folder / "site"
    offered = f"offline_folders={printed(folder, 'typstpdf')},{printed(folder, 'epub')}"
    export = f"search_export={folder / EXPORT}"
    made = once(
        folder, "build", lambda: build(SOURCE, site, folder / "site-doctrees", offered, export)
    )
    return Build(site, *made)


def printed(folder: Path, builder: str) -> Path:
    """Print the site, by a builder that makes files of many pages; return where they are."""
    target = folder / builder
    doctrees = folder / PRINTED_DOCTREES
    made = once(folder, builder, lambda: sphinx(SOURCE, builder, target, doctrees))
    assert made == [0, ""], made
    return target


def run_folder(paths: pytest.TempPathFactory) -> Path:
    """Return the folder that all processes of the test run share."""
    own = paths.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def once(folder: Path, name: str, make: Callable[[], Any]) -> Any:
    """Return what `make` returns, as JSON keeps it; one process calls it, the others wait."""
    result = folder / f"{name}.json"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not result.exists():
            result.write_text(json.dumps(make()), encoding="utf-8")
    return json.loads(result.read_text(encoding="utf-8"))


def build(source: Path, html: Path, doctrees: Path, *settings: str) -> tuple[int, str]:
    """Build as `make html` does; return the exit status and what stood in the warning stream."""
    return sphinx(source, "html", html, doctrees, *settings)


def sphinx(
    source: Path, builder: str, target: Path, doctrees: Path, *settings: str
) -> tuple[int, str]:
    """Build as the Makefile does, with other settings; return status and warnings."""
    options = ["-n", "-W", "--keep-going", "-q", "-b", builder, "-d", str(doctrees)]
    options += [option for setting in settings for option in ("-D", setting)]
    command = [sys.executable, "-m", "sphinx", *options, str(source), str(target)]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr
