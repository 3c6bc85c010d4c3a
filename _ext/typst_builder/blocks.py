"""Handlers of pages, sections, lists and other blocks."""

from __future__ import annotations

from itertools import groupby

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import admonitionlabels

from .inline import lone, picture
from .literals import call, sequence, string
from .translator import PAGE_ANCHOR, Translator, places_anchors, renders


@renders("document", "compound", "only", "hlistcol", "acks", "legend", "details")
def content(translator: Translator, node: nodes.Element) -> str:
    """Return what a node without a look of its own holds."""
    return translator.children(node)


@renders("start_of_file")
def start_of_file(translator: Translator, node: addnodes.start_of_file) -> str:
    """Return a page below the present one."""
    before = translator.docname, translator.section_depth
    translator.docname, translator.section_depth = node["docname"], 0
    translator.joins = _follows_little(node)
    translator.file_depth += 1
    body = translator.children(node)
    translator.file_depth -= 1
    translator.docname, translator.section_depth = before
    return body


LITTLE = 500
"""A page with less text would leave its sheet of paper all but empty."""


def _follows_little(page: addnodes.start_of_file) -> bool:
    """Whether a page is the first below one of next to no text."""
    above = page.parent
    while not isinstance(above, (addnodes.start_of_file, nodes.document)):
        above = above.parent
    seen = 0
    for node in above.findall():
        if isinstance(node, addnodes.start_of_file) and node is not above:
            return node is page and seen <= LITTLE
        if isinstance(node, nodes.Text):
            seen += len(node)
    return False


@places_anchors
@renders("section")
def section(translator: Translator, node: nodes.section) -> str:
    """Return a section; the first of a page is its title, on a new sheet of paper."""
    translator.section_depth += 1
    title, rest = node.children[0], node.children[1:]
    level = translator.page_level() + translator.section_depth - 1
    names = translator.define(node["ids"])
    parts = []
    if translator.section_depth == 1:
        translator.deepest_page = max(translator.deepest_page, level)
        page = translator.define([PAGE_ANCHOR])
        name = (page or names or [f"{translator.docname}:?"])[0]
        names = [other for other in names if other != name]
        heading = translator.children(title)
        joined = "true" if translator.joins else None
        short = string(title.astext())
        parts.append(call("chapter", str(level), string(name), short, heading, joined=joined))
    else:
        name = names.pop(0) if names else f"{translator.docname}:{id(node)}"
        depth = str(translator.section_depth - 1)
        heading = translator.children(title)
        parts.append(call("section", str(level), depth, string(name), heading))
    parts += [call("anchor", string(name)) for name in names]
    parts += [translator.code(child) for child in rest]
    translator.section_depth -= 1
    return "{" + ";\n".join(part for part in parts if part) + "}"


@renders("title", "rubric", "subtitle", "caption")
def rubric(translator: Translator, node: nodes.TextElement) -> str:
    """Return a title that is none of a section."""
    return call("rubric", translator.children(node))


@renders("paragraph", "compact_paragraph")
def paragraph(translator: Translator, node: nodes.Element) -> str:
    """Return a paragraph in the look of its classes.

    Typst leaves out blocks that stand in a paragraph, so they interrupt it.  One that is a title
    or ends with a colon leads to what follows, and stands on the same page.
    """
    kinds = [type(child) for child in node.children if not _is_space(child)]
    leads = kinds == [nodes.strong] or node.astext().endswith(":")
    function = "lead" if leads else "par"
    parts: list[str] = []
    for blocks, run in groupby(node.children, _is_block):
        children = list(run)
        if blocks:
            parts.append(translator.codes(children))
        elif not all(map(_is_space, children)):
            parts.append(call(function, translator.codes(children)))
    return translator.styled(node, sequence(parts) if parts else call("par", '""'))


def _is_block(child: nodes.Node) -> bool:
    """Whether a child of a paragraph is no text: a formula on its own line, or a lone picture."""
    while isinstance(child, nodes.Inline) and len(child.children) == 1:
        child = child.children[0]
    return isinstance(child, nodes.math_block) or (isinstance(child, nodes.image) and lone(child))


def _is_space(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Text) and not node.strip()


@renders("bullet_list")
def bullet_list(translator: Translator, node: nodes.bullet_list) -> str:
    """Return a bullet list; tasks have boxes for bullets."""
    marker = "none" if "contains-task-list" in node["classes"] else None
    items = [_item(translator, item) for item in node.children]
    return translator.styled(node, call("list", *items, marker=marker))


