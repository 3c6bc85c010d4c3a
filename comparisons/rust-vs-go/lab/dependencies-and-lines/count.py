#!/usr/bin/env python3
"""Counts what a program is built of, and its own lines.

count.py rust|go PACKAGE PROGRAM
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

LAB = Path(__file__).resolve().parents[1]


def lines_of(path: Path) -> int:
    """Count the lines of a formatted file that are neither blank nor only a comment."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return sum(1 for line in lines if line and not line.startswith("//"))


def main() -> None:
    """Report both counts."""
    language, package, program = sys.argv[1:]
    if language == "rust":
        # What this machine builds; what only tests need is left out.
        command = ["cargo", "tree", "--locked", "-p", package]
        command += ["-e", "normal,build", "--prefix", "none", "--format", "{p}", "--no-dedupe"]
        paths = [LAB / package / "rust" / "src" / "bin" / f"{program}.rs"]
    else:
        shown = "{{with .Module}}{{.Path}} {{.Version}}{{end}}"
        command = ["go", "list", "-deps", "-f", shown, f"./{package}/go/{program}"]
        paths = sorted((LAB / package / "go" / program).glob("*.go"))
    said = subprocess.run(command, cwd=LAB, capture_output=True, text=True, check=True).stdout
    packages = {line.removesuffix(" (proc-macro)") for line in said.splitlines() if line.strip()}
    print(f"counted {program}")
    print(f"figure packages {len(packages)}", file=sys.stderr)
    print(f"figure lines {sum(map(lines_of, paths))}", file=sys.stderr)


if __name__ == "__main__":
    main()
