"""Owns the search index: records are staged as small pages, which Pagefind's binary indexes.

Its Python interface is not used: version 1.5.2 can leave files of an index cut off when it is
driven so. Delete this module's staging when it no longer does.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path
from string import punctuation
from typing import Any

import cbor2
from pagefind_bin import get_executable

from .records import SOURCE, Record
from .vocabulary import write_vocabulary

BUNDLE = "_pagefind"

# How much a word counts by where it stands; in a source, which cites and tells little, less.
_WEIGHTS = {"title": 8, "names": 6, "lead": 3, "text": 1, "code": 1, "folded": 0.4}
_WEIGHTS_OF_SOURCES = {"title": 2, "names": 2, "text": 0.5}
_WEIGHT_HIDDEN = 0.6
# What stands behind it is there to be found and not shown; `query.js` cuts it off.
_END_OF_TEXT = "␟"
# Pagefind finds a name such as `WaitGroup` in `sync.WaitGroup` by its whole or by each of its
# words, but not as it stands.
_NAMES_WITHIN = re.compile(r"\w*(?:[a-z][A-Z]|[A-Za-z]\d|\d[A-Za-z])\w*")
# What every packed file of Pagefind begins with.
_SIGNATURE = b"pagefind_dcd"
# Pagefind's own interfaces, which no page uses.
_UNUSED = ("pagefind-*ui*", "pagefind-highlight.js", "pagefind-worker.js", "wasm.unknown.pagefind")


class BrokenIndexError(Exception):
    """The index could not be made, or is damaged."""


def write_bundle(
    records: Sequence[Record], synonyms: Sequence[Sequence[str]], language: str, bundle: Path
) -> None:
    """Write the index of the records, unless the folder holds that very index already.

    The folder is replaced as a whole: names of files are hashes, and old ones would stay.
    """
    digest = _digest(records, synonyms, language)
    mark = bundle / "digest.txt"
    if mark.exists() and mark.read_text(encoding="utf-8") == digest:
        return
    with tempfile.TemporaryDirectory(dir=bundle.parent, prefix=".search-") as temporary:
        staged, made = Path(temporary, "pages"), Path(temporary, "bundle")
        _stage(records, language, staged)
        _index(staged, made, language)
        _make_canonical(made)
        write_vocabulary(records, synonyms, made)
        check_bundle(made, len(records))
        (made / "digest.txt").write_text(digest, encoding="utf-8")
        shutil.rmtree(bundle, ignore_errors=True)
        made.rename(bundle)


def _digest(*parts: object) -> str:
    """Return a digest of the content and of the code that indexes it."""
    here = Path(__file__).parent
    code = [(here / name).read_bytes() for name in ("bundle.py", "records.py", "vocabulary.py")]
    executable = get_executable()
    if executable is None:
        raise BrokenIndexError("pagefind-bin has no program for this machine")
    content = repr((parts, code, Path(executable).stat().st_size)).encode()
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def _stage(records: Iterable[Record], language: str, folder: Path) -> None:
    for record in records:
        path = folder / record.docname / f"{record.anchor or 'index'}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(_page(record, language)), encoding="utf-8")


def _page(record: Record, language: str) -> Iterator[str]:
    yield f'<!doctype html><html lang="{escape(language)}"><title>{escape(record.title)}</title>'
    yield "<body data-pagefind-body>"
    meta = {
        "title": record.title,
        "names": " · ".join([record.title, *record.names]),
        "place": _place(record, record.anchor),
        "section": _place(record, record.section),
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


def _place(record: Record, anchor: str) -> str:
    page = f"{record.docname}.html"
    return f"{page}#{anchor}" if anchor else page


def _names_within(record: Record) -> list[str]:
    """Return the names of code that stand inside of longer ones."""
    texts = (record.title, *record.names, *record.lead, *record.text, *record.code, *record.folded)
    tokens = {token.strip(punctuation) for text in texts for token in text.split()}
    return sorted({name for token in tokens for name in _NAMES_WITHIN.findall(token)} - tokens)


def _index(staged: Path, made: Path, language: str) -> None:
    command = [str(get_executable()), "--site", str(staged), "--output-path", str(made)]
    command += ["--force-language", language, "--silent"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BrokenIndexError(f"Pagefind failed: {done.stdout}{done.stderr}")
    for pattern in _UNUSED:
        for path in made.glob(pattern):
            path.unlink()


def _make_canonical(made: Path) -> None:
    """Put the filters and their values, which Pagefind writes in a random order, into one order.

    Files are named by their content, so those of filters get other names, and so do the list of
    all files and the entry that names it. Delete it when Pagefind 1.5.2's successor does this.
    """
    names = {}
    for path in sorted(made.glob("filter/*.pf_filter")):
        filter_name, values = _unpack(path)
        content = [filter_name, sorted([value, sorted(pages)] for value, pages in values)]
        names[path.stem] = _pack(content, path, path.stem.partition("_")[0]).stem
    entry_path = made / "pagefind-entry.json"
    entry = json.loads(entry_path.read_text(encoding="utf-8"))
    for language, facts in entry["languages"].items():
        path = made / f"pagefind.{facts['hash']}.pf_meta"
        version, pages, chunks, filters, sorts, fields = _unpack(path)
        filters = sorted([filter_name, names[name]] for filter_name, name in filters)
        written = _pack(
            [version, pages, chunks, filters, sorts, fields], path, f"pagefind.{language}"
        )
        facts["hash"] = written.stem.removeprefix("pagefind.")
    entry_path.write_text(json.dumps(entry, separators=(",", ":")), encoding="utf-8")


def _unpack(path: Path) -> Any:
    return cbor2.loads(gzip.decompress(path.read_bytes()).removeprefix(_SIGNATURE))


def _pack(content: object, old: Path, prefix: str) -> Path:
    """Write content in place of a file, under the name that it gives; return the path."""
    plain = _SIGNATURE + cbor2.dumps(content)
    name = hashlib.blake2b(plain, digest_size=5).hexdigest()
    old.unlink()
    path = old.with_name(f"{prefix}_{name}{old.suffix}")
    path.write_bytes(gzip.compress(plain, 9, mtime=0))
    return path


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
