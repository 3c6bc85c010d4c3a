"""Keeps checked comparisons between builds, so that a build loads only those that it shows.

Knows files and digests; must not know Sphinx.
"""

from __future__ import annotations

import hashlib
import pickle
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from examples.content import tool_digest, workspace_files
from examples.load import EXAMPLES

from .load import comparison_folders
from .model import SOURCES_FILE, Comparison
from .problem import Problem
from .validate import check_comparison, shared_source_keys

INDEX = "index.pickle"


@dataclass(frozen=True)
class _Kept:
    """What is remembered of a comparison that passed every check."""

    digest: bytes
    source_keys: frozenset[str]


@dataclass
class _Index:
    """What is remembered of all of them."""

    kept: dict[str, _Kept] = field(default_factory=dict)
    published: dict[str, dict[str, bytes]] = field(default_factory=dict)
    """The digest of each comparison when its data was published, by folder, then by id."""


class ComparisonStore(Mapping[str, Comparison]):
    """The sound comparisons below `root` by id, each loaded from `cache` when first asked for."""

    def __init__(self, root: Path, cache: Path) -> None:
        self._root = root
        self._cache = cache
        self._index = _Index()
        self._loaded: dict[str, Comparison] = {}
        self.changed: set[str] = set()
        """Ids of the comparisons that were read and checked anew."""

    def refresh(self) -> list[Problem]:
        """Check the comparisons whose files or checks changed since `save`; return problems."""
        before = self._read_index()
        self._index.published = before.published
        problems = []
        for folder in comparison_folders(self._root):
            digest = _digest(folder)
            kept = before.kept.get(folder.name)
            if kept is None or kept.digest != digest or not self._file(folder.name).exists():
                comparison, found = check_comparison(folder)
                problems += found
                if comparison is None:
                    continue
                kept = _Kept(digest, frozenset(comparison.sources))
                self._loaded[folder.name] = comparison
                self.changed.add(folder.name)
            self._index.kept[folder.name] = kept
        keys = {self._root / name: kept.source_keys for name, kept in self._index.kept.items()}
        return sorted([*problems, *shared_source_keys(keys)])

    def unpublished(self, folder: Path) -> list[str]:
        """Return the ids of the comparisons whose data changed since `note_published`."""
        published = self._index.published.get(str(folder), {})
        kept = self._index.kept
        return [name for name in kept if published.get(name) != kept[name].digest]

    def note_published(self, folder: Path) -> None:
        """Note that the data of every comparison is published below `folder`."""
        digests = {name: kept.digest for name, kept in self._index.kept.items()}
        self._index.published[str(folder)] = digests

    def save(self) -> None:
        """Remember what was checked; call it only after a build without a warning."""
        self._cache.mkdir(parents=True, exist_ok=True)
        for name in self.changed:
            _write(self._file(name), self._loaded[name])
        _write(self._cache / INDEX, self._index)

    def forget(self) -> None:
        """Let the next `refresh` check everything again."""
        (self._cache / INDEX).unlink(missing_ok=True)

    def __getitem__(self, name: str) -> Comparison:
        """Return a comparison, loading it at the first time."""
        if name not in self._loaded:
            if name not in self._index.kept:
                raise KeyError(name)
            comparison = _unpickled(self._file(name)) or check_comparison(self._root / name)[0]
            assert isinstance(comparison, Comparison)  # these very files passed every check
            self._loaded[name] = comparison
        return self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        """Yield the ids in alphabetical order."""
        return iter(self._index.kept)

    def __len__(self) -> int:
        """Return how many comparisons there are."""
        return len(self._index.kept)

    def _file(self, name: str) -> Path:
        return self._cache / f"{name}.pickle"

    def _read_index(self) -> _Index:
        index = _unpickled(self._cache / INDEX)
        return index if isinstance(index, _Index) else _Index()


def _write(path: Path, content: object) -> None:
    """Write a file of the cache whole or not at all."""
    part = path.with_suffix(".part")
    part.write_bytes(pickle.dumps(content, protocol=5))
    part.replace(path)


def _unpickled(path: Path) -> object:
    """Return what a file of the cache holds, None if it is missing or damaged."""
    try:
        return pickle.loads(path.read_bytes())
    except Exception:  # a damaged pickle may raise anything
        return None


def _digest(folder: Path) -> bytes:
    """Digest what the checks of a comparison depend on: its files, its place and the code."""
    code = sorted(Path(__file__).parent.glob("*.py"))
    data = sorted(path for path in folder.iterdir() if path.suffix in (".md", ".toml"))
    programs = workspace_files(folder / EXAMPLES)
    about = f"{sys.version} {folder} {tool_digest()}"
    digest = hashlib.blake2b(about.encode(), digest_size=16)
    for path in [*code, *data, folder / SOURCES_FILE, *programs]:
        content = path.read_bytes() if path.is_file() else b""
        digest.update(f"{path} {len(content)} ".encode())
        digest.update(content)
    return digest.digest()
