"""What checks the claims of our PDFs can find them false."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from tests.typst_builder.verapdf import broken_rules


def test_broken_rules_are_named(tmp_path: Path) -> None:
    """An untagged PDF without metadata breaks the clauses of PDF/UA-1 on both."""
    path = tmp_path / "blank.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path)
    assert {"6.2-1", "7.1-8"} <= set(broken_rules(path, "ua1"))


def test_what_cannot_be_read_is_no_verdict(tmp_path: Path) -> None:
    """A file that is not there neither passes nor breaks a rule."""
    with pytest.raises(OSError, match="veraPDF failed"):
        broken_rules(tmp_path / "none.pdf", "ua1")
