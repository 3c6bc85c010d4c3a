"""Every page of the site in the browser: it loads cleanly, fits the window, and all can use it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.looking import NARROW, TABLET, WIDE, Scheme, Visit
from tests.site.pages import listed

Visited = Callable[[int], list[Visit]]

windows = pytest.mark.parametrize("window", [WIDE, NARROW])


@windows
def test_loads_without_an_error(visited: Visited, window: int) -> None:
    """No page logs an error or warning, fails to load something, or asks another host."""
    faults = listed({visit.page: visit.faults for visit in visited(window)})
    assert not faults, faults


@pytest.mark.parametrize(("window", "width"), [(WIDE, WIDE), (WIDE, TABLET), (NARROW, NARROW)])
def test_does_not_scroll_sideways(visited: Visited, window: int, width: int) -> None:
    """No page has to be scrolled sideways, with all its details unfolded."""
    faults = listed({visit.page: visit.too_wide[str(width)] for visit in visited(window)})
    assert not faults, faults


@windows
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_is_accessible(visited: Visited, window: int, scheme: Scheme) -> None:
    """On no page does axe find a serious or critical violation, with all details unfolded."""
    faults = listed({visit.page: visit.violations[scheme] for visit in visited(window)})
    assert not faults, faults
