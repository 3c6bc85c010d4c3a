"""Where and of what a result was made: machine, tools, libraries, sources. Captured, never typed.

Knows `/proc`, the compilers and the lock files. Tells no host name, user or folder of the machine.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import subprocess
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from comparison.fields import Record
from pydantic import NonNegativeInt

from .experiments import EXPERIMENT_FILE, RESULTS, Build, Experiment
from .launch import LabError


class Machine(Record):
    """What the programs ran on."""

    processor: str
    vendor: str
    family: str
    model: str
    cores: int
    """Those that this process may use."""
    virtual: bool
    """Whether a hypervisor runs below."""
    memory_bytes: NonNegativeInt
    kernel: str
    system: str
    libc: str
    huge_pages: str
    layout_randomised: str
    governor: str
    clock_source: str

    @property
    def id(self) -> str:
        """A name for results of such machines: not of one host, and no secret."""
        parts = (self.vendor, self.family, self.model, f"{self.cores}-cores")
        return re.sub(r"[^a-z0-9]+", "-", " ".join(parts).lower()).strip("-")


def machine() -> Machine:
    """Describe this machine."""
    lines = _read("/proc/cpuinfo").split("\n\n")[0].splitlines()
    cpu = {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in lines)}
    memory = re.search(r"^MemTotal:\s+(\d+) kB", _read("/proc/meminfo"), re.MULTILINE)
    release = dict(re.findall(r'^(\w+)="?([^"\n]*)"?$', _read("/etc/os-release"), re.MULTILINE))
    libc = " ".join(platform.libc_ver())
    huge = re.search(r"\[(\w+)\]", _read("/sys/kernel/mm/transparent_hugepage/enabled"))
    return Machine(
        processor=cpu.get("model name", platform.machine()),
        vendor=cpu.get("vendor_id", platform.machine()),
        family=cpu.get("cpu family", cpu.get("CPU architecture", "")),
        model=cpu.get("model", cpu.get("CPU part", "")),
        cores=len(os.sched_getaffinity(0)),
        virtual="hypervisor" in cpu.get("flags", "").split(),
        memory_bytes=int(memory[1]) * 1024 if memory else 0,
        kernel=platform.release(),
        system=release.get("PRETTY_NAME", ""),
        libc=libc,
        huge_pages=huge[1] if huge else "",
        layout_randomised=_read("/proc/sys/kernel/randomize_va_space").strip(),
        governor=_read("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor").strip(),
        clock_source=_read(
            "/sys/devices/system/clocksource/clocksource0/current_clocksource"
        ).strip(),
    )


def tools(workspace: Path) -> dict[str, str]:
    """Return the compilers' own words on their versions and settings."""
    rustc = _say(["rustc", "-vV"], workspace)
    known = dict(re.findall(r"^([\w -]+): (.*)$", rustc, re.MULTILINE))
    settings = ["GOARCH", "GOAMD64", "GOARM64", "CGO_ENABLED", "GOEXPERIMENT"]
    values = _say(["go", "env", *settings], workspace).splitlines()
    named = (f"{name}={value}" for name, value in zip(settings, values, strict=False) if value)
    return {
        "rustc": f"{known.get('release', '')} ({known.get('commit-hash', '')[:9]})",
        "rustc target": known.get("host", ""),
        "LLVM": known.get("LLVM version", ""),
        "cargo": _say(["cargo", "--version"], workspace),
        "go": _say(["go", "version"], workspace).removeprefix("go version "),
        "go env": " ".join(named),
        "cc": _say(["cc", "--version"], workspace).partition("\n")[0],
    }


def commit(workspace: Path) -> tuple[str | None, bool]:
    """Return the commit that is checked out, if any, and whether the lab differs from it."""
    try:
        head = _say(["git", "rev-parse", "HEAD"], workspace)
        # The results of an earlier experiment of the same run are no change.
        changes = ["git", "status", "--porcelain", "-uall", "--", ".", f":(exclude)*/{RESULTS}/*"]
        return head, bool(_say(changes, workspace))
    except LabError:
        return None, False


def clean_environment() -> dict[str, str]:
    """Return the caller's environment without what changes how a program is built."""
    changing = ("RUST", "CARGO_PROFILE", "CARGO_BUILD", "CARGO_ENCODED", "GO", "CGO")
    needed = ("RUSTUP_", "GOPATH", "GOROOT", "GOCACHE", "GOMODCACHE", "GOPROXY", "GOSUMDB")
    kept = {
        name: value
        for name, value in os.environ.items()
        if name.startswith((*needed, "GONOSUM", "GOPRIVATE", "GONOPROXY"))
        or not (name.startswith(changing) or name in ("CFLAGS", "LDFLAGS", "CARGO_TARGET_DIR"))
    }
    # No other toolchain than the one installed, and no state of the checkout in a program.
    return {**kept, "GOTOOLCHAIN": "local", "GOFLAGS": "-buildvcs=false"}


def inputs_digest(experiment: Experiment) -> str:
    """Return a digest of all that decides what is measured.

    These are the sources and how they are built and run; not the prose, nor how often they run.
    Libraries are compared by version instead (see `missing_libraries`): a lock file also changes
    when another experiment needs one more.
    """
    digest = hashlib.sha256()
    for path in source_files(experiment):
        name = path.relative_to(experiment.workspace).as_posix()
        digest.update(f"{name}\0{len(path.read_bytes())}\0".encode())
        digest.update(path.read_bytes())
    settings = experiment.data.model_dump(
        mode="json",
        include={"needs", "load", "variants", "workloads"},
        exclude={
            "variants": {"__all__": {"title", "note"}},
            "workloads": {"__all__": {"title", "text", "smoke", "load_smoke", "counted"}},
        },
        exclude_defaults=True,  # so that a key that is new here leaves old results sound
    )
    settings["workspace"] = _workspace_settings(experiment)
    digest.update(json.dumps(settings, sort_keys=True).encode())
    return digest.hexdigest()


