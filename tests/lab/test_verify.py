from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lab.experiments import load_experiments
from lab.results import sittings_in
from lab.verify import verify

if TYPE_CHECKING:
    from tests.lab.conftest import Lab

COMPARISONS = Path(__file__).parents[2] / "comparisons"
AGAIN = "expected `python -m lab run counting`"


def _problems(lab: Lab) -> list[str]:
    return [
        problem.replace(f"{lab.folder}/", "").replace(f"{lab.folder / 'results'}", "results")
        for problem in verify(lab.experiment())
    ]


@pytest.fixture
def ran(lab: Lab) -> Lab:
    """Return a lab whose experiment was run."""
    assert lab.main("run") == 0
    return lab


def test_results_as_the_tool_wrote_them_are_sound(ran: Lab) -> None:
    """Prose may change: then the summary is written again, without a run."""
    assert _problems(ran) == []
    ran.edit("experiment.toml", "Nobody counts by shell.", "Hardly anybody counts by shell.")
    [problem] = _problems(ran)
    assert problem.endswith(
        "summary.json: is not what the samples say; expected `python -m lab report counting`"
    )
    assert ran.main("report") == 0
    assert _problems(ran) == []


def test_an_experiment_without_results_is_told(lab: Lab) -> None:
    """Unless its file says why there are none."""
    assert _problems(lab) == [
        "results: is missing; expected `python -m lab run counting`, or `refused` in the "
        "experiment's file"
    ]
    lab.edit("experiment.toml", "blocks = 3", 'blocks = 3\nrefused = "It is too loud here."')
    assert _problems(lab) == []


def test_results_of_a_refused_experiment_are_told(ran: Lab) -> None:
    """One of the two is wrong."""
    ran.edit("experiment.toml", "blocks = 3", 'blocks = 3\nrefused = "It is too loud here."')
    [problem] = _problems(ran)
    assert "there are results, but the experiment is refused" in problem


@pytest.mark.parametrize("path", ["rust/run.sh", "go/run.sh", "go/more.go"])
def test_changed_programs_make_results_stale(ran: Lab, path: str) -> None:
    """A change of either side, or one more file."""
    file = ran.folder / path
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    file.write_text(text + "# more\n", encoding="utf-8")
    [problem] = _problems(ran)
    assert f"the programs, or how they are run, have changed since; {AGAIN}" in problem


STALE = {
    "an argument": ("experiment.toml", 'arguments = ["3"]', 'arguments = ["4"]'),
    "the environment": (
        "experiment.toml",
        'package = "counting" }',
        'package = "counting" }\nenv = { A = "b" }',
    ),
    "the edition": ("../Cargo.toml", 'edition = "2024"', 'edition = "2021"'),
    "a profile": ("../Cargo.toml", "[workspace]", "[profile.release]\nlto = true\n\n[workspace]"),
    "the language of Go": ("../go.mod", "go 1.26", "go 1.27"),
}


@pytest.mark.parametrize("name", STALE)
def test_another_way_of_building_or_running_makes_results_stale(ran: Lab, name: str) -> None:
    """What decides the program that runs is part of the digest."""
    ran.edit(*STALE[name])
    assert any("have changed since" in problem for problem in _problems(ran))


def test_what_does_not_change_the_programs_keeps_results(ran: Lab) -> None:
    """Notes, arguments to smoke or count, the number of blocks, other experiments' libraries."""
    ran.write("NOTES.md", "A note.\n")
    ran.edit("experiment.toml", 'smoke = ["1"]', 'smoke = ["2"]\ncounted = ["2"]')
    ran.edit("experiment.toml", "blocks = 3", "blocks = 9")
    lock = ran.workspace / "Cargo.lock"
    other = '\n[[package]]\nname = "other"\nversion = "1.0.0"\nsource = "registry"\n'
    lock.write_text(lock.read_text(encoding="utf-8") + other, encoding="utf-8")
    assert _problems(ran) == []


def test_an_edited_sample_is_told_by_name(ran: Lab) -> None:
    """With what to do."""
    [path] = sittings_in(ran.results)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"score":10.0', '"score":11.0', 1), encoding="utf-8")
    [problem] = _problems(ran)
    assert problem == (
        f"results/{ran.results.name}/{path.name}: was edited after it was written; expected the "
        "tool's own file: restore it, or delete it and run again"
    )


def test_an_edited_or_missing_summary_is_told(ran: Lab) -> None:
    """It must be what the samples say, to the byte."""
    summary = ran.results / "summary.json"
    text = summary.read_text(encoding="utf-8")
    summary.write_text(text.replace('"ratio": 2.0', '"ratio": 2.1', 1), encoding="utf-8")
    [problem] = _problems(ran)
    assert "summary.json: is not what the samples say" in problem
    summary.unlink()
    [problem] = _problems(ran)
    assert "summary.json: is missing" in problem


def test_a_deleted_sitting_is_told(ran: Lab) -> None:
    """By name, whether others are left or not."""
    first, *_ = sittings_in(ran.results)
    first.rename(first.with_name(f"2001-01-01{first.name[10:]}"))
    assert ran.main("run") == 0
    older, newer = sittings_in(ran.results)
    older.unlink()
    missing = "is missing, but the summary rests on it; expected the tool's own file: restore it, "
    folder = f"results/{ran.results.name}"
    assert _problems(ran) == [f"{folder}/{older.name}: {missing}or `python -m lab run counting`"]
    newer.unlink()
    assert [problem.partition(":")[0] for problem in _problems(ran)] == [
        folder,
        f"{folder}/{older.name}",
        f"{folder}/{newer.name}",
    ]


def test_other_files_are_told(ran: Lab) -> None:
    """Results are written by the tool only."""
    (ran.results / "notes.txt").touch()
    (ran.results.parent / "notes.txt").touch()
    problems = _problems(ran)
    assert len(problems) == 2
    assert all("notes.txt: is no result" in problem for problem in problems)


def test_a_new_metric_without_samples_is_told(ran: Lab) -> None:
    """Each metric has a sample in each block."""
    ran.edit("experiment.toml", 'figure = "score"', 'figure = "points"')
    problems = _problems(ran)
    assert len(problems) == 2
    assert "count (rust) has 0 samples of score; expected 3" in problems[0]


def test_the_results_of_this_project_are_sound() -> None:
    """Every experiment has results of its programs as they are, or says why not."""
    experiments = load_experiments(COMPARISONS).experiments
    assert [problem for experiment in experiments for problem in verify(experiment)] == []


def test_the_results_of_this_project_are_small() -> None:
    """Whoever clones the repository gets all raw samples, so they stay under 20 MB."""
    experiments = load_experiments(COMPARISONS).experiments
    files = (file for one in experiments for file in (one.folder / "results").rglob("*.json*"))
    sizes = [file.stat().st_size for file in files]
    assert 0 < sum(sizes) < 20_000_000
