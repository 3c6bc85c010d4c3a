"""A reader searches: in the sidebar, in the dialog, on the page of results, in any browser."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from tests.browser.looking import (
    AXE,
    LOOKS,
    NARROW,
    TABLET,
    TOO_WIDE,
    WIDE,
    Scheme,
    colour_violations,
    other_violations,
    watch,
)
from tests.browser.server import sent, serving
from tests.search.conftest import Sample
from tests.site.pages import Site

Window = Callable[..., BrowserContext]

STRICT = "script-src 'self' 'wasm-unsafe-eval'"
NO_WASM = "script-src 'self'"


@pytest.fixture
def page(window: Window, comparison: str) -> Page:
    """A page of a comparison in a wide window."""
    page = window(WIDE).new_page()
    page.goto(comparison)
    return page


def box(page: Page) -> Locator:
    """Return the search field of the sidebar."""
    return page.locator("form.search-box input")


def options(page: Page, inside: str = ".search-panel") -> Locator:
    """Return the results that a box shows."""
    return page.locator(f"{inside} [role=option]")


def results(page: Page) -> Locator:
    """Return the results on the page of results."""
    return page.locator(".search-results > li")


def status(page: Page) -> Locator:
    """Return what the page of results says about them."""
    return page.locator("#search-page [role=status]")


def unexpected(faults: list[str]) -> list[str]:
    """Return the faults but one: Chromium drops its request for the icon when a page is left."""
    return [fault for fault in faults if "favicon.svg (net::ERR_ABORTED)" not in fault]


def under_policy(page: Page, policy: str) -> None:
    """Serve all pages with a content security policy."""

    def answer(route: Route) -> None:
        response = route.fetch()
        route.fulfill(
            response=response, headers={**response.headers, "content-security-policy": policy}
        )

    page.route("**/*.html*", answer)


# In the sidebar


def test_the_sidebar_searches_as_one_types(page: Page, address: str, topic: str) -> None:
    """Words typed into the sidebar show results with marked words; a click opens the section."""
    faults = watch(page, address)
    box(page).press_sequentially("garbage collector")
    expect(options(page).first).to_be_visible()
    expect(options(page).locator("mark").first).to_have_text(re.compile("garbage|collector", re.I))
    assert unexpected(faults) == []
    target = options(page).first.evaluate("one => one.href")
    options(page).first.click()
    page.wait_for_url(target)


def test_enter_leads_to_all_results(page: Page) -> None:
    """Enter without a chosen result opens the page of all results."""
    box(page).fill("data race")
    box(page).press("Enter")
    page.wait_for_url("**/search.html?q=data+race")
    expect(results(page).first).to_be_visible()


def test_arrow_keys_choose_and_enter_opens(page: Page) -> None:
    """Arrow keys go through the results and come round to the field; Enter opens the chosen."""
    box(page).fill("deadlock")
    expect(options(page).first).to_be_visible()
    field = box(page)
    field.press("ArrowUp")
    expect(options(page).last).to_have_attribute("aria-selected", "true")
    field.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    field.press("ArrowDown")
    field.press("ArrowDown")
    second = options(page).nth(1)
    expect(second).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", second.get_attribute("id") or "")
    target = second.evaluate("one => one.href")
    field.press("Enter")
    page.wait_for_url(target)


def test_escape_closes_the_results(page: Page) -> None:
    """Escape closes the results and leaves the words and the focus."""
    box(page).fill("deadlock")
    expect(options(page).first).to_be_visible()
    box(page).press("Escape")
    expect(page.locator(".search-panel")).to_be_hidden()
    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_value("deadlock")


def test_a_press_beside_closes_the_results(page: Page) -> None:
    """A click elsewhere on the page closes the results."""
    box(page).fill("deadlock")
    expect(options(page).first).to_be_visible()
    page.locator("article h1").click()
    expect(page.locator(".search-panel")).to_be_hidden()


def test_screen_readers_hear_of_the_results(page: Page) -> None:
    """The field is a combobox whose list has a name, and a status tells the number of results."""
    field = box(page)
    expect(field).to_have_role("combobox")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.fill("goroutine")
    expect(page.locator(".search-panel [role=status]")).to_have_text(re.compile(r"^\d+ results"))
    expect(field).to_have_attribute("aria-expanded", "true")
    controlled = page.locator(f"#{field.get_attribute('aria-controls')}")
    expect(controlled).to_have_role("listbox")
    expect(controlled).to_have_accessible_name("Results")


# In the dialog


@pytest.mark.parametrize("key", ["/", "Control+k"])
def test_a_key_opens_the_dialog_and_escape_gives_the_focus_back(page: Page, key: str) -> None:
    """A slash and Ctrl-K open the dialog; Escape closes it, and the focus is where it was."""
    link = page.locator("article p a:visible").first
    link.focus()
    page.keyboard.press(key)
    field = page.locator(".search-dialog input")
    expect(field).to_be_focused()
    page.keyboard.insert_text("ownership")
    expect(options(page, ".search-dialog").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".search-dialog")).to_be_hidden()
    expect(link).to_be_focused()


def test_the_dialog_works_by_keyboard_alone(page: Page) -> None:
    """A key, words, an arrow and Enter lead to a section."""
    page.keyboard.press("/")
    page.keyboard.insert_text("pauses")
    expect(options(page, ".search-dialog").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    target = options(page, ".search-dialog").first.evaluate("one => one.href")
    page.keyboard.press("Enter")
    page.wait_for_url(target)


def test_a_slash_in_a_field_is_a_slash(page: Page) -> None:
    """In a field "/" is written, for paths are searched for too."""
    box(page).press_sequentially("net/http")
    expect(box(page)).to_have_value("net/http")
    expect(page.locator(".search-dialog")).to_have_count(0)


def test_a_phone_has_a_button_for_the_dialog(window: Window, comparison: str) -> None:
    """On a phone a tap on a button opens the dialog, a tap on a result leads there."""
    page = window(NARROW, has_touch=True).new_page()
    page.goto(comparison)
    page.locator(".search-open").tap()
    page.locator(".search-dialog input").fill("kubernetes")
    found = options(page, ".search-dialog").first
    expect(found).to_be_visible()
    assert page.evaluate(TOO_WIDE) == []
    target = found.evaluate("one => one.href")
    found.tap()
    page.wait_for_url(target)
    expect(page.locator(".search-dialog")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [NARROW, TABLET, WIDE])
def test_the_dialog_is_accessible_and_fits(
    window: Window, comparison: str, width: int, scheme: Scheme
) -> None:
    """At any width, in light and dark, axe finds nothing serious and nothing is too wide."""
    opened = window(width, scheme)
    opened.add_init_script(AXE)
    opened.add_init_script(LOOKS)
    page = opened.new_page()
    page.goto(comparison)
    page.keyboard.press("/")
    page.keyboard.insert_text("borow checker")
    expect(options(page, ".search-dialog").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert other_violations(page) + colour_violations(page) == []
    assert page.evaluate(TOO_WIDE) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_page_of_results_is_accessible_and_fits(
    window: Window, width: int, scheme: Scheme
) -> None:
    """With results on it, axe finds nothing serious on the page and nothing is too wide."""
    opened = window(width, scheme)
    opened.add_init_script(AXE)
    opened.add_init_script(LOOKS)
    page = opened.new_page()
    page.goto("search.html?q=borow+checker")
    expect(results(page).first).to_be_visible()
    expect(page.locator(".search-filters select").last).to_be_visible()
    assert other_violations(page) + colour_violations(page) == []
    assert page.evaluate(TOO_WIDE) == []


# The page of results


def test_a_typo_is_corrected_and_can_be_insisted_on(page: Page) -> None:
    """A corrected word is said; one button searches for the very words instead."""
    page.goto("search.html?q=gorutine")
    expect(status(page)).to_contain_text("Searched for goroutine")
    expect(results(page).first).to_contain_text("goroutine")
    page.get_by_role("button", name="Search instead for gorutine").click()
    expect(status(page)).to_contain_text("Not on this site: “gorutine”")
    page.wait_for_url("**/search.html?q=gorutine&exact=1")
    page.reload()
    expect(status(page)).to_contain_text("Not on this site: “gorutine”")


def test_filters_narrow_and_stand_in_the_address(page: Page) -> None:
    """Each filter narrows the results; back undoes it, and a link to the address repeats it."""
    page.goto("search.html?q=data+race")
    expect(results(page).first).to_be_visible()
    before = status(page).inner_text()
    page.get_by_label("Kind").select_option("Claim")
    page.wait_for_url("**/search.html?q=data+race&kind=Claim")
    expect(status(page)).not_to_have_text(before)
    for way in results(page).locator(".search-way").all_inner_texts():
        assert way.endswith("Claim")
    page.get_by_label("Subject").select_option("Rust")
    page.wait_for_url("**/search.html?q=data+race&kind=Claim&subject=Rust")
    expect(results(page).first.locator("a")).to_have_text(re.compile("^Rust"))
    narrowed = status(page).inner_text()
    shared = page.url
    page.go_back()
    page.go_back()
    expect(status(page)).to_have_text(before)
    expect(page.get_by_label("Kind")).to_have_value("")
    page.goto(shared)
    expect(page.get_by_label("Subject")).to_have_value("Rust")
    expect(status(page)).to_have_text(narrowed)


def test_the_filters_offer_what_there_is(page: Page, site: Site) -> None:
    """The filters are topic, subject, kind and grade, with the values of the data."""
    page.goto("search.html")
    expect(page.locator(".search-filters select")).to_have_count(4)
    offered = {
        select.get_attribute("name"): select.locator("option").all_inner_texts()[1:]
        for select in page.locator(".search-filters select").all()
    }
    assert set(offered["topic"]) == {topic["title"] for topic in site.data[0]["topics"]}
    assert set(offered["subject"]) == {one["name"] for one in site.data[0]["subjects"]}
    assert {"Page", "Claim", "Program", "Measurement", "Source", "Glossary"} <= set(offered["kind"])
    assert set(offered["grade"]) <= set("ABCD")
    assert "A" in offered["grade"]


def test_more_results_are_a_press_away(page: Page) -> None:
    """The first ten are shown; a button adds ten, and the focus goes to the first of them."""
    page.goto("search.html?q=memory")
    expect(results(page)).to_have_count(10)
    page.get_by_role("button", name="Show more").click()
    expect(results(page)).to_have_count(20)
    expect(results(page).nth(10).locator("a")).to_be_focused()


def test_back_leads_to_the_results_again(page: Page) -> None:
    """Back from an opened result shows the same results."""
    page.goto("search.html?q=unwrap")
    expect(results(page).first).to_be_visible()
    first = results(page).first.inner_text()
    results(page).first.locator("a").click()
    page.wait_for_url("**/comparisons/**")
    page.go_back()
    expect(results(page).first).to_have_text(re.compile(re.escape(first.split("\n")[0])))


def test_no_result_says_what_was_tried_and_leads_on(page: Page) -> None:
    """Words that stand nowhere get an answer in words, and links that lead on."""
    page.goto("search.html?q=zzyzxqq")
    expect(status(page)).to_contain_text("No results. Not on this site: “zzyzxqq”. Tried:")
    expect(page.locator("#search-nearest a").first).to_be_visible()
    page.goto("search.html?q=pauses&kind=Source&grade=A")
    page.get_by_role("button", name="Search without filters").click()
    expect(results(page).first).to_be_visible()
    page.wait_for_url("**/search.html?q=pauses")


def test_a_name_of_code_is_found_as_it_is_written(page: Page, comparison: str) -> None:
    """Names of code lead to the programs and claims with them."""
    for name, place in {
        "Arc<Mutex<T>>": "ecosystem.html#program-json-service",
        "E0382": "memory-safety.html#program-use-after-move",
    }.items():
        page.goto("search.html")
        page.get_by_label("Search for").fill(name)
        expect(results(page).locator(f"a[href$='{comparison}{place}']")).to_be_visible()


# Whatever is typed


@pytest.mark.parametrize(
    "text",
    [
        *("<script>window.broken = 1</script>", '"><img src=x onerror="window.broken = 1">'),
        *(
            "جمع القمامة",
            "并发与内存安全",
            "ガベージコレクション",
            "%00%F0",
            "\\(.*[",
            "a" * 10_000,
        ),
        *("how can a service be " * 500, "🦀 vs 🐹", "constructor __proto__ toString"),
    ],
    ids=lambda text: text[:20],
)
def test_any_text_is_only_text(page: Page, address: str, text: str) -> None:
    """Markup, other scripts, right to left, or ten thousand letters: an answer, and no error."""
    faults = watch(page, address)
    page.goto("search.html")
    page.get_by_label("Search for").fill(text)
    expect(status(page)).to_have_text(re.compile(r"result"))
    assert page.evaluate("window.broken") is None
    assert page.evaluate(TOO_WIDE) == []
    assert unexpected(faults) == []


# What it costs


def test_a_search_loads_little(window: Window, site: Site) -> None:
    """The first search loads less than 150 kB, as most hosts send it, a later one less than 40."""
    page = window(WIDE).new_page()
    page.goto("index.html")
    loaded: list[str] = []
    page.on("requestfinished", lambda one: loaded.append(one.url))
    box(page).fill("garbage collector")
    expect(options(page).first).to_be_visible()
    first = sent(site.folder, loaded)
    assert 100_000 < first.packed < 150_000
    assert first.plain < 200_000
    assert [one for one in loaded if "filter" in one or "all.bin" in one] == []
    loaded.clear()
    box(page).fill("error handling")
    expect(options(page).first).to_contain_text(re.compile("error", re.I))
    assert 0 < sent(site.folder, loaded).plain < 40_000


# Where pages have folders


def test_pages_in_folders_are_found(window: Window, tmp_path: Path) -> None:
    """Built so that each page has a folder, results and the page of results are where they are."""
    html = Sample(tmp_path).build(builder="dirhtml")
    with serving(html) as root:
        page = window(WIDE).new_page()
        page.goto(f"{root}coffee/")
        box(page).fill("thermometer")
        options(page).first.click()
        page.wait_for_url(f"{root}tea/#kettles")
        box(page).fill("steeping")
        expect(options(page).first).to_be_visible()
        box(page).press("Enter")
        page.wait_for_url(f"{root}search/?q=steeping")
        results(page).first.locator("a").click()
        page.wait_for_url(f"{root}words/#term-steeping")
        page.keyboard.press("/")
        page.keyboard.insert_text("drinks")
        expect(options(page, ".search-dialog").first).to_be_visible()
        page.keyboard.press("Enter")
        page.wait_for_url(f"{root}search/?q=drinks")
        expect(results(page).first.locator("a")).to_have_attribute("href", root)
        # Sphinx's index knows the pages by their names.
        page.route("**/_pagefind/*", lambda route: route.abort())
        page.goto(f"{root}tea/")
        for text, place in (
            ("coffee", "coffee/"),
            ("grinding", "coffee/#grinding"),
            ("drinks", ""),
        ):
            box(page).fill(text)
            expect(options(page).first).to_have_attribute("href", f"{root}{place}")


# Where less is allowed


@pytest.mark.parametrize("name", ["index.html", "search.html"])
def test_works_under_a_strict_policy(window: Window, address: str, name: str) -> None:
    """With scripts from the site only, and WebAssembly, nothing is refused."""
    page = window(WIDE).new_page()
    under_policy(page, STRICT)
    faults = watch(page, address)
    page.goto(name)
    page.keyboard.press("Control+k")
    page.keyboard.insert_text("gorutine")
    expect(page.locator(".search-dialog [role=status]")).to_contain_text("Searched for goroutine")
    page.keyboard.press("Escape")
    expect(page.locator("body")).to_have_attribute("data-theme", "auto")
    assert unexpected(faults) == []


def test_no_page_has_a_script_in_it(site: Site) -> None:
    """Every script is a file of the site, which a strict policy allows."""
    inline = [name for name, one in site.pages.items() if one.tree.xpath("//script[not(@src)]")]
    assert inline == []


def test_without_webassembly_a_simple_search_says_so(window: Window, topic: str) -> None:
    """Where WebAssembly is refused, Sphinx's index answers in the same box, and a note says so."""
    page = window(WIDE).new_page()
    under_policy(page, NO_WASM)
    page.goto("search.html?q=concurrency")
    expect(status(page)).to_contain_text("the search is a simple one")
    expect(results(page).first.locator("a")).to_have_text("Concurrency")
    page.goto(topic)
    box(page).fill("goroutine leaks")
    expect(options(page).first).to_be_visible()
    expect(page.locator(".search-panel .search-note")).to_contain_text("simple")


