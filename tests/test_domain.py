from __future__ import annotations

import pickle
import re
from typing import TYPE_CHECKING

import pytest
from sphinx.util.inventory import InventoryFile

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Built, MakeBuilt, MakeSite, Site

COMPARISON = "comparisons/tea-vs-coffee"
ROLES = ("comparison", "topic", "feature", "claim", "subject", "source")


def _links(page: str, paragraph: int) -> list[tuple[str, str]]:
    """Return target and text of each reference in a paragraph of a page."""
    node = page.split("<paragraph>\n")[paragraph]
    found = re.findall(
        r"<reference [^>]*ref(?:uri|id)=\"([^\"]*)\"[^>]*>\n((?:\s{16,}.*\n)+)", node
    )
    return [(target, " ".join(re.sub(r"<[^>]*>", "", text).split())) for target, text in found]


def test_a_role_names_its_object_in_words(built: MakeBuilt) -> None:
    """Without a text of its own a reference shows the object's title, name, sentence or label."""
    roles = built("html", "roles")
    assert roles.warnings == ""
    assert _links(roles.page("roles"), 1) == [
        ("index.html", "Tea vs coffee for breakfast"),
        ("taste.html", "Taste"),
        ("taste.html#feature-bitterness", "Bitterness"),
        ("taste.html#claim-bitterness-tea", "Tea of release 1.3 is mild by the Leaf Norm."),
        ("index.html#subject-coffee", "Coffee"),
        ("bibliography.html#cite-leaf-norm", "The Leaf Norm"),
    ]


def test_a_role_takes_a_text_of_its_own(built: MakeBuilt) -> None:
    """An explicit title is what readers see; the target stays."""
    roles = built("html", "roles")
    assert _links(roles.page("roles"), 2) == [
        ("index.html", "the drinks"),
        ("taste.html", "the palate"),
        ("taste.html#feature-bitterness", "the bite"),
        ("taste.html#claim-bitterness-tea", "the norm says so"),
        ("index.html#subject-coffee", "the bean"),
        ("bibliography.html#cite-leaf-norm", "the board"),
    ]
    # It is prose, not code.
    assert "<literal" not in roles.page("roles")


def test_a_page_elsewhere_names_the_comparison(built: MakeBuilt) -> None:
    """From outside, `comparison:id` reaches an object, and directives take its name too."""
    roles = built("html", "roles")
    assert _links(roles.pages["elsewhere"], 1) == [
        (f"{COMPARISON}/index.html", "Tea vs coffee for breakfast"),
        (f"{COMPARISON}/cost.html", "Cost"),
        (f"{COMPARISON}/cost.html#feature-price", "Price"),
        (f"{COMPARISON}/cost.html#claim-price-tea", "A cup of tea costs 4 to 6 cents in 2025."),
        (f"{COMPARISON}/index.html#subject-tea", "Tea"),
        (f"{COMPARISON}/bibliography.html#cite-bean-survey", "Bean Survey 2025"),
        (f"{COMPARISON}/cost.html#claim-price-coffee", "dearer"),
    ]
    assert "cmp-verdict" in roles.pages["elsewhere"]
    assert "cmp-features" in roles.pages["elsewhere"]


def test_every_link_leads_to_an_anchor(built: MakeBuilt) -> None:
    """Each internal link of the site has its page and its anchor."""
    roles = built("html", "roles")
    ids = {
        path: set(re.findall(r' id="([^"]+)"', path.read_text(encoding="utf-8")))
        for path in roles.out.rglob("*.html")
    }
    links = [
        (path, *link.partition("#")[::2])
        for path in ids
        for link in re.findall(r'<a [^>]*href="([^":]+)"', path.read_text(encoding="utf-8"))
        if not link.endswith(".md.txt")
    ]
    assert len(links) > 100
    for path, page, anchor in links:
        target = (path.parent / page).resolve() if page else path
        assert target in ids
        assert not anchor or anchor in ids[target], f"{path.name} links to {page}#{anchor}"


