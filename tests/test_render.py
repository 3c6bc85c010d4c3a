from __future__ import annotations

import html
import re
import zipfile
from typing import TYPE_CHECKING

import pytest
from comparison import judge
from comparison.model import MEASURED, Feature, Interval, Measured
from comparison.parts import Page, joined, tally_text, value_text, versions_text
from docutils import nodes

if TYPE_CHECKING:
    from pytest_regressions.file_regression import FileRegressionFixture

    from tests.conftest import Built, Drinks, MakeBuilt

PAGES = ("index", "taste", "cost", "evidence", "bibliography")


# Words


@pytest.mark.parametrize(
    ("applies", "text"),
    [
        (">=1.14", "≥ 1.14"),
        (">=1.8, <1.26", "≥ 1.8, < 1.26"),
        ("<=2.0", "≤ 2.0"),
        ("== 1.2", "= 1.2"),
        (">1.0,!=1.4", "> 1.0,!= 1.4"),
    ],
)
def test_a_version_range_is_written_for_readers(applies: str, text: str) -> None:
    """Operators become signs, and none is torn from its version at the end of a line."""
    assert versions_text(applies) == re.sub(r"([≥≤<>=]) ", "\\1\N{NO-BREAK SPACE}", text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12.0, "12 ms"),
        (0.5, "0.5 ms"),
        (13.9, "13.9 ms"),
        (1000000.0, "1,000,000 ms"),
        (1234567.5, "1,234,567.5 ms"),
        (Interval(low=2.0, high=4.25), "2 to 4.25 ms"),
        (Interval(low=150000, high=2e6), "150,000 to 2,000,000 ms"),
        ("unknown", "Unknown"),
    ],
)
def test_a_number_is_written_in_full(drinks: Drinks, value: object, text: str) -> None:
    """No digit is lost, no exponent is shown, thousands are told apart, and the unit follows."""
    metric = {"unit": "ms", "better": "lower", "threshold": 1.25}
    feature = Feature.model_validate(
        {"id": "f", "name": "F", "question": "How?", "why": "So.", "metric": metric}
    )
    claim = drinks.comparison().claims["price-tea"][1].model_copy(update={"value": value})
    assert value_text(feature, claim) == text


@pytest.mark.parametrize(
    ("has_result", "estimates", "text"),
    [
        (True, {"tea": 0.012}, "12.0 ms"),
        (True, {}, "No sound value"),
        (False, {}, "Not measured"),
    ],
)
def test_what_was_measured_and_does_not_count_is_told_from_what_was_not(
    drinks: Drinks, has_result: bool, estimates: dict[str, float], text: str
) -> None:
    """A result of class C is no value, but somebody has measured."""
    comparison = drinks.comparison()
    _, claim = comparison.claims["price-tea"]
    measured = Measured(
        id="brewing/cup/time",
        title="Brewing",
        unit="s",
        better="lower",
        threshold=1.1,
        subjects=("tea", "coffee"),
        missing=None,
        has_result=has_result,
        estimates=estimates,
    )
    claim = claim.model_copy(update={"value": MEASURED})
    said = value_text(comparison.features["price"][1], claim, measured)
    assert said.replace("\N{NO-BREAK SPACE}", " ") == text


def test_a_level_is_written_by_its_label(drinks: Drinks) -> None:
    """Readers see the label of a level, not its id."""
    comparison = drinks.comparison()
    feature = comparison.features["warmth"][1]
    assert value_text(feature, comparison.valued["warmth", "coffee"]) == "Short"


@pytest.mark.parametrize(
    ("tally", "text"),
    [
        (
            judge.Tally({"tea": 3, "coffee": 1}, 1, 2),
            "3 favour Tea, 1 favours Coffee, 1 even, 2 undecided",
        ),
        (judge.Tally({"tea": 7, "coffee": 0}, 0, 0), "7 favour Tea, 0 favour Coffee"),
    ],
)
def test_a_tally_says_that_rows_are_counted(drinks: Drinks, tally: judge.Tally, text: str) -> None:
    """The tally gives the rows in all, each subject's count in order, and the others if any."""
    page = Page(drinks.comparison(), "x", lambda text: [nodes.Text(text)])
    assert tally_text(page, tally) == f"7 rows: {text}"


