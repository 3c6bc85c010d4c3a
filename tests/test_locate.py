from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from comparison.locate import bib_line, toml_line
from hypothesis import example, given
from hypothesis import strategies as st

TOML = """\
title = "Tea"
topics = [
  "taste",
  "cost",
]
short = ["a", "b"]

[summary]
tea = "Mild."

[verdict]
text = \"\"\"
[[claims]]
id = "not-this-one"
\"\"\"
because = ["x"]

[[verdict.dissent]]
by = "tea"

[[verdict.dissent]]
by = "coffee"  # the other side

[[claims]]
id = "first"
evidence = [{ source = "one" }]

[[claims]]
id = "second"
text = '''
[[claims]]
text = 1
'''
evidence = [
  { source = "one", locator = "section [2]" },
  # a remark between
  { source = "two", note = "}]" },
  { source = "three" },
]
[claims.verified]
version = "1.3"
[[claims.parts]]
name = "a"
[[claims.parts]]
name = "b"

[ metric ] # indented names are allowed
unit = "ms"
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 1),
        (("topics",), 2),
        (("topics", 0), 3),
        (("topics", 1), 4),
        (("short", 1), 6),
        (("summary",), 8),
        (("summary", "tea"), 9),
        (("verdict", "text"), 12),
        (("verdict", "because"), 16),
        (("verdict", "because", 0), 16),
        (("verdict", "dissent"), 18),
        (("verdict", "dissent", 0), 18),
        (("verdict", "dissent", 1, "by"), 22),
        (("claims", 0), 24),
        (("claims", 0, "evidence", 0, "source"), 26),
        (("claims", 1, "id"), 29),
        (("claims", 1, "text"), 30),
        (("claims", 1, "evidence"), 34),
        (("claims", 1, "evidence", 0, "locator"), 35),
        (("claims", 1, "evidence", 1, "source"), 37),
        (("claims", 1, "evidence", 2), 38),
        (("claims", 1, "verified"), 40),
        (("claims", 1, "verified", "version"), 41),
        (("claims", 1, "parts", 1, "name"), 45),
        (("metric", "unit"), 48),
    ],
)
def test_a_key_is_found_on_its_exact_line(path: tuple[str | int, ...], line: int) -> None:
    """Headers, arrays, inline tables and text that only looks like a header are told apart."""
    assert toml_line(TOML, path) == line


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("claims", 1, "objection"), 28),
        (("claims", 2), 1),
        (("verdict", "flips_if", 0), 11),
        (("nowhere",), 1),
        ((), 1),
    ],
)
def test_a_missing_key_is_placed_at_what_should_hold_it(
    path: tuple[str | int, ...], line: int
) -> None:
    """A key that is not there is reported at the header it belongs under, else at the top."""
    assert toml_line(TOML, path) == line


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        ('names = ["a",\n  "b",\n]\n', ("names", 0), 1),
        ('names = [\n  "a", "b",\n  "c",\n]\n', ("names", 2), 3),
        ("rows = [\n  [1]\n]\nnext = 2\n", ("next",), 4),
        ("rows = [\n  [1, 2],\n  [\n    3,\n    4,\n  ],\n]\n", ("rows", 1, 1), 5),
        ("rows = [ # one\n  { a = [\n    1,\n    2 ] },\n]\n", ("rows", 0, "a", 1), 4),
        ('a = ["""\n[b]\nc = 1\n""",\n  2]\n[b]\nc = 3\n', ("b", "c"), 7),
        ('a = [1, 2] # [\nb = \'"""\'\nc = 3\n', ("c",), 3),
        ("a = 1\r\n[b]\r\nc = [\r\n  1,\r\n  2,\r\n]\r\n", ("b", "c", 1), 5),
        ('a = "x\u2028y"\nb = 1\n', ("b",), 2),
    ],
    ids=[
        "item-on-the-key's-line",
        "two-items-a-line",
        "array-in-array",
        "item-of-an-inner-array",
        "array-in-a-table-in-an-array",
        "text-in-an-array",
        "brackets-and-quotes-that-open-nothing",
        "windows-line-ends",
        "unicode-separator",
    ],
)
def test_unusual_layouts_are_followed_too(
    text: str, path: tuple[str | int, ...], line: int
) -> None:
    """The line is right however an author breaks the lines of an array or a string."""
    tomllib.loads(text)
    assert toml_line(text, path) == line


_PATHS = st.lists(
    st.one_of(st.sampled_from(["claims", "a", "b", "evidence"]), st.text(), st.integers(0, 4))
)
_TEXTS = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from(
            [
                "[[claims]]",
                "[a.b]",
                "[[claims.evidence]]",
                "a=[",
                "b='''",
                '"""',
                "{a=1},",
                "]",
                "'",
                "[a",
                "a.b=1",
                "\u2028",
                "e=[{",
            ]
        )
    ).map("\n".join),
)


@given(text=_TEXTS, path=_PATHS)
@example(text="", path=["a", 0])
@example(text="a = [", path=["a", 3, "b"])
def test_any_text_and_path_give_a_line_of_the_file(text: str, path: list[str | int]) -> None:
    """Whatever the text and the path, nothing is raised and the line is one of the file's."""
    assert 1 <= toml_line(text, path) <= text.count("\n") + 1


def _leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[Any, Any]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _leaves(item, (*path, index))
    else:
        yield path, value


_RECORDS = st.lists(st.integers(0, 3), min_size=1, max_size=4)


@given(sizes=_RECORDS, multiline=st.booleans())
def test_every_value_of_a_written_file_is_found(sizes: list[int], multiline: bool) -> None:
    """In a file written as ours are, each value is found on the line that holds it."""
    number = iter(range(1000))
    lines = [f'title = "{next(number)}"']
    for size in sizes:
        lines += ["[[claims]]", f'id = "{next(number)}"', "evidence = ["]
        if multiline:
            lines[-1:] = ['text = """', "[[claims]]", f'{next(number)}"""', "evidence = ["]
        lines += [f'  {{ source = "{next(number)}" }},' for _ in range(size)]
        lines += ["]", "[claims.verified]", f'version = "{next(number)}"']
    text = "\n".join(lines)
    for path, value in _leaves(tomllib.loads(text)):
        found = lines[toml_line(text, path) - 1]
        assert f'"{value}"' in found or (path[-1] == "text" and found == 'text = """')


BIB = """\
@online{one,
  title = {The date = {2025} of @online{two, in a title},
  date = {2025},
}

@comment{two}

  @Online {two,
  Title = {Two},
  urldate = {2026-02-01}
}
@online{two-b,
  url = {https://b.example},
}
"""


@pytest.mark.parametrize(
    ("key", "field", "line"),
    [
        ("one", None, 1),
        ("one", "date", 3),
        ("one", "url", 1),
        ("two", None, 8),
        ("two", "urldate", 10),
        ("two-b", "url", 13),
        ("three", None, 1),
    ],
)
def test_a_source_is_found_by_entry_and_field(key: str, field: str | None, line: int) -> None:
    """The line is the field's, without it the entry's, and the first for an unknown key."""
    assert bib_line(BIB, key, field) == line


@given(text=st.text(), key=st.text(), field=st.none() | st.text())
@example(text="", key="a", field="b")
def test_any_bibliography_gives_a_line_of_the_file(text: str, key: str, field: str | None) -> None:
    """Whatever the text and the key, nothing is raised and the line is one of the file's."""
    assert 1 <= bib_line(text, key, field) <= text.count("\n") + 1
