"""The directive `example`, by which a page quotes a checked program."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import parselinenos
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from . import render
from .content import side_files
from .judge import split_transcript
from .load import EXAMPLES, load_program
from .model import EXAMPLE_FILE, Program, Side, program_label
from .regions import RegionError, Source, parse_source
from .results import RESULTS_FILE, ResultsError, read_results, versions_passed
from .subjects import SUBJECTS


class ExampleDirective(SphinxDirective):
    """A program in each language: code, command, real output."""

    required_arguments = 1
    option_spec: ClassVar[OptionSpec] = {
        "comparison": directives.unchanged_required,
        "name": directives.unchanged_required,
        "region": directives.unchanged_required,
        **{f"{name}-region": directives.unchanged_required for name in SUBJECTS},
        **{f"{name}-emphasise": directives.unchanged_required for name in SUBJECTS},
    }

    def run(self) -> list[nodes.Node]:
        """Return the program's title, what to look at, and its sides."""
        program = self._program()
        data = program.data
        for option in self.options:
            subject, _, rest = option.partition("-")
            if rest and subject not in program.sides:
                raise self.error(f"{program.id} has no side {subject}; :{option}: has no meaning")
        self.env.note_dependency(str(program.workspace / RESULTS_FILE))
        try:
            sides = [(side, self._content(side)) for side in program.sides.values()]
        except (RegionError, ResultsError) as error:
            raise self.error(f"{program.id}: {error}") from None
        title, wrong = self.parse_inline(data.title)
        look_at, messages = self.parse_inline(data.look_at)
        head = nodes.paragraph(classes=["cmp-example-title"])
        head += [nodes.strong("", "", *title), nodes.Text(". "), *look_at]
        node = nodes.container(classes=["cmp-example"])
        node += [head, render.tabs(sides)]
        self.set_source_info(node)
        for part in node.findall(nodes.Element):
            part.source, part.line = node.source, node.line
        self.add_name(node)
        self._note_place(program, node)
        return [node, *wrong, *messages]

    def _note_place(self, program: Program, node: nodes.Element) -> None:
        """Make the first showing on the page of the program's topic the one to refer to."""
        docname = self.env.docname
        topic, _, name = program.id.partition("/")
        if docname != f"{self.config.examples_root}/{program.comparison}/{topic}":
            return
        label = program_label(program.comparison, program.id)
        domain = self.env.domains.standard_domain
        if label not in domain.labels:
            anchor = f"program-{name}"
            node["ids"].append(anchor)
            domain.anonlabels[label] = docname, anchor
            domain.labels[label] = docname, anchor, program.data.title

    def _program(self) -> Program:
        """Return the program that the argument names; raise a located error if it is not sound."""
        root = str(self.config.examples_root)
        name = self.options.get("comparison")
        if name is None:
            first, _, rest = self.env.docname.partition("/")
            if first != root or "/" not in rest:
                expected = "the option :comparison: with a folder's name"
                raise self.error(f'"{self.name}" stands outside a comparison; expected {expected}')
            name = rest.partition("/")[0]
        workspace = Path(self.env.srcdir, root, name, EXAMPLES)
        id_ = self.arguments[0]
        # Also when it is missing: the page is read again once it is there.
        self.env.note_dependency(str(workspace / id_ / EXAMPLE_FILE))
        known = [path.parent for path in sorted(workspace.glob(f"*/*/{EXAMPLE_FILE}"))]
        names = [path.relative_to(workspace).as_posix() for path in known]
        if id_ not in names:
            expected = ", ".join(names) or f"a folder {workspace / id_}"
            raise self.error(f'unknown example "{id_}"; expected one of: {expected}')
        program, problems = load_program(workspace, id_)
        if program is None:
            raise self.error("\n".join(map(str, problems)))
        return program

    def _content(self, side: Side) -> list[nodes.Node]:
        for path in side_files(side):
            self.env.note_dependency(str(path))
        if not side.output.is_file():
            name = side.output.name
            raise RegionError(f"{name} is missing; expected `python -m examples regenerate`")
        folder = side.workspace.relative_to(self.env.srcdir).as_posix()
        command, output = split_transcript(side.output.read_text(encoding="utf-8"))
        versions = versions_passed(side, read_results(side.workspace))
        files = [(name, os.path.normpath(f"{folder}/{side.path}/{name}")) for name in side.shown]
        content: list[nodes.Node] = [*self._listings(side)]
        content.append(render.command_block(side, command, folder))
        content.append(render.output_block(side, output))
        if side.own.varies:
            parsed, messages = self.parse_inline(f"The output of one run. {side.own.varies}")
            note = nodes.paragraph("", "", *parsed, classes=["cmp-example-facts"])
            content += [note, *messages]
        content.append(render.facts(side, versions, files))
        return content

    def _listings(self, side: Side) -> Iterator[nodes.Node]:
        """Yield the shown files of a side, or the one region that is wanted."""
        wanted = self.options.get(f"{side.subject.id}-region", self.options.get("region"))
        sources = {
            name: parse_source((side.folder / name).read_text(encoding="utf-8"))
            for name in side.shown
        }
        if wanted is not None:
            sources = _holding(sources, wanted, side)
        for name, source in sources.items():
            text = source.text(wanted)
            option = f"{side.subject.id}-emphasise"
            emphasised = self._lines(option, text) if len(sources) == 1 else []
            if option in self.options and len(sources) > 1:
                raise self.error(f":{option}: is about one file; expected a region of one")
            caption = os.path.normpath(f"{side.path}/{name}")
            yield render.listing(text, render.language_of(name), caption, emphasised)

    def _lines(self, option: str, text: str) -> list[int]:
        """Return the lines that an option names, from 1."""
        if option not in self.options:
            return []
        total = text.count("\n")
        try:
            lines = [index + 1 for index in parselinenos(self.options[option], total)]
        except ValueError as error:
            raise self.error(f":{option}: {error}; expected lines such as 3,5-7") from None
        if not lines or max(lines) > total:
            raise self.error(
                f":{option}: is outside of {total} lines; expected lines of what is shown"
            )
        return lines


def _holding(sources: dict[str, Source], region: str, side: Side) -> dict[str, Source]:
    """Return the one file that has a region."""
    found = {name: source for name, source in sources.items() if region in source.regions}
    if len(found) == 1:
        return found
    if found:
        raise RegionError(f'region "{region}" is in {", ".join(found)}; expected it in one file')
    known = ", ".join(name for source in sources.values() for name in source.regions) or "none"
    title = side.subject.title
    raise RegionError(f'unknown region "{region}" in {title}; expected one of: {known}')
