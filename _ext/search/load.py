"""Owns the way of an export to a search server, and the keys by which a browser may search it.

The server is a Typesense cluster. Searches name an alias, which leads to one collection; a load
fills another collection and then lets the alias lead there, so no search sees a half-filled one.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from httpx import ConnectError, TimeoutException
from typesense import Client
from typesense.exceptions import ObjectNotFound, ServiceUnavailable

from .export import COLLECTION, RECORDS, Collection

# So many records are sent at a time, few enough for one entry in the log of a node; and so long
# may a node take to have what was sent.
_AT_ONCE = 100
_PATIENCE_S = 60.0
# A node that says nothing for so long is down.
_DOWN_S = 5.0


class LoadError(Exception):
    """The server has not got what was to be loaded; searches find what they found before."""


@contextmanager
def connected(
    nodes: Sequence[str], key: str, *, retries: int = 6, patience_s: float = _PATIENCE_S
) -> Iterator[Client]:
    """Yield a client of the cluster with these nodes, which asks another when one is down."""
    server = Client(
        {
            "nodes": list(nodes),
            "api_key": key,
            "connection_timeout_seconds": patience_s,
            "num_retries": retries,
            "retry_interval_seconds": 0.5,
        }
    )
    try:
        yield server
    finally:
        server.api_call.close()


def load(nodes: Sequence[str], key: str, alias: str, folders: Sequence[Path]) -> int:
    """Let an alias lead to what stands in folders of exports; return the number of records.

    `key` is the administrator's. Raise `LoadError` if the exports do not fit together or the
    nodes have not got them all. One load of an alias may run at a time: it deletes what earlier
    ones left.
    """
    settings, lines = _read(folders)
    with ExitStack() as stack:
        server = stack.enter_context(connected(nodes, key))
        alone = (connected([node], key, retries=0, patience_s=_DOWN_S) for node in nodes)
        each = [stack.enter_context(one) for one in alone]
        _check_fields(server, alias, settings)
        name = f"{alias}.{datetime.now(UTC):%Y%m%dT%H%M%S.%f}"
        schema: Any = {"name": name, **settings.model_dump(include={"fields", "token_separators"})}
        server.collections.create(schema)
        try:
            for _ in _fill(server, name, settings, lines):
                _settle(each)
            _check_count(each, name, len(lines))
        except BaseException:
            server.collections[name].delete()
            raise
        # The searches' parameters carry the alias's name, for a browser knows no other.
        _put(server, f"/presets/{alias}", {"value": settings.preset})
        server.aliases.upsert(alias, {"collection_name": name})
        _settle(each)
        for one in server.collections.retrieve():
            if one["name"].startswith(f"{alias}.") and one["name"] != name:
                # A node that is a moment behind lists what is deleted already.
                with suppress(ObjectNotFound):
                    server.collections[one["name"]].delete()
                _settle(each)
    return len(lines)


def _read(folders: Sequence[Path]) -> tuple[Collection, list[str]]:
    """Return the settings and records of exports; of several, with the synonyms of all."""
    lines: list[str] = []
    exported = []
    for folder in folders:
        text = (folder / COLLECTION).read_text(encoding="utf-8")
        exported.append(Collection.model_validate_json(text))
        lines += (folder / RECORDS).read_text(encoding="utf-8").splitlines()
    repeated = [id_ for id_, count in Counter(map(_id, lines)).items() if count > 1]
    if repeated:
        raise LoadError(
            f"{len(repeated)} ids stand twice, the first one: {repeated[0]!r}. "
            "Sites that share a collection need an address each, by html_baseurl."
        )
    synonyms = {tuple(names) for one in exported for names in one.synonyms}
    settings = [one.model_copy(update={"synonyms": sorted(synonyms)}) for one in exported]
    if any(one != settings[0] for one in settings):
        raise LoadError("the exports are of different versions: their fields or weights differ")
    return settings[0], lines


def _id(line: str) -> str:
    return str(json.loads(line)["id"])


def _check_fields(server: Client, alias: str, settings: Collection) -> None:
    """Refuse fields that are not those of the collection that is searched now.

    Pages that are open, or not yet published, would ask for fields that are not there.
    """
    try:
        current = server.collections[alias].retrieve()
    except ObjectNotFound:
        return
    if _names(current["fields"]) != _names(settings.fields):
        raise LoadError(
            f"the records have other fields than those of {alias!r}: "
            "load them under a new alias, build the site with it, and delete the old one later"
        )


def _names(fields: Sequence[Mapping[str, Any]]) -> set[tuple[str, str]]:
    return {(one["name"], one["type"]) for one in fields}


def _fill(server: Client, name: str, settings: Collection, lines: Sequence[str]) -> Iterator[None]:
    """Write synonyms and records in small parts; yield after each."""
    for number, names in enumerate(settings.synonyms):
        # Up to version 29 of the server; the client has no word for it without a warning.
        _put(server, f"/collections/{name}/synonyms/{number}", {"synonyms": names})
        yield
    documents = server.collections[name].documents
    for start in range(0, len(lines), _AT_ONCE):
        batch = "\n".join(lines[start : start + _AT_ONCE])
        answers = documents.import_(batch, {"action": "upsert"}).splitlines()
        refused = [one for one in answers if not one.startswith('{"success":true')]
        if refused:
            raise LoadError(f"{len(refused)} records were refused, the first one: {refused[0]}")
        yield


def _put(server: Client, path: str, body: dict[str, Any]) -> None:
    server.api_call.put(path, body=body, entity_type=dict)


def _settle(each: Sequence[Client]) -> None:
    """Wait until no node has anything left to write, but those that are down.

    A node refuses searches while it is too far behind. It does what concerns different
    collections at the same time, so it could also follow an alias to what is not there yet.
    """
    until = time.monotonic() + _PATIENCE_S
    for node in each:
        while True:
            with suppress(ServiceUnavailable):  # it is behind
                if not _status(node).get("queued_writes"):
                    break
            if time.monotonic() > until:
                raise LoadError(f"{node.config.nodes[0].url()} does not get ready")
            time.sleep(0.05)


def _status(node: Client) -> dict[str, Any]:
    """Return what a node says of itself, nothing if it is down."""
    try:
        status: dict[str, Any] = node.api_call.get("/status", entity_type=dict, as_json=True)
    except (ConnectError, TimeoutException):
        return {}
    return status


def _check_count(each: Sequence[Client], name: str, count: int) -> None:
    """Wait until each node has all records, unless it is down."""
    until = time.monotonic() + _PATIENCE_S
    for node in each:
        held: object = "none"
        while held != count:
            if time.monotonic() > until:
                raise LoadError(f"{node.config.nodes[0].url()} has {held} of {count} records")
            time.sleep(0.05)
            try:
                held = node.collections[name].retrieve()["num_documents"]
            except (ObjectNotFound, ServiceUnavailable):
                pass  # it is behind
            except (ConnectError, TimeoutException):
                break


def search_key(server: Client, alias: str, filter_by: str = "") -> str:
    """Make a key that can search an alias and nothing else, or only what passes a filter.

    A browser shows its key to whoever looks. What the filter leaves out can't be found with it,
    whatever a search asks for: the filter is part of the key and signed.
    """
    made = server.keys.create(
        {
            "description": f"search of {alias}",
            "actions": ["documents:search"],
            "collections": [alias],
        }
    )
    key = str(made["value"])
    if not filter_by:
        return key
    return server.keys.generate_scoped_search_key(key, {"filter_by": filter_by}).decode()
