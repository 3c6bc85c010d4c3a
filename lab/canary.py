"""Tells how quiet the machine is: what share of each core others took while a loop spun on it.

The loop spins on all cores at once, because what one core has to do moves to a free one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

QUIET_LIMIT = 0.03
"""Clock times are published only if no core lost more than this share."""

PROBE_SECONDS = 0.3
_GAP_SECONDS = 50e-6
"""A step of the loop takes well under a microsecond; in a longer one, others ran."""


def probe(cpus: Sequence[int], seconds: float = PROBE_SECONDS) -> list[float]:
    """Return the share of each core's time that was lost to others."""
    command = [sys.executable, "-m", __spec__.name]
    root = Path(__file__).parents[1]
    probes = [
        subprocess.Popen(
            [*command, str(cpu), str(seconds)], cwd=root, stdout=subprocess.PIPE, text=True
        )
        for cpu in cpus
    ]
    return [float(process.communicate()[0]) for process in probes]


def spin(cpu: int, seconds: float) -> float:
    """Spin on a core; return the share of the time in which this process did not run."""
    os.sched_setaffinity(0, {cpu})
    start = last = time.perf_counter()
    lost = 0.0
    while last < start + seconds:
        now = time.perf_counter()
        if now - last > _GAP_SECONDS:
            lost += now - last
        last = now
    return lost / (last - start)


if __name__ == "__main__":
    print(spin(int(sys.argv[1]), float(sys.argv[2])))
