"""Sphinx extension: full-text search by Pagefind, with Sphinx's own index as the fall-back.

`setup` only registers. What can be found is in `records`, kept between builds by `kept`,
indexed by `bundle`; the browser's part is below `static/` and `templates/`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the event, the configuration and the hooks."""
    from . import build

    # Asks for the facets of a page: app, docname, doctree; see `records.Facets`.
    app.add_event("search-facets")
    app.add_config_value("search_ignored_classes", [], "html", list)
    app.add_config_value("search_synonyms", [], "", list)
    # A search server, see README.md: {"nodes": [...], "collection": "...", "key": "..."}.
    app.add_config_value("search_server", {}, "html", dict)
    # A folder for what such a server is loaded with, if it is to be written.
    app.add_config_value("search_export", "", "", str)
    app.connect("config-inited", build.add_templates)
    app.connect("builder-inited", build.add_static_files)
    app.connect("env-get-updated", build.pages_without_records)
    app.connect("html-page-context", build.keep_records, priority=950)
    app.connect("build-finished", build.write_index)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
