"""The decisions of `tools/setup_system.py`, without a change to this machine."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tools import setup_system
from tools.setup_system import (
    COMMANDS,
    GET_VERAPDF,
    HELP,
    PACKAGES,
    RUST_TARGET,
    Command,
    Machine,
    find_browser,
    help_text,
    is_verapdf,
    plan,
    provide,
)

PLAYWRIGHT = ("python", "-m", "playwright", "install", "chromium")


def words(way: tuple[Command, ...]) -> str:
    return " && ".join(map(" ".join, way))


def test_root_on_debian_installs_the_package_first_then_asks_playwright() -> None:
    """As root where apt-get is, Debian's browser is tried first, then Playwright's."""
    first, second = plan(["browser"], Machine(apt=True, admin=()))["browser"]
    assert words(first).startswith("env DEBIAN_FRONTEND=noninteractive apt-get -q update && ")
    assert words(first).endswith("install --no-install-recommends chromium")
    assert second == ((*PLAYWRIGHT, "--with-deps"),)


def test_only_what_is_missing_is_installed_by_its_package() -> None:
    """Each thing has its own packages, and no other is touched."""
    plans = plan(["postgres", "compiler"], Machine(apt=True, admin=()))
    assert list(plans) == ["postgres", "compiler"]
    [postgres], [compiler] = plans.values()
    assert words(postgres).endswith(" install --no-install-recommends postgresql")
    assert words(compiler).endswith(" install --no-install-recommends gcc libc6-dev")


def test_a_user_with_sudo_installs_by_it() -> None:
    """Without being root, apt-get is run by the sudo that asks no password."""
    for ways in plan(PACKAGES, Machine(apt=True, admin=("sudo", "-n"))).values():
        commands = [command for way in ways for command in way if "apt-get" in command]
        assert commands
        assert all(command[:2] == ("sudo", "-n") for command in commands)


def test_maven_is_installed_only_where_it_is_not() -> None:
    """Maven is asked for veraPDF first, and after its package was installed again."""
    first, second = plan(["verapdf"], Machine(apt=True, admin=()))["verapdf"]
    assert first == (GET_VERAPDF,)
    assert words(second[:-1]).endswith(" install --no-install-recommends maven")
    assert second[-1] == GET_VERAPDF


@pytest.mark.parametrize(("apt", "admin"), [(True, None), (False, None), (False, ())])
def test_without_apt_or_rights_only_playwright_and_maven_are_asked(
    apt: bool, admin: Command | None
) -> None:
    """Who may not install packages, or has another system, gets what needs none."""
    plans = plan(PACKAGES, Machine(apt=apt, admin=admin))
    assert plans.pop("browser") == ((PLAYWRIGHT,),)
    assert plans.pop("verapdf") == ((GET_VERAPDF,),)
    assert plans == {"compiler": (), "git": (), "java": (), "postgres": (), "valgrind": ()}


@pytest.mark.parametrize("admin", [None, ()])
def test_a_target_of_rust_is_added_by_rustup_alone(admin: Command | None) -> None:
    """The standard library for a target comes from rustup, whoever we are, and else from nobody."""
    machine = Machine(apt=True, admin=admin, rustup=True)
    assert plan(["rust-target"], machine) == {
        "rust-target": ((("rustup", "target", "add", RUST_TARGET),),)
    }
    assert plan(["rust-target"], Machine(apt=True, admin=admin)) == {"rust-target": ()}


@pytest.mark.parametrize(
    ("files", "there"), [(["libstd-1a.rlib"], True), (["libcore.rlib"], False)]
)
def test_a_target_of_rust_is_there_when_its_standard_library_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, files: list[str], there: bool
) -> None:
    """The compiler names the folder of a target that it knows, though nothing may lie in it."""
    for name in files:
        (tmp_path / name).touch()
    compiler = tmp_path / "rustc"
    compiler.write_text(f"#!/bin/sh\n[ $4 = {RUST_TARGET} ] && echo {tmp_path}\n")
    compiler.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert setup_system.there("rust-target") is there


def test_the_second_way_is_taken_when_the_first_fails() -> None:
    """Ways are tried in order; the commands of a way stop at the first that fails."""
    ran: list[str] = []
    ways = ((("a",), ("b",)), (("c",),), (("d",),))

    def run(command: Command) -> bool:
        ran.extend(command)
        return command != ("a",)

    assert provide({"browser": ways}, run, lambda _: "c" in ran) == []
    assert ran == ["a", "c"]


def test_a_way_that_brings_nothing_has_failed() -> None:
    """A command that says all went well is not believed when the thing still is not there."""
    assert provide({"git": ((("a",),),)}, lambda _: True, lambda _: False) == ["git"]


@pytest.mark.parametrize("thing", HELP)
def test_what_is_missing_is_named_with_a_command_that_gets_it(thing: str) -> None:
    """Whoever reads that something is missing also reads how to get it."""
    packages = PACKAGES.get(thing)
    command = (
        f"apt install {' '.join(packages)}" if packages else f"rustup target add {RUST_TARGET}"
    )
    assert " is missing: " in help_text(thing).splitlines()[0]
    assert f"  {command} " in help_text(thing)


@pytest.mark.parametrize("thing", ["postgres", "rust-target"])
def test_what_could_not_be_installed_is_told(
    thing: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    """On a machine without PostgreSQL, Rust and apt-get, the run fails and says how to get it."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("examples.services._DEBIAN", tmp_path)
    assert setup_system.main([thing]) == 1
    assert capsys.readouterr().err == f"{help_text(thing)}\n"


def test_another_file_is_not_taken_for_verapdf(tmp_path: Path) -> None:
    """A download that was cut off, or changed, is one that is missing."""
    path = tmp_path / "part.jar"
    assert not is_verapdf(path)
    path.write_bytes(b"PK")
    assert not is_verapdf(path)


def test_the_browser_set_by_variable_comes_first() -> None:
    """CHROMIUM wins over what is on the path."""
    found = find_browser({"CHROMIUM": "/x/chrome"}, lambda name: f"/usr/bin/{name}", lambda _: True)
    assert found == "/x/chrome"


def test_a_wrong_variable_is_not_hidden_by_another_browser() -> None:
    """When CHROMIUM names no browser, none is found, though one is on the path."""
    found = find_browser(
        {"CHROMIUM": "/x/no"}, lambda name: f"/usr/bin/{name}", lambda path: path != "/x/no"
    )
    assert found is None


def test_a_browser_that_does_not_run_is_passed_over() -> None:
    """A stub on the path, such as Ubuntu's, is not taken for a browser."""
    names = {name: f"/usr/bin/{name}" for name in COMMANDS}
    assert find_browser({}, names.get, lambda path: "google" in path) == "/usr/bin/google-chrome"


def test_playwrights_own_browser_comes_last() -> None:
    """Without a browser on the path, Playwright's own is taken, if it is there."""
    assert find_browser({}, lambda _: None, lambda _: True, lambda: "/own/chrome") == "/own/chrome"
    assert find_browser({}, lambda _: None, lambda _: True, lambda: None) is None


def test_with_all_in_place_it_is_quick_and_silent() -> None:
    """Where nothing is missing, the tool says nothing and ends at once."""
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, setup_system.__file__, *HELP],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert time.monotonic() - start < 5


def test_a_wrong_variable_is_an_error_that_names_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """CHROMIUM set to something that is no browser ends the run with a message naming it."""
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "none"))
    assert setup_system.main(["browser"]) == 1
    assert f"CHROMIUM={tmp_path / 'none'}" in capsys.readouterr().err
