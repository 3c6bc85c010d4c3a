from __future__ import annotations

import json
import os
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from lab.build import build_program, build_programs, layer_bytes
from lab.experiments import Build
from lab.launch import LabError

if TYPE_CHECKING:
    from tests.lab.conftest import Lab

# Compilers that note how they were called and write a program that says so.
CARGO = """#!/bin/sh
echo "cargo $* RUSTFLAGS=$RUSTFLAGS" >> {log}
mkdir -p "$CARGO_TARGET_DIR"
echo "$*" > "$CARGO_TARGET_DIR/{name}"
echo '{{"reason": "compiler-artifact", "executable": null}}'
echo '{{"reason": "compiler-artifact", "executable": "'"$CARGO_TARGET_DIR/{name}"'"}}'
echo '{{"reason": "build-finished"}}'
"""
GO = """#!/bin/sh
test "$1" = version && exit
echo "go $* GOAMD64=$GOAMD64" >> {log}
while [ "$1" != -o ]; do shift; done
mkdir -p "$(dirname "$2")"
echo "$*" > "$2"
"""


def _tool(lab: Lab, name: str, script: str) -> None:
    (lab.root / "tools" / name).write_text(script, encoding="utf-8")


@pytest.fixture
def compilers(lab: Lab) -> Lab:
    """Return a lab on a machine with the compilers above."""
    log = lab.root / "log"
    log.touch()
    _tool(lab, "cargo", CARGO.format(log=log, name="counting"))
    _tool(lab, "go", GO.format(log=log))
    return lab


def _log(lab: Lab) -> list[str]:
    return (lab.root / "log").read_text(encoding="utf-8").splitlines()


def test_each_side_is_built_for_a_release(compilers: Lab) -> None:
    """As each language's documentation tells, from what is locked."""
    programs = build_programs(compilers.experiment(), compilers.work)
    rust, go = programs.variants["count", "rust"], programs.variants["count", "go"]
    assert rust.command == "cargo build --release --locked -p counting"
    assert go.command == "go build -trimpath ./counting/go"
    assert rust.path.name == "counting"
    assert (rust.tool, go.tool) == ("cargo", "go")
    assert rust.size_bytes == rust.path.stat().st_size
    assert len(rust.sha256) == len(go.sha256) == 64
    assert programs.load is None
    assert len(_log(compilers)) == 2


def test_a_layer_holds_the_program_packed(tmp_path: Path) -> None:
    """What repeats is packed away, what is random is not; the file's own time is not in it."""
    plain, random = tmp_path / "plain", tmp_path / "random"
    plain.write_bytes(bytes(1_000_000))
    random.write_bytes(Random("layer").randbytes(1_000_000))
    assert layer_bytes(plain) < 5_000
    assert 1_000_000 < layer_bytes(random) < 1_005_000
    before = layer_bytes(plain)
    os.utime(plain, (0, 0))
    assert layer_bytes(plain) == before


def test_flags_environment_and_profile_are_used_and_told(compilers: Lab) -> None:
    """They make a program of their own, beside the plain one."""
    plain = build_program(
        Build(tool="go", package="./counting/go"), compilers.workspace, compilers.work
    )
    tuned = Build(tool="go", package="./counting/go", flags=("-ldflags=-s",), env={"GOAMD64": "v3"})
    built = build_program(tuned, compilers.workspace, compilers.work)
    assert built.command == "GOAMD64=v3 go build -trimpath -ldflags=-s ./counting/go"
    assert built.path != plain.path
    assert _log(compilers)[1].startswith("go build -trimpath -ldflags=-s -o ")
    assert _log(compilers)[1].endswith("GOAMD64=v3")
    small = Build(
        tool="cargo", package="counting", profile="small", env={"RUSTFLAGS": "-Ctarget-cpu=x"}
    )
    built = build_program(small, compilers.workspace, compilers.work)
    assert built.command.startswith("RUSTFLAGS=-Ctarget-cpu=x cargo build --profile small")
    assert _log(compilers)[2].endswith("RUSTFLAGS=-Ctarget-cpu=x")


def test_the_workload_names_the_program(compilers: Lab) -> None:
    """So that one variant has a program for each workload; the same one is built once."""
    _tool(compilers, "cargo", CARGO.format(log=compilers.root / "log", name="count"))
    compilers.edit(
        "experiment.toml", 'package = "counting" }', 'package = "counting", bin = "{workload}" }'
    )
    path = compilers.folder / "experiment.toml"
    workload = '\n[[workloads]]\nid = "{}"\ntitle = "W"\ntext = "It."\n'
    text = path.read_text(encoding="utf-8").replace('"./counting/go"', '"./counting/{workload}"')
    path.write_text(text, encoding="utf-8")
    build_programs(compilers.experiment(), compilers.work)
    assert any("-p counting --bin count" in line for line in _log(compilers))
    assert any("./counting/count" in line for line in _log(compilers))
    text = text.replace('bin = "{workload}"', 'bin = "count"').replace("{workload}", "count")
    path.write_text(text + workload.format("other"), encoding="utf-8")
    (compilers.root / "log").write_text("", encoding="utf-8")
    programs = build_programs(compilers.experiment(), compilers.work)
    assert len(programs.variants) == 4
    assert len(_log(compilers)) == 2


def test_what_does_not_build_is_told_with_the_compilers_words(compilers: Lab) -> None:
    """The command comes first."""
    _tool(compilers, "go", "#!/bin/sh\necho main.go:3: oh no >&2\nexit 1\n")
    with pytest.raises(LabError, match=r"go build .* failed:\nmain.go:3: oh no"):
        build_programs(compilers.experiment(), compilers.work)


def test_a_package_without_the_program_is_told(compilers: Lab) -> None:
    """Cargo may build something else than was asked for."""
    message = json.dumps({"reason": "compiler-artifact", "executable": "/elsewhere/other"})
    _tool(compilers, "cargo", f"#!/bin/sh\necho '{message}'\n")
    with pytest.raises(LabError, match="built no program counting"):
        build_programs(compilers.experiment(), compilers.work)
