"""What happens around a build: data is checked before any page is read, and published after."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .domain import ComparisonDomain
from .export import export_path, write_export
from .load import comparison_folders
from .model import SOURCES_FILE
from .store import ComparisonStore

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment


class DataError(SystemExit):
    """The data of a comparison has mistakes; the message holds one line for each.

    It ends the process: for any other exception Sphinx prints a traceback over the lines.
    """


def list_bibliographies(app: Sphinx, config: Config) -> None:
    """Give sphinxcontrib-bibtex the sources of every comparison."""
    folders = comparison_folders(_root(app))
    config.bibtex_bibfiles = [str(folder / SOURCES_FILE) for folder in folders]


def load_comparisons(app: Sphinx) -> None:
    """Check every comparison; on any mistake stop before a page is read or written."""
    store = ComparisonStore(_root(app), Path(app.doctreedir) / "comparison")
    problems = store.refresh()
    if problems:
        raise DataError("\n".join(map(str, problems)))
    _domain(app).comparisons = store


def pages_to_read(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Read the pages again that show data that changed."""
    return [*_domain(app).pages_to_read()]


def note_titles(app: Sphinx, doctree: nodes.document) -> None:
    """Note which titles the page that was just read will show."""
    _domain(app).note_titles(doctree)


def pages_to_write(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Write the pages again that show a title that changed."""
    return [*_domain(app).pages_to_write()]


def publish(app: Sphinx, exception: Exception | None) -> None:
    """Publish the claims as JSON beside the pages, and remember what passed the checks."""
    store = _domain(app).comparisons
    if exception or app._warncount:
        store.forget()
        return
    if app.builder.format == "html" and not getattr(app.builder, "embedded", False):
        folder = Path(app.outdir)
        for path in (folder / export_path("").parent).glob("*.json"):
            if path.stem not in store:
                path.unlink()
        missing = [name for name in store if not (folder / export_path(name)).exists()]
        for name in {*store.unpublished(folder), *missing}:
            write_export(store[name], folder)
        store.note_published(folder)
    store.save()


def _domain(app: Sphinx) -> ComparisonDomain:
    domain = app.env.domains["cmp"]
    assert isinstance(domain, ComparisonDomain)
    return domain


def _root(app: Sphinx) -> Path:
    return Path(app.srcdir) / str(app.config.comparison_root)
