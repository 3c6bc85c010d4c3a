from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from docutils import nodes
from examples.content import side_digest
from examples.load import load_programs
from examples.results import Result, write_results
from sphinx import addnodes
from sphinx.testing.util import SphinxTestApp
from sphinx.util.console import strip_escape_sequences

ROOT = Path(__file__).parent / "roots" / "test-programs"
FOLDER = "comparisons/tea-vs-coffee"


@dataclass
class Built:
    """What a build said and made."""

    warnings: str
    read: set[str]
    trees: dict[str, nodes.document]
    out: Path

    def tree(self, page: str) -> nodes.document:
        """Return the resolved doctree of a page of the comparison."""
        return self.trees[f"{FOLDER}/{page}"]


@dataclass(frozen=True)
class Programs:
    """A copy of the root."""

    source: Path

    @property
    def examples(self) -> Path:
        """The examples folder."""
        return self.source / FOLDER / "examples"

    def record(self) -> None:
        """Write results that are current."""
        loaded = load_programs(self.examples)
        assert loaded.problems == []
        sides = [side for program in loaded.programs for side in program.sides.values()]
        release = {"rust": "1.95.0", "go": "1.26.8"}
        results = {
            (side.program, side.subject.id): Result(side_digest(side), (release[side.subject.id],))
            for side in sides
        }
        write_results(self.examples, results)

    def page(self, text: str) -> None:
        """Replace the page of failing programs by a title and a directive on line 3."""
        (self.source / FOLDER / "failing.md").write_text(f"# Page\n\n{text}\n", encoding="utf-8")

    def build(self, builder: str = "html", parallel: int = 0) -> Built:
        """Build in this process."""
        read: set[str] = set()
        trees: dict[str, nodes.document] = {}
        out = self.source / "_build"
        app = SphinxTestApp(builder, srcdir=self.source, builddir=out, parallel=parallel)
        try:
            app.connect("source-read", lambda app, docname, source: read.add(docname))
            app.connect(
                "doctree-resolved",
                lambda app, tree, docname: trees.update({docname: tree}),
                priority=999,
            )
            app.build()
            warnings = strip_escape_sequences(app.warning.getvalue())
        finally:
            app.cleanup()
        return Built(warnings, read, trees, app.outdir)


@pytest.fixture
def programs(tmp_path: Path) -> Programs:
    """A copy of the root with results that are current."""
    shutil.copytree(ROOT, tmp_path / "site")
    made = Programs(tmp_path / "site")
    made.record()
    return made


def _texts(tree: nodes.Element, kind: type[nodes.Element]) -> list[str]:
    return [node.astext() for node in tree.findall(kind)]


def test_a_pair_is_shown_with_code_command_and_output(programs: Programs) -> None:
    """The nodes are standard: captioned literal blocks under a label for each language."""
    built = programs.build("dummy")
    assert built.warnings == ""
    pair = next(n for n in built.tree("index").findall(nodes.container) if n["ids"])
    assert pair["ids"] == ["greeting"]
    assert _texts(pair, nodes.rubric) == ["Rust", "Go"]
    assert pair[0].astext() == "A greeting. Both greet."
    assert _texts(pair, nodes.caption) == [
        "taste/greet/rust/src/main.rs",
        f"Run it in {FOLDER}/examples",
        "Output",
        "taste/greet/go/main.go",
        f"Run it in {FOLDER}/examples",
    ]
    blocks = [(node["language"], node.astext()) for node in pair.findall(nodes.literal_block)]
    assert blocks[:3] == [
        ("rust", 'fn main() {\n    println!("hello");\n}'),
        ("sh", "cargo run -q -p greet"),
        ("text", "hello"),
    ]
    assert blocks[4] == ("sh", "go run ./taste/greet/go")
    facts = [n.astext() for n in pair.findall(nodes.paragraph) if "facts" in str(n["classes"])]
    assert facts == [
        "Ran as shown on Rust 1.95.0. Whole file: src/main.rs",
        "Ran as shown on Go 1.26.8. Whole file: main.go",
    ]


