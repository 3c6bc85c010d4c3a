from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from examples.results import (
    Result,
    ResultsError,
    orphans,
    read_results,
    stale_results,
    versions_passed,
    write_results,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.examples.conftest import Sample


def test_results_are_written_sorted_and_read_again(tmp_path: Path) -> None:
    """The file depends on the results alone, not on the order in which programs ran."""
    results = {
        ("b/b", "go"): Result("1", ("1.26.8",)),
        ("a/a", "rust"): Result("2", ("1.95.0", "1.100.0")),
        ("a/a", "go"): Result("3", ("1.26.8",)),
    }
    assert write_results(tmp_path, results)
    text = (tmp_path / "results.json").read_text(encoding="utf-8")
    assert not write_results(tmp_path, dict(reversed(results.items())))
    assert read_results(tmp_path) == results
    assert text.index('"a/a"') < text.index('"b/b"')


def test_without_a_file_there_are_no_results(tmp_path: Path) -> None:
    """A new comparison has none."""
    assert read_results(tmp_path) == {}


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 2}', '{"format": 1}'])
def test_a_file_that_the_tool_did_not_write_is_refused(tmp_path: Path, text: str) -> None:
    """The message names the file and what was expected."""
    (tmp_path / "results.json").write_text(text)
    with pytest.raises(ResultsError, match=r"results\.json: .*expected"):
        read_results(tmp_path)


def test_another_pass_adds_a_release() -> None:
    """With the same files the releases add up, in order; other files make earlier ones void."""
    result = Result("a", ("1.100.0",)).also("a", "1.95.0")
    assert result.passed == ("1.95.0", "1.100.0")
    assert result.also("b", "1.95.0") == Result("b", ("1.95.0",))


def test_a_result_is_current_while_the_files_are(pair: Sample) -> None:
    """A changed source makes its own side's result stale, and a line tells so."""
    rust, go = (pair.side("taste/greet", name) for name in ("rust", "go"))
    results = read_results(pair.workspace)
    assert versions_passed(rust, results) == ("2.0.1",)
    pair.write("taste/greet/rust/src/main.rs", "echo hi")
    assert versions_passed(rust, results) == ()
    assert versions_passed(go, results) == ("2.0.1",)
    [told] = stale_results(pair.programs(), results)
    assert told.startswith("taste/greet (Rust): changed since it last passed; expected `python")


def test_results_without_a_program_are_found(pair: Sample) -> None:
    """A program that was removed leaves an orphan."""
    assert orphans(pair.programs(), read_results(pair.workspace)) == []
    assert orphans([], read_results(pair.workspace)) == [
        ("taste/greet", "go"),
        ("taste/greet", "rust"),
    ]
