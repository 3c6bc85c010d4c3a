"""The published summary of an experiment: all that a page shows, so that it need run nothing.

Only records; they are filled by `publish`.
"""

from __future__ import annotations

from typing import Literal

from comparison.fields import Record
from pydantic import Field

from .provenance import Machine
from .terms import Kind, Label, Mode, Trust

SUMMARY_FILE = "summary.json"


class Value(Record):
    """What a variant needs, with a 95 % interval."""

    variant: str
    value: float
    low: float
    high: float
    n: int = Field(description="Samples.")
    sittings: int


class Pair(Record):
    """The ratio of one variant's value to that of another, with a 95 % interval."""

    of: str
    to: str
    headline: bool = Field(description="Whether the two stand for their subjects.")
    ratio: float
    low: float
    high: float
    verdict: str = Field(
        description="The subject that is better, or the variant if both are of one subject; "
        "`even` if the interval lies within the threshold, `undecided` if it crosses it."
    )
    trust: Trust
    effect: float = Field(description="Cliff's delta, from -1 to 1.")
    spread: float = Field(description="The largest ratio of a sitting over the smallest, less 1.")
    per_sitting: tuple[float, ...]
    n: int
    sittings: int


class Control(Record):
    """How far a program was from itself in one sitting."""

    variant: str
    sitting: str
    ratio: float
    void: bool = Field(description="Whether that voids the workload's metric in the sitting.")


class MetricSummary(Record):
    """What was found on one metric of one workload."""

    id: str
    title: str
    unit: str
    kind: Kind
    better: Literal["lower", "higher"]
    threshold: float
    expected_trust: Trust
    refused: str | None = Field(default=None, description="Why there is no value, if so.")
    values: tuple[Value, ...] = ()
    pairs: tuple[Pair, ...] = ()
    controls: tuple[Control, ...] = ()


class VariantSummary(Record):
    """What a variant is, and how its programs were built."""

    id: str
    title: str
    subject: str
    label: Label
    note: str | None
    command: str = Field(description="How its first program was built, in the lab's folder.")
    env: dict[str, str]
    libraries: dict[str, str]


class WorkloadSummary(Record):
    """One workload."""

    id: str
    title: str
    text: str
    arguments: tuple[str, ...]
    cores: int
    metrics: tuple[MetricSummary, ...]


class SittingSummary(Record):
    """One sitting."""

    file: str
    sha256: str
    started: str
    commit: str | None
    modified: bool
    blocks: int
    interruptions: int
    load: tuple[float, float] = Field(description="The least and the largest load average.")
    worst_loss: float = Field(description="The largest share of a core that others took.")


class Summary(Record):
    """`summary.json`: an experiment on one kind of machine."""

    format: Literal[1] = 1
    experiment: str
    mode: Mode
    title: str
    question: str
    hypothesis: str
    caveats: tuple[str, ...]
    command: str = Field(description="What runs it again.")
    machine: Machine
    tools: dict[str, str]
    sittings: tuple[SittingSummary, ...]
    variants: tuple[VariantSummary, ...]
    workloads: tuple[WorkloadSummary, ...]
