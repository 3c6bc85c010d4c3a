"""What pages are made of: links, marks, containers, and values in words.

Every output format sees the same nodes; no HTML is written here. Functions take a `Page`,
which knows how inline text is parsed and where links lead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from docutils import nodes
from examples.model import program_label
from sphinx import addnodes

from lab.experiments import experiment_label
from lab.quantity import quantity

from . import judge
from .judge import EVEN, UNDECIDED, Age, Tally
from .model import (
    MEASURED,
    UNKNOWN,
    Claim,
    Comparison,
    Feature,
    Interval,
    Measured,
)

ORDINARY = {EVEN: "Even", UNDECIDED: "Undecided"}


@dataclass(frozen=True)
class Page:
    """The page that nodes are made for."""

    comparison: Comparison
    docname: str
    parse: Callable[[str], list[nodes.Node]]
    """Parses inline MyST Markdown."""

    def link(self, kind: str, target: str, *content: nodes.Node) -> addnodes.pending_xref:
        """Return a cross-reference to an object of the comparison, with its own text if given."""
        node = addnodes.pending_xref(
            "",
            refdomain="cmp",
            reftype=kind,
            reftarget=f"{self.comparison.id}/{target}",
            refexplicit=bool(content),
            refdoc=self.docname,
            refwarn=True,
        )
        node += content or nodes.inline("", target)
        return node

    def program_link(self, program: str) -> addnodes.pending_xref:
        """Return a cross-reference to a program in its place, with its title."""
        title = self.comparison.programs[program].title
        return self._labelled(program_label(self.comparison.id, program), title)

    def measurement_link(self, measurement: str) -> addnodes.pending_xref:
        """Return a cross-reference to the experiment of a measurement, with its title."""
        title = self.comparison.measurements[measurement].title
        return self._labelled(
            experiment_label(self.comparison.id, measurement.partition("/")[0]), title
        )

    def _labelled(self, label: str, title: str) -> addnodes.pending_xref:
        node = addnodes.pending_xref(
            "",
            refdomain="std",
            reftype="ref",
            reftarget=label,
            refexplicit=True,
            refdoc=self.docname,
            refwarn=True,
        )
        node += nodes.emphasis("", title)
        return node

    def subject(self, id_: str) -> nodes.inline:
        """Return a subject's name in its colour."""
        return nodes.inline("", self.name(id_), classes=["cmp-subject", self.colour(id_)])

    def name(self, lean: str) -> str:
        """Return the name of a subject, or of a lean that is none."""
        return ORDINARY.get(lean) or self.comparison.subjects[lean].name

    def colour(self, lean: str) -> str:
        """Return the class that gives a subject its colour, or a lean that is none its grey."""
        if lean in ORDINARY:
            return f"cmp-{lean}"
        return f"cmp-subject-{list(self.comparison.subjects).index(lean) + 1}"


def paragraph(*content: nodes.Node | str, block: str = "") -> nodes.paragraph:
    """Return a paragraph of nodes and strings, classed `cmp-<block>`."""
    node = nodes.paragraph(classes=[f"cmp-{block}"] if block else [])
    node += [nodes.Text(part) if isinstance(part, str) else part for part in content]
    return node


def block(name: str, *content: nodes.Node, classes: Sequence[str] = ()) -> nodes.container:
    """Return a container classed `cmp-<name>`."""
    node = nodes.container(classes=[f"cmp-{name}", *classes])
    node += content
    return node


def bullets(items: Iterable[Sequence[nodes.Node]], name: str = "list") -> nodes.bullet_list:
    """Return a bullet list; each item is the content of one paragraph."""
    node = nodes.bullet_list(bullet="-", classes=[f"cmp-{name}"])
    for item in items:
        node += nodes.list_item("", paragraph(*item))
    return node


def folded(title: str, *content: nodes.Node) -> nodes.admonition:
    """Return content under a title, folded where the output can fold, else open."""
    node = nodes.admonition(classes=["cmp-evidence"], collapsible=True, open=False)
    node += [nodes.title("", title), *content]
    return node


def joined(parts: Iterable[Sequence[nodes.Node]]) -> list[nodes.Node]:
    """Return the parts with a middle dot between them."""
    result: list[nodes.Node] = []
    for part in parts:
        if result:
            result.append(nodes.Text(" · "))
        result.extend(part)
    return result


def grade_mark(grade: judge.Grade) -> nodes.inline:
    """Return a grade as a word and a letter."""
    classes = ["cmp-grade", f"cmp-grade-{grade.lower()}"]
    return nodes.inline("", f"grade\N{NO-BREAK SPACE}{grade}", classes=classes)


def age_mark(age: Age) -> nodes.inline:
    """Return whether a claim still holds for the newest release."""
    return nodes.inline("", str(age), classes=["cmp-age", f"cmp-age-{age}"])


def lean_mark(page: Page, lean: str) -> nodes.inline:
    """Return the name of what a row or topic leans to."""
    return nodes.inline("", page.name(lean), classes=["cmp-lean", page.colour(lean)])


def counted(count: int, noun: str) -> str:
    """Return a number of things: "1 row", "2 rows"."""
    return f"{count} {noun}{'s' if count != 1 else ''}"


def tally_text(page: Page, tally: Tally) -> str:
    """Return a tally as readers see it: "7 rows: 3 favour Rust, 2 favour Go, 2 undecided".

    It says that rows are counted: bare numbers beside names read as a score. No row even, or none
    undecided, is left unsaid.
    """
    wins = [
        f"{count} favour{'s' if count == 1 else ''} {page.name(subject)}"
        for subject, count in tally.wins.items()
    ]
    others = [(tally.even, "even"), (tally.undecided, "undecided")]
    counts = [*wins, *(f"{count} {word}" for count, word in others if count)]
    return f"{counted(tally.rows, 'row')}: {', '.join(counts)}"


def value_text(feature: Feature, claim: Claim, measured: Measured | None = None) -> str:
    """Return a claim's value in words: its level's label, or its number with the unit.

    A claim whose value is measured has it from the feature's measurement.
    """
    if measured and claim.value == MEASURED:
        estimate = measured.estimates.get(claim.subject)
        if estimate is None:
            return "No sound value" if measured.has_result else "Not measured"
        return quantity(estimate, measured.unit)
    if claim.value == UNKNOWN:
        return "Unknown"
    if feature.levels:
        return next(level.label for level in feature.levels if level.id == claim.value)
    assert feature.metric is not None
    if isinstance(claim.value, Interval):
        low, high = _number(claim.value.low), _number(claim.value.high)
        number = f"{low} to {high}"
    else:
        number = _number(float(str(claim.value)))
    unit = feature.metric.unit
    assert unit is not None  # only a measurement has none
    return f"{number}{unit}" if unit.startswith("%") else f"{number} {unit}"


def _number(value: float) -> str:
    return f"{int(value):,}" if value.is_integer() else f"{value:,}"


def versions_text(applies: str) -> str:
    """Return a version range as readers write it: ">=1.14, <1.26" becomes "≥ 1.14, < 1.26"."""
    text = re.sub(r"([<>=!~]+)\s*", lambda match: f"{match[1]}\N{NO-BREAK SPACE}", applies)
    return text.replace(">=", "≥").replace("<=", "≤").replace("==", "=")
