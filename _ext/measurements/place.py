"""Finds the experiment that a page names, with its comparison and its published results."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from comparison.model import Comparison
from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment

from lab.experiments import (
    EXPERIMENT_FILE,
    LAB,
    Experiment,
    experiment_label,
    load_experiment,
)
from lab.published import PublishedError, Result, results_of

from . import freshness

PAGE = "measurements"
"""The page of a comparison on which an experiment has its place."""


class UnknownError(Exception):
    """What a page names does not exist or is not sound; the message says what was expected."""


@dataclass(frozen=True)
class Lab:
    """The lab of a comparison."""

    env: BuildEnvironment
    comparison: Comparison

    @property
    def folder(self) -> Path:
        """Where its experiments are."""
        return self.comparison.folder / LAB

    @property
    def names(self) -> dict[str, str]:
        """The subjects' names by id."""
        return {subject.id: subject.name for subject in self.comparison.data.subjects}

    def ids(self) -> list[str]:
        """Return the ids of all experiments, in alphabetical order."""
        return [path.parent.name for path in sorted(self.folder.glob(f"*/{EXPERIMENT_FILE}"))]

    def experiment(self, id_: str) -> tuple[Experiment, list[Result]]:
        """Return an experiment with its results, and note that the page shows it."""
        freshness.note(self.env, self.folder / id_)
        known = self.ids()
        if id_ not in known:
            expected = f"one of: {', '.join(known)}" if known else f"a folder in {LAB}/"
            raise UnknownError(f'unknown experiment "{id_}"; expected {expected}')
        experiment, problems = load_experiment(self.folder / id_)
        if experiment is None:
            raise UnknownError("\n".join(map(str, problems)))
        try:
            return experiment, results_of(experiment)
        except PublishedError as error:
            raise UnknownError(str(error)) from None

    def number(self, experiment: str, text: str) -> nodes.inline:
        """Return a number of the lab, which leads to its experiment."""
        node = addnodes.pending_xref(
            "",
            refdomain="std",
            reftype="ref",
            reftarget=experiment_label(self.comparison.id, experiment),
            refexplicit=True,
            refdoc=self.env.docname,
            refwarn=True,
        )
        node += nodes.inline("", text)
        # Outside of the reference, which keeps nothing but the text when it is resolved.
        return nodes.inline("", "", node, classes=["cmp-measured-number"])

    def note_place(self, experiment: Experiment, anchor: str) -> None:
        """Let references to an experiment lead here if this is the page of all measurements."""
        docname = f"{self.env.config.comparison_root}/{self.comparison.id}/{PAGE}"
        if self.env.docname == docname:
            label = experiment_label(self.comparison.id, experiment.id)
            standard = self.env.domains.standard_domain
            standard.anonlabels[label] = docname, anchor
            standard.labels[label] = docname, anchor, experiment.data.title


def anchor_of(experiment: str) -> str:
    """Return the anchor of the section that shows all of an experiment."""
    return f"lab-{experiment}"


def known(kind: str, name: str, names: Iterable[str]) -> str:
    """Return a name if it is one of those; else raise a message that lists them."""
    listed = list(names)
    if name not in listed:
        raise UnknownError(f'unknown {kind} "{name}"; expected one of: {", ".join(listed)}')
    return name


def lab_of(env: BuildEnvironment, name: str | None = None) -> Lab:
    """Return the lab of the comparison that `name` says, else of that of the page."""
    comparison = env.domains["cmp"].comparison_of(env.docname, name)  # type: ignore[attr-defined]
    if comparison is None:
        raise UnknownError("the page is in no comparison's folder; expected :comparison:")
    return Lab(env, comparison)
