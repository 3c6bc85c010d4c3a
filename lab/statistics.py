"""What samples say: values, ratios, their intervals, verdicts and how far to trust them.

Pure: knows numbers only, no file, no process and no clock.

Samples come in sittings (runs at different times) of blocks (one run of every variant each).
Sittings differ by more than their blocks explain, because a machine has moods that last. So the
interval comes from a bootstrap that resamples sittings, then blocks in each, with two repairs
that make it cover the truth as often as it says although sittings are few:

- Resampling both counts the noise of blocks twice (Davison and Hinkley, *Bootstrap Methods and
  their Application*, 1997, section 3.8), so it is subtracted once.
- A bootstrap of n units is too narrow by sqrt((n-1)/n), and few units need Student's t rather
  than the normal distribution (Hesterberg, "What Teachers Should Know About the Bootstrap", The
  American Statistician 69(4), 2015, section 3.2).

All this happens on logarithms, so that b/a is the mirror image of a/b.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .terms import Trust

Floats = NDArray[np.float64]
Sittings = Sequence[Sequence[float]]
"""The samples of one variant: a sequence for each sitting, one number for each block."""

CONFIDENCE = 0.95
RESAMPLES = 1000
_SEED = 20261126
"""Fixed, so that the same samples give the same interval."""

CONTROL_LIMIT = 1.05
"""A program may differ from itself by this ratio; see `control_limit`."""

_TRUSTED_SITTINGS = 3
_NOISELESS = 1e-12
"""A standard error that is rounding only."""


LIMITS = ((Trust.HIGH, 0.06, 0.10), (Trust.FAIR, 0.15, 0.25))
"""Class, largest spread between sittings, largest width of the interval."""


@dataclass(frozen=True)
class Estimate:
    """A number with the interval that covers the truth in 95 of 100 such experiments."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Ratio:
    """How many times the value of one variant is that of another."""

    estimate: Estimate
    per_sitting: tuple[float, ...]
    spread: float
    """How far the sittings lie apart: the largest ratio over the smallest, less one."""
    effect: float
    """Cliff's delta, from -1 (each sample is smaller than each of the other's) to 1."""
    trust: Trust


def value_of(samples: Sittings, quantile: float) -> Estimate:
    """Estimate a quantile: the geometric mean of the sittings' quantiles."""
    arrays = [np.asarray(sitting, dtype=np.float64) for sitting in samples]
    return _estimate([(array,) for array in arrays], lambda columns: _log(columns[0], quantile))


def ratio_of(samples: Sittings, to: Sittings, quantile: float) -> Ratio:
    """Estimate the ratio of a quantile of `samples` to that of `to`.

    Both have the same sittings and blocks; a block is resampled as a whole, because what slows
    one of its runs may slow the next one too.
    """
    pairs = [
        (np.asarray(own, dtype=np.float64), np.asarray(other, dtype=np.float64))
        for own, other in zip(samples, to, strict=True)
    ]
    estimate = _estimate(
        pairs, lambda columns: _log(columns[0], quantile) - _log(columns[1], quantile)
    )
    per_sitting = tuple(_quantile_ratio(own, other, quantile) for own, other in pairs)
    spread = max(per_sitting) / min(per_sitting) - 1
    exact = all(np.ptp(np.concatenate([pair[side] for pair in pairs])) == 0 for side in (0, 1))
    return Ratio(
        estimate,
        per_sitting,
        spread,
        effect=float(np.mean([cliffs_delta(own, other) for own, other in pairs])),
        trust=Trust.EXACT if exact else _trust(estimate, spread, len(pairs)),
    )


def cliffs_delta(samples: Sequence[float] | Floats, other: Sequence[float] | Floats) -> float:
    """Return how much more often a sample is larger than one of the other's than smaller."""
    own = np.asarray(samples, dtype=np.float64)
    return float(np.mean(np.sign(own[:, None] - np.asarray(other, dtype=np.float64)[None, :])))


def control_ratio(control: Sequence[float], original: Sequence[float], quantile: float) -> float:
    """Return the ratio of a program's quantile to its own, from two series of runs."""
    return _quantile_ratio(np.asarray(control), np.asarray(original), quantile)


def control_limit(threshold: float) -> float:
    """Return the ratio by which a program may differ from itself before a sitting is void.

    That is half of the difference that matters in practice, on a logarithmic axis, for a machine
    that moves by more cannot tell it; but no less than `CONTROL_LIMIT`.
    """
    return max(CONTROL_LIMIT, math.sqrt(threshold))


