"""What differs from run to run or machine to machine in an output, and what stands for it.

The rules are applied in order, to everything but the standard output of a program of the kind
`run`, which is compared as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

Rule = tuple[str, str, str]

RULES: tuple[Rule, ...] = (
    ("colours", r"\x1b\[[0-9;]*[A-Za-z]", ""),
    ("carriage returns", r"\r\n", "\n"),
    ("offset of a Go stack frame", r"(\.(?:go|s):\d+) \+0x[0-9a-f]+", r"\1"),
    ("address", r"\b0x[0-9a-f]{5,}\b", "0x…"),
    (
        "arguments of a Go stack frame",
        r"^((?:[\w.*/()-]+)\.\w+)\((?:0x|\{|\.\.\.).*\)$",
        r"\1(...)",
    ),
    (
        "state of the Go race detector's goroutine",
        r"^(Goroutine \d+) \((?:running|finished)\)",
        r"\1",
    ),
    ("age of a goroutine", r"^(goroutine \d+ .*\[[^\],]+), \d+ minutes", r"\1"),
    ("thread id in a Rust panic", r"(thread '[^'\n]*') \(\d+\)", r"\1"),
    ("Rust thread id", r"\bThreadId\(\d+\)", "ThreadId(…)"),
    ("hash of a Rust release", r"/rustc/[0-9a-f]{40}/", "/rustc/…/"),
    ("hash of a Cargo artefact", r"-[0-9a-f]{16}\b", "-…"),
    ("duration of a Rust test run", r"finished in \d+\.\d+s", "finished in …s"),
    (
        "durations of Rust's documentation tests",
        r"^(all doctests ran in) \d+\.\d+s(; merged doctests compilation took) \d+\.\d+s",
        r"\1 …s\2 …s",
    ),
    ("duration of a Go test", r"^(\s*--- \w+: .*) \(\d+\.\d+s\)", r"\1 (…s)"),
    ("duration of a Go test run", r"^((?:ok|FAIL)\s+\S+\s+)(?:\d+\.\d+s|\(cached\))", r"\1…s"),
    ("machine of a Go benchmark", r"^(goos|goarch|cpu): .*", r"\1: …"),
    (
        "measurement of a Go benchmark",
        r"(?<=\t)[ ]*\d+(?:\.\d+)? (ns/op|MB/s|B/op|allocs/op)",
        r" … \1",
    ),
    (
        "processors and columns of a Go benchmark",
        r"^(Benchmark\S*?)(?:-\d+)?[ ]*\t[ ]*(\d+)\t",
        r"\1\t\2\t",
    ),
    ("progress of Go's fuzzer", r"^fuzz: elapsed: .*\n(?=fuzz: elapsed: )", ""),
    (
        "speed and corpus of Go's fuzzer",
        r"^(fuzz: elapsed: )\S+(, execs: \d+) .*",
        r"\1…\2 (…/sec), new interesting: … (total: …)",
    ),
    (
        "date and time of Go's log",
        r"\b\d{4}/\d\d/\d\d \d\d:\d\d:\d\d(?:\.\d+)?",
        "YYYY/MM/DD hh:mm:ss",
    ),
    (
        "RFC 3339 time",
        r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)",
        "YYYY-MM-DDThh:mm:ssZ",
    ),
    ("process id", r"\b(pid|PID)([ =:]+)\d+\b", r"\1\2…"),
    ("spaces at the end of a line", r"[ \t]+$", ""),
)
"""Name, regular expression (multi-line) and replacement."""

_COMPILED = [(re.compile(pattern, re.MULTILINE), new) for _, pattern, new in RULES]
_GOROUTINE = re.compile(r"\b([Gg]oroutine )(\d+)\b")
_TEST_LINE = re.compile(r"^test .* \.\.\. \w+")


def normalise(text: str, places: Sequence[tuple[Path, str]] = ()) -> str:
    """Return an output as it would be on any run and machine.

    `places` are folders and what stands for each of them. Goroutines are numbered in the order
    in which they appear, the main one stays 1; results of Rust's tests, which run in parallel,
    are sorted.
    """
    for folder, name in sorted(places, key=lambda place: -len(str(place[0]))):
        text = text.replace(f"{folder}/", name and f"{name}/").replace(str(folder), name or ".")
    for pattern, new in _COMPILED:
        text = pattern.sub(new, text)
    text = _GOROUTINE.sub(_numbering(), text)
    return "\n".join(_sorted_tests(text.split("\n")))


def _numbering() -> Callable[[re.Match[str]], str]:
    numbers = {"1": 1}
    return lambda match: f"{match[1]}{numbers.setdefault(match[2], len(numbers) + 1)}"


def _sorted_tests(lines: list[str]) -> Iterator[str]:
    for is_test, group in groupby(lines, key=lambda line: bool(_TEST_LINE.match(line))):
        together = list(group)
        yield from sorted(together) if is_test else together
