"""Keeps checked comparisons between builds, so that a build loads only those that it shows.

Knows files and digests; must not know Sphinx.
"""

from __future__ import annotations

import functools
import hashlib
import os
import pickle
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from examples.content import tool_digest, workspace_files
from examples.load import EXAMPLES

from lab import published

from .load import comparison_folders
from .model import SOURCES_FILE, Comparison
from .problem import Problem
from .validate import check_comparison, shared_source_keys

INDEX = "index.pickle"
RECENT = 8
"""So many comparisons stay in memory: pages are read and written in the order of comparisons."""


@dataclass(frozen=True)
class _Kept:
    """What is remembered of a comparison that passed every check."""

    seen: bytes
    """A digest of the names, sizes and times of its files, which is quick to find."""
    digest: bytes
    """A digest of what is in them."""
    source_keys: frozenset[str]


@dataclass
class _Index:
    """What is remembered of all of them."""

    code: bytes = b""
    """A digest of the code that made it: to other code it says nothing."""
    kept: dict[str, _Kept] = field(default_factory=dict)
    published: dict[str, dict[str, bytes]] = field(default_factory=dict)
    """What `_publication` gave when each comparison was published, by folder, then by id."""


class ComparisonStore(Mapping[str, Comparison]):
    """The sound comparisons below `root` by id, each loaded from `cache` when first asked for."""

    def __init__(self, root: Path, cache: Path) -> None:
        self._root = root
        self._cache = cache
        self._before = _Index()
        self._index = _Index(_code_digest())
        self._loaded: dict[str, Comparison] = {}
        self._old: dict[str, Comparison | None] = {}
        self.changed: set[str] = set()
        """Ids of the comparisons that were read and checked anew."""

    def refresh(self) -> list[Problem]:
        """Check the comparisons whose files or checks changed since `save`; return problems."""
        before = self._before = self._read_index()
        self._index.published = before.published
        problems = []
        for folder in comparison_folders(self._root):
            # First: what changes while it is read is seen in the next build.
            seen = _look(folder)
            kept = before.kept.get(folder.name)
            if kept is None or kept.seen != seen or not self._file(folder.name, kept).exists():
                digest = _digest(folder)
                if kept and kept.digest == digest and self._file(folder.name, kept).exists():
                    kept = replace(kept, seen=seen)
                else:
                    comparison, found = check_comparison(folder)
                    problems += found
                    if comparison is None:
                        continue
                    kept = _Kept(seen, digest, frozenset(comparison.sources))
                    _write(self._file(folder.name, kept), comparison)
                    self._keep_recent(folder.name, comparison)
                    self.changed.add(folder.name)
            self._index.kept[folder.name] = kept
        keys = {self._root / name: kept.source_keys for name, kept in self._index.kept.items()}
        problems += shared_source_keys(keys)
        if self.changed and not problems:
            # Until `save`: pages will be read of data that the index does not know.
            self.forget()
        return sorted(problems)

    def before(self, name: str) -> Comparison | None:
        """Return a comparison as it was at the last `save`, if that is known."""
        if name not in self._old:
            kept = self._before.kept.get(name)
            comparison = _unpickled(self._file(name, kept)) if kept else None
            self._old[name] = comparison if isinstance(comparison, Comparison) else None
        return self._old[name]

    @property
    def has_other_names(self) -> bool:
        """Whether comparisons came or went since the last `save`."""
        return self._before.kept.keys() != self._index.kept.keys()

    def unpublished(self, folder: Path, site: str) -> list[str]:
        """Return the ids of the comparisons whose data, or the site, changed since published."""
        before = self._index.published.get(str(folder), {})
        now = self._publication(site)
        return [name for name in now if before.get(name) != now[name]]

    def note_published(self, folder: Path, site: str) -> None:
        """Note that the data of every comparison is published below `folder`."""
        self._index.published[str(folder)] = self._publication(site)

    def _publication(self, site: str) -> dict[str, bytes]:
        """Return what the published files follow from: the data, and what is said of the site."""
        return {name: kept.digest + site.encode() for name, kept in self._index.kept.items()}

    def save(self) -> None:
        """Remember what was checked; call it only after a build without a warning."""
        _write(self._cache / INDEX, self._index)
        files = {self._file(name, kept) for name, kept in self._index.kept.items()}
        for path in self._cache.glob("*.pickle"):
            if path.name != INDEX and path not in files:
                path.unlink()

    def forget(self) -> None:
        """Let the next `refresh` check everything again."""
        (self._cache / INDEX).unlink(missing_ok=True)

    def __getitem__(self, name: str) -> Comparison:
        """Return a comparison, loading it at the first time."""
        if name not in self._loaded:
            kept = self._index.kept[name]
            comparison = _unpickled(self._file(name, kept))
            if not isinstance(comparison, Comparison):
                comparison = check_comparison(self._root / name)[0]
            assert comparison is not None  # these very files passed every check
            self._keep_recent(name, comparison)
        return self._loaded[name]

    def __contains__(self, name: object) -> bool:
        """Return whether there is such a comparison; it is not loaded."""
        return name in self._index.kept

    def __iter__(self) -> Iterator[str]:
        """Yield the ids in alphabetical order."""
        return iter(self._index.kept)

    def __len__(self) -> int:
        """Return how many comparisons there are."""
        return len(self._index.kept)

    def _file(self, name: str, kept: _Kept) -> Path:
        return self._cache / f"{name}.{kept.digest.hex()}.pickle"

    def _keep_recent(self, name: str, comparison: Comparison) -> None:
        while len(self._loaded) >= RECENT:
            del self._loaded[next(iter(self._loaded))]
        self._loaded[name] = comparison

    def _read_index(self) -> _Index:
        index = _unpickled(self._cache / INDEX)
        known = isinstance(index, _Index) and index.code == _code_digest()
        return index if known and isinstance(index, _Index) else _Index()


