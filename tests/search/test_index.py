"""The index of a site: it is there after every build, and depends on the sources alone."""

from __future__ import annotations

import gzip
import json
import re
from itertools import accumulate
from pathlib import Path
from typing import Any

import cbor2
import pytest
from search.bundle import check_bundle, write_bundle
from search.pagefind import BrokenIndexError
from search.records import Record
from search.vocabulary import write_words

from tests.search.conftest import Sample, files

BUNDLE = "_pagefind"
NAMES = ("coffee", "index", "tea", "words")


def unpacked(path: Path) -> bytes:
    """Return what Pagefind loads of a file of its own."""
    return gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd")


def fragments(html: Path) -> list[dict[str, Any]]:
    """Return what is told of each record, in the order of the index."""
    records = start(html)["records"]
    folder = html.joinpath(BUNDLE, "fragment", records["folder"])
    names = [str(number) for number in range(sum(count for _, count in records["lengths"]))]
    assert {path.stem for path in folder.iterdir()} == set(names)
    return [json.loads(unpacked(folder / f"{name}.pf_fragment")) for name in names]


def titles(html: Path) -> set[str]:
    """Return the titles of all that is indexed."""
    return {one["meta"]["title"] for one in fragments(html)}


def start(html: Path) -> Any:
    """Return what is loaded before the first search."""
    return json.loads(gzip.decompress(html.joinpath(BUNDLE, "start.bin").read_bytes()))


def words(html: Path, name: str) -> list[list[str]]:
    """Return a file of the words of the site."""
    folder = html.joinpath(BUNDLE, "words", start(html)["words"]["folder"])
    return _words(folder / f"{name}.bin")


def _words(path: Path) -> list[list[str]]:
    return [words.split() for words in json.loads(gzip.decompress(path.read_bytes()))]


def records_with(html: Path) -> dict[str, set[int]]:
    """Return the numbers of the records that each word finds."""
    held = {}
    for path in html.joinpath(BUNDLE, "index").iterdir():
        for word, pages, _ in cbor2.loads(unpacked(path))[0]:
            held[word] = set(accumulate(page[0] for page in pages))
    return held


def test_holds_every_record(built: Sample) -> None:
    """Every page, section, unit and entry is indexed."""
    assert titles(built.html) == {
        *("Drinks", "Tea", "Water", "Kettles", "Coffee", "Grinding", "Words", "steeping", "cup"),
        *("Water for green tea must not boil.", "Leaves sorted"),
    }


def test_words_lead_to_the_records_that_hold_them(built: Sample) -> None:
    """For each word the index names the very records in whose text it stands."""
    records = fragments(built.html)
    held = records_with(built.html)
    for word in ("water", "kettl", "bean", "espresso", "steep"):
        expected = {
            number
            for number, one in enumerate(records)
            if re.search(rf"\b{word}", one["content"], re.IGNORECASE)
        }
        assert held[word] == expected != set()


