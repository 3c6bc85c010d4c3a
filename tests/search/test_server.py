"""A load that cannot be right changes nothing: a real server of one node."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from search.__main__ import VARIABLE, main
from search.export import COLLECTION, RECORDS
from search.load import LoadError, load

from tests.search.cluster import KEY, Cluster, call, running
from tests.search.conftest import Sample


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The export of the sample site."""
    sample = Sample(tmp_path_factory.mktemp("sample"))
    folder = sample.folder / "export"
    sample.build("-D", f"search_export={folder}")
    return folder


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """The node."""
    with running(tmp_path_factory.mktemp("cluster"), 1) as cluster:
        yield cluster


def changed(export: Path, folder: Path, change: dict[str, Any], setting: dict[str, Any]) -> Path:
    """Write an export whose last record and whose settings are changed."""
    lines = (export / RECORDS).read_text(encoding="utf-8").splitlines()
    lines[-1] = json.dumps(json.loads(lines[-1]) | change)
    (folder / RECORDS).write_text("\n".join(lines), encoding="utf-8")
    settings = json.loads((export / COLLECTION).read_text(encoding="utf-8"))
    (folder / COLLECTION).write_text(json.dumps(settings | setting), encoding="utf-8")
    return folder


def names(cluster: Cluster) -> list[str]:
    """Return the names of the collections that the node has."""
    return [one["name"] for one in call(cluster.nodes[0], KEY, "GET", "collections")[1]]


@pytest.mark.parametrize(
    ("change", "setting", "message"),
    [
        ({"title": 3}, {}, "1 records were refused, the first one: .*title"),
        ({"id": "tea"}, {}, "1 ids stand twice, the first one: 'tea'"),
        ({}, {"fields": [{"name": "title", "type": "string"}]}, "other fields than those of"),
    ],
    ids=["wrong", "twice", "other fields"],
)
def test_a_wrong_export_is_refused(
    cluster: Cluster,
    export: Path,
    tmp_path: Path,
    change: dict[str, Any],
    setting: dict[str, Any],
    message: str,
) -> None:
    """The alias leads where it led before, and nothing is left of the attempt."""
    assert load(cluster.nodes, KEY, "drinks", [export]) == 11
    before = names(cluster)
    with pytest.raises(LoadError, match=message):
        load(cluster.nodes, KEY, "drinks", [changed(export, tmp_path, change, setting)])
    assert names(cluster) == before
    alias = call(cluster.nodes[0], KEY, "GET", "aliases/drinks")[1]
    assert [alias["collection_name"]] == before


def test_several_sites_share_a_collection(
    cluster: Cluster, export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the command line: two exports with addresses of their own are searched as one."""
    lines = (export / RECORDS).read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    site = "https://other.example/"
    other = [json.dumps(one | {"id": site + one["id"], "site": site}) for one in records]
    (tmp_path / RECORDS).write_text("\n".join(other), encoding="utf-8")
    settings = (export / COLLECTION).read_text(encoding="utf-8")
    (tmp_path / COLLECTION).write_text(settings, encoding="utf-8")
    monkeypatch.setenv(VARIABLE, KEY)
    where = ["--node", cluster.nodes[0], "--collection", "both"]
    assert main(["load", str(export), str(tmp_path), *where]) == 0
    search = {"collection": "both", "preset": "both", "q": "kettle", "facet_by": "site"}
    [answer] = call(cluster.nodes[0], KEY, "POST", "multi_search", {"searches": [search]})[1][
        "results"
    ]
    assert {one["document"]["site"] for one in answer["hits"]} == {"", site}
    call(cluster.nodes[0], KEY, "DELETE", "aliases/both")
    for name in names(cluster):
        if name.startswith("both."):
            call(cluster.nodes[0], KEY, "DELETE", f"collections/{name}")


def test_a_key_is_made_by_the_command_line(
    cluster: Cluster,
    export: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It is printed alone, so that a script can take it, and searches."""
    load(cluster.nodes, KEY, "drinks", [export])
    monkeypatch.setenv(VARIABLE, KEY)
    where = ["--node", cluster.nodes[0], "--collection", "drinks"]
    assert main(["key", "--filter", "topic:=Tea", *where]) == 0
    key = capsys.readouterr().out.strip()
    search = {"collection": "drinks", "preset": "drinks", "q": "*", "include_fields": "id"}
    status, answer = call(cluster.nodes[0], key, "POST", "multi_search", {"searches": [search]})
    assert status == 200
    found = {one["document"]["id"].partition("#")[0] for one in answer["results"][0]["hits"]}
    assert found == {"tea"}


def test_a_server_that_is_not_there_is_said(
    export: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command fails with a line, not with a trace."""
    monkeypatch.setenv(VARIABLE, KEY)
    arguments = ["load", str(export), "--node", "http://127.0.0.1:1", "--collection", "drinks"]
    assert main(arguments) == 1
    assert capsys.readouterr().err.startswith("drinks: ")
