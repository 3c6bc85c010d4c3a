"""Takes one sample: runs a program, or starts a server, asks it and puts load on it.

Knows what a figure of each name is; must not know blocks, sittings or files.
"""

from __future__ import annotations

import http.client
import signal
import socket
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .build import Built
from .experiments import Request, Variant, Workload
from .launch import LabError, Program, Ran, Running, Usage
from .provenance import clean_environment
from .services import Environment, no_services

_TIMEOUT_SECONDS = 300.0
_START_SECONDS = 20.0


@dataclass(frozen=True)
class Task:
    """All that one run of one variant needs."""

    variant: Variant
    workload: Workload
    smoke: bool
    program: Built
    load: Built | None
    load_command: tuple[str, ...]
    launcher: Path
    cpus: tuple[int, ...]
    load_cpus: tuple[int, ...]
    services: Environment = no_services
    folder: Path = Path()
    """The experiment's."""

    @property
    def name(self) -> str:
        """How messages call it."""
        return f"{self.workload.id} ({self.variant.id})"


@dataclass(frozen=True)
class Taken:
    """One sample."""

    answer: bytes
    """What all variants must agree on: standard output, or a server's statuses and bodies."""
    figures: dict[str, float]
    usage: Usage


def cores_for(
    workload: Workload, available: Sequence[int]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the cores of the program and those of the load, which share none.

    A program gets the last ones, because interrupts tend to go to the first.
    """
    cpus = sorted(available)
    needed = workload.cores + (1 if workload.requests else 0)
    if len(cpus) < needed:
        raise LabError(f"{workload.id}: needs {needed} cores; this process may use {len(cpus)}")
    return tuple(cpus[-workload.cores :]), tuple(cpus[: -workload.cores])


def take(task: Task, padding: int) -> Taken:
    """Run a variant once; raise `LabError` if it fails."""
    try:
        with task.services() as env:
            method = _serve if task.workload.requests else _run
            taken = method(task, padding, env)
    except LabError as error:
        raise LabError(f"{task.name}: {error}") from None
    size = {"size": float(task.program.size_bytes)}
    return replace(taken, figures={**taken.figures, **size})


def _program(task: Task, padding: int, env: Mapping[str, str], address: str = "") -> Program:
    arguments = task.workload.arguments_in(task.smoke)
    toolchain = clean_environment() if task.variant.toolchain else {}
    return Program(
        task.launcher,
        _filled((*task.variant.command, *arguments), task, task.program, address),
        task.cpus,
        {**toolchain, **env, **task.variant.env},
        padding,
    )


def _filled(command: Sequence[str], task: Task, program: Built, address: str) -> list[str]:
    places = {
        "{program}": str(program.path),
        "{address}": address,
        "{folder}": str(task.folder),
        "{work}": str(task.launcher.parent),
    }
    filled = []
    for part in command:
        for place, text in places.items():
            part = part.replace(place, text)
        filled.append(part)
    return filled


def _run(task: Task, padding: int, env: Mapping[str, str]) -> Taken:
    ran = _program(task, padding, env).run(_TIMEOUT_SECONDS)
    _must_succeed(ran)
    figures = {**ran.figures, **_own_figures(ran.usage)}
    if ran.figures.get("operations"):
        figures["cpu-per-operation"] = ran.usage.cpu_s / ran.figures["operations"]
    return Taken(ran.stdout, figures, ran.usage)


def _own_figures(usage: Usage) -> dict[str, float]:
    return {
        "cpu": usage.cpu_s,
        "wall": usage.wall_s,
        "peak-memory": usage.peak_bytes,
        "page-faults": usage.minor_faults,
    }


def _must_succeed(ran: Ran) -> None:
    if ran.usage.status != 0:
        raise LabError(f"ended with status {ran.usage.status}:\n{ran.stderr.strip()}")


def _serve(task: Task, padding: int, env: Mapping[str, str]) -> Taken:
    """Start a server, ask it, put load on it if there is one, and stop it."""
    port = _free_port()
    with _program(task, padding, env, f"127.0.0.1:{port}").started() as server:
        answers = [_first_answer(server, port, task.workload.requests[0])]
        figures = {
            "first-response": (time.monotonic_ns() - server.started_ns) / 1e9,
            "cpu-to-first-response": server.cpu_s(),
        }
        answers += [_ask(port, request) for request in task.workload.requests[1:]]
        figures["idle-memory"] = server.resident_bytes()
        if task.workload.load is not None:
            figures |= _under_load(task, server, f"127.0.0.1:{port}")
        ran = server.stop(_TIMEOUT_SECONDS)
    if ran.usage.status != -signal.SIGTERM:  # which ends a server that does not catch it
        _must_succeed(ran)
    return Taken(
        b"".join(answers), {**ran.figures, **figures, **_own_figures(ran.usage)}, ran.usage
    )


def _under_load(task: Task, server: Running, address: str) -> dict[str, float]:
    if task.load is None:
        raise LabError("there is no load")
    arguments = task.workload.load_in(task.smoke) or ()
    command = _filled((*task.load_command, *arguments), task, task.load, address)
    load = Program(task.launcher, command, task.load_cpus)
    _must_succeed(load.run(_TIMEOUT_SECONDS))  # to warm up
    before_s = server.cpu_s()
    ran = load.run(_TIMEOUT_SECONDS)
    used_s = server.cpu_s() - before_s
    _must_succeed(ran)
    missing = {"requests", "errors"} - ran.figures.keys()
    if missing:
        raise LabError(f"the load has not reported: {', '.join(sorted(missing))}")
    requests, errors = ran.figures["requests"], ran.figures["errors"]
    if errors or not requests:
        raise LabError(f"{errors:.0f} of {requests:.0f} requests under load failed")
    own = {name: value for name, value in ran.figures.items() if name != "errors"}
    return {
        **own,
        "cpu-per-request": used_s / requests,
        "loaded-memory": server.resident_bytes(),
    }


def _first_answer(server: Running, port: int, request: Request) -> bytes:
    """Ask until the server answers."""
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and server.is_running:
        try:
            return _ask(port, request)
        except ConnectionRefusedError:
            time.sleep(0.0002)
    if server.is_running:
        raise LabError(f"does not listen after {_START_SECONDS:.0f} s")
    _must_succeed(server.wait(_TIMEOUT_SECONDS))
    raise LabError("ended before it was asked")


def _ask(port: int, request: Request) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_START_SECONDS)
    headers = {"Content-Type": "application/json"} if request.body is not None else {}
    body = None if request.body is None else request.body.encode()
    try:
        connection.request(request.method, request.path, body, headers)
        response = connection.getresponse()
        content = response.read()
    except ConnectionRefusedError:
        raise
    except (OSError, http.client.HTTPException) as error:
        raise LabError(f"{request.method} {request.path}: {error!r}") from None
    finally:
        connection.close()
    if response.status != request.status:
        wrong = f"{request.method} {request.path}: status {response.status}"
        raise LabError(f"{wrong}; expected {request.status}")
    return f"{request.method} {request.path} {response.status}\n".encode() + content + b"\n"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
