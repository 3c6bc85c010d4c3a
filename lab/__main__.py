"""Run the experiments of comparisons, publish what they show, check that results are sound."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from . import guard, results
from .build import build_programs
from .experiments import RESULTS, Experiment, load_experiments
from .launch import LabError
from .lint import lint
from .publish import write_summary
from .report import report
from .results import ResultsError
from .run import Builder, run_sitting
from .schema import write_schemas
from .terms import Mode
from .verify import stale, verify

COMMANDS = {
    "list": "list the experiments, and how often they were run",
    "run": "run a sitting of experiments, and publish what all sittings show",
    "report": "publish and show what the samples say",
    "guard": "count the instructions of programs, and find those that run more than before",
    "lint": "run the formatters and linters of both languages on all programs",
    "verify": "check, without a toolchain, that results are sound and of the sources as they are",
    "schema": "write the JSON Schemas of the lab's files",
}


def main(arguments: list[str] | None = None, build: Builder = build_programs) -> int:
    """Run a command; return the process's exit code: 0, or 1 when there are problems."""
    options = _options(arguments)
    loaded = load_experiments(options.comparisons)
    problems = list(map(str, loaded.problems))
    known = [experiment.id for experiment in loaded.experiments]
    for name in options.ids:
        if name not in known and not problems:
            problems.append(f'unknown experiment "{name}"; expected one of: {", ".join(known)}')
    if options.command == "schema":
        for path in write_schemas(options.comparisons):
            print(path)
    elif options.command == "lint":
        problems += _lint(sorted({one.workspace for one in loaded.experiments}), options.work)
    elif not problems or options.command == "verify":
        chosen = [e for e in loaded.experiments if not options.ids or e.id in options.ids]
        for experiment in chosen:
            problems += _command(options, experiment, build)
    for problem in problems:
        print(problem.rstrip("\n"), file=sys.stderr)
    return int(bool(problems))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m lab", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, text in COMMANDS.items():
        command = commands.add_parser(name, help=text, description=text)
        command.add_argument("ids", nargs="*", metavar="ID", help="an experiment; all without one")
        command.add_argument("--comparisons", type=Path, default=Path("comparisons"))
        command.add_argument("--work", type=Path, default=Path("_build/lab"))
        if name == "run":
            modes = command.add_mutually_exclusive_group()
            for mode, said in (
                (Mode.QUICK, "a few blocks, for a first look; publishes nothing"),
                (Mode.SMOKE, "the smallest work, to see that everything runs; publishes nothing"),
            ):
                modes.add_argument(
                    f"--{mode}", dest="mode", action="store_const", const=mode, help=said
                )
        if name == "guard":
            command.add_argument(
                "--write", action="store_true", help="keep the counts, to compare later ones with"
            )
    parser.set_defaults(mode=None)
    return parser.parse_args(arguments)


def _command(options: argparse.Namespace, experiment: Experiment, build: Builder) -> list[str]:
    commands: dict[str, Callable[[], list[str]]] = {
        "list": lambda: _list(experiment),
        "run": lambda: _run(experiment, options.mode or Mode.FULL, options.work, build),
        "report": lambda: _report(experiment),
        "guard": lambda: _guard(experiment, options.write, options.work, build),
        "verify": lambda: list(verify(experiment)),
    }
    try:
        return commands[options.command]()
    except KeyboardInterrupt:
        sys.exit(f"{experiment.id}: interrupted; the same command goes on with the next block")
    except (LabError, ResultsError) as error:
        return [f"{experiment.id}: {error}"]


def _list(experiment: Experiment) -> list[str]:
    print(f"{experiment.id}: {experiment.data.title}")
    print(f"  {experiment.data.question}")
    print(f"  workloads: {', '.join(workload.id for workload in experiment.data.workloads)}")
    if experiment.data.refused:
        print(f"  refused: {experiment.data.refused}")
    for folder in _published(experiment):
        print(f"  {folder.name}: {len(results.sittings_in(folder))} sittings")
    return []


def _run(experiment: Experiment, mode: Mode, work: Path, build: Builder) -> list[str]:
    if experiment.data.refused and mode is Mode.FULL:
        print(f"{experiment.id}: not run: {experiment.data.refused}")
        return []
    path = run_sitting(experiment, mode, work, _say, build)
    _drop_stale(experiment, path, mode)
    print(report(write_summary(experiment, path.parent)), end="")
    return []


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _drop_stale(experiment: Experiment, newest: Path, mode: Mode) -> None:
    """Delete the sittings that were run on something else than the newest one."""
    tools = results.read(newest).head.tools
    for path in results.sittings_in(newest.parent):
        if path == newest:
            continue
        sitting = results.read(path)
        outdated = mode is not Mode.FULL or next(stale(experiment, sitting), "")
        if outdated or sitting.head.tools != tools:
            print(f"{path}: is of other programs or tools; deleted", file=sys.stderr)
            path.unlink()


def _guard(experiment: Experiment, write: bool, work: Path, build: Builder) -> list[str]:
    if not guard.counted(experiment):
        return []
    programs = build(experiment, work)
    if write:
        print(guard.keep(experiment, programs))
        return []
    return list(guard.guard(experiment, programs, _say))


def _lint(workspaces: Sequence[Path], work: Path) -> list[str]:
    try:
        return [problem for workspace in workspaces for problem in lint(workspace, work)]
    except LabError as error:
        return [str(error)]


def _report(experiment: Experiment) -> list[str]:
    for folder in _published(experiment):
        print(report(write_summary(experiment, folder)), end="")
    return []


def _published(experiment: Experiment) -> list[Path]:
    return sorted(path for path in (experiment.folder / RESULTS).glob("*") if path.is_dir())


if __name__ == "__main__":
    sys.exit(main())
