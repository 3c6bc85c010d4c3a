"""Applies every rule to the folders of comparisons and says where each fault stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from .checks import BASIC_CHECKS, COMPUTED_CHECKS
from .checks.fault import Fault
from .load import comparison_folders, load_comparison
from .locate import bib_line, toml_line
from .model import SOURCES_FILE, Comparison
from .problem import Problem, dotted


def check_comparison(folder: Path) -> tuple[Comparison | None, list[Problem]]:
    """Load a comparison and apply every rule; return it if it is sound, and all problems."""
    loaded = load_comparison(folder)
    comparison, problems = loaded.comparison, loaded.problems
    if comparison is None:
        return None, sorted(problems)
    faults = [fault for check in BASIC_CHECKS for fault in check(comparison)]
    if not faults:
        faults = [fault for check in COMPUTED_CHECKS for fault in check(comparison)]
    problems = sorted(_locate(folder, fault) for fault in faults)
    return (None if problems else comparison), problems


def check_folders(root: Path) -> tuple[list[Comparison], list[Problem]]:
    """Check every comparison below `root`, and what must hold across them."""
    comparisons, problems = [], []
    for folder in comparison_folders(root):
        comparison, found = check_comparison(folder)
        problems += found
        if comparison:
            comparisons.append(comparison)
    keys = {comparison.folder: comparison.sources.keys() for comparison in comparisons}
    return comparisons, sorted([*problems, *shared_source_keys(keys)])


def shared_source_keys(keys: Mapping[Path, Collection[str]]) -> Iterator[Problem]:
    """A source key is used in one comparison: the bibliography has a single name space."""
    first: dict[str, Path] = {}
    for folder, names in keys.items():
        for key in sorted(names):
            other = first.setdefault(key, folder)
            if other != folder:
                file = folder / SOURCES_FILE
                line = bib_line(file.read_text(encoding="utf-8"), key)
                wrong = f"key is already used in {other / SOURCES_FILE}"
                yield Problem(file, line, key, wrong, "a key of its own")


def _locate(folder: Path, fault: Fault) -> Problem:
    file = folder / fault.file
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".md":
        line = text.count("\n", 0, text.find(str(fault.path[0]))) + 1
    elif fault.file == SOURCES_FILE:
        key, *field = map(str, fault.path)
        line = bib_line(text, key, *field)
    else:
        line = toml_line(text, fault.path)
    return Problem(file, line, dotted(fault.path), fault.wrong, fault.expected)
