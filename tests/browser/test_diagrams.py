"""Diagrams can be read on a phone: their letters are large enough, and nothing covers them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.looking import NARROW, WIDE
from tests.site.pages import Site, listed

Window = Callable[..., BrowserContext]

SMALLEST_PX = 11

# Letters that are too small, leave the drawing or their box, or stand over others.
FAULTS = """smallest => {
  const faults = [];
  const place = one => one.getBoundingClientRect();
  for (const drawing of document.querySelectorAll('figure.cmp-diagram svg')) {
    const scale = place(drawing).width / drawing.viewBox.baseVal.width;
    const whole = place(drawing);
    const texts = [...drawing.querySelectorAll('text')].map(one => [one, place(one)]);
    for (const [one, at] of texts) {
      const say = what => faults.push(`${JSON.stringify(one.textContent)} ${what}`);
      if (parseFloat(getComputedStyle(one).fontSize) * scale < smallest) say('is too small');
      if (at.left < whole.left - 1 || at.right > whole.right + 1
        || at.top < whole.top - 2 || at.bottom > whole.bottom + 2) say('leaves the drawing');
      const box = one.parentNode.querySelector('rect');
      if (box && (at.left < place(box).left || at.right > place(box).right)) say('leaves its box');
      for (const [other, there] of texts) {
        if (other === one) break;
        if (Math.min(at.right, there.right) - Math.max(at.left, there.left) > 1
          && Math.min(at.bottom, there.bottom) - Math.max(at.top, there.top) > 5 * scale)
          say(`stands over ${JSON.stringify(other.textContent)}`);
      }
    }
  }
  return [faults, document.querySelectorAll('figure.cmp-diagram svg').length];
}"""


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_letters_can_be_read(window: Window, site: Site, width: int) -> None:
    """In the fonts of the site, on every page that has a diagram."""
    page = window(width).new_page()
    found: dict[str, list[str]] = {}
    count = 0
    for path in sorted(site.folder.glob("comparisons/*/*.html")):
        if "cmp-diagram" not in path.read_text(encoding="utf-8"):
            continue
        name = path.relative_to(site.folder).as_posix()
        page.goto(name)
        page.evaluate("document.fonts.ready")
        found[name], drawn = page.evaluate(FAULTS, SMALLEST_PX)
        count += drawn
    assert count > 0
    assert not listed(found), listed(found)
