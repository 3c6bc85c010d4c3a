from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from examples.runner import Runner
from examples.rust import RustToolchain
from examples.toolchain import ToolchainError, require

if TYPE_CHECKING:
    from tests.examples.conftest import FakeTools, Sample

LONE = '[rust]\nkind = "compile-error"\nerror = "E0382"\n'
CRASH = '[rust]\nkind = "run-error"\nmatches = "boom"\nflags = ["--release"]\n'


def test_commands_are_those_that_a_reader_types(sample: Sample) -> None:
    """They name package, flags, arguments, input and environment."""
    sample.add("taste/moved", LONE, rust="x")
    sample.add("taste/crash", CRASH, rust="x")
    sample.add("taste/greet", 'args = ["a b"]', rust="x", go="x", expected="")
    sample.add("taste/table", 'kind = "test"', rust="x", go="x")
    command = RustToolchain().command
    assert [command(program.sides["rust"]) for program in sample.programs()] == [
        "cargo run -q -p crash --release",
        "cargo run -q -p greet -- 'a b'",
        "rustc --edition 2024 taste/moved/rust/main.rs",
        "cargo test -p table",
    ]


def test_packages_are_built_at_once_and_run(sample: Sample, fake_tools: FakeTools) -> None:
    """One call of cargo builds all packages of the same flags; each then runs its own program."""
    for name in ("one", "two"):
        text = f"echo {name}"
        sample.add(f"taste/{name}", '[go]\nkind = "run"', rust=text, go=text, expected=f"{name}\n")
    sample.add("taste/crash", CRASH, rust="echo boom; exit 101")
    programs = sample.programs()
    runner = Runner(sample.workspace, sample.work, {"rust": RustToolchain()})
    assert runner.regenerate(programs, everything=True).problems == []
    builds = [call for call in fake_tools.calls() if call[1] == "build"]
    assert sorted([w for w in call if w in ("one", "two", "crash")] for call in builds) == [
        ["crash"],
        ["one", "two"],
    ]
    assert runner.run(programs).problems == []


def test_an_error_belongs_to_the_package_that_has_it(sample: Sample, fake_tools: FakeTools) -> None:
    """One that does not build does not stop the other, and is named."""
    sample.add("taste/good", rust="echo x", go="x", expected="x\n")
    sample.add("taste/bad", rust="SYNTAX", go="x", expected="x\n")
    runner = Runner(sample.workspace, sample.work, {"rust": RustToolchain()})
    problems = [text for text in runner.run(sample.programs()).problems if "output" not in text]
    assert problems == ["taste/bad (Rust): does not build\nerror: SYNTAX in bad\n"]


def test_what_is_wrong_with_all_packages_is_told_once(
    sample: Sample, fake_tools: FakeTools
) -> None:
    """A lock file that is out of date is no program's mistake."""
    for name in ("one", "two"):
        sample.add(f"taste/{name}", rust="UNLOCKED", go="x", expected="x\n")
    runner = Runner(sample.workspace, sample.work, {"rust": RustToolchain()})
    assert runner.run(sample.programs()).problems == [
        "Rust: cargo build failed:\nerror: the lock file needs to be updated"
    ]


def test_wanted_and_installed_releases_are_known(sample: Sample, fake_tools: FakeTools) -> None:
    """The workspace says what is wanted; without cargo or rustc, nothing is installed."""
    toolchain = RustToolchain()
    assert toolchain.wanted(sample.workspace) == "1.90"
    assert require(toolchain, sample.workspace) == "1.91.0"
    fake_tools.remove("rustc")
    with pytest.raises(
        ToolchainError, match=r"Rust is not installed; expected Rust 1\.90 or newer"
    ):
        require(toolchain, sample.workspace)
    sample.write("Cargo.toml", "[workspace]\n")
    with pytest.raises(ToolchainError, match="expected rust-version and edition"):
        toolchain.wanted(sample.workspace)


def test_single_files_are_formatted_too(sample: Sample, fake_tools: FakeTools) -> None:
    """With fake linters there is nothing to complain of; packages alone concern cargo."""
    sample.add("taste/moved", LONE, rust="x")
    sides = [program.sides["rust"] for program in sample.programs()]
    assert RustToolchain().lint(sample.workspace, sides, sample.work) == []
    assert fake_tools.calls() == []
