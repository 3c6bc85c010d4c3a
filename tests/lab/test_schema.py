from __future__ import annotations

import json
from pathlib import Path

import pytest

from lab.schema import schemas, write_schemas

PUBLISHED = Path(__file__).parents[2] / "comparisons"


@pytest.mark.parametrize("name", schemas())
def test_the_published_schema_is_that_of_the_records(name: str) -> None:
    """What editors check by is what the records say; `make schema` writes it again."""
    assert (PUBLISHED / name).read_text(encoding="utf-8") == schemas()[name]


def test_schemas_are_written_into_a_folder(tmp_path: Path) -> None:
    """Every schema is written, and its path returned."""
    paths = write_schemas(tmp_path)
    assert [path.name for path in paths] == list(schemas())
    for path in paths:
        assert path.read_text(encoding="utf-8") == schemas()[path.name]


def test_a_line_of_samples_is_one_of_five_records() -> None:
    """Each says which one it is."""
    schema = json.loads(schemas()["lab-samples.schema.json"])
    assert schema["discriminator"]["propertyName"] == "record"
    assert set(schema["discriminator"]["mapping"]) == {
        "sitting",
        "canary",
        "resumed",
        "sample",
        "seal",
    }
