"""Owns which files a site offers, where they are, and their copies beside its pages.

The copies are also what tells a later build whether its pages are up to date: they change only
after every page was written. So what a failed build left is written again.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

FOLDER = "offline"
MARK = "offline"
"""Stands in the metadata of a page that offers files."""


def is_website(builder: Builder) -> bool:
    """Whether files can lie beside the pages: an EPUB has pages too, but is a file itself."""
    return builder.format == "html" and not getattr(builder, "embedded", False)


def names_for(config: Config, docname: str) -> list[str]:
    """Return the names of the files that a page offers, whether or not they are there."""
    documents = config.typst_documents if "typst_documents" in config else []
    for start in (docname, config.root_doc):
        if names := [f"{name}.pdf" for first, name, *_ in documents if first == start]:
            break
    else:
        names = []
    return [*names, f"{config.epub_basename}.epub"]


def found(config: Config, confdir: Path, name: str) -> Path | None:
    """Return where a file is, if it was made."""
    for folder in config.offline_folders:
        path = Path(confdir, folder, name)
        if path.is_file():
            return path
    return None


def pages_to_write(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Write the pages again that offer files, when a file is not what it was."""
    if not is_website(app.builder):
        return []
    wanted, there = _wanted(app), _there(app)
    same = wanted.keys() == there.keys() and all(
        _is_copy(path, there[name]) for name, path in wanted.items()
    )
    return [] if same else _pages(env)


def update(app: Sphinx, exception: Exception | None) -> None:
    """Copy the files that the pages offer, and remove those that none offers any more."""
    if exception or not is_website(app.builder):
        return
    wanted, there = _wanted(app), _there(app)
    for name in there.keys() - wanted.keys():
        there[name].unlink()
    folder = Path(app.outdir, FOLDER)
    for name, path in wanted.items():
        if name not in there or not _is_copy(path, there[name]):
            folder.mkdir(exist_ok=True)
            shutil.copy2(path, folder / name)
    if there and not wanted:
        folder.rmdir()


def _pages(env: BuildEnvironment) -> list[str]:
    return sorted(name for name in env.found_docs if MARK in env.metadata.get(name, ()))


def _wanted(app: Sphinx) -> dict[str, Path]:
    """Return where the files are that were made and are offered, by name."""
    names = {name for page in _pages(app.env) for name in names_for(app.config, page)}
    paths = {name: found(app.config, Path(app.confdir), name) for name in sorted(names)}
    return {name: path for name, path in paths.items() if path}


def _there(app: Sphinx) -> dict[str, Path]:
    return {path.name: path for path in Path(app.outdir, FOLDER).glob("*")}


def _is_copy(source: Path, target: Path) -> bool:
    """Whether two files have the same size and time: the time was copied too."""
    one, other = source.stat(), target.stat()
    return (one.st_size, one.st_mtime_ns) == (other.st_size, other.st_mtime_ns)
