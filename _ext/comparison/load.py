"""Reads a comparison's folder into records, with every mistake found on the way.

Knows files, TOML and BibTeX; must not know Sphinx. Rules between records are in `checks`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from examples.content import side_files
from examples.load import EXAMPLES, load_programs
from examples.results import ResultsError, read_results, versions_passed
from pybtex.database import BibliographyData, Person, parse_string
from pybtex.exceptions import PybtexError
from pybtex.richtext import Text
from pydantic import BaseModel, ValidationError

from .explain import explain
from .locate import bib_line, toml_line
from .measurements import read_measurements
from .model import (
    COMPARISON_FILE,
    HISTORY_FILE,
    SOURCES_FILE,
    CheckedProgram,
    CheckedSide,
    Comparison,
    ComparisonFile,
    HistoryFile,
    Source,
    Topic,
    TopicFile,
)
from .problem import Problem, dotted

_TITLE = re.compile(r"^# +(.+?)\s*$", re.MULTILINE)
_CITE = re.compile(r"\{(?:cite(?::\w+)?|cmp:source)\}`(?:[^`<]*<)?([^`<>]+)>?`")

_File = TypeVar("_File", bound=BaseModel)


@dataclass
class Loaded:
    """What a folder held: the comparison, unless a file could not be read, and the problems."""

    comparison: Comparison | None
    problems: list[Problem] = field(default_factory=list)


def comparison_folders(root: Path) -> list[Path]:
    """Return the folders below `root` that hold a comparison, in alphabetical order."""
    return sorted(path.parent for path in root.glob(f"*/{COMPARISON_FILE}"))


def load_comparison(folder: Path) -> Loaded:
    """Read the files of one comparison; well-formed or not, nothing is raised for their content."""
    problems: list[Problem] = []
    data = _read_toml(folder / COMPARISON_FILE, ComparisonFile, problems)
    sources = _read_sources(folder / SOURCES_FILE, problems)
    if data is None:
        return Loaded(None, problems)
    problems.extend(_unpaired_files(folder, data.topics))
    names = dict.fromkeys(data.topics)  # one that is listed twice is read once
    topics = [topic for name in names if (topic := _read_topic(folder, name, problems))]
    past = folder / HISTORY_FILE
    history = _read_toml(past, HistoryFile, problems) if past.is_file() else None
    pages = {page: _read_text(page, problems) for page in sorted(folder.glob("*.md"))}
    if problems:
        return Loaded(None, problems)
    cited = {page.stem: _cited(text or "") for page, text in pages.items()}
    programs, measurements = _read_programs(folder), read_measurements(folder)
    changes = history.changes if history else ()
    return Loaded(
        Comparison(folder, data, tuple(topics), sources, cited, programs, changes, measurements)
    )


def _read_programs(folder: Path) -> dict[str, CheckedProgram]:
    """Return the sound programs; what is wrong with the others `python -m examples` tells."""
    workspace = folder / EXAMPLES
    try:
        results = read_results(workspace)
    except ResultsError:
        results = {}
    return {
        program.id: CheckedProgram(
            program.id,
            program.data.title,
            {
                subject: CheckedSide(
                    versions_passed(side, results),
                    tuple(path.relative_to(folder).as_posix() for path in side_files(side)),
                )
                for subject, side in program.sides.items()
            },
        )
        for program in load_programs(workspace).programs
    }


def _cited(text: str) -> frozenset[str]:
    """Return the keys that a page cites by role."""
    roles = _CITE.findall(text)
    keys = (key.strip() for found in roles for key in found.split(","))
    return frozenset(key for key in keys if ":" not in key)  # "other:key" is another comparison's


def _unpaired_files(folder: Path, topics: Sequence[str]) -> Iterator[Problem]:
    """A topic is a page and a data file of the same stem, listed in the comparison's file."""
    listing = folder / COMPARISON_FILE
    text = listing.read_text(encoding="utf-8")
    for index, name in enumerate(topics):
        for suffix in (".md", ".toml"):
            if not (folder / name).with_suffix(suffix).is_file():
                line = toml_line(text, ("topics", index))
                expected = f"a file {name}{suffix} in {folder}"
                yield Problem(listing, line, f"topics[{index}]", f'"{name}" has none', expected)
    for path in sorted(folder.glob("*.toml")):
        if path.name not in (COMPARISON_FILE, HISTORY_FILE) and path.stem not in topics:
            wrong = "data file of a topic that is not listed"
            yield Problem(path, 1, "file", wrong, f'"{path.stem}" among topics in {listing}')


