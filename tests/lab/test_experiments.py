from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lab.experiments import load_experiments
from lab.publish import pairs_of
from lab.terms import Kind

if TYPE_CHECKING:
    from tests.lab.conftest import Lab

COMPARISONS = Path(__file__).parents[2] / "comparisons"

MORE_VARIANTS = """
[[variants]]
id = "rust-other"
title = "Rust, another library"
subject = "rust"
label = "idiomatic"
build = { tool = "cargo", package = "counting" }

[[variants]]
id = "go-tuned"
title = "Go, tuned"
subject = "go"
label = "tuned"
build = { tool = "go", package = "./counting/go" }

[[variants]]
id = "threads"
title = "Rust, threads"
subject = "rust"
label = "unfair"
build = { tool = "cargo", package = "counting" }
"""


def test_a_folder_becomes_an_experiment(lab: Lab) -> None:
    """The folder's name is its id; what a key leaves out has a default."""
    experiment = lab.experiment()
    assert experiment.id == "counting"
    assert experiment.workspace == lab.workspace
    assert [metric.quantity for metric in experiment.data.metrics] == [Kind.MEMORY, Kind.COUNT]
    [workload] = experiment.data.workloads
    assert workload.arguments_in(smoke=False) == ("3",)
    assert workload.arguments_in(smoke=True) == ("1",)
    assert not experiment.only_sizes


MISTAKES = {
    "no TOML": (
        'title = "Counting"',
        'title = "Counting',
        "1: syntax: Illegal character '\\n' (at line 1, column 18); expected valid TOML",
    ),
    "missing key": (
        'hypothesis = "Both take as long."\n',
        "",
        "1: hypothesis: is missing; expected this key",
    ),
    "unknown key": (
        "blocks = 3",
        "block = 3",
        "5: block: unknown key; expected one of: title, question, hypothesis, caveats, refused, "
        "blocks, metrics, needs, load, variants, workloads",
    ),
    "unknown key of a build": (
        'build = { tool = "cargo", package = "counting" }',
        'build = { tool = "cargo", packages = "counting", package = "counting" }',
        "31: variants[0].build.packages: unknown key; expected one of: tool, package, bin, "
        "profile, flags, env",
    ),
    "no sentence": (
        '"How long does it take to count?"',
        '"How long"',
        "2: question: is 'How long'; expected text matching ^[^\\n]*[.?!]$",
    ),
    "threshold": (
        "threshold = 1.5",
        "threshold = 0.9",
        "13: metrics[0].threshold: is 0.9; expected greater than 1",
    ),
    "unit": (
        'unit = "B"',
        'unit = "MB"',
        '11: metrics[0].unit: is "MB"; expected "B", in which it is measured',
    ),
    "kind of an own figure": (
        'kind = "count"\n',
        "",
        '16: metrics[1].kind: "score" is the program\'s own figure, of no kind; expected one of: '
        "cpu, clock, memory, size, count",
    ),
    "kind of a measured figure": (
        'figure = "peak-memory"',
        'figure = "peak-memory"\nkind = "cpu"',
        '11: metrics[0].kind: is given, but "peak-memory" is of kind memory; expected no key',
    ),
    "server figure": (
        'figure = "peak-memory"',
        'figure = "idle-memory"',
        "10: metrics[0].figure: not every workload has a server; expected requests in all "
        "workloads",
    ),
    "same id": (
        'id = "go"',
        'id = "rust"',
        '27: variants[0].id: "rust" is used twice; expected an id of its own',
    ),
    "no side": (
        'subject = "go"\nlabel = "idiomatic"',
        'subject = "go"\nlabel = "tuned"',
        '42: workloads[0]: no idiomatic variant of go does "count"; expected one of each subject',
    ),
    "unknown workload": (
        'id = "go"',
        'id = "go"\nworkloads = ["count", "sum"]',
        '36: variants[1].workloads[1]: unknown workload "sum"; expected one of: count',
    ),
    "unknown workload of a metric": (
        'id = "score"',
        'id = "score"\nworkloads = ["sum"]',
        '18: metrics[1].workloads[0]: unknown workload "sum"; expected one of: count',
    ),
    "go with a profile": (
        'build = { tool = "go", package',
        'build = { tool = "go", profile = "small", package',
        "39: variants[1].build.profile: go build knows no such thing; expected no key",
    ),
    "go without a folder": (
        'package = "./counting/go"',
        'package = "counting/go"',
        '39: variants[1].build.package: is "counting/go"; expected a folder such as ./start-up/go',
    ),
    "load without a server": (
        'smoke = ["1"]',
        'smoke = ["1"]\nload = ["5s"]',
        "48: workloads[0].load: the program is no server; expected requests",
    ),
    "a server that is counted": (
        'smoke = ["1"]',
        'smoke = ["1"]\ncounted = ["1"]\nrequests = [{ path = "/" }]',
        "48: workloads[0].counted: the program is a server; expected one that ends",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_where_it_stands(lab: Lab, name: str) -> None:
    """File, line and key, what is wrong, and what was expected."""
    old, new, problem = MISTAKES[name]
    lab.edit("experiment.toml", old, new)
    assert lab.problems()[0] == f"experiment.toml:{problem}"


def test_the_variants_that_stand_for_a_subject_are_compared(lab: Lab) -> None:
    """Each idiomatic pair; a tuned variant with its own side, an unfair one with the other."""
    text = (lab.folder / "experiment.toml").read_text(encoding="utf-8")
    lab.write("experiment.toml", text + MORE_VARIANTS)
    experiment = lab.experiment()
    [workload] = experiment.data.workloads
    pairs = [(of.id, to.id, headline) for of, to, headline in pairs_of(experiment, workload)]
    assert pairs == [
        ("go", "rust", True),
        ("go", "rust-other", False),
        ("go-tuned", "go", False),
        ("threads", "go", False),
    ]


def test_the_experiments_of_this_project_are_sound() -> None:
    """Each has a hypothesis, caveats, and both subjects; its first line names the schema."""
    loaded = load_experiments(COMPARISONS)
    assert loaded.problems == []
    assert "cpu-kernels" in [experiment.id for experiment in loaded.experiments]
    for experiment in loaded.experiments:
        path = experiment.folder / "experiment.toml"
        first = path.read_text(encoding="utf-8").split("\n", 1)[0]
        assert first == "#:schema ../../../lab-experiment.schema.json"
        assert (path.parent / first.removeprefix("#:schema ")).is_file()
