"""Asks both languages' own tools whether the lab's programs are formatted and free of mistakes."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from .launch import LabError
from .provenance import clean_environment

_RUST = (
    ("cargo", "fmt", "--all", "--check"),
    ("cargo", "clippy", "-q", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"),
)
_GO = (("gofmt", "-l", "-d", "."), ("go", "vet", "./..."))


def lint(workspace: Path, work: Path) -> Iterator[str]:
    """Yield what the tools of the languages that a workspace uses find wrong.

    Raise `LabError` where a tool is missing.
    """
    commands = [
        *(_RUST if (workspace / "Cargo.toml").exists() else ()),
        *(_GO if (workspace / "go.mod").exists() else ()),
    ]
    environment = {
        **clean_environment(),
        "CARGO_TARGET_DIR": str(work.resolve() / "cargo" / "lint"),
    }
    for command in commands:
        try:
            done = subprocess.run(
                command, cwd=workspace, env=environment, capture_output=True, text=True, check=False
            )
        except FileNotFoundError:
            raise LabError(f"{command[0]} is missing; it lints {workspace}") from None
        # gofmt ends well whatever it finds.
        if done.returncode or (command[0] == "gofmt" and done.stdout):
            yield f"{workspace}: {' '.join(command)}\n{done.stdout}{done.stderr}"
