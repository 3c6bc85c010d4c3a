"""Makes the published summary of an experiment from the files of its sittings.

A function of those files and of the experiment's: the same files give the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from . import results
from .canary import QUIET_LIMIT
from .experiments import SUBJECTS, Experiment, Metric, Variant, Workload
from .results import Sitting
from .statistics import (
    Estimate,
    control_limit,
    control_ratio,
    is_even,
    is_larger,
    is_off,
    ratio_of,
    value_of,
)
from .summary import (
    SUMMARY_FILE,
    Control,
    MetricSummary,
    Pair,
    SittingSummary,
    Summary,
    Value,
    VariantSummary,
    WorkloadSummary,
)
from .terms import Kind, Label, Mode


def summary_text(experiment: Experiment, folder: Path) -> str:
    """Return the summary of the sittings in a folder as it is published."""
    return summarise(experiment, folder).model_dump_json(indent=1) + "\n"


def write_summary(experiment: Experiment, folder: Path) -> Summary:
    """Write the summary beside the files of samples."""
    summary = summarise(experiment, folder)
    text = summary.model_dump_json(indent=1) + "\n"
    results.write_whole(folder / SUMMARY_FILE, text)
    return summary


def summarise(experiment: Experiment, folder: Path) -> Summary:
    """Summarise the sittings in a folder; raise `ResultsError` if one is not as written."""
    paths = results.sittings_in(folder)
    sittings = [results.read(path) for path in paths]
    last = sittings[-1].head
    data = experiment.data
    flags = {Mode.FULL: "", Mode.QUICK: " --quick", Mode.SMOKE: " --smoke"}
    return Summary(
        experiment=experiment.id,
        mode=last.mode,
        title=data.title,
        question=data.question,
        hypothesis=data.hypothesis,
        caveats=data.caveats,
        command=f"python -m lab run {experiment.id}{flags[last.mode]}",
        machine=last.machine,
        tools=last.tools,
        sittings=tuple(map(_sitting, paths, sittings)),
        variants=tuple(_variant(variant, sittings[-1]) for variant in data.variants),
        workloads=tuple(
            WorkloadSummary(
                id=workload.id,
                title=workload.title,
                text=workload.text,
                arguments=workload.arguments_in(last.mode is Mode.SMOKE),
                cores=workload.cores,
                metrics=tuple(
                    _metric(experiment, workload, metric, sittings)
                    for metric in experiment.metrics_of(workload)
                ),
            )
            for workload in data.workloads
        ),
    )


def _sitting(path: Path, sitting: Sitting) -> SittingSummary:
    head = sitting.head
    loads = [canary.load for canary in sitting.canaries]
    loads += [sample.load for sample in sitting.samples]
    return SittingSummary(
        file=path.name,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        started=head.started,
        commit=head.commit,
        modified=head.modified,
        blocks=head.blocks,
        interruptions=sitting.interruptions,
        load=(min(loads), max(loads)),
        worst_loss=results.worst_loss(sitting.canaries),
    )


def _variant(variant: Variant, sitting: Sitting) -> VariantSummary:
    programs = [entry for entry in sitting.head.programs if entry.variant == variant.id]
    libraries = {name: text for entry in programs for name, text in entry.libraries.items()}
    return VariantSummary(
        id=variant.id,
        title=variant.title,
        subject=variant.subject,
        label=variant.label,
        note=variant.note,
        command=programs[0].command,
        env=variant.env,
        libraries=dict(sorted(libraries.items())),
    )


def _metric(
    experiment: Experiment, workload: Workload, metric: Metric, sittings: Sequence[Sitting]
) -> MetricSummary:
    found = MetricSummary(
        id=metric.id,
        title=metric.title,
        unit=metric.unit,
        kind=metric.quantity,
        better=metric.better,
        threshold=metric.threshold,
        expected_trust=metric.trust,
    )
    if metric.quantity is Kind.CLOCK:
        quiet = [s for s in sittings if results.worst_loss(s.canaries) <= QUIET_LIMIT]
        if not quiet:
            loss = min(results.worst_loss(sitting.canaries) for sitting in sittings)
            wrong = f"others took up to {loss:.0%} of a core in the quietest sitting"
            return found.model_copy(
                update={"refused": f"{wrong}; a time by the clock needs under {QUIET_LIMIT:.0%}."}
            )
        sittings = quiet
    controls = tuple(_controls(experiment, workload, metric, sittings))
    void = {control.sitting for control in controls if control.void}
    sound = [sitting for sitting in sittings if sitting.name not in void]
    found = found.model_copy(update={"controls": controls})
    if not sound:
        off = max(max(control.ratio, 1 / control.ratio) for control in controls) - 1
        limit = f"more than {control_limit(metric.threshold) - 1:.0%}"
        wrong = f"in every sitting a program differed from itself by {limit}, up to {off:.0%}."
        return found.model_copy(update={"refused": wrong})
    values = tuple(
        _value(workload, metric, variant, sound) for variant in experiment.variants_of(workload)
    )
    pairs = tuple(
        _pair(workload, metric, of, to, headline, sound)
        for of, to, headline in pairs_of(experiment, workload)
    )
    return found.model_copy(update={"values": values, "pairs": pairs})


def _controls(
    experiment: Experiment, workload: Workload, metric: Metric, sittings: Sequence[Sitting]
) -> Iterator[Control]:
    """Compare each variant that has one with its second runs."""
    for sitting in sittings:
        for variant in experiment.compared(workload).values():
            name = (workload.id, variant.id, metric.figure)
            again = results.series(sitting, *name, control=True)
            if again:
                first = results.series(sitting, *name)
                ratio = control_ratio(again, first, metric.quantity.quantile)
                yield Control(
                    variant=variant.id,
                    sitting=sitting.name,
                    ratio=_rounded(ratio),
                    void=is_off(ratio, metric.threshold),
                )


def _value(
    workload: Workload, metric: Metric, variant: Variant, sittings: Sequence[Sitting]
) -> Value:
    samples = [results.series(s, workload.id, variant.id, metric.figure) for s in sittings]
    estimate = value_of(samples, metric.quantity.quantile)
    return Value(
        variant=variant.id,
        value=_rounded(estimate.value),
        low=_rounded(estimate.low),
        high=_rounded(estimate.high),
        n=sum(map(len, samples)),
        sittings=len(samples),
    )


def pairs_of(experiment: Experiment, workload: Workload) -> Iterator[tuple[Variant, Variant, bool]]:
    """Yield the variants that are compared, and whether they stand for their subjects.

    Each idiomatic one with each of the other subject; a tuned one with what stands for its own
    subject; an unfair one with what stands for the other.
    """
    compared = experiment.compared(workload)
    first, second = SUBJECTS
    variants = experiment.variants_of(workload)
    idiomatic = [variant for variant in variants if variant.label is Label.IDIOMATIC]
    for to in idiomatic:
        for of in idiomatic:
            if (to.subject, of.subject) == (first, second):
                yield of, to, to is compared[first] and of is compared[second]
    for variant in variants:
        if variant.label is Label.TUNED:
            yield variant, compared[variant.subject], False
        elif variant.label is Label.UNFAIR:
            yield variant, compared[second if variant.subject == first else first], False


def _pair(
    workload: Workload,
    metric: Metric,
    of: Variant,
    to: Variant,
    headline: bool,
    sittings: Sequence[Sitting],
) -> Pair:
    own, other = (
        [results.series(s, workload.id, variant.id, metric.figure) for s in sittings]
        for variant in (of, to)
    )
    ratio = ratio_of(own, other, metric.quantity.quantile)
    return Pair(
        of=of.id,
        to=to.id,
        headline=headline,
        ratio=_rounded(ratio.estimate.value),
        low=_rounded(ratio.estimate.low),
        high=_rounded(ratio.estimate.high),
        verdict=verdict(ratio.estimate, metric, of, to),
        trust=ratio.trust,
        effect=_rounded(ratio.effect),
        spread=_rounded(ratio.spread),
        per_sitting=tuple(map(_rounded, ratio.per_sitting)),
        n=sum(map(len, own)),
        sittings=len(own),
    )


def verdict(ratio: Estimate, metric: Metric, of: Variant, to: Variant) -> str:
    """Say which of two variants is better by what matters, by the ratio of their values."""
    larger = is_larger(ratio, metric.threshold)
    if larger is None:
        return "even" if is_even(ratio, metric.threshold) else "undecided"
    better = of if larger == (metric.better == "higher") else to
    return better.subject if of.subject != to.subject else better.id


def _rounded(number: float) -> float:
    """Keep six digits, so that the last bits of another processor's logarithm do not show."""
    return float(f"{number:.6g}")
