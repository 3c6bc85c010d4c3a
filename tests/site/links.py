"""The rules for addresses: what they name is there, and no other host is asked for anything."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urlsplit

from tests.site.pages import ERROR_PAGE, Page, Site

CLICKABLE_SCHEMES = {"http", "https", "mailto"}
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
CSS_ADDRESS = re.compile(
    r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"'\s]*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')"""
)


def broken_links(site: Site, page: Page) -> Iterator[str]:
    """Yield the addresses on a page that lead to no file, or to no anchor in the file."""
    inside = {reference.address for reference in page.references() if reference.is_internal}
    for address in sorted({*inside, *internal(css_addresses(page.styles()))}):
        if fault := link_fault(site, page.name, address):
            yield f"{address!r} {fault}"


def link_fault(site: Site, name: str, address: str) -> str | None:
    """Return what is wrong with an internal address on the page or style sheet `name`."""
    parts = urlsplit(address)
    path = unquote(parts.path)
    if address == "":
        return "is empty"
    if path.startswith("/") and name != ERROR_PAGE:
        return "starts at the root of the host: it fails in a folder and from disk"
    if path and not path.startswith("/") and name == ERROR_PAGE:
        return "is relative: it fails below a deep address"
    target = resolved(name, path)
    if target.startswith(".."):
        return "leads out of the site"
    if target not in site.files:
        return "leads to no file"
    anchor = unquote(parts.fragment)
    if anchor and target in site.pages and anchor not in site.pages[target].anchors:
        return f"names an anchor that {target} does not have"
    return None


def resolved(name: str, path: str) -> str:
    """Return the file that a path on the page `name` means; a folder means its index."""
    if not path:
        return name
    target = posixpath.normpath(posixpath.join(posixpath.dirname("/" + name), path))
    climbed = posixpath.normpath(posixpath.join(posixpath.dirname(name), path.lstrip("/")))
    if climbed.startswith("..") and not path.startswith("/"):
        return climbed
    if path.endswith("/"):
        target += "/index.html"
    return target.lstrip("/")


def css_addresses(css: str) -> set[str]:
    """Return the addresses that a style sheet loads."""
    found = CSS_ADDRESS.findall(CSS_COMMENT.sub("", css))
    return {next(filter(None, groups), "") for groups in found} - {""}


def internal(addresses: Iterable[str]) -> set[str]:
    """Return the addresses without scheme and host."""
    return {one for one in addresses if not urlsplit(one).scheme and not urlsplit(one).netloc}


def foreign(addresses: Iterable[str]) -> list[str]:
    """Return the addresses that need another host, in order."""
    return sorted(one for one in set(addresses) - internal(addresses) if one[:5] != "data:")


def foreign_loads(page: Page) -> Iterator[str]:
    """Yield what a browser would load from another host when it opens the page."""
    loaded = {reference.address for reference in page.references() if reference.loads}
    for address in foreign(loaded | css_addresses(page.styles())):
        yield f"loads {address}"


def odd_schemes(page: Page) -> Iterator[str]:
    """Yield the links to click whose scheme no reader can follow from anywhere."""
    for reference in page.references():
        scheme = urlsplit(reference.address).scheme
        if scheme and not reference.loads and scheme not in CLICKABLE_SCHEMES:
            yield f"links to {reference.address}"


def unreachable(site: Site, start: str, exempt: Iterable[str]) -> set[str]:
    """Return the pages to which no row of links leads from the page `start`."""
    seen, todo = {start}, [start]
    while todo:
        page = site.pages[todo.pop()]
        for reference in page.references():
            if reference.is_internal and reference.element.tag == "a":
                target = resolved(page.name, unquote(urlsplit(reference.address).path))
                if target in site.pages and target not in seen:
                    seen.add(target)
                    todo.append(target)
    return set(site.pages) - seen - set(exempt)
