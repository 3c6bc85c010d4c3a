"""Owns what a build does at its end for the whole site, though little of it changed."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sphinx.builders.html import INVENTORY_FILENAME, StandaloneHTMLBuilder
from sphinx.environment import CONFIG_OK


@functools.cache
def install() -> None:
    """Put the workaround for all builders in place."""
    builder: Any = StandaloneHTMLBuilder
    builder.copy_download_files = _copying_changed(builder.copy_download_files)


def _copying_changed(copy: Callable[[Any], None]) -> Callable[[Any], None]:
    """Copy the files for download that are no copies yet.

    Sphinx compares all with their copies byte by byte, and names each one, in every build.
    Delete it when Sphinx looks at their sizes and times.
    """

    def copying_changed(self: Any) -> None:
        files = self.env.dlfiles
        self.env.dlfiles = {
            name: (pages, target)
            for name, (pages, target) in files.items()
            if not _is_copy(Path(self.srcdir, name), Path(self._downloads_dir, target))
        }
        try:
            copy(self)
        finally:
            self.env.dlfiles = files

    return copying_changed


def _is_copy(source: Path, target: Path) -> bool:
    """Whether two files have the same size and time: Sphinx copies the time too."""
    try:
        one, other = source.stat(), target.stat()
    except OSError:
        return False
    return (one.st_size, one.st_mtime_ns) == (other.st_size, other.st_mtime_ns)


def keep_inventory(builder: StandaloneHTMLBuilder) -> None:
    """Leave the inventory as it is, because no object that it lists has changed.

    Sphinx writes it in each build.  Delete it when it costs less than to find that out.
    """
    whole: Any = builder
    if builder.env.config_status == CONFIG_OK and Path(builder.outdir, INVENTORY_FILENAME).exists():
        whole.dump_inventory = lambda: None
