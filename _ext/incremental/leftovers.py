"""Owns the removal of output that a clean build would not have made.

Sphinx never deletes: not the page of a removed source, not its copy in ``_sources``, not
an image or a static file that is gone.  Only files that a build of ours is known to have
made are deleted; what another tool put into the output directory stays.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.builders.html import StandaloneHTMLBuilder

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder


class Leftovers:
    """Finds the files of the last build that this one did not make again."""

    def __init__(self) -> None:
        self._generated: set[str] = set()
        self._static: dict[Path, int] = {}

    def note_page(
        self, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
    ) -> None:
        """Note a page without a source: an index, the search, what an extension adds."""
        if doctree is None and isinstance(app.builder, StandaloneHTMLBuilder):
            self._generated.add(os.fspath(app.builder.get_output_path(pagename)))

    def note_static_files(self, builder: Builder) -> None:
        """At the start of a build: note the static files of the last one."""
        folder = Path(builder.outdir, "_static")
        self._static = {p: p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file()}

    def remove_static_files(self, builder: Builder) -> None:
        """Before static files are copied, which happens in each build: remove the old ones.

        Those that an extension wrote since the build began are new, and stay.
        """
        for path, time_ns in self._static.items():
            if path.is_file() and path.stat().st_mtime_ns == time_ns:
                path.unlink()
        self._static.clear()

    def files(self, builder: StandaloneHTMLBuilder) -> frozenset[str]:
        """All files of the output that come and go with sources and configuration."""
        return frozenset((*_files_of_pages(builder), *_copied_files(builder), *self._generated))

    def remove(self, builder: Builder, files: Iterable[str]) -> None:
        """Delete *files* of the output directory, and the folders they leave empty."""
        root = Path(builder.outdir)
        for path in map(Path, files):
            if not path.is_relative_to(root):
                continue
            path.unlink(missing_ok=True)
            for folder in path.parents:
                if folder == root or not folder.is_dir() or any(folder.iterdir()):
                    break
                folder.rmdir()
        # Sphinx keeps the record of the last configuration; a clean build has none.
        (root / ".buildinfo.bak").unlink(missing_ok=True)


def _files_of_pages(builder: StandaloneHTMLBuilder) -> Iterator[str]:
    documents = builder.env.found_docs
    if type(builder).get_output_path is StandaloneHTMLBuilder.get_output_path:
        # As text: to make a path of each takes longer than all else here.
        yield from (f"{builder.outdir}/{docname}{builder.out_suffix}" for docname in documents)
    else:
        yield from (os.fspath(builder.get_output_path(docname)) for docname in documents)
    if builder.copysource and builder.config.html_copy_source:
        link_suffix = builder.config.html_sourcelink_suffix
        for docname in documents:
            source = os.fspath(builder.env.doc2path(docname, base=False))
            suffix = "" if source.endswith(link_suffix) else link_suffix
            yield f"{builder._sources_dir}/{source}{suffix}"


def _copied_files(builder: StandaloneHTMLBuilder) -> Iterator[str]:
    env = builder.env
    for _documents, name in env.images.values():
        yield f"{builder._images_dir}/{name}"
    for _documents, target in env.dlfiles.values():
        yield f"{builder._downloads_dir}/{target}"
    for entry in builder.config.html_extra_path:
        source = Path(builder.confdir, entry)
        if source.is_file():
            yield f"{builder.outdir}/{source.name}"
        for path in source.rglob("*"):
            if path.is_file():
                yield f"{builder.outdir}/{path.relative_to(source)}"
