"""Owns the running of veraPDF, which knows all rules of the standards that a machine can check."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from tools.setup_system import VERAPDF, help_text, there

RUN = (
    "java",
    "-XX:+UseSerialGC",  # a third of the memory, and less CPU time
    *("-Xmx2g", "-cp", str(VERAPDF), "org.verapdf.apps.GreenfieldCliWrapper"),
    *("--format", "text", "-v"),
)

PASSED, BROKEN = 0, 1
"""The statuses that say something of the PDF; any other one is a failure of the tool."""


def broken_rules(pdf: Path, claim: str) -> list[str]:
    """Return the clauses of a standard that a PDF breaks; `claim` is "ua1" or "2a"."""
    assert there("verapdf"), help_text("verapdf")
    with tempfile.TemporaryDirectory() as home:  # it would leave its settings in the user's own
        command = [*RUN[:1], f"-Duser.home={home}", *RUN[1:], "-f", claim, str(pdf)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (PASSED, BROKEN):
        raise OSError(f"veraPDF failed: {done.stderr or done.stdout}")
    verdict, *rules = done.stdout.splitlines()
    if verdict.split()[0] != ("PASS" if done.returncode == PASSED else "FAIL"):
        raise OSError(f"veraPDF says something else: {done.stdout}")
    return [rule.split()[-1] for rule in rules]
