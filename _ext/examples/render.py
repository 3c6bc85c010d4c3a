"""Turns a program's sources and outputs into standard docutils and sphinx-design nodes.

Tabs are sphinx-design's, so that a choice of language holds for the whole site and is
remembered; where nothing can be chosen, the sides stand one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx_design.shared import create_component

from .model import Kind, Side
from .subjects import LANGUAGES

SYNC_GROUP = "language"
"""The name of the choice; the pages' own tabs join it by `:sync-group: language`."""

LINES_UNFOLDED = 15
"""An output up to this length is open from the start, and so is any diagnostic."""

OUTPUT_TITLES = {
    Kind.RUN: "Output",
    Kind.TEST: "Output",
    Kind.COMPILE_ERROR: "The compiler refuses it",
    Kind.RUN_ERROR: "It fails when it runs",
}


def tabs(sides: Sequence[tuple[Side, Sequence[nodes.Node]]]) -> nodes.container:
    """Return the content of each side under its label."""
    node = create_component("tab-set", classes=["sd-tab-set", "cmp-example-tabs"])
    for side, content in sides:
        subject = side.subject
        label = nodes.rubric(
            "",
            subject.title,
            classes=["sd-tab-label", f"cmp-example-{subject.id}"],
            sync_id=subject.id,
            sync_group=SYNC_GROUP,
        )
        inside = create_component("tab-content", classes=["sd-tab-content"], children=content)
        item = create_component("tab-item", classes=["sd-tab-item"], children=[label, inside])
        item["selected"] = False
        node += item
    return node


def listing(
    text: str, language: str, caption: str, emphasised: Sequence[int] = ()
) -> nodes.container:
    """Return code under its caption; `emphasised` counts lines of the text from 1."""
    literal = nodes.literal_block(text.rstrip("\n"), text.rstrip("\n"), language=language)
    literal["linenos"] = False
    literal["highlight_args"] = {"hl_lines": list(emphasised)} if emphasised else {}
    # As sphinx.directives.code.container_wrapper makes it, but the caption is no markup.
    node = nodes.container("", literal_block=True, classes=["literal-block-wrapper"])
    node += [nodes.caption("", caption), literal]
    return node


def language_of(path: str) -> str:
    """Return how a file is highlighted."""
    return LANGUAGES.get(Path(path).suffix, "text")


def command_block(side: Side, command: str, folder: str) -> nodes.container:
    """Return the command that runs a side, ready to be copied."""
    verb = {Kind.TEST: "Test", Kind.COMPILE_ERROR: "Compile"}.get(side.kind, "Run")
    node = listing(command, "sh", f"{verb} it in {folder}")
    node["classes"].append("cmp-example-command")
    return node


def output_block(side: Side, output: str) -> nodes.Element:
    """Return a side's real output, folded when it is long and nothing but an output."""
    title = OUTPUT_TITLES[side.kind]
    lines = output.count("\n")
    if lines <= LINES_UNFOLDED:
        node: nodes.Element = listing(output, "text", title)
        node["classes"].append("cmp-example-output")
        return node
    literal = nodes.literal_block(output.rstrip("\n"), output.rstrip("\n"), language="text")
    state: Any = "open" if side.kind.fails else True
    classes = ["cmp-evidence", "cmp-example-output"]
    node = nodes.admonition(classes=classes, collapsible=state)
    node += [nodes.title("", f"{title}, {lines} lines"), literal]
    return node


def facts(side: Side, versions: Sequence[str], files: Sequence[tuple[str, str]]) -> nodes.paragraph:
    """Return on what a side passed, and links to its whole files (name and path from the root)."""
    did = {Kind.TEST: "Tested", Kind.COMPILE_ERROR: "Refused", Kind.RUN_ERROR: "Failed"}
    verb = did.get(side.kind, "Ran")
    passed = f"{verb} as shown on {side.subject.title} {', '.join(versions)}."
    text = passed if versions else "Not run since it was changed."
    node = nodes.paragraph("", text, classes=["cmp-example-facts"])
    for index, (name, path) in enumerate(files):
        node += nodes.Text(", " if index else " Whole file: ")
        link = addnodes.download_reference("", reftarget=f"/{path}")
        link += nodes.literal("", name, classes=["xref", "download"])
        node += link
    return node


class OneAfterTheOther(SphinxPostTransform):
    """Takes the tabs apart where a page is HTML, but no reader can choose a tab: in EPUB."""

    default_priority = 199  # sphinx-design makes HTML of them at 200
    builders = ("epub",)

    def run(self, **kwargs: Any) -> None:
        """Make plain containers of the tabs of programs."""
        for tab_set in self.document.findall(nodes.container):
            if "cmp-example-tabs" not in tab_set["classes"]:
                continue
            for part in tab_set.findall(nodes.Element):
                part.attributes.pop("design_component", None)
                names: list[str] = part.get("classes", [])
                part["classes"] = [name for name in names if not name.startswith("sd-")]
