from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from lab import provenance
from lab.results import read, sittings_in

if TYPE_CHECKING:
    from tests.lab.conftest import Lab

Said = pytest.CaptureFixture[str]


def test_an_experiment_is_listed(lab: Lab, capsys: Said) -> None:
    """With its question, its workloads, and how often it was run."""
    assert lab.main("list") == 0
    assert capsys.readouterr().out == (
        "counting: Counting\n  How long does it take to count?\n  workloads: count\n"
    )
    assert lab.main("run") == 0
    capsys.readouterr()
    assert lab.main("list", "counting") == 0
    assert capsys.readouterr().out.endswith(f"  {lab.results.name}: 1 sittings\n")


def test_a_run_publishes_and_reports(lab: Lab, capsys: Said) -> None:
    """Results lie beside the experiment; the ratio is shown, and verify passes."""
    assert lab.main("run") == 0
    assert "go / rust: 2.00 [2.00], go, trust N" in capsys.readouterr().out
    assert (lab.results / "summary.json").is_file()
    assert lab.main("verify") == 0
    assert lab.main("report") == 0
    assert "go / rust: 2.00 [2.00], go, trust N" in capsys.readouterr().out


@pytest.mark.parametrize("mode", ["quick", "smoke"])
def test_a_quick_look_publishes_nothing(lab: Lab, capsys: Said, mode: str) -> None:
    """It is shown, and kept below the work folder only; the older one goes."""
    for _ in range(2):
        assert lab.main("run", f"--{mode}") == 0
        assert "go / rust: 2.00 [2.00], go, trust N" in capsys.readouterr().out
    assert not (lab.folder / "results").exists()
    [folder] = (lab.work / mode / "tea-vs-coffee" / "counting").iterdir()
    assert (folder / "summary.json").is_file()


def test_sittings_add_up(lab: Lab, capsys: Said) -> None:
    """Each run adds a sitting to those before."""
    assert lab.main("run") == 0
    [first] = sittings_in(lab.results)
    first.rename(first.with_name(f"2001-01-01{first.name[10:]}"))
    assert lab.main("run") == 0
    assert len(sittings_in(lab.results)) == 2
    assert "2 sittings of 3 blocks" in capsys.readouterr().out


def test_another_machine_is_a_further_result(
    lab: Lab, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It lies beside the first one, which it leaves as it is, and both are sound."""
    assert lab.main("run") == 0
    first = lab.results
    before = {path.name: path.read_bytes() for path in first.iterdir()}
    here = provenance.machine()
    other = here.model_copy(update={"vendor": "Reader", "processor": "Reader 3000"})
    monkeypatch.setattr(provenance, "machine", lambda: other)
    assert lab.main("run") == 0
    assert {path.name: path.read_bytes() for path in first.iterdir()} == before
    second = lab.folder / "results" / other.id
    assert second != first
    assert json.loads((second / "summary.json").read_text())["machine"]["vendor"] == "Reader"
    assert lab.main("verify") == 0
    capsys.readouterr()
    assert lab.main("list") == 0
    listed = capsys.readouterr().out.splitlines()[-2:]
    assert listed == [f"  {folder.name}: 1 sittings" for folder in sorted((first, second))]


def test_sittings_of_other_programs_go(lab: Lab, capsys: Said) -> None:
    """They are not mixed with those of the new ones, and that is told."""
    assert lab.main("run") == 0
    [first] = sittings_in(lab.results)
    first = first.rename(first.with_name(f"2001-01-01{first.name[10:]}"))
    lab.edit("go/run.sh", "20", "30")
    assert lab.main("run") == 0
    said = capsys.readouterr()
    assert f"{first}: is of other programs or tools; deleted" in said.err
    assert "go / rust: 3.00 [3.00]" in said.out
    [newer] = sittings_in(lab.results)
    assert read(newer).head.started != "2001"
    assert lab.main("verify") == 0


def test_a_metric_is_of_its_workloads_only(lab: Lab) -> None:
    """The others neither report it nor have it in the summary, and are sound without it."""
    lab.edit("experiment.toml", 'figure = "score"', 'figure = "score"\nworkloads = ["count"]')
    path = lab.folder / "experiment.toml"
    workload = '\n[[workloads]]\nid = "silent"\ntitle = "Silent"\ntext = "To four."\n'
    path.write_text(f'{path.read_text()}{workload}arguments = ["4"]\n', encoding="utf-8")
    for side in ("rust", "go"):
        lab.edit(f"{side}/run.sh", 'echo "figure', '[ $1 = 4 ] || echo "figure')
    assert lab.main("run") == 0
    assert lab.main("verify") == 0
    summary = json.loads((lab.results / "summary.json").read_text(encoding="utf-8"))
    metrics = {w["id"]: [m["id"] for m in w["metrics"]] for w in summary["workloads"]}
    assert metrics == {"count": ["memory", "score"], "silent": ["memory"]}
    [sitting] = sittings_in(lab.results)
    assert all(
        ("score" in sample.figures) == (sample.workload == "count")
        for sample in read(sitting).samples
    )


def test_broken_programs_fail_by_name(lab: Lab, capsys: Said) -> None:
    """The exit code is 1, the message names experiment, workload and sides."""
    lab.edit("go/run.sh", "counted to", "counted up to")
    assert lab.main("run") == 1
    assert (
        "counting: count: rust and go do not give the same answer:\n"
        "  rust: 'counted to 3'\n"
        "  go: 'counted up to 3'\n"
    ) in capsys.readouterr().err


def test_a_refused_experiment_is_not_run(lab: Lab, capsys: Said) -> None:
    """Its reason is told instead; a run that publishes nothing is taken all the same."""
    lab.edit("experiment.toml", "blocks = 3", 'blocks = 3\nrefused = "It is too loud here."')
    assert lab.main("run") == 0
    assert capsys.readouterr().out == "counting: not run: It is too loud here.\n"
    assert not (lab.folder / "results").exists()
    for mode in ("--smoke", "--quick"):
        assert lab.main("run", mode) == 0
        assert "go / rust" in capsys.readouterr().out
    assert not (lab.folder / "results").exists()


def test_mistakes_are_told_by_every_command(lab: Lab, capsys: Said) -> None:
    """The exit code is 1, and nothing is run."""
    lab.edit("experiment.toml", "threshold = 1.5", "threshold = 0.5")
    for command in ("list", "run", "report", "verify"):
        assert lab.main(command) == 1
        said = capsys.readouterr()
        assert "experiment.toml:13: metrics[0].threshold" in said.err
        assert said.out == ""


def test_an_unknown_experiment_is_told(lab: Lab, capsys: Said) -> None:
    """With those that there are."""
    assert lab.main("run", "juice") == 1
    assert capsys.readouterr().err == 'unknown experiment "juice"; expected one of: counting\n'


def test_an_interruption_says_how_to_go_on(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback, and a status that is not 0."""

    def interrupt(task: object, padding: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("lab.run.take", interrupt)
    with pytest.raises(SystemExit, match="counting: interrupted; the same command goes on"):
        lab.main("run")
