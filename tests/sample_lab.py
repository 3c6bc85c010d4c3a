"""Owns what the labs of tests have in common: the files of a comparison's lab, with one experiment.

What is run in it, or made up for it, is for those who use it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lab.experiments import Experiment, load_experiment
from tests.conftest import edit

Table = Mapping[str, object]

CARGO = '[workspace]\nmembers = ["*/rust"]\n\n[workspace.package]\nedition = "2024"\n'


@dataclass(frozen=True)
class SampleLab:
    """The lab of a comparison, to change at will."""

    workspace: Path
    id: str
    """The experiment's."""

    @property
    def folder(self) -> Path:
        """The experiment's folder."""
        return self.workspace / self.id

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

    def fill(self, experiment: Table, sources: Mapping[str, str]) -> None:
        """Write the experiment, its programs, and the workspaces of both languages."""
        self.write("experiment.toml", _toml(experiment))
        self.write("rust/Cargo.toml", f'[package]\nname = "{self.id}"\n')
        for path, text in sources.items():
            self.write(path, text)
        package = f'[[package]]\nname = "{self.id}"\nversion = "0.1.0"\n'
        self.write("../Cargo.toml", CARGO)
        self.write("../Cargo.lock", f"version = 4\n\n{package}")
        self.write("../go.mod", "module lab\n\ngo 1.26\n")

    def variant(self, id_: str, title: str, label: str = "idiomatic", **more: object) -> Table:
        """Return a variant of the subject with which its id begins."""
        subject = id_.partition("-")[0]
        package = {"rust": self.id, "go": f"./{self.id}/go"}[subject]
        build = {"tool": {"rust": "cargo", "go": "go"}[subject], "package": package}
        own = {"id": id_, "title": title, "subject": subject, "label": label, "build": build}
        return {**own, **more}


def _toml(table: Table) -> str:
    lines = []
    for key, value in table.items():
        if isinstance(value, list) and isinstance(value[0], Mapping):
            lines += [f"\n[[{key}]]\n{_toml(entry)}" for entry in value]
        else:
            lines.append(f"{key} = {_value(value)}\n")
    return "".join(lines)


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{key} = {_value(one)}' for key, one in value.items())} }}"
    return json.dumps(value)
