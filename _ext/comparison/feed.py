"""The Atom feed of a comparison's verdict changes (RFC 4287).

Knows no site: whoever writes it gives the addresses of the pages.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

from .export import export_path
from .judge import EVEN, UNDECIDED
from .model import Change, Comparison

ATOM = "http://www.w3.org/2005/Atom"
_NAMES = uuid.uuid5(uuid.NAMESPACE_DNS, "technology-comparisons.example")
"""Makes an entry's id of its record's, so that it is the same wherever the site is published."""


def feed_path(id_: str) -> Path:
    """Return where the feed of a comparison stands, below the site's folder."""
    return export_path(id_).with_suffix(".atom")


def feed(
    comparison: Comparison, author: str, pages: Mapping[str, str], own: str | None = None
) -> bytes:
    """Return the feed as XML, newest change first.

    `pages` has the address of each topic's page; one that is relative is relative to the feed.
    `own` is the feed's absolute address, if it is known.
    """
    root = ET.Element("feed", xmlns=ATOM)
    _add(root, "id", _urn(comparison.id))
    _add(root, "title", f"{comparison.data.title}: changes of verdicts")
    _add(root, "updated", _instant(comparison.history[0].on))
    _add(ET.SubElement(root, "author"), "name", author)
    if own:
        ET.SubElement(root, "link", rel="self", type="application/atom+xml", href=own)
    titles = {topic.id: topic.title for topic in comparison.topics}
    for change in comparison.history:
        entry = ET.SubElement(root, "entry")
        _add(entry, "id", _urn(f"{comparison.id}/{change.id}"))
        _add(entry, "title", f"{titles[change.topic]}: {_lean(comparison, change)}")
        _add(entry, "updated", _instant(change.on))
        ET.SubElement(entry, "link", rel="alternate", type="text/html", href=pages[change.topic])
        _add(entry, "summary", re.sub(r"[`*]", "", change.because))
    ET.indent(root, " ")
    xml: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return xml + b"\n"


def write_feed(path: Path, content: bytes) -> None:
    """Write the feed whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(content)
    part.replace(path)


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _instant(day: date) -> str:
    """Return the first moment of a day: the data has no finer time."""
    return f"{day}T00:00:00Z"


def _urn(name: str) -> str:
    return uuid.uuid5(_NAMES, name).urn


def _lean(comparison: Comparison, change: Change) -> str:
    if change.lean in (EVEN, UNDECIDED):
        return change.lean
    return f"leans to {comparison.subjects[change.lean].name}"