def test_without_an_index_a_simple_search_says_so(window: Window) -> None:
    """Where the index can't be loaded, the simple search answers."""
    page = window(WIDE).new_page()
    page.route("**/_pagefind/*", lambda route: route.abort())
    page.goto("search.html?q=glossary")
    expect(status(page)).to_contain_text("could not be loaded")
    expect(results(page).first.locator("a")).to_have_text("Glossary")


@pytest.mark.parametrize("lost", ["start.bin", "fragment"])
def test_an_index_made_anew_meanwhile_is_not_mixed_with_the_old_one(
    window: Window, site: Site, lost: str
) -> None:
    """Where the files of an index don't belong together, or are gone, the simple search answers."""
    page = window(WIDE).new_page()
    start = json.loads(gzip.decompress(site.folder.joinpath("_pagefind/start.bin").read_bytes()))
    start["records"]["index"] = "en_older"
    older = gzip.compress(json.dumps(start).encode())
    if lost == "fragment":
        page.route("**/_pagefind/fragment/**", lambda route: route.fulfill(status=404))
    else:
        page.route("**/_pagefind/start.bin", lambda route: route.fulfill(body=older))
    page.goto("search.html?q=glossary")
    expect(status(page)).to_contain_text("could not be loaded")
    expect(results(page).first.locator("a")).to_have_text("Glossary")
    page.keyboard.press("Control+k")
    page.keyboard.insert_text("glossary")
    expect(options(page, ".search-dialog").first).to_contain_text("Glossary")


