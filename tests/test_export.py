from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from comparison import judge
from comparison.export import FORMAT, export, write_export
from comparison.model import ComparisonFile, Source, TopicFile

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Drinks

COMPUTED = {
    "verdict": ("lean", "tally", "grade", "age"),
    "features": ("lean",),
    "claims": ("grade", "reasons", "age"),
}


def _without(record: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key not in keys}


def test_what_is_exported_is_what_the_files_state(drinks: Drinks) -> None:
    """Without what is computed, the document reads back as the very same records."""
    comparison = drinks.comparison()
    data = json.loads(json.dumps(export(comparison)))
    assert [Source.model_validate(record) for record in data["sources"]] == list(
        comparison.sources.values()
    )
    for topic, record in zip(comparison.topics, data["topics"], strict=True):
        assert (record["id"], record["title"]) == (topic.id, topic.title)
        plain = _without(record, ("id", "title"))
        plain["verdict"] = _without(plain["verdict"], COMPUTED["verdict"])
        for key in ("features", "claims"):
            plain[key] = [_without(item, COMPUTED[key]) for item in plain[key]]
        assert TopicFile.model_validate(plain) == topic.data
    computed = ("format", "id", "history", "sources", "programs", "measurements")
    head = _without(data, computed)
    head["topics"] = [record["id"] for record in data["topics"]]
    assert ComparisonFile.model_validate(head) == comparison.data


def test_what_is_computed_is_exported_beside_it(drinks: Drinks) -> None:
    """Each claim, row and verdict carries its grade, its age and what it leans to."""
    comparison = drinks.comparison()
    data = export(comparison)
    assert (data["format"], data["id"]) == (FORMAT, "tea-vs-coffee")
    taste = data["topics"][0]
    assert taste["verdict"]["tally"] == {
        "wins": {"tea": 2, "coffee": 0},
        "even": 0,
        "undecided": 0,
    }
    assert [taste["verdict"][key] for key in ("lean", "grade", "age")] == ["tea", "B", "current"]
    assert [feature["lean"] for feature in taste["features"]] == ["tea", "tea"]
    for topic in data["topics"]:
        for record in topic["claims"]:
            claim = comparison.claims[record["id"]][1]
            graded = judge.grade(comparison, claim)
            assert record["grade"] == graded.grade
            assert record["reasons"] == list(graded.reasons)
            assert record["age"] == judge.age(comparison, claim)
    # The one claim that was verified two releases ago, and that a blog contradicts.
    assert [taste["claims"][2][key] for key in ("grade", "age")] == ["C", "stale"]


def test_the_document_is_written_whole(drinks: Drinks, tmp_path: Path) -> None:
    """It lies at its versioned address, is strict JSON, and leaves no half-written file."""
    comparison = drinks.comparison()
    path = write_export(comparison, tmp_path / "site")
    assert path == tmp_path / "site" / "data" / FORMAT / "tea-vs-coffee.json"
    assert list(path.parent.iterdir()) == [path]
    text = path.read_text(encoding="utf-8")
    assert json.loads(text) == json.loads(json.dumps(export(comparison)))
    assert re.search(r"\b(NaN|Infinity)\b", text) is None


def test_the_document_is_a_function_of_the_data(drinks: Drinks, tmp_path: Path) -> None:
    """Writing it again, over another one, gives the same bytes."""
    first = write_export(drinks.comparison(), tmp_path / "one").read_bytes()
    other = tmp_path / "two" / "data" / FORMAT / "tea-vs-coffee.json"
    other.parent.mkdir(parents=True)
    other.write_text("old")
    assert write_export(drinks.comparison(), tmp_path / "two").read_bytes() == first
