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
from lab.experiments import Experiment, load_experiments
from lab.launch import build_launcher
from tests.sample_lab import SampleLab, Table

ID = "counting"
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


@dataclass(frozen=True)
class Lab(SampleLab):
    """A lab whose experiment can be run."""

    root: Path

    @property
    def comparisons(self) -> Path:
        """The folder of comparisons."""
        return self.root / "comparisons"

    @property
    def work(self) -> Path:
        """What is built and not kept."""
        return self.root / "work"

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


def _experiment(lab: Lab) -> Table:
    shell = ["/bin/sh", "{program}"]
    return {
        "title": "Counting",
        "question": "How long does it take to count?",
        "hypothesis": "Both take as long.",
        "caveats": ["Nobody counts by shell."],
        "blocks": 3,
        "metrics": [
            {
                "id": "memory",
                "title": "Peak memory",
                "figure": "peak-memory",
                "unit": "B",
                "better": "lower",
                "threshold": 1.5,
                "trust": "A",
            },
            {
                "id": "score",
                "title": "Score",
                "figure": "score",
                "kind": "count",
                "unit": "points",
                "better": "higher",
                "threshold": 1.1,
                "trust": "N",
            },
        ],
        "variants": [
            lab.variant("rust", "Rust", command=shell),
            lab.variant("go", "Go", command=shell),
        ],
        "workloads": [
            {
                "id": "count",
                "title": "Count",
                "text": "To three.",
                "arguments": ["3"],
                "smoke": ["1"],
            }
        ],
    }


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
    lab = Lab(tmp_path / "comparisons" / "tea-vs-coffee" / "lab", ID, tmp_path)
    lab.fill(
        _experiment(lab),
        {"rust/run.sh": SCRIPT.format(score=10), "go/run.sh": SCRIPT.format(score=20)},
    )
    return lab


@pytest.fixture(scope="session")
def launcher(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the launcher, compiled."""
    return build_launcher(tmp_path_factory.mktemp("launcher"))
