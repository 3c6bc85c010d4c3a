#!/usr/bin/env python3
"""Compiles or checks a project once, and reports the processor time of that alone.

    compile.py WORK rust|rust-release|go synthetic|service CASE [MODULES]

The case is `clean`, `everything`, `edit`, `check` or `lint`.

The project lies below WORK and is made by the first run. Each run edits it first, so that no
compiler finds what it made before: every file for `clean` and `everything`, one for the others.
"""

from __future__ import annotations

import hashlib
import os
import re
import resource
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

LAB = Path(__file__).resolve().parents[1]
SERVICE = "binary-size"
FUNCTIONS = 40

RUST_MODULE = """pub struct Item {{
    pub key: u64,
    pub name: String,
}}
"""

RUST_FUNCTION = """
pub fn function_{function}(n: u64) -> u64 {{
    let mut items = Vec::new();
    for key in 0..n % 8 {{
        items.push(Item {{
            key: key * {factor},
            name: format!("item {{key}} of {function}"),
        }});
    }}
    if n == {stamp} {{
        items.clear();
    }}
    items
        .iter()
        .filter(|item| item.key % 3 != 1)
        .map(|item| item.key + item.name.len() as u64)
        .sum()
}}
"""

GO_MODULE = """package module_{module}

import "fmt"

type Item struct {{
	Key  uint64
	Name string
}}
"""

GO_FUNCTION = """
func Function{function}(n uint64) uint64 {{
	var items []Item
	for key := range n % 8 {{
		items = append(items, Item{{
			Key:  key * {factor},
			Name: fmt.Sprintf("item %d of {function}", key),
		}})
	}}
	if n == {stamp} {{
		items = nil
	}}
	var sum uint64
	for _, item := range items {{
		if item.Key%3 != 1 {{
			sum += item.Key + uint64(len(item.Name))
		}}
	}}
	return sum
}}
"""


