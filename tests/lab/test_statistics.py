from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.statistics import (
    Estimate,
    cliffs_delta,
    control_ratio,
    is_even,
    is_larger,
    is_off,
    ratio_of,
    student_t,
    value_of,
)
from lab.terms import LOWER_QUARTILE, MEDIAN, Trust

Samples = list[list[float]]

THRESHOLD = 1.05


def simulated(
    random: np.random.Generator,
    ratio: float,
    sittings: int,
    blocks: int = 15,
    mood: float = 0.02,
    noise: float = 0.04,
) -> tuple[Samples, Samples]:
    """Two programs of which one takes `ratio` times as long.

    What disturbs a run adds to it; each sitting has a mood that moves the ratio.
    """
    slow, fast = [], []
    for _ in range(sittings):
        moved = ratio * math.exp(random.normal(0, mood))
        slow.append(list(moved * np.exp(np.abs(random.normal(0, noise, blocks)))))
        fast.append(list(np.exp(np.abs(random.normal(0, noise, blocks)))))
    return slow, fast


def verdicts(ratio: float, sittings: int, mood: float, runs: int = 150) -> Counter[str]:
    """How often a ratio is found to be larger, smaller, even, or neither."""
    random = np.random.default_rng(7)
    found: Counter[str] = Counter()
    for _ in range(runs):
        pair = simulated(random, ratio, sittings, mood=mood)
        estimate = ratio_of(*pair, LOWER_QUARTILE).estimate
        larger = is_larger(estimate, THRESHOLD)
        even = "even" if is_even(estimate, THRESHOLD) else "undecided"
        found[even if larger is None else "larger" if larger else "smaller"] += 1
    return found


@pytest.mark.parametrize(
    ("sittings", "blocks", "mood"), [(3, 15, 0.03), (5, 15, 0.03), (5, 8, 0.01), (1, 15, 0.0)]
)
def test_the_interval_covers_the_truth_as_often_as_it_says(
    sittings: int, blocks: int, mood: float
) -> None:
    """Of 400 intervals of 95 %, at least 93 % contain the ratio: 95 % less twice the chance."""
    random = np.random.default_rng(20261126)
    covered = 0
    for _ in range(400):
        pair = simulated(random, 1.3, sittings, blocks, mood)
        estimate = ratio_of(*pair, LOWER_QUARTILE).estimate
        covered += estimate.low <= 1.3 <= estimate.high
    assert covered >= 0.93 * 400


def test_the_interval_of_a_value_covers_the_truth() -> None:
    """The same for a value whose sittings have moods."""
    random = np.random.default_rng(1)
    covered = 0
    for _ in range(300):
        moods = np.exp(random.normal(0, 0.05, (4, 1)))
        samples = (2 * moods * np.exp(random.normal(0, 0.02, (4, 12)))).tolist()
        estimate = value_of(samples, MEDIAN)
        covered += estimate.low <= 2 <= estimate.high
    assert covered >= 0.93 * 300


def test_a_sitting_alone_does_not_know_of_others() -> None:
    """One sitting's interval is of its blocks only, which is why its trust is low."""
    random = np.random.default_rng(3)
    ratios = [ratio_of(*simulated(random, 1.3, 1, mood=0.03), LOWER_QUARTILE) for _ in range(100)]
    covered = sum(ratio.estimate.low <= 1.3 <= ratio.estimate.high for ratio in ratios)
    assert covered < 80
    assert {ratio.trust for ratio in ratios} == {Trust.LOW}


def test_a_program_is_even_with_itself_or_undecided() -> None:
    """A difference is hardly ever found where there is none, whatever the moods."""
    for mood in (0.0, 0.02, 0.08):
        found = verdicts(1.0, sittings=3, mood=mood)
        assert found["larger"] + found["smaller"] <= 0.05 * found.total()
    assert verdicts(1.0, sittings=3, mood=0.005)["even"] >= 100


def test_a_program_made_a_tenth_slower_is_found() -> None:
    """Five sittings of a machine with moods of one percent find ten percent."""
    found = verdicts(1.1, sittings=5, mood=0.01)
    assert found["larger"] >= 0.95 * found.total()
    assert found["smaller"] == found["even"] == 0


def test_the_lower_quartile_withstands_what_disturbs_some_runs() -> None:
    """Half of the runs taking half as long again hardly move it."""
    random = np.random.default_rng(5)
    calm, disturbed = simulated(random, 1.0, 5, mood=0)
    for sitting in disturbed:
        sitting[8:] = [1.5 * value for value in sitting[8:]]
    assert ratio_of(disturbed, calm, LOWER_QUARTILE).estimate.value == pytest.approx(1, abs=0.03)


def test_the_other_way_round_is_the_inverse() -> None:
    """The ratio of a to b mirrors that of b to a, interval and effect too."""
    slow, fast = simulated(np.random.default_rng(2), 1.4, 4)
    one, other = ratio_of(slow, fast, LOWER_QUARTILE), ratio_of(fast, slow, LOWER_QUARTILE)
    assert one.estimate.value == pytest.approx(1 / other.estimate.value)
    assert one.estimate.low == pytest.approx(1 / other.estimate.high)
    assert one.effect == pytest.approx(-other.effect)
    assert one.spread == pytest.approx(other.spread)


