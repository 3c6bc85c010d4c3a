from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from lab.build import Built
from lab.experiments import Build, Request, Variant, Workload
from lab.launch import LabError
from lab.measure import Task, cores_for, take
from lab.oracle import agree, check_answer
from lab.terms import Label

SERVER = """
import http.server, sys
class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        body = self.path.encode() + b"{extra}"
        self.send_response(404 if self.path == "/nowhere" else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *_): pass
host, port = sys.argv[1].split(":")
http.server.HTTPServer((host, int(port)), Handler).serve_forever()
"""

LOAD = """
import sys, urllib.request
for _ in range(int(sys.argv[2])):
    urllib.request.urlopen("http://" + sys.argv[1] + "/load").read()
print("figure requests", sys.argv[2], file=sys.stderr)
print("figure errors", sys.argv[3], file=sys.stderr)
print("figure latency 0.5", file=sys.stderr)
"""


def _built(path: Path, text: str) -> Built:
    path.write_text(text, encoding="utf-8")
    return Built(path, "", len(text), "", "go", {})


def _task(launcher: Path, program: Built, interpreter: str, **workload: object) -> Task:
    """Return a task of a script."""
    variant = Variant(
        id="side",
        title="Side",
        subject="go",
        label=Label.IDIOMATIC,
        build=Build(tool="go", package="./side"),
        command=(interpreter, "{program}"),
    )
    made = Workload.model_validate({"id": "work", "title": "Work", "text": "It.", **workload})
    cpus = tuple(sorted(os.sched_getaffinity(0)))
    return Task(variant, made, False, program, None, (), launcher, cpus[-1:], cpus[:1])


def test_a_program_is_run_with_the_arguments_of_its_mode(launcher: Path, tmp_path: Path) -> None:
    """Its answer and all figures are taken."""
    program = _built(tmp_path / "run", 'echo "got $1"; echo figure depth 4 >&2\n')
    task = _task(launcher, program, "/bin/sh", arguments=["7"], smoke=["1"])
    taken = take(task, padding=100)
    assert taken.answer == b"got 7\n"
    assert taken.figures["depth"] == 4
    assert taken.figures["size"] == program.size_bytes
    assert {"cpu", "wall", "peak-memory", "page-faults"} <= taken.figures.keys()
    assert take(replace(task, smoke=True), padding=0).answer == b"got 1\n"


def test_processor_time_is_told_by_operation(launcher: Path, tmp_path: Path) -> None:
    """If the program says how many it did, and only then."""
    program = _built(tmp_path / "run", 'echo done; test "$1" && echo "figure operations $1" >&2\n')
    figures = take(_task(launcher, program, "/bin/sh", arguments=["50"]), padding=0).figures
    assert figures["cpu-per-operation"] == figures["cpu"] / 50
    program = _built(tmp_path / "mute", "echo done\n")
    assert "cpu-per-operation" not in take(_task(launcher, program, "/bin/sh"), padding=0).figures


