"""The box asks a search server: a real cluster of three nodes, loaded with the real site."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect
from search.export import COLLECTION, RECORDS
from search.load import connected, load, search_key
from typesense import Client

from tests.browser.looking import TOO_WIDE, WIDE, context, watch
from tests.browser.server import serving
from tests.search.cluster import KEY, Cluster, call, running
from tests.search.conftest import Sample
from tests.search.relevance import (
    HELD_OUT,
    TYPESENSE,
    Quality,
    ask,
    page_rank,
    quality,
    read_queries,
)
from tests.site.building import EXPORT
from tests.site.pages import Site

ALIAS = "site"
# Success at 1, success at 5, mean reciprocal rank; below those of the site's own index.
FLOOR = Quality(0.73, 0.92, 0.81)


class Server(NamedTuple):
    """A cluster with the site in it, and what `conf.py` says of it."""

    cluster: Cluster
    admin: Client
    count: int
    """How many records the site has."""

    setting: dict[str, Any]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, site: Site) -> Iterator[Server]:
    """Three nodes, loaded with the export of the site."""
    folder = tmp_path_factory.mktemp("cluster")
    with running(folder, 3) as cluster, connected(cluster.nodes, KEY) as admin:
        count = load(cluster.nodes, KEY, ALIAS, [site.folder.parent / EXPORT])
        key = known(cluster.nodes, search_key(admin, ALIAS))
        setting = {"nodes": cluster.nodes, "collection": ALIAS, "key": key}
        yield Server(cluster, admin, count, setting)


@pytest.fixture
def nodes(server: Server) -> Iterator[Cluster]:
    """The nodes, to be stopped: afterwards all run and have all records again."""
    before = collections(server)
    yield server.cluster
    server.cluster.restore()
    until = time.monotonic() + 60
    key = server.setting["key"]
    for node in server.cluster.nodes:
        while collections(server) != before or search(node, key, per_page=0) != server.count:
            assert time.monotonic() < until, f"{node} does not find all again"
            time.sleep(0.1)


@pytest.fixture(scope="module")
def turned(server: Server, site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site as it is built with the setting, under a strict policy.

    That the setting makes pages such as these is tested with a smaller site, for the real one
    takes long to build.
    """
    folder = tmp_path_factory.mktemp("turned") / "html"
    shutil.copytree(site.folder, folder)
    nodes = " ".join(server.setting["nodes"])
    policy = f"script-src 'self'; connect-src 'self' {nodes}"
    head = f'<head><meta http-equiv="Content-Security-Policy" content="{policy}">'
    setting = f'data-server="{escape(json.dumps(server.setting))}" data-version='
    for path in folder.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert text.count("data-version=") == text.count("<head>") == 1
        text = text.replace("<head>", head).replace("data-version=", setting)
        path.write_text(text, encoding="utf-8")
    with serving(folder) as root:
        yield root


@pytest.fixture
def page(browser: Browser, turned: str) -> Iterator[Page]:
    """A window on that site."""
    with context(browser, WIDE, base_url=turned) as window:
        yield window.new_page()


def options(page: Page) -> Locator:
    """Return the results that the dialog shows."""
    return page.locator(".search-dialog [role=option]")


def results(page: Page) -> Locator:
    """Return the results on the page of results."""
    return page.locator(".search-results > li")


def status(page: Page) -> Locator:
    """Return what the page of results says about them."""
    return page.locator("#search-page [role=status]")


def faults_but_nodes(faults: list[str], nodes: list[str]) -> list[str]:
    """Return what went wrong but that nodes were asked, or are down, which a browser tells."""
    expected = ("favicon.svg (net::ERR_ABORTED)", "net::ERR_CONNECTION_REFUSED", *nodes)
    return [fault for fault in faults if not any(one in fault for one in expected)]


