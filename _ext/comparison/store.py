"""Keeps checked comparisons between builds, so that a build loads only those that it shows.

Knows files and digests; must not know Sphinx.
"""

from __future__ import annotations

import hashlib
import pickle
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

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


class ComparisonStore(Mapping[str, Comparison]):
    """The sound comparisons below `root` by id, each loaded from `cache` when first asked for."""

    def __init__(self, root: Path, cache: Path) -> None:
        self._root = root
        self._cache = cache
        self._kept: dict[str, _Kept] = {}
        self._loaded: dict[str, Comparison] = {}
        self.changed: set[str] = set()
        """Ids of the comparisons that were read and checked anew."""

    def refresh(self) -> list[Problem]:
        """Check the comparisons whose files or checks changed since `save`; return problems."""
        before = self._read_index()
        problems = []
        for folder in comparison_folders(self._root):
            digest = _digest(folder)
            kept = before.get(folder.name)
            if kept is None or kept.digest != digest or not self._file(folder.name).exists():
                comparison, found = check_comparison(folder)
                problems += found
                if comparison is None:
                    continue
                kept = _Kept(digest, frozenset(comparison.sources))
                self._loaded[folder.name] = comparison
                self.changed.add(folder.name)
            self._kept[folder.name] = kept
        keys = {self._root / name: kept.source_keys for name, kept in self._kept.items()}
        return sorted([*problems, *shared_source_keys(keys)])

    def save(self) -> None:
        """Remember what was checked; call it only after a build without a warning."""
        self._cache.mkdir(parents=True, exist_ok=True)
        for name in self.changed:
            self._file(name).write_bytes(pickle.dumps(self._loaded[name], protocol=5))
        self._index.write_bytes(pickle.dumps(self._kept, protocol=5))

    def forget(self) -> None:
        """Let the next `refresh` check everything again."""
        self._index.unlink(missing_ok=True)

    def __getitem__(self, name: str) -> Comparison:
        """Return a comparison, loading it at the first time."""
        if name not in self._loaded:
            if name not in self._kept:
                raise KeyError(name)
            self._loaded[name] = pickle.loads(self._file(name).read_bytes())
        return self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        """Yield the ids in alphabetical order."""
        return iter(self._kept)

    def __len__(self) -> int:
        """Return how many comparisons there are."""
        return len(self._kept)

    @property
    def _index(self) -> Path:
        return self._cache / INDEX

    def _file(self, name: str) -> Path:
        return self._cache / f"{name}.pickle"

    def _read_index(self) -> dict[str, _Kept]:
        try:
            index: dict[str, _Kept] = pickle.loads(self._index.read_bytes())
        except (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError):
            return {}
        return index


def _digest(folder: Path) -> bytes:
    """Digest what the checks of a comparison depend on: its files, its place and the code."""
    code = sorted(Path(__file__).parent.glob("*.py"))
    data = sorted(path for path in folder.iterdir() if path.suffix in (".md", ".toml"))
    digest = hashlib.blake2b(f"{sys.version} {folder}".encode(), digest_size=16)
    for path in [*code, *data, folder / SOURCES_FILE]:
        content = path.read_bytes() if path.is_file() else b""
        digest.update(f"{path.name} {len(content)} ".encode())
        digest.update(content)
    return digest.digest()
