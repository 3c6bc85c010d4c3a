"""No measured number is typed in a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from lab.canary import QUIET_LIMIT
from lab.guard import LIMIT
from lab.statistics import CONFIDENCE, CONTROL_LIMIT, LIMITS
from tests.site.typed import typed_numbers

COMPARISONS = Path(__file__).parents[2] / "comparisons"
PAGES = sorted(COMPARISONS.glob("*/*.md"))
ABOUT_MEASUREMENTS = ("how-we-measure", "measurements", "published-figures")

PROTOCOL = {
    f"{share * 100:.0f} %"
    for share in (
        CONFIDENCE,
        CONTROL_LIMIT - 1,
        QUIET_LIMIT,
        LIMIT,
        *(limit for _, *limits in LIMITS for limit in limits),
    )
}
"""What the page on the protocol may say: the limits that the lab applies, and no others."""

LISTED = {"how-we-measure": PROTOCOL, "performance": {"64 KiB"}}
"""What stands beside measurements and is none, by page: a limit of a library, for one."""

SHOWN = "# Speed\n\n```{measurement} kernels\n```\n\n"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_no_measured_number_is_typed(page: Path) -> None:
    """Every number that a reader could take for measured is printed by role, or cites a source."""
    text = page.read_text(encoding="utf-8")
    whole = page.stem in ABOUT_MEASUREMENTS
    found = list(typed_numbers(text, whole=whole, allowed=LISTED.get(page.stem, ())))
    assert found == [], f"{page}: print them by {{measured}}, or cite their source in the sentence"


@pytest.mark.parametrize(
    "number",
    ["1.7 times", "20 ms", "2.72 kB", "12 %", "38%", "3 million times", "8.67\u00a0MB", "2.1x"],
)
def test_a_typed_number_is_found(number: str) -> None:
    """With its line, on a page about measurements or in a section that shows one."""
    sentence = f"Go takes {number} of it.\n"
    assert list(typed_numbers(sentence, whole=True)) == [(1, number)]
    assert list(typed_numbers(f"{SHOWN}{sentence}", whole=False)) == [(6, number)]
    role = "{measured}`kernels/sort/cpu ratio`"
    text = f"# One\n\nText.\n\n## Two\n\nIt is {role}.\n{sentence}"
    assert list(typed_numbers(text, whole=False)) == [(8, number)]


@pytest.mark.parametrize(
    "text",
    [
        "It took 20 ms {cite:p}`suite`.",
        "It took {measured}`kernels/sort/cpu go`.",
        "Go 1.26 has 2 cores, and a task of 10 thousand waits.",
        "```console\nsleep 20 ms\n```",
    ],
)
def test_what_is_no_typed_measurement_passes(text: str) -> None:
    """Cited figures, numbers by role, versions, counts and code."""
    assert list(typed_numbers(f"{SHOWN}{text}\n", whole=False)) == []


def test_sections_without_a_measurement_are_free() -> None:
    """A limit of a library is nobody's measurement."""
    text = f"# One\n\nA buffer of 64 KiB.\n\n{SHOWN}"
    assert list(typed_numbers(text, whole=False)) == []
    assert list(typed_numbers(text, whole=True)) == [(3, "64 KiB")]
