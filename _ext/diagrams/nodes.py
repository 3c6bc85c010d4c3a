"""Gives each builder the drawing that suits it.

A site has the drawing within the page: it follows the theme, its words are found by the browser,
and its letters are those of the page. A book has it as a file.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

BOOK = "cmp-diagram-image"


class drawing(nodes.General, nodes.Element):  # noqa: N801 -- docutils names visitors after it
    """SVG within a page, in the attribute `svg`."""


def visit_drawing(self: HTML5Translator, node: drawing) -> None:
    """Write the drawing."""
    self.body.append(node["svg"])


def leave_drawing(self: HTML5Translator, node: drawing) -> None:
    """Close nothing."""


class DrawingOfTheBuilder(SphinxPostTransform):
    """Leaves the drawing that the builder can use, and the words where it can use none."""

    default_priority = 5  # before Sphinx looks at images

    def run(self, **kwargs: object) -> None:
        """Remove the others."""
        builder = self.env._app.builder
        if builder.format == "html" and not getattr(builder, "embedded", False):
            for image in self._images():
                image.parent.remove(image)
            return
        for node in list(self.document.findall(drawing)):
            node.parent.remove(node)
        drawable = builder.supported_image_types
        if drawable and "image/svg+xml" not in drawable:
            for image in self._images():
                image.replace_self(nodes.paragraph("", image["alt"]))

    def _images(self) -> list[nodes.image]:
        return [image for image in self.document.findall(nodes.image) if BOOK in image["classes"]]
