"""Owns what sphinxcontrib-bibtex needs so that its cost follows the change, not the site.

Version 2.7 parses all files when one changed, formats every source of the project in each
build, tests every source against every citation of the project, looks through all sources
for each citation it writes, and keeps every source twice in the environment, which each
build reads and writes as a whole.  Here its own functions get only the records that concern
them; sources stay in their files until they are asked for, and formatted ones in files of
their own.  Delete each workaround when the package keeps its citations by key and page.
Without the package nothing happens.
"""

from __future__ import annotations

import ast
import functools
import pickle
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

#: Words that mean to LaTeX what they say: no escape, no brace, no ligature, no space to merge.
_PLAIN = re.compile(r"(?!.*(?:--|''|,,))[\w.,:;/()+=@#&?!'-]+(?: [\w.,:;/()+=@#&?!'-]+)*", re.ASCII)
#: So many files of sources, and of formatted sources, stay in memory.
_HELD = 4


@dataclass(slots=True)
class Formatted:
    """What is known of one list of sources while its citations stay in their file."""

    made_from: bytes
    shown: dict[str, str]
    """Where each source is listed, and a digest of what a citation shows of it, by key."""
    labels: dict[str, str]
    """The key of the source that has each label."""


def install_if_used(app: Sphinx, config: Config) -> None:
    """Put the workarounds in place, if the project uses the package."""
    if "sphinxcontrib.bibtex" in app.extensions:
        _install()


@functools.cache
def _install() -> None:
    import pybtex.plugin
    import sphinxcontrib.bibtex
    from pybtex.richtext import Text
    from sphinxcontrib.bibtex.domain import BibtexDomain
    from sphinxcontrib.bibtex.transforms import BibliographyTransform

    # Reads the metadata of all installed packages, for each citation that is written.
    pybtex.plugin.entry_points = functools.cache(pybtex.plugin.entry_points)
    # Takes LaTeX apart by token for each field, in a table of 700 sequences of tokens.
    Text.from_latex = classmethod(_plain_or_latex(Text.from_latex.__func__))
    sphinxcontrib.bibtex.__dict__["process_bibdata"] = _parse_changed
    domain: Any = BibtexDomain
    domain.env_updated = _formatting_changed(domain.env_updated)
    domain.resolve_xref = _with_cited_only(domain.resolve_xref)
    domain.resolve_any_xref = _with_any_cited_only(domain.resolve_any_xref)
    transform: Any = BibliographyTransform
    transform.run = _with_listed_only(transform.run)


def formatted_lists(env: BuildEnvironment) -> dict[Any, Formatted]:
    """What is known of the formatted lists of sources, by bibliography."""
    lists: dict[Any, Formatted] = env.__dict__.setdefault("incremental_bibliographies", {})
    return lists


def forget(env: BuildEnvironment) -> None:
    """Forget the formatted lists, so that what warned when it was formatted warns again."""
    formatted_lists(env).clear()


def citation_records(env: BuildEnvironment) -> Iterator[tuple[str, str]]:
    """For each listed key: where its source is listed, and what a citation shows of it."""
    for formatted in formatted_lists(env).values():
        yield from formatted.shown.items()


def lists_of_pages(env: BuildEnvironment) -> dict[str, list[bytes]]:
    """What the lists of sources on each page print: it depends on what other pages cite."""
    pages: dict[str, list[bytes]] = defaultdict(list)
    if "cite" in env.domains:
        for key, formatted in formatted_lists(env).items():
            pages[key.docname].append(formatted.made_from)
    return pages


# -- sources ---------------------------------------------------------------------------------


class _Sources(Mapping[str, Any]):
    """The entries of all files by key: a file is read when one of its entries is asked for."""

    def __init__(self, encoding: str, files: Mapping[Path, Iterable[str]]) -> None:
        self._encoding = encoding
        self._files = {key.lower(): path for path, keys in files.items() for key in keys}
        self._held: dict[Path, Mapping[str, Any]] = {}
        self._read: dict[Path, bytes] = {}

    def take_over(self, path: Path, entries: Mapping[str, Any]) -> None:
        """Keep the entries of a file that was just parsed, packed until they are formatted."""
        self._read[path] = pickle.dumps(entries, pickle.HIGHEST_PROTOCOL)

    def let_go(self, paths: Iterable[Path]) -> None:
        """Free the entries of files: they will hardly be asked for again."""
        for path in paths:
            self._held.pop(path, None)
            self._read.pop(path, None)

    def __getitem__(self, key: str) -> Any:
        path = self._files[key.lower()]
        if path not in self._held:
            while len(self._held) >= _HELD:
                del self._held[next(iter(self._held))]
            self._held[path] = self._load(path)
        return self._held[path][key]

    def _load(self, path: Path) -> Mapping[str, Any]:
        from pybtex.database.input.bibtex import Parser

        if path in self._read:
            entries: Mapping[str, Any] = pickle.loads(self._read[path])
            return entries
        parsed: Mapping[str, Any] = Parser(self._encoding).parse_file(path).entries
        return parsed

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_held": {}, "_read": {}}


