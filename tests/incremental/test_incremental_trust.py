"""A build that warned, failed or was stopped is not built upon."""

from __future__ import annotations

import pytest
from sample_site import Site, differences, warnings


def pages_read(said: str) -> int:
    """How many pages a build read."""
    return said.count("reading sources... [")


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("a/three.md", "\n```{nosuchdirective}\n```\n"),
        ("a/three.md", "\n[](#no/such/label)\n"),
        ("b/orphan.md", "# In no toctree\n"),
        ("sources.bib", "@book{bad, title = {No Author}, publisher = {P}, year = {1}}\n"),
    ],
    ids=["while read", "while written", "when pages are checked", "when sources are formatted"],
)
def test_a_warned_build_fails_again(site: Site, page: str, text: str) -> None:
    """The same build, repeated, fails with the same warnings until the source is mended."""
    if page == "sources.bib":
        site.edit("a/three.md", "{cite}`hoare`", "{cite}`hoare` {cite}`bad`")
    path = site.source / page
    before = path.read_text() if path.exists() else None
    path.write_text((before or "") + text)
    first, said = site.build()
    second, said_again = site.build()
    assert (first, second) == (1, 1)
    assert warnings(said) == warnings(said_again)
    if before is None:
        path.unlink()
    else:
        path.write_text(before)
    if page == "sources.bib":
        site.edit("a/three.md", " {cite}`bad`", "")
    status, said = site.build()
    assert status == 0, warnings(said)
    site.build(clean=True)
    assert differences(site.html, site.folder / "clean-html") == []


def test_a_warning_of_one_builder_is_not_forgotten_by_another(site: Site) -> None:
    """What warns while it is read fails with each builder, though only one of them read it."""
    path = site.source / "a/three.md"
    path.write_text(path.read_text() + "\n```{nosuchdirective}\n```\n")
    assert site.build()[0] == 1
    html, site.html = site.html, site.folder / "other"
    assert site.build(builder="dummy")[0] == 1
    site.html = html
    assert site.build()[0] == 1


def test_a_builder_that_warned_while_it_wrote_is_its_own_affair(site: Site) -> None:
    """A link check that fails does not make each later build of the pages a clean one."""
    (site.doctrees / "incremental" / "linkcheck.unfinished").touch()
    status, said = site.build()
    assert status == 0, warnings(said)
    assert pages_read(said) == 0


def test_a_stopped_build_is_done_again(site: Site) -> None:
    """After a build that did not end, all pages are read and written."""
    (site.doctrees / "incremental" / "html.unfinished").touch()
    (site.html / "a/one.html").write_text("half a page")
    status, said = site.build()
    assert status == 0, warnings(said)
    assert pages_read(said) == 14
    assert site.build()[0] == 0
    site.build(clean=True)
    assert differences(site.html, site.folder / "clean-html") == []


def test_nothing_is_done_when_nothing_changed(site: Site) -> None:
    """A build without a change reads and writes no page."""
    status, said = site.build()
    assert status == 0
    assert pages_read(said) == 0
    assert "writing output... [" not in said


def test_a_small_change_writes_few_pages(site: Site) -> None:
    """A change of text writes the page and the one that lists it, and no other."""
    site.edit("b/deep/second.md", "zeppelin", "balloon")
    _, said = site.build()
    assert pages_read(said) == 1
    written = [line.split()[-1] for line in said.splitlines() if "writing output... [" in line]
    assert written == ["b/deep/index", "b/deep/second"]


def test_files_of_others_stay(site: Site) -> None:
    """What another tool put into the output is not deleted with the leftovers."""
    (site.html / "search-engine").mkdir()
    (site.html / "search-engine/index.html").write_text("not ours")
    (site.source / "c/page-1.md").rename(site.source / "c/page-2.md")
    status, said = site.build()
    assert status == 0, warnings(said)
    assert (site.html / "search-engine/index.html").exists()
    assert not (site.html / "c/page-1.html").exists()
    assert not (site.html / "_sources/c/page-1.md.txt").exists()


def test_code_of_the_project_changed(site: Site) -> None:
    """A change of an extension that lies in the project reads all pages again."""
    parallel = 'return {"parallel_read_safe": True, "parallel_write_safe": True}'
    local = site.source / "local.py"
    local.write_text(f"def setup(app):\n    {parallel}\n")
    site.edit("conf.py", '    "incremental",', '    "local",\n    "incremental",')
    site.edit("conf.py", "project =", "sys.path.insert(0, str(Path(__file__).parent))\nproject =")
    status, said = site.build()
    assert status == 0, warnings(said)
    assert pages_read(site.build()[1]) == 0
    local.write_text(f"def setup(app):\n    # another\n    {parallel}\n")
    assert pages_read(site.build()[1]) == 14
