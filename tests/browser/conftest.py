"""Owns the browser, the server and the windows of the tests in the browser.

A missing browser is an error: `tools/setup_system.py` gets one. A process has at most one browser.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.browser.looking import Scheme, Visit, context, visits
from tests.browser.server import serving
from tests.site.building import built_site, once, run_folder
from tests.site.pages import Site
from tools.setup_system import find_browser, help_text

expect.set_options(timeout=20_000)  # other processes may take the machine for themselves

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The real site, which has been built; one build serves tests/site too."""
    build = built_site(tmp_path_factory)
    assert build.status == 0, build.warnings
    return Site(build.folder)


@pytest.fixture(scope="session")
def address(site: Site) -> Iterator[str]:
    """The address of the served site's root."""
    with serving(site.folder) as root:
        yield root


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser."""
    path = find_browser()
    assert path, help_text("browser")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def window(browser: Browser, address: str) -> Iterator[Callable[..., BrowserContext]]:
    """What opens a window: `window(width, scheme)`; paths in it are below the site's root."""
    with ExitStack() as stack:

        def opened(width: int, scheme: Scheme = "light", **options: Any) -> BrowserContext:
            one = context(browser, width, scheme, base_url=address, **options)
            return stack.enter_context(one)

        yield opened


@pytest.fixture(scope="session")
def visited(
    browser: Browser, address: str, site: Site, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[int], list[Visit]]:
    """What was found on all pages in windows of a width; a test run looks at each page once."""
    folder = run_folder(tmp_path_factory)

    def found(width: int) -> list[Visit]:
        names = list(site.pages)
        records = once(folder, f"visits-{width}", lambda: visits(browser, address, names, width))
        return [Visit(*record) for record in records]

    return found


@pytest.fixture(scope="session")
def comparison(site: Site) -> str:
    """The folder of a comparison, with a slash."""
    return f"comparisons/{site.data[0]['id']}/"


@pytest.fixture(scope="session")
def topic(site: Site, comparison: str) -> str:
    """The page of a comparison's first topic."""
    return f"{comparison}{site.data[0]['topics'][0]['id']}.html"
