"""The site that benchmarks build is the real one, grown by copies with names of their own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.build import BuildFailedError, Site, main
from bench.grow import copy_site, count_pages, grow
from bench.plain import plain

TOPIC = """\
# Topic

(one/topic/part)=

## Part

[](#one/topic/part), {term}`race`, {term}`races <race>`, {cmp:cite}`go-spec`, go-spec-2.

```{glossary}
race
: Two at once.
```
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A copy of a site with one comparison."""
    source = tmp_path / "source"
    folder = source / "comparisons" / "one"
    folder.mkdir(parents=True)
    (source / "conf.py").write_text("")
    (source / "README.md").write_text("# Not a page\n")
    (source / "index.md").write_text("# Site\n")
    (folder.parent / "index.md").write_text("# All\n\n```{toctree}\none/index\n```\n")
    (folder / "comparison.toml").write_text("")
    (folder / "index.md").write_text("# One\n")
    (folder / "topic.md").write_text(TOPIC)
    (folder / "topic.toml").write_text('source = "go-spec"\nother = "go-spec-2"\n')
    (folder / "references.bib").write_text("@online{go-spec,\n}\n@online{go-spec-2,\n}\n")
    return copy_site(source, tmp_path / "copy")


def test_copies_fill_up_to_the_number_of_pages(site: Path) -> None:
    """The site has at least as many pages as asked for, and lists every comparison."""
    assert count_pages(site) == 4
    assert grow(site, 8) == 8
    assert count_pages(site) == 8
    listed = (site / "comparisons/index.md").read_text()
    assert "one/index\none-001/index\none-002/index\n" in listed


def test_a_copy_has_labels_terms_and_sources_of_its_own(site: Path) -> None:
    """Nothing that Sphinx shares between pages is there twice."""
    topic = site / "comparisons/one/topic.md"
    topic.write_text(f"{TOPIC}\n```{{figure}} race.svg\n---\nname: race-figure\n---\n```\n")
    grow(site, 5)
    text = (site / "comparisons/one-001/topic.md").read_text()
    assert "(one-001/topic/part)=" in text
    assert "[](#one-001/topic/part)" in text
    assert "{term}`race <race 001>`, {term}`races <race 001>`" in text
    assert "\nname: race-figure-001\n" in text
    assert "\nrace 001\n: Two at once.\n" in text
    assert "{cmp:cite}`go-spec-001`, go-spec-2-001." in text
    data = (site / "comparisons/one-001/topic.toml").read_text()
    assert data == 'source = "go-spec-001"\nother = "go-spec-2-001"\n'
    bib = (site / "comparisons/one-001/references.bib").read_text()
    assert bib == "@online{go-spec-001,\n}\n@online{go-spec-2-001,\n}\n"


def test_the_export_for_other_tools_is_plain_markdown() -> None:
    """Labels, roles and directives are gone, claims are text, code stays code."""
    text = TOPIC + "```{cmp:claim} a-claim\n```\n\n```{code-block} go\n:caption: x\nf()\n```\n"
    exported = plain(text, {"a-claim": "It holds."})
    assert "{" not in exported
    assert "(one/topic/part)=" not in exported
    assert "It holds." in exported
    assert "```go\nf()\n```" in exported


def test_the_figures_of_a_stopped_run_are_kept(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each kind of build is written when it ended, with all its samples."""
    (site / "comparisons/one/topic.toml").write_text('[[claims]]\ntext = "It holds."\n')
    builds = iter(range(1, 8))

    def build(self: Site) -> tuple[float, float]:
        number = next(builds)
        if number == 6:
            raise BuildFailedError("no more")
        return float(number), 10.0 * number

    monkeypatch.setattr(Site, "build", build)
    path = tmp_path / "bench.json"
    options = ["--sizes", "--repeat", "2", "--site", str(site), "--json", str(path)]
    monkeypatch.setattr("sys.argv", ["bench", *options])
    assert main() == 1
    found = [
        (b["kind"], b["samples_s"], b["peak_mb"]) for b in json.loads(path.read_text())["builds"]
    ]
    assert found == [("cold", [1.0, 2.0], 20.0), ("no change", [3.0, 4.0], 40.0)]
