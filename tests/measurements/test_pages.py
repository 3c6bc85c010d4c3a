"""What the lab found on the pages of the sample comparison, built by Sphinx."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from xml.etree import ElementTree

import pytest

from lab.terms import Mode
from tests.conftest import Built, MakeSite, Site, edit
from tests.measured import CUP, POT, TestLab, add_lab

BOTH = {"cup": CUP, "pot": POT}
PAGE = """# Measurements

```{measurements}
```
"""
PUBLISHED = """\
[[figures]]
id = "cup"
title = "A cup"
says = "It took `Go` 3 s and Rust 1 s."
source = "bean-survey"
date = "2025"
hardware = "a stove"
versions = "Rust 1.0, Go 2.0"
low = 3.0
high = 3.0
measurement = "brewing/cup/time"
differs = "A stove is no kettle."
"""


@dataclass(frozen=True)
class Pages:
    """The sample site with a lab."""

    site: Site
    lab: TestLab

    def say(self, text: str) -> None:
        """Put text on the page about cost."""
        self.site.drinks.edit("cost.md", "# Cost\n", f"# Cost\n\n{text}\n")

    def build(self, builder: str = "html", **config: object) -> Built:
        """Build, strictly: nothing may be warned of."""
        built = self.site.build(builder, **config)
        assert built.warnings == ""
        return built


@pytest.fixture
def pages(make_site: MakeSite) -> Pages:
    """The sample site about Rust and Go, whose lab has no result yet, with its page."""
    site = make_site()
    site.drinks.about_rust_and_go()
    edit(site.source / "conf.py", '"comparison", ', '"comparison", "measurements", ')
    (site.drinks.folder / "measurements.md").write_text(PAGE, encoding="utf-8")
    index = site.drinks.folder / "index.md"
    index.write_text(
        index.read_text(encoding="utf-8") + "\n```{toctree}\n:hidden:\n\nmeasurements\n```\n"
    )
    return Pages(site, add_lab(site.drinks.folder))


def _article(html: str) -> str:
    start = html.index("<article")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html[start : html.index("</article>")]))


def test_an_experiment_without_results_says_so(pages: Pages) -> None:
    """With the command that measures it, and a number that is missing says why."""
    pages.say("It takes {measured}`brewing/cup/time go`.")
    built = pages.build()
    assert "Not measured yet on any machine." in _article(built.html("measurements"))
    assert "python -m lab run brewing" in _article(built.html("measurements"))
    assert "[no number: it is not measured yet]" in _article(built.html("cost"))
    edit(pages.lab.folder / "experiment.toml", "blocks = 2", 'blocks = 2\nrefused = "Too loud."')
    assert "Refused: Too loud." in _article(pages.build().html("measurements"))


def test_the_search_knows_an_experiment(pages: Pages) -> None:
    """Its section is a measurement of both subjects; the page around it stays a page."""
    edit(
        pages.site.source / "conf.py", '"measurements", ', '"measurements", "measurements.facets", '
    )
    pages.build()
    folder = pages.site.source / "_build" / "doctrees" / "search" / "html"
    text = (folder / "comparisons/tea-vs-coffee/measurements.json").read_text(encoding="utf-8")
    facets = {one["anchor"]: one["facets"] for one in json.loads(text)}
    assert facets[""]["kind"] == ["Page"]
    assert facets["lab-brewing"] == {"kind": ["Measurement"], "subject": ["Tea", "Coffee"]}


def test_a_result_is_shown_with_all_that_belongs_to_it(pages: Pages) -> None:
    """Figure, intervals, table, counts, environment, caveats, command, samples and refusal."""
    pages.lab.publish(BOTH)
    built = pages.build()
    text = _article(built.html("measurements"))
    for part in (
        "Question: What does a cup take?",
        "Expected before the first run: Both take as long.",
        "Kettle, 2 cores · Tea 1.1.0, Coffee 2.1.0 · 3 sittings of 2 blocks",
        "trust A",
        "Wait is refused: Others took up to 50% of a core",
        "Nobody drinks it.",
        "python -m lab run brewing",
        "build --release rust",
        "leaves 1.2.3",
        "Go --strong (tuned)",
        "Go --strong: With twice the leaves.",
        "Go, plain over Rust, plain",
        "2.00",
    ):
        assert part in text, part
    samples = [name for name in built.files() if name.endswith(".jsonl")]
    assert len(samples) == 3


def test_the_page_says_how_much_is_measured(pages: Pages) -> None:
    """Nobody takes a laboratory for its results."""
    expected = "Measured so far: 0 of 1 experiments, 0 of them in 3 sittings or more."
    assert expected in _article(pages.build().html("measurements"))
    pages.lab.publish(BOTH, sittings=2)
    assert "1 of 1 experiments, 0 of them" in _article(pages.build().html("measurements"))
    pages.lab.publish(BOTH)
    assert "1 of 1 experiments, 1 of them" in _article(pages.build().html("measurements"))
    pages.lab.publish(BOTH, mode=Mode.QUICK)
    assert expected in _article(pages.build().html("measurements"))


def test_the_page_says_how_far_programs_were_from_themselves(pages: Pages) -> None:
    """Of each sitting, workload and subject: so many count, and half are as near as said."""
    assert "against themselves" not in _article(pages.build().html("measurements"))
    pages.lab.publish(BOTH, control=1.02)
    text = _article(pages.build().html("measurements")).replace("\N{NO-BREAK SPACE}", " ")
    assert "12 of 12 second series of processor time are near enough" in text
    assert "half of all are within 2.0 % of it" in text
    pages.lab.publish(BOTH, control=1.06)
    assert "0 of 12 second series" in _article(pages.build().html("measurements"))


@pytest.mark.parametrize(("sittings", "better"), [(3, "Tea A"), (1, "undecided C, one sitting")])
def test_the_lowest_class_names_no_better_side(pages: Pages, sittings: int, better: str) -> None:
    """No claim may rest on it, so neither the table nor a mark of the figure says who is better."""
    pages.lab.publish(BOTH, sittings=sittings)
    pages.say("```{measurement} brewing\n:show: ratios\n:metric: time\n:workload: cup\n```")
    edit(pages.site.drinks.folder / "measurements.md", PAGE, "# Measurements\n")
    built = pages.build()
    text = _article(built.html("cost"))
    assert re.search(rf"Go, plain over Rust, plain 2\.0+ \[[^]]*\] {better}", text)
    figures = [content.decode() for name, content in built.files().items() if ".svg" in name]
    assert len(figures) == 2
    assert all(("<circle" in figure) is (better == "Tea A") for figure in figures)


def test_a_figure_comes_in_light_and_dark_with_its_words(pages: Pages) -> None:
    """Two images for a site, told apart by the theme's classes, both with the numbers in words."""
    pages.lab.publish(BOTH)
    html = pages.build().html("measurements")
    images = re.findall(r'<img alt="([^"]*)" class="([^"]*)"', html)
    assert [kind.split()[-1] for _, kind in images] == ["only-light", "only-dark"]
    assert all("Cup, Go, plain: 20.0" in alt for alt, _ in images)