def test_a_dangling_role_warns_with_its_type_and_place(built: MakeBuilt) -> None:
    """What does not exist is named with its type, at the page and line that refers to it."""
    site = built("html", "dangling")
    warnings = site.warnings.splitlines()
    page = site.source / COMPARISON / "dangling.md"
    expected = [
        (page, 7, "comparison", "milk-vs-juice"),
        (page, 9, "topic", "smell"),
        (page, 11, "feature", "sweetness"),
        (page, 13, "claim", "sweetness-tea"),
        (page, 15, "subject", "cocoa"),
        (page, 19, "claim", "sweetness-milk"),
        (page, 21, "topic", "evidence"),
        (site.source / "outside.md", 7, "claim", "bitterness-tea"),
        (site.source / "outside.md", 9, "source", "cocoa-norm"),
    ]
    assert len(warnings) == len(expected)
    for file, line, kind, target in expected:
        [warning] = [text for text in warnings if text.startswith(f"{file}:{line}: ")]
        assert f"unknown {kind}" in warning
        assert target in warning
        assert warning.endswith(f"[ref.{kind}]")


@pytest.mark.parametrize("parallel", [0, 2])
def test_an_object_placed_twice_warns(make_site: MakeSite, parallel: int) -> None:
    """A claim or feature on two pages is told with both pages, in a parallel build too."""
    warnings = make_site("duplicate").build("dummy", parallel=parallel).warnings.splitlines()
    assert len(warnings) == 2
    for kind, name, page in (("claim", "bitterness-tea", "taste"), ("feature", "price", "cost")):
        [warning] = [text for text in warnings if re.search(rf"{kind} \S*{name} ", text)]
        assert f"{COMPARISON}/{page}" in warning
        assert f"{COMPARISON}/twice" in warning
        assert warning.endswith("[cmp.place]")


def test_an_object_placed_twice_on_a_page_warns(site: Site) -> None:
    """A claim that stands twice on one page is told at the page."""
    site.drinks.append("cost.md", "\n```{cmp:claim} price-tea\n```\n")
    [warning] = site.build("dummy").warnings.splitlines()
    assert "cost.md" in warning
    assert "claim-price-tea" in warning or "claim price-tea" in warning


def test_an_object_placed_on_no_page_warns(site: Site) -> None:
    """A claim or feature that nobody can read is told at the page of its topic."""
    site.drinks.edit("taste.md", "```{cmp:claim} aftertaste-tea\n```\n", "")
    site.drinks.edit("cost.md", "```{cmp:feature} price\n```\n", "")
    warnings = site.build("dummy").warnings.splitlines()
    places = [text for text in warnings if text.endswith("[cmp.place]")]
    assert len(places) == 2
    for kind, name, page in (("claim", "aftertaste-tea", "taste"), ("feature", "price", "cost")):
        [warning] = [text for text in places if re.search(rf"{kind} \S*{name} ", text)]
        assert f"{page}.md" in warning
        assert "no page" in warning


def test_an_object_taken_off_its_page_warns(site: Site) -> None:
    """An incremental build tells a claim that was taken off its page, though no data changed."""
    assert site.build("dummy").warnings == ""
    block = "```{cmp:claim} aftertaste-tea\n```\n"
    site.drinks.edit("taste.md", block, "")
    assert "claim tea-vs-coffee/aftertaste-tea" in site.build("dummy").warnings.replace(
        "claim aftertaste", "claim tea-vs-coffee/aftertaste"
    )
    site.drinks.append("taste.md", "\n" + block)
    assert site.build("dummy").warnings == ""


@pytest.mark.parametrize("page", ["taste", "twice"])
def test_a_second_place_that_is_taken_back_is_forgotten(make_site: MakeSite, page: str) -> None:
    """Once a doubled claim is gone from either page, links lead to the other one, unwarned."""
    site = make_site("duplicate")
    site.drinks.edit("twice.md", "```{cmp:feature} price\n```\n", "")
    site.build()
    site.drinks.edit(f"{page}.md", "```{cmp:claim} bitterness-tea\n```\n", "")
    built = site.build()
    assert built.warnings == ""
    left = {"taste": "twice", "twice": "taste"}[page]
    assert f'href="{left}.html#claim-bitterness-tea"' in built.html("cost")


