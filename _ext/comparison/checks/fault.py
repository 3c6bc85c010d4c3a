"""What the rules share: a fault, and walks over the records they are about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from comparison.model import Claim, Comparison, Feature, Objection

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True)
class Fault:
    """A broken rule, at a key path in a file of the comparison's folder."""

    file: str
    path: KeyPath
    wrong: str
    expected: str


Check = Callable[[Comparison], Iterator[Fault]]


def each_claim(comparison: Comparison) -> Iterator[tuple[str, int, Claim]]:
    """Yield each claim behind its file and its place there."""
    for topic in comparison.topics:
        for index, claim in enumerate(topic.data.claims):
            yield f"{topic.id}.toml", index, claim


def each_feature(comparison: Comparison) -> Iterator[tuple[str, int, Feature]]:
    """Yield each feature behind its file and its place there."""
    for topic in comparison.topics:
        for index, feature in enumerate(topic.data.features):
            yield f"{topic.id}.toml", index, feature


def each_objection(comparison: Comparison) -> Iterator[tuple[str, KeyPath, Objection]]:
    """Yield each objection to a claim or verdict behind its file and key path."""
    for topic in comparison.topics:
        for index, claim in enumerate(topic.data.claims):
            yield f"{topic.id}.toml", ("claims", index, "objection"), claim.objection
        for index, dissent in enumerate(topic.data.verdict.dissent):
            yield f"{topic.id}.toml", ("verdict", "dissent", index), dissent


def one_of(ids: Iterable[str]) -> str:
    """Say which ids were expected, if they are few enough to read."""
    known = list(ids)
    return f"one of: {', '.join(known)}" if len(known) < 20 else "a known id"