_NUMBERING = {
    "arabic": "1",
    "loweralpha": "a",
    "upperalpha": "A",
    "lowerroman": "i",
    "upperroman": "I",
}


@renders("enumerated_list")
def enumerated_list(translator: Translator, node: nodes.enumerated_list) -> str:
    """Return a numbered list."""
    pattern = _NUMBERING[node.get("enumtype", "arabic")]
    pattern = node.get("prefix", "") + pattern + node.get("suffix", ".")
    start = str(node["start"]) if "start" in node else None
    items = [_item(translator, item) for item in node.children]
    return call("enum", *items, start=start, numbering=string(pattern))


def _item(translator: Translator, item: nodes.Node) -> str:
    """Return an item's content; a lone paragraph is its content."""
    children = item.children
    if len(children) == 1 and isinstance(children[0], nodes.paragraph):
        body = translator.children(children[0])
        anchors = [translator.anchors(item), translator.anchors(children[0])]
        return sequence([*anchors, body])
    return sequence([translator.anchors(item), translator.children(item)])


@renders("definition_list", "field_list")
def definition_list(translator: Translator, node: nodes.Element) -> str:
    """Return terms with what they mean."""
    return call("terms", *(translator.code(item) for item in node.children))


@renders("docinfo")
def docinfo(translator: Translator, node: nodes.docinfo) -> str:
    """Return facts about the document, each on a line with its name."""
    items = [translator.code(item) for item in node.children]
    return call("terms", *items, separator='": "', hanging_indent="1.4em")


@renders("definition_list_item", "option_list_item", "field")
def definition_list_item(translator: Translator, node: nodes.Element) -> str:
    """Return one or more terms with their meanings."""
    kinds = (nodes.definition, nodes.description, nodes.field_body)
    meanings = [child for child in node.children if isinstance(child, kinds)]
    shown: list[str] = []
    for term in node.children:
        if isinstance(term, kinds):
            continue
        if shown and not isinstance(term, nodes.classifier):
            shown.append("linebreak()")
        shown.append(translator.code(term))
    told = sequence([translator.children(meaning) for meaning in meanings])
    return call("defined", sequence(shown), told)


@renders("term", "field_name", "option_string")
def term(translator: Translator, node: nodes.Element) -> str:
    """Return a term."""
    return translator.children(node)


@renders("classifier")
def classifier(translator: Translator, node: nodes.classifier) -> str:
    """Return what kind of thing a term is."""
    return sequence([string(": "), call("emph", translator.children(node))])


@renders("option_list")
def option_list(translator: Translator, node: nodes.option_list) -> str:
    """Return the options of a command."""
    return call("terms", *(translator.code(item) for item in node.children))


@renders("option_group")
def option_group(translator: Translator, node: nodes.option_group) -> str:
    """Return spellings of one option."""
    return call("code", string(", ".join(option.astext() for option in node.children)))


_BIBLIOGRAPHIC = ("author", "date", "organization", "contact", "version", "revision", "status")


@renders(*_BIBLIOGRAPHIC, "address", "copyright", "authors")
def bibliographic(translator: Translator, node: nodes.Element) -> str:
    """Return a fact about the document from its field list."""
    return call("terms.item", string(type(node).__name__.capitalize()), translator.children(node))


@renders("glossary")
def glossary(translator: Translator, node: nodes.Element) -> str:
    """Return a glossary, which holds definition lists."""
    return translator.children(node)


@renders("block_quote")
def block_quote(translator: Translator, node: nodes.block_quote) -> str:
    """Return a quotation."""
    return call("quotation", translator.children(node))


@renders("attribution")
def attribution(translator: Translator, node: nodes.attribution) -> str:
    """Return who said it."""
    return call("attribution", translator.children(node))


@renders("line_block")
def line_block(translator: Translator, node: nodes.line_block) -> str:
    """Return lines that stay lines; a block in a block is indented."""
    shown: list[str] = []
    for child in node.children:
        if isinstance(child, nodes.line_block):
            shown.append(call("pad", line_block(translator, child), left="1.5em"))
        else:
            shown += ["linebreak()"] if shown and not shown[-1].startswith("pad(") else []
            shown.append(translator.children(child) if child.children else '" "')
    return call("block", sequence(shown))


