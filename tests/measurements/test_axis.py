"""Where numbers stand on an axis, and which are marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from measurements.axis import LEAST_TICKS, MARGIN, MOST_TICKS, ratio_axis, value_axis

NUMBERS = st.lists(st.floats(1e-9, 1e12), min_size=1, max_size=9)


@given(NUMBERS)
def test_every_value_is_within_the_edges(values: list[float]) -> None:
    """Marks have room at both ends, whatever was measured, and their order is kept."""
    for axis in (ratio_axis(values, 1.1), value_axis(values)):
        places = [axis.place(value) for value in sorted(values)]
        assert all(MARGIN - 1e-9 <= place <= 1 - MARGIN + 1e-9 for place in places)
        assert places == sorted(places)


@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=9))
def test_a_ratio_axis_has_some_marks_and_not_too_many(values: list[float]) -> None:
    """Labels neither run into one another nor leave the reader alone."""
    axis = ratio_axis(values, 1.1)
    assert LEAST_TICKS <= len(axis.ticks) <= MOST_TICKS + 1
    assert all(axis.low <= tick <= axis.high for tick in axis.ticks)


def test_a_ratio_axis_is_the_same_for_both_sides() -> None:
    """Twice as much and half as much are as far from even."""
    axis = ratio_axis([0.5, 2.0], 1.1)
    assert axis.place(2.0) - axis.place(1.0) == pytest.approx(axis.place(1.0) - axis.place(0.5))
    assert 1.0 in axis.ticks


def test_values_start_at_zero_unless_they_lie_far_apart() -> None:
    """A length is comparable only from zero; beyond an order of magnitude it says nothing."""
    assert value_axis([3.0, 10.0]).ticks == (0, 2, 4, 6, 8, 10)
    assert not value_axis([3.0, 10.0]).logarithmic
    assert value_axis([3.0, 300.0]).logarithmic
