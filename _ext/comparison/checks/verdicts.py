"""Rules of verdicts: they are argued, hear both sides, and their changes are told."""

from __future__ import annotations

from collections.abc import Iterator

from comparison.judge import EVEN, NEUTRAL, UNDECIDED, tally
from comparison.model import HISTORY_FILE, Comparison

from .fault import Fault


def verdicts_are_argued(comparison: Comparison) -> Iterator[Fault]:
    """A verdict names its claims, what would flip it, and dissent by each side it is against."""
    for topic in comparison.topics:
        verdict, file = topic.data.verdict, f"{topic.id}.toml"
        if not verdict.because:
            yield Fault(file, ("verdict", "because"), "rests on no claim", "ids of claims")
        if not verdict.flips_if:
            wrong = "does not say what would flip it"
            yield Fault(file, ("verdict", "flips_if"), wrong, "at least one sentence")
        if not verdict.dissent:
            wrong = "has no dissent"
            yield Fault(file, ("verdict", "dissent"), wrong, "at least one counter-argument")


def verdicts_hear_the_losing_side(comparison: Comparison) -> Iterator[Fault]:
    """Each subject that a topic does not lean to has a word in the dissent."""
    for topic in comparison.topics:
        lean = tally(comparison, topic.data.features).lean
        heard = {dissent.by for dissent in topic.data.verdict.dissent}
        for subject in comparison.subjects:
            if heard and subject not in heard and subject != lean:
                side = lean if lean in (EVEN, UNDECIDED) else f"leans to {lean}"
                wrong = f"is {side} and lets {subject} say nothing"
                expected = f'a dissent by = "{subject}"'
                yield Fault(f"{topic.id}.toml", ("verdict", "dissent"), wrong, expected)


def verdicts_hear_both_sides(comparison: Comparison) -> Iterator[Fault]:
    """The sources of a verdict's claims do not all come from one subject's side."""
    for topic in comparison.topics:
        parties = {
            comparison.sources[evidence.source].party if evidence.source else NEUTRAL
            for claim in topic.data.claims
            if claim.id in topic.data.verdict.because
            for evidence in claim.evidence
        }
        if len(parties) == 1 and (party := parties.pop()) in comparison.subjects:
            wrong = f"rests on sources of {party} alone"
            path = ("verdict", "because")
            yield Fault(f"{topic.id}.toml", path, wrong, "a claim with a source of another party")


def history_ends_where_topics_lean(comparison: Comparison) -> Iterator[Fault]:
    """The newest change of each topic says where it leans now, so that no change goes untold."""
    newest: dict[str, int] = {}
    for index, change in enumerate(comparison.history):
        newest.setdefault(change.topic, index)
    for topic in comparison.topics if comparison.history else ():
        lean = tally(comparison, topic.data.features).lean
        index = newest.get(topic.id, 0)
        if topic.id not in newest:
            wrong = f'"{topic.id}" has no change, and leans to "{lean}"'
            yield Fault(HISTORY_FILE, ("changes", index), wrong, "a first change of it")
        elif comparison.history[index].lean != lean:
            wrong = f'"{topic.id}" leans to "{lean}" now'
            path = ("changes", index, "lean")
            yield Fault(HISTORY_FILE, path, wrong, "a newer change that says since when and why")
