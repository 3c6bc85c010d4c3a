"""Makes the Typst source of one document out of the pages of a project."""

from __future__ import annotations

import datetime
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from docutils import nodes
from sphinx import addnodes
from sphinx.environment.adapters.indexentries import IndexEntries
from sphinx.locale import _
from sphinx.util.nodes import inline_all_toctrees

from . import blocks, descriptions, design, inline, listings, references, tables
from .literals import array, call, dictionary, string
from .references import PAGE_MARK
from .translator import Translator, logger

if TYPE_CHECKING:
    from sphinx.builders import Builder

    from .highlight import Highlighting

HANDLER_MODULES = (blocks, descriptions, design, inline, listings, references, tables)
"""Importing them registers their handlers."""

INDEX_LABEL = "genindex:"


@dataclass(frozen=True)
class Document:
    """One entry of `typst_documents`."""

    start: str
    name: str
    title: str
    author: str
    options: dict[str, Any] = field(default_factory=dict)


def assembled(builder: Builder, start: str, appendices: Sequence[str]) -> nodes.document:
    """Return the pages below a page as one tree, with the references in it resolved."""
    tree = builder.env.get_doctree(start)
    tree["docname"] = start
    seen = {start}
    whole = inline_all_toctrees(builder, seen, start, tree, str, [start])
    whole["docname"] = start
    for docname in appendices:
        if docname not in seen:
            seen.add(docname)
            page = addnodes.start_of_file(docname=docname)
            page += builder.env.get_doctree(docname).children
            whole += page
    builder.env.resolve_references(whole, start, builder)
    return whole


def source(builder: Builder, document: Document, highlighting: Highlighting) -> str:
    """Return the Typst source of a document, and leave its pictures in `builder.images`."""
    tree = assembled(builder, document.start, builder.config.typst_appendices)
    builder.post_process_images(tree)
    translator = Translator(builder, document.start, highlighting)
    _survey(translator, tree, document.start)
    body = translator.code(tree)
    index = _index(translator)
    anchors = "".join(f"#{call('anchor', string(name))}\n" for name in _missing(translator))
    style = '#import "style.typ": *\n' if builder.config.typst_style else ""
    return (
        f'#import "theme.typ": *\n{style}'
        "#let styled(classes, body) = style-by(class-styles, classes, body)\n"
        f"#show: it => document-body({_information(translator, document)}, it)\n"
        f"#{body}\n{index}{anchors}"
    )


def _survey(translator: Translator, tree: nodes.Node, docname: str) -> None:
    """Note the pages, footnotes and citations of a tree before it is translated."""
    translator.pages.add(docname)
    for node in tree.children:
        if isinstance(node, addnodes.start_of_file):
            _survey(translator, node, node["docname"])
            continue
        ids: list[str] = node.get("ids", []) if isinstance(node, nodes.Element) else []
        names = [f"{docname}:{id_}" for id_ in ids]
        if isinstance(node, nodes.footnote):
            translator.footnotes.update(dict.fromkeys(names, node))
        elif isinstance(node, nodes.citation):
            number = len(set(translator.citations.values())) + 1
            translator.citations.update(dict.fromkeys(names, number))
            title = node.children[0].astext()
            translator.citation_titles.update(dict.fromkeys(names, title))
        _survey(translator, node, docname)


def _missing(translator: Translator) -> list[str]:
    """Return places that are linked to but were not printed; warn of them."""
    missing = [name for name in translator.linked if name not in translator.defined]
    for name in missing:
        message, node = "no place in the document for a link to %s", translator.linked[name]
        logger.warning(message, name, type="typst", subtype="link", location=node)
    return missing


def _information(translator: Translator, document: Document) -> str:
    """Return what the theme is told about a document."""
    config, options = translator.config, document.options
    language, _sep, region = (config.language or "en").replace("-", "_").partition("_")
    day = options.get("date") or _today()
    release = _("Release %s") % config.release if config.release else ""
    info = {
        "title": string(document.title),
        "author": string(document.author),
        "subtitle": string(options.get("subtitle", "")),
        "release": string(release),
        "date-text": string(config.today or day.isoformat()),
        "date": call("datetime", year=str(day.year), month=str(day.month), day=str(day.day)),
        "lang": string(language),
        "region": string(region) if region else "none",
        "contents-title": string(_("Contents")),
        "contents-depth": str(translator.deepest_page + 1),
    }
    return dictionary(info)


def _today() -> datetime.date:
    """Return the day that a reproducible build names, else the present one."""
    now = float(os.environ.get("SOURCE_DATE_EPOCH") or time.time())
    return datetime.datetime.fromtimestamp(now, datetime.UTC).date()


def _index(translator: Translator) -> str:
    """Return the general index with page numbers, if any page has entries for it."""
    if not translator.config.typst_use_index:
        return ""
    groups = []
    entries = IndexEntries(translator.builder.env).create_index(translator.builder)
    for letter, names in entries:
        rows = []
        for name, (links, subentries, _key) in names:
            rows += _index_row(translator, 0, name, links, bool(subentries))
            for subname, sublinks in subentries:
                rows += _index_row(translator, 1, subname, sublinks, False)
        if rows:
            groups.append(array([string(letter), array(rows)]))
    if not groups:
        return ""
    translator.defined.add(INDEX_LABEL)
    return f"#{call('index-page', string(_('Index')), array(groups))}\n"


def _index_row(
    translator: Translator,
    depth: int,
    name: str,
    links: Sequence[tuple[str | None, str | Literal[False]]],
    keep: bool,
) -> list[str]:
    """Return a row of the index if it leads to a page of this document, or must be kept."""
    labels = []
    for _main, uri in links:
        docname, _sep, id_ = str(uri).removeprefix(PAGE_MARK).partition("#")
        label = f"{docname}:{id_}"
        if label in translator.defined:
            labels.append(string(label))
    if not labels and not keep:
        return []
    return [array([str(depth), string(name), array(labels)])]
