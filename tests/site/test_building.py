"""The build that the tests of the site rest on reports what goes wrong."""

from __future__ import annotations

from pathlib import Path

from tests.site.building import build


def test_a_warning_makes_the_build_fail(tmp_path: Path) -> None:
    """A link without target is a warning in the stream, and the exit status is not zero."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "conf.py").write_text('extensions = ["myst_parser"]')
    (source / "index.md").write_text("# Home\n\n[](#none)\n")
    status, warnings = build(source, tmp_path / "html", tmp_path / "doctrees")
    assert status != 0
    assert "none" in warnings
