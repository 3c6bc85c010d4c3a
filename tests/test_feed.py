from __future__ import annotations

import datetime
import re
import uuid
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import pytest
from comparison.export import export
from comparison.feed import ATOM, feed, feed_path
from comparison.model import HistoryFile

if TYPE_CHECKING:
    from comparison.model import Comparison

    from tests.conftest import Drinks, MakeSite, Site

HISTORY = Path(__file__).parent / "roots/test-history/comparisons/tea-vs-coffee/history.toml"
PAGES = {"taste": "../../taste.html", "cost": "../../cost.html"}
FEED = "data/v1/tea-vs-coffee.atom"


@pytest.fixture
def comparison(drinks: Drinks) -> Comparison:
    """The sample comparison, with a history."""
    drinks.append("history.toml", HISTORY.read_text(encoding="utf-8"))
    return drinks.comparison()


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    """The sample site, whose comparison has a history and a page that shows it."""
    return make_site("history")


def _texts(element: ET.Element, name: str) -> list[str | None]:
    return [found.text for found in element.iterfind(f"{{{ATOM}}}{name}")]


def _links(element: ET.Element) -> list[dict[str, str]]:
    return [found.attrib for found in element.iterfind(f"{{{ATOM}}}link")]


def test_the_history_is_exported_with_the_data(comparison: Comparison) -> None:
    """Tools read the same changes in the JSON."""
    assert HistoryFile.model_validate({"changes": export(comparison)["history"]}).changes == (
        comparison.history
    )


def test_each_change_is_an_entry_newest_first(comparison: Comparison) -> None:
    """An entry says what changed, since when, why, and which page tells more."""
    root = ET.fromstring(feed(comparison, "The editors", PAGES))
    entries = list(root.iterfind(f"{{{ATOM}}}entry"))
    assert [_texts(entry, "title") for entry in entries] == [
        ["Taste: leans to Tea"],
        ["Taste: even"],
        ["Cost: even"],
    ]
    assert _texts(entries[0], "updated") == ["2026-01-20T00:00:00Z"]
    assert _texts(entries[0], "summary") == ["A survey found bitterness & more in coffee 2.0."]
    link = {"rel": "alternate", "type": "text/html", "href": PAGES["taste"]}
    assert _links(entries[0]) == [link]


def test_a_feed_has_what_the_standard_asks_for(comparison: Comparison) -> None:
    """Ids are absolute and unique, times are whole, there is an author and one link an entry."""
    root = ET.fromstring(feed(comparison, "The editors", PAGES))
    assert root.tag == f"{{{ATOM}}}feed"
    parts = [root, *root.iterfind(f"{{{ATOM}}}entry")]
    ids = [id_ for part in parts for id_ in _texts(part, "id")]
    assert len(set(ids)) == len(parts) == 4
    assert all(uuid.UUID(str(id_)).urn == id_ for id_ in ids)
    for part in parts:
        (title,), (updated,) = _texts(part, "title"), _texts(part, "updated")
        assert title
        assert datetime.datetime.fromisoformat(str(updated)).tzinfo is not None
    assert _texts(root, "updated") == ["2026-01-20T00:00:00Z"]
    assert root.findtext(f"{{{ATOM}}}author/{{{ATOM}}}name") == "The editors"


def test_a_feed_names_itself_only_where_its_address_is_known(comparison: Comparison) -> None:
    """A link to itself is absolute or left out."""
    assert _links(ET.fromstring(feed(comparison, "The editors", PAGES))) == []
    own = "https://drinks.example/data/v1/tea-vs-coffee.atom"
    assert _links(ET.fromstring(feed(comparison, "The editors", PAGES, own))) == [
        {"rel": "self", "type": "application/atom+xml", "href": own}
    ]


def test_a_feed_is_a_function_of_the_history(comparison: Comparison) -> None:
    """The same history gives the same bytes, and the same ids wherever it is published."""
    first = feed(comparison, "The editors", PAGES)
    assert feed(comparison, "The editors", PAGES) == first
    elsewhere = feed(
        comparison, "Others", {"taste": "https://a.example", "cost": "https://b.example"}
    )
    ids = re.compile(rb"<id>(.*?)</id>")
    assert ids.findall(first) == ids.findall(elsewhere)


def test_the_feed_is_published_beside_the_data(site: Site) -> None:
    """Its links lead to the pages from where it lies, and the page of the history leads to it."""
    built = site.build()
    assert built.warnings == ""
    assert feed_path("tea-vs-coffee").as_posix() == FEED
    root = ET.fromstring((built.out / FEED).read_bytes())
    hrefs = {link["href"] for entry in root.iterfind(f"{{{ATOM}}}entry") for link in _links(entry)}
    assert len(hrefs) == 2
    assert all((built.out / FEED).parent.joinpath(href).resolve().is_file() for href in hrefs)
    assert f'href="../../{FEED}"' in built.html("history")


def test_the_address_of_the_site_makes_the_feed_absolute(site: Site) -> None:
    """With an address all links have it; a change of the address alone writes the feed again."""
    first = (site.build().out / FEED).read_bytes()
    base = "https://drinks.example/below/"
    built = site.build(html_baseurl=base)
    root = ET.fromstring((built.out / FEED).read_bytes())
    assert [link["href"] for link in _links(root)] == [urljoin(base, FEED)]
    page = urljoin(base, "comparisons/tea-vs-coffee/taste.html")
    entry = root.find(f"{{{ATOM}}}entry")
    assert entry is not None
    assert [link["href"] for link in _links(entry)] == [page]
    assert (site.build().out / FEED).read_bytes() == first


def test_the_feed_follows_the_history(site: Site) -> None:
    """A new change is in the feed and on the page; without a history there is no feed."""
    built = site.build()
    site.drinks.edit("history.toml", "A survey found", "Two surveys found")
    built = site.build()
    assert b"Two surveys found" in (built.out / FEED).read_bytes()
    assert "Two surveys found" in built.html("history")
    (site.drinks.folder / "history.toml").unlink()
    (site.drinks.folder / "history.md").unlink()
    assert not (site.build().out / FEED).exists()


def test_other_outputs_have_the_table_without_a_feed(site: Site) -> None:
    """Where no files lie beside the pages, the history is told and leads nowhere."""
    built = site.build("text")
    assert built.warnings == ""
    assert list(built.out.rglob("*.atom")) == []
    text = (built.out / "comparisons/tea-vs-coffee/history.txt").read_text(encoding="utf-8")
    assert "2026-01-20" in text
    assert "Atom feed" in text


def test_a_page_of_a_history_that_is_missing_is_told(site: Site) -> None:
    """The directive asks for the file that it shows."""
    (site.drinks.folder / "history.toml").unlink()
    assert "tea-vs-coffee has no history.toml" in site.build("dummy").warnings
