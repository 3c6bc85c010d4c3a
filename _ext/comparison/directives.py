"""The directives by which pages place a comparison's records.

Each one notes what it shows, so that a change of data rebuilds exactly the pages that show it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from . import overview
from .displays import DISPLAYS, Place
from .model import HISTORY_FILE, SOURCES_FILE
from .parts import Page

if TYPE_CHECKING:
    from .domain import ComparisonDomain


_MARKUP = re.compile(r"[`*_\[\]{}<>&\\$~^|]|\(C\)|--|\.\.\.|https?:", re.IGNORECASE)
"""What may be inline Markdown, an extension's syntax or a typographer's replacement."""


class ComparisonDirective(SphinxDirective):
    """A directive on a page of a comparison's folder, or one that names a comparison."""

    option_spec: ClassVar[OptionSpec] = {"comparison": directives.unchanged_required}
    display: ClassVar[str]
    """What the directive shows; see `displays`."""

    @property
    def domain(self) -> ComparisonDomain:
        """The domain, which holds the loaded comparisons."""
        return self.env.domains["cmp"]  # type: ignore[return-value]

    def page(self) -> Page:
        """Return the page with its comparison; raise a located error if there is none."""
        comparison = self.domain.comparison_of(self.env.docname, self.options.get("comparison"))
        if comparison is None:
            raise self.error(
                f'"{self.name}" stands outside a comparison\'s folder; expected the option '
                f":comparison: with one of: {', '.join(self.domain.comparisons)}"
            )
        return Page(comparison, self.env.docname, self._parse)

    def run(self) -> list[nodes.Node]:
        """Show what the directive is for, of the whole comparison."""
        return self.show(self.page(), self.display)

    def show(self, page: Page, display: str, id_: str = "") -> list[nodes.Node]:
        """Return what a display shows, and note it with the objects that it places."""
        self.domain.note_display(page.comparison, display, id_)
        for place in DISPLAYS[display].places(page.comparison, id_):
            self.domain.note_object(page.comparison, place)
        return list(DISPLAYS[display].nodes(page, id_))

    def known(self, page: Page, kind: str, id_: str, ids: Iterable[str], expected: str) -> str:
        """Return an id if it is known; else note what would be shown, and raise a located error."""
        if id_ not in ids:
            # The page is read again when there is such a record.
            self.domain.note_display(page.comparison, self.display, id_)
            raise self.error(f'unknown {kind} "{id_}"; expected {expected}')
        return id_

    def _parse(self, text: str) -> list[nodes.Node]:
        if not _MARKUP.search(text):
            return [nodes.Text(text)]  # most of the data; a nested parse costs far more
        parsed, messages = self.parse_inline(text)
        return [*parsed, *messages]


class ComparisonCards(ComparisonDirective):
    """Cards of all comparisons."""

    display = "card"

    def run(self) -> list[nodes.Node]:
        self.domain.note_list_of_comparisons()
        cards = []
        for comparison in self.domain.comparisons.values():
            cards += self.show(Page(comparison, self.env.docname, self._parse), self.display)
        return [overview.comparison_cards(cards)]


class TopicCards(ComparisonDirective):
    """Cards of the comparison's topics, each with the subjects' short answers."""

    display = "cards"


class Subjects(ComparisonDirective):
    """What is compared, in which versions."""

    display = "subjects"


class TopicDirective(ComparisonDirective):
    """A directive about the topic that the argument names, else the one whose page this is."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        page = self.page()
        return self.show(page, self.display, self.topic(page))

    def topic(self, page: Page) -> str:
        """Return the topic's id; raise a located error if there is no such topic."""
        name = self.arguments[0] if self.arguments else Path(self.env.docname).name
        known = [topic.id for topic in page.comparison.topics]
        return self.known(page, "topic", name, known, f"one of: {', '.join(known)}")


class FeatureTable(TopicDirective):
    """The feature table of a topic, or with `:all:` of the whole comparison."""

    display = "table"
    option_spec: ClassVar[OptionSpec] = {
        **ComparisonDirective.option_spec,
        "all": directives.flag,
    }

    def run(self) -> list[nodes.Node]:
        if "all" in self.options:
            return self.show(self.page(), "whole-table")
        return super().run()


class Verdict(TopicDirective):
    """A topic's verdict."""

    display = "verdict"

    def run(self) -> list[nodes.Node]:
        page = self.page()
        topic = self.topic(page)
        if self.env.docname == self.domain.docname(page.comparison.id, topic):
            self.domain.note_object(page.comparison, Place("topic", topic, ""))
        return self.show(page, self.display, topic)


class RecordDirective(ComparisonDirective):
    """A directive about the record that the argument names, in the place where it stands."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        page = self.page()
        name = self.display
        ids = page.comparison.features if name == "feature" else page.comparison.claims
        id_ = self.known(page, name, self.arguments[0], ids, f"the id of a {name}")
        [node] = self.show(page, name, id_)
        assert isinstance(node, nodes.Element)
        self.state.document.note_explicit_target(node)
        return [node]


class FeatureDirective(RecordDirective):
    """A feature's question and scale, in the section that explains it."""

    display = "feature"


class ClaimDirective(RecordDirective):
    """A claim in its place: the one page where it stands with its evidence."""

    display = "claim"


class EvidenceSummary(ComparisonDirective):
    """How good the evidence is: the share of each grade, and the lean of all rows."""

    display = "evidence"


class WeakestClaims(ComparisonDirective):
    """The claims that most need better evidence."""

    display = "weakest"


class ClaimsTable(ComparisonDirective):
    """All claims with grade and age."""

    display = "claims"


class History(ComparisonDirective):
    """How the verdicts changed, with the feed that tells of it."""

    display = "history"

    def run(self) -> list[nodes.Node]:
        page = self.page()
        if not page.comparison.history:
            self.domain.note_display(page.comparison, self.display, "")
            raise self.error(f"{page.comparison.id} has no {HISTORY_FILE}; expected one")
        return self.show(page, self.display)


class GradeRules(ComparisonDirective):
    """Which kind of source gives which grade."""

    def run(self) -> list[nodes.Node]:
        return [overview.grade_rules()]


class TopicSources(TopicDirective):
    """The sources of a topic page."""

    display = "sources"


class Bibliography(ComparisonDirective):
    """All sources of the comparison, by sphinxcontrib-bibtex."""

    display = "bibliography"

    def run(self) -> list[nodes.Node]:
        page = self.page()
        self.show(page, self.display)
        bibfile = (page.comparison.folder / SOURCES_FILE).relative_to(self.env.srcdir)
        return self.parse_text_to_nodes(f"```{{bibliography}} /{bibfile.as_posix()}\n:all:\n```\n")


DIRECTIVES: dict[str, type[ComparisonDirective]] = {
    "comparisons": ComparisonCards,
    "cards": TopicCards,
    "subjects": Subjects,
    "table": FeatureTable,
    "verdict": Verdict,
    "feature": FeatureDirective,
    "claim": ClaimDirective,
    "evidence": EvidenceSummary,
    "weakest": WeakestClaims,
    "claims": ClaimsTable,
    "grades": GradeRules,
    "history": History,
    "sources": TopicSources,
    "bibliography": Bibliography,
}
