"""The JSON Schemas of the lab's files, so that editors and tools can check them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .experiments import ExperimentFile
from .results import LINE
from .summary import Summary


def schemas() -> dict[str, str]:
    """Return the text of each schema by the name of its file."""
    found: dict[str, dict[str, Any]] = {
        "lab-experiment.schema.json": ExperimentFile.model_json_schema(),
        "lab-samples.schema.json": LINE.json_schema(),
        "lab-summary.schema.json": Summary.model_json_schema(mode="serialization"),
    }
    draft = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {
        name: json.dumps({**draft, **schema}, indent=2, ensure_ascii=False) + "\n"
        for name, schema in found.items()
    }


def write_schemas(folder: Path) -> list[Path]:
    """Write every schema into a folder; return the files."""
    paths = []
    for name, text in schemas().items():
        paths.append(folder / name)
        paths[-1].write_text(text, encoding="utf-8")
    return paths
