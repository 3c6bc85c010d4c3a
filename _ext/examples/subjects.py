"""The subjects whose programs are checked: names, and where the files of a side lie.

Knows no toolchain: a page shows programs on a machine that has none.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Subject:
    """A language as pages and folders call it."""

    id: str
    """The name of its folder inside a program's, and of its table in `example.toml`."""
    title: str
    suffix: str
    """Of its source files."""
    package: str
    """The program's main file when the toolchain builds it as a package."""
    single: str
    """The program's only file when it must not compile."""
    workspace_files: tuple[str, ...]
    """Files of the examples folder that say how its programs are built."""
    panic_status: int
    """The exit status of a program that panicked."""


RUST = Subject(
    id="rust",
    title="Rust",
    suffix=".rs",
    package="src/main.rs",
    single="main.rs",
    workspace_files=(
        ".cargo/config.toml",
        "Cargo.lock",
        "Cargo.toml",
        "clippy.toml",
        "rust-toolchain.toml",
        "rustfmt.toml",
    ),
    panic_status=101,
)

GO = Subject(
    id="go",
    title="Go",
    suffix=".go",
    package="main.go",
    single="main.go",
    workspace_files=("go.mod", "go.sum", "staticcheck.conf"),
    panic_status=2,
)

SUBJECTS = {subject.id: subject for subject in (RUST, GO)}
"""In the order in which pages show them."""

LANGUAGES = {
    ".go": "go",
    ".json": "json",
    ".mod": "text",
    ".proto": "protobuf",
    ".rs": "rust",
    ".sql": "sql",
    ".toml": "toml",
    ".yaml": "yaml",
}
"""How files are highlighted, by suffix; any other file is plain text."""
