"""What a reader does with mouse, keyboard and finger works."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.looking import (
    NARROW,
    OPEN_DETAILS,
    WIDE,
    Scheme,
)

Window = Callable[..., BrowserContext]

# What has the focus, and what is wrong with how it shows.
FOCUS = """() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  const name = one.tagName.toLowerCase() + (one.id ? '#' + one.id : '')
    + [...one.classList].map(name => '.' + name).join('')
    + ' ' + JSON.stringify(one.textContent.trim().slice(0, 30));
  const parts = [one, ...(one.labels ?? [])];
  const ringed = parts.map(part => getComputedStyle(part)).some(style =>
    (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
    || style.boxShadow !== 'none');
  const seen = parts.flatMap(part => [...part.getClientRects()]).some(box => {
    const { left, top, width, height } = box;
    if (width <= 1 || height <= 1) return false;
    const hit = document.elementFromPoint(left + width / 2, top + height / 2);
    return hit && parts.some(part => part.contains(hit) || hit.contains(part));
  });
  one.dataset.nth ??= document.querySelectorAll('[data-nth]').length + 1;
  return { name, nth: one.dataset.nth, ringed, seen };
}"""


def stops(page: Page, most: int = 800) -> Iterator[dict[str, Any]]:
    """Press Tab through the page; yield what has the focus each time, until it comes round."""
    seen = set()
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop is None or stop["nth"] in seen:
            return
        seen.add(stop["nth"])
        yield stop
    raise AssertionError(f"more than {most} stops")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the first element of a selector has the focus."""
    for _stop in stops(page):
        if page.locator(selector).first.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"Tab does not reach {selector}")


def test_the_first_tab_leads_past_the_navigation(window: Window, topic: str) -> None:
    """The first Tab shows the link to the content; after it the next Tab is in the content."""
    page = window(WIDE).new_page()
    page.goto(topic)
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    expect(link).to_have_attribute("href", "#furo-main-content")
    expect(link).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#furo-main-content :focus")).to_have_count(1)


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("kind", ["topic", "comparison"])
def test_the_focus_is_seen_wherever_it_goes(
    window: Window, request: pytest.FixtureRequest, kind: str, width: int
) -> None:
    """Whatever Tab reaches shows a ring, is in the window, and nothing lies over it."""
    page = window(width).new_page()
    page.goto(request.getfixturevalue(kind))
    page.evaluate(OPEN_DETAILS)
    found = list(stops(page))
    faults = [
        f"{stop['name']}: {'no ring ' * (not stop['ringed'])}{'not seen' * (not stop['seen'])}"
        for stop in found
        if not (stop["ringed"] and stop["seen"])
    ]
    assert len(found) > 10
    assert not faults, "\n".join(faults)


def test_a_card_opens_its_topic_by_keyboard(window: Window, comparison: str) -> None:
    """Tab reaches a topic's card, and Enter opens the topic."""
    page = window(WIDE).new_page()
    page.goto(comparison)
    card = page.locator(".cmp-cards .sd-card a").first
    target = card.evaluate("one => one.href")
    tab_to(page, ".cmp-cards .sd-card a")
    page.keyboard.press("Enter")
    page.wait_for_url(target)
    expect(page.locator("h1")).to_be_visible()


def test_a_card_is_one_target(window: Window, comparison: str) -> None:
    """A click anywhere on a topic's card opens the topic."""
    page = window(NARROW).new_page()
    page.goto(comparison)
    card = page.locator(".cmp-cards .sd-card").first
    target = card.locator("a").first.evaluate("one => one.href")
    card.scroll_into_view_if_needed()
    box = card.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] - 12, box["y"] + box["height"] - 12)
    page.wait_for_url(target)


def test_evidence_unfolds_by_keyboard(window: Window, topic: str) -> None:
    """Evidence is folded at first; Enter on its line unfolds it, and again folds it."""
    page = window(WIDE).new_page()
    page.goto(topic)
    evidence = page.locator("details.cmp-evidence").first
    body = evidence.locator("li").first
    expect(body).to_be_hidden()
    tab_to(page, "details.cmp-evidence > summary")
    page.keyboard.press("Enter")
    expect(body).to_be_visible()
    page.keyboard.press("Enter")
    expect(body).to_be_hidden()


def test_a_link_to_a_claim_shows_it(window: Window, topic: str, site: Any) -> None:
    """The address of a claim brings the claim into view, below whatever stands at the top."""
    last = site.data[0]["topics"][0]["claims"][-1]["id"]
    for width in (WIDE, NARROW):
        page = window(width).new_page()
        page.goto(f"{topic}#claim-{last}")
        claim = page.locator(f"#claim-{last}")
        expect(claim).to_be_in_viewport()
        covered = claim.evaluate("""one => {
          const { left, top, width } = one.getBoundingClientRect();
          return !one.contains(document.elementFromPoint(left + width / 2, top + 2));
        }""")
        assert not covered, f"its first line is covered at {width} px"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_theme_is_chosen_and_remembered(
    window: Window, topic: str, comparison: str, width: int, scheme: Scheme
) -> None:
    """The button leads to the other theme than the system's, which stays on other pages."""
    other = "light" if scheme == "dark" else "dark"
    page = window(width, scheme).new_page()
    page.goto(topic)
    before = _background(page)
    button = page.locator("button.theme-toggle:visible").first
    expect(button).to_have_accessible_name("Toggle Light / Dark / Auto color theme")
    for _ in range(3):
        if page.locator(f"body[data-theme={other}]").count():
            break
        button.click()
    expect(page.locator("body")).to_have_attribute("data-theme", other)
    after = _background(page)
    assert after != before
    for path in (topic, comparison):
        page.goto(path)
        expect(page.locator("body")).to_have_attribute("data-theme", other)
        assert _background(page) == after


def _background(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def test_the_drawer_opens_and_closes(window: Window, topic: str) -> None:
    """On a phone the navigation is out of view, opens by its button, and closes by a tap beside."""
    page = window(NARROW, has_touch=True).new_page()
    page.goto(topic)
    link = page.locator(".sidebar-tree a").first
    expect(link).not_to_be_in_viewport()
    page.locator(".nav-overlay-icon").tap()
    expect(link).to_be_in_viewport()
    page.touchscreen.tap(NARROW - 10, 450)
    expect(link).not_to_be_in_viewport()


def test_the_drawer_leads_to_another_page(window: Window, topic: str) -> None:
    """On a phone a tap on a page's name in the navigation opens the page."""
    page = window(NARROW, has_touch=True).new_page()
    page.goto(topic)
    page.locator(".nav-overlay-icon").tap()
    link = page.locator(".sidebar-tree a[href*='html']:visible").first
    target = link.evaluate("one => one.href")
    link.tap()
    page.wait_for_url(target)


def test_the_drawer_works_by_keyboard(window: Window, topic: str) -> None:
    """In a narrow or much enlarged window the navigation opens and closes by keyboard too."""
    page = window(NARROW).new_page()
    page.goto(topic)
    link = page.locator(".sidebar-tree a").first
    tab_to(page, "#__navigation")
    page.keyboard.press("Space")
    expect(link).to_be_in_viewport()
    page.keyboard.press("Space")
    expect(link).not_to_be_in_viewport()
