"""Owns the remembered searches, how engines are asked for them, and how answers are judged."""

from __future__ import annotations

import gzip
import json
import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Page

QUERIES = Path(__file__).with_name("queries.toml")
HELD_OUT, TUNING = "held_out", "tuning"
TYPESENSE = "ours, by Typesense"
# How each engine is started in a page of the site, and what answers: twenty places, best first.
ENGINES = {
    "ours": (
        """async () => {
          const layer = await import('/_static/search/query.js');
          const { load } = await import('/_static/search/bundle.js');
          const { search } = await load(new URL('/_pagefind/', location.href), layer);
          window.answer = async text => {
            const shown = await (await search.search(text)).show(0, 20);
            return shown.map(one => one.place);
          };
        }"""
    ),
    TYPESENSE: (
        """async server => {
          const layer = await import('/_static/search/query.js');
          const { loadVocabulary } = await import('/_static/search/bundle.js');
          const { Server } = await import('/_static/search/typesense.js');
          const vocabulary = await loadVocabulary(new URL('/_pagefind/', location.href));
          const search = new Server(server, vocabulary, layer);
          window.answer = async text => {
            const shown = await (await search.search(text)).show(0, 20);
            return shown.map(one => one.place);
          };
        }"""
    ),
    "our fall-back": (
        """async () => {
          const run = path => new Promise((resolve, reject) => {
            const one = document.createElement('script');
            Object.assign(one, { src: path, onload: resolve, onerror: reject });
            document.head.append(one);
          });
          await run('/_static/language_data.js');
          await run('/_static/search/fallback.js');
          await run('/searchindex.js');
          window.answer = async text => {
            const shown = await (await siteSearchFallback(text)).show(0, 20);
            return shown.map(one => one.place);
          };
        }"""
    ),
    "Sphinx": (
        """async () => {
          const run = path => new Promise((resolve, reject) => {
            const one = document.createElement('script');
            Object.assign(one, { src: path, onload: resolve, onerror: reject });
            document.head.append(one);
          });
          await run('/_static/language_data.js');
          await run('/_static/searchtools.js');
          await run('/searchindex.js');
          window.answer = async text => {
            const results = Search._performSearch(...Search._parseQuery(text));
            // Sphinx takes them from the end.
            const best = results.reverse().slice(0, 20);
            return best.map(([doc, , anchor]) => `${doc}.html${anchor ?? ''}`);
          };
        }"""
    ),
    "plain Pagefind": (
        """async () => {
          const { createInstance } = await import('/plain/pagefind.js');
          const engine = createInstance({ basePath: '/plain/', noWorker: true });
          window.answer = async text => {
            const { results } = await engine.search(text);
            const shown = await Promise.all(results.slice(0, 20).map(one => one.data()));
            return shown.map(one => one.url.replace(/^\\//, ''));
          };
        }"""
    ),
}
ASK = "texts => Promise.all(texts.map(text => window.answer(text)))"


class Query(NamedTuple):
    """What a reader looks for, and where the answer stands."""

    text: str
    kind: str
    expect: tuple[str, ...]
    """Places that each answer it: a page, or a section or entry of one."""


def read_queries(split: str) -> list[Query]:
    """Return the searches of one half."""
    rows = tomllib.loads(QUERIES.read_text(encoding="utf-8"))[split]
    return [Query(row["text"], row["kind"], tuple(row["expect"])) for row in rows]


def ask(
    page: Page, engine: str, queries: Sequence[Query], server: Mapping[str, Any] | None = None
) -> list[list[str]]:
    """Ask an engine in a page of the site; return the places that it answers with, best first.

    `server` is what the configuration of the site calls `search_server`; one engine needs it.
    """
    page.goto("404.html")
    page.evaluate(ENGINES[engine], server)
    answers: list[list[str]] = page.evaluate(ASK, [query.text for query in queries])
    return answers


def page_rank(query: Query, places: Iterable[str]) -> int:
    """Return the rank of the first page with an answer, counting each page once; 0 for none."""
    pages = dict.fromkeys(_page(place) for place in places)
    return _rank(pages, {_page(place) for place in query.expect})


def section_rank(query: Query, places: Iterable[str], sections: Mapping[str, str]) -> int:
    """Return the rank of the first place that is an answer or stands in a section that is one."""
    within = [(place, sections.get(place, place)) for place in places]
    expected = set(query.expect)
    ranks = (rank for rank, both in enumerate(within, 1) if expected.intersection(both))
    return next(ranks, 0)


def _page(place: str) -> str:
    return place.partition("#")[0]


def _rank(found: Iterable[str], expected: Collection[str]) -> int:
    return next((rank for rank, one in enumerate(found, 1) if one in expected), 0)


class Quality(NamedTuple):
    """How well an engine answers."""

    success_at_1: float
    success_at_5: float
    mean_reciprocal_rank: float


def quality(ranks: Sequence[int]) -> Quality:
    """Judge the ranks of the expected places, 0 for those not found."""
    count = len(ranks)
    return Quality(
        sum(rank == 1 for rank in ranks) / count,
        sum(0 < rank <= 5 for rank in ranks) / count,
        sum(1 / rank for rank in ranks if rank) / count,
    )


def by_kind(queries: Sequence[Query], ranks: Sequence[int]) -> dict[str, list[int]]:
    """Return the ranks by the kind of query."""
    kinds: dict[str, list[int]] = defaultdict(list)
    for query, rank in zip(queries, ranks, strict=True):
        kinds[query.kind].append(rank)
    return dict(kinds)


def places_of(site_folder: Path) -> dict[str, str]:
    """Return every place that the index of a site knows, and the section in which it stands."""
    sections: dict[str, str] = {}
    for path in site_folder.joinpath("_pagefind").rglob("*.pf_fragment"):
        content: dict[str, Any] = json.loads(
            gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd")
        )
        meta = content["meta"]
        sections[meta["place"]] = meta["section"]
    return sections
