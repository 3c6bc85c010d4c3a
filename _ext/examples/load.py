"""Finds the programs of comparisons and reads them, with every mistake found on the way.

Knows files and TOML; runs nothing, and must not know Sphinx.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comparison.locate import toml_line
from comparison.problem import Problem, dotted
from pydantic import ValidationError

from .model import EXAMPLE_FILE, EXPECTED_FILE, ExampleFile, Kind, Program, Side, SideFile
from .regions import RegionError, parse_source
from .subjects import SUBJECTS

EXAMPLES = "examples"

_IGNORED_BUILD = re.compile(r"\A(?://.*\n|\s*\n)*//go:build ignore$", re.MULTILINE)


@dataclass(frozen=True)
class Loaded:
    """The sound programs in the order of their ids, and all problems."""

    programs: list[Program]
    problems: list[Problem]


def workspaces(root: Path) -> list[Path]:
    """Return the examples folders of the comparisons below `root`, in alphabetical order."""
    return sorted({path.parents[2] for path in root.glob(f"*/{EXAMPLES}/*/*/{EXAMPLE_FILE}")})


def load_programs(workspace: Path) -> Loaded:
    """Read every program of an examples folder."""
    programs, problems = [], []
    for path in sorted(workspace.glob(f"*/*/{EXAMPLE_FILE}")):
        program, found = load_program(workspace, path.parent.relative_to(workspace).as_posix())
        problems += found
        if program:
            programs.append(program)
    problems += _same_names(programs)
    return Loaded(programs, sorted(problems))


def load_program(workspace: Path, id_: str) -> tuple[Program | None, list[Problem]]:
    """Read one program; return it if it is sound, and its problems."""
    path = workspace / id_ / EXAMPLE_FILE
    try:
        text = path.read_text(encoding="utf-8")
        data = ExampleFile.model_validate(tomllib.loads(text))
    except FileNotFoundError:
        return None, [Problem(path, 1, "file", "is missing", f"a file {EXAMPLE_FILE}")]
    except UnicodeDecodeError as error:
        return None, [Problem(path, 1, "file", str(error), "UTF-8 text")]
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        number = int(line[1]) if line else len(text.splitlines())
        return None, [Problem(path, number, "syntax", str(error), "valid TOML")]
    except ValidationError as error:
        return None, list(_explained(path, text, error))
    sides = {
        subject.id: Side(
            workspace, id_, subject, data, getattr(data, subject.id) or SideFile.model_validate({})
        )
        for subject in SUBJECTS.values()
        if (workspace / id_ / subject.id).is_dir()
    }
    program = Program(workspace, id_, data, sides)
    problems = []
    for key, wrong, expected in _faults(program):
        problems.append(Problem(path, toml_line(text, key), dotted(key), wrong, expected))
    for side in sides.values():
        problems += _source_problems(side)
    return (None if problems else program), problems


def _explained(path: Path, text: str, error: ValidationError) -> Iterator[Problem]:
    fields = ", ".join(ExampleFile.model_fields)
    own_fields = ", ".join(SideFile.model_fields)
    for item in error.errors(include_url=False):
        key = item["loc"]
        wrong, expected = (
            f"is {item['input']!r}",
            item["msg"].removeprefix("Value error, expected "),
        )
        if item["type"] == "missing":
            wrong, expected = "is missing", "this key"
        elif item["type"] == "extra_forbidden":
            wrong = "unknown key"
            expected = f"one of: {own_fields if key[0] in SUBJECTS else fields}"
        yield Problem(path, toml_line(text, key), dotted(key), wrong, expected)


Fault = tuple[tuple[str | int, ...], str, str]


def _faults(program: Program) -> Iterator[Fault]:
    """Yield key, what is wrong and what was expected, of what one record cannot say."""
    data, sides = program.data, program.sides
    for subject in SUBJECTS:
        if getattr(data, subject) and subject not in sides:
            yield (subject,), "describes a side that is not there", f"a folder {subject}/"
    if not sides:
        yield (), "has no side", f"a folder {' or '.join(f'{name}/' for name in SUBJECTS)}"
    if len(sides) == 1 and not next(iter(sides.values())).kind.fails:
        missing = next(name for name in SUBJECTS if name not in sides)
        yield ("kind",), f"has no side {missing}", "both sides, unless the program must fail"
    runs = any(side.kind is Kind.RUN for side in sides.values())
    if runs != (program.folder / EXPECTED_FILE).is_file():
        wrong = f"{EXPECTED_FILE} {'is missing' if runs else 'is not used'}"
        yield ("kind",), wrong, f'{EXPECTED_FILE} if, and only if, a side has the kind "run"'
    if data.stdin and not (program.folder / data.stdin).is_file():
        yield ("stdin",), f'no file "{data.stdin}"', "a file of the program's folder"
    for side in sides.values():
        for key, wrong, expected in _side_faults(side):
            yield (side.subject.id, *key), wrong, expected


def _side_faults(side: Side) -> Iterator[Fault]:
    own, kind, rust = side.own, side.kind, side.subject.id == "rust"
    if own.error and not (rust and kind is Kind.COMPILE_ERROR):
        yield ("error",), "is no error code of rustc here", 'kind = "compile-error" in [rust]'
    if (own.exit or own.signal) and kind is not Kind.RUN_ERROR:
        key = "exit" if own.exit else "signal"
        yield (key,), f'has no meaning for the kind "{kind}"', 'kind = "run-error"'
    if own.exit and own.signal:
        yield ("signal",), "stands beside an exit status", "either exit or signal"
    if kind.fails and not own.matches and not own.error:
        expected = "matches, with the expected message" + (", or error" if rust else "")
        yield (), "does not say how it must fail", expected
    if not kind.fails and (own.matches or own.varies):
        key = "matches" if own.matches else "varies"
        yield (key,), f'has no meaning for the kind "{kind}"', "a kind that must fail"
    if own.varies and not own.matches:
        yield ("varies",), "leaves nothing to check", "matches, with what never varies"


def _source_problems(side: Side) -> Iterator[Problem]:
    """Yield what is wrong with a side's files."""
    if side.kind is not Kind.TEST and not (side.folder / side.main).is_file():
        expected = f'the main file of the kind "{side.kind}"'
        yield Problem(side.folder / side.main, 1, "file", "is missing", expected)
        return
    for name in side.shown:
        path = side.folder / name
        if not path.is_file():
            yield Problem(path, 1, "file", "is missing", f"a file that {EXAMPLE_FILE} shows")
            continue
        try:
            parse_source(path.read_text(encoding="utf-8"))
        except RegionError as error:
            wrong, _, expected = str(error).partition("; expected ")
            yield Problem(path, error.line, "region", wrong, expected)
    single = side.kind is Kind.COMPILE_ERROR
    if single and side.subject.id == "go":
        path = side.folder / side.main
        if not _IGNORED_BUILD.search(path.read_text(encoding="utf-8")):
            wrong = "would break the module's build"
            yield Problem(path, 1, "file", wrong, "a line //go:build ignore before the package")
    if side.subject.id == "rust":
        yield from _cargo_problems(side, single)


def _cargo_problems(side: Side, single: bool) -> Iterator[Problem]:
    path = side.folder / "Cargo.toml"
    if single:
        if path.exists():
            yield Problem(path, 1, "file", "makes a package of what must not compile", "none")
        return
    try:
        text = path.read_text(encoding="utf-8")
        data: dict[str, Any] = tomllib.loads(text)
    except (OSError, ValueError) as error:
        yield Problem(path, 1, "file", str(error), "the manifest of a Cargo package")
        return
    if data.get("package", {}).get("name") != side.name:
        line = toml_line(text, ("package", "name"))
        yield Problem(path, line, "package.name", "is not the program's", f'"{side.name}"')
    if data.get("lints") != {"workspace": True}:
        yield Problem(path, 1, "lints", "are not the workspace's", "[lints] workspace = true")


def _same_names(programs: list[Program]) -> Iterator[Problem]:
    """Names of programs are names of Cargo packages, so no two are alike."""
    counts = Counter(program.id.rpartition("/")[2] for program in programs)
    for program in programs:
        name = program.id.rpartition("/")[2]
        if counts[name] > 1:
            path = program.folder / EXAMPLE_FILE
            yield Problem(path, 1, "file", f'another program is called "{name}"', "its own name")
