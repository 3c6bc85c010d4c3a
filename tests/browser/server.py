"""Owns the web server of the tests: a folder at the root of a host, as a plain host serves it."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from tests.site.pages import ERROR_PAGE


class Handler(SimpleHTTPRequestHandler):
    """Serves files with the types that browsers insist on, and the site's own error page."""

    # The whole map is given here: the standard one is read from the machine.
    extensions_map = {  # noqa: RUF012 (the base class has it so)
        "": "application/octet-stream",
        ".css": "text/css; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json",
        ".map": "application/json",
        ".mjs": "text/javascript; charset=utf-8",
        ".png": "image/png",
        ".svg": "image/svg+xml",
        ".txt": "text/plain; charset=utf-8",
        ".wasm": "application/wasm",
        ".webp": "image/webp",
        ".woff2": "font/woff2",
        ".xml": "application/xml",
    }

    def guess_type(self, path: Any) -> str:
        """Return the type by the map alone."""
        return self.extensions_map.get(Path(path).suffix.lower(), self.extensions_map[""])

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Send the site's error page for what is not there."""
        page = Path(self.directory, ERROR_PAGE)
        if code != 404 or not page.exists():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", self.extensions_map[".html"])
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def list_directory(self, path: Any) -> None:
        """Show no list of files."""
        self.send_error(404)

    def log_message(self, *arguments: Any) -> None:
        """Stay silent."""


class Server(ThreadingHTTPServer):
    """Answers on a free port of this machine only."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay silent when the browser has gone away before it had all."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Sent(NamedTuple):
    """How many bytes a host sends: all as it is, or texts and scripts packed as most hosts do."""

    plain: int
    packed: int


def sent(folder: Path, addresses: Iterable[str]) -> Sent:
    """Return what it takes to load files of a served folder."""
    plain = packed = 0
    for address in addresses:
        path = folder / urlsplit(address).path.removeprefix("/")
        content = path.read_bytes()
        plain += len(content)
        packed += len(gzip.compress(content, 6) if path.suffix in PACKED else content)
    return Sent(plain, packed)


PACKED = {".css", ".html", ".js", ".json", ".svg", ".txt", ".xml"}
"""What hosts pack by its type; the files of the search index are packed already."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder while the block runs; yield the address of its root, with a slash."""
    with Server(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
