"""The terms in which experiments and their results are told.

Needs nothing: a page that shows results needs no library that a run needs.
"""

from __future__ import annotations

from enum import StrEnum

LOWER_QUARTILE = 0.25
MEDIAN = 0.5


class Mode(StrEnum):
    """How much of an experiment is run."""

    FULL = "full"
    """All blocks; what is committed."""
    QUICK = "quick"
    """A few blocks, for a first look."""
    SMOKE = "smoke"
    """The smallest work, to see that everything runs."""


class Kind(StrEnum):
    """What kind of quantity a figure is; it decides how samples become a value."""

    CPU = "cpu"
    """Processor time: the lower quartile, because what disturbs a run only adds to it."""
    CLOCK = "clock"
    """Time by the clock, or a rate by it: the median, and only from a quiet machine."""
    MEMORY = "memory"
    SIZE = "size"
    """The size of a file: the same in each block, so one block is enough."""
    COUNT = "count"

    @property
    def quantile(self) -> float:
        """The quantile of the samples that is the value."""
        return LOWER_QUARTILE if self is Kind.CPU else MEDIAN


class Label(StrEnum):
    """What a variant stands for."""

    IDIOMATIC = "idiomatic"
    """As the language's documentation teaches it; the first of each subject is compared."""
    TUNED = "tuned"
    """With more effort than most programs get; shown, and kept out of the summary."""
    UNFAIR = "unfair"
    """Not the same thing on both sides; shown for scale, and kept out of the summary."""


class Trust(StrEnum):
    """How far a ratio can be trusted, and so how many digits of it mean something."""

    EXACT = "N"
    """Every sample is the same: there is no noise."""
    HIGH = "A"
    """Three sittings or more agree within 6 %, and the interval is at most 10 % wide."""
    FAIR = "B"
    """Three sittings or more agree within 15 %, and the interval is at most 25 % wide."""
    LOW = "C"
    """Anything else: at best the direction is known."""
