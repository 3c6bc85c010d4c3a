"""Sphinx extension: what the lab measured, as figures, tables and numbers in sentences.

`setup` only registers; nothing is measured in a build, which reads published summaries only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directives, the role, and what keeps their pages up to date."""
    from . import freshness
    from .directive import MeasurementDirective, MeasurementsDirective, PublishedDirective
    from .images import ImagesOfTheBuilder
    from .role import MeasuredRole

    app.setup_extension("comparison")
    app.add_directive("measurement", MeasurementDirective)
    app.add_directive("measurements", MeasurementsDirective)
    app.add_directive("published", PublishedDirective)
    app.add_role("measured", MeasuredRole())
    app.add_post_transform(ImagesOfTheBuilder)
    app.connect("env-get-outdated", freshness.pages_to_read)
    app.connect("env-purge-doc", freshness.forget)
    app.connect("env-merge-info", freshness.merge)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "env_version": 1}
