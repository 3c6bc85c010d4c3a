from __future__ import annotations

from pathlib import Path

import pytest
from examples.normalise import RULES, normalise


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("colours", "\x1b[1;31merror\x1b[0m", "error"),
        ("carriage returns", "a\r\nb", "a\nb"),
        ("offset of a Go stack frame", "main.go:17 +0x37", "main.go:17"),
        ("address", "at 0x00c0000a6028 by", "at 0x… by"),
        ("arguments of a Go stack frame", "main.f(0x1, {0x2, 0x3})", "main.f(...)"),
        (
            "state of the Go race detector's goroutine",
            "Goroutine 1 (running) created at:",
            "Goroutine 1 created at:",
        ),
        (
            "age of a goroutine",
            "goroutine 1 [select, 2 minutes]:",
            "goroutine 1 [select]:",
        ),
        ("thread id in a Rust panic", "thread 'main' (4711) panicked", "thread 'main' panicked"),
        ("Rust thread id", "ThreadId(12)", "ThreadId(…)"),
        ("hash of a Rust release", f"/rustc/{'a1' * 20}/library", "/rustc/…/library"),
        ("hash of a Cargo artefact", "deps/app-0123456789abcdef", "deps/app-…"),
        ("duration of a Rust test run", "0 failed; finished in 0.12s", "0 failed; finished in …s"),
        (
            "durations of Rust's documentation tests",
            "all doctests ran in 0.97s; merged doctests compilation took 0.93s",
            "all doctests ran in …s; merged doctests compilation took …s",
        ),
        ("duration of a Go test", "    --- PASS: TestA/b (0.00s)", "    --- PASS: TestA/b (…s)"),
        ("duration of a Go test run", "ok  \tmodule/a/go\t0.004s", "ok  \tmodule/a/go\t…s"),
        ("duration of a Go test run", "ok  \tmodule/a/go\t(cached)", "ok  \tmodule/a/go\t…s"),
        ("machine of a Go benchmark", "goos: linux\ncpu: Fast(R)", "goos: …\ncpu: …"),
        (
            "measurement of a Go benchmark",
            "x\t     19452 ns/op\t   1.23 MB/s\t      56 B/op\t       5 allocs/op",
            "x\t … ns/op\t … MB/s\t … B/op\t … allocs/op",
        ),
        (
            "processors and columns of a Go benchmark",
            "BenchmarkA/words=4-2         \t       1\t",
            "BenchmarkA/words=4\t1",
        ),
        (
            "processors and columns of a Go benchmark",
            "BenchmarkA/words=4  \t       1\t",
            "BenchmarkA/words=4\t1",
        ),
        (
            "progress of Go's fuzzer",
            "fuzz: elapsed: 0s, gathering\nfuzz: elapsed: 3s, 2/2 completed\n--- PASS: FuzzA",
            "fuzz: elapsed: 3s, 2/2 completed\n--- PASS: FuzzA",
        ),
        (
            "speed and corpus of Go's fuzzer",
            "fuzz: elapsed: 1m3s, execs: 2000 (36083/sec), new interesting: 2 (total: 8)",
            "fuzz: elapsed: …, execs: 2000 (…/sec), new interesting: … (total: …)",
        ),
        ("date and time of Go's log", "2026/11/23 05:49:21 up", "YYYY/MM/DD hh:mm:ss up"),
        ("RFC 3339 time", "time=2026-11-23T05:49:21.123Z up", "time=YYYY-MM-DDThh:mm:ssZ up"),
        ("process id", "pid=123", "pid=…"),
        ("spaces at the end of a line", "a \t\nb", "a\nb"),
    ],
)
def test_a_rule_replaces_what_varies(rule: str, text: str, expected: str) -> None:
    """Each rule has a case: what a run prints, and what stands for it."""
    assert rule in [name for name, _, _ in RULES]
    assert normalise(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "timed out after 2s",
        "addr=0x0 code=0x1",
        "index out of range [5] with length 3",
        "src/main.rs:4:5:",
        "test result: ok. 3 passed; 0 failed",
        "0.5s",
        "2026-11-23",
        "version 1.95.0-beta",
        "took 12 ns/op",
        "fuzz: elapsed: 0s, minimizing",
    ],
)
def test_what_does_not_vary_stays(text: str) -> None:
    """What a program says on purpose is left alone."""
    assert normalise(text) == text


def test_every_rule_has_a_case() -> None:
    """No rule is there unproved."""
    [mark] = test_a_rule_replaces_what_varies.pytestmark  # type: ignore[attr-defined]
    assert {case[0] for case in mark.args[1]} == {name for name, _, _ in RULES}


def test_goroutines_are_numbered_as_they_appear() -> None:
    """Ids that the scheduler chose become 2, 3, …; the main goroutine stays 1."""
    text = "goroutine 37 and goroutine 1; Goroutine 9, goroutine 37, goroutine 9"
    expected = "goroutine 2 and goroutine 1; Goroutine 3, goroutine 2, goroutine 3"
    assert normalise(text) == expected


def test_tests_that_ran_in_parallel_are_sorted() -> None:
    """The order of the results of Rust's tests is no part of an output."""
    text = "running 2 tests\ntest b ... ok\ntest a ... FAILED\n\nend"
    assert normalise(text) == "running 2 tests\ntest a ... FAILED\ntest b ... ok\n\nend"


def test_folders_of_the_machine_have_names() -> None:
    """The longest folder wins; the examples folder itself goes."""
    places = [(Path("/w"), ""), (Path("/w/build"), "$BUILD"), (Path("/go"), "$GOROOT")]
    text = "/w/a/main.go /w/build/x /go/src/y /w"
    assert normalise(text, places) == "a/main.go $BUILD/x $GOROOT/src/y ."
