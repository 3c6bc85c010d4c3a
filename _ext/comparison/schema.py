"""The JSON Schemas of the data files, so that editors complete and check them."""

from __future__ import annotations

import json
from pathlib import Path

from .fields import Record
from .model import ComparisonFile, HistoryFile, TopicFile

SCHEMAS: dict[str, type[Record]] = {
    "comparison.schema.json": ComparisonFile,
    "topic.schema.json": TopicFile,
    "history.schema.json": HistoryFile,
}


def schema_text(name: str) -> str:
    """Return the JSON text of one of `SCHEMAS`."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **SCHEMAS[name].model_json_schema(),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def write_schemas(folder: Path) -> list[Path]:
    """Write every schema into `folder`, where the data files' `#:schema` lines point."""
    paths = [folder / name for name in SCHEMAS]
    for path in paths:
        path.write_text(schema_text(path.name), encoding="utf-8")
    return paths
