from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from comparison.__main__ import main
from comparison.schema import SCHEMAS

if TYPE_CHECKING:
    from tests.conftest import Drinks


def test_sound_data_is_summed_up(drinks: Drinks, capsys: pytest.CaptureFixture[str]) -> None:
    """Without problems a line a comparison says what it has, and the exit code is 0."""
    drinks.add_second()
    assert main(["check", str(drinks.root)]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    lines = said.out.splitlines()
    assert [line.split(":")[0] for line in lines] == [
        str(drinks.root / "milk-vs-juice"),
        str(drinks.folder),
    ]
    assert "2 topics, 3 features, 7 claims, 3 sources" in lines[1]


def test_every_problem_is_a_line(drinks: Drinks, capsys: pytest.CaptureFixture[str]) -> None:
    """Problems go to the error stream, sorted, a line each, and the exit code is 1."""
    drinks.edit("taste.toml", 'value = "short"', 'value = "lukewarm"')
    drinks.edit("cost.toml", "value = 12", "value = -12")
    assert main(["check", str(drinks.root)]) == 1
    said = capsys.readouterr()
    lines = said.err.splitlines()
    assert len(lines) == 2
    for line, name, value in zip(
        lines, ("cost.toml", "taste.toml"), ("-12", '"lukewarm"'), strict=True
    ):
        number = drinks.line(name, f"value = {value}")
        assert line.startswith(f"{drinks.folder / name}:{number}: claims[")
    assert said.out == ""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("taste.toml", b"= broken"),
        ("taste.toml", b"\xff\xfe"),
        ("taste.toml", None),
        ("taste.md", b"\xff\xfe"),
        ("comparison.toml", b"\xef\xbb\xbftitle = 1"),
        ("references.bib", b"@online{a, title = {never closed"),
        ("references.bib", b"@online{a, title = unquoted }"),
        ("references.bib", b"\xff\xfe"),
        ("references.bib", b""),
        ("references.bib", None),
    ],
)
def test_an_unreadable_file_is_no_traceback(
    drinks: Drinks, capsys: pytest.CaptureFixture[str], name: str, content: bytes | None
) -> None:
    """Whatever a file holds, or if it is missing, lines say so and the exit code is 1."""
    path = drinks.folder / name
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    assert main(["check", str(drinks.root)]) == 1
    said = capsys.readouterr()
    assert said.err
    for line in said.err.splitlines():
        assert line.startswith(f"{drinks.folder}{os.sep}")
        assert "; expected " in line


def test_a_folder_without_comparisons_is_a_mistake(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Checking nothing does not pass: the folder may be misspelt."""
    for folder in (tmp_path, tmp_path / "nowhere"):
        assert main(["check", str(folder)]) == 1
        assert f"{folder}: no folder with a comparison.toml" in capsys.readouterr().err


def test_schemas_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command writes the JSON Schemas and prints where."""
    assert main(["schema", str(tmp_path)]) == 0
    assert capsys.readouterr().out.split() == [str(tmp_path / name) for name in SCHEMAS]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(SCHEMAS)


@pytest.mark.parametrize("arguments", [[], ["publish"], ["check", "one", "two"]])
def test_a_wrong_command_line_says_how_to_use_it(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A missing or unknown command ends with the usage and exit code 2."""
    with pytest.raises(SystemExit) as raised:
        main(arguments)
    assert raised.value.code == 2
    assert "usage: python -m comparison" in capsys.readouterr().err


def test_checking_needs_no_sphinx(drinks: Drinks) -> None:
    """`python -m comparison check` works where neither Sphinx nor docutils can be imported."""
    code = (
        "import runpy, sys; sys.modules |= dict.fromkeys(['sphinx', 'docutils', 'sphinx_design']);"
        "sys.argv[1:] = ['check', sys.argv[1]]; runpy.run_module('comparison', alter_sys=False,"
        "run_name='__main__')"
    )
    path = Path(__file__).parents[1] / "_ext"
    run = subprocess.run(
        [sys.executable, "-c", code, str(drinks.root)],
        env=os.environ | {"PYTHONPATH": str(path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert "7 claims" in run.stdout
