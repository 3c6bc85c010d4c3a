from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.examples.conftest import Sample

LONE_RUST = '[rust]\nkind = "compile-error"\nerror = "E0382"\n'


def test_a_pair_is_read(sample: Sample) -> None:
    """A program's sides are the folders that exist, with what its file says of each."""
    sample.add(
        "taste/greet",
        'args = ["a"]\n[go]\nargs = []\nenv = { A = "1" }\nshow = ["main.go", "main.go"]\n',
        rust="x",
        go="x",
        expected="",
    )
    [program] = sample.programs()
    assert (program.id, program.comparison, list(program.sides)) == (
        "taste/greet",
        "tea-vs-coffee",
        ["rust", "go"],
    )
    rust, go = program.sides.values()
    assert (rust.args, rust.env, rust.shown) == (("a",), {}, ("src/main.rs",))
    assert (go.args, go.env, go.shown) == ((), {"A": "1"}, ("main.go", "main.go"))


def test_a_failing_program_may_have_one_side(sample: Sample) -> None:
    """What must fail need not have a counterpart, nor an expected output."""
    sample.add("taste/moved", LONE_RUST, rust="x")
    assert list(sample.programs()[0].sides) == ["rust"]


@pytest.mark.parametrize(
    ("data", "sides", "told"),
    [
        ("", "r", "example.toml:1: kind: has no side go; expected both sides"),
        ("", "", "example.toml:1: file: has no side; expected a folder rust/ or go/"),
        ("", "rg-", "expected.txt is missing; expected expected.txt if, and only if"),
        ('kind = "test"', "rg", "expected.txt is not used"),
        ('stdin = "in.txt"', "rg", 'example.toml:3: stdin: no file "in.txt"'),
        ("colour = 1", "rg", "example.toml:3: colour: unknown key; expected one of: title,"),
        ("[go]\ncolour = 1", "rg", "go.colour: unknown key; expected one of: kind, show,"),
        ('[go]\nmatches = "("', "rg", "go.matches: is '('; expected a regular expression"),
        ('[go]\nmatches = "a"', "rg", 'go.matches: has no meaning for the kind "run"'),
        ("[go]\nexit = 3", "rg", 'go.exit: has no meaning for the kind "run"'),
        ('[go]\nerror = "E0382"', "rg", "go.error: is no error code of rustc here"),
        ('[go]\nkind = "run-error"', "rg", "go: does not say how it must fail; expected matches"),
        ('[rust]\nkind = "run-error"\nmatches = "a"', "g", "rust: describes a side that is not"),
        ('[go]\nkind = "run-error"\nexit = 1\nsignal = "SIGABRT"\nmatches = "a"', "rg", "signal"),
        ('[go]\nkind = "run-error"\nsignal = "SIGNOT"\nmatches = "a"', "rg", "the name of a sig"),
        ('[go]\nshow = ["b.go"]', "rg", "go/b.go:1: file: is missing; expected a file that"),
        ('[go]\nshow = ["../b.go"]', "rg", "go/../b.go:1: file: is missing; expected a file"),
        ('[go]\nshow = ["../../b.go"]', "rg", "go.show[0]: is '../../b.go'"),
        ('look_at = "Twice."', "rg", "example.toml:3: syntax"),
        ("timeout_seconds = 0", "rg", "example.toml:3: timeout_seconds: is 0"),
    ],
)
def test_a_mistake_is_told_with_file_line_and_key(
    sample: Sample, data: str, sides: str, told: str
) -> None:
    """Each rule of the format has its message."""
    expected = None if "-" in sides else "x\n"
    rust, go = "x" * ("r" in sides), "x" * ("g" in sides)
    sample.add("taste/greet", data, rust=rust, go=go, expected=expected)
    assert any(told in problem for problem in sample.problems()), sample.problems()


def test_files_of_sides_are_checked(sample: Sample) -> None:
    """All mistakes of all programs are told at once."""
    sample.add("taste/moved", LONE_RUST, rust="// region: a\n")
    sample.write("taste/moved/rust/Cargo.toml", "")
    sample.add("taste/greet", rust="x", go="x", expected="")
    sample.write("taste/greet/rust/Cargo.toml", '[package]\nname = "other"\n')
    go = '[go]\nkind = "compile-error"\nmatches = "unused"\n'
    sample.add("taste/unused", go, go="package main\n")
    sample.add("cost/greet", rust="x", go="x", expected="")
    told = "\n".join(sample.problems())
    for phrase in (
        "taste/moved/rust/main.rs:1: region:",
        "taste/moved/rust/Cargo.toml:1: file: makes a package",
        'taste/greet/rust/Cargo.toml:2: package.name: is not the program\'s; expected "greet"',
        "taste/greet/rust/Cargo.toml:1: lints:",
        "taste/unused/go/main.go:1: file: would break the module's build",
    ):
        assert phrase in told


def test_names_of_programs_are_unique(sample: Sample) -> None:
    """The last part of an id is a Cargo package's name, so no two programs share it."""
    for topic in ("taste", "cost"):
        sample.add(f"{topic}/greet", rust="x", go="x", expected="")
    assert len(sample.problems()) == 2
    assert 'another program is called "greet"' in sample.problems()[0]


def test_a_go_file_that_must_not_compile_is_ignored_by_the_module(sample: Sample) -> None:
    """Its build constraint may follow comments, but stands before the package."""
    data = '[go]\nkind = "compile-error"\nmatches = "unused"\n'
    sample.add("taste/unused", data, go="// Unused.\n\n//go:build ignore\n\npackage main\n")
    assert sample.problems() == []
