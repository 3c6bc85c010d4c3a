"""Grows the site to a number of pages, by copies of its comparisons under new names.

A comparison is a folder that stands for itself, so a copy is one more comparison, with the
same data, checks, tables and citations as the real one.  What Sphinx shares between all
pages gets the name of the copy: labels, glossary terms and the keys of sources.

    python -m bench.grow /tmp/grown --pages 1000
"""

from __future__ import annotations

import argparse
import re
import shutil
from pathlib import Path

SITE = Path(__file__).parents[1]
#: What a build reads; anything else in the work tree stays where it is.
PARTS = ("conf.py", "*.md", "about", "comparisons", "_ext", "_static", "_templates")
#: What programs leave behind when they are built or run.
LEFT_BEHIND = shutil.ignore_patterns("__pycache__", "target", "_build", "*.pyc", ".*")

_BIB_KEY = re.compile(r"^@\w+\{\s*([^,\s]+)\s*,", re.MULTILINE)
_GLOSSARY = re.compile(r"(^(?P<fence>[`:]{3,})\{glossary\}.*?^(?P=fence)$)", re.M | re.S)
_TERM = re.compile(r"^(?![ :`\n-])(.+)$", re.MULTILINE)
_NAME = re.compile(r"^name: (.+)$", re.MULTILINE)
_TERM_ROLE = re.compile(r"\{term\}`([^`]+)`")
_TEXT_SUFFIXES = {".md", ".toml", ".bib"}


def copy_site(source: Path, target: Path) -> Path:
    """Copy what a build needs into *target*, which must not exist."""
    target.mkdir(parents=True)
    for pattern in PARTS:
        for path in sorted(source.glob(pattern)):
            if path.name == "README.md":
                continue
            if path.is_dir():
                shutil.copytree(path, target / path.name, ignore=LEFT_BEHIND)
            else:
                shutil.copy2(path, target / path.name)
    return target


def count_pages(site: Path) -> int:
    """How many pages the site has."""
    folders = (site, site / "about", site / "comparisons")
    return sum(1 for folder in folders for _ in folder.glob("*.md")) + sum(
        1 for _ in (site / "comparisons").glob("*/**/*.md")
    )


def grow(site: Path, pages: int) -> int:
    """Copy comparisons in turn until the site has at least *pages*; return how many it has."""
    index = site / "comparisons" / "index.md"
    originals = sorted(path.parent for path in index.parent.glob("*/comparison.toml"))
    if not originals:
        raise SystemExit(f"{index.parent}: no comparison to copy")
    have = count_pages(site)
    listed = []
    number = 0
    while have < pages:
        original = originals[number % len(originals)]
        number += 1
        copy = original.with_name(f"{original.name}-{number:03}")
        shutil.copytree(original, copy)
        _rename(copy, original.name, f"{number:03}")
        listed.append(f"{copy.name}/index")
        have += sum(1 for _ in copy.rglob("*.md"))
    text = index.read_text(encoding="utf-8")
    last = f"{originals[-1].name}/index"
    index.write_text(text.replace(last, "\n".join([last, *listed])), encoding="utf-8")
    return have


def _rename(folder: Path, name: str, suffix: str) -> None:
    """Give labels, terms and sources of the copy in *folder* names of their own."""
    files = [path for path in sorted(folder.rglob("*")) if path.suffix in _TEXT_SUFFIXES]
    keys = {key for path in files for key in _BIB_KEY.findall(path.read_text(encoding="utf-8"))}
    # As whole words, longer keys first: they may begin with shorter ones.
    longest_first = sorted(keys, key=lambda key: (-len(key), key))
    key = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, longest_first))})(?![\w-])")
    for path in files:
        text = path.read_text(encoding="utf-8")
        text = text.replace(f"{name}/", f"{folder.name}/")
        if keys:
            text = key.sub(rf"\1-{suffix}", text)
        if path.suffix == ".md":
            text = _GLOSSARY.sub(lambda match: _rename_terms(match[1], suffix), text)
            text = _NAME.sub(rf"name: \1-{suffix}", text)
            text = _TERM_ROLE.sub(lambda match: _rename_role(match[1], suffix), text)
            text = re.sub(r"^# (.+)$", rf"# \1 ({suffix})", text, count=1, flags=re.MULTILINE)
        path.write_text(text, encoding="utf-8")


def _rename_terms(glossary: str, suffix: str) -> str:
    first, rest = glossary.split("\n", 1)
    return first + "\n" + _TERM.sub(rf"\1 {suffix}", rest)


def _rename_role(content: str, suffix: str) -> str:
    if match := re.fullmatch(r"(.+?)\s*<(.+)>", content, re.DOTALL):
        return f"{{term}}`{match[1]} <{match[2]} {suffix}>`"
    return f"{{term}}`{content} <{content} {suffix}>`"


def main() -> None:
    """Grow a copy of this site."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("target", type=Path, help="a folder that does not exist yet")
    parser.add_argument("--pages", type=int, default=1000, help="at least so many (%(default)s)")
    arguments = parser.parse_args()
    pages = grow(copy_site(SITE, arguments.target), arguments.pages)
    print(f"{arguments.target}: {pages} pages")


if __name__ == "__main__":
    main()
