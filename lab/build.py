"""Builds the programs of an experiment as each language's documentation tells for a release."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import subprocess
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from .experiments import Build, Experiment
from .launch import LabError
from .provenance import cargo_libraries, clean_environment, go_libraries

_GZIP_DEFAULT = 6
"""As gzip itself and the tools that build images pack."""


@dataclass(frozen=True)
class Built:
    """A program that was built."""

    path: Path
    sha256: str
    size_bytes: int
    command: str
    """How, as a reader types it in the lab's folder."""
    tool: Literal["cargo", "go"]
    libraries: dict[str, str]


@dataclass(frozen=True)
class Programs:
    """All programs of an experiment."""

    variants: dict[tuple[str, str], Built]
    """By the ids of workload and variant."""
    load: Built | None


def build_programs(experiment: Experiment, work: Path) -> Programs:
    """Build what the variants of all workloads need, below the work folder."""
    workspace = experiment.workspace
    built: dict[str, Built] = {}

    def once(build: Build) -> Built:
        key = _key(build.model_dump())
        if key not in built:
            built[key] = build_program(build, workspace, work)
        return built[key]

    variants = {
        (workload.id, variant.id): once(for_workload(variant.build, workload.id))
        for workload in experiment.data.workloads
        for variant in experiment.variants_of(workload)
    }
    return Programs(variants, once(experiment.data.load.build) if experiment.data.load else None)


def layer_bytes(program: Path) -> int:
    """Return the size of an image's layer that holds a program and nothing else, packed.

    A layer travels as a tar archive packed by gzip: "Image Layer Filesystem Changeset", OCI image
    specification 1.1. The time and the owner are fixed, so that equal programs have equal layers.
    """
    entry = tarfile.TarInfo(program.name)
    entry.size = program.stat().st_size
    entry.mode = 0o755
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar, program.open("rb") as content:
        tar.addfile(entry, content)
    return len(gzip.compress(archive.getvalue(), compresslevel=_GZIP_DEFAULT, mtime=0))


def for_workload(build: Build, workload: str) -> Build:
    """Put the id of a workload into a build's package, binary and flags."""
    return build.model_copy(
        update={
            "package": build.package.replace("{workload}", workload),
            "bin": build.bin and build.bin.replace("{workload}", workload),
            "flags": tuple(flag.replace("{workload}", workload) for flag in build.flags),
        }
    )


def build_program(build: Build, workspace: Path, work: Path) -> Built:
    """Build one program; raise `LabError` with the compiler's words if it does not build."""
    make = _cargo if build.tool == "cargo" else _go
    path, argv, libraries = make(build, workspace, work)
    content = path.read_bytes()
    words = [*(f"{name}={value}" for name, value in sorted(build.env.items())), *argv]
    digest = hashlib.sha256(content).hexdigest()
    return Built(path, digest, len(content), " ".join(words), build.tool, libraries)


_Made = tuple[Path, Sequence[str], dict[str, str]]


def _cargo(build: Build, workspace: Path, work: Path) -> _Made:
    argv = ["cargo", "build", *_profile(build), "--locked", "-p", build.package]
    argv += [*(("--bin", build.bin) if build.bin else ()), *build.flags]
    # Programs of other flags have the same name, and would replace each other.
    target = work / "cargo" / _key([build.flags, sorted(build.env.items())])
    said = _run(
        [*argv, "-q", "--message-format=json"],
        workspace,
        {**build.env, "CARGO_TARGET_DIR": str(target.resolve())},
    )
    for line in said.splitlines():
        message = json.loads(line)
        if message["reason"] == "compiler-artifact" and message.get("executable"):
            path = Path(message["executable"])
            if path.name == (build.bin or build.package):
                return path, argv, cargo_libraries(workspace, build.package)
    raise LabError(f"{' '.join(argv)}: built no program {build.bin or build.package}")


def _profile(build: Build) -> list[str]:
    return ["--profile", build.profile] if build.profile else ["--release"]


def _go(build: Build, workspace: Path, work: Path) -> _Made:
    argv = ["go", "build", "-trimpath", *build.flags]
    key = _key([*argv, build.package, sorted(build.env.items())])
    path = (work / "go" / key / Path(build.package).name).resolve()
    _run([*argv, "-o", str(path), build.package], workspace, build.env)
    return path, [*argv, build.package], go_libraries(path)


def _key(what: object) -> str:
    return hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()[:12]


def _run(argv: Sequence[str], workspace: Path, env: Mapping[str, str]) -> str:
    try:
        done = subprocess.run(
            argv,
            cwd=workspace,
            env={**clean_environment(), **env},
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        raise LabError(f"{argv[0]} is not installed; expected it on the path") from None
    if done.returncode:
        raise LabError(f"{' '.join(argv)} failed:\n{done.stderr.strip()}")
    return done.stdout
