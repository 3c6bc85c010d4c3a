"""Owns the ledger: what a builder's output directory shows, kept between builds.

Sphinx keeps its environment between builds, but one environment serves several builders,
and it says what was *read*, not what was *written*.  So each builder has a ledger of its
own beside the environment.  It is written only when a build ended without a warning;
until then a marker stands there, and the builder that finds its marker reads everything
again.
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field
from pathlib import Path

#: Raise it when the meaning of a field below changes.
LEDGER_VERSION = 1
#: What a marker says when it concerns all builders.
_WARNED = "warned while reading"


@dataclass(slots=True)
class Ledger:
    """What the pages of one output directory show of anything but their own source."""

    #: The output directory this is about.
    outdir: str
    #: A digest for each page of the navigation, neighbours, parents and lists it shows.
    pages: dict[str, bytes] = field(default_factory=dict)
    #: What can be linked to: pairs of a name and what a link to that name shows.
    targets: frozenset[tuple[str, str]] = frozenset()
    #: A digest of what every page shows: templates, and the checksums of linked assets.
    shared: bytes = b""
    #: The name each image has in the output.
    images: dict[str, str] = field(default_factory=dict)
    #: The output files that come and go with sources, relative to the output directory.
    files: frozenset[str] = frozenset()


class LedgerStore:
    """The files of one builder's ledger below the doctree directory."""

    def __init__(self, doctreedir: Path, builder: str, outdir: Path) -> None:
        self._folder = Path(doctreedir, "incremental")
        self._ledger = self._folder / f"{builder}.ledger"
        self._marker = self._folder / f"{builder}.unfinished"
        self._outdir = str(outdir)

    def open(self) -> tuple[Ledger, bool]:
        """Start a build: return the last ledger, and whether the last builds are trusted.

        They are not when this builder's last build was stopped, failed or warned, when it
        has not built here before, or when any builder warned while it read: all share what
        was read.  A link check that finds a dead link says nothing against the pages.
        """
        markers = self._folder.glob("*.unfinished")
        trusted = not any(m == self._marker or m.read_text() == _WARNED for m in markers)
        try:
            version, ledger = pickle.loads(self._ledger.read_bytes())
        except (OSError, ValueError, TypeError, EOFError, AttributeError, pickle.PickleError):
            version, ledger = None, None
        known = version == LEDGER_VERSION and isinstance(ledger, Ledger)
        if not known or ledger.outdir != self._outdir:
            ledger, trusted = Ledger(self._outdir), False
        self._folder.mkdir(parents=True, exist_ok=True)
        self._marker.touch()
        return ledger, trusted

    def distrust_reading(self) -> None:
        """Note that there were warnings before or while pages were read."""
        self._marker.write_text(_WARNED)

    def save(self, ledger: Ledger) -> None:
        """Write the ledger of pages that were just written."""
        temporary = self._ledger.with_suffix(".tmp")
        temporary.write_bytes(pickle.dumps((LEDGER_VERSION, ledger), pickle.HIGHEST_PROTOCOL))
        temporary.replace(self._ledger)

    def trust(self) -> None:
        """End a build that said nothing to complain about."""
        self._marker.unlink(missing_ok=True)