def is_off(ratio: float, threshold: float) -> bool:
    """Tell whether a program differs from itself by more than the limit."""
    return max(ratio, 1 / ratio) > control_limit(threshold)


def is_larger(estimate: Estimate, threshold: float) -> bool | None:
    """Tell whether a ratio is larger than one by what matters in practice.

    False says that it is smaller; None that it is neither, or that one can't tell: see `is_even`.
    """
    if estimate.low > threshold:
        return True
    if estimate.high < 1 / threshold:
        return False
    return None


def is_even(estimate: Estimate, threshold: float) -> bool:
    """Tell whether a ratio is so near to one that the difference does not matter."""
    return 1 / threshold <= estimate.low and estimate.high <= threshold


def student_t(confidence: float, freedom: int) -> float:
    """Return Student's t for a two-sided interval of so many degrees of freedom."""
    low, high = 0.0, 1.0
    while _within_t(high, freedom) < confidence:
        low, high = high, high * 2
    for _ in range(100):
        middle = (low + high) / 2
        if _within_t(middle, freedom) < confidence:
            low = middle
        else:
            high = middle
    return high


def _within_t(t: float, freedom: int) -> float:
    """Return P(|T| <= t): Abramowitz and Stegun, 26.7.3 and 26.7.4."""
    angle = math.atan(t / math.sqrt(freedom))
    sine, cosine = math.sin(angle), math.cos(angle)
    odd = freedom % 2
    term, total = (cosine, cosine) if odd else (1.0, 1.0)
    for index in range(3 if odd else 2, freedom - 1, 2):
        term *= (index - 1) / index * cosine**2
        total += term
    if not odd:
        return sine * total
    return 2 / math.pi * (angle + (sine * total if freedom > 1 else 0.0))


def _trust(estimate: Estimate, spread: float, sittings: int) -> Trust:
    width = (estimate.high - estimate.low) / estimate.value
    for trust, largest_spread, largest_width in LIMITS:
        if sittings >= _TRUSTED_SITTINGS and spread <= largest_spread and width <= largest_width:
            return trust
    return Trust.LOW


def _log(samples: Floats, quantile: float) -> Floats:
    """Return the logarithm of a quantile along the last axis, between samples in proportion.

    The same as `numpy.quantile`, which takes five times as long on small rows.
    """
    place = quantile * (samples.shape[-1] - 1)
    below = math.floor(place)
    ordered = np.sort(samples, axis=-1)
    low, high = ordered[..., below], ordered[..., min(below + 1, samples.shape[-1] - 1)]
    logs: Floats = np.log(low + (place - below) * (high - low))
    return logs


def _quantile_ratio(own: Floats, other: Floats, quantile: float) -> float:
    return math.exp(float(_log(own, quantile)) - float(_log(other, quantile)))


_Columns = Sequence[Floats]
"""What was measured in the blocks of one sitting: for each variant an array, blocks last."""


def _estimate(sittings: Sequence[_Columns], statistic: Callable[[_Columns], Floats]) -> Estimate:
    """Estimate the mean over sittings of a statistic on logarithms, by a two-level bootstrap."""
    centre = float(np.mean([statistic(columns) for columns in sittings]))
    random = np.random.default_rng(_SEED)
    count = len(sittings)

    def variance(chosen: NDArray[np.int64]) -> float:
        """Resample the blocks of the chosen sittings; each row is one resample."""
        drawn = np.empty(chosen.shape)
        for index, columns in enumerate(sittings):
            here = chosen == index
            blocks = columns[0].shape[-1]
            picks = random.integers(0, blocks, (int(here.sum()), blocks))
            drawn[here] = statistic([column[picks] for column in columns])
        return float(np.var(drawn.mean(axis=1)))

    of_blocks = variance(np.tile(np.arange(count), (RESAMPLES, 1)))
    if count > 1:
        units = count
        of_both = variance(random.integers(0, count, (RESAMPLES, count)))
        squared = max((of_both - of_blocks) * count / (count - 1), of_blocks)
    else:
        units = sittings[0][0].shape[-1]
        squared = of_blocks * units / max(units - 1, 1)
    error = math.sqrt(squared)
    if error < _NOISELESS:
        return Estimate(math.exp(centre), math.exp(centre), math.exp(centre))
    reach = student_t(CONFIDENCE, units - 1) * error
    return Estimate(math.exp(centre), math.exp(centre - reach), math.exp(centre + reach))