def test_tabs_are_synchronised_for_the_whole_site(programs: Programs) -> None:
    """Every label has the same group, which is what makes one choice count everywhere."""
    programs.build()
    html = (programs.source / "_build/html" / FOLDER / "index.html").read_text(encoding="utf-8")
    assert html.count('data-sync-group="language"') == 4
    assert html.count('data-sync-id="rust"') == 2


def test_a_region_and_its_lines(programs: Programs) -> None:
    """A region is shown without markers, and lines of it are emphasised, one side's only."""
    tree = programs.build("dummy").tree("index")
    blocks = [n for n in tree.findall(nodes.literal_block) if n["language"] in ("rust", "go")]
    rust, go = blocks[2:]
    assert rust["highlight_args"] == {}
    assert go["highlight_args"] == {"hl_lines": [2, 3]}
    assert go.astext() == 'func main() {\n\tfmt.Println("hello")\n}'


def test_a_file_that_both_sides_share_is_shown_by_each(programs: Programs) -> None:
    """It is named as it lies beside the sides, and its link leads there."""
    folder = programs.examples / "taste" / "greet"
    (folder / "greet.proto").write_text("// region: all\nservice Greet {}\n// endregion\n")
    with (folder / "example.toml").open("a", encoding="utf-8") as file:
        file.write('[rust]\nshow = ["../greet.proto"]\n[go]\nshow = ["../greet.proto"]\n')
    programs.record()
    programs.page("```{example} taste/greet\n:region: all\n```")
    tree = programs.build("dummy").tree("failing")
    assert _texts(tree, nodes.caption).count("taste/greet/greet.proto") == 2
    targets = {node["reftarget"] for node in tree.findall(addnodes.download_reference)}
    assert targets == {f"/{FOLDER}/examples/taste/greet/greet.proto"}


def test_a_long_output_is_folded_a_diagnostic_is_open(programs: Programs) -> None:
    """An output of many lines is closed at first, but a diagnostic is what the reader came for."""
    built = programs.build("dummy")
    [folded, again] = built.tree("index").findall(nodes.admonition)
    assert folded["collapsible"] is True
    assert folded[0].astext() == again[0].astext() == "Output, 17 lines"
    [diagnostic] = built.tree("failing").findall(nodes.admonition)
    assert diagnostic["collapsible"] == "open"
    assert diagnostic[0].astext() == "The compiler refuses it, 17 lines"


def test_a_failing_program_shows_why_and_what_varies(programs: Programs) -> None:
    """A lone side stands under its label, with its diagnostic and what differs between runs."""
    tree = programs.build("dummy").tree("failing")
    assert _texts(tree, nodes.rubric) == ["Rust", "Go"]
    text = tree.astext()
    assert "error[E0382]: use of moved value" in text
    assert "The output of one run. The order differs." in text
    assert "Refused as shown on Rust 1.95.0." in text
    assert "Failed as shown on Go 1.26.8." in text


def test_the_whole_file_is_copied_to_the_site(programs: Programs) -> None:
    """One click leads to the file as it is, markers included."""
    built = programs.build()
    assert built.warnings == ""
    copies = sorted((built.out / "_downloads").rglob("*.*"))
    kept = (programs.examples / "taste/greet/go/main.go").read_bytes()
    assert kept in [path.read_bytes() for path in copies]
    assert len(list(built.tree("index").findall(addnodes.download_reference))) == 4


@pytest.mark.parametrize("builder", ["text", "epub", "latex"])
def test_where_no_tab_can_be_chosen_both_sides_are_shown(programs: Programs, builder: str) -> None:
    """Both labels and both programs are there, one after the other, and nothing hides one."""
    built = programs.build(builder)
    assert built.warnings == ""
    suffix = {"text": "txt", "epub": "xhtml", "latex": "tex"}[builder]
    [page] = [
        path.read_text(encoding="utf-8")
        for path in built.out.rglob(f"*.{suffix}")
        if path.name in (f"index.{suffix}", "drinks.tex") and "greet" in path.read_text()
    ]
    words = ("Rust", "greet/rust/src/main.rs", "Go", "greet/go/main.go")
    places = [page.index(word) for word in words]
    assert places == sorted(places)
    assert builder == "latex" or "sd-tab" not in page
    assert "<input" not in page