def _write(path: Path, content: object) -> None:
    """Write a file of the cache whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(pickle.dumps(content, protocol=5))
    part.replace(path)


def _unpickled(path: Path) -> object:
    """Return what a file of the cache holds, None if it is missing or damaged."""
    try:
        return pickle.loads(path.read_bytes())
    except Exception:  # a damaged pickle may raise anything
        return None


@functools.cache
def _code_digest() -> bytes:
    """Digest what checks and pickles the data."""
    digest = hashlib.blake2b(f"{sys.version} {tool_digest()}".encode(), digest_size=16)
    folders = (Path(__file__).parent, Path(published.__file__).parent)
    for path in (path for folder in folders for path in sorted(folder.glob("*.py"))):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.digest()


def _look(folder: Path) -> bytes:
    """Digest the names of a comparison's files and when they changed: no file is read.

    The time of a file's change of status cannot be set back, unlike that of its content.
    """
    digest = hashlib.blake2b(digest_size=16)
    for entry in _entries(folder):
        stat = entry.stat(follow_symlinks=False)
        seen = (entry.path, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
        digest.update(repr(seen).encode())
    return digest.digest()


def _entries(folder: Path | str) -> Iterator[os.DirEntry[str]]:
    """Yield all files below a folder, in a fixed order."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if not entry.is_dir(follow_symlinks=False):
                yield entry
            elif entry.name != "target":
                yield from _entries(entry.path)


def _digest(folder: Path) -> bytes:
    """Digest what the checks of a comparison depend on: its files and its place."""
    data = sorted(path for path in folder.iterdir() if path.suffix in (".md", ".toml"))
    own = [*workspace_files(folder / EXAMPLES), *published.lab_files(folder)]
    digest = hashlib.blake2b(str(folder).encode(), digest_size=16)
    for path in [*data, folder / SOURCES_FILE, *own]:
        content = path.read_bytes() if path.is_file() else b""
        digest.update(f"{path} {len(content)} ".encode())
        digest.update(content)
    return digest.digest()
