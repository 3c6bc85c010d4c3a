"""Claims and features that rest on the lab, in the sample comparison about Rust and Go."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from comparison.export import export

from lab.terms import Mode
from tests.conftest import Drinks
from tests.measured import CUP, POT, TestLab, add_lab

MEASUREMENT = "brewing/cup/time"
EVIDENCE = f'evidence = [{{ measurement = "{MEASUREMENT}", shows = "So.", supports = "full" }}]'
SOURCE = 'evidence = [{ source = "bean-survey", locator = "table 1", supports = "full" }]'
BOTH = {"cup": CUP, "pot": POT}


@dataclass(frozen=True)
class Measured:
    """The sample data and its lab."""

    drinks: Drinks
    lab: TestLab

    def claim(self, subject: str) -> dict[str, object]:
        """Return a claim of the measured feature as it is published."""
        topics = export(self.drinks.comparison())["topics"]
        claims = (claim for topic in topics for claim in topic["claims"])
        names = {"rust": "price-tea", "go": "price-coffee"}
        return dict(next(claim for claim in claims if claim["id"] == names[subject]))

    def lean(self) -> str:
        """Return how the measured feature leans."""
        topics = export(self.drinks.comparison())["topics"]
        [found] = [f for topic in topics for f in topic["features"] if f["id"] == "price"]
        return str(found["lean"])

    def problem(self) -> tuple[int, str, str, str]:
        """Return the only problem of the feature's file."""
        [one] = {p.key: p for p in self.drinks.problems() if p.file.name == "cost.toml"}.values()
        return one.line, one.key, one.wrong, one.expected


@pytest.fixture
def measured(drinks: Drinks) -> Measured:
    """Rust and Go, compared by what the lab measured, which took Go twice as long."""
    drinks.about_rust_and_go()
    lab = add_lab(drinks.folder)
    lab.publish(BOTH)
    metric = '{ unit = "cents", better = "lower", threshold = 1.25 }'
    drinks.edit("cost.toml", metric, f'{{ measurement = "{MEASUREMENT}" }}')
    text = (drinks.folder / "cost.toml").read_text(encoding="utf-8")
    for old, new in (
        ("value = { low = 4, high = 6 }", 'value = "measured"'),
        ("value = 12", 'value = "measured"'),
        ('version = "1.2"', 'version = "1.1"'),
        ('version = "2.0"', 'version = "2.1"'),
        ('how = "read"', 'how = "ran"'),
        (SOURCE, EVIDENCE),
    ):
        text = text.replace(old, new)
    (drinks.folder / "cost.toml").write_text(text, encoding="utf-8")
    return Measured(drinks, lab)


def test_values_and_lean_come_from_the_results(measured: Measured) -> None:
    """Nothing is typed: another result is another value and another lean."""
    assert measured.claim("go")["measured"] == pytest.approx(0.02, rel=0.01)
    assert measured.claim("go")["grade"] == "A"
    assert measured.lean() == "rust"
    measured.lab.publish({**BOTH, "cup": {**CUP, "go": 0.005}})
    assert measured.lean() == "go"
    measured.lab.publish({**BOTH, "cup": {**CUP, "go": CUP["rust"]}})
    assert measured.lean() == "even"


def test_a_ratio_across_the_threshold_is_undecided(measured: Measured) -> None:
    """Sittings so far apart that the interval crosses 1.1 leave the row undecided."""
    measured.lab.publish(
        {**BOTH, "cup": {**CUP, "go": CUP["rust"] * 1.1}}, wobble=(1.0, 1.04, 1.02, 1.01)
    )
    assert measured.lean() == "undecided"


def test_a_measurement_of_another_release_counts_for_nothing(measured: Measured) -> None:
    """The claim is of 2.1; a measurement of 2.0 is none of it, for Go alone."""
    measured.lab.publish(BOTH, go="go2.0.3 test")
    assert (measured.claim("go")["grade"], measured.claim("rust")["grade"]) == ("D", "B")
    assert measured.lean() == "undecided"


@pytest.mark.parametrize("mode", [Mode.QUICK, Mode.SMOKE])
def test_a_short_run_counts_for_nothing(measured: Measured, mode: Mode) -> None:
    """A look is no result, however often it was taken."""
    measured.lab.publish(BOTH, mode=mode)
    assert measured.claim("go")["grade"] == "D"
    assert measured.claim("go")["measured"] is None