def test_searches_in_files(window: Window, site: Site) -> None:
    """Opened from files, the box finds by the simple search, and its links lead to the files."""
    page = window(WIDE).new_page()
    faults = watch(page, "file://")
    page.goto(site.folder.joinpath("index.html").as_uri())
    box(page).fill("memory safety")
    expect(page.locator(".search-panel .search-note")).to_contain_text("opened from files")
    expect(options(page).first).to_contain_text("Memory safety")
    options(page).first.click()
    page.wait_for_url("file://**/memory-safety.html*")
    page.goto(site.folder.joinpath("search.html").as_uri() + "?q=data+races")
    expect(results(page).first).to_contain_text("Data races")
    target = results(page).first.locator("a").evaluate("one => one.href.split('#')[0]")
    assert Path(target.removeprefix("file://")).is_file()
    assert unexpected(faults) == []


def test_without_scripts_the_page_explains(window: Window) -> None:
    """With scripts off, the page of results says so and leads to the index and the pages."""
    page = window(WIDE, java_script_enabled=False).new_page()
    page.goto("index.html")
    box(page).fill("race")
    box(page).press("Enter")
    page.wait_for_url("**/search.html?q=race")
    expect(page.locator("article noscript > *")).to_contain_text("JavaScript")
    expect(page.locator("#search-nearest a", has_text="Index")).to_be_visible()
    page.locator("#search-nearest a", has_text="Index").click()
    expect(page.locator("h1")).to_have_text("Index")
