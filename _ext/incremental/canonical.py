"""Owns the order of things: an incremental build must leave no trace of its own history.

Sphinx reads documents in the order of their names.  Whatever it collects by document is in
that order after a clean build, but a document that is read again goes to the end, and
parallel reading merges in the order in which the processes happen to finish.
"""

from __future__ import annotations

import itertools
import posixpath
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


def restore_reading_order(env: BuildEnvironment) -> None:
    """Put every table of a domain that is kept by document into the order of a clean build.

    The general index, for one, lists its links in this order, and sphinxcontrib-bibtex
    numbers its sources by it.
    """
    for tables in env.domaindata.values():
        for name, table in tables.items():
            if isinstance(table, dict):
                keys = list(table)
                ordered = _by_document(keys, env.all_docs)
                if ordered is not None and ordered != keys:
                    tables[name] = {key: table[key] for key in ordered}
            elif isinstance(table, list):
                ordered = _by_document(table, env.all_docs)
                if ordered is not None:
                    # In place: a domain may hold on to its list.
                    table[:] = ordered


def _by_document(items: list[Any], documents: Mapping[str, object]) -> list[Any] | None:
    """*items* sorted by their document, if each of them has one."""
    names: list[str] = []
    for item in items:
        name = item if isinstance(item, str) else getattr(item, "docname", None)
        if not isinstance(name, str) or name not in documents:
            return None
        names.append(name)
    return [items[index] for index in sorted(range(len(items)), key=lambda i: names[i])]


def name_images_by_path(env: BuildEnvironment) -> dict[str, str]:
    """Give images of the same file name their output names in the order of their paths.

    Sphinx numbers them in the order in which it meets them, and that is another one when a
    page is read again.  Returns the output name of each image.
    """
    by_name: dict[str, list[str]] = {}
    for path in env.images:
        by_name.setdefault(posixpath.basename(path), []).append(path)
    taken = {name for name, paths in by_name.items() if len(paths) == 1}
    for name, paths in sorted(by_name.items()):
        if len(paths) == 1:
            env.images[paths[0]] = (env.images[paths[0]][0], name)
            continue
        stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix
        numbered = (f"{stem}{number or ''}{suffix}" for number in itertools.count())
        for path in sorted(paths):
            unique = next(name for name in numbered if name not in taken)
            taken.add(unique)
            env.images[path] = (env.images[path][0], unique)
    env.images._existing = taken
    return {path: unique for path, (_, unique) in env.images.items()}
