"""No text of a page is ever read as code."""

from __future__ import annotations

import json

import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from typst_builder.literals import array, call, dictionary, sequence, string

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n\t"\\#{}$'))


@settings(max_examples=20)
@given(st.lists(TEXT, min_size=20))
def test_a_string_is_what_typst_reads(texts: list[str]) -> None:
    """Typst reads a literal as the very text it was made of."""
    assert json.loads(typst.eval(b"", array(map(string, texts)))) == texts


def test_control_characters_are_left_out() -> None:
    """What no font shows, and PDF/A forbids, is gone."""
    assert string("a\x00\x1b[0m\rb") == '"a[0mb"'


def test_collections_keep_their_kind() -> None:
    """One item is an array still, and none is one too."""
    for code, value in {"": [], "a": ["a"], "ab": ["a", "b"]}.items():
        assert json.loads(typst.eval(b"", array(map(string, code)))) == value
    assert json.loads(typst.eval(b"", dictionary({"a-b": "1"}))) == {"a-b": 1}
    assert json.loads(typst.eval(b"", dictionary({}))) == {}


def test_calls_and_sequences() -> None:
    """An argument that is None is left out, and a sequence of one is the one."""
    assert call("f", "1", first_line="2", gone=None) == "f(1, first-line: 2)"
    assert [sequence(parts) for parts in ([], ["a"], ["a", "", "b"])] == ["[]", "a", "{a;b}"]
