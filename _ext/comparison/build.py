"""What happens around a build: data is checked before any page is read, and published after."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from sphinx.util.osutil import make_filename_from_project, relative_uri

from .domain import INDEX_PAGE, ComparisonDomain, is_website
from .export import export_path, write_export
from .feed import feed, feed_path, write_feed
from .load import comparison_folders
from .model import SOURCES_FILE, Comparison
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


def list_documents(app: Sphinx) -> None:
    """Have one PDF made of each comparison and one of everything, each as of its newest data."""
    domain, author = _domain(app), app.config.author
    comparisons = domain.comparisons.values()
    documents = [
        (
            domain.docname(comparison.id, INDEX_PAGE),
            comparison.id,
            comparison.data.title,
            author,
            {"subtitle": comparison.data.subtitle, "date": comparison.data.updated},
        )
        for comparison in comparisons
    ]
    days = [comparison.data.updated for comparison in comparisons]
    newest = {"date": max(days)} if days else {}
    name = make_filename_from_project(app.config.project)
    whole = (app.config.root_doc, name, app.config.project, author, newest)
    if "typst_documents" in app.config:
        app.config.typst_documents = [whole, *documents]
    if "epub_date" in app.config:
        app.config.epub_date = newest.get("date")


def publish(app: Sphinx, exception: Exception | None) -> None:
    """Publish the data as JSON and Atom beside the pages, and remember what passed the checks."""
    store = _domain(app).comparisons
    if exception or app._warncount:
        store.forget()
        return
    if is_website(app.builder):
        folder = Path(app.outdir)
        site = f"{app.config.author} {app.config.html_baseurl}"  # the feeds name both
        for path in (folder / export_path("").parent).glob("*.*"):
            if path.stem not in store:
                path.unlink()
        missing = [name for name in store if not (folder / export_path(name)).exists()]
        for name in {*store.unpublished(folder, site), *missing}:
            write_export(store[name], folder)
            _publish_feed(app, store[name])
        store.note_published(folder, site)
    store.save()


def _publish_feed(app: Sphinx, comparison: Comparison) -> None:
    """Write the feed of a comparison that has a history; remove that of one that has none left."""
    path = feed_path(comparison.id)
    if not comparison.history:
        (Path(app.outdir) / path).unlink(missing_ok=True)
        return
    base = app.config.html_baseurl
    pages = {}
    for topic in comparison.topics:
        uri = app.builder.get_target_uri(_domain(app).docname(comparison.id, topic.id))
        # Without a known address a link is relative to the feed, as RFC 4287 allows.
        pages[topic.id] = urljoin(base, uri) if base else relative_uri(path.as_posix(), uri)
    own = urljoin(base, path.as_posix()) if base else None
    write_feed(Path(app.outdir) / path, feed(comparison, app.config.author, pages, own))


def offer_feed(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Let feed readers find the feed from the page that shows the history."""
    domain = _domain(app)
    comparison = domain.comparison_of(pagename)
    if comparison and comparison.history and pagename == domain.docname(comparison.id, "history"):
        context["feed"] = feed_path(comparison.id).as_posix()


def _domain(app: Sphinx) -> ComparisonDomain:
    domain = app.env.domains["cmp"]
    assert isinstance(domain, ComparisonDomain)
    return domain


def _root(app: Sphinx) -> Path:
    return Path(app.srcdir) / str(app.config.comparison_root)