def test_parts_are_joined_by_a_dot() -> None:
    """Between parts, and only between them, stands a middle dot."""
    parts = [[nodes.Text("a")], [nodes.Text("b"), nodes.Text("c")], [nodes.Text("d")]]
    assert "".join(node.astext() for node in joined(parts)) == "a · bc · d"
    assert joined([]) == []


# Pages


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_made_of_the_expected_nodes(
    built: MakeBuilt, file_regression: FileRegressionFixture, name: str
) -> None:
    """The doctree of a page is as recorded; after a wanted change record it by `--force-regen`."""
    tree = built("html").page(name)
    file_regression.check(tree, basename=name, extension=".xml", encoding="utf-8")


@pytest.mark.parametrize("builder", ["html", "text", "latex", "epub"])
def test_every_output_is_built_without_a_warning(built: MakeBuilt, builder: str) -> None:
    """The sample has every kind of record, and no builder has anything to say about it."""
    assert built(builder).warnings == ""


@pytest.mark.parametrize("builder", ["html", "text", "latex", "epub"])
def test_no_output_lacks_what_data_holds(built: MakeBuilt, drinks: Drinks, builder: str) -> None:
    """Sentences, values, counter-arguments, sources and their places are in every output."""
    text = plain_text(built(builder), builder)
    comparison = drinks.comparison()
    expected = [source.title for source in comparison.sources.values()]
    for topic in comparison.topics:
        data = topic.data
        expected += [topic.title, data.verdict.text, *data.verdict.flips_if, *data.summary.values()]
        expected += [dissent.text for dissent in data.verdict.dissent]
        for feature in data.features:
            expected += [feature.name, feature.question, feature.why]
            for level in feature.levels or ():
                expected += [level.label, level.meaning]
        for claim in data.claims:
            expected += [claim.text, claim.objection.text, claim.verified.on.isoformat()]
            expected += [item.locator for item in claim.evidence if item.locator]
            expected += [item.note for item in claim.evidence if item.note]
    expected += ["4 to 6 cents", "12 cents", "Leans to Tea"]
    expected += ["2 favour Tea, 0 favour Coffee", "1 favours Tea, 0 favour Coffee"]
    missing = [phrase for phrase in expected if re.sub(r"[`*]", "", phrase) not in text]
    assert missing == []


@pytest.mark.parametrize("builder", ["html", "text", "latex", "epub"])
def test_every_output_grades_every_claim(built: MakeBuilt, drinks: Drinks, builder: str) -> None:
    """Wherever a topic page states a claim, the next grade that it shows is the claim's."""
    text = plain_text(built(builder), builder)
    comparison = drinks.comparison()
    for _, claim in comparison.claims.values():
        sentence = re.escape(re.sub(r"[`*]", "", claim.text))
        sentence = rf"{comparison.subjects[claim.subject].name}:? {sentence}"
        shown = re.findall(rf"{sentence}.*?grade ([A-D])", text)
        assert shown
        assert set(shown) == {judge.grade(comparison, claim).grade.value}


def plain_text(built: Built, builder: str) -> str:
    """Return the words of all pages, without markup, each space a single one."""
    if builder == "epub":
        [file] = built.out.glob("*.epub")
        with zipfile.ZipFile(file) as book:
            pages = [book.read(name).decode() for name in book.namelist() if "xhtml" in name]
    else:
        suffix = {"html": "html", "text": "txt", "latex": "tex"}[builder]
        files = sorted(built.out.rglob(f"*.{suffix}"))
        pages = [file.read_text(encoding="utf-8") for file in files]
    text = "\n".join(pages)
    if builder in ("html", "epub"):
        text = re.sub(r"<script.*?</script>", " ", text, flags=re.DOTALL)
        text = html.unescape(re.sub(r"</(p|td|li)>", " ", text))
        text = re.sub(r"<[^>]*>", "", text)
    elif builder == "latex":
        text = re.sub(r"%\n|\\DUrole\{[^}]*\}", "", text)
        text = re.sub(r"\\hyperref\[.*?\]|\\(href|ref|label|phantomsection)\{[^}]*\}", "", text)
        text = text.replace(r"\%", "%").replace("~", " ").replace(r"\sphinxhyphen{}", "-")
        text = re.sub(r"\\[a-zA-Z]+\*?", "", text)
        text = re.sub(r"[{}]", "", text)
    else:
        text = re.sub(r"[*\"]", "", text)
    return " ".join(text.split())