def _read_topic(folder: Path, name: str, problems: list[Problem]) -> Topic | None:
    page = folder / f"{name}.md"
    path = folder / f"{name}.toml"
    # That one of the two is missing has been told.
    text = _read_text(page, problems) if page.is_file() else None
    data = _read_toml(path, TopicFile, problems) if path.is_file() else None
    title = _TITLE.search(text or "")
    if text is not None and title is None:
        problems.append(Problem(page, 1, "heading", "the page has no title", 'a line "# Title"'))
    return Topic(name, title[1], data) if title and data else None


def _read_text(path: Path, problems: list[Problem]) -> str | None:
    """Read a text file; on a mistake add its problem, once, and return None."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        problem = Problem(path, 1, "file", "is missing", "a text file")
    except UnicodeDecodeError as error:
        problem = Problem(path, 1, "file", str(error), "UTF-8 text")
    if problem not in problems:
        problems.append(problem)
    return None


def _read_toml(path: Path, model: type[_File], problems: list[Problem]) -> _File | None:
    """Read and validate one TOML file; on a mistake add its problems and return None."""
    text = _read_text(path, problems)
    if text is None:
        return None
    try:
        return model.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        number = int(line[1]) if line else len(text.splitlines())
        problems.append(Problem(path, number, "syntax", str(error), "valid TOML"))
    except ValidationError as error:
        for path_, wrong, expected in explain(error, model):
            problems.append(Problem(path, toml_line(text, path_), dotted(path_), wrong, expected))
    return None


def _read_sources(path: Path, problems: list[Problem]) -> dict[str, Source]:
    """Read the bibliography; a mistake in one entry leaves the others readable."""
    text = _read_text(path, problems)
    if text is None:
        return {}
    try:
        parsed: BibliographyData = parse_string(text, "bibtex")
    except PybtexError as error:
        repeated = re.search(r"repeated bibliography entry: (\S+)", str(error))
        if repeated:
            line = _last_bib_line(text, repeated[1])
            problems.append(
                Problem(path, line, repeated[1], "key is used twice", "a key of its own")
            )
        else:
            line = getattr(error, "lineno", None) or 1
            problems.append(Problem(path, line, "syntax", str(error), "valid BibTeX"))
        return {}
    sources = {}
    for key, entry in parsed.entries.items():
        fields = {name.lower(): value for name, value in entry.fields.items()}
        fields["author"] = " and ".join(map(_full_name, entry.persons.get("author", [])))
        plain = {"key": key}
        for name, value in fields.items():
            try:
                plain[name] = _plain(value)
            except (PybtexError, UnicodeError) as error:
                line, where = bib_line(text, key, name), f"{key}.{name}"
                problems.append(Problem(path, line, where, str(error), "valid BibTeX escapes"))
                plain[name] = value
        try:
            sources[key] = Source.model_validate(plain)
        except ValidationError as error:
            for path_, wrong, expected in explain(error, Source):
                name = str(path_[0])
                line = bib_line(text, key, name)
                problems.append(Problem(path, line, f"{key}.{name}", wrong, expected))
    return sources


def _full_name(person: Person) -> str:
    parts = (person.first_names, person.middle_names, person.prelast_names, person.last_names)
    return " ".join(name for names in parts for name in names)


def _last_bib_line(text: str, key: str) -> int:
    found = [
        number
        for number, line in enumerate(text.splitlines(), start=1)
        if re.match(rf"\s*@\w+\{{\s*{re.escape(key)}\s*,", line)
    ]
    return found[-1] if found else 1


def _plain(value: str) -> str:
    """Return a field as text: without BibTeX's escapes, and the braces that protect letters."""
    return str(Text.from_latex(value)) if "\\" in value else re.sub(r"[{}]", "", value)
