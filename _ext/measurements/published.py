"""Others' figures beside ours: what was published, and by how much the two differ.

Pure: reads `lab/published.toml`, and knows neither Sphinx nor docutils.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from comparison.explain import explain
from comparison.fields import MeasurementId, Record, Sentence, Slug, Text
from comparison.locate import toml_line
from comparison.problem import Problem, dotted
from pydantic import Field, ValidationError

from lab.summary import Pair

FILE = "published.toml"

AGREEMENT = 2.0
"""A difference up to this factor needs no explanation: other machines, versions and programs."""


class Figure(Record):
    """A published ratio of the second subject over the first, in time, memory or another cost."""

    id: Slug
    title: Text
    says: Sentence = Field(description="What was published, with its numbers.")
    source: Slug = Field(description="A key of the comparison's sources.")
    date: Text
    hardware: Text
    versions: Text
    low: Annotated[float, Field(gt=0, description="The least published ratio.")]
    high: Annotated[float, Field(gt=0, description="The largest published ratio.")]
    measurement: MeasurementId | None = Field(
        None, description="`<experiment>/<workload>/<metric>` of the lab that asks the same."
    )
    pair: Annotated[str, Field(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")] | None = Field(
        None, description="Two variants, if not those that stand for their subjects."
    )
    unmeasured: Sentence | None = Field(None, description="Why there is no such measurement.")
    similar: tuple[MeasurementId, ...] = Field(
        (), description="Instead, measurements of the lab that ask something like it."
    )
    differs: Sentence = Field(description="What is not the same in theirs and in ours.")
    explained: Sentence | None = Field(
        None, description="Why the two differ by more than two times, where that is known."
    )


class PublishedFile(Record):
    """`lab/published.toml`."""

    figures: tuple[Figure, ...]


def load_figures(folder: Path) -> tuple[tuple[Figure, ...], list[Problem]]:
    """Read the figures of a lab, with every mistake in their file."""
    path = folder / FILE
    if not path.is_file():
        return (), [Problem(path, 1, "file", "is missing", "figures that others published")]
    text = path.read_text(encoding="utf-8")
    try:
        figures = PublishedFile.model_validate(tomllib.loads(text)).figures
    except tomllib.TOMLDecodeError as error:
        return (), [Problem(path, 1, "syntax", str(error), "valid TOML")]
    except ValidationError as error:
        found = explain(error, PublishedFile)
        return (), [
            Problem(path, toml_line(text, key), dotted(key), wrong, expected)
            for key, wrong, expected in found
        ]
    return figures, [
        Problem(path, toml_line(text, ("figures", index)), dotted(("figures", index)), wrong, right)
        for index, figure in enumerate(figures)
        for wrong, right in _faults(figure)
    ]


def _faults(figure: Figure) -> Iterator[tuple[str, str]]:
    if (figure.measurement is None) is (figure.unmeasured is None):
        yield f'"{figure.id}" has both or neither', "measurement, or unmeasured"
    if figure.measurement and figure.similar:
        yield f'"{figure.id}" is measured and similar to others', "measurement, or similar"
    if figure.low > figure.high:
        yield f'"{figure.id}" has its bounds out of order', "low <= high"


def factor(figure: Figure, ours: Pair) -> float:
    """Return by how much our ratio lies outside the published ones, 1 if it is among them."""
    return max(ours.ratio / figure.high, figure.low / ours.ratio, 1.0)
