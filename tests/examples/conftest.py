"""Owns a sample examples folder whose "programs" are shell scripts, so that no compiler is needed.

`FakeToolchain` stands for both languages in tests of the runner; `fake_tools` puts scripts named
cargo, rustc, go, … on the path for tests of the real toolchains' classes.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from examples.load import load_programs
from examples.model import Kind, Program, Side
from examples.runner import Report, Runner
from examples.subjects import SUBJECTS, Subject
from examples.toolchain import Build, shell_line

CARGO = """
[workspace]
members = ["*/*/rust"]

[workspace.package]
edition = "2024"
rust-version = "1.90"
"""

PACKAGE = '[package]\nname = "{name}"\n\n[lints]\nworkspace = true\n'


@dataclass
class FakeToolchain:
    """Runs the main file of a side by `sh`; a main file with the word SYNTAX does not build."""

    subject: Subject
    release: str | None = "2.0.1"
    source: str = "the fake shop"
    built: list[str] = field(default_factory=list)

    def wanted(self, workspace: Path) -> str:
        """Return what the sample wants."""
        return "1.90"

    def installed(self) -> str | None:
        """Return the release that a test has set."""
        return self.release

    def command(self, side: Side) -> str:
        """Return a command like any other."""
        return shell_line(["sh", f"{side.path}/{side.main}", *side.args], side)

    def build(self, sides: Sequence[Side], work: Path, locked: bool) -> dict[str, Build]:
        """Build nothing, but note what was asked for."""
        self.built += [side.id for side in sides]
        return {side.program: self._build(side) for side in sides}

    def lint(self, workspace: Path, sides: Sequence[Side], work: Path) -> list[str]:
        """Complain of every file with the word UGLY."""
        self.built += [f"lint {side.id}" for side in sides]
        ugly = [s.id for s in sides if "UGLY" in (s.folder / s.main).read_text(encoding="utf-8")]
        return [f"fakefmt\n{name} is ugly" for name in ugly]

    def places(self) -> list[tuple[Path, str]]:
        """Return a folder that programs may name."""
        return [(Path("/fake/root"), "$FAKE")]

    def _build(self, side: Side) -> Build:
        if "SYNTAX" in (side.folder / side.main).read_text(encoding="utf-8"):
            return Build(failure="line 1: SYNTAX\n")
        return Build(("sh", f"{side.path}/{side.main}", *side.args))


@dataclass
class Sample:
    """An examples folder to change at will, and what runs it."""

    workspace: Path
    toolchains: dict[str, FakeToolchain]

    def write(self, path: str, text: str) -> None:
        """Write a file of the folder."""
        file = self.workspace / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def read(self, path: str) -> str:
        """Read a file of the folder."""
        return (self.workspace / path).read_text(encoding="utf-8")

    def add(
        self, id_: str, data: str = "", *, rust: str = "", go: str = "", expected: str | None = None
    ) -> None:
        """Add a program by the scripts of its sides."""
        self.write(f"{id_}/example.toml", f'title = "T"\nlook_at = "Look."\n{data}')
        single = f'kind = "{Kind.COMPILE_ERROR}"' in data
        if rust:
            self.write(f"{id_}/rust/{'main.rs' if single else 'src/main.rs'}", rust)
        if rust and not single:
            name = id_.rpartition("/")[2]
            self.write(f"{id_}/rust/Cargo.toml", PACKAGE.format(name=name))
        if go:
            self.write(f"{id_}/go/main.go", go)
        if expected is not None:
            self.write(f"{id_}/expected.txt", expected)

    def programs(self) -> list[Program]:
        """Return the programs, which must be sound."""
        loaded = load_programs(self.workspace)
        assert loaded.problems == []
        return loaded.programs

    def problems(self) -> list[str]:
        """Return what is wrong with the programs' files, without the folder's name."""
        found = load_programs(self.workspace).problems
        return [str(problem).replace(f"{self.workspace}/", "") for problem in found]

    def side(self, id_: str, subject: str) -> Side:
        """Return a side of a sound program."""
        return next(p for p in self.programs() if p.id == id_).sides[subject]

    @property
    def runner(self) -> Runner:
        """A runner that knows only what is on disk."""
        return Runner(self.workspace, self.work, self.toolchains)

    @property
    def work(self) -> Path:
        """Where the runner keeps what it builds."""
        return self.workspace.parents[2] / "work"

    def run(self) -> Report:
        """Run all programs."""
        return self.runner.run(self.programs())

    def regenerate(self) -> Report:
        """Run all programs and keep what they print."""
        return self.runner.regenerate(self.programs(), everything=True)

    def asked(self) -> list[str]:
        """Return, once, what was built or linted since the last call."""
        asked = [name for toolchain in self.toolchains.values() for name in toolchain.built]
        for toolchain in self.toolchains.values():
            toolchain.built.clear()
        return asked


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    """A workspace without programs."""
    workspace = tmp_path / "comparisons" / "tea-vs-coffee" / "examples"
    made = Sample(workspace, {name: FakeToolchain(SUBJECTS[name]) for name in SUBJECTS})
    made.write("Cargo.toml", CARGO)
    made.write("go.mod", "module sample\n\ngo 1.24\n")
    return made


@pytest.fixture
def pair(sample: Sample) -> Sample:
    """A workspace with one sound pair, its outputs and its result."""
    sample.add("taste/greet", rust="echo hello", go="echo hello", expected="hello\n")
    assert sample.regenerate().problems == []
    sample.asked()
    return sample


FAKE_CARGO = """#!{python}
import json, pathlib, shutil, sys
arguments = sys.argv[1:]
log = pathlib.Path({log!r})
with log.open("a") as file:
    print(json.dumps(["cargo", *arguments]), file=file)
