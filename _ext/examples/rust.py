"""The toolchain of Rust: cargo for packages, rustc for single files that must not compile."""

from __future__ import annotations

import json
import os
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from .model import Kind, Side
from .subjects import RUST
from .toolchain import Build, ToolchainError, execute, shell_line, version_in


class RustToolchain:
    """Builds all packages at once, into a target folder below the work folder."""

    subject = RUST
    source = "https://rustup.rs (`rustup update stable`)"

    def wanted(self, workspace: Path) -> str:
        """Return `rust-version` of the workspace."""
        return str(_package_defaults(workspace)["rust-version"])

    def installed(self) -> str | None:
        """Return the release of rustc."""
        return version_in(["rustc", "--version"]) and version_in(["cargo", "--version"])

    def command(self, side: Side) -> str:
        """Return `cargo run`, `cargo test` or `rustc`."""
        own = list(side.own.flags)
        if side.kind is Kind.COMPILE_ERROR:
            return shell_line([*_rustc(side), *own], side)
        if side.kind is Kind.TEST:
            return shell_line(["cargo", "test", "-p", side.name, *own], side)
        args = ["--", *side.args] if side.args else []
        return shell_line(["cargo", "run", "-q", "-p", side.name, *own, *args], side)

    def build(self, sides: Sequence[Side], work: Path, locked: bool) -> dict[str, Build]:
        """Build packages with one call of cargo for each set of flags."""
        builds: dict[str, Build] = {}
        groups: dict[tuple[bool, tuple[str, ...]], list[Side]] = defaultdict(list)
        for side in sides:
            if side.kind is Kind.COMPILE_ERROR:
                out = work / "rustc" / side.program
                out.mkdir(parents=True, exist_ok=True)
                argv = (*_rustc(side), *side.own.flags, "--out-dir", str(out))
                builds[side.program] = Build(argv)
            else:
                groups[side.kind is Kind.TEST, side.own.flags].append(side)
        for (tests, flags), group in groups.items():
            command = ["cargo", "test", "--no-run"] if tests else ["cargo", "build"]
            builds |= _cargo_build([*command, *flags], group, work, locked)
        return builds

    def lint(self, workspace: Path, sides: Sequence[Side], work: Path) -> list[str]:
        """Run rustfmt on everything, and clippy on the packages."""
        single = [f"{s.path}/{s.main}" for s in sides if s.kind is Kind.COMPILE_ERROR]
        edition = str(_package_defaults(workspace)["edition"])
        commands = []
        if len(single) < len(sides):
            commands.append(["cargo", "fmt", "--all", "--check"])
            clippy = ["cargo", "clippy", "-q", "--locked", "--workspace", "--all-targets"]
            commands.append([*clippy, "--keep-going", "--", "-D", "warnings"])
        if single:
            commands.append(["rustfmt", "--check", "--edition", edition, *single])
        outcomes = [(argv, execute(argv, workspace, _env(work))) for argv in commands]
        return [
            f"{' '.join(argv)}\n{outcome.stdout}{outcome.stderr}"
            for argv, outcome in outcomes
            if outcome.status
        ]

    def places(self) -> list[tuple[Path, str]]:
        """Return Cargo's and rustup's folders."""
        cargo = Path(os.environ.get("CARGO_HOME", Path.home() / ".cargo"))
        rustup = Path(os.environ.get("RUSTUP_HOME", Path.home() / ".rustup"))
        return [(cargo, "$CARGO_HOME"), (rustup, "$RUSTUP_HOME")]


def _package_defaults(workspace: Path) -> dict[str, Any]:
    path = workspace / "Cargo.toml"
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        package: dict[str, Any] = data["workspace"]["package"]
        return {key: package[key] for key in ("rust-version", "edition")}
    except (OSError, ValueError, KeyError) as error:
        expected = "rust-version and edition in [workspace.package]"
        raise ToolchainError(f"{path}: {error!r}; expected {expected}") from None


def _rustc(side: Side) -> list[str]:
    edition = str(_package_defaults(side.workspace)["edition"])
    return ["rustc", "--edition", edition, f"{side.path}/{side.main}"]


def _env(work: Path) -> dict[str, str]:
    return {"CARGO_TARGET_DIR": str(work / "target")}


def _cargo_build(
    command: list[str], sides: Sequence[Side], work: Path, locked: bool
) -> dict[str, Build]:
    """Build the packages of some sides; tell from cargo's messages what became of each."""
    packages = [part for side in sides for part in ("-p", side.name)]
    options = ["--keep-going", "--message-format=json", *(["--locked"] if locked else [])]
    if command[1] == "test":
        options[0] = "--no-fail-fast"
    workspace = sides[0].workspace
    outcome = execute([*command, "-q", *options, *packages], workspace, _env(work))
    programs = {str(side.folder.resolve() / "Cargo.toml"): side for side in sides}
    executables: dict[str, str] = {}
    errors: dict[str, list[str]] = defaultdict(list)
    for message in _messages(outcome.stdout):
        side = programs.get(message.get("manifest_path", ""))
        if side is None:
            continue
        target = message.get("target", {})
        if message["reason"] == "compiler-artifact" and message.get("executable"):
            if target.get("name") == side.name:
                executables[side.program] = message["executable"]
        elif message["reason"] == "compiler-message" and message["message"]["level"] == "error":
            errors[side.program].append(message["message"]["rendered"])
    if outcome.status and not errors:
        raise ToolchainError(f"{' '.join(command)} failed:\n{outcome.stderr.strip()}")
    builds = {}
    for side in sides:
        if side.program in errors:
            builds[side.program] = Build(failure="".join(dict.fromkeys(errors[side.program])))
        elif side.kind is Kind.TEST:
            locked_test = ("cargo", "test", "--locked", "-p", side.name, *side.own.flags)
            builds[side.program] = Build(locked_test, _env(work))
        elif side.program in executables:
            builds[side.program] = Build((executables[side.program], *side.args))
        else:
            builds[side.program] = Build(failure=outcome.stderr or "cargo made no executable\n")
    return builds


def _messages(text: str) -> Iterator[dict[str, Any]]:
    for line in text.splitlines():
        if line.startswith("{"):
            yield json.loads(line)
