"""Owns the looking at pages in a browser: what goes wrong, how wide they are, what axe finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, NamedTuple

import axe_playwright_python
from playwright.sync_api import Browser, BrowserContext, Page, Request, Response

Scheme = Literal["light", "dark"]

HEIGHT = 900
WIDE, TABLET, NARROW = 1440, 820, 360
OPEN_DETAILS = "document.querySelectorAll('details').forEach(one => { one.open = true })"
AXE = Path(axe_playwright_python.__file__).parent.joinpath("axe.min.js").read_text("utf-8")
# Runs axe on the whole page, or on the elements that `looks` has chosen.
RUN_AXE = """async ([chosen, options]) => {
  const context = chosen ? { include: looks() } : document;
  const { violations } = await axe.run(context, { resultTypes: ['violations'], ...options });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, impact, nodes }) => nodes.map(node => ({
      rule: id, impact, target: node.target.flat().join(' >>> '),
      said: [...node.any, ...node.all, ...node.none].map(({ message }) => message).join(' '),
    })));
}"""
# These rules compare colours. They take axe five times as long as all others together, for they
# work out the background of every text. So they are given one text and one link of each look.
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
LOOKS = """window.looks = () => {
  const found = new Map();
  const look = one => {
    const { color, fontSize, fontWeight, textDecorationLine, textShadow } = getComputedStyle(one);
    const grounds = [];
    for (let up = one; up; up = up.parentElement) {
      const { backgroundColor, backgroundImage, opacity, filter } = getComputedStyle(up);
      grounds.push(backgroundColor, backgroundImage, opacity, filter);
    }
    return [color, fontSize, fontWeight, textDecorationLine, textShadow, ...grounds.filter(
      ground => !['rgba(0, 0, 0, 0)', 'none', '1'].includes(ground))].join();
  };
  const add = (key, one) => { if (one.checkVisibility() && !found.has(key)) found.set(key, one); };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const one = texts.currentNode.parentElement;
    if (texts.currentNode.data.trim()) add(look(one), one);
  }
  for (const one of document.querySelectorAll('a[href]'))
    add(`link ${look(one)} in ${look(one.parentElement)}`, one);
  for (const one of document.querySelectorAll('input, button, select, textarea'))
    add(`field ${look(one)}`, one);
  return [...found.values()];
}"""
# Which boxes have to be scrolled sideways, and what in them is too wide. A table or a program in
# its own box may; the theme lets the whole content scroll, which the window's width would not tell.
TOO_WIDE = """() => {
  const own = '.table-wrapper, pre, .highlight';
  const name = one => one.tagName.toLowerCase() + (one.id ? '#' + one.id : '')
    + [...one.classList].map(name => '.' + name).join('');
  const scrolls = one => one === document.documentElement
    ? one.scrollWidth > innerWidth
    : ['auto', 'scroll'].includes(getComputedStyle(one).overflowX)
      && one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1 && !one.matches(own);
  return [document.documentElement, ...document.body.querySelectorAll('*')]
    .filter(scrolls)
    .map(box => {
      const edge = box.getBoundingClientRect().left + box.clientWidth + 0.5;
      const wide = [...box.querySelectorAll('*')].filter(one =>
        one.getBoundingClientRect().right > edge && !one.parentElement.closest(own));
      const names = [...new Set(wide.map(name))].slice(0, 6).join(' ');
      return `${name(box)}: ${box.scrollWidth} px in ${box.clientWidth}: ${names}`;
    });
}"""


class Visit(NamedTuple):
    """What was found wrong on one page."""

    page: str
    faults: list[str]
    """Errors and warnings of the console and of scripts, failed and foreign requests."""

    too_wide: dict[str, list[str]]
    """By width in px: the boxes that have to be scrolled sideways, and what is too wide in them."""

    violations: dict[str, list[str]]
    """By colour scheme, what axe calls serious or critical: rule, selector and message."""


@contextmanager
def context(
    browser: Browser, width: int, scheme: Scheme = "light", **options: Any
) -> Iterator[BrowserContext]:
    """Open a browser window of its own, without any stored state, that waits at most 20 s."""
    opened = browser.new_context(
        viewport={"width": width, "height": HEIGHT},
        color_scheme=scheme,
        reduced_motion="reduce",  # nothing to wait for
        **options,
    )
    opened.set_default_timeout(20_000)
    try:
        yield opened
    finally:
        opened.close()


def watch(page: Page, address: str) -> list[str]:
    """Return a list that from now on takes up whatever goes wrong on the page."""
    faults: list[str] = []

    def on_request(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            faults.append(f"asks another host: {request.url}")

    def on_response(response: Response) -> None:
        if response.status >= 400:
            faults.append(f"status {response.status}: {response.url}")

    page.on("request", on_request)
    page.on("response", on_response)
    page.on("requestfailed", lambda one: faults.append(f"failed: {one.url} ({one.failure})"))
    page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
    page.on(
        "console",
        lambda one: one.type in ("error", "warning") and faults.append(f"{one.type}: {one.text}"),
    )
    return faults


def visits(browser: Browser, address: str, names: Sequence[str], width: int) -> list[Visit]:
    """Open pages at a width, unfold everything, and look at each in light and in dark."""
    found = []
    with context(browser, width) as window:
        window.add_init_script(AXE)
        window.add_init_script(LOOKS)
        page = window.new_page()  # one for all: to open a new one takes longer than to look at it
        faults = watch(page, address)
        for name in names:
            visit = Visit(name, [], {}, {})
            page.emulate_media(color_scheme="light")
            page.set_viewport_size({"width": width, "height": HEIGHT})
            page.goto(address + name)
            page.evaluate(OPEN_DETAILS)
            visit.violations["light"] = other_violations(page) + colour_violations(page)
            page.emulate_media(color_scheme="dark")
            visit.violations["dark"] = colour_violations(page)
            for one in (width, TABLET) if width == WIDE else (width,):
                page.set_viewport_size({"width": one, "height": HEIGHT})
                visit.too_wide[str(one)] = page.evaluate(TOO_WIDE)
            visit.faults.extend(faults)
            faults.clear()
            found.append(visit)
    return found


def other_violations(page: Page) -> list[str]:
    """Return what axe finds on the whole page by the rules that compare no colours."""
    return _violations(page, False, rules={rule: {"enabled": False} for rule in COLOUR_RULES})


def colour_violations(page: Page) -> list[str]:
    """Return what axe finds on the page by the rules that compare colours."""
    return _violations(page, True, runOnly=COLOUR_RULES)


def _violations(page: Page, chosen: bool, **options: Any) -> list[str]:
    return [
        f"{one['rule']} ({one['impact']}): {one['target']}: {one['said']}"
        for one in page.evaluate(RUN_AXE, [chosen, options])
    ]
