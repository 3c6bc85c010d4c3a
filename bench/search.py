"""Measures the search: how well it finds, and what a search costs a reader.

Relevance is asked of this site, with the searches of `tests/search/queries.toml`; cost of this
site as it is and grown, in a real browser. Everything is built in a temporary folder.

    python -m bench.search --sizes 1000
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pagefind_bin import get_executable
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright
from search.bundle import BUNDLE, write_bundle
from search.kept import KeptRecords
from search.load import connected, load, search_key

from bench.build import BuildFailedError, run
from bench.grow import SITE, copy_site, grow
from tests.browser.conftest import FLAGS
from tests.browser.server import serving
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

# Notes when a key was last pressed and when results were last shown.
STOPWATCH = """() => {
  const list = document.querySelector('.search-panel .search-list');
  const field = document.querySelector('form.search-box input');
  window.stopwatch = { pressed: 0, shown: 0 };
  field.addEventListener('keydown', () => { stopwatch.pressed = performance.now(); }, true);
  new MutationObserver(() => { stopwatch.shown = performance.now(); })
    .observe(list, { childList: true });
}"""
QUIET = "since => stopwatch.shown > since && performance.now() - stopwatch.shown > 400"


@dataclass(frozen=True)
class Cost:
    """What searches of a site cost."""

    pages: int
    records: int
    index_cpu_s: float
    index_mb: float
    """The size of the whole index, of which a reader loads little."""

    first_kb: float
    later_kb: float
    first_ms: float
    median_ms: float
    p95_ms: float


def build(source: Path, folder: Path) -> Path:
    """Build a site; return its folder."""
    html = folder / "html"
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html"]
    command += ["-D", f"search_export={folder / 'export'}"]
    command += ["-d", str(folder / "doctrees"), str(source), str(html)]
    run(command, folder / "build.log")
    return html


def index_seconds(folder: Path) -> tuple[int, float]:
    """Index a built site once more; return the number of records and the CPU seconds it takes."""
    kept = folder / "doctrees" / "search" / "html"
    names = [path.relative_to(kept).with_suffix("").as_posix() for path in kept.rglob("*.json")]
    records = list(KeptRecords(kept).read(names))
    before = _cpu_s()
    write_bundle(records, [], "en", "{}.html".format, folder / "index-again")
    return len(records), _cpu_s() - before


def _cpu_s() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


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
def opened(html: Path) -> Iterator[tuple[Browser, str]]:
    """Serve a site and start a browser."""
    path = find_browser()
    if not path:
        raise SystemExit(help_text("browser"))
    with serving(html) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser, address
        browser.close()


def relevance(page: Page, html: Path, server: dict[str, object]) -> Iterator[str]:
    """Yield the tables of how well each engine finds, as Markdown."""
    yield "| engine | searches | success at 1 | success at 5 | mean reciprocal rank |"
    yield "| --- | --- | ---: | ---: | ---: |"
    kinds = {}
    missed = []
    for engine in ENGINES:
        for split in (TUNING, HELD_OUT):
            queries = read_queries(split)
            answers = ask(page, engine, queries, server if engine == TYPESENSE else None)
            both = list(zip(queries, answers, strict=True))
            ranks = [page_rank(query, places) for query, places in both]
            yield _row(f"{engine}, page", split, ranks)
            if engine == "ours":
                sections = places_of(html)
                found = [section_rank(query, places, sections) for query, places in both]
                yield _row(f"{engine}, section", split, found)
                missed += [
                    (query.text, rank)
                    for (query, _), rank in zip(both, ranks, strict=True)
                    if rank != 1
                ]
            if split == HELD_OUT:
                kinds[engine] = by_kind(queries, ranks)
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


def cost(browser: Browser, address: str) -> tuple[list[float], list[float]]:
    """Type searches into the box; return kB and ms of each, the first of which loads the engine.

    A file that a search loads is not loaded again by a later one, as for a reader. Nothing is
    compressed on its way; hosts that compress scripts send some 40 kB less with the first.
    """
    page = browser.new_page()
    expect.set_options(timeout=60_000)
    loaded: list[Request] = []
    page.on("requestfinished", lambda one: loaded.append(one))
    page.goto(f"{address}index.html")
    page.evaluate(STOPWATCH)
    field = page.locator("form.search-box input")
    kilobytes, milliseconds = [], []
    for query in read_queries(HELD_OUT)[::3]:
        loaded.clear()
        field.fill("")
        since = page.evaluate("performance.now()")
        field.press_sequentially(query.text)
        page.wait_for_function(QUIET, arg=since)
        kilobytes.append(sum(one.sizes()["responseBodySize"] for one in loaded) / 1000)
        milliseconds.append(page.evaluate("stopwatch.shown - stopwatch.pressed"))
    page.close()
    return kilobytes, milliseconds


def measure_cost(size: int, folder: Path) -> Cost:
    """Grow the site, build it, and measure searches of it."""
    pages = grow(copy_site(SITE, folder / "source"), size)
    html = build(folder / "source", folder)
    records, seconds = index_seconds(folder)
    weight = sum(path.stat().st_size for path in html.joinpath(BUNDLE).rglob("*"))
    with opened(html) as (browser, address):
        kilobytes, milliseconds = cost(browser, address)
    later = sorted(milliseconds[1:])
    return Cost(
        pages=pages,
        records=records,
        index_cpu_s=seconds,
        index_mb=weight / 1e6,
        first_kb=kilobytes[0],
        later_kb=statistics.median(kilobytes[1:]),
        first_ms=milliseconds[0],
        median_ms=statistics.median(later),
        p95_ms=later[int(0.95 * (len(later) - 1))],
    )


def cost_table(costs: list[Cost]) -> Iterator[str]:
    """Yield the costs as a Markdown table."""
    yield (
        "| pages | records | indexing, CPU s | index, MB | first search, kB | later, kB "
        "| first, ms | later, ms | 95th percentile, ms |"
    )
    yield "| ---: |" + " ---: |" * 8
    for one in costs:
        yield (
            f"| {one.pages:,} | {one.records:,} | {one.index_cpu_s:.1f} | {one.index_mb:.1f} "
            f"| {one.first_kb:.0f} | {one.later_kb:.0f} | {one.first_ms:.0f} "
            f"| {one.median_ms:.0f} | {one.p95_ms:.0f} |"
        )


def main() -> int:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "--sizes", type=int, nargs="*", default=[1000], help="pages to grow to (%(default)s)"
    )
    arguments = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        folder = Path(temporary)
        try:
            html = build(copy_site(SITE, folder / "source"), folder)
            index_plainly(html)
            with opened(html) as (browser, address), loaded(folder) as server:
                page = browser.new_context(base_url=address).new_page()
                print("\n".join(relevance(page, html, server)), flush=True)
            costs = []
            for size in [0, *arguments.sizes]:
                shutil.rmtree(folder)
                folder.mkdir()
                costs.append(measure_cost(size, folder))
                print(f"{costs[-1].pages} pages: measured", file=sys.stderr)
        except BuildFailedError as error:
            print(f"stopped: {error}", file=sys.stderr)
            return 1
    print("", *cost_table(costs), sep="\n")
    print(f"\nMeasured in {time.monotonic() - started:.0f} s.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
