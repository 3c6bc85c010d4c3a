"""Exports the pages as plain Markdown, so that other tools can build the same text.

What other tools do not know is simplified: a claim becomes a paragraph of its text, a link
by label or role becomes its text; tables, verdicts and lists that our directives compute
are left out, so those tools have less to do than Sphinx has.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

SIMPLIFIED = (
    "the other tools build a plain Markdown export: claims are paragraphs; computed tables, "
    "verdicts, cards and the bibliography are left out; links by label and role are text"
)

_CLAIM = re.compile(r"^(`{3,}|:{3,})\{cmp:claim\} *(\S+)\n.*?^\1$\n?", re.MULTILINE | re.DOTALL)
_DIRECTIVE = re.compile(
    r"^(`{3,}|:{3,})\{(?:cmp:[\w-]+|toctree|glossary|bibliography|include|literalinclude)\}.*?^\1$",
    re.MULTILINE | re.DOTALL,
)
_COLON_FENCE = re.compile(r"^:{3,}.*$\n(?::[\w-]+:.*\n)*", re.MULTILINE)
_CODE_DIRECTIVE = re.compile(r"^(`{3,})\{code-block\} *(\w*)\n(?::[\w-]+:.*\n)*", re.MULTILINE)
_LABEL = re.compile(r"^\([^)\s]+\)=\n", re.MULTILINE)
_ROLE = re.compile(r"\{[\w:-]+\}`([^`<]*?)(?:\s*<[^`]*>)?`")
_LABEL_LINK = re.compile(r"\[([^\]]*)\]\(#[^)]*\)")
_SUBSTITUTION = re.compile(r"\{\{.*?\}\}")


def export(site: Path, target: Path) -> int:
    """Write every page of *site* below *target* as plain Markdown; return how many."""
    count = 0
    patterns = ("*.md", "about/*.md", "comparisons/**/*.md")
    for path in sorted({path for pattern in patterns for path in site.glob(pattern)}):
        text = plain(path.read_text(encoding="utf-8"), _claims(path.with_suffix(".toml")))
        page = target / path.relative_to(site)
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, encoding="utf-8")
        count += 1
    return count


def plain(text: str, claims: dict[str, str]) -> str:
    """*text* without anything that only MyST knows."""
    text = _CLAIM.sub(lambda match: claims.get(match[2], match[2]) + "\n", text)
    text = _DIRECTIVE.sub("", text)
    text = _CODE_DIRECTIVE.sub(r"\1\2\n", text)
    text = _COLON_FENCE.sub("", text)
    text = _LABEL.sub("", text)
    text = _ROLE.sub(r"\1", text)
    text = _SUBSTITUTION.sub("", text)
    return _LABEL_LINK.sub(r"\1", text)


def _claims(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return {claim["id"]: claim["text"] for claim in data.get("claims", ())}
