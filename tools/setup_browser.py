"""Finds a browser and git for the tests, and gets them where the machine lets it.

`make test` runs it first. With both in place it changes nothing and takes less than a second.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

VARIABLE = "CHROMIUM"
COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

Command = tuple[str, ...]
Way = tuple[Command, ...]
"""Commands to run in a row; what they are to bring is there afterwards, or the way has failed."""


@dataclass(frozen=True)
class Machine:
    """What a machine has, as far as it decides what can be installed on it, and how."""

    browser: bool
    git: bool
    apt: bool
    admin: Command | None
    """What to put before a command of the administrator; None when we can't be that."""

    python: str = "python"


def plan(machine: Machine) -> dict[str, tuple[Way, ...]]:
    """Return each missing thing with the ways to get it, the one to try first first."""
    missing: dict[str, tuple[Way, ...]] = {}
    may_install = machine.apt and machine.admin is not None
    if not machine.browser:
        playwright: Command = (machine.python, "-m", "playwright", "install", "chromium")
        if may_install:  # else the libraries that the browser needs must be there already
            missing["browser"] = (_apt(machine, "chromium"), ((*playwright, "--with-deps"),))
        else:
            missing["browser"] = ((playwright,),)
    if not machine.git:
        missing["git"] = (_apt(machine, "git"),) if may_install else ()
    return missing


def _apt(machine: Machine, package: str) -> Way:
    """Return the way by apt-get. It is told to ask nothing by an option: sudo drops variables."""
    quiet = ("-q", "-y", "-o", "Dpkg::Options::=--force-confold")
    apt = (*(machine.admin or ()), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get")
    return (*apt, "-q", "update"), (*apt, *quiet, "install", "--no-install-recommends", package)


def help_text(thing: str) -> str:
    """Return what to tell somebody whose machine lacks a thing that we could not install."""
    if thing == "git":
        return "git is missing: the tests need it. On Debian and Ubuntu: apt install git"
    return "\n".join(
        [
            "A browser is missing: the tests open every page in Chromium. One of these gets it:",
            "  apt install chromium                               (Debian, as administrator)",
            "  .venv/bin/python -m playwright install chromium    (any system)",
            f"  {VARIABLE}=/path/to/chrome make test                (one that is elsewhere)",
        ]
    )


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


def _there(thing: str) -> bool:
    return bool(find_browser() if thing == "browser" else shutil.which("git"))


def _admin() -> Command | None:
    """Return how to be administrator without being asked for a password."""
    if os.geteuid() == 0:
        return ()
    asked = shutil.which("sudo") and subprocess.run(
        ["sudo", "-n", "true"], capture_output=True, check=False
    )
    return ("sudo", "-n") if asked and asked.returncode == 0 else None


def main() -> int:
    """Provide what is missing; return the exit status."""
    browser, git = _there("browser"), _there("git")
    if browser and git:
        return 0
    chosen = os.environ.get(VARIABLE)
    if chosen and not browser:
        print(f"{VARIABLE}={chosen} does not run: give the path of a browser", file=sys.stderr)
        return 1
    apt = shutil.which("apt-get") is not None
    machine = Machine(browser, git, apt, _admin() if apt else None, sys.executable)
    missing = provide(plan(machine), _run, _there)
    for thing in missing:
        print(help_text(thing), file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
