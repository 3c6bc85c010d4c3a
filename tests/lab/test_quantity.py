"""How measured quantities are written."""

from __future__ import annotations

import pytest

from lab.quantity import bounds, quantity, ratio, ratio_bounds
from lab.terms import Trust

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (2720.4, "B", "2.72 kB"),
        (999.6, "B", "1.00 kB"),
        (80, "B", "80 B"),
        (8_671_234, "B", "8.67 MB"),
        (0.00123, "s", "1.23 ms"),
        (0.0009999, "s", "1.00 ms"),
        (12.34, "s", "12.3 s"),
        (4e-9, "s", "4.00 ns"),
        (182.0, "faults", "182 faults"),
        (12345, "requests/s", "12,300 requests/s"),
    ],
)
def test_a_quantity_has_three_digits_and_a_handy_unit(value: float, unit: str, text: str) -> None:
    """More digits would claim more than was measured."""
    assert (
        quantity(float(value), unit) == text.replace(" ", NBSP)
        or quantity(float(value), unit) == f"{text.rsplit(' ', 1)[0]}{NBSP}{text.rsplit(' ', 1)[1]}"
    )


def test_bounds_share_their_unit() -> None:
    """So that they can be compared at a glance; equal ones are one."""
    assert bounds(980, 1020, "B") == f"0.980 to 1.02{NBSP}kB"
    assert bounds(5000, 5000, "B") == f"5.00{NBSP}kB"


def test_a_ratio_has_the_digits_that_its_trust_allows() -> None:
    """Three where there is little noise, two elsewhere."""
    assert ratio(1.6938, Trust.HIGH) == "1.69"
    assert ratio(1.6938, Trust.LOW) == "1.7"
    assert ratio_bounds(0.98, 12.34, Trust.FAIR) == "0.98 to 12"
