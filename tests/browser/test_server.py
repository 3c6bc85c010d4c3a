"""The web server of the tests answers as a plain host would."""

from __future__ import annotations

from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser.server import serving


@pytest.mark.parametrize(
    ("path", "status", "kind", "text"),
    [
        ("/", 200, "text/html; charset=utf-8", "home"),
        ("/index.html?v=1", 200, "text/html; charset=utf-8", "home"),
        ("/main.mjs", 200, "text/javascript; charset=utf-8", "script"),
        ("/objects.inv", 200, "application/octet-stream", "inventory"),
        ("/deep/below/none.html", 404, "text/html; charset=utf-8", "lost"),
        ("/folder/", 404, "text/html; charset=utf-8", "lost"),
    ],
)
def test_answers(tmp_path: Path, path: str, status: int, kind: str, text: str) -> None:
    """Files come with the right type, and the error page for what is not there."""
    files = {"index.html": "home", "main.mjs": "script", "404.html": "lost"}
    for name, content in {**files, "objects.inv": "inventory"}.items():
        (tmp_path / name).write_text(content)
    (tmp_path / "folder").mkdir()
    with serving(tmp_path) as address:
        connection = HTTPConnection(urlsplit(address).netloc, timeout=10)
        connection.request("GET", path)
        answer = connection.getresponse()
        got = answer.status, answer.getheader("Content-Type"), answer.read().decode()
        connection.close()
    assert got == (status, kind, text)