def asked(page: Page) -> Counter[str]:
    """Return a counter of the nodes that answer from now on."""
    answered: Counter[str] = Counter()
    page.on("response", lambda one: answered.update([one.url.partition("/multi_search")[0]]))
    return answered


def test_the_box_asks_the_server(page: Page, server: Server, turned: str) -> None:
    """Sections with marked words come from the server alone; WebAssembly is not even allowed."""
    faults, answered = watch(page, turned), asked(page)
    page.goto("index.html")
    page.keyboard.press("/")
    page.keyboard.insert_text("gorutine leaks")
    told = page.locator(".search-dialog [role=status]")
    expect(told).to_contain_text("Searched for goroutine leaks")
    expect(options(page).locator("mark").first).to_have_text(re.compile("goroutine|leak", re.I))
    assert page.evaluate(TOO_WIDE) == []
    assert sum(answered[node] for node in server.setting["nodes"]) > 0
    assert not [url for url in answered if "pagefind." in url or "searchindex" in url]
    target = options(page).first.evaluate("one => one.href")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(target)
    assert page.locator(f"[id='{target.partition('#')[2]}']").count() == 1
    assert faults_but_nodes(faults, server.setting["nodes"]) == []


def test_filters_narrow(page: Page, site: Site) -> None:
    """The page of results offers the filters of the data; each narrows."""
    page.goto("search.html?q=data+race")
    expect(page.locator(".search-filters select")).to_have_count(4)
    topics = page.get_by_label("Topic").locator("option").all_inner_texts()[1:]
    assert set(topics) == {topic["title"] for topic in site.data[0]["topics"]}
    expect(results(page).first).to_be_visible()
    before = status(page).inner_text()
    page.get_by_label("Kind").select_option("Claim")
    expect(status(page)).not_to_have_text(before)
    assert all(
        way.endswith("Claim") for way in results(page).locator(".search-way").all_inner_texts()
    )


def test_more_results_come_from_the_server(page: Page) -> None:
    """Results beyond those that were asked for first are asked for when they are wanted."""
    page.goto("search.html?q=memory")
    for count in (10, 20, 30, 40):
        expect(results(page)).to_have_count(count)
        page.get_by_role("button", name="Show more").click()
    expect(results(page)).to_have_count(50)
    links = results(page).locator("a").evaluate_all("all => all.map(one => one.href)")
    assert len(set(links)) == 50


def test_what_is_not_there_is_said(page: Page) -> None:
    """Words that stand nowhere get an answer, and markup is text."""
    page.goto("search.html?q=zzyzxqq")
    expect(status(page)).to_contain_text("No results. Not on this site: “zzyzxqq”")
    page.get_by_label("Search for").fill("<img src=x onerror='window.broken = 1'> goroutine `||`")
    expect(results(page).first).to_be_visible()
    page.goto("search.html?q=race&kind=%60||id:!=x%60")
    expect(status(page)).to_contain_text("result")
    assert page.evaluate("window.broken") is None


@pytest.mark.parametrize("way", ["stop", "hang"])
def test_a_node_less_loses_nothing(page: Page, server: Server, nodes: Cluster, way: str) -> None:
    """With the node that is asked first down, or silent, the same is found as before."""
    page.goto("search.html?q=garbage+collection+pauses")
    expect(results(page).first).to_be_visible()
    before = page.locator("#search-page").inner_text()
    getattr(nodes, way)(0)
    others_are_ready(nodes, server.setting["key"])
    answered = asked(page)
    page.reload()
    expect(results(page).first).to_be_visible()
    assert page.locator("#search-page").inner_text() == before
    first, *others = nodes.nodes
    assert answered[first] == 0
    assert sum(answered[node] for node in others) > 0


def others_are_ready(nodes: Cluster, key: str) -> None:
    """Wait until the nodes but the first answer: they may have to choose a new leader."""
    until = time.monotonic() + 60
    while any(search(node, key, per_page=0) is None for node in nodes.nodes[1:]):
        assert time.monotonic() < until
        time.sleep(0.1)


