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

VARIABLE = "SITE_HTML"
"""Names a folder with a site that is built already, which is then tested instead."""


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
    made = once(folder, "build", lambda: build(SOURCE, site, folder / "site-doctrees"))
    return Build(site, *made)


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


def build(source: Path, html: Path, doctrees: Path) -> tuple[int, str]:
    """Build as `make html` does; return the exit status and what stood in the warning stream."""
    options = ["-n", "-W", "--keep-going", "-q", "-b", "html", "-d", str(doctrees)]
    command = [sys.executable, "-m", "sphinx", *options, str(source), str(html)]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr
