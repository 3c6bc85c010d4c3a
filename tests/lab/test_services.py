from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from examples.services import postgres_folder

from lab.launch import LabError
from lab.services import started


def _ask(url: str, sql: str) -> str:
    folder = postgres_folder()
    assert folder is not None
    command = [
        str(folder / "psql"),
        "-X",
        "-A",
        "-t",
        "-q",
        "-v",
        "ON_ERROR_STOP=1",
        url,
        "-c",
        sql,
    ]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_without_needs_nothing_is_given() -> None:
    """No server is started."""
    with started((), [0]) as environment, environment() as env:
        assert env == {}


def test_each_run_has_an_empty_database() -> None:
    """What one run writes, the next one does not find; the server has its own cores."""
    own = os.sched_getaffinity(0)
    first = sorted(own)[:1]
    with started(("postgres",), first) as environment:
        assert os.sched_getaffinity(0) == own
        with environment() as env:
            _ask(env["DATABASE_URL"], "create table t (n int); insert into t values (1)")
            pid = _ask(env["DATABASE_URL"], "select pg_backend_pid()")
            assert int(pid) > 0
            mask = _ask(
                env["DATABASE_URL"],
                "select substring(pg_read_file('/proc/self/status') "
                "from 'Cpus_allowed_list:\\s+(\\S+)')",
            )
            assert mask == str(first[0])
        with environment() as env:
            assert _ask(env["DATABASE_URL"], "select to_regclass('t') is null") == "t"


def test_a_missing_server_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With where to get it; this process may use all its cores again."""
    own = os.sched_getaffinity(0)
    monkeypatch.setattr("examples.services._DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", "")
    with (
        pytest.raises(LabError, match="PostgreSQL's server is not installed"),
        started(("postgres",), [0]) as environment,
    ):
        assert environment
    assert os.sched_getaffinity(0) == own
