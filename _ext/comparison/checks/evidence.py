"""Rules of evidence: what a claim rests on is of one kind, can be found, and was seen."""

from __future__ import annotations

from collections.abc import Iterator

from comparison.model import UNKNOWN, Comparison, Support

from .fault import Fault, KeyPath, each_claim


def claims_have_evidence(comparison: Comparison) -> Iterator[Fault]:
    """Every claim has evidence, unless its value is unknown."""
    for file, index, claim in each_claim(comparison):
        if not claim.evidence and claim.value != UNKNOWN:
            wrong = f'"{claim.id}" has no evidence'
            yield Fault(
                file, ("claims", index, "evidence"), wrong, "a source, a program or a measurement"
            )


def evidence_is_of_one_kind(comparison: Comparison) -> Iterator[Fault]:
    """A piece of evidence names one source, or a program or measurement and what it shows."""
    for file, index, claim in each_claim(comparison):
        for position, evidence in enumerate(claim.evidence):
            path: KeyPath = ("claims", index, "evidence", position)
            own = evidence.program or evidence.measurement
            kinds = {
                "a source": evidence.source,
                "a program": evidence.program,
                "a measurement": evidence.measurement,
            }
            named = [kind for kind, one in kinds.items() if one]
            if len(named) != 1:
                wrong = f"names {' and '.join(named) or 'nothing'}"
                yield Fault(file, path, wrong, "either source, program or measurement")
            elif own and not evidence.shows:
                wrong = f'does not say what "{own}" shows'
                yield Fault(file, path, wrong, "shows, with one sentence")
            elif own and evidence.locator:
                yield Fault(file, (*path, "locator"), f"is no place in {named[0]}", "shows")
            elif evidence.source and evidence.shows:
                yield Fault(file, (*path, "shows"), "is said of a source", "note")


def what_ran_is_named(comparison: Comparison) -> Iterator[Fault]:
    """A claim that was verified by running names the program or measurement that ran."""
    for file, index, claim in each_claim(comparison):
        ran = any(item.program or item.measurement for item in claim.evidence)
        if claim.verified.how == "ran" and not ran:
            path = ("claims", index, "verified")
            wrong = f'"{claim.id}" ran, but names no program and no measurement'
            yield Fault(file, path, wrong, "what ran, as evidence")


def full_support_is_located(comparison: Comparison) -> Iterator[Fault]:
    """Full support names the place in the source, and the source itself was read."""
    for file, index, claim in each_claim(comparison):
        for position, evidence in enumerate(claim.evidence):
            if evidence.supports is not Support.FULL or not evidence.source:
                continue
            path = ("claims", index, "evidence", position)
            if not evidence.locator:
                wrong = f'full support by "{evidence.source}" without a locator'
                yield Fault(file, path, wrong, "locator, or less support")
            source = comparison.sources.get(evidence.source)
            if source and source.access == "secondary":
                wrong = f'full support by "{source.key}", read only at second hand'
                yield Fault(file, path, wrong, 'supports = "partly"')
