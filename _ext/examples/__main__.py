"""Check the programs of comparisons: build them, run them, compare what they print."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from .go import GoToolchain
from .load import load_programs, workspaces
from .model import Program
from .results import ResultsError, orphans, read_results, stale_results, versions_passed
from .runner import Report, Runner, Toolchains
from .rust import RustToolchain

TOOLCHAINS: Toolchains = {"rust": RustToolchain(), "go": GoToolchain()}

COMMANDS = {
    "run": "build and run programs, and compare what they print with what is kept",
    "regenerate": "build and run programs, and keep what they print",
    "lint": "run the formatters and linters of both languages",
    "verify": "check, without a toolchain, that every result is of the files as they are",
    "list": "list the programs, and the releases on which they passed",
}


def main(arguments: list[str] | None = None, toolchains: Toolchains = TOOLCHAINS) -> int:
    """Run a command; return the process's exit code: 0, or 1 when there are problems."""
    parser = argparse.ArgumentParser(prog="python -m examples", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, text in COMMANDS.items():
        command = commands.add_parser(name, help=text, description=text)
        command.add_argument(
            "ids", nargs="*", metavar="ID", help="a topic, or topic/program; all without one"
        )
        command.add_argument("--comparisons", type=Path, default=Path("comparisons"))
        command.add_argument("--work", type=Path, default=Path("_build/examples"))
    options = parser.parse_args(arguments)
    loaded = [
        (workspace, load_programs(workspace)) for workspace in workspaces(options.comparisons)
    ]
    problems = [
        str(problem)
        for workspace, found in loaded
        for problem in found.problems
        if _wanted(problem.file.relative_to(workspace).as_posix(), options.ids)
    ]
    everything = [program for _, found in loaded for program in found.programs]
    if not problems:
        problems += _unknown(options.ids, [program.id for program in everything])
    counts = Report()
    for workspace, found in loaded:
        programs = [program for program in found.programs if _wanted(program.id, options.ids)]
        if not programs or (problems and options.command == "regenerate"):
            continue
        try:
            report = _command(options, workspace, programs, toolchains)
        except ResultsError as error:
            report = Report(problems=[str(error)])
        problems += report.problems
        counts.ran += report.ran
        counts.unchanged += report.unchanged
    if not loaded:
        problems.append(
            f"{options.comparisons}: no program; expected <topic>/<program> in examples/"
        )
    for problem in problems:
        print(problem.rstrip("\n"), file=sys.stderr)
    if options.command in ("run", "regenerate", "lint"):
        verb = "linted" if options.command == "lint" else "ran"
        print(f"{counts.ran} sides {verb}, {counts.unchanged} unchanged, {len(problems)} problems")
    return int(bool(problems))


def _command(
    options: argparse.Namespace,
    workspace: Path,
    programs: Sequence[Program],
    toolchains: Toolchains,
) -> Report:
    runner = Runner(workspace, options.work, toolchains)
    match options.command:
        case "run":
            return runner.run(programs)
        case "lint":
            return runner.lint(programs)
        case "regenerate":
            report = runner.regenerate(programs, everything=not options.ids)
            for path in report.written:
                print(path)
            return report
        case "verify":
            return _verify(workspace, programs, everything=not options.ids)
        case _:
            _list(workspace, programs)
            return Report()


def _verify(workspace: Path, programs: Sequence[Program], everything: bool) -> Report:
    results = read_results(workspace)
    problems = list(stale_results(programs, results))
    if everything:
        for program, subject in orphans(programs, results):
            wrong = f"{program} ({subject}): has a result, but is no program"
            problems.append(f"{wrong}; expected `python -m examples regenerate`")
    return Report(problems)


def _list(workspace: Path, programs: Iterable[Program]) -> None:
    results = read_results(workspace)
    for program in programs:
        print(f"{program.id}: {program.data.title}")
        for side in program.sides.values():
            versions = ", ".join(versions_passed(side, results))
            state = f"passed on {versions}" if versions else "not run since it changed"
            print(f"  {side.subject.title}: {side.kind}, {state}")


def _wanted(id_: str, wanted: Sequence[str]) -> bool:
    return not wanted or any(id_ == name or id_.startswith(f"{name}/") for name in wanted)


def _unknown(wanted: Sequence[str], known: Sequence[str]) -> list[str]:
    """Return a problem for each id that names nothing."""
    return [
        f'unknown program "{name}"; expected a topic, or one of: {", ".join(known)}'
        for name in wanted
        if not any(_wanted(id_, [name]) for id_ in known)
    ]


if __name__ == "__main__":
    sys.exit(main())