positive = st.lists(st.floats(0.1, 10), min_size=4, max_size=12)


@given(st.lists(positive, min_size=1, max_size=4), st.floats(0.5, 3))
def test_a_ratio_is_that_of_the_values(samples: Samples, factor: float) -> None:
    """A program that takes k times as long in each run has the ratio k, without any noise."""
    slow = [[factor * value for value in sitting] for sitting in samples]
    ratio = ratio_of(slow, samples, LOWER_QUARTILE)
    assert ratio.estimate.value == pytest.approx(factor)
    assert ratio.estimate.low == pytest.approx(factor)
    assert ratio.spread == pytest.approx(0, abs=1e-9)
    values = value_of(slow, LOWER_QUARTILE).value / value_of(samples, LOWER_QUARTILE).value
    assert values == pytest.approx(factor)


def test_a_quantile_is_numpys() -> None:
    """The quicker quantile gives what the well-known one gives."""
    random = np.random.default_rng(8)
    for size in (1, 2, 5, 15):
        samples = random.random(size) + 1
        for quantile in (LOWER_QUARTILE, MEDIAN):
            value = value_of([list(samples)], quantile).value
            assert value == pytest.approx(np.quantile(samples, quantile))


def test_sizes_are_exact() -> None:
    """Samples that are all alike have no interval, and the highest trust."""
    ratio = ratio_of([[300.0], [300.0]], [[200.0], [200.0]], MEDIAN)
    assert ratio.estimate == Estimate(*[pytest.approx(1.5)] * 3)
    assert ratio.trust is Trust.EXACT


@pytest.mark.parametrize(
    ("sittings", "mood", "noise", "trust"),
    [
        (5, 0.002, 0.01, Trust.HIGH),
        (5, 0.03, 0.01, Trust.FAIR),
        (5, 0.2, 0.01, Trust.LOW),
        (2, 0.002, 0.01, Trust.LOW),
    ],
)
def test_trust_needs_sittings_that_agree(
    sittings: int, mood: float, noise: float, trust: Trust
) -> None:
    """Two sittings are too few; three or more must agree."""
    pair = simulated(np.random.default_rng(4), 2, sittings, mood=mood, noise=noise)
    assert ratio_of(*pair, LOWER_QUARTILE).trust is trust


def test_the_same_samples_give_the_same_interval() -> None:
    """The resamples do not depend on chance."""
    pair = simulated(np.random.default_rng(6), 1.2, 3)
    assert ratio_of(*pair, MEDIAN) == ratio_of(*pair, MEDIAN)


@pytest.mark.parametrize(
    ("low", "high", "larger", "even"),
    [
        (1.06, 1.2, True, False),
        (0.5, 0.9, False, False),
        (0.97, 1.04, None, True),
        (0.97, 1.06, None, False),
        (0.9, 1.2, None, False),
        (1.01, 1.04, None, True),
    ],
)
def test_a_verdict_asks_for_what_matters(
    low: float, high: float, larger: bool | None, even: bool
) -> None:
    """An interval beyond the threshold decides; within it, it is even; across it, undecided."""
    estimate = Estimate((low + high) / 2, low, high)
    assert is_larger(estimate, THRESHOLD) is larger
    assert is_even(estimate, THRESHOLD) is even


def test_the_effect_counts_pairs() -> None:
    """Cliff's delta: how much more often one is larger than smaller."""
    assert cliffs_delta([3, 4], [1, 2]) == 1
    assert cliffs_delta([1, 2], [1, 2]) == 0
    assert cliffs_delta([1, 3], [2, 2]) == 0
    assert cliffs_delta([1, 1, 3], [2]) == pytest.approx(-1 / 3)


def test_a_control_off_by_more_than_a_twentieth_is_off() -> None:
    """In either direction."""
    calm = [1.0, 1.0, 1.0]
    assert not is_off(control_ratio([1.04] * 3, calm, MEDIAN), THRESHOLD)
    assert is_off(control_ratio([1.06] * 3, calm, MEDIAN), THRESHOLD)
    assert is_off(control_ratio(calm, [1.06] * 3, MEDIAN), THRESHOLD)


def test_a_control_may_be_off_by_half_of_what_matters() -> None:
    """Where only large differences matter, a rougher machine will do."""
    assert is_off(1.10, 1.2)
    assert not is_off(1.09, 1.2)
    assert not is_off(1 / 1.09, 1.2)


@pytest.mark.parametrize(
    ("freedom", "t"),
    [(1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (7, 2.365), (14, 2.145), (29, 2.045)],
)
def test_students_t_is_that_of_the_tables(freedom: int, t: float) -> None:
    """Two-sided, 95 %."""
    assert student_t(0.95, freedom) == pytest.approx(t, abs=0.0005)
