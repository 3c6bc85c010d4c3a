"""Nothing of the site is lost on paper, every link leads somewhere, and the pages are sound."""

from __future__ import annotations

import re

import pypdfium2
import pytest
from comparison.load import comparison_folders
from comparison.model import Comparison
from comparison.validate import check_comparison
from docutils import nodes

from tests.printed.conftest import Printed
from tests.site.building import SOURCE
from tests.typst_builder import looking
from tests.typst_builder.verapdf import broken_rules

WHOLE = "technologycomparisons"
COMPARISONS = [folder.name for folder in comparison_folders(SOURCE / "comparisons")]
DOCUMENTS = [WHOLE, *COMPARISONS]

LEAST_LETTERS = 200
"""On a page with fewer, head and foot included, there is next to nothing."""

LEAST_MARGIN_PT = 30
"""Head and foot come nearest to the edge."""

_LEFT_OUT = re.compile(r"[\s\N{HYPHEN}\N{HYPHEN-MINUS}\N{SOFT HYPHEN}\ufffe\x02↪]+")


def squeezed(text: str) -> str:
    """Return text without what the setting of lines adds or takes: spaces, hyphens, marks."""
    return _LEFT_OUT.sub("", text.replace("\t", ""))


@pytest.fixture(scope="session")
def texts(printed: Printed) -> dict[str, str]:
    """The whole text of each document, squeezed."""
    return {name: squeezed("".join(printed.pages(name))) for name in printed.names()}


def comparison_of(name: str) -> Comparison:
    """Return the data of a comparison."""
    comparison, problems = check_comparison(SOURCE / "comparisons" / name)
    assert comparison is not None, problems
    return comparison


def absent(text: str, wanted: list[str]) -> list[str]:
    """Return what is not in the text."""
    assert wanted
    return [one for one in dict.fromkeys(wanted) if squeezed(one) not in text]


def test_there_is_one_for_each_comparison_and_one_of_everything(printed: Printed) -> None:
    """The documents are listed from the data."""
    assert printed.names() == sorted(DOCUMENTS)


@pytest.mark.parametrize("name", COMPARISONS)
@pytest.mark.parametrize("whole", [False, True], ids=["alone", "in the whole"])
def test_no_record_is_lost(texts: dict[str, str], name: str, whole: bool) -> None:
    """Every claim's id and number, every feature, verdict's topic and source's address is there."""
    comparison = comparison_of(name)
    text = texts[WHOLE if whole else name]
    wanted = list(comparison.claims)
    wanted += [feature.name for _, feature in comparison.features.values()]
    wanted += [topic.title for topic in comparison.topics]
    wanted += [source.url for source in comparison.sources.values()]
    wanted += [program.title for program in comparison.programs.values()]
    assert absent(text, [re.sub(r"[`*]", "", one) for one in wanted]) == []


@pytest.mark.parametrize("name", COMPARISONS)
@pytest.mark.parametrize("whole", [False, True], ids=["alone", "in the whole"])
def test_no_text_is_lost(printed: Printed, texts: dict[str, str], name: str, whole: bool) -> None:
    """Every heading, caption, tab, program, output and plain paragraph of a page is there."""
    kinds = (nodes.title, nodes.caption, nodes.rubric, nodes.literal_block, nodes.term)
    wanted = []
    for _, page in printed.sources(f"comparisons/{name}"):
        wanted += [node.astext() for kind in kinds for node in page.findall(kind)]
        for paragraph in page.findall(nodes.paragraph):
            if all(isinstance(child, nodes.Text) for child in paragraph.children):
                wanted.append(paragraph.astext())
    assert absent(texts[WHOLE if whole else name], wanted) == []


