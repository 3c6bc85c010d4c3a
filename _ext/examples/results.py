"""The results of a comparison's programs: `examples/results.json`, which only the tool writes.

A result is current while the digest of the side's files is the one it was written for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.version import Version

from .content import side_digest, write_text
from .model import Program, Side

RESULTS_FILE = "results.json"
FORMAT = 1

Key = tuple[str, str]
"""A program's id and a subject's."""


@dataclass(frozen=True)
class Result:
    """What is known of one side: it passed with these files, on these releases."""

    digest: str
    passed: tuple[str, ...]
    """Releases of the toolchain such as `1.95.0`, the oldest first."""

    def also(self, digest: str, version: str) -> Result:
        """Return the result after one more pass; other files make the earlier ones void."""
        before = self.passed if self.digest == digest else ()
        return Result(digest, tuple(sorted({*before, version}, key=Version)))


class ResultsError(ValueError):
    """The file of results is not what the tool wrote."""


def read_results(workspace: Path) -> dict[Key, Result]:
    """Read the results of an examples folder; none if there is no file."""
    path = workspace / RESULTS_FILE
    if not path.is_file():
        return {}
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if data["format"] != FORMAT:
            raise ResultsError(f"{path}: format {data['format']}; expected {FORMAT}")
        return {
            (program, subject): Result(str(side["digest"]), tuple(map(str, side["passed"])))
            for program, sides in data["programs"].items()
            for subject, side in sides.items()
        }
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
        message = f"{path}: {error!r}; expected what `python -m examples regenerate` writes"
        raise ResultsError(message) from None


def write_results(workspace: Path, results: Mapping[Key, Result]) -> bool:
    """Write the results of an examples folder, sorted; return whether they changed."""
    programs: dict[str, dict[str, Any]] = {}
    for (program, subject), result in sorted(results.items()):
        side = {"digest": result.digest, "passed": list(result.passed)}
        programs.setdefault(program, {})[subject] = side
    text = json.dumps({"format": FORMAT, "programs": programs}, indent=2) + "\n"
    return write_text(workspace / RESULTS_FILE, text)


def versions_passed(side: Side, results: Mapping[Key, Result]) -> tuple[str, ...]:
    """Return the releases on which a side passed as it is now; none if its files changed."""
    result = results.get((side.program, side.subject.id))
    return result.passed if result and result.digest == side_digest(side) else ()


def stale_results(programs: Iterable[Program], results: Mapping[Key, Result]) -> Iterator[str]:
    """Yield a line for each side whose result is missing or out of date."""
    for program in programs:
        for side in program.sides.values():
            if not versions_passed(side, results):
                known = (side.program, side.subject.id) in results
                wrong = "changed since it last passed" if known else "has no result"
                yield f"{side.id}: {wrong}; expected `python -m examples regenerate {program.id}`"


def orphans(programs: Iterable[Program], results: Mapping[Key, Result]) -> list[Key]:
    """Return the results of programs that are no more."""
    sides = {(program.id, subject) for program in programs for subject in program.sides}
    return sorted(results.keys() - sides)
