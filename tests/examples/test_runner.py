from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from examples.results import read_results

if TYPE_CHECKING:
    from tests.examples.conftest import Sample


def test_a_new_pair_is_run_and_kept(sample: Sample) -> None:
    """Regenerating writes each side's output with its command, and the result of the pair."""
    sample.add("taste/greet", 'args = ["a b"]', rust='echo "$1"', go="echo a b", expected="a b\n")
    report = sample.regenerate()
    assert (report.problems, report.ran) == ([], 2)
    assert sample.read("taste/greet/output-go.txt") == ("$ sh taste/greet/go/main.go 'a b'\na b\n")
    results = read_results(sample.workspace)
    assert {key: result.passed for key, result in results.items()} == {
        ("taste/greet", "rust"): ("2.0.1",),
        ("taste/greet", "go"): ("2.0.1",),
    }
    assert sample.run().problems == []


def test_what_is_unchanged_costs_nothing(pair: Sample) -> None:
    """A side that passed is neither built nor run again, by any later process."""
    report = pair.run()
    assert (report.ran, report.unchanged, pair.asked()) == (0, 2, [])


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("taste/greet/go/main.go", ["taste/greet (Go)"]),
        ("taste/greet/example.toml", ["taste/greet (Rust)", "taste/greet (Go)"]),
        ("Cargo.lock", ["taste/greet (Rust)"]),
    ],
)
def test_a_changed_input_runs_what_rests_on_it(pair: Sample, path: str, asked: list[str]) -> None:
    """Only the sides that depend on the file are built, and their results are told to be stale."""
    before = pair.read(path) if path != "Cargo.lock" else ""
    pair.write(path, f"{before}\n# changed\n" if path.endswith("toml") else f"{before}\n\n")
    report = pair.run()
    assert pair.asked() == asked
    assert [text.partition(":")[0] for text in report.problems] == asked
    assert all("changed since it last passed" in text for text in report.problems)
    assert pair.regenerate().problems == []
    assert pair.run().problems == []


def test_another_release_runs_everything_again(pair: Sample) -> None:
    """A result of one release says nothing of another; once kept, both are known."""
    pair.toolchains["go"].release = "2.1.0"
    assert pair.run().ran == 1
    pair.regenerate()
    results = read_results(pair.workspace)
    assert results["taste/greet", "go"].passed == ("2.0.1", "2.1.0")
    assert results["taste/greet", "rust"].passed == ("2.0.1",)


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        ("go/main.go", "echo hullo", ["(Go): printed something else", "-hello\n+hullo"]),
        ("go/main.go", "echo hello; exit 3", ["(Go): ended with exit status 3"]),
        ("go/main.go", "SYNTAX", ["(Go): does not build\nline 1: SYNTAX"]),
        ("expected.txt", "hi\n", ["(Rust): printed", "(Go): printed", "-hi\n+hello"]),
        ("output-rust.txt", "$ x\nhello\n", ["(Rust): taste/greet/output-rust.txt is not"]),
        ("rust/src/main.rs", "echo hello >&2; echo hello", ["(Rust): ", "+[standard error]"]),
        ("example.toml", 'title = "T"\nlook_at = "L."\nargs = ["a"]', ["+$ sh", "main.go a"]),
    ],
)
def test_breaking_a_program_names_it(pair: Sample, path: str, text: str, told: list[str]) -> None:
    """A broken program, expected output or kept output is a problem that names the program."""
    pair.write(f"taste/greet/{path}", text)
    problems = pair.run().problems
    assert all(problem.startswith("taste/greet (") for problem in problems)
    assert all(phrase in "\n".join(problems) for phrase in told), problems
    # It fails again: nothing of it was remembered.
    assert pair.run().problems == problems


def test_breaking_a_diagnostic_names_the_program(sample: Sample) -> None:
    """A program that must fail and does so otherwise, or not at all, is a problem."""
    data = '[go]\nkind = "run-error"\nmatches = "^boom"\n'
    sample.add("taste/crash", data, go="echo boom; exit 2")
    assert sample.regenerate().problems == []
    assert sample.read("taste/crash/output-go.txt").endswith("boom\n[exit status 2]\n")
    for script, told in (("echo bang; exit 2", "does not match"), ("echo boom", "exit status 0")):
        sample.write("taste/crash/go/main.go", script)
        [problem] = sample.run().problems
        assert problem.startswith("taste/crash (Go): ")
        assert told in problem


