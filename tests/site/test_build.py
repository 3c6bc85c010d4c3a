"""The site as a whole: it builds, it is complete, and nothing of the machine is left in it."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from pathlib import Path

import pytest
from sphinx.util.inventory import InventoryFile

from tests.site.building import SOURCE, Build
from tests.site.links import link_fault
from tests.site.pages import Site, listed

EXPECTED_FILES = [
    *("404.html", "genindex.html", "index.html", "objects.inv", "search.html", "searchindex.js"),
    *("_pagefind/pagefind-entry.json", "_pagefind/start.bin"),
]
# Sphinx puts the index of modules into every inventory, whether or not there are modules.
LISTED_ALWAYS = {"modindex", "py-modindex"}
# "file:///" and folders of people and of temporary work, on any system.
MACHINE_PATHS = re.compile(
    rb"file://|/home/[a-z]|/Users/[A-Za-z]|[A-Z]:\\Users|/root/|/tmp/(?:pytest|tmp|go-build)"
)


def test_builds_without_a_warning(build: Build) -> None:
    """The site builds with warnings as errors, and says nothing in the warning stream."""
    assert (build.status, build.warnings) == (0, "")


@pytest.mark.parametrize("name", EXPECTED_FILES)
def test_has_the_files_that_readers_and_tools_expect(site: Site, name: str) -> None:
    """The site has its entry, error, index and search page, inventory and both search indexes."""
    assert name in site.files


def test_has_no_source_or_working_file(site: Site) -> None:
    """Nothing but the site is in its folder: no sources, no state of the build, no left part."""
    odd = (".doctree", ".pickle", ".md", ".md.txt", ".toml", ".part", ".py", ".pyc")
    assert [name for name in sorted(site.files) if name.endswith(odd)] == []


def test_titles_differ(site: Site) -> None:
    """No two pages have the same title, so that tabs and search results can be told apart."""
    titles = Counter(page.tree.findtext("head/title") for page in site.pages.values())
    assert [title for title, count in titles.items() if count > 1] == []


def test_the_inventory_leads_to_pages_and_anchors(site: Site) -> None:
    """Every entry of objects.inv leads to a page that exists, and to an anchor on it."""
    inventory = InventoryFile.loads((site.folder / "objects.inv").read_bytes(), uri="")
    faults = [
        f"{kind} {name}: {item.uri} {fault}"
        for kind, items in inventory.data.items()
        for name, item in items.items()
        if name not in LISTED_ALWAYS
        and (fault := link_fault(site, "index.html", item.uri.lstrip("/")))
    ]
    assert inventory.data
    assert not faults, "\n".join(faults)


def test_names_no_path_of_the_machine(site: Site) -> None:
    """No file of the site names a folder of the machine that built it."""
    places = own_places(SOURCE, site.folder)
    faults = {}
    for name in sorted(site.files):
        content = unpacked(site.folder / name)
        found = [*places.findall(content), *MACHINE_PATHS.findall(content)]
        faults[name] = sorted({path.decode() for path in found})
    assert not listed(faults), listed(faults)


def own_places(source: Path, output: Path) -> re.Pattern[bytes]:
    """Return what finds the paths of the output folder and of what is in the source folder.

    The source folder alone would not do: in a container it may be "/app", which pages may say.
    """
    paths = [output, *source.iterdir()]
    return re.compile(
        b"(?<![\\w.~-])(?:" + b"|".join(re.escape(bytes(one)) for one in paths) + b")"
    )


def unpacked(path: Path) -> bytes:
    """Return a file's content, that of the inventory unpacked."""
    content = path.read_bytes()
    if path.name == "objects.inv":
        *head, packed = content.split(b"\n", 4)
        return b"\n".join([*head, zlib.decompress(packed)])
    return content


def test_a_path_of_the_machine_is_found(tmp_path: Path) -> None:
    """A file that names its source folder's content is found, also in a packed inventory."""
    (tmp_path / "conf.py").touch()
    text = f"see {tmp_path}/conf.py and x{tmp_path}/conf.py and {tmp_path}/other".encode()
    places = own_places(tmp_path, tmp_path / "out")
    assert places.findall(text) == [bytes(tmp_path / "conf.py")]
    packed = tmp_path / "objects.inv"
    packed.write_bytes(b"# 1\n# 2\n# 3\n# 4\n" + zlib.compress(text))
    assert places.search(unpacked(packed))
    assert MACHINE_PATHS.findall(b"at /home/ada/x or file:///etc, not /homework") == [
        *(b"/home/a", b"file://"),
    ]


def test_addresses_are_lasting_names(site: Site) -> None:
    """A page's address has small letters, digits, hyphens and slashes only."""
    assert [name for name in site.pages if not re.fullmatch(r"[a-z0-9/-]+\.html", name)] == []
