"""What the runner asks of a subject's toolchain, and how any command of it is run."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from packaging.version import Version

from .model import Service, Side
from .subjects import Subject

# What a reader's shell may set, and what changes an output.
_UNSET = (
    *("RUST_BACKTRACE", "RUST_LOG", "RUST_LIB_BACKTRACE", "RUSTFLAGS", "RUSTDOCFLAGS"),
    *("GODEBUG", "GOGC", "GOMAXPROCS", "GORACE", "GOTRACEBACK", "GOFLAGS"),
    *("CARGO_TARGET_DIR", "FORCE_COLOR", "CLICOLOR_FORCE"),
)
_SET = {"CARGO_TERM_COLOR": "never", "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "TZ": "UTC"}


class ToolchainError(Exception):
    """A toolchain is missing, too old, or cannot build at all; the message says what to do."""


@dataclass(frozen=True)
class Outcome:
    """How a command ended."""

    status: int
    """The exit status, or the negative number of the signal that ended it."""
    stdout: str
    stderr: str
    timed_out: bool = False


@dataclass(frozen=True)
class Build:
    """What building a side gave: the command that runs it, or why there is none."""

    argv: tuple[str, ...] = ()
    env: Mapping[str, str] = field(default_factory=dict)
    failure: str = ""


class Toolchain(Protocol):
    """The compiler, the tests and the linters of one subject."""

    subject: Subject
    source: str
    """Where to get it."""

    def wanted(self, workspace: Path) -> str:
        """Return the oldest release that will do."""

    def installed(self) -> str | None:
        """Return the release that is installed, if any."""

    def command(self, side: Side) -> str:
        """Return the command that a reader types in the examples folder."""

    def build(self, sides: Sequence[Side], work: Path, locked: bool) -> dict[str, Build]:
        """Build sides of one workspace, by program id.

        Without `locked` the lock files are brought up to date. What goes wrong with all of
        them at once is a `ToolchainError`.
        """

    def lint(self, workspace: Path, sides: Sequence[Side], work: Path) -> list[str]:
        """Return what the formatter and the linters find, a text for each tool."""

    def places(self) -> list[tuple[Path, str]]:
        """Return folders of the machine that an output may name, and what stands for them."""


def execute(
    argv: Sequence[str],
    cwd: Path,
    env: Mapping[str, str] | None = None,
    stdin: Path | None = None,
    timeout_seconds: float | None = None,
) -> Outcome:
    """Run a command in a clean environment; end it and its children when the time is up."""
    kept = {name: value for name, value in os.environ.items() if name not in _UNSET}
    with (stdin or Path(os.devnull)).open("rb") as source:
        process = subprocess.Popen(
            argv,
            cwd=cwd,
            env={**kept, **_SET, **(env or {})},
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        timed_out = False
        try:
            stdout, stderr = process.communicate(timeout=timeout_seconds)
        except subprocess.TimeoutExpired:
            timed_out = True
            _end_group(process.pid)
            stdout, stderr = process.communicate()
        except BaseException:
            _end_group(process.pid)
            process.wait()
            raise
    out, err = (text.decode("utf-8", errors="replace") for text in (stdout, stderr))
    return Outcome(process.returncode, out, err, timed_out)


def _end_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


def version_in(argv: Sequence[str]) -> str | None:
    """Return the version number that a command prints, or None if there is no such command."""
    try:
        outcome = execute(argv, Path.cwd())
    except OSError:
        return None
    found = re.search(r"\d+\.\d+(\.\d+)?", outcome.stdout)
    return found[0] if found and outcome.status == 0 else None


def require(toolchain: Toolchain, workspace: Path) -> str:
    """Return the installed release of a toolchain, or raise `ToolchainError` if it won't do."""
    title, wanted = toolchain.subject.title, toolchain.wanted(workspace)
    installed = toolchain.installed()
    if installed and Version(installed) >= Version(wanted):
        return installed
    state = f"{title} {installed} is installed" if installed else f"{title} is not installed"
    raise ToolchainError(f"{state}; expected {title} {wanted} or newer, from {toolchain.source}")


def shell_line(argv: Sequence[str], side: Side) -> str:
    """Return a command as a reader types it, with the side's environment and input."""
    env = dict(side.env)
    if Service.POSTGRES in side.data.needs:
        env["DATABASE_URL"] = "postgres://localhost/examples"
    names = [f"{name}={shlex.quote(value)}" for name, value in sorted(env.items())]
    line = " ".join([*names, *(shlex.quote(part) for part in argv)])
    return f"{line} < {side.program}/{side.data.stdin}" if side.data.stdin else line
