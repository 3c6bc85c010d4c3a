"""A PDF of any Sphinx project without TeX: the builders `typst` and `typstpdf`.

It knows no project and no theme. What can be set is described in the README beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .builder import TypstBuilder, TypstPdfBuilder, default_documents

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builders and what can be set."""
    app.add_builder(TypstBuilder)
    app.add_builder(TypstPdfBuilder)
    app.add_config_value("typst_documents", default_documents, "", types=frozenset({list}))
    app.add_config_value("typst_appendices", [], "", types=frozenset({list}))
    app.add_config_value("typst_theme_options", {}, "", types=frozenset({dict}))
    app.add_config_value("typst_style", None, "", types=frozenset({str}))
    app.add_config_value("typst_font_paths", [], "", types=frozenset({list}))
    app.add_config_value("typst_use_index", True, "", types=frozenset({bool}))
    return {"version": "1.0", "parallel_read_safe": True, "parallel_write_safe": True}
