"""Builds, runs and judges programs: everything once, then two at a time, unchanged ones never."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from . import judge
from .content import side_digest, write_text
from .model import EXPECTED_FILE, Kind, Program, Side
from .passed import Passed
from .results import RESULTS_FILE, Result, orphans, read_results, stale_results, write_results
from .services import Environment, started
from .toolchain import Build, Toolchain, ToolchainError, execute, require

JOBS = 2

Toolchains = Mapping[str, Toolchain]


@dataclass
class Report:
    """What came of a run over the programs of one comparison."""

    problems: list[str] = field(default_factory=list)
    """Each with the program or tool named in its first line."""
    ran: int = 0
    unchanged: int = 0
    written: list[Path] = field(default_factory=list)


class Runner:
    """The programs of one examples folder, and the toolchains that are good enough for them."""

    def __init__(self, workspace: Path, work: Path, toolchains: Toolchains) -> None:
        self.workspace = workspace
        self._work = work.resolve() / workspace.parent.name
        self._toolchains = toolchains
        self._usable: dict[str, str] = {}
        self._passed = Passed(self._work / "passed", self._usable)

    def run(self, programs: Sequence[Program]) -> Report:
        """Run programs and compare what they print with what is kept; write nothing."""
        report = Report()
        sides = self._sides(programs, report)
        changed = [side for side in sides if not self._passed.holds(side)]
        report.unchanged = len(sides) - len(changed)
        good = [side for side in sides if side not in changed]
        for side, seen, found in self._outcomes(changed, report, locked=True):
            kept = side.output.read_text(encoding="utf-8") if side.output.is_file() else None
            found = found or judge.drift(side, seen, kept)
            report.problems += (f"{side.id}: {text}" for text in found)
            if not found:
                good.append(side)
                self._passed.note(side)
        report.problems += self._stale(programs, good)
        return report

    def regenerate(self, programs: Sequence[Program], everything: bool) -> Report:
        """Run programs and keep what those that do as they must print, and that they passed.

        With `everything` the results of programs that are no more are dropped.
        """
        report = Report()
        sides = self._sides(programs, report)
        good = []
        for side, seen, found in self._outcomes(sides, report, locked=False):
            report.problems += (f"{side.id}: {text}" for text in found)
            if not found:
                good.append(side)
                kept = side.output.read_text(encoding="utf-8") if side.output.is_file() else None
                changed = kept is None or not judge.still_holds(side, seen, kept)
                if changed and write_text(side.output, seen):
                    report.written.append(side.output)
        with self._alone():
            results = read_results(self.workspace)
            for side in good:  # after all is written: digests cover outputs and lock files
                key = (side.program, side.subject.id)
                digest = side_digest(side)
                before = results.get(key, Result(digest, ()))
                results[key] = before.also(digest, self._usable[side.subject.id])
                self._passed.note(side)
            if everything and not report.problems:
                for key in orphans(programs, results):
                    del results[key]
            if write_results(self.workspace, results):
                report.written.append(self.workspace / RESULTS_FILE)
        return report

    def lint(self, programs: Sequence[Program]) -> Report:
        """Run the formatters and linters of every subject."""
        report = Report()
        sides = self._sides(programs, report)
        for subject in self._usable:
            own = [side for side in sides if side.subject.id == subject]
            if not own or self._passed.lint_holds(subject, own):
                report.unchanged += len(own)
                continue
            report.ran += len(own)
            found = self._toolchains[subject].lint(self.workspace, own, self._work)
            report.problems += found
            if not found:
                self._passed.note_lint(subject, own)
        return report

    def _sides(self, programs: Sequence[Program], report: Report) -> list[Side]:
        """Return the sides whose toolchain is there; tell of each that is not, once."""
        sides = []
        for subject, toolchain in self._toolchains.items():
            own = [program.sides[subject] for program in programs if subject in program.sides]
            if not own:
                continue
            try:
                self._usable[subject] = require(toolchain, self.workspace)
                sides += own
            except ToolchainError as error:
                report.problems.append(str(error))
        return sides

    def _outcomes(
        self, sides: Sequence[Side], report: Report, locked: bool
    ) -> list[tuple[Side, str, list[str]]]:
        """Build and run sides; return each with its transcript and what it did wrong."""
        builds: list[tuple[Side, Build]] = []
        for subject, toolchain in self._toolchains.items():
            own = [side for side in sides if side.subject.id == subject]
            if not own:
                continue
            try:
                made = toolchain.build(own, self._work, locked)
                builds += ((side, made[side.program]) for side in own)
            except ToolchainError as error:
                report.problems.append(f"{toolchain.subject.title}: {error}")
        try:
            with started([side for side, _ in builds]) as environment:
                return self._run_all(builds, environment, report)
        except ToolchainError as error:
            report.problems.append(str(error))
            builds = [(side, build) for side, build in builds if not side.data.needs]
            return self._run_all(builds, lambda side: {}, report)

    def _run_all(
        self, builds: Sequence[tuple[Side, Build]], environment: Environment, report: Report
    ) -> list[tuple[Side, str, list[str]]]:
        report.ran = len(builds)
        with ThreadPoolExecutor(JOBS) as pool:
            return list(pool.map(lambda pair: self._outcome(pair[0], pair[1], environment), builds))

    def _outcome(
        self, side: Side, build: Build, environment: Environment
    ) -> tuple[Side, str, list[str]]:
        if build.failure:
            return side, "", [f"does not build\n{build.failure}"]
        stdin = side.program_folder / side.data.stdin if side.data.stdin else None
        env = {**build.env, **side.env, **environment(side)}
        root = self.workspace.resolve()
        outcome = execute(build.argv, root, env, stdin, side.data.timeout_seconds)
        toolchain = self._toolchains[side.subject.id]
        places = [*toolchain.places(), (self._work, "$BUILD"), (root, "")]
        seen = judge.transcript(side, toolchain.command(side), outcome, places)
        expected = None
        if side.kind is Kind.RUN:
            expected = (side.program_folder / EXPECTED_FILE).read_text(encoding="utf-8")
        return side, seen, judge.faults(side, outcome, seen, expected)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep out other processes that regenerate programs of the same folder."""
        self._work.mkdir(parents=True, exist_ok=True)
        with (self._work / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _stale(self, programs: Sequence[Program], good: Sequence[Side]) -> list[str]:
        """Return which sides passed now, but have a result of other files."""
        names = {side.id for side in good}
        stale = stale_results(programs, read_results(self.workspace))
        return [line for line in stale if line.partition(": ")[0] in names]
