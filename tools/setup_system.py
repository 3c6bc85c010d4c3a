"""Finds what the project needs of the system, and gets what is missing where the machine lets it.

`make` runs it with the names of what is needed next. With all in place it changes nothing and
takes less than a second.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from examples.services import POSTGRES_SOURCE, postgres_folder

RUST_TARGET = "aarch64-unknown-linux-musl"
"""What a program is built for on any machine; rustup by itself brings the host's library only."""

VARIABLE = "CHROMIUM"
COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

VERAPDF_VERSION = "1.28.2"
VERAPDF_SHA256 = "687d4d8bcfec48c9f7e931cf78ed061f1eeccfba55d4cdc000ba9b4d8aa46ce6"
VERAPDF = Path(__file__).parents[1] / ".venv" / f"greenfield-apps-{VERAPDF_VERSION}.jar"
"""One file of Maven Central with all of veraPDF; nothing of it is part of what we publish."""
GET_VERAPDF = (
    *("mvn", "-q", "-B", "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"),
    f"-Dartifact=org.verapdf.apps:greenfield-apps:{VERAPDF_VERSION}",
    *("-DoutputDirectory=.venv", "-Dmdep.overWriteReleases=true"),
)

PACKAGES = {
    "browser": ("chromium",),
    "compiler": ("gcc", "libc6-dev"),
    "git": ("git",),
    "java": ("default-jre-headless",),
    "postgres": ("postgresql",),
    "valgrind": ("valgrind",),
    "verapdf": ("maven",),
}
"""The packages of Debian and Ubuntu that bring what can be asked for.

A machine where `postgresql` gets installed has a server of its own from then on; programs start
and stop another one.
"""

HELP = {
    "browser": (
        "A browser is missing: the tests open every page in Chromium. One of these gets it:",
        "  apt install chromium                               (Debian, as administrator)",
        "  .venv/bin/python -m playwright install chromium    (any system)",
        f"  {VARIABLE}=/path/to/chrome make test                (one that is elsewhere)",
    ),
    "compiler": (
        "A C compiler is missing: Rust, Go's race detector and the lab's launcher need it.",
        "  apt install gcc libc6-dev                          (Debian, as administrator)",
    ),
    "git": (
        "git is missing: the tests need it.",
        "  apt install git                                    (Debian, as administrator)",
    ),
    "java": (
        "Java is missing: EPUBCheck and veraPDF, which check the EPUB and the PDF, need it.",
        "  apt install default-jre-headless                   (Debian, as administrator)",
    ),
    "postgres": (
        "PostgreSQL's server is missing: programs use a database. One of these gets it:",
        "  apt install postgresql                             (Debian, as administrator)",
        f"  {POSTGRES_SOURCE}",
    ),
    "rust-target": (
        f"Rust's standard library for {RUST_TARGET} is missing: a program is built for it.",
        f"  rustup target add {RUST_TARGET}       (Rust from https://rustup.rs)",
        "  its package, of the very release of rustc          (Rust from a distribution)",
    ),
    "valgrind": (
        "Valgrind is missing: the lab counts the instructions of programs by it.",
        "  apt install valgrind                               (Debian, as administrator)",
    ),
    "verapdf": (
        "veraPDF is missing: the tests check by it what the PDF claims. Maven gets it:",
        "  apt install maven                                  (Debian, as administrator)",
        f"  {' '.join(GET_VERAPDF)}",
    ),
}
"""What can be asked for, and what to tell somebody whose machine lacks it."""

Command = tuple[str, ...]
Way = tuple[Command, ...]
"""Commands to run in a row; what they are to bring is there afterwards, or the way has failed."""


@dataclass(frozen=True)
class Machine:
    """What decides what can be installed on a machine, and how."""

    apt: bool
    admin: Command | None
    """What to put before a command of the administrator; None when we can't be that."""

    rustup: bool = False
    python: str = "python"


def plan(missing: Iterable[str], machine: Machine) -> dict[str, tuple[Way, ...]]:
    """Return each missing thing with the ways to get it, the one to try first first."""
    return {thing: tuple(_ways(thing, machine)) for thing in missing}


