"""The guard, with a Valgrind that takes the length of a program for its instructions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lab import guard
from lab.experiments import load_experiments

if TYPE_CHECKING:
    from tests.lab.conftest import Lab

COMPARISONS = Path(__file__).parents[2] / "comparisons"
VALGRIND = """\
#!/bin/sh
[ "$1" = --version ] && exec echo valgrind-3.0.0
shift 2
"$@" >/dev/null || exit
echo "==12== Collected : $(wc -c < "$2")" >&2
"""
Said = pytest.CaptureFixture[str]


@pytest.fixture
def guarded(lab: Lab) -> Lab:
    """Return a lab whose programs of a thousand instructions were counted."""
    lab.edit("experiment.toml", 'smoke = ["1"]', 'smoke = ["1"]\ncounted = ["2"]')
    for side in ("rust", "go"):
        _lengthen(lab, side, 1000)
    valgrind = lab.root / "tools" / "valgrind"
    valgrind.write_text(VALGRIND, encoding="utf-8")
    valgrind.chmod(0o755)
    assert lab.main("guard", "--write") == 0
    return lab


def _lengthen(lab: Lab, side: str, length: int) -> None:
    path = lab.folder / side / "run.sh"
    script = path.read_text(encoding="utf-8").rstrip("#\n") + "\n"
    path.write_text(script + "#" * (length - len(script)), encoding="utf-8")


def _kept(lab: Lab) -> Path:
    return lab.workspace / "instructions" / "counting.json"


def test_programs_as_they_were_pass(guarded: Lab, capsys: Said) -> None:
    """What was counted is said, and the counts that were kept stay."""
    before = _kept(guarded).read_bytes()
    assert guarded.main("guard") == 0
    said = "counting: count ({}): 1,000 instructions, +0.0% against what was kept"
    assert capsys.readouterr().err.splitlines() == [said.format("rust"), said.format("go")]
    assert _kept(guarded).read_bytes() == before


@pytest.mark.parametrize("side", ["rust", "go"])
def test_a_program_made_slower_is_found(guarded: Lab, capsys: Said, side: str) -> None:
    """By name, with what to do; the other one is sound."""
    _lengthen(guarded, side, 1031)
    assert guarded.main("guard") == 1
    assert capsys.readouterr().err.splitlines()[-1] == (
        f"{_kept(guarded)}: count ({side}): 1,031 instructions, +3.1% against what was kept; "
        "expected 3% more at most: find out why, or accept it by "
        "`python -m lab guard --write counting`"
    )
    assert guarded.main("guard", "--write") == 0
    assert guarded.main("guard") == 0


def test_a_program_that_is_hardly_slower_passes(guarded: Lab) -> None:
    """Counts differ a little from run to run."""
    _lengthen(guarded, "go", 1029)
    assert guarded.main("guard") == 0


def test_other_tools_are_told_and_not_compared(guarded: Lab, capsys: Said) -> None:
    """Which they are, and how to compare with them; the other subject is still guarded."""
    rustc = guarded.root / "tools" / "rustc"
    rustc.write_text(rustc.read_text(encoding="utf-8").replace("1.95.0", "1.96.0"))
    _lengthen(guarded, "rust", 2000)
    assert guarded.main("guard") == 0
    said = capsys.readouterr().err
    assert "counting: rust is not compared: counts are kept of rustc 1.95.0 (012345678)" in said
    assert "; here is rustc 1.96.0 (012345678)" in said
    assert "run `python -m lab guard --write counting` before it" in said
    _lengthen(guarded, "go", 2000)
    assert guarded.main("guard") == 1


def test_a_program_of_other_arguments_has_no_count(guarded: Lab, capsys: Said) -> None:
    """It is told how to count it."""
    guarded.edit("experiment.toml", 'counted = ["2"]', 'counted = ["3"]')
    assert guarded.main("guard") == 1
    assert (
        "count (go): no count is kept of its arguments; expected `python -m lab guard --write "
        "counting`"
    ) in capsys.readouterr().err


def test_a_program_that_fails_is_not_counted(guarded: Lab, capsys: Said) -> None:
    """Nothing that ends early passes for quick."""
    guarded.edit("go/run.sh", 'echo "counted to $1"', "exit 3")
    assert guarded.main("guard") == 1
    assert "go/run.sh 2 cannot be counted" in capsys.readouterr().err


def test_a_damaged_or_deleted_file_is_told(guarded: Lab, capsys: Said) -> None:
    """With its name."""
    _kept(guarded).write_text("{}", encoding="utf-8")
    assert guarded.main("guard") == 1
    assert f"{_kept(guarded)}: tools: Field required" in capsys.readouterr().err
    _kept(guarded).unlink()
    assert guarded.main("guard") == 1
    assert capsys.readouterr().err == (
        f"{_kept(guarded)}: is missing; expected `python -m lab guard --write counting`\n"
    )


def test_without_valgrind_the_guard_fails(
    guarded: Lab, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says what is missing, and how to get it."""
    monkeypatch.setenv("PATH", str(guarded.root))
    assert guarded.main("guard") == 1
    assert capsys.readouterr().err == (
        "counting: valgrind is missing; `python tools/setup_system.py valgrind` gets it\n"
    )


def test_every_program_of_this_project_that_is_counted_has_a_count() -> None:
    """Of its arguments as they are."""
    experiments = load_experiments(COMPARISONS).experiments
    counted = [one for one in experiments if guard.counted(one)]
    assert [one.id for one in counted] == ["cpu-kernels"]
    for experiment in counted:
        text = guard.path_of(experiment).read_bytes()
        kept = {(one.name, one.arguments) for one in guard.Counts.model_validate_json(text).counts}
        assert kept == {
            (f"{workload.id} ({variant.id})", workload.counted)
            for workload, variant in guard.counted(experiment)
        }
