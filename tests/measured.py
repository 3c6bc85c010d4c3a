"""Owns a lab for tests that only look at results: samples are made up, and nothing runs.

What is published of them is made by the lab's own tools, sealed as after a run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lab import provenance, results
from lab.provenance import Machine
from lab.publish import write_summary
from lab.results import CanaryRecord, ProgramRecord, SampleRecord, SittingRecord
from lab.terms import Mode
from tests.sample_lab import SampleLab, Table

ID = "brewing"
CUP = {"rust": 0.01, "go": 0.02, "go-strong": 0.015}
POT = {"rust": 0.04, "go": 0.041, "go-strong": 0.04}

Samples = Mapping[str, Mapping[str, float]]
"""Processor time by workload, then by variant."""


def machine(processor: str) -> Machine:
    """Describe a machine with a processor of this name."""
    words = dict.fromkeys(
        ("kernel", "system", "libc", "huge_pages", "layout_randomised", "governor", "clock_source"),
        "test",
    )
    return Machine(
        processor=processor,
        vendor=processor,
        family="1",
        model="2",
        cores=2,
        virtual=True,
        memory_bytes=8_000_000_000,
        **words,
    )


@dataclass(frozen=True)
class TestLab(SampleLab):
    """A lab whose results are made up."""

    __test__ = False

    @property
    def results(self) -> Path:
        """The results of the first machine."""
        return self.folder / "results" / machine("Kettle").id

    def publish(
        self,
        samples: Samples,
        *,
        processor: str = "Kettle",
        mode: Mode = Mode.FULL,
        sittings: int = 3,
        wobble: Sequence[float] = (1.0, 1.001),
        control: float | tuple[float, ...] = 1.0,
        go: str = "go2.1.0 test",
    ) -> None:
        """Write sittings with these values, and the summary of them; others are deleted.

        The second runs take `control` times as long as the first, in each sitting or in each by
        its own.
        """
        controls = control if isinstance(control, tuple) else (control,) * sittings
        experiment = self.experiment()
        there = machine(processor)
        folder = self.folder / "results" / there.id
        for path in folder.glob("*"):
            path.unlink()
        for number in range(sittings):
            head = SittingRecord(
                experiment=ID,
                mode=mode,
                started=f"2026-02-0{number + 1}T00:00:00Z",
                seed=1,
                blocks=len(wobble),
                inputs=provenance.inputs_digest(experiment),
                modified=False,
                machine=there,
                tools={"rustc": "1.1.0 (0123)", "go": go},
                programs=[
                    ProgramRecord(
                        workload=workload,
                        variant=variant,
                        command=f"build --release {variant}",
                        sha256="0",
                        size_bytes=1,
                        tool="go" if variant.startswith("go") else "cargo",
                        libraries={"leaves": "1.2.3"} if variant == "rust" else {},
                    )
                    for workload, variants in samples.items()
                    for variant in variants
                ],
            )
            records = [
                SampleRecord(
                    workload=workload,
                    variant=variant,
                    control=again,
                    block=block,
                    position=0,
                    cpus=(1,),
                    padding=0,
                    load=1.0,
                    figures=dict.fromkeys(
                        ("cpu", "wall"), value * factor * (controls[number] if again else 1)
                    ),
                )
                for workload, variants in samples.items()
                for variant, value in variants.items()
                # In another order for each, so that ratios are noisy too.
                for block, factor in enumerate(wobble if variant == "rust" else wobble[::-1])
                for again in ((False,) if variant == "go-strong" else (False, True))
            ]
            canary = CanaryRecord(block=0, lost=(0.5,), load=2.0)
            text = results.text_of([head, canary, *records])
            results.seal(text, folder / f"{head.started.replace(':', '-')}{results.SAMPLES}")
        write_summary(experiment, folder)


def add_lab(comparison: Path) -> TestLab:
    """Give a comparison a lab whose experiment has no results yet."""
    lab = TestLab(comparison / "lab", ID)
    lab.fill(_experiment(lab), {"rust/main.rs": "fn main() {}\n", "go/main.go": "package main\n"})
    return lab


def _experiment(lab: TestLab) -> Table:
    metric = {"unit": "s", "better": "lower", "threshold": 1.1}
    return {
        "title": "Brewing",
        "question": "What does a cup take?",
        "hypothesis": "Both take as long.",
        "caveats": ["Nobody drinks it."],
        "blocks": 2,
        "metrics": [
            {"id": "time", "title": "Processor time", "figure": "cpu", **metric, "trust": "A"},
            {"id": "wait", "title": "Wait", "figure": "wall", **metric, "trust": "C"},
        ],
        "variants": [
            lab.variant("rust", "Rust, plain"),
            lab.variant("go", "Go, plain"),
            lab.variant("go-strong", "Go --strong", "tuned", note="With twice the leaves."),
        ],
        "workloads": [
            {"id": "cup", "title": "Cup", "text": "One cup."},
            {"id": "pot", "title": "Pot", "text": "Four cups."},
        ],
    }
