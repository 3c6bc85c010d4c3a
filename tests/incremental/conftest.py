"""Owns the sample site that each test starts from, built once."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

# This folder is no package: its name is that of the extension it tests.
sys.path.insert(0, str(Path(__file__).parent))

from sample_site import Site, warnings


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The folder to work in and a backup of it with a clean build: a site cannot move."""
    folder = tmp_path_factory.mktemp("incremental")
    site = Site(folder / "site").create()
    status, said = site.build()
    assert status == 0, warnings(said)
    backup = folder / "backup"
    shutil.copytree(site.folder, backup, symlinks=True)
    return site.folder, backup


@pytest.fixture
def site(built: tuple[Path, Path]) -> Site:
    """The sample site, just built."""
    folder, backup = built
    site = Site(folder)
    site.restore(backup)
    return site
