"""Checked programs, and the Sphinx extension that shows them.

`python -m examples` compiles and runs them; `setup` registers the directive that quotes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive, its configuration and its transform."""
    # Imported here so that `python -m examples` runs without Sphinx.
    from .directive import ExampleDirective
    from .render import OneAfterTheOther

    app.add_config_value("examples_root", "comparisons", "env", str)
    app.add_directive("example", ExampleDirective)
    app.add_post_transform(OneAfterTheOther)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "env_version": 1}
