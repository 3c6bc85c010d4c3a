"""The types of which records in data files are made.

Knows nothing of comparisons: the lab and the measurements on pages make their records of these.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints


def _specifier(text: str) -> str:
    try:
        SpecifierSet(text)
    except InvalidSpecifier:
        raise ValueError('expected a version range such as ">=1.14" or ">=1.8, <1.26"') from None
    return text


def _calendar_date(text: str) -> str:
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) in (4, 7) else text)
    except ValueError:
        raise ValueError("expected a date such as 2026, 2026-11 or 2026-11-23") from None
    return text


Slug = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$"),
    Field(description="Lower-case words joined by hyphens; stable, never reused."),
]
ProgramId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")]
MeasurementId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(/[a-z0-9-]+){2}$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Sentence = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=r"^[^\n]*[.?!]$"),
    Field(description="One line that ends with a full stop, question mark or exclamation mark."),
]
CalendarDate = Annotated[str, AfterValidator(_calendar_date)]
Number = Annotated[float, Field(strict=True)]  # a boolean is no number
ReleaseVersion = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+(\.\d+)?$")]
VersionRange = Annotated[
    str,
    StringConstraints(min_length=1),
    AfterValidator(_specifier),
    Field(description='Releases of the subject the claim is true of, such as ">=1.14".'),
]


class Record(BaseModel):
    """A record is immutable, and a key that it does not know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)
