"""What is shown of an experiment, and the small forms that all of it is written in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docutils import nodes
from sphinx.environment import BuildEnvironment

from lab.experiments import Experiment
from lab.published import Result
from lab.summary import Summary

from .chart import Selection


@dataclass(frozen=True)
class Shown:
    """What is shown of an experiment, and where."""

    env: BuildEnvironment
    experiment: Experiment
    results: Sequence[Result]
    names: dict[str, str]
    """The subjects' names by id, in the comparison's order."""
    selection: Selection

    def name(self, verdict: str, summary: Summary) -> str:
        """Return a verdict in words: a subject's name, a variant's title, or the word itself."""
        titles = {variant.id: variant.title for variant in summary.variants}
        return self.names.get(verdict) or titles.get(verdict) or verdict


def named(name: str, text: str) -> list[nodes.Node]:
    """Return a text after its name."""
    return [nodes.strong("", f"{name}:"), nodes.Text(f" {text}")]


def first_to_last(values: Sequence[object]) -> str:
    """Return the first and the last of ordered values, once if they are alike."""
    return " to ".join(dict.fromkeys(str(value) for value in (values[0], values[-1])))
