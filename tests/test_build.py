from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from comparison.export import FORMAT, export

if TYPE_CHECKING:
    from tests.conftest import Drinks, MakeBuilt, Site

EXTENSIONS = Path(__file__).parents[1] / "_ext"


def _sphinx_build(site: Site, *options: str) -> subprocess.CompletedProcess[str]:
    """Build as a user does, into the folders that `Site.build` uses."""
    out = site.source / "_build"
    command = [sys.executable, "-m", "sphinx", "-n", "-W", "--keep-going", "-b", "html"]
    command += ["-D", f"html_static_path={EXTENSIONS.parent / '_static'}", *options]
    command += ["-d", str(out / "doctrees"), str(site.source), str(out / "html")]
    return subprocess.run(
        command,
        env=os.environ | {"PYTHONPATH": str(EXTENSIONS)},
        capture_output=True,
        text=True,
        check=False,
    )


def _state(folder: Path) -> dict[Path, tuple[bytes, int]]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def test_a_mistake_in_the_data_stops_the_build(site: Site) -> None:
    """All problems are printed, the exit code is not 0, and the site stays as it was."""
    first = site.build()
    before = _state(first.out)
    assert before
    site.drinks.edit("taste.toml", 'value = "short"', 'value = "lukewarm"')
    site.drinks.edit("cost.toml", "value = 12", "value = -12")
    site.drinks.edit("cost.md", "# Cost\n", "# Price\n")
    run = _sphinx_build(site)
    assert run.returncode not in (0, None)
    for problem in site.drinks.problems():
        assert str(problem) in run.stderr.splitlines()
    assert "Traceback" not in run.stderr
    assert _state(first.out) == before
    site.drinks.edit("taste.toml", 'value = "lukewarm"', 'value = "short"')
    site.drinks.edit("cost.toml", "value = -12", "value = 12")
    mended = site.build()
    assert mended.warnings == ""
    assert "Price" in mended.html("cost")


def test_a_mistake_in_the_data_of_a_new_site_leaves_nothing(site: Site) -> None:
    """Not a page is written before the data is sound."""
    site.drinks.edit("references.bib", "party = {coffee}", "party = {cocoa}")
    run = _sphinx_build(site)
    assert run.returncode not in (0, None)
    assert 'unknown party "cocoa"' in run.stderr
    assert list(site.source.rglob("*.html")) == []


def test_a_sound_site_is_built_from_the_command_line(site: Site) -> None:
    """The site builds with every warning an error, as `make html` does it, in parallel too."""
    run = _sphinx_build(site, "-j", "2")
    assert (run.returncode, run.stderr) == (0, "")
    assert (site.source / "_build/html/comparisons/tea-vs-coffee/taste.html").is_file()


def test_the_data_is_published_beside_the_pages(built: MakeBuilt, drinks: Drinks) -> None:
    """A site in HTML carries the JSON of every comparison, as it is exported."""
    path = built("html").out / "data" / FORMAT / "tea-vs-coffee.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    assert data == json.loads(json.dumps(export(drinks.comparison())))


@pytest.mark.parametrize("builder", ["text", "latex"])
def test_other_outputs_carry_no_data(built: MakeBuilt, builder: str) -> None:
    """Only what is published on the web has the JSON for tools."""
    assert list(built(builder).out.rglob("*.json")) == []


def test_published_data_follows_a_change(site: Site) -> None:
    """The JSON is written again with every change of the data, and of nothing else."""
    path = site.build().out / "data" / FORMAT / "tea-vs-coffee.json"
    first = path.read_bytes()
    site.drinks.edit("cost.toml", "value = 12", "value = 13")
    site.build()
    changed = json.loads(path.read_bytes())
    assert changed["topics"][1]["claims"][1]["value"] == 13
    site.drinks.edit("cost.toml", "value = 13", "value = 12")
    site.build()
    assert path.read_bytes() == first
    path.unlink()
    site.build()
    assert path.read_bytes() == first


