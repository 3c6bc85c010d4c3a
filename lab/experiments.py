"""The experiments of comparisons: what a well-formed one is, and reading them from their files.

An experiment is a folder below a comparison's `lab/` with an `experiment.toml`. Knows files and
TOML; runs nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from comparison.explain import explain
from comparison.fields import Record, Sentence, Slug, Text
from comparison.locate import toml_line
from comparison.problem import Problem, dotted
from pydantic import Field, ValidationError

from .terms import Kind, Label, Trust

LAB = "lab"
EXPERIMENT_FILE = "experiment.toml"
RESULTS = "results"

SUBJECTS = ("rust", "go")
"""In the order of a ratio: the value of the second over that of the first."""


OWN_FIGURES: dict[str, tuple[Kind, str]] = {
    "cpu": (Kind.CPU, "s"),
    "cpu-per-operation": (Kind.CPU, "s"),
    "wall": (Kind.CLOCK, "s"),
    "peak-memory": (Kind.MEMORY, "B"),
    "page-faults": (Kind.COUNT, "faults"),
    "size": (Kind.SIZE, "B"),
    "layer-size": (Kind.SIZE, "B"),
    "first-response": (Kind.CLOCK, "s"),
    "cpu-to-first-response": (Kind.CPU, "s"),
    "idle-memory": (Kind.MEMORY, "B"),
    "loaded-memory": (Kind.MEMORY, "B"),
    "cpu-per-request": (Kind.CPU, "s"),
}
"""What the instrument itself measures, with its unit; other figures are a program's own."""

SERVER_FIGURES = frozenset(
    ("first-response", "cpu-to-first-response", "idle-memory", "loaded-memory", "cpu-per-request")
)
LOAD_FIGURES = frozenset(("loaded-memory", "cpu-per-request"))


class Build(Record):
    """A binary of the lab's Cargo workspace, or a main package of its Go module."""

    tool: Literal["cargo", "go"]
    package: Text = Field(description="A Cargo package, or a Go package such as `./start-up/go`.")
    bin: Text | None = Field(None, description="Cargo's binary, if not called as its package.")
    profile: Slug | None = Field(None, description="Cargo's profile; `release` without this key.")
    flags: tuple[Text, ...] = ()
    env: dict[str, str] = Field({}, description="Such as RUSTFLAGS or GOAMD64.")


class Variant(Record):
    """One program of one subject, or one way of building or running it."""

    id: Slug
    title: Text
    subject: Literal["rust", "go"]
    label: Label
    note: Sentence | None = Field(None, description="What a reader must know to read its figures.")
    build: Build = Field(description="`{workload}` stands for the id of the workload.")
    command: Annotated[tuple[Text, ...], Field(min_length=1)] = Field(
        ("{program}",),
        description="How it is run, before the workload's arguments. `{program}` is what was "
        "built, `{address}` where a server listens, `{folder}` that of the experiment, and "
        "`{work}` one for what stays between runs.",
    )
    toolchain: bool = Field(
        False,
        description="Whether it runs the compilers, and so gets the caller's environment without "
        "what changes a build.",
    )
    env: dict[str, str] = Field({}, description="All that it has in its environment but the path.")
    workloads: tuple[Slug, ...] | None = Field(None, description="All without this key.")


class Request(Record):
    """What the instrument asks of a server, whose answers must be alike on all sides."""

    method: Literal["GET", "POST", "PUT", "DELETE"] = "GET"
    path: Annotated[str, Field(pattern=r"^/")]
    body: str | None = None
    status: int = 200


class Load(Record):
    """The program that puts load on a server, the same for all variants."""

    build: Build
    command: Annotated[tuple[Text, ...], Field(min_length=1)] = Field(
        description="`{program}` is what was built, `{address}` where the server listens. "
        "It must report the figures `requests` and `errors`."
    )


class Workload(Record):
    """The work that all variants do."""

    id: Slug
    title: Text
    text: Sentence = Field(description="What is done, and how much of it.")
    arguments: tuple[str, ...] = ()
    smoke: tuple[str, ...] | None = Field(None, description="Arguments that take an instant.")
    counted: tuple[str, ...] | None = Field(
        None,
        description="Arguments with which instructions are counted, to guard against regressions.",
    )
    cores: Annotated[int, Field(ge=1)] = Field(1, description="Cores that a program may use.")
    requests: tuple[Request, ...] = Field((), description="A program that answers is a server.")
    load: tuple[str, ...] | None = Field(None, description="Arguments of the load, if any.")
    load_smoke: tuple[str, ...] | None = None

    def arguments_in(self, smoke: bool) -> tuple[str, ...]:
        """Return the arguments of a program in a mode."""
        return self.smoke if smoke and self.smoke is not None else self.arguments

    def load_in(self, smoke: bool) -> tuple[str, ...] | None:
        """Return the arguments of the load in a mode."""
        return self.load_smoke if smoke and self.load_smoke is not None else self.load


