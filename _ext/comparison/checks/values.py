"""Rules of values: features have a scale, and claims a place on it."""

from __future__ import annotations

from collections.abc import Iterator

from comparison.model import MEASURED, UNKNOWN, Comparison, Interval

from .fault import Fault, KeyPath, each_claim, each_feature, one_of


def features_have_a_scale_or_a_metric(comparison: Comparison) -> Iterator[Fault]:
    """A feature is judged on two or more defined levels, or by a metric, not both.

    A metric has a unit, a better direction and a threshold of its own, or those of a measurement.
    """
    for file, index, feature in each_feature(comparison):
        if bool(feature.levels) == bool(feature.metric):
            wrong = "has both a scale and a metric" if feature.metric else "has no scale"
            yield Fault(file, ("features", index), wrong, "either levels or metric")
        elif feature.levels and len(feature.levels) < 2:
            path = ("features", index, "levels")
            yield Fault(file, path, "has a single level", "two levels or more, the best first")
        elif feature.metric:
            given = feature.metric.model_dump(exclude_none=True).keys()
            if given not in ({"measurement"}, {"unit", "better", "threshold"}):
                wrong = f"has {', '.join(sorted(given)) or 'nothing'}"
                expected = "unit, better and threshold, or a measurement alone"
                yield Fault(file, ("features", index, "metric"), wrong, expected)


def features_have_one_value_a_subject(comparison: Comparison) -> Iterator[Fault]:
    """For every feature one claim, and only one, gives each subject's value."""
    for file, index, feature in each_feature(comparison):
        for subject in comparison.subjects:
            valued = [
                claim.id
                for _, _, claim in each_claim(comparison)
                if (claim.feature, claim.subject) == (feature.id, subject)
                and claim.value is not None
            ]
            if len(valued) != 1:
                given = f"given by {', '.join(valued)}" if valued else "given by no claim"
                wrong = f'value of "{feature.id}" for {subject} is {given}'
                yield Fault(file, ("features", index), wrong, "one claim with a value")


def values_are_on_the_scale(comparison: Comparison) -> Iterator[Fault]:
    """A value is a level of its feature's scale, a number of its metric, or unknown."""
    for file, index, claim in each_claim(comparison):
        if claim.value in (None, UNKNOWN, MEASURED) or claim.feature not in comparison.features:
            continue
        feature = comparison.features[claim.feature][1]
        levels = [level.id for level in feature.levels or ()]
        path = ("claims", index, "value")
        if levels and claim.value not in levels:
            yield Fault(file, path, f'"{claim.value}" is not on the scale', one_of(levels))
        elif not levels and isinstance(claim.value, str):
            yield Fault(file, path, f'"{claim.value}" is not a number', "a number or low and high")
        elif isinstance(claim.value, Interval) and not 0 < claim.value.low <= claim.value.high:
            yield Fault(file, path, "bounds are not in order", "0 < low <= high")
        elif isinstance(claim.value, float) and claim.value <= 0:
            yield Fault(file, path, f"{claim.value} is not positive", "a positive number")


def measured_values_are_the_labs(comparison: Comparison) -> Iterator[Fault]:
    """The value of a measured feature is not typed, and its claim rests on the measurement."""
    for file, index, claim in each_claim(comparison):
        if claim.value is None or claim.feature not in comparison.features:
            continue
        metric = comparison.features[claim.feature][1].metric
        measurement = metric.measurement if metric else None
        path: KeyPath = ("claims", index, "value")
        if measurement and claim.value != MEASURED:
            yield Fault(file, path, f"is typed, but {measurement} gives it", f'"{MEASURED}"')
        elif not measurement and claim.value == MEASURED:
            yield Fault(file, path, "the feature has no measurement", "a value of its own")
        elif measurement and measurement not in [item.measurement for item in claim.evidence]:
            wrong = f'"{claim.id}" does not rest on {measurement}'
            yield Fault(file, ("claims", index, "evidence"), wrong, "it among the evidence")


def unknown_values_say_why(comparison: Comparison) -> Iterator[Fault]:
    """An unknown value gives its reason, and only an unknown value does."""
    for file, index, claim in each_claim(comparison):
        if (claim.value == UNKNOWN) != (claim.unknown_because is not None):
            wrong = "is unknown without a reason" if claim.value == UNKNOWN else "has a value"
            path = ("claims", index, "unknown_because")
            yield Fault(file, path, f'"{claim.id}" {wrong}', "unknown_because if value is unknown")
