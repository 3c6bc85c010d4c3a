"""Measures the search: how well it finds, and what a search costs a reader.

Relevance is asked of this site, with the searches of `tests/search/queries.toml`; cost of this
site as it is and grown, in a real browser. Everything is built in a temporary folder.

    python -m bench.search --sizes 1000 10000
"""

from __future__ import annotations

import argparse
import itertools
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pagefind_bin import get_executable
from playwright.sync_api import Browser, Page, Request, sync_playwright
from search.bundle import BUNDLE
from search.kept import KeptRecords
from search.load import connected, load, search_key

from bench.build import BuildFailedError, other_tools, run
from bench.grow import SITE, copy_site
from bench.peers import PEERS, ask_box, build_pages, version
from bench.records import grown, read
from tests.browser.conftest import FLAGS
from tests.browser.server import sent, serving
from tests.search.cluster import KEY, running
from tests.search.relevance import (
    ENGINES,
    HELD_OUT,
    TUNING,
    TYPESENSE,
    ask,
    by_kind,
    page_rank,
    places_of,
    quality,
    read_queries,
    section_rank,
)
from tools.setup_system import find_browser, help_text

# Notes when the words were last changed and when results were last shown.
STOPWATCH = """() => {
  const list = document.querySelector('.search-panel .search-list');
  const field = document.querySelector('form.search-box input');
  window.stopwatch = { changed: 0, shown: 0 };
  field.addEventListener('input', () => { stopwatch.changed = performance.now(); }, true);
  new MutationObserver(() => { stopwatch.shown = performance.now(); })
    .observe(list, { childList: true });
}"""
KEY_MS = 100
"""From one key to the next, as a quick writer types."""
FIRST_SEARCHES = 5
"""So many windows are searched in for the first time; the median counts."""
QUIET = "since => stopwatch.shown > since && performance.now() - stopwatch.shown > 400"


@dataclass(frozen=True)
class Cost:
    """What searches of a site cost."""

    pages: int
    records: int
    index_cpu_s: float
    index_peak_mb: float
    """Memory of the largest process."""

    index_mb: float
    """The size of the whole index, of which a reader loads little."""

    first_kb: float
    """Of a median first search, nothing packed on its way."""

    first_packed_kb: float
    """The same from a host that packs scripts."""

    later_kb: float
    later_ms: float
    later_p95_ms: float
    typed_kb: float
    typed_ms: float
    typed_p95_ms: float


def build(source: Path, folder: Path) -> Path:
    """Build a site; return its folder."""
    html = folder / "html"
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html"]
    command += ["-D", f"search_export={folder / 'export'}"]
    command += ["-d", str(folder / "doctrees"), str(source), str(html)]
    run(command, folder / "build.log")
    return html


def index(kept: Path, target: Path) -> tuple[float, float]:
    """Index records in a process of its own; return its CPU seconds and its peak memory in MB."""
    command = [sys.executable, "-m", "bench.records", str(kept), str(target)]
    return run(command, target.with_suffix(".log"), SITE)


def index_plainly(html: Path) -> None:
    """Index the pages as Pagefind does by itself, for comparison."""
    executable = get_executable()
    command = [str(executable), "--site", str(html), "--output-path", str(html / "plain")]
    subprocess.run([*command, "--root-selector", "article", "--silent"], check=True)


@contextmanager
def loaded(folder: Path) -> Iterator[dict[str, object]]:
    """Start a search server with a site's export; yield what its configuration says of it."""
    place = folder / "server"
    place.mkdir()
    with running(place, 1) as cluster, connected(cluster.nodes, KEY) as server:
        load(cluster.nodes, KEY, "site", [folder / "export"])
        key = search_key(server, "site")
        yield {"nodes": cluster.nodes, "collection": "site", "key": key}


