"""The records of a checked program as its `example.toml` states them.

Knows nothing of files, compilers or Sphinx: only what a well-formed record is.
"""

from __future__ import annotations

import re
import signal
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from .subjects import Subject

EXAMPLE_FILE = "example.toml"
EXPECTED_FILE = "expected.txt"


def program_label(comparison: str, program: str) -> str:
    """Return the label by which pages refer to a program in its place."""
    return f"{comparison}/programs/{program}"


def output_file(subject: str) -> str:
    """Return the name of the file with a side's real output; only the tool writes it."""
    return f"output-{subject}.txt"


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"expected a regular expression ({error})") from None
    return text


def _signal(text: str) -> str:
    if text not in signal.Signals.__members__:
        raise ValueError('expected the name of a signal such as "SIGABRT"')
    return text


Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Sentence = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=r"^[^\n]*[.?!]$"),
    Field(description="One line that ends with a full stop, question mark or exclamation mark."),
]
Pattern = Annotated[str, StringConstraints(min_length=1), AfterValidator(_pattern)]
RelativePath = Annotated[str, StringConstraints(pattern=r"^(\w[\w.-]*/)*\w[\w.-]*$")]
ShownPath = Annotated[str, StringConstraints(pattern=r"^(\.\./)?(\w[\w.-]*/)*\w[\w.-]*$")]


class Kind(StrEnum):
    """What a side must do."""

    RUN = "run"
    TEST = "test"
    COMPILE_ERROR = "compile-error"
    RUN_ERROR = "run-error"

    @property
    def fails(self) -> bool:
        """Whether the program is one that must fail."""
        return self in (Kind.COMPILE_ERROR, Kind.RUN_ERROR)


class Service(StrEnum):
    """What a program may need beside its own process."""

    POSTGRES = "postgres"


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SideFile(_Record):
    """The table `[rust]` or `[go]`: what is true of one side only."""

    kind: Kind | None = Field(None, description="Instead of the program's kind.")
    show: tuple[ShownPath, ...] | None = Field(
        None,
        description="Files that a page shows, relative to the side's folder; "
        '"../name" is one that both sides share.',
    )
    flags: tuple[Text, ...] = Field((), description='Of the build, such as "-race".')
    args: tuple[str, ...] | None = Field(None, description="Instead of the program's arguments.")
    env: dict[str, str] = Field({}, description="Added to the program's environment.")
    error: Annotated[str, StringConstraints(pattern=r"^E\d{4}$")] | None = Field(
        None, description="The only error code that rustc reports."
    )
    matches: Pattern | None = Field(
        None, description="A regular expression (multi-line) found in the normalised output."
    )
    exit: int | None = Field(None, ge=1, le=255, description="The status, if it is not a panic's.")
    signal: Annotated[str, AfterValidator(_signal)] | None = Field(
        None, description="The signal that ends the program, instead of an exit status."
    )
    varies: Sentence | None = Field(
        None, description="Why the output differs between runs; it is then matched, not compared."
    )


class ExampleFile(_Record):
    """`example.toml`."""

    title: Text
    look_at: Sentence = Field(description="What to look at, in inline MyST Markdown.")
    kind: Kind = Kind.RUN
    stdin: RelativePath | None = Field(None, description="A file of the program's folder.")
    args: tuple[str, ...] = ()
    env: dict[str, str] = {}
    needs: tuple[Service, ...] = Field(
        (), description='"postgres": a database of its own, at the address `DATABASE_URL`.'
    )
    timeout_seconds: Annotated[int, Field(ge=1, le=600)] = 60
    rust: SideFile | None = None
    go: SideFile | None = None


@dataclass(frozen=True)
class Side:
    """One program in one subject, with everything needed to build, run and judge it."""

    workspace: Path
    """The examples folder: the Cargo workspace and Go module, and the working directory."""
    program: str
    """The id, `<topic>/<program>`."""
    subject: Subject
    data: ExampleFile
    own: SideFile

    @property
    def id(self) -> str:
        """How reports name it."""
        return f"{self.program} ({self.subject.title})"

    @property
    def name(self) -> str:
        """The last part of the program's id: the Cargo package."""
        return self.program.rpartition("/")[2]

    @property
    def path(self) -> str:
        """The side's folder relative to the workspace."""
        return f"{self.program}/{self.subject.id}"

    @property
    def program_folder(self) -> Path:
        """Where `example.toml` lies."""
        return self.workspace / self.program

    @property
    def folder(self) -> Path:
        """Where the sources lie."""
        return self.workspace / self.path

    @property
    def output(self) -> Path:
        """The file with the real output."""
        return self.program_folder / output_file(self.subject.id)

    @property
    def kind(self) -> Kind:
        """What the side must do."""
        return self.own.kind or self.data.kind

    @property
    def main(self) -> str:
        """The main file relative to the side's folder."""
        single = self.kind is Kind.COMPILE_ERROR
        return self.subject.single if single else self.subject.package

    @property
    def shown(self) -> tuple[str, ...]:
        """The files that a page shows, relative to the side's folder."""
        return self.own.show if self.own.show is not None else (self.main,)

    @property
    def args(self) -> tuple[str, ...]:
        """The program's arguments."""
        return self.own.args if self.own.args is not None else self.data.args

    @property
    def env(self) -> dict[str, str]:
        """What is added to the environment."""
        return {**self.data.env, **self.own.env}

    @property
    def status(self) -> int:
        """The exit status that it must end with, negative for a signal; for `run-error` only."""
        if self.own.signal:
            return -signal.Signals[self.own.signal]
        return self.own.exit or self.subject.panic_status


@dataclass(frozen=True)
class Program:
    """A program: its sides by subject id, in the order of `SUBJECTS`."""

    workspace: Path
    id: str
    data: ExampleFile
    sides: dict[str, Side]

    @property
    def comparison(self) -> str:
        """The name of the comparison's folder."""
        return self.workspace.parent.name

    @property
    def folder(self) -> Path:
        """Where `example.toml` lies."""
        return self.workspace / self.id