def test_nodes_that_are_not_ready_are_asked_again(page: Page, server: Server) -> None:
    """While a cluster chooses a new leader no node answers; the box waits for that moment."""
    refused: Counter[str] = Counter()

    def refuse_twice(route: Route) -> None:
        node = route.request.url.partition("/multi_search")[0]
        refused[node] += 1
        if refused[node] > 2:
            route.continue_()
        else:
            headers = {"access-control-allow-origin": "*"}
            route.fulfill(status=503, headers=headers, json={"message": "Not Ready or Lagging"})

    page.route("**/multi_search*", refuse_twice)
    page.goto("search.html?q=goroutine")
    expect(results(page).first).to_be_visible()
    expect(status(page)).not_to_contain_text("does not answer")
    assert all(refused[node] > 1 for node in server.setting["nodes"])


def test_without_any_node_the_own_index_answers(page: Page, nodes: Cluster) -> None:
    """When the server goes away between two searches, the box says so and finds all the same."""
    page.goto("search.html?q=goroutine")
    expect(results(page).first).to_be_visible()
    for number in range(3):
        nodes.stop(number)
    page.get_by_label("Search for").fill("memory safety")
    expect(status(page)).to_contain_text("The search server does not answer")
    expect(results(page).first.locator("a")).to_have_text("Memory safety")


def search(node: str, key: str, collection: str = ALIAS, **parameters: Any) -> int | None:
    """Search as a browser does; return how many records are found.

    Return nothing when the node does not know the key or the collection, or knows that it is
    behind; a browser asks the next node then.
    """
    one = {"collection": collection, "preset": collection, "q": "*", **parameters}
    status, answer = call(node, key, "POST", "multi_search", {"searches": [one]})
    if status in (401, 503):
        return None
    assert status == 200, answer
    [result] = answer["results"]
    return None if result.get("code") == 404 else int(result["found"])


def collections(server: Server) -> set[str]:
    """Return the names of the collections on the nodes, which may be a moment apart."""
    nodes = server.setting["nodes"]
    until = time.monotonic() + 20
    while True:
        answers = [call(node, KEY, "GET", "collections")[1] for node in nodes]
        listed = [{one["name"] for one in answer} for answer in answers]
        if all(names == listed[0] for names in listed):
            return listed[0]
        assert time.monotonic() < until, listed
        time.sleep(0.1)


def known(nodes: list[str], key: str, alias: str = ALIAS) -> str:
    """Return a key as soon as all nodes know it, which may be a moment apart."""
    until = time.monotonic() + 20
    for node in nodes:
        while search(node, key, alias) is None:
            assert time.monotonic() < until
            time.sleep(0.1)
    return key


def test_an_update_is_never_seen_half(server: Server, site: Site, tmp_path: Path) -> None:
    """While the records are replaced, each search finds all old ones or all new, on any node."""
    export = site.folder.parent / EXPORT
    lines = (export / RECORDS).read_text(encoding="utf-8").splitlines(keepends=True)
    settings = (export / COLLECTION).read_text(encoding="utf-8")
    (tmp_path / COLLECTION).write_text(settings, encoding="utf-8")
    (tmp_path / RECORDS).write_text("".join(lines[:-1]), encoding="utf-8")
    old, new = len(lines), len(lines) - 1
    failures: list[BaseException] = []

    def update() -> None:
        try:
            for folder in (tmp_path, export, tmp_path, export):
                load(server.cluster.nodes, KEY, ALIAS, [folder])
        except BaseException as error:
            failures.append(error)
            raise

    thread = Thread(target=update)
    thread.start()
    seen: Counter[int] = Counter()
    silent = 0
    while thread.is_alive():
        found = [
            search(node, server.setting["key"], per_page=0) for node in server.setting["nodes"]
        ]
        seen.update(one for one in found if one is not None)
        silent += found == [None] * len(found)
    thread.join()
    assert failures == []
    assert seen.keys() == {old, new}
    assert seen.total() > 200
    assert silent == 0
    assert len(collections(server)) == 1


