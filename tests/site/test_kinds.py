"""Like documents have like kinds: the kind decides a grade, so it must not follow the party."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from comparison.model import Source, SourceKind
from comparison.validate import check_folders

SOURCES = {
    source.key: source
    for comparison in check_folders(Path(__file__).parents[2] / "comparisons")[0]
    for source in comparison.sources.values()
}

REFERENCES = re.compile(
    r"https://(go\.dev/ref/|pkg\.go\.dev/(?!internal/)|docs\.rs/(?!crate/)|nodejs\.org/docs/.*/api/"
    r"|doc\.rust-lang\.org/(([\d.]+/)?(reference|std|core|alloc|test)/|error_codes/"
    r"|cargo/(reference|commands)/|rustc/(?!profile-guided|linker-plugin)))"
)
"""Where projects publish their references: of a language, a package, a command or a setting."""

GUIDES = re.compile(
    r"https://(go\.dev/(blog|doc/(articles|security|tutorial))/|go\.dev/doc/(pgo|gc-guide|faq|asm)"
    r"|(blog|foundation)\.rust-lang\.org/|doc\.rust-lang\.org/(nightly/)?"
    r"(book|nomicon|edition-guide|embedded-book|unstable-book|clippy|cargo/guide)/"
    r"|doc\.rust-lang\.org/rustc/(profile-guided|linker-plugin)|rustc-dev-guide\.rust-lang\.org/)"
)
"""Where they publish guides, tutorials, articles and posts."""

GUIDES_AMONG_REFERENCES = {
    "connect-go": "is the readme of a module, which its page shows first",
    "otelc-module": "is the readme of a module, which its page shows first",
    "cargo-semver": "says of itself that it gives guidelines only",
    "rustls-fips": "is a chapter of a manual that stands among the references of a crate",
}


def _keys(place: re.Pattern[str]) -> list[str]:
    return sorted(key for key, source in SOURCES.items() if place.match(source.url))


@pytest.mark.parametrize("key", _keys(REFERENCES))
def test_a_reference_is_no_guide(key: str) -> None:
    """What a project publishes as a reference has the kind of one, or of the code behind it."""
    guide = key in GUIDES_AMONG_REFERENCES
    assert (_kind(key) is SourceKind.DOCUMENTATION) is guide


@pytest.mark.parametrize("key", _keys(GUIDES))
def test_a_guide_is_no_specification(key: str) -> None:
    """A guide, a tutorial or a post promises nothing, whoever wrote it."""
    assert _kind(key) is not SourceKind.SPECIFICATION


def test_both_places_are_of_both_subjects() -> None:
    """The rule is tried on documents of each project, so it holds for both."""
    for place in (REFERENCES, GUIDES):
        assert {SOURCES[key].party for key in _keys(place)} >= {"rust", "go"}


def _kind(key: str) -> SourceKind:
    source: Source = SOURCES[key]
    return source.kind
