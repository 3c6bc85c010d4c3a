"""Notes which page shows what of a lab, so that other results rebuild exactly its pages.

A result of a further machine is a file that no page could note before, so folders are noted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from lab.experiments import EXPERIMENT_FILE
from lab.published import experiment_files

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

EVERYTHING = "*"
"""Stands for all experiments of a lab, those to come included."""


def shown(env: BuildEnvironment) -> dict[str, dict[str, str]]:
    """Return what each page shows, as a digest by experiment's folder, relative to the source."""
    pages: dict[str, dict[str, str]] = env.__dict__.setdefault("measurements_shown", {})
    return pages


def note(env: BuildEnvironment, folder: Path) -> None:
    """Note that the page being read shows an experiment, or with `EVERYTHING` a whole lab."""
    key = folder.relative_to(env.srcdir).as_posix()
    shown(env).setdefault(env.docname, {})[key] = _state(folder)


def pages_to_read(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Read the pages again that show an experiment of which a file changed."""
    now: dict[str, str] = {}
    outdated = []
    for docname, folders in shown(env).items():
        for key, state in folders.items():
            if key not in now:
                now[key] = _state(Path(env.srcdir, key))
            if now[key] != state:
                outdated.append(docname)
    return outdated


def forget(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget what a page noted."""
    shown(env).pop(docname, None)


def merge(
    app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment
) -> None:
    """Take over what another process noted for its pages."""
    for docname in docnames:
        if docname in shown(other):
            shown(env)[docname] = shown(other)[docname]


def _state(folder: Path) -> str:
    """Digest the names of an experiment's files and when they changed: no file is read."""
    digest = hashlib.blake2b(digest_size=16)
    folders = [folder]
    if folder.name == EVERYTHING:
        folders = [path.parent for path in sorted(folder.parent.glob(f"*/{EXPERIMENT_FILE}"))]
    for path in (path for one in folders for path in experiment_files(one)):
        stat = path.stat()
        digest.update(
            f"{path.relative_to(folder.parent)} {stat.st_size} {stat.st_mtime_ns} ".encode()
        )
    return digest.hexdigest()