if arguments == ["--version"]:
    print("cargo 1.91.0 (fake 2026-01-01)")
    sys.exit()
if arguments[0] in ("fmt", "clippy"):
    sys.exit()
root = pathlib.Path.cwd()
status = 0
for name in (arguments[i + 1] for i, word in enumerate(arguments) if word == "-p"):
    [manifest] = root.glob(f"*/{{name}}/rust/Cargo.toml")
    source = (manifest.parent / "src/main.rs").read_text()
    message = {{"manifest_path": str(manifest), "target": {{"name": name}}}}
    if "SYNTAX" in source:
        status = 101
        told = {{"level": "error", "rendered": f"error: SYNTAX in {{name}}\\n"}}
        print(json.dumps({{**message, "reason": "compiler-message", "message": told}}))
        continue
    if "UNLOCKED" in source:
        sys.exit("error: the lock file needs to be updated")
    executable = root / f"{{name}}.bin"
    executable.write_text("#!/bin/sh\\n" + source)
    executable.chmod(0o755)
    artifact = {{"reason": "compiler-artifact", "executable": str(executable)}}
    print(json.dumps({{**message, **artifact}}))
sys.exit(status)
"""

FAKE_GO = """#!{python}
import json, pathlib, subprocess, sys
arguments = sys.argv[1:]
log = pathlib.Path({log!r})
with log.open("a") as file:
    print(json.dumps(["go", *arguments]), file=file)
if arguments == ["version"]:
    print("go version go1.25.1 linux/fake")
elif arguments[0] == "env":
    print("\\n".join(f"/fake/{{name}}" for name in arguments[1:]))
elif arguments[0] == "generate":
    folder = pathlib.Path(arguments[1].removesuffix("/..."))
    _, _, script = (folder / "main.go").read_text().partition("//go:generate ")
    sys.exit(subprocess.run(["sh", "-c", script], cwd=folder).returncode)
elif arguments[0] == "build":
    source = pathlib.Path(arguments[-1])
    source = source / "main.go" if source.is_dir() else source
    if "SYNTAX" in source.read_text():
        print(f"./{{source}}:1:1: SYNTAX", file=sys.stderr)
        sys.exit(1)
    executable = pathlib.Path(arguments[arguments.index("-o") + 1])
    executable.write_text("#!/bin/sh\\n" + source.read_text())
    executable.chmod(0o755)
"""

FAKE_SILENT = """#!/bin/sh
[ "$1" = --version ] && echo "{name} 1.90.1 (fake)"
exit 0
"""


@dataclass
class FakeTools:
    """Scripts on the path, and what they were asked."""

    folder: Path
    log: Path

    def calls(self) -> list[list[str]]:
        """Return the calls of cargo and go."""
        lines = self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []
        return [json.loads(line) for line in lines]

    def remove(self, name: str) -> None:
        """Uninstall a tool."""
        (self.folder / name).unlink()


@pytest.fixture
def fake_tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeTools:
    """A path with nothing on it but a shell, `env` and fake toolchains."""
    folder = tmp_path / "bin"
    folder.mkdir()
    tools = FakeTools(folder, tmp_path / "calls")
    for name, text in (("cargo", FAKE_CARGO), ("go", FAKE_GO)):
        (folder / name).write_text(text.format(python=sys.executable, log=str(tools.log)))
    for name in ("rustc", "rustfmt", "gofmt"):
        (folder / name).write_text(FAKE_SILENT.format(name=name))
    for path in folder.iterdir():
        path.chmod(0o755)
    for name in ("sh", "cat"):
        found = shutil.which(name)
        assert found
        (folder / name).symlink_to(found)
    monkeypatch.setenv("PATH", str(folder))
    return tools
