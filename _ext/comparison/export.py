"""The published data: one versioned JSON document a comparison, with everything computed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from . import judge
from .model import MEASURED, Comparison, Topic

FORMAT = "v1"
"""Raised when a key changes its meaning or goes; a new key alone does not raise it."""


def export(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as plain data: the records as they are, and what is computed of them."""
    return {
        "format": FORMAT,
        "id": comparison.id,
        **comparison.data.model_dump(mode="json", exclude={"topics"}),
        "topics": [_topic(comparison, topic) for topic in comparison.topics],
        "history": [change.model_dump(mode="json") for change in comparison.history],
        "sources": [
            source.model_dump(mode="json", by_alias=True) for source in comparison.sources.values()
        ],
        "programs": [
            {
                "id": program.id,
                "title": program.title,
                "passed": {subject: list(side.passed) for subject, side in program.sides.items()},
            }
            for program in comparison.programs.values()
        ],
        "measurements": [
            {
                "id": measured.id,
                "title": measured.title,
                "unit": measured.unit,
                "missing": measured.missing,
                "verdict": measured.verdict or None,
                "releases": measured.releases,
                "values": {
                    subject: {"value": value, **measured.values[subject].model_dump()}
                    for subject, value in measured.estimates.items()
                },
            }
            for measured in comparison.measurements.values()
        ],
    }


def _topic(comparison: Comparison, topic: Topic) -> dict[str, Any]:
    tally = judge.tally(comparison, topic.data.features)
    data = topic.data.model_dump(mode="json", exclude_none=True)
    verdict = {
        **data["verdict"],
        "lean": tally.lean,
        "tally": tally._asdict(),
        "grade": judge.verdict_grade(comparison, topic),
        "age": judge.verdict_age(comparison, topic),
    }
    features = [
        {**record, "lean": judge.lean(comparison, feature)}
        for record, feature in zip(data["features"], topic.data.features, strict=True)
    ]
    claims = []
    for record, claim in zip(data["claims"], topic.data.claims, strict=True):
        graded = judge.grade(comparison, claim)
        computed: dict[str, Any] = {
            "grade": graded.grade,
            "reasons": list(graded.reasons),
            "age": judge.age(comparison, claim),
        }
        measured = judge.measured_feature(comparison, comparison.features[claim.feature][1])
        if measured and claim.value == MEASURED:
            computed["measured"] = measured.estimates.get(claim.subject)
        claims.append({**record, **computed})
    computed_parts = {"verdict": verdict, "features": features, "claims": claims}
    return {"id": topic.id, "title": topic.title, **data, **computed_parts}


def export_path(id_: str) -> Path:
    """Return where the document of a comparison stands, below the site's folder."""
    return Path("data", FORMAT, f"{id_}.json")


def write_export(comparison: Comparison, folder: Path) -> Path:
    """Write the document below `folder`, whole or not at all; return its path."""
    path = folder / export_path(comparison.id)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(export(comparison), ensure_ascii=False, indent=1) + "\n"
    part = path.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
    return path
