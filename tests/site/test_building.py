"""The build that the tests of the site rest on reports what goes wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.site.building import build, once


def test_a_warning_makes_the_build_fail(tmp_path: Path) -> None:
    """A link without target is a warning in the stream, and the exit status is not zero."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "conf.py").write_text('extensions = ["myst_parser"]')
    (source / "index.md").write_text("# Home\n\n[](#none)\n")
    status, warnings = build(source, tmp_path / "html", tmp_path / "doctrees")
    assert status != 0
    assert "none" in warnings


def test_what_a_run_shares_is_made_once(tmp_path: Path) -> None:
    """The second to ask gets what the first has made, and two names do not mix."""
    made: list[int] = []

    def make() -> list[int]:
        made.append(1)
        return made

    assert [once(tmp_path, "one", make) for _ in range(2)] == [[1], [1]]
    assert once(tmp_path, "two", make) == [1, 1]


def test_what_failed_is_tried_again(tmp_path: Path) -> None:
    """A making that fails leaves nothing that the next would take for its result."""

    def fail() -> None:
        raise OSError("no space")

    with pytest.raises(OSError, match="no space"):
        once(tmp_path, "one", fail)
    assert once(tmp_path, "one", lambda: 1) == 1
