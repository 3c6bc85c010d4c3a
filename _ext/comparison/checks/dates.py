"""Rules of time: what is newer comes first, and nothing happens before it can."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from packaging.version import Version

from comparison.model import COMPARISON_FILE, HISTORY_FILE, SOURCES_FILE, Comparison

from .fault import Fault, KeyPath, each_claim


def releases_are_newest_first(comparison: Comparison) -> Iterator[Fault]:
    """Releases go from the newest to the oldest, in version and in date."""
    for index, subject in enumerate(comparison.data.subjects):
        for position in range(1, len(subject.releases)):
            newer, older = subject.releases[position - 1], subject.releases[position]
            if Version(newer.version) <= Version(older.version) or newer.on < older.on:
                yield Fault(
                    COMPARISON_FILE,
                    ("subjects", index, "releases", position),
                    f"{older.version} ({older.on}) comes after {newer.version} ({newer.on})",
                    "releases from the newest to the oldest",
                )


def history_is_newest_first(comparison: Comparison) -> Iterator[Fault]:
    """Changes go from the newest to the oldest."""
    for index in range(1, len(comparison.history)):
        newer, older = comparison.history[index - 1], comparison.history[index]
        if newer.on < older.on:
            wrong = f"{older.on} comes after {newer.on}"
            expected = "changes from the newest to the oldest"
            yield Fault(HISTORY_FILE, ("changes", index, "on"), wrong, expected)


def dates_are_not_in_the_future(comparison: Comparison) -> Iterator[Fault]:
    """Nothing was verified, read or released after `updated`, nor is that day still to come."""
    limit = comparison.data.updated
    if limit > date.today():
        yield Fault(COMPARISON_FILE, ("updated",), f"{limit} is in the future", "today or earlier")
    for file, index, claim in each_claim(comparison):
        if claim.verified.on > limit:
            path: KeyPath = ("claims", index, "verified")
            yield Fault(file, path, f"{claim.verified.on} is after updated", f"{limit} or earlier")
    for key, source in comparison.sources.items():
        if source.read_on > limit:
            wrong = f"{source.read_on} is after updated"
            yield Fault(SOURCES_FILE, (key, "urldate"), wrong, f"{limit} or earlier")
        if source.published > source.read_on.isoformat():
            wrong = f"published {source.published}, read {source.read_on}"
            yield Fault(SOURCES_FILE, (key, "date"), wrong, "a source read after it was published")
    for index, change in enumerate(comparison.history):
        if change.on > limit:
            path = ("changes", index, "on")
            yield Fault(HISTORY_FILE, path, f"{change.on} is after updated", f"{limit} or earlier")
    for index, subject in enumerate(comparison.data.subjects):
        for position, release in enumerate(subject.releases):
            if release.on > limit:
                path = ("subjects", index, "releases", position)
                wrong = f"{release.version} of {release.on} is after updated"
                yield Fault(COMPARISON_FILE, path, wrong, f"{limit} or earlier")


def versions_were_released(comparison: Comparison) -> Iterator[Fault]:
    """The version a claim was verified on was released, and before the day of verification."""
    for file, index, claim in each_claim(comparison):
        subject = comparison.subjects.get(claim.subject)
        if subject is None:
            continue
        major, minor, *patch = Version(claim.verified.version).release
        releases = {release.version: release for release in subject.releases}
        release = releases.get(f"{major}.{minor}")
        path = ("claims", index, "verified")
        if release is None or (patch and patch[0] > release.patch):
            wrong = f"{subject.name} never released {claim.verified.version}"
            yield Fault(file, path, wrong, f"a release listed in {COMPARISON_FILE}")
        elif release.on > claim.verified.on:
            wrong = f"verified on {claim.verified.on}, before {release.version} of {release.on}"
            yield Fault(file, path, wrong, "a day on or after the release")
