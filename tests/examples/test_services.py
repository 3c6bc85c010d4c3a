from __future__ import annotations

from typing import TYPE_CHECKING

from examples.services import postgres_folder

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.examples.conftest import FakeTools, Sample

SCRIPT = 'echo "${DATABASE_URL%%:*} ${DATABASE_URL##*/}"'


def _install(tools: FakeTools, log: Path, *, start: str = "exit 0") -> None:
    """Put scripts on the path that note how they are called."""
    for name in ("initdb", "pg_ctl", "createdb", "setpriv"):
        script = f'#!/bin/sh\necho {name} "$@" >> {log}\n'
        if name == "setpriv":
            script = '#!/bin/sh\nwhile [ "$1" != -- ]; do shift; done\nshift\nexec "$@"\n'
        if name == "pg_ctl":
            script += f'case "$*" in *start) {start};; esac\n'
        path = tools.folder / name
        path.write_text(script)
        path.chmod(0o755)


def _add(sample: Sample) -> None:
    expected = "postgres rows-%s?sslmode=disable\n"
    data = 'needs = ["postgres"]'
    sample.add("taste/rows", data, rust=SCRIPT, go=SCRIPT, expected=expected % "rust")


def test_each_side_has_a_database_of_its_own(
    sample: Sample, fake_tools: FakeTools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One server starts, each side finds its database by `DATABASE_URL`, and the server stops."""
    monkeypatch.setattr("examples.services.shutil.chown", lambda *args: None)
    log = tmp_path / "log"
    _install(fake_tools, log)
    _add(sample)
    problems = sample.run().problems
    calls = [line.split()[0] for line in log.read_text().splitlines()]
    assert calls[:2] == ["initdb", "pg_ctl"]
    assert calls[2:] == ["createdb", "createdb", "pg_ctl"]
    # The sample prints the name of its database, which differs between the sides.
    assert "output-rust.txt is missing" in problems[0]
    assert "+postgres rows-go?sslmode=disable" in problems[1]
    assert not list(tmp_path.glob("examples-*"))


def test_the_command_says_that_a_database_is_needed(sample: Sample) -> None:
    """A reader sees where to put the address."""
    _add(sample)
    side = sample.side("taste/rows", "go")
    command = sample.toolchains["go"].command(side)
    assert command == "DATABASE_URL=postgres://localhost/examples sh taste/rows/go/main.go"


def test_without_a_server_the_other_programs_run(
    sample: Sample, fake_tools: FakeTools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is missing is named once, with where to get it."""
    monkeypatch.setattr("examples.services._DEBIAN", tmp_path)
    _add(sample)
    sample.add("taste/greet", rust="echo x", go="echo x", expected="x\n")
    report = sample.run()
    missing = "PostgreSQL's server is not installed (no folder with initdb, pg_ctl, createdb); "
    assert report.problems[0].startswith(missing)
    assert report.ran == 2
    assert not any("rows" in problem for problem in report.problems)


def test_a_server_that_does_not_start_is_told(
    sample: Sample, fake_tools: FakeTools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the words of the command that failed."""
    monkeypatch.setattr("examples.services.shutil.chown", lambda *args: None)
    _install(fake_tools, tmp_path / "log", start="echo no room >&2; exit 1")
    _add(sample)
    [problem] = sample.run().problems
    assert "start failed:\nno room" in problem


def test_the_newest_release_of_debian_is_taken_whole(
    fake_tools: FakeTools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Programs off the path are found; a release of which some are missing is passed over."""
    monkeypatch.setattr("examples.services._DEBIAN", tmp_path)
    whole = ("initdb", "pg_ctl", "createdb")
    for release, names in (("9.6", whole), ("15", whole), ("17", ("createdb",))):
        for name in names:
            path = tmp_path / release / "bin" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o755)
    assert postgres_folder() == tmp_path / "15" / "bin"
    (fake_tools.folder / "createdb").touch(mode=0o755)
    assert postgres_folder() == tmp_path / "15" / "bin"
    _install(fake_tools, tmp_path / "log")
    assert postgres_folder() == fake_tools.folder
