"""The rule that no measured number of ours is typed in a page.

A number with a unit of measurement, or a factor, stands in prose only where a source is cited
for it in the same sentence. That holds for every page about measurements, and elsewhere for the
sections that show one or print a number by role: there a reader takes any number for measured.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

_UNIT = (
    r"(?:%|×|x\b|(?:times|percent|bytes|seconds|minutes|milliseconds|microseconds|nanoseconds)\b"
    r"|(?:ns|µs|ms|s|B|kB|KB|KiB|MB|MiB|GB|GiB|rps)\b)"
)
_NUMBER = re.compile(rf"(?<![\w.,-])\d[\d.,]*(?:\s+(?:thousand|million))?[\s\u00a0]?{_UNIT}")
_SHOWS = re.compile(r"^```\{measurements?\}|\{measured\}`", re.MULTILINE)
_SECTION = re.compile(r"^(?=#{1,6} )", re.MULTILINE)
_NO_PROSE = re.compile(r"^(`{3,}|:{3,}).*?^\1|^---\n.*?^---|\{measured\}`[^`]*`", re.M | re.S)
_CITES = re.compile(r"\{cite:?\w*\}`")


def typed_numbers(
    text: str, *, whole: bool, allowed: Collection[str] = ()
) -> Iterator[tuple[int, str]]:
    """Yield line and number of what is typed in a page, or in its sections that show the lab's."""
    start = 1
    for section in _SECTION.split(text):
        if whole or _SHOWS.search(section):
            # Lines keep their numbers.
            prose = _NO_PROSE.sub(lambda match: "\n" * match[0].count("\n"), section)
            for number, line in enumerate(prose.split("\n"), start):
                if not _CITES.search(line):
                    found = (match[0] for match in _NUMBER.finditer(line))
                    yield from ((number, one) for one in found if one not in allowed)
        start += section.count("\n")
