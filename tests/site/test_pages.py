"""Every page of the real site keeps every rule."""

from __future__ import annotations

import re

import pytest

from tests.site.links import broken_links, css_addresses, foreign, internal, link_fault, unreachable
from tests.site.pages import ERROR_PAGE, Site, listed
from tests.site.rules import RULES


@pytest.mark.parametrize("rule", RULES)
def test_every_page_keeps_the_rule(site: Site, rule: str) -> None:
    """No page breaks the rule; all that do are named."""
    faults = listed({page.name: list(RULES[rule](page)) for page in site.pages.values()})
    assert not faults, faults


def test_every_link_leads_somewhere(site: Site) -> None:
    """Every address within the site names a file that exists, and an anchor on that page."""
    faults = listed({page.name: list(broken_links(site, page)) for page in site.pages.values()})
    assert not faults, faults


def test_style_sheets_load_files_of_the_site_only(site: Site) -> None:
    """What style sheets load is there, and comes from no other host."""
    by_sheet = {}
    for name in sorted(name for name in site.files if name.endswith(".css")):
        found = css_addresses((site.folder / name).read_text(encoding="utf-8"))
        by_sheet[name] = [f"loads {address}" for address in foreign(found)]
        for address in sorted(internal(found)):
            if fault := link_fault(site, name, address):
                by_sheet[name].append(f"{address!r} {fault}")
    faults = listed(by_sheet)
    assert by_sheet
    assert not faults, faults


def test_every_page_can_be_reached(site: Site) -> None:
    """From the entry page links lead to every other page, except those reached in other ways."""
    exempt = {ERROR_PAGE, "genindex.html", "search.html"}
    assert unreachable(site, "index.html", exempt) == set()


def test_the_site_can_be_taken_along(site: Site) -> None:
    """The entry page and each comparison's own offer a PDF and an EPUB, and say how large."""
    names = ["index.html", *(f"comparisons/{one['id']}/index.html" for one in site.data)]
    for name in names:
        [place] = site.pages[name].tree.find_class("offline")
        kinds = [link.get("href").rpartition(".")[2] for link in place.iter("a")]
        assert (name, kinds) == (name, ["pdf", "epub"])
        facts = [one.text_content() for one in place.find_class("offline-facts")]
        assert [fact for fact in facts if not re.search(r"\d [kM]B, \d{4}-\d\d-\d\d$", fact)] == []
