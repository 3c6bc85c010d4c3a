"""Reads a PDF as its readers' programs do: text, bookmarks, links, fonts and tags."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pikepdf


class Link(NamedTuple):
    """A link: the page it is on, and the page or the address that it leads to."""

    page: int
    target: int | None
    address: str | None
    box: tuple[float, float, float, float]
    """Left, bottom, right, top."""


def links(pdf: pikepdf.Pdf) -> Iterator[Link]:
    """Yield every link; one whose place does not exist has neither target nor address."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    for number, page in enumerate(pdf.pages, 1):
        for annotation in page.get("/Annots", []):
            if annotation.Subtype != "/Link":
                continue
            action = annotation.get("/A", {})
            address = str(action.URI) if "/URI" in action else None
            place = annotation.get("/Dest", action.get("/D"))
            left, bottom, right, top = (float(side) for side in annotation.Rect)
            target = numbers.get(resolved(pdf, place))
            yield Link(number, target, address, (left, bottom, right, top))


def resolved(pdf: pikepdf.Pdf, place: Any) -> tuple[int, int] | None:
    """Return the page object that a destination leads to."""
    if isinstance(place, (pikepdf.String, pikepdf.Name)):
        names = pikepdf.NameTree(pdf.Root.Names.Dests)
        place = names.get(str(place).lstrip("/"))
        if isinstance(place, pikepdf.Dictionary):
            place = place.D
    return place[0].objgen if isinstance(place, pikepdf.Array) else None


def bookmarks(items: Any, depth: int = 1) -> Iterator[tuple[int, str]]:
    """Yield the depth and the title of every bookmark."""
    for item in items:
        yield depth, str(item.title)
        yield from bookmarks(item.children, depth + 1)


def fonts(pdf: pikepdf.Pdf) -> dict[str, bool]:
    """Return whether each font is embedded, by its name."""
    found: dict[str, bool] = {}
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
            embedded = any(key in thing for key in ("/FontFile", "/FontFile2", "/FontFile3"))
            found[str(thing.FontName).partition("+")[2]] = embedded
    return found


def tags(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Yield every element of the structure tree, in reading order."""
    waiting = [pdf.Root.StructTreeRoot]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, pikepdf.Dictionary):
            continue
        if "/S" in node:
            yield node
        children = node.get("/K", [])
        waiting += reversed(list(children) if isinstance(children, pikepdf.Array) else [children])