def test_a_word_finds_so_many_records_at_most(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of more records it finds those that hold it often and little else."""
    monkeypatch.setattr("search.pagefind._MOST_RECORDS", 3)
    texts = {f"tea-{often}": "tea " * often + "water " * (8 - often) for often in range(1, 7)}
    texts |= {f"cup-{long}": "cup " + "saucer " * long for long in (90, 30, 10, 50, 70, 1)}
    texts |= {f"pot-{number}": f"pot {number}" for number in (4, 2, 6, 1, 3, 5)}
    records = [
        Record("page", name, name, "Untitled", [], {"kind": ["Page"]}, text=[text])
        for name, text in texts.items()
    ]
    write_bundle(records, [], "en", "{}.html".format, tmp_path / BUNDLE)
    anchors = [one["meta"]["place"].partition("#")[2] for one in fragments(tmp_path)]
    held = {word: {anchors[one] for one in found} for word, found in records_with(tmp_path).items()}
    assert held["tea"] == {"tea-4", "tea-5", "tea-6"}
    assert held["water"] == {"tea-1", "tea-2", "tea-3"}
    assert held["cup"] == {"cup-1", "cup-10", "cup-30"}
    # Where they hold it alike, their order on the site decides and not chance.
    assert held["pot"] == {"pot-2", "pot-4", "pot-6"}


def test_records_are_in_the_order_of_their_lengths(built: Sample) -> None:
    """Neither the file system nor chance orders them; how many are so long makes the list."""
    lengths = [one["word_count"] for one in fragments(built.html)]
    counts = start(built.html)["records"]["lengths"]
    assert [length for length, count in counts for _ in range(count)] == lengths == sorted(lengths)
    assert {one["meta"]["place"] for one in fragments(built.html)} == {
        f"{name}.html#{anchor}" if anchor else f"{name}.html"
        for name in NAMES
        for anchor in built.records(name)
    }


def test_pages_in_folders_are_addressed_so(sample: Sample) -> None:
    """The builder that gives each page a folder gets the addresses of folders."""
    export = sample.folder / "export"
    html = sample.build("-D", f"search_export={export}", builder="dirhtml")
    places = [one["meta"]["place"] for one in fragments(html)]
    expected = {"", "tea/", "tea/#water", "tea/#unit-boil", "words/#term-cup"}
    assert expected <= set(places)
    assert not [place for place in places if ".html" in place]
    lines = (export / "records.jsonl").read_text(encoding="utf-8").splitlines()
    assert sorted(json.loads(line)["place"] for line in lines) == sorted(places)


def test_has_no_interface_that_is_not_used(built: Sample) -> None:
    """Of what Pagefind brings along, only what the box loads is published."""
    names = {path.name.partition(".")[0] for path in built.html.joinpath(BUNDLE).glob("*")}
    assert names == {
        *("pagefind", "pagefind-entry", "wasm", "start", "words", "digest"),
        *("fragment", "index", "filter"),
    }


def test_words_are_listed_by_how_many_records_hold_them(built: Sample) -> None:
    """A word stands in the list of the binary logarithm of its number of records."""
    lists = words(built.html, "all")
    [rank] = [rank for rank, words in enumerate(lists) if "water" in words]
    held = sum("water" in json.dumps(one).lower() for one in _all_records(built))
    assert 2**rank <= held < 2 ** (rank + 1)
    assert "thermometer" in lists[0]


def test_words_stand_in_short_files_too(
    tmp_path: Path, built: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files hold what the one of all words holds, in the order of letters."""
    monkeypatch.setattr("search.vocabulary._WORDS_OF_A_FILE", 7)
    records = [Record(**one) for name in NAMES for one in built.records(name).values()]
    told: Any = write_words(records, tmp_path)
    folder = tmp_path / "words" / told["folder"]
    lists = [_words(folder / f"{number}.bin") for number in range(len(told["starts"]))]
    assert len(lists) > 5
    assert [min(word for words in one for word in words) for one in lists] == told["starts"]
    assert told["starts"] == sorted(told["starts"])
    for rank, words in enumerate(_words(folder / "all.bin")):
        assert [word for one in lists for word in one[rank]] == words


def _all_records(sample: Sample) -> list[dict[str, object]]:
    records = [one for name in NAMES for one in sample.records(name).values()]
    return [
        {key: one[key] for key in ("title", "names", "lead", "text", "code")} for one in records
    ]


def test_synonyms_come_from_the_glossary_and_the_configuration(built: Sample) -> None:
    """Names of one entry are synonyms unless only their endings differ; others are configured."""
    expected = [["steeping", "infusion"], ["kettle", "boiler"]]
    assert start(built.html)["synonyms"] == expected


def test_is_the_same_however_it_is_built(sample: Sample) -> None:
    """Two builds, one of them by several processes, write the same files, byte for byte."""
    assert files(sample.build(out="one")) == files(sample.build("-j", "2", out="two"))


@pytest.mark.parametrize("change", ["text", "added", "removed", "nosearch", "facets"])
def test_an_incremental_build_equals_a_clean_one(sample: Sample, change: str) -> None:
    """After any change the output is that of a clean build: nothing stale, nothing left over."""
    html = sample.build()
    before = titles(html)
    if change == "text":
        sample.edit("tea.md", "### Kettles", "### Pots")
    elif change == "added":
        (sample.source / "cocoa.md").write_text("# Cocoa\n\nBeans too.\n", encoding="utf-8")
        sample.edit("index.md", "coffee\n", "coffee\ncocoa\n")
    elif change == "removed":
        (sample.source / "coffee.md").unlink()
        sample.edit("index.md", "coffee\n", "")
    elif change == "nosearch":
        sample.edit("coffee.md", "# Coffee", "---\nnosearch: true\n---\n\n# Coffee")
    else:
        sample.edit("sample_facets.py", '["A"]', '["B"]')
    sample.build()
    assert titles(html) != before or change == "facets"
    assert files(html) == files(sample.build(out="clean"))


def test_a_build_without_a_change_leaves_the_index_alone(sample: Sample) -> None:
    """What is indexed already is not indexed again."""
    entry = sample.build() / BUNDLE / "pagefind-entry.json"
    before = entry.stat().st_ino, entry.stat().st_mtime_ns
    sample.build()
    assert (entry.stat().st_ino, entry.stat().st_mtime_ns) == before


def test_a_lost_index_is_made_again(sample: Sample) -> None:
    """If its folder or the kept records are gone, the next build makes them anew."""
    html = sample.build()
    complete = files(html)
    for path in [*html.joinpath(BUNDLE).rglob("*"), *sample.folder.rglob("search/html/*.json")]:
        if path.is_file():
            path.unlink()
    sample.build()
    assert files(html) == complete


def test_a_book_has_no_search(sample: Sample) -> None:
    """EPUB gets neither an index nor a box."""
    made = sample.build(out="epub", builder="epub")
    names = list(files(made))
    assert any(name.endswith("tea.xhtml") for name in names)
    assert [name for name in names if BUNDLE in name or "search/" in name] == []


def test_a_site_on_one_page_has_no_search(sample: Sample) -> None:
    """A browser's own search is enough, and there are no pages to lead to."""
    names = list(files(sample.build(out="single", builder="singlehtml")))
    assert "index.html" in names
    assert [name for name in names if BUNDLE in name or "search/" in name] == []


@pytest.mark.parametrize("damage", ["cut off", "emptied", "a record less"])
def test_a_damaged_index_is_refused(sample: Sample, damage: str) -> None:
    """An index with a file cut off, or not of all records, is not published."""
    bundle = sample.build() / BUNDLE
    count = len(list(bundle.glob("fragment/*/*")))
    check_bundle(bundle, count)
    [path, *_] = sorted(bundle.glob("index/*"))
    if damage == "a record less":
        count += 1
    else:
        content = path.read_bytes()
        path.write_bytes(content[: len(content) // 2 if damage == "cut off" else 0])
    with pytest.raises(BrokenIndexError):
        check_bundle(bundle, count)