def test_a_claim_moves_with_all_that_link_to_it(make_site: MakeSite) -> None:
    """A claim that moves to another page takes the links of pages that did not change along."""
    site = make_site("roles")
    site.build()
    block = "```{cmp:claim} price-coffee\n```\n"
    site.drinks.edit("cost.md", block, "")
    site.drinks.append("taste.md", "\n" + block)
    moved = site.build()
    assert moved.warnings == ""
    for name in ("index", "evidence", "cost"):
        assert "taste.html#claim-price-coffee" in moved.html(name)
    elsewhere = (moved.out / "elsewhere.html").read_text(encoding="utf-8")
    assert elsewhere.count("taste.html#claim-price-coffee") == 3
    assert "cost.html#claim-price-coffee" not in elsewhere


def test_a_parallel_build_is_the_serial_one(make_site: MakeSite) -> None:
    """Two processes leave the same doctrees and, byte for byte, the same files as one."""
    site = make_site("roles")
    serial, parallel = site.build(out="_one"), site.build(parallel=2, out="_two")
    # Pages are read in chunks, by first and last name, and written by other processes.
    assert " .. " in parallel.status
    assert " .. " not in serial.status
    assert (serial.warnings, parallel.warnings) == ("", "")
    one, two = serial.files(), parallel.files()
    assert list(one) == list(two)
    assert [name for name in one if one[name] != two[name]] == []
    assert _doctrees(site.source / "_one") == _doctrees(site.source / "_two")


def _doctrees(out: Path) -> dict[str, str]:
    """Return the doctrees as they were read, as pseudo-XML."""
    files = sorted((out / "doctrees").rglob("*.doctree"))
    assert len(files) == 8
    return {path.name: pickle.loads(path.read_bytes()).pformat() for path in files}


def test_a_parallel_build_finds_dangling_roles_too(make_site: MakeSite) -> None:
    """The warnings of a parallel build are those of a serial one."""
    site = make_site("dangling")
    serial = site.build("dummy", out="_one").warnings.splitlines()
    parallel = site.build("dummy", out="_two", parallel=2).warnings.splitlines()
    assert len(serial) == 9
    assert sorted(parallel) == sorted(serial)


def test_the_inventory_lists_every_object(built: MakeBuilt) -> None:
    """Other sites can refer to each comparison, topic, feature, claim and subject by name."""
    inventory = _inventory(built("html"))
    names = {kind: sorted(inventory.get(f"cmp:{kind}", {})) for kind in ROLES}
    assert [name.rstrip("/") for name in names["comparison"]] == ["tea-vs-coffee"]
    assert names["topic"] == ["tea-vs-coffee/cost", "tea-vs-coffee/taste"]
    assert names["subject"] == ["tea-vs-coffee/coffee", "tea-vs-coffee/tea"]
    assert len(names["feature"]) == 3
    assert len(names["claim"]) == 7
    place, text = inventory["cmp:claim"]["tea-vs-coffee/price-tea"]
    assert place == f"{COMPARISON}/cost.html#claim-price-tea"
    assert text == "A cup of tea costs 4 to 6 cents in 2025."


def _inventory(site: Built) -> dict[str, dict[str, tuple[str, str]]]:
    inventory = InventoryFile.loads((site.out / "objects.inv").read_bytes(), uri="")
    return {
        kind: {name: (item.uri, item.display_name) for name, item in items.items()}
        for kind, items in inventory.data.items()
    }


def test_a_topic_s_new_title_is_seen_wherever_it_is_linked(site: Site) -> None:
    """Cards, tables and roles print a topic's title, and show a new one without being read."""
    site.build()
    site.drinks.edit("taste.md", "# Taste", "# Flavour")
    again = site.build()
    for page in ("index", "cost", "evidence"):
        assert "Flavour" in again.html(page), page
