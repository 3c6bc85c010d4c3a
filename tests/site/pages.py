"""Owns the reading of a built site: its files, and its pages as parsed HTML."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lxml.html
from lxml.html import HtmlElement

ERROR_PAGE = "404.html"

# The elements whose href only says where something is: the browser loads nothing by itself.
LINKS_TO_CLICK = {"a", "area"}
RELATIONS_NOT_LOADED = {
    *("alternate", "author", "canonical", "help", "index", "license", "next", "prev"),
    *("search", "top", "up"),
}


class Page:
    """One HTML page; `name` is its path below the site's folder."""

    def __init__(self, name: str, html: str) -> None:
        self.name = name
        self.tree: HtmlElement = lxml.html.document_fromstring(html)

    @cached_property
    def anchors(self) -> set[str]:
        """What a `#fragment` may name on this page."""
        return {*self.tree.xpath("//@id"), *self.tree.xpath("//a/@name")}

    def references(self) -> Iterator[Reference]:
        """Yield every address in the page, except those inside styles."""
        for element in self.tree.iter(lxml.html.etree.Element):
            for attribute in ("href", "src", "poster", "data", "action", "formaction"):
                address = element.get(attribute)
                if address is not None and not (element.tag != "object" and attribute == "data"):
                    yield Reference(element, address.strip(), _loads(element, attribute))
            for candidate in element.get("srcset", "").split(","):
                if candidate.strip():
                    yield Reference(element, candidate.split()[0], True)

    def styles(self) -> str:
        """Return the CSS in the page."""
        return "\n".join([*self.tree.xpath("//style/text()"), *self.tree.xpath("//@style")])


class Reference:
    """An address in a page, and whether the browser loads it without being asked."""

    def __init__(self, element: HtmlElement, address: str, loads: bool) -> None:
        self.element = element
        self.address = address
        self.loads = loads

    @property
    def is_internal(self) -> bool:
        """Whether it has neither a scheme nor a host."""
        parts = urlsplit(self.address)
        return not parts.scheme and not parts.netloc


def _loads(element: HtmlElement, attribute: str) -> bool:
    if attribute in ("action", "formaction") or element.tag in LINKS_TO_CLICK:
        return False
    if element.tag == "link":
        return not set(element.get("rel", "").lower().split()) <= RELATIONS_NOT_LOADED
    return True


class Site:
    """A folder with a built site."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def files(self) -> set[str]:
        """Every file's path below the folder."""
        paths = self.folder.rglob("*")
        return {path.relative_to(self.folder).as_posix() for path in paths if path.is_file()}

    @cached_property
    def pages(self) -> dict[str, Page]:
        """The pages by name; what themes bring along in `_static` is none."""
        names = sorted(name for name in self.files if name.endswith(".html"))
        return {
            name: Page(name, (self.folder / name).read_text(encoding="utf-8"))
            for name in names
            if not name.startswith("_static/")
        }

    @cached_property
    def data(self) -> list[dict[str, Any]]:
        """The published data of every comparison."""
        return [
            json.loads((self.folder / name).read_text(encoding="utf-8"))
            for name in sorted(self.files)
            if name.startswith("data/v1/") and name.endswith(".json")
        ]

    def page_of(self, anchor: str) -> str:
        """Return the name of the one page with an anchor."""
        [name] = [page.name for page in self.pages.values() if anchor in page.anchors]
        return name


def listed(faults: Mapping[str, Sequence[str]]) -> str:
    """Return all faults by page, as text for a failing test, which would cut a long list."""
    return "\n".join(f"{name}: {fault}" for name, found in faults.items() for fault in found)
