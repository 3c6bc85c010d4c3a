from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lab.results import ResultsError, parse, read, seal, series, sittings_in, write_whole

if TYPE_CHECKING:
    from tests.lab.conftest import Lab

Edits = list[tuple[str, str]]


@pytest.fixture
def sitting(lab: Lab) -> Path:
    """Return the file of a sitting."""
    assert lab.main("run") == 0
    [path] = sittings_in(lab.results)
    return path


def test_a_sitting_is_read_as_it_was_written(sitting: Path) -> None:
    """Every variant has a sample in each block, and the compared ones a control."""
    read_ = read(sitting)
    assert read_.head.experiment == "counting"
    assert read_.head.blocks == 3
    for control in (False, True):
        assert series(read_, "count", "rust", "score", control=control) == [10, 10, 10]
        assert series(read_, "count", "go", "score", control=control) == [20, 20, 20]
    assert [canary.block for canary in read_.canaries] == [0, 1, 2, 3]
    assert read_.interruptions == 0


EDITS: dict[str, tuple[str, str]] = {
    "a sample": ('"score":10.0', '"score":11.0'),
    "the commit": ('"modified":false', '"modified":true'),
    "the seal": ('"seal","sha256":"', '"seal","sha256":"0'),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edited_file_is_refused_by_name(sitting: Path, name: str) -> None:
    """A figure, the head, or the seal itself."""
    old, new = EDITS[name]
    text = sitting.read_text(encoding="utf-8")
    assert old in text or name == "the commit"
    changed = text.replace(old, new, 1) if old in text else text.replace("true", "false", 1)
    sitting.write_text(changed, encoding="utf-8")
    with pytest.raises(ResultsError, match=rf"{sitting.name}: was edited after it was written"):
        read(sitting)


def test_a_missing_line_is_noticed(sitting: Path) -> None:
    """Nothing can be left out, nor can the file be cut short."""
    lines = sitting.read_text(encoding="utf-8").splitlines(keepends=True)
    for kept in ([*lines[:3], *lines[4:]], lines[:-1], []):
        sitting.write_text("".join(kept), encoding="utf-8")
        with pytest.raises(ResultsError, match="was edited"):
            read(sitting)


def test_a_line_of_no_known_form_is_told(sitting: Path) -> None:
    """Even a sealed file must keep to the schema; its line and key are told."""
    lines = sitting.read_text(encoding="utf-8").splitlines()[:-1]
    sample = json.loads(lines[2])
    sample["figures"]["score"] = -1
    lines[2] = json.dumps(sample)
    seal("\n".join(lines) + "\n", sitting)
    with pytest.raises(ResultsError, match=r"jsonl:3: sample.figures.score: Input should be great"):
        read(sitting)
    with pytest.raises(ResultsError, match="expected one record of the sitting, and it first"):
        parse("x", "")


def test_a_file_tells_nothing_private(sitting: Path) -> None:
    """Neither the host's name nor a folder of the machine gets into a file."""
    text = sitting.read_text(encoding="utf-8")
    for private in (str(Path.home()), str(Path.cwd()), str(sitting.parent)):
        assert private not in text
    with pytest.raises(ResultsError, match="which is this machine's own"):
        seal(f'{{"at": "{Path.cwd()}"}}\n', sitting)
    if len(socket.gethostname()) > 3:
        with pytest.raises(ResultsError, match="which is this machine's own"):
            seal(f'{{"host": "{socket.gethostname()}"}}\n', sitting)
    assert sitting.read_text(encoding="utf-8") == text


def test_a_file_is_written_as_a_whole(tmp_path: Path) -> None:
    """Nothing else is left in the folder."""
    path = tmp_path / "new" / "file"
    write_whole(path, "one")
    write_whole(path, "two")
    assert path.read_text(encoding="utf-8") == "two"
    assert list(path.parent.iterdir()) == [path]
