"""Names what pages can show of a comparison, so that it can be shown again of changed data.

A page notes the names of what it shows. When data changed, each is made of the old and of the
new data: where both are alike the page is fresh. So nobody lists what a display depends on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import NamedTuple

from docutils import nodes

from . import overview, render, tables
from .model import Comparison, Topic
from .parts import Page, paragraph


class Place(NamedTuple):
    """An object to which others can refer where it is shown."""

    kind: str
    id: str
    anchor: str


@dataclass(frozen=True)
class Display:
    """What a directive shows of a comparison, by the id of a record, or of the whole."""

    nodes: Callable[[Page, str], Sequence[nodes.Node]]
    places: Callable[[Comparison, str], Iterable[Place]] = lambda _comparison, _id: ()


def _claim(page: Page, id_: str) -> list[nodes.Node]:
    return [render.claim_block(page, page.comparison.claims[id_][1])]


def _feature(page: Page, id_: str) -> list[nodes.Node]:
    return [render.feature_block(page, page.comparison.features[id_][1])]


def _whole_table(page: Page, _id: str) -> list[nodes.Node]:
    return [tables.feature_table(page, page.comparison.topics, grouped=True)]


def _table(page: Page, id_: str) -> list[nodes.Node]:
    return [tables.feature_table(page, (topic_of(page.comparison, id_),), grouped=False)]


def _subjects(comparison: Comparison, _id: str) -> Iterable[Place]:
    yield Place("comparison", "", "")
    for id_ in comparison.subjects:
        yield Place("subject", id_, f"subject-{id_}")


def _sources(comparison: Comparison, _id: str) -> Iterable[Place]:
    return (Place("source", key, f"cite-{key}") for key in comparison.sources)


def _history(page: Page, _id: str) -> list[nodes.Node]:
    link = page.link("feed", "", nodes.inline("", "Atom feed"))
    told = paragraph("The next change will stand in the ", link, " too.")
    return [overview.history_table(page), told]


DISPLAYS: dict[str, Display] = {
    "card": Display(lambda page, _: [overview.comparison_card(page)]),
    "cards": Display(lambda page, _: [overview.topic_cards(page)]),
    "subjects": Display(lambda page, _: [overview.subjects_table(page)], _subjects),
    "table": Display(_table),
    "whole-table": Display(_whole_table),
    "verdict": Display(
        lambda page, id_: [render.verdict_block(page, topic_of(page.comparison, id_))]
    ),
    "feature": Display(_feature, lambda _, id_: [Place("feature", id_, f"feature-{id_}")]),
    "claim": Display(_claim, lambda _, id_: [Place("claim", id_, f"claim-{id_}")]),
    "evidence": Display(lambda page, _: overview.evidence_summary(page)),
    "weakest": Display(lambda page, _: [overview.weakest_claims(page)]),
    "claims": Display(lambda page, _: [overview.claims_table(page)]),
    "history": Display(_history),
    "sources": Display(
        lambda page, id_: [overview.topic_sources(page, topic_of(page.comparison, id_))]
    ),
    # Its entries are made by sphinxcontrib-bibtex, which notes the file they come from.
    "bibliography": Display(lambda _page, _id: (), _sources),
}


def topic_of(comparison: Comparison, id_: str) -> Topic:
    """Return a topic by its id; raise `KeyError` if there is none."""
    for topic in comparison.topics:
        if topic.id == id_:
            return topic
    raise KeyError(id_)


def title(comparison: Comparison, kind: str, id_: str) -> str:
    """Return an object's name in words; raise `KeyError` if there is no such object."""
    match kind:
        case "comparison":
            return comparison.data.title
        case "topic":
            return topic_of(comparison, id_).title
        case "claim":
            return re.sub(r"[`*]", "", comparison.claims[id_][1].text)
        case "feature":
            return comparison.features[id_][1].name
        case "subject":
            return comparison.subjects[id_].name
        case "source":
            return comparison.sources[id_].title
    raise KeyError(kind)


def shows_the_same(name: str, id_: str, old: Comparison, new: Comparison) -> bool:
    """Whether a display is the same for two states of a comparison."""
    display = DISPLAYS[name]
    try:
        titles = [_titles(display, id_, comparison) for comparison in (old, new)]
        trees = [display.nodes(_raw(comparison), id_) for comparison in (old, new)]
    except KeyError:  # one of them has no such record
        return False
    return titles[0] == titles[1] and _alike(*trees)


def has_the_same_title(kind: str, id_: str, old: Comparison, new: Comparison) -> bool:
    """Whether a reference to an object says the same for two states of a comparison."""
    try:
        return title(old, kind, id_) == title(new, kind, id_)
    except KeyError:
        return False


def _titles(display: Display, id_: str, comparison: Comparison) -> list[tuple[Place, str]]:
    places = display.places(comparison, id_)
    return [(place, title(comparison, place.kind, place.id)) for place in places]


def _raw(comparison: Comparison) -> Page:
    """Return a page on which text stays as it is in the data."""
    return Page(comparison, "", lambda text: [nodes.Text(text)])


def _alike(old: Sequence[nodes.Node], new: Sequence[nodes.Node]) -> bool:
    for one, other in zip_longest(old, new):
        if type(one) is not type(other):
            return False
        if isinstance(one, nodes.Element) and isinstance(other, nodes.Element):
            if one.attributes != other.attributes or not _alike(one.children, other.children):
                return False
        elif one != other:  # text
            return False
    return True
