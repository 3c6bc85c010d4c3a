"""Lets other tools build the pages of this site, and asks the search boxes of what they build.

The pages are plain Markdown made of the very records that our search indexes, so all find in the
same text: sections and entries of a glossary are headings, claims and sources paragraphs,
programs blocks of code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, Page
from search.records import GLOSSARY, Record

from bench.build import run
from tests.browser.server import serving


class Peer(NamedTuple):
    """A tool, and where in what it builds the search is."""

    name: str
    opener: str
    """What opens the box, if it is not there from the first."""

    field: str
    results: str


PEERS = {
    "mkdocs": Peer("Material for MkDocs", "", ".md-search__input", "a.md-search-result__link"),
    "zensical": Peer(
        "Zensical", ".md-search__button", "input[aria-label=Search]", "[role=listbox] a"
    ),
}
_STEP_MS = 300

_SETTINGS = """\
site_name: Technology Comparisons
use_directory_urls: false
theme:
  name: material
markdown_extensions:
  - pymdownx.superfences
"""
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+.!|~^:-])")
_GENERATOR = re.compile(r'<meta name="generator" content="([^"]+)"')


def build_pages(command: Sequence[str], records: Iterable[Record], folder: Path) -> Path:
    """Build the pages of the records; return the folder of the site."""
    write_pages(records, folder / "docs")
    (folder / "mkdocs.yml").write_text(_SETTINGS, encoding="utf-8")
    run(command, folder / "build.log", folder)
    return folder / "site"


def write_pages(records: Iterable[Record], folder: Path) -> None:
    """Write the pages of the records as Markdown."""
    for docname, group in groupby(records, lambda one: one.docname):
        path = folder / f"{docname}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n\n".join(_markdown(group)) + "\n", encoding="utf-8")


def _markdown(records: Iterable[Record]) -> Iterator[str]:
    for record in records:
        if record.anchor == record.section or record.facets["kind"] == [GLOSSARY]:
            yield f"{'#' * (len(record.way) + 1)} {_plain(record.title)}"
        else:
            yield f"**{_plain(record.title)}**"
        for text in (*record.names, *record.lead, *record.text, *record.folded):
            yield _plain(text)
        for code in record.code:
            yield f"~~~~\n{code}\n~~~~"


def _plain(text: str) -> str:
    """Return text that means itself in Markdown."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def version(site: Path) -> str:
    """Return what a site says that it was built by."""
    found = _GENERATOR.search(site.joinpath("index.html").read_text(encoding="utf-8"))
    return found[1] if found else "of unknown version"


def ask_box(browser: Browser, peer: Peer, site: Path, texts: Iterable[str]) -> list[list[str]]:
    """Type searches into the box of a built site; return the places it lists, best first."""
    with serving(site) as root:
        page = browser.new_page(viewport={"width": 1400, "height": 2000})
        page.goto(f"{root}index.html")
        if peer.opener:
            page.locator(peer.opener).click()
        # Once something is found, the index is there.
        while not _listed(page, peer, "rust"):
            page.wait_for_timeout(_STEP_MS)
        answers = [_listed(page, peer, text) for text in texts]
        page.close()
    return answers


def _listed(page: Page, peer: Peer, text: str) -> list[str]:
    """Search; return the results as soon as they stay the same."""
    field = page.locator(peer.field)
    field.fill(text)
    field.press("End")  # Material waits for a key
    seen: list[list[str]] = []
    while len(seen) < 2 or seen[-1] != seen[-2]:
        page.wait_for_timeout(_STEP_MS)
        seen.append(page.locator(peer.results).evaluate_all("all => all.map(one => one.href)"))
    return [unquote(urlsplit(address).path.removeprefix("/")) for address in seen[-1]]