def test_the_key_of_the_pages_can_only_search(server: Server) -> None:
    """With it nothing can be written, deleted, listed or fetched as a whole."""
    [node, *_] = server.setting["nodes"]
    key = server.setting["key"]
    [current] = collections(server)
    assert search(node, key)
    refused: list[tuple[str, str, object]] = [
        ("POST", f"collections/{ALIAS}/documents", {"id": "new"}),
        ("POST", f"collections/{ALIAS}/documents/import?action=upsert", {"id": "new"}),
        ("DELETE", f"collections/{ALIAS}/documents?filter_by=kind:=Page", None),
        ("DELETE", f"collections/{current}", None),
        ("PUT", f"aliases/{ALIAS}", {"collection_name": "other"}),
        ("PUT", f"presets/{ALIAS}", {"value": {"query_by": "title"}}),
        ("PUT", f"collections/{ALIAS}/synonyms/0", {"synonyms": ["a", "b"]}),
        ("POST", "collections", {"name": "other", "fields": [{"name": ".*", "type": "auto"}]}),
        ("POST", "keys", {"description": "", "actions": ["*"], "collections": ["*"]}),
        ("GET", "keys", None),
        ("GET", "collections", None),
        ("GET", f"collections/{ALIAS}/documents/export", None),
    ]
    for method, path, body in refused:
        assert call(node, key, method, path, body)[0] == 401, path
    # Nor can it search what the alias does not name.
    assert search(node, key, current) is None


def test_a_scoped_key_finds_what_its_filter_lets_through(server: Server) -> None:
    """No search can widen the filter that is part of a key."""
    [node, *_] = server.setting["nodes"]
    key = known(server.setting["nodes"], search_key(server.admin, ALIAS, "kind:=Glossary"))
    entries = search(node, server.setting["key"], filter_by="kind:=Glossary")
    assert entries
    assert search(node, key) == entries
    assert search(node, key, filter_by="kind:=Claim") == 0
    assert search(node, key, filter_by="kind:=Claim || kind:=Page") == 0


def test_finds_the_page(page: Page, server: Server) -> None:
    """The expected page comes first, or among the first five, often enough."""
    queries = read_queries(HELD_OUT)
    answers = ask(page, TYPESENSE, queries, server.setting)
    ranks = [page_rank(query, places) for query, places in zip(queries, answers, strict=True)]
    reached = quality(ranks)
    assert all(has >= least for has, least in zip(reached, FLOOR, strict=True)), reached


def test_one_setting_turns_a_site_to_the_server(
    window: Callable[..., BrowserContext], server: Server, tmp_path: Path
) -> None:
    """A site that is built with the setting asks the server, and leads to its own pages."""
    sample = Sample(tmp_path)
    export = tmp_path / "export"
    key = search_key(server.admin, "drinks")
    setting = {**server.setting, "collection": "drinks", "key": key}
    with (sample.source / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(f"search_server = {setting!r}\n")
    html = sample.build("-D", f"search_export={export}")
    load(server.cluster.nodes, KEY, "drinks", [export])
    known(server.setting["nodes"], key, "drinks")
    with serving(html) as root:
        page = window(WIDE).new_page()
        answered = asked(page)
        page.goto(f"{root}search.html?q=boiler+thermometer")
        # "Kettle" and "boiler" are synonyms by configuration.
        expect(results(page).first.locator("a")).to_have_text("Kettles")
        expect(results(page).locator("mark").first).to_be_visible()
        results(page).first.locator("a").click()
        page.wait_for_url(f"{root}tea.html#kettles")
    assert any(answered[node] for node in setting["nodes"])
    server.admin.aliases["drinks"].delete()