@contextmanager
def hosted(html: Path) -> Iterator[str]:
    """Serve a site by a process of its own.

    The server of the tests shares a process with what drives the browser, so that part of the time
    of a search would be what these two wait for each other.
    """
    options = ["--bind", "127.0.0.1", "--directory", str(html)]
    command = [sys.executable, "-u", "-m", "http.server", "0", *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        try:
            said = server.stdout.readline() if server.stdout else ""
            port = re.search(r"port (\d+)", said)
            if not port:
                raise RuntimeError(f"the server of Python's library did not start: {said!r}")
            yield f"http://127.0.0.1:{port[1]}/"
        finally:
            server.terminate()


@contextmanager
def opened(serve: AbstractContextManager[str]) -> Iterator[tuple[Browser, str]]:
    """Start a browser, and serve a site as is said."""
    path = find_browser()
    if not path:
        raise SystemExit(help_text("browser"))
    with serve as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser, address
        browser.close()


def relevance(html: Path, kept: Path, folder: Path) -> Iterator[str]:
    """Yield the tables of how well each engine finds, as Markdown."""
    index_plainly(html)
    sections = places_of(html)
    yield "| engine | searches | success at 1 | success at 5 | mean reciprocal rank |"
    yield "| --- | --- | ---: | ---: | ---: |"
    kinds = {}
    missed = []
    with opened(serving(html)) as (browser, address), loaded(folder) as server:
        page = browser.new_context(base_url=address).new_page()
        for engine in ENGINES:
            for split in (TUNING, HELD_OUT):
                queries = read_queries(split)
                answers = ask(page, engine, queries, server if engine == TYPESENSE else None)
                ranks = [page_rank(*both) for both in zip(queries, answers, strict=True)]
                yield _row(f"{engine}, page", split, ranks)
                if engine == "ours":
                    both = zip(queries, answers, strict=True)
                    found = [section_rank(query, places, sections) for query, places in both]
                    yield _row(f"{engine}, section", split, found)
                    asked = zip(queries, ranks, strict=True)
                    missed += [(query.text, rank) for query, rank in asked if rank != 1]
            kinds[engine] = by_kind(queries, ranks)
        for tool, command in other_tools().items():
            peer = PEERS[tool]
            built = build_pages(command, read(kept), folder / tool)
            print(f"{peer.name}: {version(built)}", file=sys.stderr)
            for split in (TUNING, HELD_OUT):
                queries = read_queries(split)
                answers = ask_box(browser, peer, built, [query.text for query in queries])
                ranks = [page_rank(*both) for both in zip(queries, answers, strict=True)]
                yield _row(f"{peer.name}, page", split, ranks)
            kinds[peer.name] = by_kind(queries, ranks)
    yield f"\nMean reciprocal rank of the page by kind of search, {HELD_OUT}:\n"
    yield f"| kind | {' | '.join(kinds)} |"
    yield f"| --- |{' ---: |' * len(kinds)}"
    for kind in kinds["ours"]:
        values = (quality(kinds[engine][kind]).mean_reciprocal_rank for engine in kinds)
        yield f"| {kind} | {' | '.join(f'{value:.2f}' for value in values)} |"
    yield "\nNot first in ours (0: not among the first twenty results):\n"
    yield from (f"- {text!r}: {rank}" for text, rank in missed)


def _row(engine: str, split: str, ranks: list[int]) -> str:
    return f"| {engine} | {split} | {' | '.join(f'{value:.2f}' for value in quality(ranks))} |"


def searched(page: Page, query: str, key_ms: int | None = None) -> tuple[list[str], float]:
    """Search in the box; return what that loads, and ms from the last letter to the results.

    Without `key_ms` all words come at once, as if they were pasted. Else they are typed, a key in
    so many ms, and what stands there meanwhile is searched for too. A file that a search loads is
    not loaded again by a later one, as for a reader.
    """
    loaded: list[str] = []

    def note(one: Request) -> None:
        loaded.append(one.url)

    page.on("requestfinished", note)
    field = page.locator("form.search-box input")
    field.fill("")
    since = page.evaluate("performance.now()")
    if key_ms is None:
        page.keyboard.insert_text(query)
    else:
        field.press_sequentially(query, delay=key_ms)
    page.wait_for_function(QUIET, arg=since)
    page.remove_listener("requestfinished", note)
    return loaded, page.evaluate("stopwatch.shown - stopwatch.changed")


def started(browser: Browser, address: str) -> Page:
    """Open a page of the site in a window of its own, in which nothing was searched for."""
    page = browser.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{address}index.html")
    page.evaluate(STOPWATCH)
    return page


def measure_cost(pages: int, site: Path, kept: Path, folder: Path) -> Cost:
    """Grow the records of a built site, index them, and search the site by that index."""
    records = grown(read(kept), pages)
    for docname, group in itertools.groupby(records, lambda one: one.docname):
        KeptRecords(folder / "kept").keep(docname, group)
    seconds, peak = index(folder / "kept", folder / "index")
    html = shutil.copytree(site, folder / "html", ignore=lambda *_: [BUNDLE])
    (folder / "index").rename(html / BUNDLE)
    return Cost(
        pages=len({one.docname for one in records}),
        records=len(records),
        index_cpu_s=seconds,
        index_peak_mb=peak,
        index_mb=sum(path.stat().st_size for path in html.joinpath(BUNDLE).rglob("*")) / 1e6,
        **search_cost(html),
    )


def search_cost(html: Path) -> dict[str, float]:
    """Search a site in windows that have not, and on and on in one; return what it costs."""
    queries = [one.text for one in read_queries(HELD_OUT)[::3]]
    with opened(hosted(html)) as (browser, address):
        first = []
        for query in queries[:FIRST_SEARCHES]:
            page = started(browser, address)
            first.append(searched(page, query))
            page.close()
        later, typed = (_on_and_on(started(browser, address), queries, ms) for ms in (None, KEY_MS))
    sent_first = [sent(html, loaded) for loaded, _ in first]
    return {
        "first_kb": statistics.median(one.plain for one in sent_first) / 1000,
        "first_packed_kb": statistics.median(one.packed for one in sent_first) / 1000,
        **_later(html, "later", later),
        **_later(html, "typed", typed),
    }


def _on_and_on(page: Page, queries: list[str], key_ms: int | None) -> list[tuple[list[str], float]]:
    searched(page, queries[0])
    return [searched(page, query, key_ms) for query in queries[1:]]


def _later(html: Path, name: str, searches: list[tuple[list[str], float]]) -> dict[str, float]:
    ms = sorted(taken for _, taken in searches)
    return {
        f"{name}_kb": statistics.median(sent(html, loaded).plain for loaded, _ in searches) / 1000,
        f"{name}_ms": statistics.median(ms),
        f"{name}_p95_ms": ms[int(0.95 * (len(ms) - 1))],
    }


def cost_table(costs: list[Cost]) -> Iterator[str]:
    """Yield the costs as a Markdown table."""
    yield (
        "| pages | records | indexing, CPU s | peak, MB | index, MB | first, kB | packed, kB "
        "| later, kB | ms | 95th percentile, ms | typed, kB | ms | 95th percentile, ms |"
    )
    yield "| ---: |" + " ---: |" * 12
    for one in costs:
        yield (
            f"| {one.pages:,} | {one.records:,} | {one.index_cpu_s:.1f} | {one.index_peak_mb:.0f} "
            f"| {one.index_mb:.1f} | {one.first_kb:.0f} | {one.first_packed_kb:.0f} "
            f"| {one.later_kb:.0f} | {one.later_ms:.0f} | {one.later_p95_ms:.0f} "
            f"| {one.typed_kb:.0f} | {one.typed_ms:.0f} | {one.typed_p95_ms:.0f} |"
        )


def main() -> int:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "--sizes",
        type=int,
        nargs="*",
        default=[1000, 10_000],
        help="pages to grow to (%(default)s)",
    )
    arguments = parser.parse_args()
    began = time.monotonic()
    costs = []
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        folder = Path(temporary)
        try:
            html = build(copy_site(SITE, folder / "source"), folder)
            kept = folder / "doctrees" / "search" / "html"
            print("\n".join(relevance(html, kept, folder)), flush=True)
            for size in [0, *arguments.sizes]:
                grown_folder = folder / str(size)
                grown_folder.mkdir()
                costs.append(measure_cost(size, html, kept, grown_folder))
                shutil.rmtree(grown_folder)
                print(f"{costs[-1].pages} pages: measured", file=sys.stderr)
        except BuildFailedError as error:
            print(f"stopped: {error}", file=sys.stderr)
            return 1
        finally:
            print("", *cost_table(costs), sep="\n")
    print(f"\nMeasured in {time.monotonic() - began:.0f} s.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