def test_a_book_has_one_figure_of_fixed_width_and_all_tables(pages: Pages) -> None:
    """An e-reader knows neither theme, and plain text has the numbers as words and table."""
    pages.lab.publish(BOTH)
    files = pages.site.build("epub").files()
    [figure] = [content for name, content in files.items() if name.endswith(".svg")]
    assert b'width="640"' in figure
    text = pages.site.build("text", out="_text").files()
    page = text["comparisons/tea-vs-coffee/measurements.txt"].decode()
    words = re.sub(r"\s+", " ", page)
    assert "Cup, Go, plain: 20.0 ms" in words
    assert "| Cup" in page


@pytest.mark.parametrize("show", ["ratios", "values"])
def test_figures_are_well_formed_and_alike_in_each_build(pages: Pages, show: str) -> None:
    """The same results give the same bytes, and marks differ in shape, not in colour alone."""
    pages.lab.publish(BOTH)
    pages.say(f"```{{measurement}} brewing\n:metric: time\n:show: {show}\n```")
    figures = [
        {name: text for name, text in pages.site.build(out=out).files().items() if ".svg" in name}
        for out in ("_one", "_two")
    ]
    assert figures[0] == figures[1]
    assert len(figures[0]) == (4 if show == "ratios" else 2)
    for content in figures[0].values():
        tree = ElementTree.fromstring(content)
        assert tree.get("width") == "100%"
    everything = b"".join(figures[0].values())
    assert b"<circle" in everything
    assert b"<path" in everything


def test_a_short_run_is_marked_as_void(pages: Pages) -> None:
    """Nobody takes a first look for a result."""
    pages.lab.publish(BOTH, mode=Mode.QUICK)
    html = pages.build().html("measurements")
    assert "This result counts for nothing, because it is of a quick run." in _article(html)


