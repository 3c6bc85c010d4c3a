"""The scale of a figure: where a number stands between its edges, and which numbers are marked.

Pure: numbers in, numbers out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

MARGIN = 0.06
"""The share of the width that stays free at each end, for marks and their labels."""

MOST_TICKS = 6
LEAST_TICKS = 3

_NEAR = 3
"""Up to this ratio of its ends a logarithmic axis has marks at even distances."""

_SERIES = ((1,), (1, 3), (1, 2, 5), (1, 1.5, 2, 3, 5, 7))


@dataclass(frozen=True)
class Axis:
    """A scale from one edge of a figure to the other."""

    low: float
    high: float
    logarithmic: bool
    ticks: tuple[float, ...]

    def place(self, value: float) -> float:
        """Return where a value stands, from 0 at the left edge to 1 at the right one."""
        if self.logarithmic:
            share = math.log(value / self.low) / math.log(self.high / self.low)
        else:
            share = (value - self.low) / (self.high - self.low)
        return MARGIN + share * (1 - 2 * MARGIN)


def ratio_axis(values: Iterable[float], threshold: float) -> Axis:
    """Return a logarithmic axis around 1 that shows the threshold both ways."""
    known = [*values, threshold**1.5, threshold**-1.5, 1.0]
    low, high = min(known), max(known)
    return Axis(low, high, True, _log_ticks(low, high))


def value_axis(values: Iterable[float]) -> Axis:
    """Return an axis from zero, or a logarithmic one if the values lie too far apart for that."""
    known = list(values)
    low, high = min(known), max(known)
    if high <= 12 * low:
        return Axis(0, high, False, _even_ticks(0, high))
    return Axis(low / 1.5, high, True, _log_ticks(low / 1.5, high))


def _even_ticks(low: float, high: float) -> tuple[float, ...]:
    """Return round numbers between two, at even distances."""
    least = (high - low) / (MOST_TICKS - 1)
    power: float = 10 ** math.floor(math.log10(least))
    step = next(one * power for one in (1, 2, 2.5, 5, 10) if one * power >= least * (1 - 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return tuple(float(f"{step * count:.6g}") for count in range(first, last + 1))


def _log_ticks(low: float, high: float) -> tuple[float, ...]:
    """Return round numbers between two, from the coarsest series that gives enough of them."""
    if high <= _NEAR * low:
        return _even_ticks(low, high)
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    ticks: list[float] = []
    for steps in _SERIES:
        found = [float(f"{step * 10.0**power:.3g}") for power in powers for step in steps]
        ticks = [tick for tick in found if low <= tick <= high]
        if len(ticks) >= LEAST_TICKS:
            break
    return tuple(ticks[:: math.ceil(len(ticks) / MOST_TICKS)])
