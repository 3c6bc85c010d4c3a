from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from lab.experiments import Experiment
from lab.launch import LabError
from lab.provenance import (
    cargo_libraries,
    clean_environment,
    commit,
    go_libraries,
    inputs_digest,
    machine,
    missing_libraries,
    source_files,
    tools,
)

if TYPE_CHECKING:
    from tests.lab.conftest import Lab

LOCK = """
version = 4

[[package]]
name = "counting"
version = "0.1.0"
dependencies = ["serde", "shared", "hash 2.0.0"]

[[package]]
name = "shared"
version = "0.1.0"
dependencies = ["hash 1.0.0"]

[[package]]
name = "serde"
version = "1.0.9"
source = "registry"
dependencies = ["memchr"]

[[package]]
name = "memchr"
version = "2.7.0"
source = "registry"

[[package]]
name = "hash"
version = "1.0.0"
source = "registry"

[[package]]
name = "hash"
version = "2.0.0"
source = "registry"

[[package]]
name = "unused"
version = "3.0.0"
source = "registry"
"""

GO_MOD = """module lab

go 1.26

require example.org/one v1.2.3

require (
\texample.org/two v0.4.0 // indirect
)
"""


def test_the_machine_is_described() -> None:
    """Its id is of its kind, not of the host."""
    found = machine()
    assert found.cores == len(os.sched_getaffinity(0))
    assert found.memory_bytes > 2**20
    assert found.kernel
    assert found.libc.startswith(("glibc", "musl", ""))
    assert found.id.endswith(f"-{found.cores}-cores")
    assert found.id == found.model_copy(update={"kernel": "other", "memory_bytes": 1}).id


def test_the_tools_tell_their_versions(lab: Lab) -> None:
    """In their own words; a missing one is named."""
    found = tools(lab.workspace)
    assert found["rustc"] == "1.95.0 (012345678)"
    assert found["LLVM"] == "22.1"
    assert found["go"] == "go1.26.8 linux/test"
    assert found["cc"]