@dataclass(slots=True)
class _Data:
    """Stands for pybtex's `BibliographyData`, of which the package uses the entries only."""

    entries: _Sources


def _parse_changed(bibdata: Any, paths: list[Path], encoding: str) -> Any:
    """Parse the files that changed; all at once if they share a key, of which that warns."""
    from sphinxcontrib.bibtex.bibfile import BibData, get_mtime, parse_bibdata

    usable = isinstance(bibdata.data, _Data) and bibdata.encoding == encoding
    known = bibdata.bibfiles if usable else {}
    files: dict[Path, Any] = {}
    parsed: dict[Path, Mapping[str, Any]] = {}
    for path in dict.fromkeys(paths):
        if path in known and known[path].mtime == get_mtime(path):
            files[path] = known[path]
        else:
            one = parse_bibdata([path], encoding)
            files[path], parsed[path] = one.bibfiles[path], one.data.entries
    if not parsed and list(files) == list(known):
        return bibdata
    entries = _Sources(encoding, {path: file.keys for path, file in files.items()})
    if len(entries) < sum(len(file.keys) for file in files.values()):
        return parse_bibdata(paths, encoding)
    for path, found in parsed.items():
        entries.take_over(path, found)
    return BibData(encoding, files, _Data(entries))


def _plain_or_latex(from_latex: Callable[[Any, str], Any]) -> Callable[[Any, str], Any]:
    def parsed(cls: Any, latex: str) -> Any:
        return cls(latex) if _PLAIN.fullmatch(latex) else from_latex(cls, latex)

    return parsed


# -- formatted sources -----------------------------------------------------------------------


class _Shelf:
    """The files of formatted lists of sources, beside the doctrees."""

    def __init__(self, env: BuildEnvironment) -> None:
        self._folder = Path(env.doctreedir, "incremental", "bibliographies")
        self._held: dict[Any, dict[str, Any]] = {}

    def has(self, key: Any) -> bool:
        return self._path(key).is_file()

    def save(self, key: Any, citations: dict[str, Any]) -> None:
        self._held.pop(key, None)
        self._folder.mkdir(parents=True, exist_ok=True)
        temporary = self._path(key).with_suffix(".tmp")
        temporary.write_bytes(pickle.dumps(citations, pickle.HIGHEST_PROTOCOL))
        temporary.replace(self._path(key))

    def load(self, key: Any) -> dict[str, Any]:
        if key not in self._held:
            while len(self._held) >= _HELD:
                del self._held[next(iter(self._held))]
            self._held[key] = pickle.loads(self._path(key).read_bytes())
        return self._held[key]

    def remove(self, key: Any) -> None:
        self._held.pop(key, None)
        self._path(key).unlink(missing_ok=True)

    def _path(self, key: Any) -> Path:
        return self._folder / f"{_digest(key.docname, key.id_).hex()}.pickle"


@contextmanager
def _only(domain: Any, **tables: Any) -> Iterator[None]:
    """Let *domain* see only these records while one of its functions runs."""
    data = domain.data
    domain.data = {**data, **tables}
    try:
        yield
    finally:
        domain.data = data


def _formatting_changed(env_updated: Callable[[Any], list[str]]) -> Callable[[Any], list[str]]:
    """Format the lists whose sources or citations changed; all if that will warn."""

    def formatting(self: Any) -> list[str]:
        from sphinxcontrib.bibtex import domain as package

        self.refs_by_key = defaultdict(list)
        self.refs_by_page = defaultdict(list)
        for number, ref in enumerate(self.citation_refs):
            self.refs_by_page[ref.docname].append(ref)
            for key in {target.key for target in ref.targets}:
                self.refs_by_key[key].append((number, ref))
        self.shelf = _Shelf(self.env)
        lists = formatted_lists(self.env)
        for key in [key for key in lists if key not in self.bibliographies]:
            del lists[key]
            self.shelf.remove(key)
        names: Iterable[str] = package.__dict__["get_docnames"](self.env)
        order = {docname: number for number, docname in enumerate(names)}
        for key in self.bibliographies:
            _format_if_changed(self, key, order, env_updated)
        self.lists_by_source = defaultdict(list)
        for key, bibliography in self.bibliographies.items():
            if bibliography.list_ == "citation":
                for source in lists[key].shown:
                    self.lists_by_source[source].append(key)
        if _ambiguous(self):
            env_updated(self)
        self.citations.clear()
        return []

    return formatting