def _ways(thing: str, machine: Machine) -> list[Way]:
    may_install = machine.apt and machine.admin is not None
    ways = [_apt(machine, *PACKAGES[thing])] if may_install and thing in PACKAGES else []
    if thing == "verapdf":  # Maven may be there already
        return [(GET_VERAPDF,), *((*way, GET_VERAPDF) for way in ways)]
    if thing == "browser":
        playwright: Command = (machine.python, "-m", "playwright", "install", "chromium")
        # Without rights the libraries that the browser needs must be there already.
        ways.append(((*playwright, "--with-deps") if may_install else playwright,))
    if thing == "rust-target" and machine.rustup:
        ways.append((("rustup", "target", "add", RUST_TARGET),))
    return ways


def _apt(machine: Machine, *packages: str) -> Way:
    """Return the way by apt-get. It is told to ask nothing by an option: sudo drops variables."""
    quiet = ("-q", "-y", "-o", "Dpkg::Options::=--force-confold")
    apt = (*(machine.admin or ()), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get")
    return (*apt, "-q", "update"), (*apt, *quiet, "install", "--no-install-recommends", *packages)


def help_text(thing: str) -> str:
    """Return what to tell somebody whose machine lacks a thing that we could not install."""
    return "\n".join(HELP[thing])


def there(thing: str) -> bool:
    """Whether the machine has a thing that can be asked for."""
    match thing:
        case "browser":
            return find_browser() is not None
        case "compiler":
            return shutil.which("cc") is not None
        case "postgres":
            return postgres_folder() is not None
        case "rust-target":
            return _has_rust_target()
        case "verapdf":
            return is_verapdf(VERAPDF)
        case _:
            return shutil.which(thing) is not None


def _has_rust_target() -> bool:
    """Whether the compiler on the path, which need not be rustup's, can build for the target."""
    asked = ("rustc", "--print", "target-libdir", "--target", RUST_TARGET)
    try:
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
    except OSError:
        return False
    return done.returncode == 0 and any(Path(done.stdout.strip()).glob("libstd-*.rlib"))


def is_verapdf(path: Path) -> bool:
    """Whether a file is the very one that is meant: not cut off, and not another."""
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == VERAPDF_SHA256


def find_browser(
    environment: Mapping[str, str] = os.environ,
    which: Callable[[str], str | None] = shutil.which,
    runs: Callable[[str], bool] | None = None,
    own: Callable[[], str | None] | None = None,
) -> str | None:
    """Return a browser that runs: the one set by variable, one on the path, or Playwright's own.

    A browser set by variable is the only one tried, so that a mistake in it is not hidden.
    """
    runs = runs or _runs
    if path := environment.get(VARIABLE):
        return path if runs(path) else None
    for path in filter(None, map(which, COMMANDS)):
        if runs(path):  # Ubuntu's chromium-browser is there and says no more than "install snap"
            return path
    path = (own or _own_browser)()
    return path if path and runs(path) else None


def _runs(path: str) -> bool:
    try:
        done = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _own_browser() -> str | None:
    """Return the path of the browser that Playwright has installed, if it has."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def provide(
    plan: Mapping[str, Sequence[Way]],
    run: Callable[[Command], bool],
    there: Callable[[str], bool],
) -> list[str]:
    """Try the ways to each thing until it is there; return the things that still are not."""
    missing = []
    for thing, ways in plan.items():
        for way in ways:
            if all(map(run, way)) and there(thing):
                break
        else:
            missing.append(thing)
    return missing


def _run(command: Command) -> bool:
    """Run a command in sight of the user; whether it went well."""
    print("+", *command, flush=True)
    try:
        return subprocess.run(command, check=False).returncode == 0
    except OSError as error:
        print(error, file=sys.stderr)
        return False


def _admin() -> Command | None:
    """Return how to be administrator without being asked for a password."""
    if os.geteuid() == 0:
        return ()
    asked = shutil.which("sudo") and subprocess.run(
        ["sudo", "-n", "true"], capture_output=True, check=False
    )
    return ("sudo", "-n") if asked and asked.returncode == 0 else None


def main(arguments: Sequence[str] | None = None) -> int:
    """Provide what is asked for and missing; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("things", nargs="+", choices=HELP)
    missing = [thing for thing in parser.parse_args(arguments).things if not there(thing)]
    if not missing:
        return 0
    chosen = os.environ.get(VARIABLE)
    if chosen and "browser" in missing:
        print(f"{VARIABLE}={chosen} does not run: give the path of a browser", file=sys.stderr)
        return 1
    apt = shutil.which("apt-get") is not None
    rustup = shutil.which("rustup") is not None
    machine = Machine(apt, _admin() if apt else None, rustup, sys.executable)
    missing = provide(plan(missing, machine), _run, there)
    for thing in missing:
        print(help_text(thing), file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
