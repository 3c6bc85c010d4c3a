from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from examples.judge import diff, drift, faults, split_transcript, transcript
from examples.model import ExampleFile, Side
from examples.subjects import SUBJECTS
from examples.toolchain import Outcome

if TYPE_CHECKING:
    from pathlib import Path


def _side(tmp_path: Path, subject: str = "go", **own: object) -> Side:
    data = ExampleFile.model_validate({"title": "T", "look_at": "L.", subject: own})
    table = getattr(data, subject)
    return Side(tmp_path, "taste/greet", SUBJECTS[subject], data, table)


def _told(side: Side, outcome: Outcome, expected: str | None = None) -> list[str]:
    return faults(side, outcome, transcript(side, "cmd", outcome, []), expected)


def test_a_transcript_tells_command_streams_and_ending(tmp_path: Path) -> None:
    """Standard error follows standard output, and the status follows when it is not zero."""
    side = _side(tmp_path, kind="run-error", matches="x")
    text = transcript(side, "go run ./a", Outcome(2, "out\n", "err at 0x00c000012345\n"), [])
    assert text == "$ go run ./a\nout\n[standard error]\nerr at 0x…\n[exit status 2]\n"
    assert split_transcript(text)[0] == "go run ./a"
    assert transcript(side, "c", Outcome(-6, "", "err"), []) == "$ c\nerr\n[signal SIGABRT]\n"


def test_what_a_program_prints_is_not_normalised(tmp_path: Path) -> None:
    """The standard output of the kind `run` is shown, and compared, as it is."""
    side = _side(tmp_path)
    assert "pid=12" in transcript(side, "c", Outcome(0, "pid=12\n", ""), [])


@pytest.mark.parametrize(
    ("own", "outcome", "told"),
    [
        ({}, Outcome(0, "hello\n", ""), None),
        ({}, Outcome(0, "hullo\n", ""), "-hello\n+hullo\n"),
        ({}, Outcome(0, "hello", ""), "No newline at end of file"),
        ({}, Outcome(1, "hello\n", "boom"), "ended with exit status 1\nboom"),
        ({}, Outcome(-9, "", "", timed_out=True), "did not end within 60 seconds"),
        ({"kind": "test"}, Outcome(0, "--- PASS: TestA (0.00s)\nPASS\n", ""), None),
        ({"kind": "test"}, Outcome(0, "running 2 tests\ntest a ... ok\n", ""), None),
        ({"kind": "test"}, Outcome(0, "running 0 tests\n", ""), "ran no test"),
        ({"kind": "test"}, Outcome(1, "--- FAIL: TestA\n", ""), "its tests fail"),
        ({"kind": "run-error", "matches": "^boom$"}, Outcome(2, "a\nboom\n", ""), None),
        ({"kind": "run-error", "matches": "boom"}, Outcome(2, "bang", ""), "does not match 'boom'"),
        (
            {"kind": "run-error", "matches": "boom"},
            Outcome(0, "boom", ""),
            "ended with exit status 0; expected exit status 2",
        ),
        ({"kind": "run-error", "matches": "b", "exit": 66}, Outcome(66, "b", ""), None),
        ({"kind": "run-error", "matches": "b", "signal": "SIGABRT"}, Outcome(-6, "b", ""), None),
        ({"kind": "run-error", "matches": "cmd"}, Outcome(2, "a", ""), "does not match"),
        ({"kind": "compile-error", "matches": "unused"}, Outcome(1, "", "unused: n"), None),
        ({"kind": "compile-error", "matches": "unused"}, Outcome(0, "", ""), "compiles"),
        ({"kind": "compile-error", "matches": "unused"}, Outcome(1, "", "other"), "match 'unused'"),
    ],
)
def test_a_side_does_as_it_must(
    tmp_path: Path, own: dict[str, object], outcome: Outcome, told: str | None
) -> None:
    """Every kind has what passes and what does not."""
    found = _told(_side(tmp_path, **own), outcome, "hello\n")
    assert found == [] if told is None else told in "\n".join(found)


MOVED = "error[E0382]: borrow of moved value\n\nerror: aborting due to 1 previous error\n"


@pytest.mark.parametrize(
    ("stderr", "told"),
    [
        (MOVED, None),
        (f"error[E0499]: two borrows\n{MOVED}", "rustc reports E0382, E0499; expected E0382 alone"),
        (f"error: expected `;`\n{MOVED}", "an error without code"),
        ("error: linker not found\n", "an error without code"),
    ],
)
def test_rustc_reports_one_error_code(tmp_path: Path, stderr: str, told: str | None) -> None:
    """The expected error is the only one: a program must not fail for another reason."""
    side = _side(tmp_path, "rust", kind="compile-error", error="E0382")
    found = _told(side, Outcome(1, "", stderr))
    assert found == [] if told is None else told in "\n".join(found)


def test_an_output_that_drifted_is_shown_as_a_diff(tmp_path: Path) -> None:
    """The file of an output is what the program prints now."""
    side = _side(tmp_path)
    assert drift(side, "$ c\nnew\n", "$ c\nnew\n") == []
    [missing] = drift(side, "$ c\nnew\n", None)
    assert missing.startswith("taste/greet/output-go.txt is missing; expected what")
    [told] = drift(side, "$ c\nnew\n", "$ c\nold\n")
    assert "-old\n+new\n" in told


def test_an_output_that_varies_is_matched(tmp_path: Path) -> None:
    """With `varies` the kept output must match too, and be of the same command."""
    side = _side(tmp_path, kind="run-error", matches="RACE", varies="Order differs.")
    assert drift(side, "$ c\nRACE 1\n", "$ c\nRACE 2\n") == []
    assert drift(side, "$ c\nRACE 1\n", "$ c\nnothing\n")
    assert drift(side, "$ c\nRACE 1\n", "$ d\nRACE 2\n")


def test_a_diff_names_both_sides() -> None:
    """The header says what was expected and who printed what."""
    assert diff("a\n", "b\n", "expected.txt", "x (Go)").startswith("--- expected.txt\n+++ x (Go)\n")