def _format_if_changed(
    domain: Any, key: Any, order: Mapping[str, int], env_updated: Callable[[Any], list[str]]
) -> None:
    env, bibliography = domain.env, domain.bibliographies[key]
    files = [domain.bibdata.bibfiles[path] for path in bibliography.bibfiles]
    sources = [bibliography.keyprefix + source for file in files for source in file.keys]
    refs = dict(ref for source in sources for ref in domain.refs_by_key.get(source, ()))
    cited = [refs[number] for number in sorted(refs)]
    made_from = _digest(
        # All but its nodes and its line, which do not matter here.
        bibliography._replace(line=0, filter_=ast.dump(bibliography.filter_), citation_nodes={}),
        [file.mtime for file in files],
        [(ref.docname, [target.key for target in ref.targets]) for ref in cited],
        sorted({ref.docname for ref in cited}, key=order.__getitem__),
        (env.config.bibtex_tooltips, env.config.bibtex_tooltips_style),
        env.__dict__.get("incremental_code"),
    )
    known = formatted_lists(env).get(key)
    if known and known.made_from == made_from and domain.shelf.has(key):
        return
    with _only(domain, bibliographies={key: bibliography}, citations=[], citation_refs=cited):
        env_updated(domain)
        citations = domain.citations
    shown, labels = {}, {}
    for item in citations:
        digest = _digest(item.entry, item.formatted_entry.label, item.tooltip_entry)
        shown[item.key] = f"{key.docname}#{item.citation_id}|{digest.hex()}"
        labels[item.formatted_entry.label] = item.key
    domain.shelf.save(key, {item.key: item for item in citations})
    formatted_lists(env)[key] = Formatted(made_from, shown, labels)
    if isinstance(domain.bibdata.data, _Data):
        domain.bibdata.data.entries.let_go(bibliography.bibfiles)


def _ambiguous(domain: Any) -> bool:
    """Whether two lists of citations share a source or a label, of which the package warns."""
    lists = formatted_lists(domain.env)
    labels = Counter(
        label
        for key, bibliography in domain.bibliographies.items()
        if bibliography.list_ == "citation"
        for label in lists[key].labels
    )
    shared = max(labels.values(), default=0) > 1
    return shared or any(len(keys) > 1 for keys in domain.lists_by_source.values())


def _cited(domain: Any, keys: Iterable[str]) -> list[Any]:
    return [
        domain.shelf.load(listed)[key]
        for key in dict.fromkeys(keys)
        for listed in domain.lists_by_source.get(key, ())
    ]


def _with_cited_only(resolve: Callable[..., Any]) -> Callable[..., Any]:
    from sphinxcontrib.bibtex.citation_target import parse_citation_targets

    def resolve_xref(
        self: Any, env: Any, docname: str, builder: Any, typ: str, target: str, *nodes: Any
    ) -> Any:
        cited = _cited(self, [item.key for item in parse_citation_targets(target)])
        with _only(self, citations=cited):
            return resolve(self, env, docname, builder, typ, target, *nodes)

    return resolve_xref


def _with_any_cited_only(resolve: Callable[..., Any]) -> Callable[..., Any]:
    def resolve_any_xref(
        self: Any, env: Any, docname: str, builder: Any, target: str, *nodes: Any
    ) -> Any:
        with _only(self, citations=_cited(self, map(str.strip, target.split(",")))):
            return resolve(self, env, docname, builder, target, *nodes)

    return resolve_any_xref


def _with_listed_only(run: Callable[..., None]) -> Callable[..., None]:
    from sphinxcontrib.bibtex.nodes import bibliography

    def run_on_page(self: Any, **options: Any) -> None:
        pages = sorted({node["docname"] for node in self.document.findall(bibliography)})
        if not pages:
            return
        domain = self.document.settings.env.domains["cite"]
        lists = [key for key in domain.bibliographies if key.docname in pages]
        listed = [item for key in lists for item in domain.shelf.load(key).values()]
        refs = [ref for page in pages for ref in domain.refs_by_page[page]]
        with _only(domain, citations=listed, citation_refs=refs):
            run(self, **options)

    return run_on_page


def _digest(*parts: object) -> bytes:
    return blake2b(repr(parts).encode(), digest_size=12).digest()
