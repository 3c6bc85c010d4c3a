"""The raw samples of a sitting as a file: JSON Lines, of which the last seals the others.

A file is written once and never edited: see `SittingRecord` and the other records for its lines.
"""

from __future__ import annotations

import hashlib
import os
import socket
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from comparison.fields import Record
from pydantic import Field, TypeAdapter, ValidationError

from .launch import Usage
from .provenance import Machine
from .terms import Mode

FORMAT = 1
SAMPLES = ".jsonl"


class ProgramRecord(Record):
    """A program that was measured."""

    workload: str
    variant: str
    command: str = Field(description="How it was built, in the lab's folder.")
    sha256: str
    size_bytes: int
    tool: Literal["cargo", "go"]
    libraries: dict[str, str] = Field(description="What it is built of, by name, with versions.")


class SittingRecord(Record):
    """The first line: what was run, on what, and of which sources."""

    record: Literal["sitting"] = "sitting"
    format: Literal[1] = 1
    experiment: str
    mode: Mode
    started: Annotated[str, Field(description="In UTC.")]
    seed: int = Field(description="Of the order of runs and of their padding.")
    blocks: int
    inputs: str = Field(description="Digest of the sources and of what is run.")
    commit: str | None = Field(default=None, description="None outside a repository.")
    modified: bool = Field(description="Whether the lab differed from the commit.")
    machine: Machine
    tools: dict[str, str]
    programs: tuple[ProgramRecord, ...]


class CanaryRecord(Record):
    """How quiet the machine was before a block, or after the last one."""

    record: Literal["canary"] = "canary"
    block: int
    lost: tuple[float, ...] = Field(description="The share of each core's time that others took.")
    load: float = Field(description="The load average of the last minute.")


class ResumedRecord(Record):
    """The sitting was interrupted here, and went on later."""

    record: Literal["resumed"] = "resumed"
    at: str


class SampleRecord(Record):
    """One run of one variant."""

    record: Literal["sample"] = "sample"
    workload: str
    variant: str
    control: bool = Field(description="Whether it is the second run of the same program.")
    block: int
    position: int = Field(description="Its place in the block.")
    cpus: tuple[int, ...]
    padding: int
    load: float
    figures: dict[str, Annotated[float, Field(gt=0)]]
    usage: Usage | None = Field(default=None, description="What the process used, start to end.")


class SealRecord(Record):
    """The last line."""

    record: Literal["seal"] = "seal"
    sha256: str = Field(description="Of all lines before this one.")


Line = Annotated[
    SittingRecord | CanaryRecord | ResumedRecord | SampleRecord | SealRecord,
    Field(discriminator="record"),
]
LINE: TypeAdapter[SittingRecord | CanaryRecord | ResumedRecord | SampleRecord | SealRecord] = (
    TypeAdapter(Line)
)


class ResultsError(Exception):
    """A file of samples is not as it was written; the message names it."""


@dataclass(frozen=True)
class Sitting:
    """A sitting as read from its file."""

    name: str
    head: SittingRecord
    canaries: tuple[CanaryRecord, ...]
    samples: tuple[SampleRecord, ...]
    interruptions: int


def text_of(records: Iterable[Record]) -> str:
    """Return records as lines."""
    return "".join(f"{record.model_dump_json(exclude_none=True)}\n" for record in records)


def parse(name: str, text: str) -> Sitting:
    """Read the lines of a sitting that may still go on."""
    records = []
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            records.append(LINE.validate_json(line))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(map(str, first["loc"]))
            raise ResultsError(f"{name}:{number}: {where}: {first['msg']}") from None
    heads = [record for record in records if isinstance(record, SittingRecord)]
    if not heads or records[0] is not heads[0] or len(heads) > 1:
        raise ResultsError(f"{name}:1: expected one record of the sitting, and it first")
    return Sitting(
        name,
        heads[0],
        tuple(record for record in records if isinstance(record, CanaryRecord)),
        tuple(record for record in records if isinstance(record, SampleRecord)),
        sum(isinstance(record, ResumedRecord) for record in records),
    )


def read(path: Path) -> Sitting:
    """Read a sealed file; raise `ResultsError` if it was changed since."""
    text = path.read_text(encoding="utf-8")
    *lines, last = text.splitlines(keepends=True) or [""]
    seal = SealRecord(sha256=hashlib.sha256("".join(lines).encode()).hexdigest())
    if last != text_of([seal]):
        raise ResultsError(
            f"{path}: was edited after it was written; expected the tool's own file: "
            "restore it, or delete it and run again"
        )
    return parse(path.name, text)


def seal(text: str, path: Path) -> None:
    """Write a sealed file, all of it or nothing."""
    for private in (socket.gethostname(), str(Path.home()), str(Path.cwd())):
        if len(private) > 3 and private in text:
            raise ResultsError(f"{path}: would tell {private!r}, which is this machine's own")
    last = SealRecord(sha256=hashlib.sha256(text.encode()).hexdigest())
    write_whole(path, text + text_of([last]))


def write_whole(path: Path, text: str) -> None:
    """Write a file so that no reader ever sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


def sittings_in(folder: Path) -> list[Path]:
    """Return the files of samples in a folder, oldest first."""
    return sorted(folder.glob(f"*{SAMPLES}"))


def series(
    sitting: Sitting, workload: str, variant: str, figure: str, *, control: bool = False
) -> list[float]:
    """Return the samples of one figure, in the order of the blocks."""
    found = [
        (sample.block, sample.figures[figure])
        for sample in sitting.samples
        if (sample.workload, sample.variant, sample.control) == (workload, variant, control)
        and figure in sample.figures
    ]
    return [value for _, value in sorted(found)]


def worst_loss(canaries: Sequence[CanaryRecord]) -> float:
    """Return the largest share of a core's time that was lost."""
    return max((lost for canary in canaries for lost in canary.lost), default=0.0)
