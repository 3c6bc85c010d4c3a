from __future__ import annotations

import os
import subprocess
import sys

from lab.canary import probe


def test_a_core_that_others_use_is_noticed() -> None:
    """Two loops on a core leave the canary at most half of it, or a little more."""
    [cpu] = sorted(os.sched_getaffinity(0))[-1:]
    command = f"import os\nos.sched_setaffinity(0, {{{cpu}}})\nwhile True: pass"
    others = [subprocess.Popen([sys.executable, "-c", command]) for _ in range(2)]
    try:
        [lost] = probe([cpu], seconds=1.0)
    finally:
        for other in others:
            other.kill()
            other.wait()
    assert 0.4 < lost < 1


def test_every_core_is_asked() -> None:
    """A share for each."""
    cpus = sorted(os.sched_getaffinity(0))
    lost = probe(cpus, seconds=0.05)
    assert len(lost) == len(cpus)
    assert all(0 <= share < 1 for share in lost)
