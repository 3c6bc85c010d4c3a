"""The directive by which a page shows a diagram."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective
from sphinx.util.logging import getLogger
from sphinx.util.typing import OptionSpec

from .kept import kept
from .nodes import BOOK, drawing
from .picture import PictureError, draw

FOLDER = "diagrams"

logger = getLogger(__name__)


class DiagramDirective(SphinxDirective):
    """A diagram drawn from a source beside the page; the content is its caption."""

    required_arguments = 1
    has_content = True
    option_spec: ClassVar[OptionSpec] = {
        "alt": directives.unchanged_required,
        "name": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        """Return a figure, or nothing but a warning where there is none to show."""
        relative, path = self.env.relfn2path(self.arguments[0])
        self.env.note_dependency(relative)
        if not Path(path).is_file():
            return self._refused(f"no file {relative}; expected the source of a diagram")
        alt = " ".join(self.options.get("alt", "").split())
        if not alt:
            return self._refused(f"{relative} has no :alt:; expected what it shows, in words")
        if not self.content:
            return self._refused(f"{relative} has no caption; expected it as the content")
        try:
            picture = draw(Path(path).read_text(encoding="utf-8"), alt)
        except PictureError as error:
            place = f"{path}:{error.line}" if error.line else str(path)
            return self._refused(str(error), place)
        stem = Path(path).stem
        image = nodes.image(
            uri=kept(self.env, FOLDER, stem, picture.paper), alt=alt, classes=[BOOK]
        )
        image["width"] = f"{picture.width}px"
        figure = nodes.figure("", drawing(svg=picture.site), image, classes=["cmp-diagram"])
        caption, messages = self.parse_inline(" ".join(self.content), lineno=self.content_offset)
        figure += nodes.caption("", "", *caption)
        self.set_source_info(figure)
        self.add_name(figure)
        return [figure, *messages]

    def _refused(self, message: str, place: str | None = None) -> list[nodes.Node]:
        logger.warning(
            "diagram: %s", message, location=place or self.get_location(), type="diagram"
        )
        return []
