"""Tells whether all variants do the same work, before any of them is timed."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from .launch import LabError
from .measure import Task, take

_SHOWN = 200


@dataclass(frozen=True)
class Agreed:
    """What all variants of a workload answer, and how long each takes."""

    answer: bytes
    seconds: dict[str, float]
    """By variant; of a single run, to tell how long the sitting will take."""


def agree(tasks: Sequence[Task]) -> Agreed:
    """Run the variants of one workload once; raise `LabError` unless their answers are alike."""
    answers: dict[str, bytes] = {}
    seconds: dict[str, float] = {}
    for task in tasks:
        start = time.monotonic()
        answers[task.variant.id] = take(task, padding=0).answer
        seconds[task.variant.id] = time.monotonic() - start
    first, *others = answers
    workload = tasks[0].workload.id
    if not answers[first].strip():
        raise LabError(f"{workload} ({first}): has no answer; expected one to compare")
    for other in others:
        if answers[other] != answers[first]:
            said = "\n".join(f"  {name}: {_shown(answers[name])}" for name in (first, other))
            raise LabError(f"{workload}: {first} and {other} do not give the same answer:\n{said}")
    return Agreed(answers[first], seconds)


def check_answer(task: Task, answer: bytes, agreed: Agreed) -> None:
    """Raise `LabError` if a run gave another answer than all gave before."""
    if answer != agreed.answer:
        said = f"  now: {_shown(answer)}\n  before: {_shown(agreed.answer)}"
        raise LabError(f"{task.name}: does not give the same answer each time:\n{said}")


def _shown(answer: bytes) -> str:
    text = answer.decode("utf-8", errors="replace").strip()
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
