"""An extension with a node that no builder knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from docutils.parsers.rst import Directive

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class Gizmo(nodes.General, nodes.Element):
    """A thing with a paragraph in it."""


class GizmoDirective(Directive):
    """Places one."""

    def run(self) -> list[nodes.Node]:
        """Return it."""
        return [Gizmo("", nodes.paragraph("", "inside"))]


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("gizmo", GizmoDirective)
