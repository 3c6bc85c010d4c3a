from __future__ import annotations

import time
from pathlib import Path

import pytest
from examples.toolchain import execute, version_in


def test_a_command_runs_in_a_clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a reader's shell sets does not change an output; time zone and language are fixed."""
    monkeypatch.setenv("RUST_BACKTRACE", "1")
    monkeypatch.setenv("GOFLAGS", "-v")
    outcome = execute(
        ["sh", "-c", "echo $RUST_BACKTRACE$GOFLAGS$TZ$A; cat"], Path.cwd(), {"A": "a"}
    )
    assert (outcome.stdout, outcome.stderr, outcome.status) == ("UTCa\n", "", 0)


def test_a_signal_is_a_negative_status() -> None:
    """A program that a signal ends has no exit status."""
    assert execute(["sh", "-c", "kill -ABRT $$"], Path.cwd()).status == -6


def test_children_end_with_the_command() -> None:
    """A child that keeps the output open does not keep the runner waiting."""
    start = time.monotonic()
    outcome = execute(["sh", "-c", "sleep 30 & wait"], Path.cwd(), timeout_seconds=0.5)
    assert outcome.timed_out
    assert time.monotonic() - start < 15


def test_bytes_that_are_no_text_are_shown_as_such() -> None:
    """A program may print anything."""
    assert execute(["printf", r"\377"], Path.cwd()).stdout == "\N{REPLACEMENT CHARACTER}"


def test_a_version_is_read_from_what_a_tool_prints() -> None:
    """A tool that is not there, or fails, has no version."""
    assert version_in(["echo", "go version go1.26.8 linux/amd64"]) == "1.26.8"
    assert version_in(["echo", "rustc 1.97.0-nightly (1234.5)"]) == "1.97.0"
    assert version_in(["no-such-tool", "--version"]) is None
    assert version_in(["sh", "-c", "echo 1.2.3; exit 1"]) is None