class Metric(Record):
    """A figure that is published."""

    id: Slug
    title: Text
    figure: Slug = Field(description="What is measured, or a figure that the program reports.")
    kind: Kind | None = Field(None, description="Of a figure that the program reports.")
    unit: Text
    better: Literal["lower", "higher"]
    threshold: Annotated[
        float, Field(gt=1, description="The ratio from which a difference matters in practice.")
    ]
    trust: Trust = Field(description="The trust class expected before the first run.")
    workloads: tuple[Slug, ...] | None = Field(None, description="All without this key.")

    @property
    def quantity(self) -> Kind:
        """What kind of quantity it is."""
        return OWN_FIGURES[self.figure][0] if self.figure in OWN_FIGURES else Kind(self.kind or "")


class ExperimentFile(Record):
    """`experiment.toml`: a question, and how it is answered by measuring."""

    title: Text
    question: Sentence
    hypothesis: Sentence = Field(description="What was expected, written before the first run.")
    caveats: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    refused: Sentence | None = Field(None, description="Why there are no results, if so.")
    blocks: Annotated[int, Field(ge=1, le=200)] = Field(
        15, description="Runs of each variant in a sitting."
    )
    metrics: Annotated[tuple[Metric, ...], Field(min_length=1)]
    needs: tuple[Literal["postgres"], ...] = Field(
        (), description="Each run gets an empty database, whose address is in `DATABASE_URL`."
    )
    load: Load | None = None
    variants: Annotated[tuple[Variant, ...], Field(min_length=2)]
    workloads: Annotated[tuple[Workload, ...], Field(min_length=1)]


@dataclass(frozen=True)
class Experiment:
    """An experiment, loaded."""

    folder: Path
    data: ExperimentFile

    @property
    def id(self) -> str:
        """The folder's name."""
        return self.folder.name

    @property
    def workspace(self) -> Path:
        """The comparison's lab, which holds the Cargo workspace and the Go module."""
        return self.folder.parent

    @property
    def only_sizes(self) -> bool:
        """Whether nothing needs to run again and again."""
        return all(metric.quantity is Kind.SIZE for metric in self.data.metrics)

    def variants_of(self, workload: Workload) -> list[Variant]:
        """Return the variants that do a workload, in the order of the file."""
        return [
            variant
            for variant in self.data.variants
            if variant.workloads is None or workload.id in variant.workloads
        ]

    def metrics_of(self, workload: Workload) -> list[Metric]:
        """Return the metrics of a workload, in the order of the file."""
        return [
            metric
            for metric in self.data.metrics
            if metric.workloads is None or workload.id in metric.workloads
        ]

    def compared(self, workload: Workload) -> dict[str, Variant]:
        """Return the variant of each subject that stands for it: its first idiomatic one."""
        found: dict[str, Variant] = {}
        for variant in self.variants_of(workload):
            if variant.label is Label.IDIOMATIC:
                found.setdefault(variant.subject, variant)
        return found


def experiment_label(comparison: str, experiment: str) -> str:
    """Return the label of an experiment on the page of all measurements."""
    return f"{comparison}/lab/{experiment}"


def inside(text: str) -> str:
    """Return a title or a sentence as it stands inside another one: no capital, no full stop."""
    first, rest = text[0], text[1:].rstrip(".")
    return f"{first if rest[:1].isupper() else first.lower()}{rest}"


@dataclass(frozen=True)
class Loaded:
    """The sound experiments in the order of their ids, and all problems."""

    experiments: list[Experiment]
    problems: list[Problem]


def load_experiments(comparisons: Path) -> Loaded:
    """Read every experiment of the comparisons below a folder."""
    experiments, problems = [], []
    for path in sorted(comparisons.glob(f"*/{LAB}/*/{EXPERIMENT_FILE}")):
        experiment, found = load_experiment(path.parent)
        problems += found
        if experiment:
            experiments.append(experiment)
    return Loaded(experiments, sorted(problems))