@renders("line")
def line(translator: Translator, node: nodes.line) -> str:
    """Return a line outside of any block."""
    return translator.children(node)


@renders("transition")
def transition(translator: Translator, node: nodes.transition) -> str:
    """Return a rule, but not the one that MyST puts over its footnotes."""
    return "" if "footnotes" in node.get("classes", []) else "separator()"


@renders("centered")
def centered(translator: Translator, node: addnodes.centered) -> str:
    """Return a centred line."""
    return call("centred", call("strong", translator.children(node)))


@renders("hlist")
def hlist(translator: Translator, node: addnodes.hlist) -> str:
    """Return a list in columns."""
    columns = [translator.children(column) for column in node.children]
    widths = f"(1fr,) * {len(columns)}"
    return call("grid", *columns, columns=widths, column_gutter="1em")


@renders("productionlist")
def productionlist(translator: Translator, node: addnodes.productionlist) -> str:
    """Return the rules of a grammar."""
    shown = [part for rule in node.children for part in ("linebreak()", translator.code(rule))]
    return call("signature", sequence(shown[1:]))


@renders("production")
def production(translator: Translator, node: addnodes.production) -> str:
    """Return one rule of a grammar."""
    return translator.children(node)


@renders("math_block")
def math_block(translator: Translator, node: nodes.math_block) -> str:
    """Return a formula on a line of its own, with its number."""
    from .formulas import formula

    number = node.get("number")
    shown = string(f"({number})") if number else "none"
    return call("equation", formula(node.astext(), node, block=True), shown)


@renders("figure")
def figure(translator: Translator, node: nodes.figure) -> str:
    """Return a picture, or what else a figure holds, with caption and legend."""
    captions = [child for child in node.children if isinstance(child, nodes.caption)]
    legends = [child for child in node.children if isinstance(child, nodes.legend)]
    shown = [child for child in node.children if child not in (*captions, *legends)]
    caption = numbered(translator, "figure", node, captions[0]) if captions else None
    images = [image for child in shown for image in child.findall(nodes.image)]
    if len(images) == 1:
        alt = images[0].get("alt") or (captions[0].astext() if captions else None)
        body = picture(translator, images[0], alt)
    else:
        body = translator.codes(shown)
    legend = translator.children(legends[0]) if legends else None
    anchors = translator.anchors(captions[0]) if captions else ""
    return sequence([anchors, call("illustration", body, caption=caption, legend=legend)])


def numbered(translator: Translator, kind: str, node: nodes.Element, caption: nodes.Element) -> str:
    """Return a caption after its number, where Sphinx numbers such things."""
    env = translator.builder.env
    numbers = env.toc_fignumbers.get(translator.docname, {}).get(kind, {})
    ids: list[str] = node.get("ids", [])
    for id_ in ids:
        if id_ in numbers:
            label = translator.config.numfig_format[kind] % ".".join(map(str, numbers[id_]))
            return sequence([call("strong", string(label)), '"  "', translator.children(caption)])
    return translator.children(caption)


@renders("topic", "sidebar")
def topic(translator: Translator, node: nodes.Element) -> str:
    """Return a box beside the text."""
    if isinstance(node.children[0], nodes.title):
        title, rest = translator.children(node.children[0]), node.children[1:]
    else:
        title, rest = '""', node.children
    return call("admonition", string("note"), title, translator.codes(rest))


@renders("admonition")
def admonition(translator: Translator, node: nodes.admonition) -> str:
    """Return an admonition with a title of its own, and its kind: the class that is not made."""
    title, rest = node.children[0], node.children[1:]
    kinds = [name for name in node["classes"] if not name.startswith("admonition")]
    kind = string(kinds[0] if kinds else "note")
    return call("admonition", kind, translator.children(title), translator.codes(rest))


@renders("Admonition", "todo_node", "seealso")
def specific_admonition(translator: Translator, node: nodes.Element) -> str:
    """Return one of the admonitions that have a name."""
    kind = type(node).__name__
    if node.children and isinstance(node.children[0], nodes.title):  # as `todo` has it
        title, rest = translator.children(node.children[0]), node.children[1:]
    else:
        title, rest = string(str(admonitionlabels.get(kind, kind.capitalize()))), node.children
    return call("admonition", string(kind), title, translator.codes(rest))


@renders("versionmodified")
def versionmodified(translator: Translator, node: addnodes.versionmodified) -> str:
    """Return what changed in which version."""
    return translator.children(node)
