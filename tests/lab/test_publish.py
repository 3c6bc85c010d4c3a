from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from lab.experiments import Experiment, Metric
from lab.publish import summarise, summary_text, verdict
from lab.report import report
from lab.results import (
    CanaryRecord,
    SampleRecord,
    read,
    seal,
    sittings_in,
    text_of,
)
from lab.statistics import Estimate

if TYPE_CHECKING:
    from tests.lab.conftest import Lab

CPU = 'figure = "peak-memory"', 'figure = "cpu"'
CLOCK = 'figure = "peak-memory"', 'figure = "wall"'


def _write_sitting(
    lab: Lab,
    name: str,
    rust: list[float],
    go: list[float],
    *,
    control: float = 1.0,
    lost: float = 0.01,
    figure: str = "cpu",
) -> None:
    """Write a sitting with samples of one's choice, as the tool would have sealed it."""
    if not (lab.folder / "results").exists():
        assert lab.main("run") == 0
    [first] = sittings_in(lab.root / "template") or [_template(lab)]
    head = read(first).head.model_copy(update={"blocks": len(rust), "started": name})
    records: list[Any] = [head]
    for block, values in enumerate(zip(rust, go, strict=True)):
        records.append(CanaryRecord(block=block, lost=(0.0, lost), load=1.0))
        for variant, value in zip(("rust", "go"), values, strict=True):
            for again in (False, True):
                measured = value * control if again and variant == "go" else value
                records.append(
                    SampleRecord(
                        workload="count",
                        variant=variant,
                        control=again,
                        block=block,
                        position=0,
                        cpus=(1,),
                        padding=0,
                        load=1.0,
                        figures={figure: measured, "score": 10 if variant == "rust" else 20},
                    )
                )
    seal(text_of(records), lab.results / f"{name}.jsonl")


def _template(lab: Lab) -> Path:
    """Put the real sitting aside, so that only written ones are summarised."""
    [path] = sittings_in(lab.results)
    aside = lab.root / "template" / path.name
    aside.parent.mkdir()
    path.rename(aside)
    return aside


def _metric(lab: Lab, index: int = 0) -> dict[str, Any]:
    summary = json.loads(summary_text(lab.experiment(), lab.results))
    metric: dict[str, Any] = summary["workloads"][0]["metrics"][index]
    return metric


def test_a_summary_tells_all_that_a_page_shows(lab: Lab) -> None:
    """Prose, environment, sittings, variants, and the numbers with their intervals."""
    assert lab.main("run") == 0
    summary = json.loads((lab.results / "summary.json").read_text(encoding="utf-8"))
    assert summary["question"] == "How long does it take to count?"
    assert summary["command"] == "python -m lab run counting"
    assert summary["tools"]["go"] == "go1.26.8 linux/test"
    assert summary["machine"]["cores"] >= 1
    [sitting] = summary["sittings"]
    assert (lab.results / sitting["file"]).is_file()
    assert [variant["id"] for variant in summary["variants"]] == ["rust", "go"]
    [workload] = summary["workloads"]
    assert workload["arguments"] == ["3"]
    score = workload["metrics"][1]
    assert [(v["variant"], v["value"], v["n"]) for v in score["values"]] == [
        ("rust", 10, 3),
        ("go", 20, 3),
    ]
    [pair] = score["pairs"]
    assert (pair["of"], pair["to"], pair["headline"]) == ("go", "rust", True)
    assert (pair["ratio"], pair["low"], pair["high"]) == (2, 2, 2)
    assert (pair["verdict"], pair["trust"], pair["effect"]) == ("go", "N", 1)


def test_the_same_files_give_the_same_bytes(lab: Lab) -> None:
    """A summary depends on nothing but them."""
    assert lab.main("run") == 0
    kept = (lab.results / "summary.json").read_text(encoding="utf-8")
    assert kept == summary_text(lab.experiment(), lab.results)


def test_processor_time_is_compared_by_lower_quartiles(lab: Lab) -> None:
    """The slow half of the runs does not count; sittings are told one by one."""
    lab.edit("experiment.toml", *CPU)
    lab.edit("experiment.toml", 'unit = "B"', 'unit = "s"')
    for name, factor in (("a", 2.0), ("b", 2.02), ("c", 1.98)):
        rust = [1.0, 1.0, 1.0, 5.0, 5.0]
        _write_sitting(lab, name, rust, [factor, factor, factor, 9.0, 9.0])
    metric = _metric(lab)
    [pair] = metric["pairs"]
    assert pair["ratio"] == pytest.approx(2, rel=0.001)
    assert pair["per_sitting"] == [2.0, 2.02, 1.98]
    assert pair["spread"] == pytest.approx(2.02 / 1.98 - 1, rel=1e-4)
    assert (pair["verdict"], pair["sittings"], pair["n"]) == ("rust", 3, 15)
    assert metric["refused"] is None


