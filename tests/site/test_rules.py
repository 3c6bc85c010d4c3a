"""Each rule for pages lets a good page pass and finds the page that breaks it."""

from __future__ import annotations

import pytest

from tests.site.pages import Page
from tests.site.rules import RULES

GOOD = """<!doctype html><html lang="en"><head><title>Good</title>
<meta name="description" content="A page."><link rel="stylesheet" href="a.css">
<link rel="icon" href="i.svg"><link rel="canonical" href="https://example.org/"></head>
<body><header><img src="ornament.svg" alt=""></header><article><h1>Good</h1>
<p>See <a href="https://example.org">elsewhere</a>, <a href="mailto:a@example.org">write</a>,
or call <code>context.TODO()</code>, <code>todo!()</code> and <code>{cmp:claim}`x`</code>.</p>
<div class="cmp-example"><div class="highlight-rust notranslate"><pre>ran</pre></div></div>
<div class="highlight-console notranslate"><pre>make html</pre></div>
<h2>One</h2><h3>Two</h3><h2 id="three">Three</h2><img src="a.svg" alt="A line that rises">
<svg role="img"><title>Bars</title></svg><svg aria-hidden="true"></svg>
<table><thead><tr><th>Name</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>
</article></body></html>"""

# rule, what of the good page is replaced, by what
BROKEN = [
    ("ids_are_unique", "<h2>One</h2>", '<h2 id="three">One</h2>'),
    ("one_h1", "<h2>One</h2>", "<h1>One</h1>"),
    ("one_h1", "<h1>Good</h1>", ""),
    ("one_h1", "<h1>Good</h1>", "<h1> </h1>"),
    ("headings_do_not_skip", "<h2>One</h2>", ""),
    ("headings_do_not_skip", "<h1>Good</h1>", ""),
    ("language_is_named", ' lang="en"', ""),
    ("has_title", "<title>Good</title>", ""),
    ("has_title", "<title>Good</title>", "<title></title>"),
    ("has_description", 'content="A page."', 'content=" "'),
    ("has_description", 'name="description"', 'name="robots"'),
    ("has_icon", ' rel="icon"', ' rel="help"'),
    ("images_have_alternatives", ' alt="A line that rises"', ""),
    ("images_have_alternatives", ' alt=""', ""),
    ("images_have_alternatives", ' alt="A line that rises"', ' alt=""'),
    ("images_have_alternatives", "<title>Bars</title>", ""),
    ("tables_have_headers", "<th>Name</th>", "<td>Name</td>"),
    ("tables_have_headers", "<th>Name</th>", "<th>Name</th><th></th>"),
    ("no_inline_handlers", "<h2>One</h2>", '<h2 onclick="go()">One</h2>'),
    ("no_inline_handlers", 'href="https://example.org"', 'href="javascript:go()"'),
    ("nothing_unfinished", "<h2>One</h2>", "<h2>One (TODO)</h2>"),
    ("nothing_unfinished", "<h2>One</h2>", "<h2>Lorem ipsum</h2>"),
    ("nothing_unfinished", "<h2>One</h2>", "<h2>Coming soon</h2>"),
    ("nothing_unfinished", 'content="A page."', 'content="TBD"'),
    ("nothing_unrendered", "<code>{cmp:claim}`x`</code>", "{cmp:claim}`x`"),
    ("nothing_unrendered", "<h2>One</h2>", "<h2>One</h2>\n:::{note}"),
    ("nothing_unrendered", "<h2>One</h2>", "<h2>{{ name }}</h2>"),
    (
        "numbers_are_there",
        "<h2>One</h2>",
        '<p>It takes <span class="cmp-measured-missing">[no number: unmeasured]</span>.</p>',
    ),
    ("code_was_checked", 'class="cmp-example"', 'class="cmp-examples"'),
    ("code_was_checked", "highlight-console", "highlight-go"),
    ("code_was_checked", "highlight-console", "highlight-default"),
    ("foreign_loads", 'href="a.css"', 'href="https://example.org/a.css"'),
    ("foreign_loads", 'src="a.svg"', 'src="//example.org/a.svg"'),
    ("foreign_loads", 'src="a.svg"', 'src="a.svg" srcset="a.svg 1x, https://x.example/a.svg 2x"'),
    ("foreign_loads", "<h2>One</h2>", "<style>@import 'https://example.org/a.css';</style>"),
    ("foreign_loads", "<h2>One</h2>", '<h2 style="background:url(http://x.example/a)">One</h2>'),
    ("foreign_loads", "<h2>One</h2>", '<iframe src="https://example.org"></iframe>'),
    ("odd_schemes", 'https://example.org"', 'file:///etc/passwd"'),
]


@pytest.mark.parametrize("rule", RULES)
def test_a_good_page_passes(rule: str) -> None:
    """A page without a fault keeps the rule."""
    assert list(RULES[rule](Page("good.html", GOOD))) == []


@pytest.mark.parametrize(("rule", "old", "new"), BROKEN)
def test_a_broken_page_is_found(rule: str, old: str, new: str) -> None:
    """A page with one fault breaks the rule against it."""
    assert old in GOOD
    assert list(RULES[rule](Page("broken.html", GOOD.replace(old, new))))


def test_every_rule_has_a_page_that_breaks_it() -> None:
    """No rule is without a broken page above."""
    assert {rule for rule, _old, _new in BROKEN} == set(RULES)
