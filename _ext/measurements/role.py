"""The role `measured`: a number of the lab inside a sentence, never typed.

`{measured}`cpu-kernels/n-body/cpu ratio`` names a metric of a workload, then what of it:
`ratio`, `interval`, `estimate` (both), `verdict`, `trust`, a subject or a variant (its value), or
two variants with a slash between them, alone or before `interval` (their ratio). The workload `*`
gives the range of the ratios of all. What is of class C says so, with two digits and, from a
single sitting, without an interval, for that would leave out how sittings differ.
"""

from __future__ import annotations

import re

from comparison.measurements import why_missing
from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from lab import quantity
from lab.experiments import SUBJECTS, Experiment
from lab.published import PublishedError, Result, headline, pair_named, value_of
from lab.summary import MetricSummary, Pair
from lab.terms import Trust

from .chart import decided, ratio_text
from .place import UnknownError, known, lab_of

logger = logging.getLogger(__name__)

_TARGET = re.compile(
    r"(?:(?P<comparison>[\w-]+):)?(?P<experiment>[\w-]+)/(?P<workload>[\w-]+|\*)/(?P<metric>[\w-]+)"
    r"\s+(?P<what>\S.*)"
)
_EXPECTED = "expected <experiment>/<workload>/<metric>, then ratio, interval, verdict or a variant"


class MeasuredRole(SphinxRole):
    """Prints a value, ratio, interval or verdict; or in brackets why there is none."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the number, which leads to its experiment."""
        try:
            node = self._read()
        except (UnknownError, PublishedError) as error:
            logger.warning(
                "%s", error, location=self.get_location(), type="measured", subtype="unknown"
            )
            return [nodes.problematic(self.rawtext, self.rawtext)], []
        return [node], []

    def _read(self) -> nodes.inline:
        match = _TARGET.fullmatch(self.text)
        if match is None:
            raise UnknownError(f'cannot read "{self.text}"; {_EXPECTED}')
        lab = lab_of(self.env, match["comparison"])
        experiment, results = lab.experiment(match["experiment"])
        known("metric", match["metric"], [one.id for one in experiment.data.metrics])
        workloads = [one.id for one in experiment.data.workloads]
        if match["workload"] != "*":
            workloads = [known("workload", match["workload"], workloads)]
        what = match["what"].split()
        _check(experiment, what)
        result = results[0] if results else None
        missing = [
            why_missing(experiment, one, match["metric"], result, any_trust=True)
            for one in workloads
        ]
        metrics = [
            metric
            for one, wrong in zip(workloads, missing, strict=True)
            if not wrong and result and (metric := result.metric(one, match["metric"]))
        ]
        if not metrics or result is None:
            text = f"[no number: {missing[0]}]"
            return nodes.inline("", text, classes=["cmp-measured-missing"])
        if match["workload"] == "*":
            text = _range(metrics, what, len(workloads))
        else:
            text = _text(metrics[0], what, lab.names, result)
        return lab.number(experiment.id, text)


def _check(experiment: Experiment, what: list[str]) -> None:
    """Raise a message that says what can be asked for, if this cannot."""
    names = [*SUBJECTS, *(one.id for one in experiment.data.variants)]
    match what:
        case ["ratio" | "interval" | "estimate" | "verdict" | "trust"]:
            return
        case [one] | [one, "interval"]:
            for name in one.split("/"):
                known("variant", name, names)
            if one.count("/") <= 1:
                return
    raise UnknownError(f'cannot read "{" ".join(what)}"; {_EXPECTED}')


def _range(metrics: list[MetricSummary], what: list[str], total: int) -> str:
    """Return the lowest and the highest ratio, and of how many workloads if not of all."""
    if what != ["ratio"]:
        raise UnknownError(f'no range of "{" ".join(what)}"; expected ratio after a workload *')
    pairs = [pair for metric in metrics if (pair := headline(metric))]
    ordered = sorted(pairs, key=lambda pair: pair.ratio)
    ends = (quantity.ratio(pair.ratio, pair.trust) for pair in (ordered[0], ordered[-1]))
    text = _with_class(" to ".join(dict.fromkeys(ends)), *(pair.trust for pair in pairs))
    return text if len(pairs) == total else f"{text} (in {len(pairs)} of {total} workloads)"


def _text(metric: MetricSummary, what: list[str], names: dict[str, str], result: Result) -> str:
    main = headline(metric)
    if main is None:
        raise UnknownError("there is no ratio of the two; expected another metric")
    match what:
        case ["ratio"]:
            return _with_class(quantity.ratio(main.ratio, main.trust), main.trust)
        case ["interval"]:
            return _with_class(_interval(main), main.trust)
        case ["estimate"]:
            alone = main.sittings == 1
            text = quantity.ratio(main.ratio, main.trust) if alone else ratio_text(main)
            return _with_class(text, main.trust)
        case ["verdict"]:
            return _with_class(names.get(decided(main), decided(main)), main.trust)
        case ["trust"]:
            return main.trust.value
    ids = [_variant(name, main) for name in what[0].split("/")]
    if len(ids) == 2:
        pair = pair_named(metric, *ids)
        text = _interval(pair) if what[1:] else quantity.ratio(pair.ratio, pair.trust)
        return _with_class(text, pair.trust)
    value = value_of(metric, ids[0])
    if value is None:
        doing = ", ".join(one.variant for one in metric.values)
        raise UnknownError(f'"{ids[0]}" does not do this workload; expected one of: {doing}')
    trust = _trust_of(value.variant, metric, main)
    if what[1:]:
        return _with_class(quantity.bounds(value.low, value.high, metric.unit), trust)
    digits = quantity.ratio_digits(trust) if trust is Trust.LOW else quantity.DIGITS
    return _with_class(quantity.quantity(value.value, metric.unit, digits), trust)


def _interval(pair: Pair) -> str:
    return quantity.ratio_bounds(pair.low, pair.high, pair.trust)


def _with_class(text: str, *trusts: Trust) -> str:
    """Return a number, with its class where that is the lowest: a sentence must not hide it."""
    return f"{text} (class\N{NO-BREAK SPACE}C)" if Trust.LOW in trusts else text


def _trust_of(variant: str, metric: MetricSummary, main: Pair) -> Trust:
    """Return how far a variant's value can be trusted: as far as its ratios to others."""
    pairs = [main] if variant in (main.of, main.to) else metric.pairs
    return max(
        (pair.trust for pair in pairs if variant in (pair.of, pair.to)),
        key=list(Trust).index,
        default=main.trust,
    )


def _variant(name: str, main: Pair) -> str:
    """Return the variant that stands for a subject, or the one that is named."""
    return dict(zip(SUBJECTS, (main.to, main.of), strict=True)).get(name, name)