@pytest.mark.parametrize("show", ["ratios", "values"])
def test_machines_stand_side_by_side(pages: Pages, show: str) -> None:
    """A figure shows a reader's own results beside ours, with environment, table and samples."""
    pages.lab.publish(BOTH)
    pages.lab.publish({**BOTH, "cup": {**CUP, "go": 0.04}}, processor="Samovar", sittings=4)
    edit(pages.site.drinks.folder / "measurements.md", PAGE, "# Measurements\n")
    pages.say(f"```{{measurement}} brewing\n:show: {show}\n:metric: time\n```")
    built = pages.build()
    text = _article(built.html("cost"))
    figures = [content.decode() for name, content in built.files().items() if ".svg" in name]
    assert len(figures) == 2
    for machine, cup in (("Kettle, 2 cores", "2.00"), ("Samovar, 2 cores", "4.00")):
        name = machine.partition(",")[0]  # a long label is broken
        assert all(figure.count(name) == (2 if show == "ratios" else 6) for figure in figures)
        assert f"{machine} · Tea 1.1.0, Coffee 2.1.0" in text
        assert f"Ratios of processor time, {machine}" in text
        assert re.search(rf"Machine: {machine}.*Raw samples", text)
        assert f"Go, plain over Rust, plain {cup} [" in text
    assert len([name for name in built.files() if name.endswith(".jsonl")]) == 7


def test_a_sentence_rests_on_the_machine_that_ran_most_often(pages: Pages) -> None:
    """Of the results that count: one of a short run, or of other programs, hides no other."""
    pages.lab.publish(BOTH)
    pages.lab.publish({**BOTH, "cup": {**CUP, "go": 0.04}}, processor="Samovar", sittings=4)
    pages.say("Go takes {measured}`brewing/cup/time ratio`, {measured}`brewing/cup/time go`.")
    assert "Go takes 4.00, 40.0 ms." in _article(pages.build().html("cost"))
    pages.lab.publish(BOTH, processor="Samovar", sittings=4, mode=Mode.QUICK)
    assert "Go takes 2.00, 20.0 ms." in _article(pages.build().html("cost"))


@pytest.mark.parametrize(
    ("asked", "printed"),
    [
        ("brewing/cup/time go", "20.0 ms"),
        ("brewing/cup/time go-strong", "15.0 ms"),
        ("brewing/cup/time ratio", "2.00"),
        ("brewing/pot/time estimate", "1.02 [1.02 to 1.03]"),
        ("brewing/cup/time verdict", "Tea"),
        ("brewing/cup/time trust", "A"),
        ("brewing/cup/time go-strong/go", "0.750"),
        ("brewing/*/time ratio", "1.02 to 2.00"),
    ],
)
def test_a_number_in_a_sentence(pages: Pages, asked: str, printed: str) -> None:
    """It is printed with its unit and leads to its experiment."""
    pages.lab.publish(BOTH, wobble=(1.0, 1.0001))
    pages.say(f"It is {{measured}}`{asked}` here.")
    html = pages.build().html("cost")
    assert f"It is {printed} here." in _article(html).replace("\N{NO-BREAK SPACE}", " ")
    assert 'href="measurements.html#lab-brewing"' in html


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ("baking/cup/time go", 'unknown experiment "baking"; expected one of: brewing'),
        ("brewing/mug/time go", 'unknown workload "mug"; expected one of: cup, pot'),
        ("brewing/cup/size go", 'unknown metric "size"; expected one of: time, wait'),
        ("brewing/cup/time tea", 'unknown variant "tea"'),
        ("brewing/cup/time go/go-strong", 'no ratio "go/go-strong"; expected one of: go/rust'),
        ("brewing/cup", 'cannot read "brewing/cup"'),
        ("brewing/*/time go", 'no range of "go"'),
    ],
)
def test_a_number_that_cannot_be_is_warned_of(pages: Pages, asked: str, wrong: str) -> None:
    """With page and line, and what was expected."""
    pages.lab.publish(BOTH)
    pages.say(f"It is {{measured}}`{asked}` here.")
    warnings = pages.site.build().warnings
    assert "cost.md:3: WARNING: " in warnings
    assert wrong in warnings


@pytest.mark.parametrize(
    ("directive", "wrong"),
    [
        ("```{measurement} baking\n```", 'unknown experiment "baking"; expected one of: brewing'),
        (
            "```{measurement} brewing\n:metric: size\n```",
            ':metric: unknown metric "size"; expected one of: time, wait',
        ),
        ("```{published}\n```", "published.toml:1: file: is missing"),
    ],
)
def test_a_figure_that_cannot_be_is_an_error(pages: Pages, directive: str, wrong: str) -> None:
    """With page and line, and what was expected."""
    pages.say(directive)
    warnings = pages.site.build().warnings
    assert "cost.md:3: ERROR: " in warnings
    assert wrong in warnings


