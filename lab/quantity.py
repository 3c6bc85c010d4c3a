"""Writes measured quantities as readers see them: sensible digits, a unit of a handy size."""

from __future__ import annotations

import math

from .terms import Trust

_STEPS: dict[str, tuple[tuple[float, str], ...]] = {
    "B": ((1e9, "GB"), (1e6, "MB"), (1e3, "kB"), (1, "B")),
    "s": ((1, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns")),
}
"""The units in which a quantity is written, by the one in which it is measured, largest first."""

UNIT_NAMES = {"B": "bytes", "s": "seconds"}
"""The names of units, where one stands without a number."""

SPACE = "\N{NO-BREAK SPACE}"
DIGITS = 3


def quantity(value: float, unit: str, digits: int = DIGITS) -> str:
    """Return a quantity with its unit, three digits of it: `2.72 kB`."""
    size, name = scale_of(value, unit, digits)
    whole = size == 1 and value.is_integer() and value < 10**digits
    return f"{f'{value:.0f}' if whole else number(value / size, digits)}{SPACE}{name}"


def bounds(low: float, high: float, unit: str) -> str:
    """Return an interval in one unit: `2.7 to 2.75 kB`."""
    size, name = scale_of(high, unit)
    ends = dict.fromkeys(number(end / size) for end in (low, high))
    return f"{' to '.join(ends)}{SPACE}{name}"


def ratio(value: float, trust: Trust) -> str:
    """Return a ratio with as many digits as its trust allows: three, or two."""
    return number(value, ratio_digits(trust))


def ratio_bounds(low: float, high: float, trust: Trust) -> str:
    """Return the interval of a ratio."""
    digits = ratio_digits(trust)
    return " to ".join(dict.fromkeys(number(end, digits) for end in (low, high)))


def ratio_digits(trust: Trust) -> int:
    """How many digits of a ratio mean something."""
    return DIGITS if trust in (Trust.EXACT, Trust.HIGH) else DIGITS - 1


def scale_of(value: float, unit: str, digits: int = DIGITS) -> tuple[float, str]:
    """Return the size and the name of the unit in which a value is written."""
    steps = _STEPS.get(unit, ((1, unit),))
    # What rounds up to the next unit is written in it.
    handy = (step for step in steps if float(f"{value / step[0]:.{digits}g}") >= 1)
    return next(handy, steps[-1])


def number(value: float, digits: int = DIGITS) -> str:
    """Return a number with so many digits, without an exponent, thousands set apart."""
    rounded = float(f"{value:.{digits}g}")
    exponent = math.floor(math.log10(abs(rounded))) if rounded else 0
    return f"{rounded:,.{max(0, digits - 1 - exponent)}f}"
