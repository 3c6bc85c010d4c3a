"""Incremental builds that equal clean ones, and cost what changed.

List it last in ``extensions``: what it compares is what all others have collected.  It
knows no domain and no project; with another theme than Furo the navigation is left alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import bibtex, finishing, searchindex, speed
from .freshness import Freshness, PageNotes
from .leftovers import Leftovers
from .navigation import Navigation

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

#: Raise it when the shape of what is kept in the environment changes.
ENV_VERSION = 2


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the parts."""
    navigation = Navigation()
    leftovers = Leftovers()
    freshness = Freshness(navigation, leftovers)

    app.add_env_collector(PageNotes)
    # Before the extensions that use the output directory or sum up what was read (500),
    # and after all that have their say in what a page shows.
    app.connect("config-inited", bibtex.install_if_used)
    app.connect("builder-inited", freshness.open, priority=1)
    app.connect("env-get-outdated", freshness.documents_to_read, priority=900)
    app.connect("env-before-read-docs", navigation.forget)
    app.connect("env-updated", freshness.restore_order, priority=1)
    app.connect("env-get-updated", freshness.documents_to_write, priority=900)
    app.connect("write-started", freshness.clear_static_files)
    # After the extensions listed before this one, and before the theme, which is loaded later.
    app.connect("html-page-context", navigation.withhold_toctree)
    app.connect("html-page-context", navigation.print_navigation, priority=900)
    app.connect("html-page-context", leftovers.note_page, priority=900)
    app.connect("build-finished", freshness.close, priority=999)

    finishing.install()
    searchindex.use_canonical_index()
    speed.register(app)

    return {
        "version": "1.0",
        "env_version": ENV_VERSION,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
