"""Sphinx extension: tells the site's search which sections show an experiment of the lab.

It joins two extensions that know nothing of each other otherwise, `search` and `measurements`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .place import Lab, anchor_of

if TYPE_CHECKING:
    from docutils import nodes
    from search.records import Facets
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Answer the question of the search."""
    app.setup_extension("search")
    app.setup_extension("measurements")
    app.connect("search-facets", facets_of_page)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def facets_of_page(app: Sphinx, docname: str, doctree: nodes.document) -> dict[str, Facets]:
    """Return kind and subjects of each experiment, by the anchor that it has on any page."""
    comparison = app.env.domains["cmp"].comparison_of(docname)  # type: ignore[attr-defined]
    if comparison is None:
        return {}
    lab = Lab(app.env, comparison)
    facets = {"kind": ["Measurement"], "subject": list(lab.names.values())}
    return {anchor_of(id_): facets for id_ in lab.ids()}
