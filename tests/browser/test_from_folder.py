"""The site works when its files are opened from a folder, without a server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import context
from tests.site.pages import Site


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a window that has no address of a server; an error on a page fails the test."""
    errors: list[str] = []
    with context(browser, 1280, "light") as window:
        one = window.new_page()
        one.on("pageerror", lambda error: errors.append(str(error)))
        yield one
    assert errors == []


def test_links_lead_from_page_to_page(page: Page, site: Site, comparison: str, topic: str) -> None:
    """From the home page a reader comes to a comparison and to a topic."""
    page.goto((site.folder / "index.html").as_uri())
    page.locator(f".cmp-cards a[href^='{comparison}index.html']").first.click()
    expect(page).to_have_url((site.folder / f"{comparison}index.html").as_uri())
    page.locator(f".cmp-cards a[href^='{topic.rpartition('/')[2]}']").first.click()
    expect(page).to_have_url((site.folder / topic).as_uri())
    # A style sheet that did not load would leave the browser's own fonts.
    family = page.evaluate("getComputedStyle(document.body).fontFamily")
    assert "Source Sans 3" in family


def test_tabs_and_theme_can_be_chosen(page: Page, site: Site, topic: str) -> None:
    """A tab shows its side, and the theme is the one that was chosen."""
    page.goto((site.folder / topic).as_uri())
    tabs = page.locator(".cmp-example-tabs").first
    labels = tabs.locator("> label")
    labels.nth(1).click()
    expect(tabs.locator("> .sd-tab-content").nth(1)).to_be_visible()
    expect(tabs.locator("> .sd-tab-content").nth(0)).to_be_hidden()
    page.locator("button.theme-toggle:visible").first.click()
    expect(page.locator("body")).not_to_have_attribute("data-theme", "auto")


def test_the_search_finds(page: Page, site: Site) -> None:
    """The search needs no server: a word of the comparison is found."""
    page.goto((site.folder / "search.html").as_uri() + "?q=goroutine")
    expect(page.locator(".search-results > li").first).to_be_visible(timeout=20_000)
