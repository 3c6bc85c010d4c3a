"""The rules that hold for every page by itself; each yields what breaks it, in words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from lxml.html import HtmlElement

from tests.site.links import foreign_loads, odd_schemes
from tests.site.pages import Page

Rule = Callable[[Page], Iterator[str]]

# "context.TODO()" is a function of Go's library.
UNFINISHED = re.compile(
    r"(?<![\w.])(?:TODO|FIXME|TBD|XXX)(?![\w(])|(?i:lorem ipsum|coming soon|under construction)"
)
# What a page may show without having run it.
UNCHECKED_LANGUAGES = {"bibtex", "console", "md", "toml"}
MARKUP = re.compile(r"^:{3,}|\{[a-z][a-z:_-]*\}`|\{\{|\]\(#|^```", re.MULTILINE)


def ids_are_unique(page: Page) -> Iterator[str]:
    """An id stands once on a page."""
    for id_, count in Counter(page.tree.xpath("//@id")).items():
        if count > 1:
            yield f"id {id_!r} stands {count} times"


def one_h1(page: Page) -> Iterator[str]:
    """A page has one heading of the first level, with text."""
    texts = [_text(heading) for heading in page.tree.xpath("//h1")]
    if len(texts) != 1 or not texts[0]:
        yield f"has {len(texts)} h1: {texts}"


def headings_do_not_skip(page: Page) -> Iterator[str]:
    """A heading is at most one level below the one before."""
    before = 0
    for heading in page.tree.xpath("//*[self::h1|self::h2|self::h3|self::h4|self::h5|self::h6]"):
        level = int(heading.tag[1])
        if level > before + 1:
            yield f"<{heading.tag}> {_text(heading)!r} follows a heading of level {before}"
        before = level


def language_is_named(page: Page) -> Iterator[str]:
    """The page says its language."""
    if not page.tree.get("lang"):
        yield "<html> has no lang"


def has_title(page: Page) -> Iterator[str]:
    """The page has one title, with text."""
    titles = [_text(title) for title in page.tree.xpath("/html/head/title")]
    if len(titles) != 1 or not titles[0]:
        yield f"has {len(titles)} <title>: {titles}"


def has_description(page: Page) -> Iterator[str]:
    """The page has one description for search engines, with text."""
    texts = page.tree.xpath("/html/head/meta[@name='description']/@content")
    if len(texts) != 1 or not texts[0].strip():
        yield f"has {len(texts)} <meta name=description>: {texts}"


def has_icon(page: Page) -> Iterator[str]:
    """The page names its icon; else browsers ask for /favicon.ico, which a folder can't have."""
    if not page.tree.xpath("/html/head/link[contains(@rel, 'icon')]"):
        yield "has no <link rel=icon>"


def images_have_alternatives(page: Page) -> Iterator[str]:
    """An image has a text alternative, be it empty for a mere ornament; a drawn one has a name."""
    for image in page.tree.xpath("//img[not(@alt)]"):
        yield f"<img src={image.get('src')!r}> has no alt"
    for image in page.tree.xpath("//article//img[not(normalize-space(@alt))]"):
        if image.get("alt") is not None and image.get("role") != "presentation":
            yield f"<img src={image.get('src')!r}> in the text has an empty alt"
    for drawing in page.tree.xpath("//*[name()='svg'][@role='img']"):
        named = drawing.get("aria-label") or drawing.get("aria-labelledby")
        if not named and not drawing.xpath("./*[local-name()='title'][normalize-space()]"):
            yield f"<svg class={drawing.get('class')!r}> has neither aria-label nor <title>"


def tables_have_headers(page: Page) -> Iterator[str]:
    """A table has header cells, and all cells of its head are such and have text."""
    # Sphinx lays out the columns of its index by tables.
    tables = "//table[not(@role='presentation') and not(contains(@class, 'genindextable'))]"
    for table in page.tree.xpath(tables):
        name = f"<table class={table.get('class')!r}>"
        if not table.xpath(".//th[normalize-space()]"):
            yield f"{name} has no header cell"
        if table.xpath("./thead/tr/td | ./thead/tr/th[not(normalize-space())]"):
            yield f"{name} has a cell in its head that is empty or no <th>"


def no_inline_handlers(page: Page) -> Iterator[str]:
    """No element carries a script in an attribute."""
    for element in page.tree.iter("*"):
        for attribute in element.attrib:
            if attribute.lower().startswith("on"):
                yield f"<{element.tag}> has {attribute}"
        if element.get("href", "").strip().lower().startswith("javascript:"):
            yield f"<{element.tag}> links to a script"


def nothing_unfinished(page: Page) -> Iterator[str]:
    """The page's text and attributes leave no work for later."""
    attributes = page.tree.xpath("//@alt | //@title | //@aria-label | //meta/@content")
    for found in UNFINISHED.finditer("\n".join([_visible(page, ()), *attributes])):
        yield f"says {found[0]!r}"


def nothing_unrendered(page: Page) -> Iterator[str]:
    """No markup of the sources is left in the text, except where code is shown."""
    for found in MARKUP.finditer(_visible(page, ("pre", "code"))):
        yield f"shows the markup {found[0]!r}"


def numbers_are_there(page: Page) -> Iterator[str]:
    """No sentence stands with a reason in place of its number: it waits until there is one."""
    for missing in page.tree.xpath("//*[contains(@class, 'cmp-measured-missing')]"):
        yield f"prints {_text(missing)!r}"


def code_was_checked(page: Page) -> Iterator[str]:
    """Outside of a checked program there are lines for a shell and data, but no program."""
    blocks = "//div[starts-with(@class, 'highlight-')][not(ancestor::*[{}])]"
    checked = "contains(concat(' ', @class, ' '), ' cmp-example ')"
    for block in page.tree.xpath(blocks.format(checked)):
        language = block.get("class").split()[0].removeprefix("highlight-")
        if language not in UNCHECKED_LANGUAGES:
            yield f"a block of {language} stands outside a checked program: {_text(block)[:60]!r}"


def _text(element: HtmlElement) -> str:
    text: str = element.text_content()
    return text.strip()


def _visible(page: Page, without: tuple[str, ...]) -> str:
    hidden = " or ".join(f"self::{tag}" for tag in ("script", "style", "svg", *without))
    texts = page.tree.xpath(f"/html/body//text()[not(ancestor::*[{hidden}])]")
    return "".join(texts)


RULES: dict[str, Rule] = {
    rule.__name__: rule
    for rule in (
        ids_are_unique,
        one_h1,
        headings_do_not_skip,
        language_is_named,
        has_title,
        has_description,
        has_icon,
        images_have_alternatives,
        tables_have_headers,
        no_inline_handlers,
        nothing_unfinished,
        nothing_unrendered,
        numbers_are_there,
        code_was_checked,
        foreign_loads,
        odd_schemes,
    )
}
