"""The toolchain of Go: one module, a package for each program, single files that must fail."""

from __future__ import annotations

import functools
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from .content import side_files
from .model import Kind, Side
from .subjects import GO
from .toolchain import Build, ToolchainError, execute, shell_line, version_in

# A checkout's state must not be part of a program, nor a broken one stop the build.
_ENV = {"GOFLAGS": "-buildvcs=false"}

_GENERATE = re.compile(r"^//go:generate ", re.MULTILINE)
# https://pkg.go.dev/cmd/go#hdr-Generate_Go_files_by_processing_source
_GENERATED = re.compile(r"^// Code generated .* DO NOT EDIT\.$", re.MULTILINE)


class GoToolchain:
    """Builds a program at a time: the build cache of Go keeps what they share."""

    subject = GO
    source = "https://go.dev/dl/"

    def wanted(self, workspace: Path) -> str:
        """Return the `go` line of the module."""
        path = workspace / "go.mod"
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        found = re.search(r"^go (\d+\.\d+(?:\.\d+)?)$", text, re.MULTILINE)
        if found is None:
            raise ToolchainError(f'{path}: no release; expected a line such as "go 1.26"')
        return found[1]

    def installed(self) -> str | None:
        """Return the release of go."""
        return version_in(["go", "version"])

    def command(self, side: Side) -> str:
        """Return `go run`, `go test` or `go build`."""
        own = list(side.own.flags)
        if side.kind is Kind.COMPILE_ERROR:
            return shell_line(["go", "build", *own, f"{side.path}/{side.main}"], side)
        if side.kind is Kind.TEST:
            return shell_line(["go", "test", "-v", *own, f"./{side.path}"], side)
        return shell_line(["go", "run", *own, f"./{side.path}", *side.args], side)

    def build(self, sides: Sequence[Side], work: Path, locked: bool) -> dict[str, Build]:
        """Build programs below the work folder; `go test` builds its own."""
        if not locked:
            tidy = execute(["go", "mod", "tidy"], sides[0].workspace, _ENV)
            if tidy.status:
                raise ToolchainError(f"go mod tidy failed:\n{tidy.stderr.strip()}")
        return {side.program: _build(side, work) for side in sides}

    def lint(self, workspace: Path, sides: Sequence[Side], work: Path) -> list[str]:
        """Run gofmt on everything; go vet, staticcheck and go generate on what builds."""
        found = []
        folders = [side.path for side in sides]
        formatted = execute(["gofmt", "-l", "-d", *folders], workspace, _ENV)
        if formatted.status or formatted.stdout:
            found.append(f"gofmt -l -d\n{formatted.stdout}{formatted.stderr}")
        packages = [f"./{s.path}/..." for s in sides if s.kind is not Kind.COMPILE_ERROR]
        for argv in (["go", "vet"], ["go", "tool", "staticcheck"]):
            outcome = execute([*argv, *packages], workspace, _ENV) if packages else None
            if outcome and outcome.status:
                found.append(f"{' '.join(argv)}\n{outcome.stdout}{outcome.stderr}")
        for side in sides:
            found += _stale_code(side)
        return found

    def places(self) -> list[tuple[Path, str]]:
        """Return the folders of Go itself and of modules."""
        return _places()


@functools.cache
def _places() -> list[tuple[Path, str]]:
    names = ["GOROOT", "GOMODCACHE", "GOCACHE"]
    outcome = execute(["go", "env", *names], Path.cwd(), _ENV)
    values = outcome.stdout.splitlines()
    return [(Path(value), f"${name}") for name, value in zip(names, values, strict=False) if value]


def _stale_code(side: Side) -> Iterator[str]:
    """Yield what is wrong if the kept code differs from what `go generate` makes of the rest."""
    if not any(_GENERATE.search(path.read_text("utf-8")) for path in side.folder.rglob("*.go")):
        return
    with tempfile.TemporaryDirectory(prefix="examples-") as name:
        copy = Path(name)
        for file in side_files(side):
            target = copy / file.relative_to(side.workspace)
            target.parent.mkdir(parents=True, exist_ok=True)
            if not _GENERATED.search(file.read_text("utf-8")):
                shutil.copyfile(file, target)
        command = ["go", "generate", f"./{side.path}/..."]
        outcome = execute(command, copy, _ENV)
        if outcome.status:
            yield f"{side.id}: {' '.join(command)} failed\n{outcome.stdout}{outcome.stderr}"
            return
        kept, made = _files(side.folder), _files(copy / side.path)
    stale = [name for name in sorted(kept | made) if kept.get(name) != made.get(name)]
    if stale:
        names = ", ".join(stale)
        yield f"{side.id}: {names} differs; expected what `{' '.join(command)}` makes"


def _files(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def _build(side: Side, work: Path) -> Build:
    out = work / "go" / side.program
    out.parent.mkdir(parents=True, exist_ok=True)
    own = side.own.flags
    if side.kind is Kind.TEST:
        return Build(("go", "test", "-v", "-count=1", *own, f"./{side.path}"), _ENV)
    single = side.kind is Kind.COMPILE_ERROR
    target = f"{side.path}/{side.main}" if single else f"./{side.path}"
    argv = ("go", "build", *own, "-o", str(out), target)
    if single:
        return Build(argv, _ENV)
    outcome = execute(argv, side.workspace, _ENV)
    if outcome.status:
        return Build(failure=outcome.stdout + outcome.stderr)
    return Build((str(out), *side.args))
