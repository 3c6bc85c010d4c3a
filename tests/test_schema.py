from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from comparison.schema import SCHEMAS, schema_text, write_schemas

PUBLISHED = Path(__file__).parents[1] / "comparisons"


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_published_schema_is_that_of_the_records(name: str) -> None:
    """What editors check by is what the records say; `make schema` writes it again."""
    assert (PUBLISHED / name).read_text(encoding="utf-8") == schema_text(name)


def test_schemas_are_written_into_a_folder(tmp_path: Path) -> None:
    """Every schema is written, and its path returned."""
    paths = write_schemas(tmp_path)
    assert [path.name for path in paths] == list(SCHEMAS)
    for path in paths:
        assert path.read_text(encoding="utf-8") == schema_text(path.name)


def test_a_schema_knows_the_keys_and_forbids_others() -> None:
    """An editor can complete every key, and mark one that no record has."""
    schema: dict[str, Any] = json.loads(schema_text("topic.schema.json"))
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert set(schema["required"]) == {"question", "summary", "verdict", "features", "claims"}
    assert schema["additionalProperties"] is False
    claim = schema["$defs"]["Claim"]
    assert claim["additionalProperties"] is False
    assert {"id", "feature", "subject", "value", "evidence"} <= set(claim["properties"])


@pytest.mark.parametrize("path", sorted(PUBLISHED.glob("*/*.toml")), ids=lambda path: path.name)
def test_a_data_file_names_its_schema(path: Path) -> None:
    """The first line of a data file leads editors to its schema."""
    name = path.stem if path.stem in ("comparison", "history") else "topic"
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    assert first == f"#:schema ../{name}.schema.json"
    assert (path.parent / first.removeprefix("#:schema ")).is_file()