def test_one_sitting_counts_for_nothing(measured: Measured) -> None:
    """Its trust is C, at which nothing but the direction is known."""
    measured.lab.publish(BOTH, sittings=1)
    assert measured.claim("go")["grade"] == "D"


@pytest.mark.parametrize("file", ["rust/main.rs", "go/main.go"])
def test_a_result_of_other_programs_counts_for_nothing(measured: Measured, file: str) -> None:
    """A program that changed was not measured."""
    path = measured.lab.folder / file
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert measured.claim("go")["grade"] == "D"


def test_an_edited_sample_counts_for_nothing(measured: Measured) -> None:
    """The summary knows its samples by their digest."""
    sample = min(measured.lab.results.glob("*.jsonl"))
    sample.write_text(sample.read_text(encoding="utf-8").replace("0.02", "0.03"))
    assert measured.claim("go")["grade"] == "D"
    assert measured.lean() == "undecided"


def test_a_refused_metric_counts_for_nothing(measured: Measured) -> None:
    """A time by the clock of a loud machine is refused."""
    path = measured.drinks.folder / "cost.toml"
    text = path.read_text(encoding="utf-8").replace(MEASUREMENT, "brewing/cup/wait")
    path.write_text(text, encoding="utf-8")
    assert measured.claim("rust")["grade"] == "D"
    assert measured.lean() == "undecided"


@pytest.mark.parametrize(
    ("id_", "wrong", "expected"),
    [
        ("baking/cup/time", 'unknown experiment "baking"', "one of: brewing"),
        ("brewing/mug/time", 'unknown workload "mug"', "one of: cup, pot"),
        ("brewing/cup/size", 'unknown metric "size"', "one of: time, wait"),
    ],
)
def test_an_unknown_measurement_is_told(
    measured: Measured, id_: str, wrong: str, expected: str
) -> None:
    """Which part of it is unknown, where it stands, and what is known."""
    measured.drinks.edit(
        "cost.toml",
        f'metric = {{ measurement = "{MEASUREMENT}" }}',
        f'metric = {{ measurement = "{id_}" }}',
    )
    found = [p for p in measured.drinks.problems() if p.key.startswith("features")]
    [problem] = found
    assert (problem.wrong, problem.expected) == (wrong, expected)
    assert problem.key == "features[0].metric.measurement"
    assert problem.line == measured.drinks.line("cost.toml", "metric")


def test_a_missing_result_is_told(measured: Measured) -> None:
    """Whoever deletes a result on which a claim rests is told how to make it again."""
    for path in measured.lab.results.iterdir():
        path.unlink()
    problems = [
        p for p in measured.drinks.problems() if p.key == "claims[0].evidence[0].measurement"
    ]
    assert [(p.wrong, p.expected) for p in problems] == [
        ('"brewing/cup/time" has no result', "a result: `python -m lab run brewing`")
    ]


def test_a_typed_value_is_told(measured: Measured) -> None:
    """A number beside a measurement would drift from it."""
    measured.drinks.edit(
        "cost.toml", 'subject = "go"\nvalue = "measured"', 'subject = "go"\nvalue = 12'
    )
    _, key, wrong, expected = measured.problem()
    assert (key, wrong) == ("claims[1].value", "is typed, but brewing/cup/time gives it")
    assert expected == '"measured"'


def test_a_measured_value_rests_on_its_measurement(measured: Measured) -> None:
    """The claim that gives it names it."""
    path = measured.drinks.folder / "cost.toml"
    text = path.read_text(encoding="utf-8").replace(
        EVIDENCE, EVIDENCE.replace("cup/time", "pot/time"), 1
    )
    path.write_text(text, encoding="utf-8")
    _, key, wrong, _ = measured.problem()
    assert (key, wrong) == ("claims[0].evidence", '"price-tea" does not rest on brewing/cup/time')


def test_the_published_data_lists_the_measurements(measured: Measured) -> None:
    """A tool sees values, releases and verdict, or why there are none."""
    found = {one["id"]: one for one in export(measured.drinks.comparison())["measurements"]}
    assert list(found) == [f"brewing/{w}/{m}" for w in ("cup", "pot") for m in ("time", "wait")]
    assert found[MEASUREMENT]["releases"] == {"rust": "1.1.0", "go": "2.1.0"}
    assert found[MEASUREMENT]["verdict"] == "rust"
    assert found["brewing/cup/wait"]["verdict"] is None
    assert "others took up to 50%" in found["brewing/cup/wait"]["missing"]
