"""The directives by which pages place a comparison's records.

Each one notes the data files it shows, so that a change of one rebuilds exactly its pages.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from . import overview, render, tables
from .model import SOURCES_FILE, Comparison, Topic
from .render import Page

if TYPE_CHECKING:
    from .domain import ComparisonDomain


_MARKUP = re.compile(r"[`*_\[\]{}<>&\\$~^|]|\(C\)|--|\.\.\.|https?:", re.IGNORECASE)
"""What may be inline Markdown, an extension's syntax or a typographer's replacement."""


class ComparisonDirective(SphinxDirective):
    """A directive on a page of a comparison's folder, or one that names a comparison."""

    option_spec: ClassVar[OptionSpec] = {"comparison": directives.unchanged_required}

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

    def topic(self, page: Page) -> Topic:
        """Return the topic that the argument names, else the one whose page this is."""
        name = self.arguments[0] if self.arguments else Path(self.env.docname).name
        for topic in page.comparison.topics:
            if topic.id == name:
                return topic
        known = ", ".join(topic.id for topic in page.comparison.topics)
        raise self.error(f'unknown topic "{name}"; expected one of: {known}')

    def show(self, comparison: Comparison, *topics: Topic) -> None:
        """Note the files that what is shown comes from."""
        self.domain.note_data(comparison, *topics)

    def _parse(self, text: str) -> list[nodes.Node]:
        if not _MARKUP.search(text):
            return [nodes.Text(text)]  # most of the data; a nested parse costs far more
        parsed, messages = self.parse_inline(text)
        return [*parsed, *messages]


class TopicCards(ComparisonDirective):
    """Cards of the comparison's topics, each with the subjects' short answers."""

    def run(self) -> list[nodes.Node]:
        page = self.page()
        self.show(page.comparison, *page.comparison.topics)
        return [overview.topic_cards(page)]


class ComparisonCards(ComparisonDirective):
    """Cards of all comparisons."""

    def run(self) -> list[nodes.Node]:
        pages = []
        for comparison in self.domain.comparisons.values():
            self.show(comparison, *comparison.topics)
            pages.append(Page(comparison, self.env.docname, self._parse))
        return [overview.comparison_cards(pages)]


class Subjects(ComparisonDirective):
    """What is compared, in which versions."""

    def run(self) -> list[nodes.Node]:
        page = self.page()
        self.show(page.comparison, *page.comparison.topics)
        self.domain.note_object("comparison", page.comparison, "", "")
        for subject in page.comparison.subjects:
            self.domain.note_object("subject", page.comparison, subject, f"subject-{subject}")
        return [overview.subjects_table(page)]


class FeatureTable(ComparisonDirective):
    """The feature table of a topic, or with `:all:` of the whole comparison."""

    optional_arguments = 1
    option_spec: ClassVar[OptionSpec] = {
        **ComparisonDirective.option_spec,
        "all": directives.flag,
    }

    def run(self) -> list[nodes.Node]:
        page = self.page()
        whole = "all" in self.options
        topics = page.comparison.topics if whole else (self.topic(page),)
        self.show(page.comparison, *topics)
        return [tables.feature_table(page, topics, grouped=whole)]


class Verdict(ComparisonDirective):
    """A topic's verdict."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        page = self.page()
        topic = self.topic(page)
        self.show(page.comparison, topic)
        if self.env.docname == self.domain.docname(page.comparison.id, topic.id):
            self.domain.note_object("topic", page.comparison, topic.id, "")
        return [render.verdict_block(page, topic)]


class FeatureDirective(ComparisonDirective):
    """A feature's question and scale, in the section that explains it."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        page = self.page()
        id_ = self.arguments[0]
        if id_ not in page.comparison.features:
            raise self.error(f'unknown feature "{id_}"; expected the id of a feature')
        topic, feature = page.comparison.features[id_]
        self.show(page.comparison, topic)
        node = render.feature_block(page, feature)
        self.state.document.note_explicit_target(node)
        self.domain.note_object("feature", page.comparison, id_, node["ids"][0])
        return [node]


class ClaimDirective(ComparisonDirective):
    """A claim in its place: the one page where it stands with its evidence."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        page = self.page()
        id_ = self.arguments[0]
        if id_ not in page.comparison.claims:
            raise self.error(f'unknown claim "{id_}"; expected the id of a claim')
        topic, claim = page.comparison.claims[id_]
        self.show(page.comparison, topic)
        node = render.claim_block(page, claim)
        self.state.document.note_explicit_target(node)
        self.domain.note_object("claim", page.comparison, id_, node["ids"][0])
        return [node]


class EvidenceSummary(ComparisonDirective):
    """How good the evidence is: the share of each grade, and the lean of all rows."""

    def run(self) -> list[nodes.Node]:
        page = self.page()
        self.show(page.comparison, *page.comparison.topics)
        return overview.evidence_summary(page)


class WeakestClaims(ComparisonDirective):
    """The claims that most need better evidence."""

    def run(self) -> list[nodes.Node]:
        page = self.page()
        self.show(page.comparison, *page.comparison.topics)
        return [overview.weakest_claims(page)]


class ClaimsTable(ComparisonDirective):
    """All claims with grade and age."""

    def run(self) -> list[nodes.Node]:
        page = self.page()
        self.show(page.comparison, *page.comparison.topics)
        return [overview.claims_table(page)]


class GradeRules(ComparisonDirective):
    """Which kind of source gives which grade."""

    def run(self) -> list[nodes.Node]:
        return [overview.grade_rules()]


class TopicSources(ComparisonDirective):
    """The sources of a topic page."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        page = self.page()
        topic = self.topic(page)
        self.show(page.comparison, topic)
        return [overview.topic_sources(page, topic)]


class Bibliography(ComparisonDirective):
    """All sources of the comparison, by sphinxcontrib-bibtex."""

    def run(self) -> list[nodes.Node]:
        page = self.page()
        self.show(page.comparison)
        for key in page.comparison.sources:
            self.domain.note_object("source", page.comparison, key, f"cite-{key}")
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
    "sources": TopicSources,
    "bibliography": Bibliography,
}
