"""Owns the inputs that belong to no page in particular: code, templates, linked assets.

Sphinx compares values of the configuration and the times of templates.  It does not notice
that the site's own extensions changed, that a template was deleted, or that a style sheet
changed whose checksum every page carries in its link.
"""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import docutils
import sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def code_digest(app: Sphinx) -> bytes:
    """A digest of what turns sources into documents: if it changes, all are read again.

    The Python files of the project itself are compared by content, installed packages by
    their version.
    """
    versions = sorted((e.name, e.version or "") for e in app.extensions.values())
    tools = [platform.python_version(), sphinx.__version__, docutils.__version__]
    return _digest([repr((tools, versions)), *_contents(_project_modules(app))])


def _project_modules(app: Sphinx) -> Iterator[Path]:
    """The loaded Python files below the project, but not those of an environment in it."""
    prefixes = {Path(prefix).resolve() for prefix in (sys.prefix, sys.base_prefix)}
    root = Path(app.confdir).resolve()
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if not isinstance(file, str) or not file.startswith(str(root)):
            continue
        path = Path(file)
        if not any(path.is_relative_to(prefix) for prefix in prefixes if prefix != root):
            yield path


def shared_digest(app: Sphinx) -> bytes:
    """A digest of what is on every page: if it changes, all pages are written again."""
    builder = app.builder
    if not isinstance(builder, StandaloneHTMLBuilder):
        return b""
    templates = [
        path
        for folder in app.config.templates_path
        for path in sorted(Path(app.confdir, folder).rglob("*"))
        if path.is_file()
    ]
    assets = [str(asset.filename) for asset in builder._css_files]
    assets += [str(asset.filename) for asset in builder._js_files]
    linked = [path for asset in assets for path in _asset_sources(builder, asset)]
    return _digest(_contents([*templates, *linked]))


def _asset_sources(builder: StandaloneHTMLBuilder, asset: str) -> Iterator[Path]:
    """The files that an asset's checksum may come from, in the project or in the theme."""
    name = asset.removeprefix("_static/")
    folders = [Path(builder.confdir, entry) for entry in builder.config.html_static_path]
    folders += [Path(folder, "static") for folder in builder.theme.get_theme_dirs()]
    for folder in folders:
        for path in (folder / name, folder / f"{name}.jinja", folder / f"{name}_t"):
            if path.is_file():
                yield path


def _contents(paths: Iterable[Path]) -> Iterator[str]:
    for path in sorted(set(paths)):
        yield f"{path} {blake2b(path.read_bytes(), digest_size=16).hexdigest()}"


def _digest(lines: Iterable[str]) -> bytes:
    return blake2b("\n".join(lines).encode(), digest_size=16).digest()
