"""A build is a function of its sources."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from sample_site import EPOCH, Site, differences, warnings


def test_two_folders_parallel_and_serial(site: Site, tmp_path: Path) -> None:
    """Clean builds in two folders are the same, with other hash seeds, serial and parallel.

    These builds are processes of their own, started as a user starts them.
    """
    other = Site(tmp_path).create()
    for seed, options in (("1", ["-j", "1"]), ("2", ["-j", "2"])):
        html = tmp_path / f"html-{seed}"
        command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", *options]
        command += ["-d", f"{tmp_path}/doctrees-{seed}", f"{other.source}", f"{html}"]
        environment = os.environ | {"SOURCE_DATE_EPOCH": EPOCH, "PYTHONHASHSEED": seed}
        run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert run.returncode == 0, warnings(run.stdout + run.stderr)
        assert differences(site.html, html) == []


def test_parallel_incremental_equals_clean(site: Site) -> None:
    """A parallel incremental build leaves the output of a clean one too."""
    site.edit("a/one.md", "# First `page` of A", "# First page")
    site.edit("b/deep/second.md", "zeppelin", "balloon")
    for name in ("a/two", "a/three", "b/last", "c/page-1", "glossary"):
        path = site.source / f"{name}.md"
        path.write_text(path.read_text() + "\nMore text.\n")
    status, said = site.build("-j", "2")
    assert status == 0, warnings(said)
    status, said = site.build(clean=True)
    assert status == 0, warnings(said)
    assert differences(site.html, site.folder / "clean-html") == []


def test_pages_follow_a_change_that_another_builder_read(site: Site) -> None:
    """Builders share the environment: pages are still written after another one read them."""
    site.edit("b/index.md", "# Section B", "# Part B")
    site.edit("parts/part.md", "gardens", "orchards")
    html = site.html
    site.html = site.folder / "other"
    status, said = site.build(builder="dummy")
    assert status == 0, warnings(said)
    site.html = html
    status, said = site.build()
    assert status == 0, warnings(said)
    status, said = site.build(clean=True)
    assert status == 0, warnings(said)
    assert differences(site.html, site.folder / "clean-html") == []