def test_a_missing_tool_is_told(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its name."""
    monkeypatch.setenv("PATH", str(lab.root))
    with pytest.raises(LabError, match="rustc is not installed; expected it on the path"):
        tools(lab.workspace)


def test_the_commit_and_changes_are_told(lab: Lab) -> None:
    """Results of other experiments are no change; a program that was edited is."""
    assert commit(lab.workspace) == (None, False)
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "."], [*identity, "commit", "-q", "-m", "x"]):
        subprocess.run(["git", *command], cwd=lab.comparisons, check=True)
    head, modified = commit(lab.workspace)
    assert head is not None
    assert len(head) == 40
    assert not modified
    lab.write("results/machine/new.jsonl", "")
    assert commit(lab.workspace) == (head, False)
    lab.edit("go/run.sh", "20", "30")
    assert commit(lab.workspace) == (head, True)


def test_what_changes_a_build_is_cleared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where tools keep their files stays."""
    changing = ["RUSTFLAGS", "CARGO_PROFILE_RELEASE_LTO", "CARGO_BUILD_RUSTFLAGS", "GOAMD64"]
    changing += ["GOEXPERIMENT", "CGO_CFLAGS", "CGO_ENABLED", "CARGO_TARGET_DIR", "CFLAGS"]
    for name in [*changing, "GOFLAGS", "GOPROXY", "GOCACHE", "CARGO_HOME", "RUSTUP_HOME"]:
        monkeypatch.setenv(name, "set")
    env = clean_environment()
    assert not env.keys() & set(changing)
    assert env["GOFLAGS"] == "-buildvcs=false"
    assert env["GOTOOLCHAIN"] == "local"
    assert [env[name] for name in ("GOPROXY", "GOCACHE", "CARGO_HOME", "RUSTUP_HOME")] == [
        "set"
    ] * 4


def test_crates_are_those_that_a_package_is_built_of(lab: Lab) -> None:
    """Those of its own workspace lead on to theirs; two versions of one are both told."""
    lab.write("../Cargo.lock", LOCK)
    found = cargo_libraries(lab.workspace, "counting")
    assert found == {"hash": "1.0.0, 2.0.0", "memchr": "2.7.0", "serde": "1.0.9"}
    assert missing_libraries(lab.workspace, "cargo", found) == []
    lab.write("../Cargo.lock", LOCK.replace("2.7.0", "2.8.0").replace("1.0.0", "1.0.1"))
    assert missing_libraries(lab.workspace, "cargo", found) == ["hash 1.0.0", "memchr 2.7.0"]


def test_modules_are_those_in_the_program(lab: Lab) -> None:
    """As `go version -m` tells; a module that is no longer required is missing."""
    said = "x: go1.26\\n\\tpath\\tlab\\n\\tdep\\texample.org/two\\tv0.4.0\\th1:=\\n"
    (lab.root / "tools" / "go").write_text(f"#!/bin/sh\nprintf '{said}'\n", encoding="utf-8")
    found = go_libraries(lab.folder / "go" / "run.sh")
    assert found == {"example.org/two": "v0.4.0"}
    lab.write("../go.mod", GO_MOD)
    assert missing_libraries(lab.workspace, "go", {**found, "example.org/one": "v1.2.3"}) == []
    lab.write("../go.mod", GO_MOD.replace("0.4.0", "0.5.0"))
    assert missing_libraries(lab.workspace, "go", found) == ["example.org/two v0.4.0"]


def _sources(lab: Lab) -> list[str]:
    return [path.relative_to(lab.workspace).as_posix() for path in source_files(lab.experiment())]


def test_sources_are_all_files_of_the_experiment(lab: Lab) -> None:
    """No notes and no results."""
    lab.write("README.md", "Notes.\n")
    lab.write("results/machine/old.jsonl", "")
    lab.write("../other/rust/Cargo.toml", '[package]\nname = "other"\n')
    assert _sources(lab) == [
        "counting/go/run.sh",
        "counting/rust/Cargo.toml",
        "counting/rust/run.sh",
    ]


def test_sources_of_other_experiments_count_if_they_are_run(lab: Lab) -> None:
    """Named by a build, with or without the workload."""
    lab.write("../other/rust/Cargo.toml", '[package]\nname = "other"\n')
    lab.write("../other/go/count/main.go", "package main\n")
    lab.edit("experiment.toml", '"./counting/go"', '"./other/go/{workload}"')
    lab.edit("experiment.toml", 'package = "counting"', 'package = "other"')
    assert _sources(lab)[-2:] == ["other/go/count/main.go", "other/rust/Cargo.toml"]


def test_sources_that_are_used_count(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a path in a Cargo package or an import in Go, and so on from there."""
    manifest = '[package]\nname = "{}"\n[dependencies]\nx = {{ path = "../../{}/rust" }}\n'
    lab.write("rust/Cargo.toml", manifest.format("counting", "shared"))
    lab.write("../shared/rust/Cargo.toml", manifest.format("shared", "deep"))
    lab.write("../deep/rust/Cargo.toml", '[package]\nname = "deep"\n')
    lab.write("go/main.go", 'package main\n\nimport "lab/shared/go/one"\n')
    lab.write("../shared/go/one/one.go", 'package one\n\nimport "lab/deep/go"\n')
    lab.write("../shared/go/two/two.go", "package two\n")
    lab.write("../deep/go/deep.go", "package deep\n")
    used = [
        "deep/go/deep.go",
        "deep/rust/Cargo.toml",
        "shared/go/one/one.go",
        "shared/rust/Cargo.toml",
    ]
    assert [name for name in _sources(lab) if not name.startswith("counting/")] == used
    monkeypatch.chdir(lab.root)
    here = Experiment(lab.folder.relative_to(lab.root), lab.experiment().data)
    assert len(source_files(here)) == len(_sources(lab))


def test_features_of_shared_libraries_are_part_of_the_digest(lab: Lab) -> None:
    """Those that the experiment uses; not the others."""
    lab.write(
        "rust/Cargo.toml", '[package]\nname = "counting"\n[dependencies]\nserde.workspace = true\n'
    )
    cargo = (lab.workspace / "Cargo.toml").read_text(encoding="utf-8")
    digests = []
    for dependencies in ('serde = "1"', 'serde = "1"\naxum = "1"', 'serde = { features = ["x"] }'):
        lab.write("../Cargo.toml", f"{cargo}\n[workspace.dependencies]\n{dependencies}\n")
        digests.append(inputs_digest(lab.experiment()))
    assert digests[0] == digests[1]
    assert digests[0] != digests[2]
