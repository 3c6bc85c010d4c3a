"""What programs need beside their own process: a PostgreSQL server of their own, while they run.

The server lives in a temporary folder, listens on loopback, and is gone after the run.
"""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from packaging.version import Version

from .model import Service, Side
from .toolchain import ToolchainError, execute

POSTGRES_SOURCE = "https://www.postgresql.org/download/ (its bin folder on the path)"

_USER = "examples"
_TOOLS = ("initdb", "pg_ctl", "createdb")
_DEBIAN = Path("/usr/lib/postgresql")
# No program needs its rows after a crash.
_SETTINGS = "-c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off"

Environment = Callable[[Side], dict[str, str]]


@contextmanager
def started(sides: Sequence[Side]) -> Iterator[Environment]:
    """Start what some of the sides need; yield what a side then has in its environment.

    Each side has a database of its own, so that two may run at once. Raise `ToolchainError` if
    the server is not installed or does not start.
    """
    if not any(Service.POSTGRES in side.data.needs for side in sides):
        yield lambda side: {}
        return
    with postgres() as server:

        def environment(side: Side) -> dict[str, str]:
            if Service.POSTGRES not in side.data.needs:
                return {}
            return {"DATABASE_URL": server.create(f"{side.name}-{side.subject.id}")}

        yield environment


@dataclass(frozen=True)
class Postgres:
    """A PostgreSQL server that runs."""

    tools: Path
    """The folder of its programs."""
    folder: Path
    port: int

    def create(self, database: str) -> str:
        """Create an empty database; return its address."""
        self._client("createdb", database)
        return f"postgres://{_USER}@127.0.0.1:{self.port}/{database}?sslmode=disable"

    def drop(self, database: str) -> None:
        """Delete a database."""
        self._client("dropdb", "--force", database)

    def _client(self, tool: str, *arguments: str) -> None:
        address = ["-h", "127.0.0.1", "-p", str(self.port), "-U", _USER]
        _do([str(self.tools / tool), *address, *arguments], self.folder)


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Start a server of our own, and stop it at the end."""
    tools = postgres_folder()
    if tools is None:
        wrong = f"PostgreSQL's server is not installed (no folder with {', '.join(_TOOLS)})"
        raise ToolchainError(f"{wrong}; expected any release, from {POSTGRES_SOURCE}")
    initdb, pg_ctl, _ = (str(tools / name) for name in _TOOLS)
    # Not below the project: a socket's path is short, and the server's user must get there.
    with tempfile.TemporaryDirectory(prefix="examples-") as name:
        folder = Path(name)
        as_user = _unprivileged(folder)
        port = _free_port()
        data = str(folder / "data")
        _do([*as_user, initdb, "-D", data, "-U", _USER, "--auth=trust", "-E", "UTF8"], folder)
        control = [*as_user, pg_ctl, "-D", data, "-w", "-s"]
        options = f"-p {port} -k {folder} {_SETTINGS}"
        _do([*control, "-l", str(folder / "log"), "-o", options, "start"], folder)
        try:
            yield Postgres(tools, folder, port)
        finally:
            execute([*control, "-m", "immediate", "stop"], folder)


def postgres_folder() -> Path | None:
    """Return the folder with the server's programs: one of the path, or Debian's newest.

    All are taken from one folder, since those of two releases do not work together. Debian puts
    them where no path leads, and commands of its own for some of them on the path.
    """
    on_path = map(Path, os.environ.get("PATH", os.defpath).split(os.pathsep))
    debian = sorted(_DEBIAN.glob("*/bin"), key=lambda path: Version(path.parent.name), reverse=True)
    for folder in (*on_path, *debian):
        if all(shutil.which(name, path=folder) for name in _TOOLS):
            return folder
    return None


def _unprivileged(folder: Path) -> list[str]:
    """Return what runs a command as another user, for the server refuses to run as root."""
    if os.getuid() != 0:
        return []
    try:
        shutil.chown(folder, "postgres", "postgres")
    except LookupError:
        wrong = "PostgreSQL does not run as root, and there is no user postgres"
        raise ToolchainError(f"{wrong}; expected that user, or another one than root") from None
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _do(argv: Sequence[str], cwd: Path) -> None:
    """Run a command that must succeed."""
    outcome = execute(argv, cwd, timeout_seconds=120)
    if outcome.status:
        raise ToolchainError(f"{' '.join(argv)} failed:\n{outcome.stdout}{outcome.stderr}".strip())