def test_a_damaged_summary_is_an_error(pages: Pages) -> None:
    """It names the file and the command that writes it again."""
    pages.lab.publish(BOTH)
    path = pages.lab.results / "summary.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"format": 1', '"format": 2'))
    warnings = pages.site.build().warnings
    assert "summary.json: format:" in warnings
    assert "expected `python -m lab report brewing`" in warnings


def test_other_results_rebuild_exactly_the_pages_that_show_them(pages: Pages) -> None:
    """A sentence elsewhere is read again, a page without a number is not; new machines count."""
    pages.lab.publish(BOTH)
    pages.say("It is {measured}`brewing/cup/time go` here.")
    pages.build()
    root = "comparisons/tea-vs-coffee"
    assert pages.build().read == set()
    pages.lab.publish({**BOTH, "cup": {**CUP, "go": 0.03}})
    built = pages.build()
    assert built.read == {f"{root}/cost", f"{root}/measurements"}
    assert "It is 30.0" in _article(built.html("cost"))
    assert built.files() == pages.site.build(out="_clean").files()
    pages.lab.publish(BOTH, processor="Samovar")
    assert pages.build().read == {f"{root}/cost", f"{root}/measurements"}


def test_pages_are_the_same_when_read_in_parallel(pages: Pages) -> None:
    """What one process noted of its pages, the others know."""
    pages.lab.publish(BOTH)
    pages.say("It is {measured}`brewing/cup/time go` here.")
    alone = pages.site.build(out="_alone").files()
    assert pages.site.build(out="_two", parallel=2).files() == alone
    os.utime(pages.lab.folder / "experiment.toml", ns=(1, 1))
    assert len(pages.site.build(out="_two", parallel=2).read) <= 2


@pytest.mark.parametrize(
    ("ours", "said"),
    [
        (0.03, "Difference: ours lies among theirs."),
        (0.02, "Difference: 1.5 times, which other machines"),
        (0.01, "Difference: 3.0 times. Open: nobody has found out why."),
    ],
)
def test_a_published_figure_stands_beside_ours(pages: Pages, ours: float, said: str) -> None:
    """By how much they differ is computed; beyond two times it is explained or open."""
    path = pages.lab.workspace / "published.toml"
    path.write_text(PUBLISHED, encoding="utf-8")
    pages.lab.publish({**BOTH, "cup": {**CUP, "go": ours}}, wobble=(1.0, 1.0))
    pages.say("```{published}\n```")
    text = _article(pages.build().html("cost"))
    assert "Published: It took Go 3 s and Rust 1 s." in text
    assert said in text
    if ours == CUP["rust"]:
        path.write_text(f'{PUBLISHED}explained = "The kettle sings."\n', encoding="utf-8")
        assert "3.0 times. The kettle sings." in _article(pages.build().html("cost"))


def _said_of_similar(pages: Pages, similar: str) -> str:
    """Return what a page says of a published figure that has only something similar beside it."""
    unmeasured = f'unmeasured = "Nobody has that cup."\n{similar}'
    text = PUBLISHED.replace('measurement = "brewing/cup/time"', unmeasured)
    (pages.lab.workspace / "published.toml").write_text(text, encoding="utf-8")
    pages.lab.publish(BOTH)
    pages.say("```{published}\n```")
    return _article(pages.build().html("cost"))


def test_what_is_not_measured_can_have_something_similar_beside(pages: Pages) -> None:
    """Its ratio stands there with its class, and no difference is drawn from it."""
    said = _said_of_similar(pages, 'similar = ["brewing/cup/time", "brewing/pot/wait"]')
    assert "Ours: not measured. Nobody has that cup." in said
    assert "Similar: Brewing, Cup: processor time: 2.00 [" in said
    assert "Similar: Brewing, Pot: wait: no ratio, because it is refused" in said
    assert "Difference" not in said


def test_two_variants_can_stand_beside_a_published_figure(pages: Pages) -> None:
    """They are named, for they are not those that stand for their subjects."""
    said = _said_of_similar(pages, 'similar = ["brewing/cup/time"]\npair = "go-strong/go"')
    assert "Cup: processor time, Go --strong over Go, plain: 0.750 [" in said


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("low = 3.0", "low = 4.0", '"cup" has its bounds out of order'),
        ('measurement = "brewing/cup/time"\n', "", '"cup" has both or neither'),
        ('title = "A cup"\n', "", "figures[0].title"),
        (
            'differs = "',
            'similar = ["brewing/pot/time"]\ndiffers = "',
            '"cup" is measured and similar to others',
        ),
        ('"brewing/cup/time"', '"brewing/mug/time"', 'unknown workload "mug"'),
    ],
)
def test_a_mistake_among_published_figures_is_told(
    pages: Pages, old: str, new: str, wrong: str
) -> None:
    """With file and key."""
    text = PUBLISHED.replace(old, new)
    assert text != PUBLISHED
    (pages.lab.workspace / "published.toml").write_text(text, encoding="utf-8")
    pages.say("```{published}\n```")
    assert wrong in pages.site.build().warnings


