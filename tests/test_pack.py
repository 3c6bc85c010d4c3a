from __future__ import annotations

import os
import zipfile
from pathlib import Path

from tools.pack import pack


def write(folder: Path, names: list[str], moment: int) -> Path:
    """Write small files that were all written at one moment."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
        os.utime(path, (moment, moment))
    return folder


def test_an_archive_depends_on_the_files_alone(tmp_path: Path) -> None:
    """Another folder, order and time of writing make the same bytes."""
    names = ["index.html", "a/b.html", "a.html"]
    one, two = tmp_path / "1" / "site.zip", tmp_path / "2" / "site.zip"
    for target, order, moment in ((one, names, 10**9), (two, names[::-1], 10**9 + 7)):
        pack(write(target.parent / "html", order, moment), target)
    assert one.read_bytes() == two.read_bytes()


def test_the_state_of_a_build_stays_out(tmp_path: Path) -> None:
    """What a build leaves for the next one is not for readers; the rest is in one folder."""
    folder = write(tmp_path / "html", ["index.html", ".buildinfo", ".doctrees/a"], 10**9)
    assert pack(folder, tmp_path / "site.zip") == 1
    with zipfile.ZipFile(tmp_path / "site.zip") as archive:
        assert archive.namelist() == ["site/index.html"]
        assert archive.read("site/index.html") == b"index.html"