@dataclass(frozen=True)
class Project:
    """A project in one language, and where its compiler keeps what it has made."""

    root: Path
    language: str
    release: bool
    service: bool
    modules: int

    @property
    def sources(self) -> list[Path]:
        """The files that are edited."""
        rust = self.language == "rust"
        if self.service:
            name = "rust/src/bin/http-service.rs" if rust else "go/http-service/main.go"
            return [self.root / SERVICE / name]
        names = [
            f"src/module_{i}.rs" if rust else f"module_{i}/module.go" for i in range(self.modules)
        ]
        return [self.root / name for name in names]

    @property
    def program(self) -> Path:
        """What a build makes."""
        name = "http-service" if self.service else "synthetic"
        if self.language == "go":
            return self.root / name
        return self.root / "target" / ("release" if self.release else "debug") / name

    def write(self) -> None:
        """Write all of it, or copy it from the lab."""
        if self.service:
            shutil.copytree(
                LAB / SERVICE, self.root / SERVICE, ignore=shutil.ignore_patterns("results")
            )
            for name in ("Cargo.toml", "Cargo.lock", "go.mod", "go.sum"):
                if (LAB / name).is_file():
                    shutil.copy(LAB / name, self.root)
            return
        for path in self.sources:
            path.parent.mkdir(parents=True, exist_ok=True)
        modules, calls = range(self.modules), range(FUNCTIONS)
        if self.language == "rust":
            main = "".join(f"mod module_{i};\n" for i in modules) + "\nfn main() {\n"
            main += "    let n = std::env::args().count() as u64 + 4;\n    let mut sum = 0;\n"
            main += "".join(
                f"    sum += module_{i}::function_{j}(n);\n" for i in modules for j in calls
            )
            main += '    println!("{sum}");\n}\n'
            (self.root / "src" / "main.rs").write_text(main, encoding="utf-8")
            manifest = '[package]\nname = "synthetic"\nedition = "2024"\n\n[workspace]\n'
            (self.root / "Cargo.toml").write_text(manifest, encoding="utf-8")
        else:
            main = 'package main\n\nimport (\n\t"fmt"\n\t"os"\n\n'
            main += "".join(f'\t"synthetic.example/module_{i}"\n' for i in modules) + ")\n\n"
            main += "func main() {\n\tn := uint64(len(os.Args)) + 4\n\tvar sum uint64\n"
            main += "".join(f"\tsum += module_{i}.Function{j}(n)\n" for i in modules for j in calls)
            main += "\tfmt.Println(sum)\n}\n"
            (self.root / "main.go").write_text(main, encoding="utf-8")
            module = "module synthetic.example\n\ngo 1.26.0\n"
            (self.root / "go.mod").write_text(module, encoding="utf-8")

    def edit(self, paths: list[Path], stamp: int | str) -> None:
        """Change a number that no input has, or a text of the service."""
        for path in paths:
            if self.service:
                text = path.read_text(encoding="utf-8")
                text = re.sub(r'"Hello\d*, ', f'"Hello{stamp}, ', text)
            else:
                module = self.sources.index(path)
                parts = (
                    (RUST_MODULE, RUST_FUNCTION)
                    if self.language == "rust"
                    else (GO_MODULE, GO_FUNCTION)
                )
                text = parts[0].format(module=module) + "".join(
                    parts[1].format(function=i, factor=module * 50 + i + 1, stamp=stamp)
                    for i in range(FUNCTIONS)
                )
            path.write_text(text, encoding="utf-8")

    def command(self, case: str) -> list[str]:
        """Return how it is built, checked or linted, as a programmer types it."""
        if self.language == "rust":
            chosen = ["-p", SERVICE, "--bin", "http-service"] if self.service else []
            release = ["--release"] if self.release else []
            verb = {"check": "check", "lint": "clippy"}.get(case, "build")
            return ["cargo", verb, "--quiet", "--offline", *release, *chosen]
        package = f"./{SERVICE}/go/http-service" if self.service else "./..."
        if case in ("check", "lint"):
            # Go has no check that is cheaper than its build, of which nothing is kept here.
            return ["go", "build" if case == "check" else "vet", package]
        return ["go", "build", "-o", str(self.program), package if self.service else "."]

    def run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        """Run a command of the toolchain with caches of its own."""
        caches = {"CARGO_TARGET_DIR": str(self.root / "target"), "GOCACHE": str(self.cache)}
        return subprocess.run(
            command,
            cwd=self.root,
            env={**os.environ, **caches},
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def cache(self) -> Path:
        """Where Go keeps what it has compiled, the standard library included."""
        return self.root / "go-cache"

    def must(self, command: list[str]) -> None:
        """Run a command; end if it fails."""
        done = self.run(command)
        if done.returncode:
            sys.exit(f"{' '.join(command)} failed:\n{done.stderr}")

    def forget(self, everything: bool) -> None:
        """Delete what was compiled of the project, or of its dependencies too."""
        if everything:
            for folder in (self.root / "target", self.cache):
                shutil.rmtree(folder, ignore_errors=True)
        elif self.language == "rust":
            package = SERVICE if self.service else "synthetic"
            release = ["--release"] if self.release else []
            self.must(["cargo", "clean", "--quiet", "--offline", *release, "-p", package])


def main() -> None:
    """Prepare the project, edit it, compile it, and tell what that took."""
    work, side, kind, case, *rest = sys.argv[1:]
    modules = int(rest[0]) if rest else 0
    versions = [subprocess.check_output(argv) for argv in (["cargo", "-vV"], ["go", "version"])]
    digest = hashlib.sha256(Path(__file__).read_bytes() + b"".join(versions)).hexdigest()[:12]
    name = "-".join((side, kind, case, str(modules), digest))
    root = Path(work).resolve() / "compile" / name
    language, _, release = side.partition("-")
    project = Project(root, language, bool(release), kind == "service", modules)
    command = project.command(case)
    if not (root / "ready").exists():
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir(parents=True)
        project.write()
        project.edit(project.sources, 0)
        project.must(command)
        (root / "ready").touch()

    stamp = time.time_ns()
    clean = case in ("clean", "everything")
    project.edit(project.sources if clean else project.sources[:1], stamp)
    if clean:
        project.forget(case == "everything")
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    project.must(command)
    seconds, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"figure compile-cpu {used:.6f}", file=sys.stderr)
    print(f"figure compile-wall {seconds:.6f}", file=sys.stderr)

    if case in ("check", "lint"):
        project.edit(project.sources[:1], '"a text"')
        refused = project.run(command).returncode != 0
        print(f"a text in place of a number is {'refused' if refused else 'accepted'}")
    elif project.service:
        there = str(stamp).encode() in project.program.read_bytes()
        print(f"the program {'has' if there else 'lacks'} the edit")
    else:
        print(subprocess.check_output([project.program], text=True), end="")


if __name__ == "__main__":
    main()
