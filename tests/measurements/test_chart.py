"""What a figure says of a value, in words."""

from __future__ import annotations

import pytest
from measurements.chart import value_text

from lab.summary import Value


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [(49, 49, "49 packages"), (48, 50, "49 packages [48.0 to 50.0 packages]")],
)
def test_a_count_that_never_varies_has_no_interval(low: float, high: float, text: str) -> None:
    """An interval of nothing is noise."""
    value = Value(variant="go", value=49.0, low=low, high=high, n=3, sittings=1)
    assert value_text(value, "packages").replace("\N{NO-BREAK SPACE}", " ") == text
