"""Owns the search index: records are staged as small pages, which Pagefind's binary indexes.

Its Python interface is not used: version 1.5.2 can leave files of an index cut off when it is
driven so. Delete this module's staging when it no longer does.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from pathlib import Path
from string import punctuation

from pagefind_bin import get_executable

from .pagefind import BrokenIndexError, rewrite
from .records import SOURCE, Record
from .vocabulary import all_synonyms, write_packed, write_words

BUNDLE = "_pagefind"

# How much a word counts by where it stands; in a source, which cites and tells little, less.
_WEIGHTS = {"title": 8, "names": 6, "lead": 3, "text": 1, "code": 1, "folded": 0.4}
_WEIGHTS_OF_SOURCES = {"title": 2, "names": 2, "text": 0.5}
_WEIGHT_HIDDEN = 0.6
# What stands behind it is there to be found and not shown; `query.js` cuts it off.
_END_OF_TEXT = "␟"
# Pagefind finds `sync.WaitGroup` by the whole of it or by "sync", "wait" and "group", but not by
# `WaitGroup`.
_NAMES_WITHIN = re.compile(r"\w*(?:[a-z][A-Z]|[A-Za-z]\d|\d[A-Za-z])\w*")
# A file of the index holds so many places of words, times the square root of the number of records:
# the fewer, the less a search loads, but the longer the list of files that the first one loads.
# Pagefind's own is always 20,000.
_CHUNK_VARIABLE, _CHUNK_SIZE = "PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE", 80
# What the query layer loads before the first search.
_START = "start.bin"
# Pagefind's own interfaces, which no page uses.
_UNUSED = ("pagefind-*ui*", "pagefind-highlight.js", "pagefind-worker.js", "wasm.unknown.pagefind")


def write_bundle(
    records: Sequence[Record],
    synonyms: Sequence[Sequence[str]],
    language: str,
    address: Callable[[str], str],
    bundle: Path,
) -> None:
    """Write the index of the records, unless the folder holds that very index already.

    `address` tells where a page is, by its name. The folder is replaced as a whole: names of
    files are hashes, and old ones would stay.
    """
    digest = _digest(records, [address(one.docname) for one in records], synonyms, language)
    mark = bundle / "digest.txt"
    if mark.exists() and mark.read_text(encoding="utf-8") == digest:
        return
    with tempfile.TemporaryDirectory(dir=bundle.parent, prefix=".search-") as temporary:
        staged, made = Path(temporary, "pages"), Path(temporary, "bundle")
        _stage(records, language, address, staged)
        _index(staged, made, language, round(_CHUNK_SIZE * len(records) ** 0.5))
        start = {
            "records": rewrite(made),
            "words": write_words(records, made),
            "synonyms": all_synonyms(records, synonyms),
        }
        write_packed(start, made / _START)
        check_bundle(made, len(records))
        (made / "digest.txt").write_text(digest, encoding="utf-8")
        shutil.rmtree(bundle, ignore_errors=True)
        made.rename(bundle)


def _digest(*parts: object) -> str:
    """Return a digest of the content and of the code that indexes it."""
    code = [path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py"))]
    executable = get_executable()
    if executable is None:
        raise BrokenIndexError("pagefind-bin has no program for this machine")
    content = repr((parts, code, Path(executable).stat().st_size)).encode()
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def _stage(
    records: Iterable[Record], language: str, address: Callable[[str], str], folder: Path
) -> None:
    folder.mkdir()
    for number, record in enumerate(records):
        path = folder / f"{number:07}.html"
        page = _page(record, language, address(record.docname))
        path.write_text("".join(page), encoding="utf-8")


def _page(record: Record, language: str, address: str) -> Iterator[str]:
    yield f'<!doctype html><html lang="{escape(language)}"><title>{escape(record.title)}</title>'
    yield "<body data-pagefind-body>"
    meta = {
        "title": record.title,
        "names": " · ".join([record.title, *record.names]),
        "place": _place(address, record.anchor),
        "section": _place(address, record.section),
        "way": " › ".join(record.way),
        "kind": record.facets["kind"][0],
    }
    for name, value in meta.items():
        yield f'<i data-pagefind-meta="{name}[data-v]" data-v="{escape(value)}"></i>'
    for name, values in record.facets.items():
        for value in values:
            yield f'<i data-pagefind-filter="{name}[data-v]" data-v="{escape(value)}"></i>'
    fields = record.as_json() | {"title": [record.title]}
    weights = _WEIGHTS_OF_SOURCES if record.facets["kind"] == [SOURCE] else _WEIGHTS
    for name, weight in weights.items():
        for text in fields[name]:
            tag = "pre" if name == "code" else "p"
            yield f'<{tag} data-pagefind-weight="{weight}">{escape(text)}</{tag}>\n'
    hidden = " ".join([_END_OF_TEXT, *record.way, *_names_within(record)])
    yield f'<p data-pagefind-weight="{_WEIGHT_HIDDEN}">{escape(hidden)}</p></body></html>'


def _place(address: str, anchor: str) -> str:
    return f"{address}#{anchor}" if anchor else address


def _names_within(record: Record) -> list[str]:
    """Return the names of code that stand inside of longer ones."""
    texts = (record.title, *record.names, *record.lead, *record.text, *record.code, *record.folded)
    tokens = {token.strip(punctuation) for text in texts for token in text.split()}
    return sorted({name for token in tokens for name in _NAMES_WITHIN.findall(token)} - tokens)


def _index(staged: Path, made: Path, language: str, chunk_size: int) -> None:
    command = [str(get_executable()), "--site", str(staged), "--output-path", str(made)]
    command += ["--force-language", language, "--silent"]
    environment = os.environ | {_CHUNK_VARIABLE: str(chunk_size)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        raise BrokenIndexError(f"Pagefind failed: {done.stdout}{done.stderr}")
    for pattern in _UNUSED:
        for path in made.glob(pattern):
            path.unlink()


def check_bundle(made: Path, count: int) -> None:
    """Raise `BrokenIndexError` if a file is cut off or not all of `count` records are there."""
    entry = json.loads((made / "pagefind-entry.json").read_text(encoding="utf-8"))
    indexed = sum(one["page_count"] for one in entry["languages"].values())
    if indexed != count:
        raise BrokenIndexError(f"Pagefind indexed {indexed} of {count} records")
    for path in made.rglob("*.pf_*"):
        try:
            if not gzip.decompress(path.read_bytes()):
                raise EOFError("it is empty")
        except (EOFError, OSError) as error:
            raise BrokenIndexError(f"Pagefind left {path.name} damaged: {error}") from error
