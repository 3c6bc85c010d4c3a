from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from examples.go import GoToolchain
from examples.runner import Runner
from examples.toolchain import ToolchainError, require

if TYPE_CHECKING:
    from tests.examples.conftest import FakeTools, Sample

IGNORED = "//go:build ignore\n"
UNUSED = '[go]\nkind = "compile-error"\nmatches = "SYNTAX"\n'
RACE = '[go]\nkind = "run-error"\nflags = ["-race"]\nexit = 66\nmatches = "RACE"\n'


def test_commands_are_those_that_a_reader_types(sample: Sample) -> None:
    """They name package, flags and arguments."""
    sample.add("taste/unused", UNUSED, go=IGNORED)
    sample.add("taste/race", RACE, go="x")
    sample.add("taste/greet", 'args = ["a b"]', rust="x", go="x", expected="")
    sample.add("taste/table", 'kind = "test"', rust="x", go="x")
    command = GoToolchain().command
    assert [command(program.sides["go"]) for program in sample.programs()] == [
        "go run ./taste/greet/go 'a b'",
        "go run -race ./taste/race/go",
        "go test -v ./taste/table/go",
        "go build taste/unused/go/main.go",
    ]


def test_programs_are_built_and_run(sample: Sample, fake_tools: FakeTools) -> None:
    """What must not compile is compiled, what must run is run, each with its flags."""
    sample.add("taste/unused", UNUSED, go=f"{IGNORED}SYNTAX\n")
    sample.add("taste/race", RACE, go="echo RACE; exit 66")
    programs = sample.programs()
    runner = Runner(sample.workspace, sample.work, {"go": GoToolchain()})
    assert runner.regenerate(programs, everything=True).problems == []
    assert runner.run(programs).problems == []
    assert sample.read("taste/unused/output-go.txt") == (
        "$ go build taste/unused/go/main.go\n./taste/unused/go/main.go:1:1: SYNTAX\n"
    )
    builds = [call for call in fake_tools.calls() if call[1] == "build"]
    assert any("-race" in call and call[-1] == "./taste/race/go" for call in builds)


def test_a_program_that_does_not_build_is_named(sample: Sample, fake_tools: FakeTools) -> None:
    """The compiler's words follow."""
    sample.add("taste/race", RACE, go="SYNTAX")
    runner = Runner(sample.workspace, sample.work, {"go": GoToolchain()})
    [problem] = runner.run(sample.programs()).problems
    assert problem.startswith("taste/race (Go): does not build\n./taste/race/go/main.go:1:1: SYN")


def test_wanted_and_installed_releases_are_known(sample: Sample, fake_tools: FakeTools) -> None:
    """The module says what is wanted."""
    toolchain = GoToolchain()
    assert toolchain.wanted(sample.workspace) == "1.24"
    assert require(toolchain, sample.workspace) == "1.25.1"
    sample.write("go.mod", "module sample\n\ngo 1.26.0\n")
    with pytest.raises(
        ToolchainError, match=r"Go 1\.25\.1 is installed; expected Go 1\.26\.0 or newer, from"
    ):
        require(toolchain, sample.workspace)
    sample.write("go.mod", "module sample\n")
    with pytest.raises(ToolchainError, match="expected a line such as"):
        toolchain.wanted(sample.workspace)


def test_linters_look_at_what_builds(sample: Sample, fake_tools: FakeTools) -> None:
    """A file that must not compile is formatted, but neither vetted nor checked."""
    sample.add("taste/unused", UNUSED, go=IGNORED)
    sample.add("taste/race", RACE, go="x")
    sides = [program.sides["go"] for program in sample.programs()]
    assert GoToolchain().lint(sample.workspace, sides, sample.work) == []
    assert fake_tools.calls() == [
        ["go", "vet", "./taste/race/go/..."],
        ["go", "tool", "staticcheck", "./taste/race/go/..."],
    ]
