"""Handlers of links, footnotes and citations."""

from __future__ import annotations

from docutils import nodes

from .literals import array, call, sequence, string
from .translator import PAGE_ANCHOR, Translator, places_anchors, renders

PAGE_MARK = "%"
"""What the address of a page begins with while its document is being made."""


@renders("reference", "number_reference")
def reference(translator: Translator, node: nodes.reference) -> str:
    """Return a link: to a place of the document, to the site, or to another address."""
    classes: list[str] = node.get("classes", [])
    if any(name.startswith("sd-btn") for name in classes):
        return call("button", _link(translator, node, translator.children(node)))
    return translator.styled(node, _link(translator, node, translator.children(node)))


def link_around(translator: Translator, node: nodes.reference, body: str) -> str:
    """Return a link with other content than its own, as on a card."""
    return _link(translator, node, body)


def _link(translator: Translator, node: nodes.reference, body: str) -> str:
    place = _place(translator, node)
    if place is None:
        address = _outside(translator, node)
        return call("address", string(address), body) if address else body
    number = translator.citations.get(place)
    if number is not None:
        if node.astext() == translator.citation_titles[place]:
            body = string(str(number))
        else:
            return sequence([translator.link(place, body, node), string(f" [{number}]")])
    return translator.link(place, body, node)


def _place(translator: Translator, node: nodes.reference) -> str | None:
    """Return the label in this document that a reference leads to, if it does."""
    if "refid" in node:
        return translator.label(node["refid"])
    uri = str(node.get("refuri", ""))
    if uri.startswith("#"):
        return translator.label(uri[1:])
    if uri.startswith(PAGE_MARK):
        docname, _, id_ = uri[1:].partition("#")
        if docname in translator.pages:
            return f"{docname}:{id_ or PAGE_ANCHOR}"
    return None


def _outside(translator: Translator, node: nodes.reference) -> str:
    """Return an address outside of the document; a page that is not in it is on the site."""
    uri = str(node.get("refuri", ""))
    if not uri.startswith(PAGE_MARK):
        return uri
    site = str(translator.config.html_baseurl).rstrip("/")
    docname, _, id_ = uri[1:].partition("#")
    return f"{site}/{docname}.html{'#' if id_ else ''}{id_}" if site else ""


@renders("download_reference")
def download_reference(translator: Translator, node: nodes.Element) -> str:
    """Return the name of a file that is not part of the PDF."""
    return translator.children(node)


@renders("pending_xref")
def pending_xref(translator: Translator, node: nodes.Element) -> str:
    """Return a reference that nothing resolved, of which Sphinx has warned."""
    return translator.children(node)


@renders("target")
def target(translator: Translator, node: nodes.target) -> str:
    """Return what a target holds; its anchors come before it."""
    return translator.children(node) if node.children else ""


@renders("footnote_reference")
def footnote_reference(translator: Translator, node: nodes.footnote_reference) -> str:
    """Return the footnote where it is first referred to, later only its number."""
    name = translator.label(node["refid"])
    footnote = translator.footnotes.get(name)
    if footnote is None:
        return call("super", string(node.astext()))
    if name in translator.footnotes_shown:
        return call("footnote", call("label", string(f"footnote {name}")))
    translator.footnotes_shown.add(name)
    content = [child for child in footnote.children if not isinstance(child, nodes.label)]
    if content and isinstance(content[0], nodes.paragraph):  # it begins beside the number
        content[:1] = content[0].children
    body = translator.codes(content)
    return f"[#footnote({body})#label({string(f'footnote {name}')})]"


@places_anchors
@renders("footnote", "collected_footnote")
def footnote(translator: Translator, node: nodes.footnote) -> str:
    """Return nothing: a footnote stands on the page that refers to it."""
    return ""


@renders("citation")
def citation(translator: Translator, node: nodes.citation) -> str:
    """Return a numbered source with its addresses in full, for readers of paper."""
    number = translator.citations[translator.label(node["ids"][0])]
    # sphinxcontrib-bibtex 2.7 fills the same node again for each document: the last label counts.
    labels = [place for place, child in enumerate(node) if isinstance(child, nodes.label)]
    content = node.children[labels[-1] + 1 :]
    if len(content) == 1 and isinstance(content[0], nodes.paragraph):
        content = content[0].children
    addresses = dict.fromkeys(
        str(link["refuri"])
        for child in content
        for link in child.findall(nodes.reference)
        if str(link.get("refuri", "")).startswith(("http:", "https:"))
        and link["refuri"] not in node.astext()
    )
    mark = string(f"[{number}]")
    return call("citation", mark, translator.codes(content), array(map(string, addresses)))


@renders("citation_reference")
def citation_reference(translator: Translator, node: nodes.citation_reference) -> str:
    """Return a citation that docutils resolved itself."""
    name = translator.label(node["refid"])
    if name not in translator.citations:
        return sequence([string("["), translator.children(node), string("]")])
    return translator.link(name, string(f"[{translator.citations[name]}]"), node)
