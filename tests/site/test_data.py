"""The published data: whole, and at one with the pages."""

from __future__ import annotations

from typing import Any

import pytest

from tests.site.pages import Site


@pytest.fixture
def records(site: Site) -> list[tuple[str, dict[str, Any]]]:
    """The comparisons with their topics, as (anchor, record) of all claims, features, sources."""
    found = []
    for comparison in site.data:
        for topic in comparison["topics"]:
            found += [(f"claim-{claim['id']}", claim) for claim in topic["claims"]]
            found += [(f"feature-{feature['id']}", feature) for feature in topic["features"]]
        found += [(f"cite-{source['key']}", source) for source in comparison["sources"]]
    return found


def test_every_comparison_publishes_its_data(site: Site) -> None:
    """There is a document for each comparison that has a page, and it says its format and id."""
    pages = {
        name.split("/")[1]
        for name in site.pages
        if name.startswith("comparisons/") and name.count("/") == 2
    }
    assert {data["id"] for data in site.data} == pages
    assert {data["format"] for data in site.data} == {"v1"}


def test_every_record_stands_on_one_page(
    site: Site, records: list[tuple[str, dict[str, Any]]]
) -> None:
    """Each claim, feature and source of the data is an anchor on one page."""
    faults = {}
    for anchor, _record in records:
        pages = [page.name for page in site.pages.values() if anchor in page.anchors]
        if len(pages) != 1:
            faults[anchor] = pages
    assert records
    assert faults == {}


def test_every_claim_anchor_is_in_the_data(
    site: Site, records: list[tuple[str, dict[str, Any]]]
) -> None:
    """A page shows no claim that tools can't read."""
    known = {anchor for anchor, _record in records}
    shown = {
        anchor
        for page in site.pages.values()
        for anchor in page.anchors
        if anchor.startswith("claim-")
    }
    assert shown - known == set()


def test_every_claim_is_graded(records: list[tuple[str, dict[str, Any]]]) -> None:
    """Each claim carries a grade from A to D with a reason, and an age."""
    claims = [record for anchor, record in records if anchor.startswith("claim-")]
    odd = [
        claim["id"]
        for claim in claims
        if claim["grade"] not in set("ABCD") or not claim["reasons"] or not claim["age"]
    ]
    assert claims
    assert odd == []


def test_evidence_names_known_sources(site: Site) -> None:
    """Whatever the evidence of a claim cites is among the sources of the same document."""
    for comparison in site.data:
        known = {source["key"] for source in comparison["sources"]}
        cited = {
            evidence["source"]
            for topic in comparison["topics"]
            for claim in topic["claims"]
            for evidence in claim["evidence"]
            if "source" in evidence
        }
        assert cited
        assert cited - known == set()