def test_a_script_may_run_the_compilers(
    launcher: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It gets the caller's environment, its folder and one that stays; others get none of it."""
    monkeypatch.setenv("CARGO_HOME", "/somewhere")
    monkeypatch.setenv("RUSTFLAGS", "-C opt-level=0")
    program = _built(tmp_path / "run", 'echo "$1 $2 ${CARGO_HOME-none} ${RUSTFLAGS-none}"\n')
    task = replace(_task(launcher, program, "/bin/sh"), folder=tmp_path)
    command = ("/bin/sh", "{program}", "{folder}", "{work}")
    for toolchain, home in ((True, "/somewhere"), (False, "none")):
        variant = task.variant.model_copy(update={"command": command, "toolchain": toolchain})
        answer = take(replace(task, variant=variant), padding=0).answer.decode()
        assert answer == f"{tmp_path} {launcher.parent} {home} none\n"


def test_a_program_that_fails_is_told_by_name(launcher: Path, tmp_path: Path) -> None:
    """With its status and its words."""
    task = _task(launcher, _built(tmp_path / "run", "echo no >&2; exit 4\n"), "/bin/sh")
    with pytest.raises(LabError, match=r"work \(side\): ended with status 4:\nno"):
        take(task, padding=0)


def _server(launcher: Path, path: Path, *requests: Request, extra: str = "") -> Task:
    program = _built(path, SERVER.replace("{extra}", extra))
    return _task(
        launcher, program, sys.executable, arguments=["{address}"], requests=list(requests)
    )


def test_a_server_is_asked(launcher: Path, tmp_path: Path) -> None:
    """Statuses and bodies are its answer; it is stopped after."""
    requests = (
        Request(path="/a"),
        Request(path="/nowhere", status=404),
        Request(method="POST", path="/b", body='{"x": 1}'),
    )
    taken = take(_server(launcher, tmp_path / "server", *requests), padding=0)
    assert taken.answer == b'GET /a 200\n/a\nGET /nowhere 404\n/nowhere\nPOST /b 200\n{"x": 1}\n'
    assert 0 < taken.figures["cpu-to-first-response"] <= taken.figures["cpu"]
    assert 0 < taken.figures["first-response"] < taken.figures["wall"]
    # The kernel adds up the two in different ways, page by page or in batches.
    assert 1_000_000 < taken.figures["idle-memory"] < 1.1 * taken.figures["peak-memory"]
    assert taken.usage.status == -15


def test_another_status_than_expected_fails(launcher: Path, tmp_path: Path) -> None:
    """An error page is quick to serve, and must not be measured."""
    task = _server(launcher, tmp_path / "server", Request(path="/nowhere"))
    with pytest.raises(LabError, match="GET /nowhere: status 404; expected 200"):
        take(task, padding=0)


def test_a_server_that_ends_is_told(launcher: Path, tmp_path: Path) -> None:
    """At once, not after the time for starting."""
    program = _built(tmp_path / "run", "echo in use >&2; exit 1\n")
    task = _task(launcher, program, "/bin/sh", requests=[Request(path="/")])
    with pytest.raises(LabError, match="ended with status 1:\nin use"):
        take(task, padding=0)


def test_a_server_that_ends_badly_is_told(launcher: Path, tmp_path: Path) -> None:
    """An error at the end is an error, not a regular end."""
    task = _server(launcher, tmp_path / "server", Request(path="/a"))
    handler = "import signal, os\nsignal.signal(signal.SIGTERM, lambda *_: os._exit(9))\n"
    text = handler + SERVER.replace("{extra}", "")
    task = replace(task, program=_built(tmp_path / "bad", text))
    with pytest.raises(LabError, match="ended with status 9"):
        take(task, padding=0)


def _under_load(launcher: Path, folder: Path, errors: int) -> Task:
    task = _server(launcher, folder / "server", Request(path="/a"))
    loaded = task.workload.model_copy(update={"load": ("20", str(errors))})
    command = (sys.executable, "{program}", "{address}")
    return replace(task, workload=loaded, load=_built(folder / "load", LOAD), load_command=command)


def test_load_gives_processor_time_per_request(launcher: Path, tmp_path: Path) -> None:
    """The server's alone, divided by the requests; what the load reports comes along."""
    figures = take(_under_load(launcher, tmp_path, errors=0), padding=0).figures
    assert 0 < figures["cpu-per-request"] < figures["cpu"] / 20
    assert figures["latency"] == 0.5
    assert figures["loaded-memory"] > 1_000_000


def test_a_failed_request_under_load_fails_the_run(launcher: Path, tmp_path: Path) -> None:
    """No figure comes from errors."""
    with pytest.raises(LabError, match="2 of 20 requests under load failed"):
        take(_under_load(launcher, tmp_path, errors=2), padding=0)


def test_load_and_server_share_no_core() -> None:
    """The program gets the last cores, the load the others; too few is an error."""
    workload = Workload(id="w", title="W", text="It.", requests=(Request(path="/"),))
    assert cores_for(workload, [3, 1, 2]) == ((3,), (1, 2))
    with pytest.raises(LabError, match="w: needs 2 cores; this process may use 1"):
        cores_for(workload, [0])
    alone = Workload(id="w", title="W", text="It.", cores=2)
    assert cores_for(alone, [0, 1]) == ((0, 1), ())


def test_variants_that_agree_are_timed(launcher: Path, tmp_path: Path) -> None:
    """What they answer is kept, and compared again in every run."""
    task = _task(launcher, _built(tmp_path / "run", "echo 42\n"), "/bin/sh")
    agreed = agree([task])
    assert agreed.answer == b"42\n"
    assert agreed.seconds["side"] > 0
    check_answer(task, b"42\n", agreed)
    with pytest.raises(LabError, match=r"work \(side\): does not give the same answer each time"):
        check_answer(task, b"43\n", agreed)


def test_variants_that_do_not_agree_are_not(launcher: Path, tmp_path: Path) -> None:
    """Both answers are shown, by name."""
    task = _task(launcher, _built(tmp_path / "run", "echo 42\n"), "/bin/sh")
    other = replace(
        task,
        variant=task.variant.model_copy(update={"id": "other"}),
        program=_built(tmp_path / "other", "echo 41\n"),
    )
    with pytest.raises(LabError) as error:
        agree([task, other])
    assert str(error.value) == (
        "work: side and other do not give the same answer:\n  side: '42'\n  other: '41'"
    )


def test_servers_with_other_bodies_do_not_agree(launcher: Path, tmp_path: Path) -> None:
    """A single byte more is a difference."""
    task = _server(launcher, tmp_path / "one", Request(path="/a"))
    more = _server(launcher, tmp_path / "two", Request(path="/a"), extra="!")
    other = replace(more, variant=task.variant.model_copy(update={"id": "other"}))
    with pytest.raises(LabError, match="side and other do not give the same answer"):
        agree([task, other])


def test_silence_is_no_answer(launcher: Path, tmp_path: Path) -> None:
    """Two programs that print nothing would agree on anything."""
    task = _task(launcher, _built(tmp_path / "run", "true\n"), "/bin/sh")
    with pytest.raises(LabError, match=r"work \(side\): has no answer"):
        agree([task])


def test_what_a_run_needs_is_there_while_it_runs(launcher: Path, tmp_path: Path) -> None:
    """Each run has its own, and it goes when the run has ended."""
    given: list[str] = []

    @contextmanager
    def database() -> Iterator[dict[str, str]]:
        given.append("open")
        yield {"DATABASE_URL": f"postgres://{given.count('open')}"}
        given.append("gone")

    program = _built(tmp_path / "run", 'echo "at $DATABASE_URL"\n')
    task = replace(_task(launcher, program, "/bin/sh"), services=database)
    assert [take(task, padding=0).answer for _ in range(2)] == [
        b"at postgres://1\n",
        b"at postgres://2\n",
    ]
    assert given == ["open", "gone", "open", "gone"]
