from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from examples.__main__ import main

if TYPE_CHECKING:
    from tests.examples.conftest import Sample

Said = pytest.CaptureFixture[str]


def _main(sample: Sample, *arguments: str) -> int:
    root = ["--comparisons", str(sample.workspace.parents[1]), "--work", str(sample.work)]
    return main([*arguments, *root], sample.toolchains)


def test_sound_programs_pass(pair: Sample, capsys: Said) -> None:
    """The exit code is 0, and a line sums up."""
    assert _main(pair, "run") == 0
    assert capsys.readouterr().out == "0 sides ran, 2 unchanged, 0 problems\n"
    assert _main(pair, "verify") == 0
    assert _main(pair, "lint") == 0


def test_a_broken_program_fails(pair: Sample, capsys: Said) -> None:
    """The exit code is 1, and what differs is told on standard error with the program named."""
    pair.write("taste/greet/expected.txt", "hi\n")
    assert _main(pair, "run") == 1
    said = capsys.readouterr()
    assert said.out == "2 sides ran, 0 unchanged, 2 problems\n"
    assert said.err.startswith("taste/greet (Rust): printed something else\n--- taste/greet/exp")
    assert _main(pair, "verify") == 1
    assert "taste/greet (Go): changed since it last passed" in capsys.readouterr().err


def test_only_the_named_programs_run(pair: Sample, capsys: Said) -> None:
    """An id is a topic or a program; another program's mistakes are not in the way."""
    pair.add("cost/pay", rust="echo x", go="echo x", expected="x\n")
    pair.write("cost/broken/example.toml", "")
    assert _main(pair, "regenerate", "cost/pay") == 0
    assert _main(pair, "run", "taste") == 0
    assert _main(pair, "run", "cost") == 1
    assert "cost/broken/example.toml:1: title: is missing" in capsys.readouterr().err


def test_an_unknown_id_names_the_known_ones(pair: Sample, capsys: Said) -> None:
    """Nothing runs."""
    assert _main(pair, "run", "taste/nothing") == 1
    told = 'unknown program "taste/nothing"; expected a topic, or one of: taste/greet\n'
    assert capsys.readouterr().err == told


def test_regenerate_writes_nothing_beside_a_mistake(pair: Sample, capsys: Said) -> None:
    """A program whose files are mistaken is mended first."""
    pair.write("cost/broken/example.toml", "")
    pair.write("taste/greet/go/main.go", "echo  hello")
    before = pair.read("results.json")
    assert _main(pair, "regenerate") == 1
    assert pair.read("results.json") == before


def test_programs_are_listed_with_the_releases(pair: Sample, capsys: Said) -> None:
    """A side that changed has none."""
    pair.write("taste/greet/go/main.go", "echo  hello")
    assert _main(pair, "list") == 0
    assert capsys.readouterr().out == (
        "taste/greet: T\n  Rust: run, passed on 2.0.1\n  Go: run, not run since it changed\n"
    )


def test_an_orphan_and_a_mistaken_file_of_results_are_told(pair: Sample, capsys: Said) -> None:
    """`verify` needs no toolchain to find them."""
    pair.toolchains.clear()
    text = pair.read("results.json")
    pair.write("results.json", text.replace('"taste/greet"', '"taste/gone"'))
    assert _main(pair, "verify") == 1
    said = capsys.readouterr().err
    assert "taste/greet (Rust): has no result" in said
    assert "taste/gone (go): has a result, but is no program" in said
    pair.write("results.json", "{}")
    assert _main(pair, "verify") == 1
    assert "results.json: KeyError('format')" in capsys.readouterr().err


def test_a_folder_without_programs_is_a_mistake(tmp_path: Path, capsys: Said) -> None:
    """A mistyped folder must not pass."""
    assert main(["verify", "--comparisons", str(tmp_path)]) == 1
    assert "no program" in capsys.readouterr().err


def test_it_runs_without_sphinx(pair: Sample) -> None:
    """The command line needs neither Sphinx nor docutils."""
    block = "import sys; sys.modules.update(dict.fromkeys(['sphinx', 'docutils'])); "
    script = f"{block}import runpy; runpy.run_module('examples', run_name='__main__')"
    root = str(pair.workspace.parents[1])
    done = subprocess.run(
        [sys.executable, "-c", script, "list", "--comparisons", root],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "_ext")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("taste/greet: T\n")
