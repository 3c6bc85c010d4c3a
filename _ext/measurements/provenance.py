"""How a result was made, and of what: machine, tools, commands, samples, and what limits it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from comparison.parts import bullets, paragraph
from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment

from lab import quantity
from lab.experiments import Experiment
from lab.published import Result

from .chart import machine_name
from .shown import Shown, first_to_last, named


def provenance(shown: Shown) -> Iterator[nodes.Node]:
    """Yield what limits a result, how it was made, and what it was made of."""
    yield caveats(shown.experiment)
    for result in shown.results:
        yield bullets(named(name, text) for name, text in _environment(result))
        commands = dict.fromkeys(variant.command for variant in result.summary.variants)
        yield _listing("Built by", "\n".join(commands))
        yield paragraph(*_samples(shown, result), block="measured-samples")
    yield command(f"python -m lab run {shown.experiment.id}")


def caveats(experiment: Experiment) -> nodes.Node:
    """Return what limits an experiment."""
    data = experiment.data
    limits = [[nodes.Text(text)] for text in data.caveats]
    notes = [_noted(one.title, one.note) for one in data.variants if one.note]
    return bullets((*limits, *notes), "caveats")


def _noted(title: str, note: str) -> list[nodes.Node]:
    """Return a note after a title, which may hold an option of a command."""
    return [nodes.inline("", title, support_smartquotes=False), nodes.Text(f": {note}")]


def _environment(result: Result) -> Iterator[tuple[str, str]]:
    summary = result.summary
    machine = summary.machine
    below = "a virtual machine" if machine.virtual else "no virtual machine"
    memory = quantity.quantity(machine.memory_bytes, "B")
    yield "Machine", f"{machine_name(result)}, {memory}, {below}"
    yield "System", f"{machine.system}, Linux {machine.kernel}, {machine.libc}"
    yield "Tools", "; ".join(f"{name}: {text}" for name, text in summary.tools.items() if text)
    loads = sorted(load for sitting in summary.sittings for load in sitting.load)
    worst = max(sitting.worst_loss for sitting in summary.sittings)
    yield (
        "Other work meanwhile",
        f"load {first_to_last(loads)}, and up to {worst:.0%} of a core taken by others",
    )
    void = sorted(
        {
            f"{metric.title}, {workload.title}, {control.sitting}"
            for workload in summary.workloads
            for metric in workload.metrics
            for control in metric.controls
            if control.void
        }
    )
    if void:
        yield "Void, because a program differed from itself", "; ".join(void)
    libraries = {
        f"{name} {version}"
        for variant in summary.variants
        for name, version in variant.libraries.items()
    }
    if libraries:
        yield "Libraries", ", ".join(sorted(libraries))


def _samples(shown: Shown, result: Result) -> Iterator[nodes.Node | str]:
    yield "Raw samples, one sitting a file: "
    for number, path in enumerate(result.samples):
        yield ", " if number else ""
        link = addnodes.download_reference("", reftarget=_address(shown.env, path))
        link += nodes.literal("", path.name, classes=["xref", "download"])
        yield link
    yield ". Summary: "
    summary = result.folder / "summary.json"
    link = addnodes.download_reference("", reftarget=_address(shown.env, summary))
    link += nodes.literal("", summary.name, classes=["xref", "download"])
    yield link
    yield "."


def _address(env: BuildEnvironment, path: Path) -> str:
    return f"/{path.relative_to(env.srcdir).as_posix()}"


def command(command: str) -> nodes.container:
    """Return the command that measures, ready to be copied."""
    return _listing("Measure it on your machine", command)


def _listing(title: str, commands: str) -> nodes.container:
    literal = nodes.literal_block(commands, commands, language="console")
    literal["linenos"] = False
    node = nodes.container("", nodes.caption("", title), literal, literal_block=True)
    node["classes"] = ["literal-block-wrapper"]
    return node
