"""Owns a sample lab whose programs are shell scripts, so that neither compiler is needed.

The commands rustc, cargo and go that it puts on the path only tell a version.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from lab import canary, run
from lab.__main__ import main
from lab.build import Built, Programs
from lab.experiments import Experiment, load_experiment, load_experiments
from lab.launch import build_launcher
from tests.conftest import edit

EXPERIMENT = """\
title = "Counting"
question = "How long does it take to count?"
hypothesis = "Both take as long."
caveats = ["Nobody counts by shell."]
blocks = 3

[[metrics]]
id = "memory"
title = "Peak memory"
figure = "peak-memory"
unit = "B"
better = "lower"
threshold = 1.5
trust = "A"

[[metrics]]
id = "score"
title = "Score"
figure = "score"
kind = "count"
unit = "points"
better = "higher"
threshold = 1.1
trust = "N"

[[variants]]
id = "rust"
title = "Rust"
subject = "rust"
label = "idiomatic"
build = { tool = "cargo", package = "counting" }
command = ["/bin/sh", "{program}"]

[[variants]]
id = "go"
title = "Go"
subject = "go"
label = "idiomatic"
build = { tool = "go", package = "./counting/go" }
command = ["/bin/sh", "{program}"]

[[workloads]]
id = "count"
title = "Count"
text = "To three."
arguments = ["3"]
smoke = ["1"]
"""

CARGO = '[workspace]\nmembers = ["*/rust"]\n\n[workspace.package]\nedition = "2024"\n'
SCRIPT = 'echo "counted to $1"\necho "figure score {score}" >&2\n'
TOOLS = {
    "rustc": "release: 1.95.0\ncommit-hash: 0123456789abcdef\nhost: test\nLLVM version: 22.1",
    "cargo": "cargo 1.95.0",
    "go": "go version go1.26.8 linux/test",
}


def shell_programs(experiment: Experiment, work: Path) -> Programs:
    """Take the script of each side as what was built."""
    built = {}
    for workload in experiment.data.workloads:
        for variant in experiment.variants_of(workload):
            path = experiment.folder / variant.subject / "run.sh"
            content = path.read_bytes()
            digest = hashlib.sha256(content).hexdigest()
            tool = variant.build.tool
            command = f"build {variant.id}"
            program = Built(path.resolve(), digest, len(content), command, tool, {})
            built[workload.id, variant.id] = program
    return Programs(built, None)


@dataclass
class Lab:
    """A lab to change at will, with one experiment."""

    root: Path

    @property
    def comparisons(self) -> Path:
        """The folder of comparisons."""
        return self.root / "comparisons"

    @property
    def workspace(self) -> Path:
        """The comparison's lab."""
        return self.comparisons / "tea-vs-coffee" / "lab"

    @property
    def folder(self) -> Path:
        """The experiment's folder."""
        return self.workspace / "counting"

    @property
    def work(self) -> Path:
        """What is built and not kept."""
        return self.root / "work"

    def write(self, path: str, text: str) -> None:
        """Write a file of the experiment."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace a text that stands once in a file of the experiment."""
        edit(self.folder / path, old, new)

    def experiment(self) -> Experiment:
        """Return the experiment, which must be sound."""
        experiment, problems = load_experiment(self.folder)
        assert experiment is not None, problems
        return experiment

    def problems(self) -> list[str]:
        """Return what is wrong with the experiment, without the folder's name."""
        found = load_experiments(self.comparisons).problems
        return [str(problem).replace(f"{self.folder}/", "") for problem in found]

    def main(self, *arguments: str) -> int:
        """Run a command."""
        where = ["--comparisons", str(self.comparisons), "--work", str(self.work)]
        return main([*arguments, *where], shell_programs)

    @property
    def results(self) -> Path:
        """The folder of the only machine's results."""
        [folder] = (self.folder / "results").iterdir()
        return folder


@pytest.fixture
def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lab:
    """Return a lab with the experiment `counting`, whose Go side scores twice as much.

    Its machine is never quiet, for the real probe takes its time, and waits for no other run.
    """
    tools = tmp_path / "tools"
    tools.mkdir()
    for name, words in TOOLS.items():
        (tools / name).write_text(f"#!/bin/sh\ncat <<'END'\n{words}\nEND\n", encoding="utf-8")
        (tools / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:{os.environ['PATH']}")
    monkeypatch.setattr(canary, "probe", lambda cpus: [0.5 for _ in cpus])
    monkeypatch.setattr(run, "LOCK", tmp_path / "lock")
    lab = Lab(tmp_path)
    lab.write("experiment.toml", EXPERIMENT)
    lab.write("rust/run.sh", SCRIPT.format(score=10))
    lab.write("rust/Cargo.toml", '[package]\nname = "counting"\n')
    lab.write("go/run.sh", SCRIPT.format(score=20))
    lab.write("../Cargo.toml", CARGO)
    lab.write("../Cargo.lock", 'version = 4\n\n[[package]]\nname = "counting"\nversion = "0.1.0"\n')
    lab.write("../go.mod", "module lab\n\ngo 1.26\n")
    return lab


@pytest.fixture(scope="session")
def launcher(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the launcher, compiled."""
    return build_launcher(tmp_path_factory.mktemp("launcher"))
