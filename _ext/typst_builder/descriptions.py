"""Handlers of Sphinx's descriptions of functions, classes, options and the like."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes

from .literals import call, sequence, string
from .translator import Translator, renders


@renders("desc")
def desc(translator: Translator, node: addnodes.desc) -> str:
    """Return signatures, and the description below them."""
    heads = [child for child in node.children if not isinstance(child, addnodes.desc_content)]
    bodies = [child for child in node.children if isinstance(child, addnodes.desc_content)]
    return call("described", translator.codes(heads), translator.codes(bodies))


@renders("desc_content")
def desc_content(translator: Translator, node: addnodes.desc_content) -> str:
    """Return a description."""
    return translator.children(node)


@renders("desc_signature")
def desc_signature(translator: Translator, node: addnodes.desc_signature) -> str:
    """Return a signature, of one line or several."""
    lines = [child for child in node.children if isinstance(child, addnodes.desc_signature_line)]
    if not lines:
        return call("signature", translator.children(node))
    parts = [part for line in lines for part in ("linebreak()", translator.children(line))]
    return call("signature", sequence(parts[1:]))


@renders("desc_returns")
def desc_returns(translator: Translator, node: addnodes.desc_returns) -> str:
    """Return what a function returns."""
    return sequence([string(" → "), translator.children(node)])


@renders("desc_parameterlist")
def desc_parameterlist(translator: Translator, node: addnodes.desc_parameterlist) -> str:
    """Return parameters in parentheses."""
    return _list(translator, node, "(", ")")


@renders("desc_type_parameter_list")
def desc_type_parameter_list(translator: Translator, node: nodes.Element) -> str:
    """Return type parameters in brackets."""
    return _list(translator, node, "[", "]")


@renders("desc_optional")
def desc_optional(translator: Translator, node: addnodes.desc_optional) -> str:
    """Return parameters that may be left out."""
    return _list(translator, node, "[", "]")


def _list(translator: Translator, node: nodes.Element, left: str, right: str) -> str:
    parts = [part for child in node.children for part in (string(", "), translator.code(child))]
    return sequence([string(left), *parts[1:], string(right)])


@renders("desc_parameter", "desc_type_parameter")
def desc_parameter(translator: Translator, node: nodes.Element) -> str:
    """Return one parameter."""
    return call("emph", translator.children(node))


@renders("desc_addname", "desc_type", "desc_signature_line")
def desc_part(translator: Translator, node: nodes.Element) -> str:
    """Return a part of a signature as it is."""
    return translator.children(node)
