"""Sphinx extension: diagrams from text sources, drawn as SVG in the build.

`setup` only registers. Nothing is asked of another program or of the network.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive, and what gives each builder the drawing that suits it."""
    from .directive import DiagramDirective
    from .nodes import DrawingOfTheBuilder, drawing, leave_drawing, visit_drawing

    app.add_directive("diagram", DiagramDirective)
    app.add_node(drawing, html=(visit_drawing, leave_drawing))
    app.add_post_transform(DrawingOfTheBuilder)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "env_version": 1}