def test_a_loss_is_found() -> None:
    """What is not in a text is named, whatever its spaces and hyphens."""
    assert absent("ab", ["a-\nb", "c"]) == ["c"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_leads_somewhere(printed: Printed, name: str) -> None:
    """No link is dead, and no place of the machine is the end of one."""
    with printed.open(name) as pdf:
        found = list(looking.links(pdf))
    assert [link for link in found if link.target is None and link.address is None] == []
    schemes = {link.address.partition(":")[0] for link in found if link.address}
    assert schemes <= {"https", "http", "mailto"}
    assert len([link for link in found if link.target]) > 1000


@pytest.mark.parametrize("name", COMPARISONS)
def test_a_claim_can_be_linked_to(printed: Printed, name: str) -> None:
    """Every claim's own link leads to the page that it stands on, and not to the one before."""
    claims = set(comparison_of(name).claims)
    with printed.open(name) as pdf:
        found = list(looking.links(pdf))
    own = {}
    with pypdfium2.PdfDocument(printed.folder / f"{name}.pdf") as pdf:
        texts = [page.get_textpage() for page in pdf]
        for link in found:
            text = texts[link.page - 1].get_text_bounded(*link.box).strip()
            if text in claims:
                own[text] = (link.page, link.target)
    assert own.keys() == claims
    assert {text: pages for text, pages in own.items() if len(set(pages)) > 1} == {}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_bookmarks_lead_to_their_headings(printed: Printed, name: str) -> None:
    """The page that a bookmark leads to has its title on it."""
    pages = [squeezed(text) for text in printed.pages(name)]
    with pypdfium2.PdfDocument(printed.folder / f"{name}.pdf") as pdf:
        marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in pdf.get_toc()]
    assert len(marks) > 100
    assert [title for title, page in marks if squeezed(title) not in pages[page]] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_pages_are_neither_empty_nor_overfull(printed: Printed, name: str) -> None:
    """No page but the cover has next to nothing on it, and no text leaves the page."""
    faults = []
    with pypdfium2.PdfDocument(printed.folder / f"{name}.pdf") as pdf:
        for number, page in enumerate(pdf, 1):
            text = page.get_textpage()
            if number > 1 and len(squeezed(text.get_text_range())) < LEAST_LETTERS:
                faults.append(f"{number}: next to nothing: {text.get_text_range()!r}")
            boxes = [text.get_rect(index) for index in range(text.count_rects())]
            left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
            low, high = min(box[1] for box in boxes), max(box[3] for box in boxes)
            width, height = page.get_size()
            if min(left, low, width - right, height - high) < LEAST_MARGIN_PT:
                faults.append(f"{number}: text in the margin: {left, low, right, high}")
    assert faults == []


@pytest.mark.parametrize("name", COMPARISONS)
def test_pages_break_where_a_reader_would(printed: Printed, name: str) -> None:
    """No title, term or line with a colon ends a page, and none begins with the end of a box."""
    titles, others, code = set(), set(), set()
    for _, page in printed.sources(f"comparisons/{name}"):
        for node in page.findall(nodes.TextElement):
            kinds = [type(child) for child in node.children if child.astext()]
            if isinstance(node, (nodes.title, nodes.term)) or kinds == [nodes.strong]:
                titles.add(squeezed(node.astext()))
            elif isinstance(node, nodes.literal_block):
                code.update(map(squeezed, node.astext().splitlines()))
            elif isinstance(node, (nodes.paragraph, nodes.reference)):  # a cell of a table, a link
                others.add(squeezed(node.astext()))
    titles -= others
    faults = []
    for number, text in enumerate(printed.pages(name), 1):
        first, last = (text.splitlines() or [""])[0], (text.splitlines() or [""])[-1]
        announces = last.endswith(":") and squeezed(last) not in code
        if number > 1 and (announces or squeezed(last) in titles):
            faults.append(f"{number} ends with {last}")
        if first.startswith(("Leans to:", "Grade ", "Ran as shown")):
            faults.append(f"{number} begins with {first}")
    assert faults == []


@pytest.mark.parametrize("claim", ["ua1", "2a"])
def test_the_claims_are_true(printed: Printed, claim: str) -> None:
    """The document of everything breaks, as veraPDF finds, no rule of PDF/UA-1 and PDF/A-2a."""
    assert broken_rules(printed.folder / f"{WHOLE}.pdf", claim) == []