def test_published_data_follows_a_change_that_another_builder_saw(site: Site) -> None:
    """Builders share what was checked; each still publishes what is true when it runs."""
    path = site.build().out / "data" / FORMAT / "tea-vs-coffee.json"
    site.drinks.edit("cost.toml", "value = 12", "value = 13")
    site.build("dummy")
    site.build()
    assert json.loads(path.read_bytes())["topics"][1]["claims"][1]["value"] == 13


def test_comparisons_can_lie_in_another_folder(site: Site) -> None:
    """The option that names their folder holds for pages, roles, data and sources."""
    (site.source / "docs").mkdir()
    (site.source / "comparisons").rename(site.source / "docs" / "drinks")
    site.edit("index.md", "comparisons/tea-vs-coffee/index", "docs/drinks/tea-vs-coffee/index")
    built = site.build(comparison_root="docs/drinks")
    assert built.warnings == ""
    cost = built.pages["docs/drinks/tea-vs-coffee/cost"]
    assert 'refuri="taste.html#claim-bitterness-tea"' in cost


def test_a_second_comparison_needs_no_code(site: Site) -> None:
    """A second folder is a second comparison: same feature ids, its own subjects and sources."""
    site.drinks.add_second()
    site.edit(
        "index.md",
        "comparisons/tea-vs-coffee/index\n",
        "comparisons/tea-vs-coffee/index\ncomparisons/milk-vs-juice/index\n",
    )
    page = site.source / "comparisons/milk-vs-juice/cost.md"
    text = page.read_text(encoding="utf-8")
    text += "\nUnlike {cmp:claim}`tea-vs-coffee:price-tea`, see {cmp:feature}`tea-vs-coffee:price`"
    text += " and {cmp:source}`tea-vs-coffee:leaf-norm`.\n"
    page.write_text(text, encoding="utf-8")
    built = site.build()
    assert built.warnings == ""
    cards = built.pages["index"]
    assert "Tea vs coffee for breakfast" in cards
    assert "Milk vs juice for breakfast" in cards
    folder = built.out / "comparisons/milk-vs-juice"
    cost = (folder / "cost.html").read_text(encoding="utf-8")
    for target in ("cost.html#claim-price-tea", "cost.html#feature-price"):
        assert f'href="../tea-vs-coffee/{target}"' in cost
    assert 'href="../tea-vs-coffee/bibliography.html#cite-leaf-norm"' in cost
    # Ids that both have lead each to its own comparison.
    assert 'href="#feature-price"' in cost
    bibliography = (folder / "bibliography.html").read_text(encoding="utf-8")
    assert "cite-cow-norm" in bibliography
    assert "cite-leaf-norm" not in bibliography
    data = built.out / "data" / FORMAT
    assert sorted(path.name for path in data.iterdir()) == [
        "milk-vs-juice.json",
        "tea-vs-coffee.json",
    ]


def test_a_comparison_added_to_a_site_is_as_if_it_had_always_been_there(site: Site) -> None:
    """A page that shows all comparisons is read again when one comes, though it did not change."""
    index = site.source / "index.md"
    text = index.read_text(encoding="utf-8")
    text = text.replace("comparisons/tea-vs-coffee/index", "comparisons/*/index")
    index.write_text(text.replace("```{toctree}", "```{toctree}\n:glob:\n"), encoding="utf-8")
    site.build()
    site.drinks.add_second()
    built = site.build()
    assert built.warnings == ""
    front = (built.out / "index.html").read_text(encoding="utf-8")
    assert "Milk vs juice for breakfast" in front


def test_a_comparison_taken_away_is_gone(site: Site) -> None:
    """After a folder is deleted neither card nor search result of it is left in what is built."""
    site.drinks.add_second()
    index = "comparisons/milk-vs-juice/index\n"
    site.edit(
        "index.md", "comparisons/tea-vs-coffee/index\n", f"comparisons/tea-vs-coffee/index\n{index}"
    )
    site.build()
    shutil.rmtree(site.source / "comparisons/milk-vs-juice")
    site.edit("index.md", index, "")
    built = site.build()
    assert built.warnings == ""
    assert "milk-vs-juice" not in built.pages["index"]
    assert b"milk-vs-juice" not in (built.out / "searchindex.js").read_bytes()
