"""Says what pydantic found wrong with a record, so that its author can mend it at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError


def explain(
    error: ValidationError, model: type[BaseModel]
) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Yield path, what is wrong and what was expected for each mistake found in a `model`."""
    told: set[tuple[str | int, ...]] = set()
    # A list that is too short only because its items are wrong comes before them: look at it last.
    errors = sorted(error.errors(include_url=False), key=lambda item: item["type"] == "too_short")
    for item in errors:
        path = tuple(part for part in item["loc"] if part != "[key]")  # of a dictionary's key
        if "value" in path:  # pydantic adds the name of the union's member that it tried
            path = path[: path.index("value") + 1]
        if path in told or (item["type"] == "too_short" and _told_within(told, path)):
            continue
        told.add(path)
        context: dict[str, Any] = item.get("ctx", {})
        match item["type"]:
            case "missing":
                yield path, "is missing", "this key"
            case "extra_forbidden":
                fields = ", ".join(_fields_at(model, path[:-1]))
                yield path, "unknown key", f"one of: {fields}" if fields else "no such key"
            case "string_pattern_mismatch":
                yield path, f"is {item['input']!r}", f"text matching {context['pattern']}"
            case "value_error":
                yield path, f"is {item['input']!r}", str(context["error"]).removeprefix("expected ")
            case _:
                message = item["msg"][0].lower() + item["msg"][1:]
                yield path, f"is {item['input']!r}", message.removeprefix("input should be ")


def _told_within(told: set[tuple[str | int, ...]], path: tuple[str | int, ...]) -> bool:
    return any(other[: len(path)] == path for other in told)


def _fields_at(model: type[BaseModel], path: Sequence[str | int]) -> list[str]:
    """Return the keys that the record at `path` below `model` may have."""
    schema: dict[str, Any] = model.model_json_schema()
    node: dict[str, Any] = schema
    for part in path:
        node = _resolved(schema, node)
        node = node.get("items", {}) if isinstance(part, int) else node["properties"].get(part, {})
    return list(_resolved(schema, node).get("properties", ()))


def _resolved(schema: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """Follow `$ref` and the non-null branch of an optional field."""
    for branch in (node, *node.get("anyOf", ())):
        if "$ref" in branch:
            resolved: dict[str, Any] = schema["$defs"][branch["$ref"].rsplit("/", 1)[1]]
            return resolved
        if "items" in branch:
            array: dict[str, Any] = branch
            return array
    return node
