"""After any change, an incremental build leaves the output of a clean build."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sample_site import Site, differences, warnings

Change = Callable[[Site], None]


def body_of_a_page(site: Site) -> None:
    """Text, and the only use of a word in the search index."""
    site.edit("b/deep/second.md", "zeppelin", "balloon")


def title_of_a_page(site: Site) -> None:
    """Linked by title, previous and next of others, carded and listed at the root."""
    site.edit("a/one.md", "# First `page` of A", "# First *leaf* of A")


def title_of_a_linked_heading(site: Site) -> None:
    """The text of a link to a label before the heading."""
    site.edit("b/deep/first.md", "## A part", "## Another part")


def slug_of_a_linked_heading(site: Site) -> None:
    """The text and the anchor of a link to a heading by its slug."""
    site.edit("b/deep/second.md", "## A heading", "## A longer heading")
    site.edit("a/two.md", "#a-heading", "#a-longer-heading")


def label_moved_to_another_page(site: Site) -> None:
    """The address of links whose pages did not change."""
    label = "(b/deep/first/part)=\n\n"
    site.edit("b/deep/first.md", label, "")
    site.edit("b/deep/second.md", "## A heading", f"{label}## A heading")


def label_renamed(site: Site) -> None:
    """A label and all that links to it."""
    site.edit("a/one.md", "(a/one/details)=", "(a/one/more)=")
    site.edit("a/two.md", "#a/one/details", "#a/one/more")


def order_of_a_toctree(site: Site) -> None:
    """Navigation, previous and next of pages that did not change."""
    site.edit("a/index.md", "one\ntwo\nthree", "three\none\ntwo")


def order_of_sections(site: Site) -> None:
    """Navigation of every page, and the order in which sources are cited."""
    site.edit("index.md", "a/index\nb/index", "b/index\na/index")


def page_added(site: Site) -> None:
    """A page named in a toctree, with an image of a file name that others have."""
    (site.source / "a/added.md").write_text("# Added\n\n![x](../c/logo.svg)\n\n{cite}`hoare`\n")
    (site.source / "c/logo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>\n")
    site.edit("a/index.md", "two\n", "added\ntwo\n")


def page_added_to_a_glob(site: Site) -> None:
    """A page found by a pattern."""
    (site.source / "c/page-0.md").write_text("# C page zero\n\nText.\n")


def page_removed(site: Site) -> None:
    """Its page, its source copy and its image must go."""
    (site.source / "b/index.md").write_text("# Section B\n\n```{toctree}\ndeep/index\n```\n")
    (site.source / "b/last.md").unlink()
    (site.source / "b/img/logo.svg").unlink()


def page_removed_from_a_glob(site: Site) -> None:
    """No other source changes."""
    (site.source / "c/page-1.md").rename(site.source / "c/page-2.md")


def section_removed(site: Site) -> None:
    """A folder of pages, one of them with index entries."""
    for name in ("first", "second", "index"):
        (site.source / f"b/deep/{name}.md").unlink()
    (site.source / "b/deep").rmdir()
    site.edit("b/index.md", "deep/index\n", "")
    site.edit("index.md", ":link: b/deep/first/part\n:link-type: ref\n", "")
    site.edit("a/two.md", "[](../b/deep/first.md), {ref}`b/deep/first/part`,", "")
    site.edit("a/two.md", "[](../b/deep/second.md#a-heading), ", "")


def source_changed(site: Site) -> None:
    """The label of a citation, on pages that only cite it."""
    site.edit("sources.bib", "year = {1968}", "year = {1973}")


def source_added_and_cited(site: Site) -> None:
    """A list of sources on a page that does not change."""
    added = "@book{added, author = {New Author}, title = {New}, publisher = {P}, year = {2002}}"
    site.edit("sources.bib", "@book{unused", f"{added}\n@book{{unused")
    site.edit("a/three.md", "{cite}`hoare`", "{cite}`hoare` {cite}`added`")


def source_cited_for_the_first_time(site: Site) -> None:
    """A source that was there but uncited."""
    site.edit("a/three.md", "Nothing is linked", "{cite}`unused` Nothing is linked")


def source_removed(site: Site) -> None:
    """A source with the page text that cited it."""
    text = (site.source / "sources.bib").read_text().splitlines(keepends=True)
    (site.source / "sources.bib").write_text("".join(x for x in text if "hoare" not in x))
    site.edit("a/three.md", "{cite}`hoare` and ", "")


def included_file_changed(site: Site) -> None:
    """Text that a page includes."""
    site.edit("parts/part.md", "gardens", "orchards")


def quoted_program_changed(site: Site) -> None:
    """Code that a page includes literally."""
    site.edit("parts/sample.py", "a + b", "b + a")


def image_changed(site: Site) -> None:
    """The content of an image."""
    site.edit("a/img/logo.svg", "<title>a", "<title>c")


def download_changed(site: Site) -> None:
    """The content of a file for download, at the same size."""
    site.edit("parts/taken.txt", "along", "apart")


def template_changed(site: Site) -> None:
    """The frame of every page."""
    site.edit("_templates/page.html", "One footer", "Another footer")


def template_removed(site: Site) -> None:
    """The frame of every page again, with nothing newer than the output."""
    (site.source / "_templates/page.html").unlink()


def style_sheet_changed(site: Site) -> None:
    """Its checksum is in the link on every page."""
    site.edit("_static/site.css", "teal", "navy")


def static_file_removed(site: Site) -> None:
    """A copy in the output."""
    (site.source / "_static/note.txt").unlink()


def title_of_a_section_index(site: Site) -> None:
    """A line in the navigation of every page."""
    site.edit("b/index.md", "# Section B", "# Part B")


def term_renamed(site: Site) -> None:
    """A glossary entry and a link to it."""
    site.edit("glossary.md", "borrow\n", "lend\n")
    site.edit("a/two.md", "{term}`borrow`", "{term}`lend`")


def equation_added_before(site: Site) -> None:
    """The number of an equation that another page names."""
    equation = "```{math}\n:label: sum"
    site.edit("a/one.md", equation, "```{math}\n:label: new\nc\n```\n\n" + equation)


def html_option_changed(site: Site) -> None:
    """A value that Sphinx writes all pages for."""
    site.edit("conf.py", 'html_title = "Sample"', 'html_title = "Example"')


def reading_option_changed(site: Site) -> None:
    """A value that Sphinx reads all pages for."""
    site.edit("conf.py", "myst_heading_anchors = 3", "myst_heading_anchors = 2")


def numbers_switched_on(site: Site) -> None:
    """Section numbers in titles, navigation and neighbours."""
    site.edit("index.md", ":maxdepth: 2\n", ":maxdepth: 2\n:numbered:\n")


CHANGES: list[Change] = [
    body_of_a_page,
    title_of_a_page,
    title_of_a_linked_heading,
    slug_of_a_linked_heading,
    label_moved_to_another_page,
    label_renamed,
    order_of_a_toctree,
    order_of_sections,
    page_added,
    page_added_to_a_glob,
    page_removed,
    page_removed_from_a_glob,
    section_removed,
    source_changed,
    source_added_and_cited,
    source_cited_for_the_first_time,
    source_removed,
    included_file_changed,
    quoted_program_changed,
    image_changed,
    download_changed,
    template_changed,
    template_removed,
    style_sheet_changed,
    static_file_removed,
    title_of_a_section_index,
    term_renamed,
    equation_added_before,
    html_option_changed,
    reading_option_changed,
    numbers_switched_on,
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_incremental_equals_clean(site: Site, change: Change) -> None:
    """Each file is the same after an incremental and after a clean build, and none is left."""
    change(site)
    status, said = site.build()
    assert status == 0, warnings(said)
    status, said = site.build(clean=True)
    assert status == 0, warnings(said)
    assert differences(site.html, site.folder / "clean-html") == []


def test_what_no_page_changed_is_not_written_again(site: Site) -> None:
    """An edit of a page leaves alone the inventory of all objects and all files for download."""
    [download] = site.html.glob("_downloads/*/taken.txt")
    files = (site.html / "objects.inv", download)
    before = [path.stat().st_ctime_ns for path in files]
    body_of_a_page(site)
    status, said = site.build()
    assert status == 0, warnings(said)
    assert [path.stat().st_ctime_ns for path in files] == before
