"""The site serves those without scripts, those who print, and those who come to a wrong address."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.looking import NARROW, OPEN_DETAILS, TOO_WIDE, WIDE, Scheme, watch
from tests.site.pages import Site, listed

Window = Callable[..., BrowserContext]

PAPER = 718
"""The width in px of an A4 page with margins of 1 cm."""

LOST = "comparisons/none/deeper/still/none.html"

# Those of a selector that a reader can't see.
UNSEEN = """([selector, folded]) => [...document.querySelectorAll(selector)]
  .filter(one => folded || !one.closest('details:not([open]) > :not(summary)'))
  .filter(one => !one.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    || !one.getClientRects().length)
  .map(one => `${one.tagName.toLowerCase()}#${one.id} ${one.textContent.trim().slice(0, 40)}`)"""


def every_page(page: Page, site: Site) -> Iterator[str]:
    """Open the pages that authors have written; yield their names."""
    for name in site.pages:
        if name not in {"404.html", "genindex.html", "search.html"}:
            page.goto(name)
            yield name


def test_is_whole_without_scripts(window: Window, site: Site) -> None:
    """With scripts off, text, claims, tables, evidence and navigation are there on every page."""
    page = window(WIDE, java_script_enabled=False).new_page()
    content = "article :is(h1, h2, h3, p, li, table, pre, summary), [id^=claim-]"
    navigation = ".sidebar-tree > ul > li > a, .sidebar-tree li.current > ul > li > a"
    faults = {}
    for name in every_page(page, site):
        assert page.locator("article").inner_text().strip(), name
        faults[name] = page.evaluate(UNSEEN, [f"{content}, {navigation}", False])
    assert not listed(faults), listed(faults)


def test_shows_no_dead_buttons_without_scripts(window: Window, topic: str) -> None:
    """With scripts off, no button is shown that would do nothing."""
    page = window(WIDE, java_script_enabled=False).new_page()
    page.goto(topic)
    assert page.locator("button:visible").count() == 0


def test_unfolds_and_navigates_without_scripts(window: Window, topic: str) -> None:
    """With scripts off, evidence unfolds, and a phone's navigation opens."""
    page = window(NARROW, java_script_enabled=False).new_page()
    page.goto(topic)
    page.locator("details.cmp-evidence > summary").first.click()
    expect(page.locator("details.cmp-evidence li").first).to_be_visible()
    page.evaluate("scrollTo(0, 0)")
    page.locator(".nav-overlay-icon").click()
    expect(page.locator(".sidebar-tree a").first).to_be_in_viewport()


def test_prints_all_evidence(window: Window, site: Site) -> None:
    """On paper the folded evidence of every claim is there, though nobody unfolded it."""
    page = window(PAPER).new_page()
    page.emulate_media(media="print")
    faults = {}
    for name in every_page(page, site):
        faults[name] = page.evaluate(UNSEEN, ["article details :is(p, li)", True])
    assert not listed(faults), listed(faults)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_prints_dark_on_white_without_navigation(
    window: Window, topic: str, scheme: Scheme
) -> None:
    """On paper there is black text on white, in whatever theme, and no navigation beside it."""
    page = window(PAPER, scheme).new_page()
    page.goto(topic)
    page.emulate_media(media="print", color_scheme=scheme)
    style = "getComputedStyle(document.querySelector('article p'))"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in {
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    }
    red, green, blue = page.evaluate(f"{style}.color.match(/[0-9.]+/g).slice(0, 3).map(Number)")
    assert max(red, green, blue) < 80
    for part in (".sidebar-tree", ".toc-tree", ".mobile-header", "button.theme-toggle"):
        for one in page.locator(f"{part}:visible").all():
            expect(one).not_to_be_in_viewport()


def test_nothing_is_cut_off_on_paper(window: Window, site: Site) -> None:
    """On paper nothing is wider than the sheet, and no box would have to be scrolled."""
    page = window(PAPER).new_page()
    page.emulate_media(media="print")
    faults = {}
    for name in every_page(page, site):
        page.evaluate(OPEN_DETAILS)
        faults[name] = page.evaluate(TOO_WIDE) + page.evaluate("""
          [...document.querySelectorAll('article *')]
            .filter(one => getComputedStyle(one).overflowX !== 'visible'
              && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1)
            .map(one => `${one.tagName.toLowerCase()}.${one.className} scrolls: `
              + `${one.scrollWidth} in ${one.clientWidth} px`)""")
    assert not listed(faults), listed(faults)


def test_a_wrong_address_gets_the_error_page(window: Window, address: str) -> None:
    """A wrong address, however deep, gets the site's error page with its look and links."""
    page = window(WIDE).new_page()
    faults = watch(page, address)
    answer = page.goto(LOST)
    assert answer
    assert answer.status == 404
    expect(page.locator("h1")).to_have_text("Page not found")
    assert page.evaluate("[...document.styleSheets].every(one => one.cssRules.length)")
    assert [fault for fault in faults if LOST not in fault and "404 (Not Found)" not in fault] == []


def test_the_error_page_leads_back(window: Window, address: str) -> None:
    """Every link of the error page works from a deep address, and one click leads home."""
    opened = window(WIDE)
    page = opened.new_page()
    page.goto(LOST)
    links = page.evaluate("[...document.querySelectorAll('a[href]')].map(one => one.href)")
    inside = {link.split("#")[0] for link in links if link.startswith(address)} - {address + LOST}
    faults = {link: opened.request.get(link).status for link in sorted(inside)}
    assert len(inside) > 3
    assert {link: status for link, status in faults.items() if status != 200} == {}
    page.locator("article a").first.click()
    page.wait_for_url(f"{address}index.html")
