"""What happens around a build: data is checked before any page is read, and published after."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .export import write_export
from .load import comparison_folders
from .model import SOURCES_FILE
from .validate import check_folders

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


class DataError(SystemExit):
    """The data of a comparison has mistakes; the message holds one line for each.

    It ends the process: for any other exception Sphinx prints a traceback over the lines.
    """


def list_bibliographies(app: Sphinx, config: Config) -> None:
    """Give sphinxcontrib-bibtex the sources of every comparison."""
    folders = comparison_folders(_root(app))
    config.bibtex_bibfiles = [str(folder / SOURCES_FILE) for folder in folders]


def load_comparisons(app: Sphinx) -> None:
    """Load and check every comparison; on any mistake stop before a page is read or written."""
    comparisons, problems = check_folders(_root(app))
    if problems:
        raise DataError("\n".join(map(str, problems)))
    app.env.domains["cmp"].comparisons = {item.id: item for item in comparisons}  # type: ignore[attr-defined]


def write_data(app: Sphinx, exception: Exception | None) -> None:
    """Publish the claims as JSON beside the pages, for tools."""
    if exception is None and app.builder.format == "html":
        for comparison in app.env.domains["cmp"].comparisons.values():  # type: ignore[attr-defined]
            write_export(comparison, Path(app.outdir))


def _root(app: Sphinx) -> Path:
    return Path(app.srcdir) / str(app.config.comparison_root)
