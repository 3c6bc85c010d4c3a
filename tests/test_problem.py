from __future__ import annotations

from pathlib import Path

import pytest
from comparison.problem import Problem, dotted


def test_a_problem_is_one_line_that_an_editor_can_jump_to() -> None:
    """A problem prints as file, line and key, what is wrong and what was expected."""
    problem = Problem(Path("a/taste.toml"), 7, "claims[0].subject", 'unknown "x"', "one of: tea")
    assert str(problem) == 'a/taste.toml:7: claims[0].subject: unknown "x"; expected one of: tea'


def test_problems_sort_by_file_then_line_number() -> None:
    """Problems come in the order of the files and, as numbers, of the lines."""
    places = [("b", 1), ("a", 10), ("a", 9)]
    problems = [Problem(Path(file), line, "k", "w", "e") for file, line in places]
    assert [(p.file.name, p.line) for p in sorted(problems)] == [("a", 9), ("a", 10), ("b", 1)]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), "file"),
        (("title",), "title"),
        (("claims", 3, "evidence", 0, "source"), "claims[3].evidence[0].source"),
        ((0, "on"), "[0].on"),
    ],
)
def test_a_key_path_is_written_as_authors_write_it(path: tuple[str | int, ...], text: str) -> None:
    """Keys are joined by dots, positions stand in brackets, no path at all is the file."""
    assert dotted(path) == text
