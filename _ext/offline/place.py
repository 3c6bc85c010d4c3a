"""Owns the place on a page where files are offered: links on a website, nothing anywhere else."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from .copies import FOLDER, MARK, found, is_website, names_for
from .facts import Facts, facts

logger = logging.getLogger(__name__)

LABEL = "To read offline"


class offline(nodes.General, nodes.Element):  # noqa: N801 (a name of the tree, as docutils has them)
    """Holds the place, and what to say there when no file was made."""


class OfflineDirective(SphinxDirective):
    """Marks the place; its content is shown where no file was made."""

    has_content = True
    option_spec: ClassVar = {}

    def run(self) -> list[nodes.Node]:
        """Hold the place: which files there are is looked up when the page is written."""
        self.env.metadata[self.env.docname][MARK] = MARK
        place = offline("", *self.parse_content_to_nodes())
        self.set_source_info(place)
        return [place]


class OfflineFiles(SphinxPostTransform):
    """Puts links into the place, or what the author wrote, or nothing."""

    default_priority = 5  # before the links in what the author wrote are resolved

    def run(self, **_options: Any) -> None:
        """Look up the files, now that it is known what is built."""
        for place in list(self.document.findall(offline)):
            place.replace_self(self._shown(place) if is_website(self.env._app.builder) else [])

    def _shown(self, place: offline) -> list[nodes.Node]:
        items = []
        for name in names_for(self.config, self.env.docname):
            if path := found(self.config, Path(self.env._app.confdir), name):
                try:
                    items.append(self._item(name, facts(path)))
                except Exception as error:  # of a file that is cut off, anything may be raised
                    message = "%s can't be offered: %s"
                    logger.warning(message, name, error, location=place, type="offline")
        if not items:
            return [nodes.container("", *place.children, classes=["offline"])]
        label = nodes.paragraph("", f"{LABEL}:")
        return [nodes.container("", label, nodes.bullet_list("", *items), classes=["offline"])]

    def _item(self, name: str, said: Facts) -> nodes.list_item:
        page = self.env._app.builder.get_target_uri(self.env.docname)
        address = relative_uri(page, f"{FOLDER}/{name}")
        words = f"{said.title} ({said.kind})"
        link = nodes.reference("", words, refuri=address, internal=True)
        rest = nodes.inline("", str(said), classes=["offline-facts"])
        return nodes.list_item("", nodes.paragraph("", "", link, nodes.Text(", "), rest))
