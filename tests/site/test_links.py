"""The checks of links find every kind of broken address, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.site.links import broken_links, css_addresses, foreign, link_fault, unreachable
from tests.site.pages import Page, Site

HTML = "<!doctype html><html><body>{}</body></html>"


@pytest.fixture
def small(tmp_path: Path) -> Site:
    """A site of three pages, an error page and a picture."""
    pages = {
        "index.html": '<h1 id="top">Home</h1><a href="deep/one.html">One</a>',
        "deep/one.html": '<a name="old"></a><a href="../index.html#top">Home</a>',
        "deep/index.html": '<h1 id="größe">Lost</h1>',
        "404.html": '<a href="/index.html">Home</a>',
    }
    for name, html in pages.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(HTML.format(html), encoding="utf-8")
    (tmp_path / "a b.svg").touch()
    return Site(tmp_path)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("index.html", "#"),
        ("index.html", "#top"),
        ("index.html", "deep/one.html#old"),
        ("index.html", "deep/"),
        ("index.html", "deep/#gr%C3%B6%C3%9Fe"),
        ("index.html", "a%20b.svg?v=1#any"),
        ("deep/one.html", "../index.html"),
        ("404.html", "/deep/one.html"),
        ("404.html", "#"),
    ],
)
def test_a_good_address_passes(small: Site, name: str, address: str) -> None:
    """An address that names a file, and an anchor on it, has no fault."""
    assert link_fault(small, name, address) is None


@pytest.mark.parametrize(
    ("name", "address", "fault"),
    [
        ("index.html", "none.html", "no file"),
        ("index.html", "deep", "no file"),
        ("index.html", "", "empty"),
        ("index.html", "deep/one.html#none", "anchor"),
        ("index.html", "#none", "anchor"),
        ("index.html", "../index.html", "out of the site"),
        ("index.html", "/index.html", "root"),
        ("deep/one.html", "index.html#top", "anchor"),
        ("404.html", "index.html", "relative"),
        ("404.html", "/none.html", "no file"),
    ],
)
def test_a_broken_address_is_found(small: Site, name: str, address: str, fault: str) -> None:
    """An address that leads nowhere, or not from everywhere, is found and explained."""
    assert fault in str(link_fault(small, name, address))


@pytest.mark.parametrize(
    "html",
    [
        '<a href="none.html">x</a>',
        '<img src="none.svg" alt="">',
        '<img srcset="none.svg 2x" alt="">',
        '<svg><use href="#none"></use></svg>',
        '<form action="none.html"></form>',
        '<p style="background: url(none.svg)">x</p>',
        "<style>p { background: url('none.svg') }</style>",
    ],
)
def test_broken_addresses_are_found_wherever_they_stand(small: Site, html: str) -> None:
    """Links, images, forms, drawings and styles are all looked at."""
    assert len(list(broken_links(small, Page("index.html", HTML.format(html))))) == 1


def test_pages_without_a_way_to_them_are_found(small: Site) -> None:
    """A page that no page links to is unreachable, unless it is exempt."""
    assert unreachable(small, "index.html", {"404.html"}) == {"deep/index.html"}


def test_addresses_in_style_sheets_are_found() -> None:
    """Both ways to quote and @import are read, comments are not; data: asks no host."""
    css = """@import "a.css"; @import url(b.css); p { background: url( "c.svg" ), url('d.svg') }
    /* url(e.svg) */ q { background: url(//x.example/f) } s { background: url(data:,g) }"""
    found = css_addresses(css)
    assert found == {"a.css", "b.css", "c.svg", "d.svg", "//x.example/f", "data:,g"}
    assert foreign(found) == ["//x.example/f"]
