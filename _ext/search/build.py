"""What happens in a build: records are kept as pages are written, and indexed at the end."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.errors import ConfigError
from sphinx.util import logging

from .bundle import BUNDLE, write_bundle
from .kept import KeptRecords
from .pagefind import BrokenIndexError
from .records import Facets, Record, records_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)
HERE = Path(__file__).parent


def add_templates(app: Sphinx, config: Config) -> None:
    """Offer the search page and the box of the sidebar; a project's own templates go first."""
    config.templates_path.append(str(HERE / "templates"))


def add_static_files(app: Sphinx) -> None:
    """Give every page the box."""
    if _indexes(app):
        app.config.html_static_path.append(str(HERE / "static"))
        app.add_css_file("search/search.css")
        # One version for all: scripts that belong together are loaded at different times.
        data: Any = {
            "data-version": _version(),
            "data-results": app.builder.get_target_uri("search"),
        }
        if server := _server(app.config):
            data["data-server"] = json.dumps(server)
        app.add_js_file("search/engine.js", loading_method="defer", **data)
        app.add_js_file("search/box.js", loading_method="defer")


def pages_without_records(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Have pages written whose records are not kept, as when this extension is new."""
    if not _indexes(app):
        return []
    kept = _kept(app)
    return [docname for docname in env.found_docs if not kept.has(docname)]


def keep_records(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Keep the records of a page that is written; pages without a source have none."""
    if isinstance(doctree, nodes.document) and _indexes(app):
        facets: dict[str, Facets] = {}
        for answer in app.emit("search-facets", pagename, doctree):
            facets |= answer or {}
        metadata = app.env.metadata[pagename]
        description = str(metadata.get("description", ""))
        records: list[Record] = []
        if "nosearch" not in metadata:
            ignored = app.config.search_ignored_classes
            records = records_of(pagename, doctree, description, facets, ignored)
        _kept(app).keep(pagename, records)


def write_index(app: Sphinx, exception: Exception | None) -> None:
    """Index the records of all pages that the site has now."""
    if exception or not _indexes(app):
        return
    records = list(_kept(app).read(app.env.found_docs))
    try:
        write_bundle(
            records,
            app.config.search_synonyms,
            app.config.language,
            app.builder.get_target_uri,
            Path(app.outdir, BUNDLE),
        )
    except BrokenIndexError as error:
        logger.error("search: %s", error)
    if folder := app.config.search_export:
        # Not loaded by the builds without it: pydantic takes a while.
        from .export import write_export

        site = app.config.html_baseurl
        address = app.builder.get_target_uri
        synonyms = app.config.search_synonyms
        write_export(records, synonyms, site, address, Path(app.confdir, folder))


def _server(config: Config) -> dict[str, Any]:
    """Return the address of the search server, as `search_server` has it; empty for none."""
    server: dict[str, Any] = config.search_server
    if server and (server.keys() != {"nodes", "collection", "key"} or not server["nodes"]):
        raise ConfigError("search_server needs nodes, at least one, a collection, and a key")
    return server


def _version() -> str:
    """Return a short digest of what the browser runs."""
    files = sorted((HERE / "static").rglob("*.js"))
    return hashlib.blake2b(b"".join(path.read_bytes() for path in files), digest_size=4).hexdigest()


def _indexes(app: Sphinx) -> bool:
    """Whether the output is a site of pages for browsers: no book, and not all on one page."""
    return app.builder.name in ("html", "dirhtml")


def _kept(app: Sphinx) -> KeptRecords:
    return KeptRecords(Path(app.doctreedir, "search", app.builder.name))
