"""Owns the site's records as files for a search server, and the settings of their collection.

The server is Typesense; `load` brings the files there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field

from .records import Record
from .vocabulary import all_synonyms

RECORDS: Final = "records.jsonl"
COLLECTION: Final = "collection.json"
SCHEMA: Final = "search-record.schema.json"

FACETS: Final = ("kind", "topic", "subject", "grade")
"""The properties by which a reader can narrow a search."""

# What is searched, and how much a word counts by where it stands; the best place of a record
# decides between those that hold the same words.
_WEIGHTS: Final = {
    "title": 8,
    "names": 7,
    "lead": 4,
    "text": 3,
    "code": 3,
    "way": 2,
    "folded": 1,
}
# The server drops what is neither a letter nor a digit, and so would join `sync.WaitGroup`. Of
# characters outside of ASCII it accepts none here.
_SEPARATORS: Final = list(".,:;!?/\\|-+*=<>()[]{}\"'`&#@$%~^")


class SearchRecord(BaseModel):
    """One thing that a search can find: a section, or a unit in one. A line of `records.jsonl`."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(description="Never changes while the thing keeps its anchor: site, page#anchor")
    site: str = Field(description="Address of the site, with a slash at the end; may be empty")
    place: str = Field(description="Address of the thing, below that of the site")
    section: str = Field(description="Address of the section in which it stands, likewise")
    title: str
    way: list[str] = Field(description="Titles of the page and the sections around it")
    kind: list[str] = Field(description="What it is: a page or a section of one, a claim, ...")
    topic: list[str]
    subject: list[str]
    grade: list[str] = Field(description="The grade of a claim's evidence")
    names: list[str] = Field(description="What else it is called")
    lead: list[str] = Field(description="The sentences that say what it is about")
    text: list[str]
    code: list[str]
    folded: list[str] = Field(description="What the page shows folded: evidence, long outputs")


class Collection(BaseModel):
    """What a server must know of a collection of records. The content of `collection.json`."""

    fields: list[dict[str, Any]] = Field(description="The schema of a record for the server")
    token_separators: list[str] = Field(description="Characters that end a word")
    preset: dict[str, Any] = Field(description="Parameters of every search: fields and weights")
    synonyms: list[list[str]] = Field(description="Groups of names for the same thing")


def write_export(
    records: Iterable[Record],
    synonyms: Iterable[Sequence[str]],
    site: str,
    address: Callable[[str], str],
    folder: Path,
) -> None:
    """Write the records, one a line, and the settings of their collection.

    `address` tells where a page is, by its name.
    """
    records = list(records)
    folder.mkdir(parents=True, exist_ok=True)
    lines = (
        search_record(one, site, address(one.docname)).model_dump_json() + "\n" for one in records
    )
    (folder / RECORDS).write_text("".join(lines), encoding="utf-8")
    settings = collection(all_synonyms(records, synonyms)).model_dump()
    text = json.dumps(settings, indent=2, ensure_ascii=False) + "\n"
    (folder / COLLECTION).write_text(text, encoding="utf-8")


def search_record(record: Record, site: str, page: str) -> SearchRecord:
    """Return what a search server is told of a record; `page` is the address of its page."""
    content = record.as_json()
    docname, anchor, facets = (content.pop(name) for name in ("docname", "anchor", "facets"))
    return SearchRecord(
        **content
        | {name: facets.get(name, []) for name in FACETS}
        | {
            "id": f"{site}{docname}#{anchor}" if anchor else f"{site}{docname}",
            "site": site,
            "place": f"{page}#{anchor}" if anchor else page,
            "section": f"{page}#{record.section}" if record.section else page,
        }
    )


def collection(synonyms: Iterable[Sequence[str]]) -> Collection:
    """Return the settings of a collection of records."""
    fields = [
        {
            "name": name,
            "type": "string" if field.annotation is str else "string[]",
            "facet": name in (*FACETS, "site"),
            # What is not searched is only kept.
            "index": name in (*FACETS, *_WEIGHTS, "site"),
            "optional": name not in (*FACETS, *_WEIGHTS, "site"),
        }
        for name, field in SearchRecord.model_fields.items()
        if name != "id"
    ]
    preset = {
        "query_by": ",".join(_WEIGHTS),
        "query_by_weights": ",".join(map(str, _WEIGHTS.values())),
    }
    return Collection(
        fields=fields,
        token_separators=_SEPARATORS,
        preset=preset,
        synonyms=[list(names) for names in synonyms],
    )


def schema_text() -> str:
    """Return the JSON Schema of a record."""
    draft = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    schema = {**draft, **SearchRecord.model_json_schema()}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