def test_all_problems_of_a_run_are_told(sample: Sample) -> None:
    """One broken program does not hide another."""
    for name in ("one", "two"):
        sample.add(f"taste/{name}", rust="echo x", go="echo y", expected="z\n")
    names = [problem.partition(":")[0] for problem in sample.run().problems]
    assert names == [
        "taste/one (Rust)",
        "taste/two (Rust)",
        "taste/one (Go)",
        "taste/two (Go)",
    ]


def test_a_broken_program_is_not_kept(pair: Sample) -> None:
    """Regenerating leaves the output and the result of what fails as they were."""
    before = (pair.read("taste/greet/output-go.txt"), pair.read("results.json"))
    pair.write("taste/greet/go/main.go", "echo hullo")
    assert len(pair.regenerate().problems) == 1
    assert (pair.read("taste/greet/output-go.txt"), pair.read("results.json")) == before


def test_an_output_that_varies_is_kept_until_it_no_longer_holds(sample: Sample) -> None:
    """A run that differs only as it may leaves the file alone."""
    data = '[go]\nkind = "run-error"\nmatches = "boom"\nvaries = "The number."\n'
    sample.add("taste/crash", data, go="echo boom $$; exit 2")
    sample.regenerate()
    kept = sample.read("taste/crash/output-go.txt")
    assert sample.regenerate().written == []
    assert sample.read("taste/crash/output-go.txt") == kept


def test_a_program_without_end_is_ended(sample: Sample) -> None:
    """When the time is up, the program and its children are ended, and that is the problem."""
    sample.add(
        "taste/greet", "timeout_seconds = 1", rust="sleep 60 & wait", go="echo x", expected="x\n"
    )
    [problem] = sample.run().problems[:1]
    assert problem.startswith("taste/greet (Rust): did not end within 1 seconds")


def test_a_program_reads_its_input_and_environment(sample: Sample) -> None:
    """Input and environment are the program's own, and part of the command that readers see."""
    data = 'stdin = "in.txt"\nenv = { GREETING = "good day" }\n'
    script = 'read name; echo "$GREETING $name"'
    sample.add("taste/greet", data, rust=script, go=script, expected="good day you\n")
    sample.write("taste/greet/in.txt", "you\n")
    assert sample.regenerate().problems == []
    command = sample.read("taste/greet/output-rust.txt").splitlines()[0]
    assert command == ("$ GREETING='good day' sh taste/greet/rust/src/main.rs < taste/greet/in.txt")


@pytest.mark.parametrize(
    ("release", "told"),
    [
        (None, "Go is not installed; expected Go 1.90 or newer, from the fake shop"),
        ("1.89.9", "Go 1.89.9 is installed; expected Go 1.90 or newer, from the fake shop"),
    ],
)
def test_a_toolchain_that_will_not_do_is_named_once(
    pair: Sample, release: str | None, told: str
) -> None:
    """The other subject's programs run all the same."""
    pair.add("taste/second", rust="echo x", go="echo x", expected="x\n")
    pair.toolchains["go"].release = release
    report = pair.run()
    assert report.problems[0] == told
    assert pair.asked() == ["taste/second (Rust)"]
    assert sum("Go" in problem for problem in report.problems) == 1


def test_results_of_removed_programs_are_dropped(pair: Sample) -> None:
    """When everything is regenerated, and only then, orphans go."""
    pair.add("taste/second", rust="echo x", go="echo x", expected="x\n")
    second = [program for program in pair.programs() if program.id == "taste/second"]
    assert pair.runner.regenerate(second, everything=False).problems == []
    assert len(read_results(pair.workspace)) == 4
    assert pair.runner.regenerate(second, everything=True).problems == []
    assert {program for program, _ in read_results(pair.workspace)} == {"taste/second"}


def test_linters_run_once_for_what_is_unchanged(pair: Sample) -> None:
    """What they found nothing in is not linted again; what they find is told."""
    assert pair.runner.lint(pair.programs()).problems == []
    assert pair.asked() == ["lint taste/greet (Rust)", "lint taste/greet (Go)"]
    assert pair.runner.lint(pair.programs()).unchanged == 2
    pair.write("taste/greet/go/main.go", "UGLY")
    assert pair.runner.lint(pair.programs()).problems == ["fakefmt\ntaste/greet (Go) is ugly"]
    assert "lint taste/greet (Go)" in pair.asked()
