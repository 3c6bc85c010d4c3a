from __future__ import annotations

from pathlib import Path

import pytest

from lab.launch import LabError
from lab.lint import lint

GO = """package main

func main() {
\tprintln("hello")
}
"""


def _workspace(folder: Path, code: str) -> Path:
    folder.mkdir()
    (folder / "go.mod").write_text("module sample\n\ngo 1.26.0\n")
    (folder / "main.go").write_text(code)
    return folder


def test_sound_programs_pass(tmp_path: Path) -> None:
    """Formatted, and nothing for vet to find."""
    assert list(lint(_workspace(tmp_path / "lab", GO), tmp_path)) == []


@pytest.mark.parametrize(
    ("code", "tool"),
    [
        (GO.replace("\t", "  "), "gofmt"),
        (GO.replace("println", "panic(1); println"), "go vet"),
    ],
)
def test_what_a_tool_finds_is_told(tmp_path: Path, code: str, tool: str) -> None:
    """With the workspace, the tool and the file."""
    workspace = _workspace(tmp_path / "lab", code)
    told = "\n".join(lint(workspace, tmp_path))
    assert f"{workspace}: {tool}" in told
    assert "main.go" in told


def test_rust_programs_are_linted(tmp_path: Path) -> None:
    """By rustfmt and clippy, where there is a workspace of Cargo."""
    folder = tmp_path / "lab"
    (folder / "src").mkdir(parents=True)
    (folder / "Cargo.toml").write_text('[package]\nname = "sample"\nedition = "2024"\n')
    (folder / "Cargo.lock").write_text(
        'version = 4\n\n[[package]]\nname = "sample"\nversion = "0.0.0"\n'
    )
    (folder / "src" / "main.rs").write_text("fn main() {\n    return;\n}\n")
    [told] = lint(folder, tmp_path)
    assert "cargo clippy" in told
    assert "needless_return" in told


def test_a_missing_tool_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the workspace that needs it."""
    workspace = _workspace(tmp_path / "lab", GO)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(LabError, match="gofmt is missing"):
        list(lint(workspace, tmp_path))