def load_experiment(folder: Path) -> tuple[Experiment | None, list[Problem]]:
    """Read one experiment; return it if it is sound, and its problems."""
    path = folder / EXPERIMENT_FILE
    try:
        text = path.read_text(encoding="utf-8")
        data = ExperimentFile.model_validate(tomllib.loads(text))
    except UnicodeDecodeError as error:
        return None, [Problem(path, 1, "file", str(error), "UTF-8 text")]
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        number = int(line[1]) if line else len(text.splitlines())
        return None, [Problem(path, number, "syntax", str(error), "valid TOML")]
    except ValidationError as error:
        found = list(explain(error, ExperimentFile))
    else:
        experiment = Experiment(folder, data)
        found = list(_faults(experiment))
        if not found:
            return experiment, []
    return None, [
        Problem(path, toml_line(text, key), dotted(key), wrong, expected)
        for key, wrong, expected in found
    ]


Fault = tuple[tuple[str | int, ...], str, str]


def _faults(experiment: Experiment) -> Iterator[Fault]:
    """Yield key, what is wrong and what was expected, of what one record cannot say."""
    data = experiment.data
    for name, ids in (
        ("metrics", [metric.id for metric in data.metrics]),
        ("variants", [variant.id for variant in data.variants]),
        ("workloads", [workload.id for workload in data.workloads]),
    ):
        counts = Counter(ids)
        for index, id_ in enumerate(ids):
            if counts[id_] > 1:
                yield (name, index, "id"), f'"{id_}" is used twice', "an id of its own"
    known = {workload.id for workload in data.workloads}
    if data.load:
        yield from _build_faults(data.load.build, ("load", "build"))
    for index, variant in enumerate(data.variants):
        yield from _build_faults(variant.build, ("variants", index, "build"))
    for name, chosen in (
        ("metrics", [metric.workloads for metric in data.metrics]),
        ("variants", [variant.workloads for variant in data.variants]),
    ):
        for index, workloads in enumerate(chosen):
            for place, id_ in enumerate(workloads or ()):
                if id_ not in known:
                    key = (name, index, "workloads", place)
                    yield key, f'unknown workload "{id_}"', f"one of: {', '.join(sorted(known))}"
    yield from _metric_faults(experiment)
    for index, workload in enumerate(data.workloads):
        missing = [name for name in SUBJECTS if name not in experiment.compared(workload)]
        if missing:
            wrong = f'no idiomatic variant of {" and ".join(missing)} does "{workload.id}"'
            yield ("workloads", index), wrong, "one of each subject"
        if workload.load is not None and data.load is None:
            yield ("workloads", index, "load"), "there is no load", "a table [load]"
        if workload.load is not None and not workload.requests:
            yield ("workloads", index, "load"), "the program is no server", "requests"
        if workload.counted is not None and workload.requests:
            yield ("workloads", index, "counted"), "the program is a server", "one that ends"


def _build_faults(build: Build, key: tuple[str | int, ...]) -> Iterator[Fault]:
    if build.tool == "go":
        for name in ("bin", "profile"):
            if getattr(build, name) is not None:
                yield (*key, name), "go build knows no such thing", "no key"
        if not build.package.startswith("./"):
            yield (*key, "package"), f'is "{build.package}"', "a folder such as ./start-up/go"


def _metric_faults(experiment: Experiment) -> Iterator[Fault]:
    for index, metric in enumerate(experiment.data.metrics):
        key = ("metrics", index)
        workloads = [w for w in experiment.data.workloads if metric in experiment.metrics_of(w)]
        served = all(workload.requests for workload in workloads)
        loaded = all(workload.load is not None for workload in workloads)
        if metric.figure not in OWN_FIGURES:
            if metric.kind is None:
                wrong = f'"{metric.figure}" is the program\'s own figure, of no kind'
                yield (*key, "kind"), wrong, f"one of: {', '.join(Kind)}"
            continue
        kind, unit = OWN_FIGURES[metric.figure]
        if metric.kind is not None:
            yield (*key, "kind"), f'is given, but "{metric.figure}" is of kind {kind}', "no key"
        if metric.unit != unit:
            yield (*key, "unit"), f'is "{metric.unit}"', f'"{unit}", in which it is measured'
        if metric.figure in SERVER_FIGURES and not served:
            yield (*key, "figure"), "not every workload has a server", "requests in all workloads"
        if metric.figure in LOAD_FIGURES and not loaded:
            yield (*key, "figure"), "not every workload has a load", "load in all workloads"
