"""Whether a side did what it must, and the text that a page shows of it.

Pure functions of what was seen, what was expected and what was kept.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from pathlib import Path
from signal import Signals

from .model import EXPECTED_FILE, Kind, Side
from .normalise import normalise
from .toolchain import Outcome

PROMPT = "$ "

_ERROR_CODE = re.compile(r"^error(?:\[(E\d{4})\])?: (?!aborting)", re.MULTILINE)
_TESTS_RAN = re.compile(r"^(?:running [1-9]\d* tests?|--- PASS: .*)$", re.MULTILINE)


def transcript(
    side: Side, command: str, outcome: Outcome, places: Sequence[tuple[Path, str]]
) -> str:
    """Return what a reader would see: the command, both streams, and how the program ended.

    The streams stand one after the other, for their interleaving differs from run to run.
    """
    plain = side.kind is Kind.RUN
    stdout = outcome.stdout if plain else normalise(outcome.stdout, places)
    # What cargo tells on standard error while tests pass is no part of them.
    passed_tests = side.kind is Kind.TEST and outcome.status == 0
    stderr = "" if passed_tests else normalise(outcome.stderr, places)
    parts = [f"{PROMPT}{command}", stdout.rstrip("\n"), stderr.strip("\n")]
    if stdout.strip() and stderr.strip():
        parts.insert(2, "[standard error]")
    if outcome.status and side.kind is not Kind.COMPILE_ERROR:
        parts.append(f"[{_ending(outcome.status)}]")
    return "\n".join(part for part in parts if part) + "\n"


def split_transcript(text: str) -> tuple[str, str]:
    """Return the command and the output of a transcript."""
    command, _, output = text.partition("\n")
    return command.removeprefix(PROMPT), output


def faults(side: Side, outcome: Outcome, seen: str, expected: str | None) -> list[str]:
    """Return what a side did that it must not; `expected` is the text of `expected.txt`."""
    if outcome.timed_out:
        return [f"did not end within {side.data.timeout_seconds} seconds\n{seen}"]
    match side.kind:
        case Kind.RUN:
            return _run_faults(side, outcome, expected or "")
        case Kind.TEST:
            return _test_faults(outcome, seen)
        case Kind.COMPILE_ERROR:
            return _compile_faults(side, outcome, seen)
        case Kind.RUN_ERROR:
            return _crash_faults(side, outcome, seen)


def drift(side: Side, seen: str, kept: str | None) -> list[str]:
    """Return how the output differs from the file that a page shows."""
    name = side.output.relative_to(side.workspace).as_posix()
    mend = f"expected what `python -m examples regenerate {side.program}` writes"
    if kept is None:
        return [f"{name} is missing; {mend}"]
    if still_holds(side, seen, kept):
        return []
    return [f"{name} is not the output; {mend}\n{diff(kept, seen, name, 'this run')}"]


def still_holds(side: Side, seen: str, kept: str) -> bool:
    """Whether a kept transcript stands for this run: it is alike, or varies only as it may."""
    if side.own.varies is None:
        return kept == seen
    same_command = split_transcript(kept)[0] == split_transcript(seen)[0]
    return same_command and not _unmatched(side, kept)


def diff(expected: str, actual: str, expected_name: str, actual_name: str) -> str:
    """Return a unified diff; a missing newline at the end is told."""
    lines = []
    old, new = expected.splitlines(keepends=True), actual.splitlines(keepends=True)
    for line in difflib.unified_diff(old, new, expected_name, actual_name):
        lines.append(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n")
    return "".join(lines)


def _run_faults(side: Side, outcome: Outcome, expected: str) -> list[str]:
    found = []
    if outcome.status:
        found.append(f"ended with {_ending(outcome.status)}\n{outcome.stderr}")
    if outcome.stdout != expected:
        name = f"{side.program}/{EXPECTED_FILE}"
        found.append(f"printed something else\n{diff(expected, outcome.stdout, name, side.id)}")
    return found


def _test_faults(outcome: Outcome, seen: str) -> list[str]:
    if outcome.status:
        return [f"its tests fail\n{seen}"]
    return [] if _TESTS_RAN.search(seen) else [f"ran no test\n{seen}"]


def _compile_faults(side: Side, outcome: Outcome, seen: str) -> list[str]:
    if outcome.status == 0:
        return ["compiles; expected a compile error"]
    found = _unmatched(side, seen)
    if side.own.error:
        codes = sorted({code or "an error without code" for code in _ERROR_CODE.findall(seen)})
        if codes != [side.own.error]:
            wrong = f"rustc reports {', '.join(codes) or 'no error'}"
            found.append(f"{wrong}; expected {side.own.error} alone\n{seen}")
    return found


def _crash_faults(side: Side, outcome: Outcome, seen: str) -> list[str]:
    found = _unmatched(side, seen)
    if outcome.status != side.status:
        wrong = f"ended with {_ending(outcome.status)}; expected {_ending(side.status)}"
        found.insert(0, f"{wrong}\n{seen}")
    return found


def _unmatched(side: Side, seen: str) -> list[str]:
    pattern = side.own.matches
    if pattern is None or re.search(pattern, split_transcript(seen)[1], re.MULTILINE):
        return []
    return [f"the output does not match {pattern!r}\n{seen}"]


def _ending(status: int) -> str:
    if status >= 0:
        return f"exit status {status}"
    known = -status in set(Signals)
    return f"signal {Signals(-status).name if known else -status}"
