"""Sphinx extension: comparisons of technologies, built from validated data.

`setup` only registers; see `model` for the records and `domain` for what pages can say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the domain, its configuration and its hooks."""
    # Imported here so that `python -m comparison` runs without Sphinx.
    from docutils import nodes

    from . import bibliography, build
    from .domain import ComparisonDomain

    app.add_config_value("comparison_root", "comparisons", "env", str)
    app.add_domain(ComparisonDomain)
    entry = (bibliography.visit_citation, bibliography.depart_citation)
    app.add_node(nodes.citation, override=True, html=entry)
    app.connect("config-inited", build.list_bibliographies)
    app.connect("builder-inited", build.load_comparisons)
    app.connect("env-get-outdated", build.pages_to_read)
    app.connect("doctree-read", build.note_titles)
    app.connect("env-updated", build.pages_to_write)
    app.connect("html-page-context", build.offer_feed)
    app.connect("builder-inited", build.list_documents)
    app.connect("build-finished", build.publish)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "env_version": 2}
