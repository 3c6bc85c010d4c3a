"""Sphinx extension: a site offers the PDF and the EPUB that were made of it, with size and date.

The directive `offline` marks the place on a page. The files are looked for in the folders that
`offline_folders` lists: the PDF that `typst_documents` starts at the page, else the one of
everything, and the EPUB. A build of the site copies them beside its pages; no other builder
shows them, so that no file depends on itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive, what becomes of it, and the copying."""
    from . import copies
    from .place import OfflineDirective, OfflineFiles

    app.add_config_value("offline_folders", [], "", types=frozenset({list}))
    app.add_directive("offline", OfflineDirective)
    app.add_post_transform(OfflineFiles)
    app.connect("env-updated", copies.pages_to_write)
    app.connect("build-finished", copies.update)
    return {"version": "1.0", "parallel_read_safe": True, "parallel_write_safe": True}
