"""Sphinx extension: tells the site's search what the claims and programs of a page are.

It joins two extensions that know nothing of each other otherwise, `search` and `comparison`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from . import judge
from .domain import ComparisonDomain
from .model import Comparison, Topic

if TYPE_CHECKING:
    from docutils import nodes
    from search.records import Facets
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Answer the question of the search."""
    app.setup_extension("search")
    app.setup_extension("comparison")
    app.connect("search-facets", facets_of_page)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def facets_of_page(app: Sphinx, docname: str, doctree: nodes.document) -> dict[str, Facets]:
    """Return topic, kind, subject and grade of what a page holds, by anchor."""
    domain = app.env.domains["cmp"]
    assert isinstance(domain, ComparisonDomain)
    comparison = domain.comparison_of(docname)
    name = PurePosixPath(docname).name
    if comparison is None:
        return {}
    cite_id = str(app.config.bibtex_cite_id)
    facets: dict[str, Facets] = {
        cite_id.format(key=key): {"title": [source.title]}
        for key, source in comparison.sources.items()
    }
    for topic in comparison.topics:
        if topic.id == name:
            facets[""] = {"topic": [topic.title]}
            facets |= dict(_claims(comparison, topic))
            facets |= dict(_programs(comparison, topic))
    return facets


def _claims(comparison: Comparison, topic: Topic) -> Iterator[tuple[str, Facets]]:
    for claim in topic.data.claims:
        grade = judge.grade(comparison, claim).grade
        subject = comparison.subjects[claim.subject].name
        yield f"claim-{claim.id}", {"kind": ["Claim"], "grade": [grade], "subject": [subject]}


def _programs(comparison: Comparison, topic: Topic) -> Iterator[tuple[str, Facets]]:
    for id_, program in comparison.programs.items():
        folder, _, name = id_.partition("/")
        if folder == topic.id:
            subjects = [comparison.subjects[side].name for side in program.sides]
            facets = {"kind": ["Program"], "subject": subjects, "title": [program.title]}
            yield f"program-{name}", facets
