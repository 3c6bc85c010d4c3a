"""What a search server is told of a site, and that its records keep to the published schema."""

from __future__ import annotations

import json
from html import unescape
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from search.__main__ import VARIABLE, main
from search.export import COLLECTION, FACETS, RECORDS, SCHEMA, Collection, schema_text
from sphinx.errors import ConfigError
from sphinx.testing.util import SphinxTestApp

from tests.search.conftest import Sample

PUBLISHED = Path(__file__).parents[2] / "comparisons" / SCHEMA


class Export:
    """The export of a site."""

    def __init__(self, folder: Path) -> None:
        lines = (folder / RECORDS).read_text(encoding="utf-8").splitlines()
        self.records: list[dict[str, Any]] = [json.loads(line) for line in lines]
        text = (folder / COLLECTION).read_text(encoding="utf-8")
        self.collection = Collection.model_validate_json(text)


def export(sample: Sample, *options: str, out: str = "export") -> Export:
    """Build the sample site with an export."""
    folder = sample.folder / out
    sample.build("-D", f"search_export={folder}", *options)
    return Export(folder)


def test_each_record_is_exported_as_the_schema_says(sample: Sample) -> None:
    """Every record has a line with an id of its own, valid by the published JSON Schema."""
    exported = export(sample)
    check = jsonschema.Draft202012Validator(json.loads(PUBLISHED.read_text(encoding="utf-8")))
    assert [error.message for one in exported.records for error in check.iter_errors(one)] == []
    assert [one["id"] for one in exported.records] == [
        *("coffee", "coffee#grinding", "index", "tea", "tea#water", "tea#unit-boil"),
        *("tea#kettles", "tea#unit-sort", "words", "words#term-steeping", "words#term-cup"),
    ]
    assert list(check.iter_errors({**exported.records[0], "other": 1}))


def test_the_published_schema_is_that_of_the_records(tmp_path: Path) -> None:
    """What tools check by is what the records are; `make schema` writes it again."""
    assert PUBLISHED.read_text(encoding="utf-8") == schema_text()
    assert main(["schema", str(tmp_path)]) == 0
    assert (tmp_path / SCHEMA).read_text(encoding="utf-8") == schema_text()


def test_a_record_tells_what_the_index_of_the_site_tells(sample: Sample) -> None:
    """A unit has its address, its section, its facets and its words."""
    exported = export(sample, "-D", "html_baseurl=https://drinks.example/")
    [unit] = [one for one in exported.records if one["id"].endswith("#unit-boil")]
    assert unit["id"] == "https://drinks.example/tea#unit-boil"
    assert (unit["site"], unit["place"]) == ("https://drinks.example/", "tea.html#unit-boil")
    assert unit["section"] == "tea.html#water"
    assert {name: unit[name] for name in FACETS} == {
        "kind": ["Claim"],
        "topic": ["Tea"],
        "subject": [],
        "grade": ["A"],
    }
    assert unit["way"] == ["Tea", "Water"]
    assert unit["title"] == "Water for green tea must not boil."


def test_the_collection_knows_fields_weights_facets_and_synonyms(sample: Sample) -> None:
    """Its settings name each field of a record, and search none that is not there."""
    collection = export(sample).collection
    fields = {one["name"]: one for one in collection.fields}
    names = set(json.loads(schema_text())["properties"])
    assert fields.keys() == names - {"id"}
    assert {name for name, one in fields.items() if one["facet"]} == {*FACETS, "site"}
    searched = collection.preset["query_by"].split(",")
    weights = [int(one) for one in collection.preset["query_by_weights"].split(",")]
    assert all(fields[name]["index"] for name in searched)
    assert len(weights) == len(searched)
    assert searched[weights.index(max(weights))] == "title"
    assert collection.synonyms == [["steeping", "infusion"], ["kettle", "boiler"]]


def test_an_export_is_of_the_pages_there_are(sample: Sample) -> None:
    """After a page is removed its records are gone, and ids of others are as before."""
    before = [one["id"] for one in export(sample).records]
    (sample.source / "coffee.md").unlink()
    sample.edit("index.md", "coffee\n", "")
    after = [one["id"] for one in export(sample).records]
    assert after == [one for one in before if not one.startswith("coffee")]


def test_pages_tell_the_box_of_a_server_only_if_there_is_one(sample: Sample) -> None:
    """The setting stands in each page as JSON, and changes no other file of the site."""
    assert "data-server" not in (sample.build() / "tea.html").read_text(encoding="utf-8")
    server = {"nodes": ["https://a.example", "https://b.example"], "collection": "x", "key": "k"}
    with (sample.source / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(f"search_server = {server!r}\n")
    page = (sample.build() / "tea.html").read_text(encoding="utf-8")
    setting = page.partition('data-server="')[2].partition('"')[0]
    assert json.loads(unescape(setting)) == server


@pytest.mark.parametrize("server", [{"nodes": ["https://a.example"]}, {"nodes": []}])
def test_half_a_setting_is_refused(sample: Sample, server: dict[str, Any]) -> None:
    """A server without nodes, collection or key stops the build and says what is missing."""
    with pytest.raises(ConfigError, match="nodes, at least one, a collection, and a key"):
        SphinxTestApp(srcdir=sample.source, confoverrides={"search_server": server})


def test_the_key_of_the_administrator_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Without it nothing is asked, and the variable is named."""
    monkeypatch.delenv(VARIABLE, raising=False)
    arguments = ["load", str(tmp_path), "--node", "http://127.0.0.1:1", "--collection", "x"]
    assert main(arguments) == 1
    assert VARIABLE in capsys.readouterr().err
