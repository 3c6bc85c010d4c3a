"""What Pagefind loads of an index that leaves out what the browser can make."""

from __future__ import annotations

from collections.abc import Callable

import cbor2
import pytest
from playwright.sync_api import BrowserContext, Error, Page

from tests.browser.looking import WIDE


@pytest.fixture
def page(window: Callable[..., BrowserContext]) -> Page:
    """A window on a page of the site without a search."""
    page = window(WIDE).new_page()
    page.goto("404.html")
    return page


@pytest.mark.parametrize(
    "lengths", [[], [[3, 1]], [[23, 1], [24, 23], [255, 300], [256, 9], [70000, 2]]]
)
def test_the_list_of_records_is_made_in_the_browser(page: Page, lengths: list[list[int]]) -> None:
    """It is put where Pagefind looks for it, as CBOR of names and lengths."""
    made = """async ([description, records]) => {
      const { withRecords } = await import("/_static/search/bundle.js");
      return [...withRecords(Uint8Array.from(description), records)];
    }"""
    version, rest = "1.5.2", [["a", "b", "c"]]
    description = cbor2.dumps([version, [], rest])
    records = {"folder": "d1", "lengths": lengths}
    content = cbor2.loads(bytes(page.evaluate(made, [list(description), records])))
    all_lengths = [length for length, count in lengths for _ in range(count)]
    listed = [[f"d1/{number}", length] for number, length in enumerate(all_lengths)]
    assert content == [version, listed, rest]
    with pytest.raises(Error, match="list of records"):
        page.evaluate(made, [list(cbor2.dumps([version, [["x", 1]], rest])), records])