@pytest.mark.parametrize(
    ("asked", "printed"),
    [
        ("brewing/cup/time go", "20 ms (class C)"),
        ("brewing/cup/time go-strong", "15 ms (class C)"),
        ("brewing/cup/time ratio", "2.0 (class C)"),
        ("brewing/cup/time estimate", "2.0 (class C)"),
        ("brewing/cup/time verdict", "undecided (class C)"),
        ("brewing/cup/time go-strong/go", "0.75 (class C)"),
        ("brewing/*/time ratio", "1.0 to 2.0 (class C)"),
    ],
)
def test_a_sentence_says_that_a_number_is_of_class_c(
    pages: Pages, asked: str, printed: str
) -> None:
    """One sitting gives two digits and no interval, for it says nothing of other sittings."""
    pages.lab.publish(BOTH, sittings=1)
    pages.say(f"It is {{measured}}`{asked}` here.")
    html = pages.build().html("cost")
    assert f"It is {printed} here." in _article(html).replace("\N{NO-BREAK SPACE}", " ")


def test_an_interval_of_class_c_is_kept_where_sittings_differ(pages: Pages) -> None:
    """Of several sittings the interval tells how they differ, whatever their class."""
    pages.lab.publish(BOTH, sittings=2)
    pages.say("It is {measured}`brewing/cup/time estimate` here.")
    text = _article(pages.build().html("cost")).replace("\N{NO-BREAK SPACE}", " ")
    assert re.search(r"It is 2\.0 \[2\.0( to 2\.\d)?\] \(class C\) here\.", text)


def test_one_sitting_has_no_spread(pages: Pages) -> None:
    """Figure and table say that the interval is within it, and give no spread of nought."""
    pages.lab.publish(BOTH, sittings=1)
    text = _article(pages.build().html("measurements"))
    assert "with the 95 % interval within its one sitting" in text
    assert "C, one sitting" in text
    assert "trust C, low: at best the direction is known" in text
    pages.lab.publish(BOTH)
    text = _article(pages.build().html("measurements"))
    assert "its one sitting" not in text
    assert "C, one sitting" not in text
    assert re.search(r"A, \d\.\d.%", text)


def test_the_only_sitting_that_counts_has_no_spread(pages: Pages) -> None:
    """Where the others are void, figure, table and sentence speak as of one sitting."""
    pages.lab.publish(BOTH, control=(1.5, 1.5, 1.0))
    pages.say("It is {measured}`brewing/cup/time estimate` here.")
    built = pages.build()
    text = _article(built.html("measurements"))
    assert "with the 95 % interval within its one sitting" in text
    assert "C, one sitting" in text
    assert "3 sittings of 2 blocks, 1 of which count, 2026-02-01 to 2026-02-03" in text
    assert "It is 2.0 (class C) here." in _article(built.html("cost"))


def test_what_may_carry_a_claim_is_counted(pages: Pages) -> None:
    """By class, and for time in the two ways in which it is taken."""
    pages.lab.publish(BOTH)
    said = "What may carry a claim: 2 of 4 results are of class N, A or B, 0 of class C, and 2 have"
    clock = "of processor time 2 of 2; of times and rates by the clock 0 of 2."
    text = _article(pages.build().html("measurements"))
    assert said in text
    assert clock in text
    pages.lab.publish(BOTH, sittings=1)
    text = _article(pages.build().html("measurements"))
    assert "0 of 4 results are of class N, A or B, 2 of class C" in text


def test_a_range_says_what_it_leaves_out(pages: Pages) -> None:
    """A workload without a number is none of the range, and that is said."""
    pages.lab.publish(BOTH)
    summary = pages.lab.results / "summary.json"
    data = json.loads(summary.read_text(encoding="utf-8"))
    data["workloads"][1]["metrics"][0].update(refused="It boiled over.", values=[], pairs=[])
    summary.write_text(json.dumps(data), encoding="utf-8")
    pages.say("It is {measured}`brewing/*/time ratio`.")
    html = pages.build().html("cost")
    assert "It is 2.00 (in 1 of 2 workloads)." in _article(html)