def test_a_sitting_whose_control_is_off_is_void(lab: Lab) -> None:
    """It is shown and does not count; where all are void, there is no value."""
    lab.edit("experiment.toml", *CPU)
    lab.edit("experiment.toml", 'unit = "B"', 'unit = "s"')
    _write_sitting(lab, "a", [1.0] * 5, [2.0] * 5, control=1.25)
    metric = _metric(lab)
    assert metric["values"] == metric["pairs"] == []
    assert metric["refused"] == (
        "in every sitting a program differed from itself by more than 22%, up to 25%."
    )
    _write_sitting(lab, "b", [1.0] * 5, [3.0] * 5, control=1.03)
    metric = _metric(lab)
    assert metric["refused"] is None
    [pair] = metric["pairs"]
    assert (pair["ratio"], pair["sittings"]) == (3, 1)
    assert [(c["variant"], c["sitting"], c["void"]) for c in metric["controls"]] == [
        ("rust", "a.jsonl", False),
        ("go", "a.jsonl", True),
        ("rust", "b.jsonl", False),
        ("go", "b.jsonl", False),
    ]


def test_the_clock_counts_on_a_quiet_machine_only(lab: Lab) -> None:
    """The canary's loss decides, and the refusal tells it."""
    lab.edit("experiment.toml", *CLOCK)
    lab.edit("experiment.toml", 'unit = "B"', 'unit = "s"')
    _write_sitting(lab, "a", [1.0] * 5, [2.0] * 5, lost=0.4, figure="wall")
    metric = _metric(lab)
    assert metric["pairs"] == []
    assert metric["refused"] == (
        "others took up to 40% of a core in the quietest sitting; a time by the clock needs "
        "under 3%."
    )
    _write_sitting(lab, "b", [1.0] * 5, [3.0] * 5, lost=0.02, figure="wall")
    [pair] = _metric(lab)["pairs"]
    assert (pair["ratio"], pair["sittings"]) == (3, 1)


def _verdict(experiment: Experiment, estimate: Estimate, metric: Metric, of: str, to: str) -> str:
    variants = {variant.id: variant for variant in experiment.data.variants}
    return verdict(estimate, metric, variants[of], variants[to])


def test_a_verdict_names_the_better_subject(lab: Lab) -> None:
    """By the metric's direction; between two of one subject it names the variant."""
    text = (lab.folder / "experiment.toml").read_text(encoding="utf-8")
    tuned = 'id = "tuned"\ntitle = "T"\nsubject = "go"\nlabel = "tuned"'
    build = 'build = { tool = "go", package = "./counting/go" }'
    lab.write("experiment.toml", f"{text}\n[[variants]]\n{tuned}\n{build}\n")
    experiment = lab.experiment()
    memory, score = experiment.data.metrics
    larger, near, wide = Estimate(2, 1.9, 2.1), Estimate(1, 0.95, 1.05), Estimate(1.4, 0.9, 2)
    assert _verdict(experiment, larger, memory, "go", "rust") == "rust"
    assert _verdict(experiment, larger, score, "go", "rust") == "go"
    assert _verdict(experiment, near, score, "go", "rust") == "even"
    assert _verdict(experiment, wide, score, "go", "rust") == "undecided"
    assert _verdict(experiment, larger, score, "tuned", "go") == "tuned"
    assert _verdict(experiment, larger, memory, "tuned", "go") == "go"


def test_a_report_shows_values_ratios_controls_and_refusals(lab: Lab) -> None:
    """With the trust class, and what was refused with its reason."""
    lab.edit("experiment.toml", *CPU)
    lab.edit("experiment.toml", 'unit = "B"', 'unit = "s"')
    _write_sitting(lab, "a", [1.0] * 5, [2.0] * 5, control=1.25)
    text = report(summarise(lab.experiment(), lab.results))
    assert "    go against itself: 1.250, void\n" in text
    assert (
        "    refused: in every sitting a program differed from itself by more than 22%, up to 25%."
        in text
    )
    assert "    rust: 10\N{NO-BREAK SPACE}points\n" in text
    assert "    go / rust: 2.00 [2.00], go, trust N, spread 0.0%, effect +1.00, n 5\n" in text
