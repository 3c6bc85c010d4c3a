from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from examples.content import side_digest, side_files, tool_digest, write_text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.examples.conftest import Sample


def test_a_side_rests_on_its_files(pair: Sample) -> None:
    """Its sources, the program's folder without the other output, and the workspace's files."""
    side = pair.side("taste/greet", "rust")
    names = [path.relative_to(pair.workspace).as_posix() for path in side_files(side)]
    assert names == [
        "Cargo.toml",
        "taste/greet/example.toml",
        "taste/greet/expected.txt",
        "taste/greet/output-rust.txt",
        "taste/greet/rust/Cargo.toml",
        "taste/greet/rust/src/main.rs",
    ]


@pytest.mark.parametrize(
    ("path", "changed"),
    [
        ("taste/greet/rust/src/main.rs", {"rust"}),
        ("taste/greet/rust/src/new.rs", {"rust"}),
        ("taste/greet/output-go.txt", {"go"}),
        ("taste/greet/example.toml", {"rust", "go"}),
        ("Cargo.lock", {"rust"}),
        ("go.sum", {"go"}),
        ("taste/greet/rust/target/debug/x", set()),
        ("taste/other/rust/src/main.rs", set()),
    ],
)
def test_a_changed_file_changes_the_digests_that_rest_on_it(
    pair: Sample, path: str, changed: set[str]
) -> None:
    """No other side's digest changes."""
    sides = {name: pair.side("taste/greet", name) for name in ("rust", "go")}
    before = {name: side_digest(side) for name, side in sides.items()}
    pair.write(path, 'title = "U"\nlook_at = "Look."\n')
    assert {name for name, side in sides.items() if side_digest(side) != before[name]} == changed


def test_the_tool_is_digested() -> None:
    """The digest of the code is the same as long as the code is."""
    assert tool_digest() == tool_digest()


def test_a_file_is_written_in_one_step_and_only_when_it_changes(tmp_path: Path) -> None:
    """Nothing half-written is left, and an equal text leaves the file's time alone."""
    path = tmp_path / "new" / "file"
    assert write_text(path, "a\n")
    before = path.stat().st_mtime_ns
    assert not write_text(path, "a\n")
    assert path.stat().st_mtime_ns == before
    assert write_text(path, "b\n")
    assert [(file.name, file.read_text()) for file in path.parent.iterdir()] == [("file", "b\n")]