def test_parallel_reading_gives_the_same(programs: Programs) -> None:
    """Two processes make the pages that one makes."""
    alone = programs.build()
    page = alone.out / FOLDER / "index.html"
    before = page.read_bytes()
    shutil.rmtree(programs.source / "_build")
    together = programs.build(parallel=2)
    assert together.warnings == ""
    assert page.read_bytes() == before


@pytest.mark.parametrize(
    ("path", "reread"),
    [
        ("taste/greet/go/main.go", {"index"}),
        ("taste/greet/output-rust.txt", {"index"}),
        ("taste/greet/example.toml", {"index"}),
        ("taste/moved/rust/main.rs", {"failing"}),
        ("Cargo.toml", {"index", "failing"}),
        ("results.json", {"index", "failing"}),
    ],
)
def test_a_changed_file_re_reads_its_pages(programs: Programs, path: str, reread: set[str]) -> None:
    """A page is read again when a file changes that it shows, or that its result rests on."""
    programs.build("dummy")
    assert programs.build("dummy").read == set()
    file = programs.examples / path
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    again = programs.build("dummy")
    assert again.read == {f"{FOLDER}/{name}" for name in reread}
    assert again.warnings == ""


def test_a_changed_program_is_not_said_to_have_run(programs: Programs) -> None:
    """Until it has run again the page names no release."""
    file = programs.examples / "taste/greet/go/main.go"
    file.write_text(file.read_text(encoding="utf-8").replace("hello", "hullo"), encoding="utf-8")
    text = programs.build("dummy").tree("index").astext()
    assert "Not run since it was changed." in text
    assert "on Go" not in text
    assert "Ran as shown on Rust 1.95.0." in text


def _example(options: str, name: str = "taste/greet") -> str:
    return f"```{{example}} {name}\n{options}\n```"


def _remove_output(programs: Programs) -> None:
    (programs.examples / "taste/greet/output-go.txt").unlink()
    programs.page(_example(""))


def _break_data(programs: Programs) -> None:
    (programs.examples / "taste/greet/example.toml").write_text('title = "T"\n')
    programs.page(_example(""))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            lambda p: p.page(_example("", "taste/nothing")),
            'unknown example "taste/nothing"; expected one of: taste/greet, taste/moved',
        ),
        (
            lambda p: p.page(_example(":region: head")),
            'taste/greet: unknown region "head" in Rust; expected one of: body',
        ),
        (lambda p: p.page(_example(":rust-emphasise: 2-9")), "is outside of 3 lines"),
        (lambda p: p.page(_example(":rust-emphasise: x")), "expected lines such as 3,5-7"),
        (lambda p: p.page(_example(":go-region: a", "taste/moved")), "has no side go"),
        (lambda p: p.page(_example(":comparison: nothing")), "unknown example"),
        (_remove_output, "output-go.txt is missing; expected `python -m examples"),
        (_break_data, "look_at: is missing; expected this key"),
    ],
)
def test_a_mistake_is_one_error_at_its_line(
    programs: Programs, change: Callable[[Programs], None], told: str
) -> None:
    """The message names what is wrong and what was expected; the rest of the site is built."""
    (programs.source / FOLDER / "index.md").write_text("# Programs\n", encoding="utf-8")
    change(programs)
    [warning] = [text for text in programs.build("dummy").warnings.splitlines() if text]
    assert warning.startswith(f"{programs.source / FOLDER / 'failing.md'}:3: ERROR: ")
    assert told in warning


def test_outside_of_a_comparison_the_option_is_needed(programs: Programs) -> None:
    """A page elsewhere names the comparison."""
    index = programs.source / "index.md"
    text = index.read_text(encoding="utf-8")
    index.write_text(f"{text}\n{_example('')}\n", encoding="utf-8")
    assert "stands outside a comparison; expected the option" in programs.build("dummy").warnings
    index.write_text(f"{text}\n{_example(':comparison: tea-vs-coffee')}\n", encoding="utf-8")
    built = programs.build("dummy")
    assert built.warnings == ""
    assert "Both greet." in built.trees["index"].astext()