def source_files(experiment: Experiment) -> list[Path]:
    """Return the files that the experiment's programs are made of, without what is locked."""
    return sorted(
        {
            path
            for folder in _source_folders(experiment)
            for path in folder.rglob("*")
            if path.is_file()
            and path.name != EXPERIMENT_FILE
            and path.suffix != ".md"
            and RESULTS not in path.relative_to(experiment.workspace).parts
            and "__pycache__" not in path.parts
        }
    )


def cargo_libraries(workspace: Path, package: str) -> dict[str, str]:
    """Return the crates that a package is built of, by name, from the lock file.

    A crate that is there in two versions has both.
    """
    locked: list[dict[str, Any]] = _toml(workspace / "Cargo.lock").get("package", [])
    found: set[tuple[str, str]] = set()
    waiting = [package]
    while waiting:
        name, _, version = waiting.pop().partition(" ")
        for entry in locked:
            key = (entry["name"], entry["version"])
            if entry["name"] == name and version in ("", entry["version"]) and key not in found:
                found.add(key)
                waiting += [
                    " ".join(dependency.split()[:2]) for dependency in entry.get("dependencies", ())
                ]
    own = {entry["name"] for entry in locked if "source" not in entry}
    return _joined(key for key in found if key[0] not in own)


def go_libraries(program: Path) -> dict[str, str]:
    """Return the modules that a program is built of, as its build information tells."""
    said = _say(["go", "version", "-m", str(program)], program.parent)
    return _joined(re.findall(r"^\tdep\t(\S+)\t(\S+)", said, re.MULTILINE))


def missing_libraries(workspace: Path, tool: str, libraries: dict[str, str]) -> list[str]:
    """Return the libraries of a result that the lock file no longer has in that version."""
    if tool == "cargo":
        entries = _toml(workspace / "Cargo.lock").get("package", [])
        locked = {(entry["name"], entry["version"]) for entry in entries}
    else:
        text = _read(workspace / "go.mod")
        locked = set(re.findall(r"^\s*(?:require\s+)?(\S+) (v\S+)", text, re.MULTILINE))
    return [
        f"{name} {version}"
        for name, versions in sorted(libraries.items())
        for version in versions.split(", ")
        if (name, version) not in locked
    ]


def _joined(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    versions: dict[str, list[str]] = {}
    for name, version in sorted(pairs):
        versions.setdefault(name, []).append(version)
    return {name: ", ".join(found) for name, found in versions.items()}


def _builds(experiment: Experiment) -> Iterator[Build]:
    for variant in experiment.data.variants:
        yield variant.build
    if experiment.data.load:
        yield experiment.data.load.build


def _source_folders(experiment: Experiment) -> set[Path]:
    """Return the experiment's folder, those of its programs, and those that they use in turn."""
    workspace = experiment.workspace
    module = re.search(r"^module (\S+)$", _read(workspace / "go.mod"), re.MULTILINE)
    imported = re.compile(rf'"{re.escape(module[1] if module else "")}/([^"]+)"')
    waiting = [experiment.folder]
    for build in _builds(experiment):
        if build.tool == "go":
            folder = workspace / build.package.replace("{workload}", "")
            waiting.append(folder if folder.is_dir() else folder.parent)
        else:
            waiting += [
                manifest.parent
                for manifest in workspace.glob("*/*/Cargo.toml")
                if _toml(manifest).get("package", {}).get("name") == build.package
            ]
    found: set[Path] = set()
    while waiting:
        folder = Path(os.path.normpath(waiting.pop()))
        if folder in found:
            continue
        found.add(folder)
        for manifest in folder.rglob("Cargo.toml"):
            dependencies = _toml(manifest).get("dependencies", {}).values()
            waiting += [
                manifest.parent / dependency["path"]
                for dependency in dependencies
                if isinstance(dependency, dict) and "path" in dependency
            ]
        for source in folder.rglob("*.go"):
            waiting += [workspace / path for path in imported.findall(_read(source))]
    return found


def _workspace_settings(experiment: Experiment) -> dict[str, Any]:
    """Return what the workspace's files say on how the experiment's programs are built."""
    cargo = _toml(experiment.workspace / "Cargo.toml")
    used = {
        name
        for path in source_files(experiment)
        if path.name == "Cargo.toml"
        for name in _toml(path).get("dependencies", {})
    }
    workspace = cargo.get("workspace", {})
    shared = workspace.get("dependencies", {})
    release = re.findall(
        r"^(?:go|toolchain) .*$", _read(experiment.workspace / "go.mod"), re.MULTILINE
    )
    return {
        "dependencies": {name: shared[name] for name in sorted(used) if name in shared},
        "edition": workspace.get("package", {}).get("edition"),
        "profile": cargo.get("profile", {}),
        "go": release,
    }


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(_read(path))


def _read(path: str | Path) -> str:
    """Return the text of a file; none if this machine has no such file."""
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError:
        return ""


def _say(argv: Sequence[str], cwd: Path) -> str:
    """Return what a command prints."""
    try:
        done = subprocess.run(
            argv, cwd=cwd, env=clean_environment(), capture_output=True, text=True, check=True
        )
    except FileNotFoundError:
        raise LabError(f"{argv[0]} is not installed; expected it on the path") from None
    except subprocess.CalledProcessError as error:
        raise LabError(f"{' '.join(argv)} failed:\n{error.stderr}") from None
    return done.stdout.strip()
