"""Sphinx configuration of the knowledge base."""

import sys
from pathlib import Path

# Our extensions, and the lab, whose results they read.
sys.path[:0] = [str(Path(__file__).parent / "_ext"), str(Path(__file__).parent)]

# -- Project -------------------------------------------------------------------

project = "Technology Comparisons"
author = "Technology Comparisons"
project_copyright = "Technology Comparisons"
language = "en"
version = "1"

# Where the call for help with choosing leads. The reserved domain ".example" takes no mail:
# whoever publishes the site sets the address here.
contact_address = "contact@technology-comparisons.example"

# Where the site is published, with a slash at the end. Empty is sound: all links are relative then,
# those of the feeds too; an address makes the feeds name themselves and their pages in full.
html_baseurl = ""

# -- Extensions ----------------------------------------------------------------

extensions = [
    "myst_parser",
    "sphinx_design",
    "sphinx_copybutton",
    "sphinxcontrib.bibtex",
    "notfound.extension",
    "comparison",
    "comparison.facets",
    "examples",
    "measurements",
    "diagrams",
    "measurements.facets",
    "typst_builder",
    "ebook",
    "offline",
    "search",
    "incremental",  # last: it compares what all others have collected
]
# Listed, so that a README or a test page never becomes a page.
include_patterns = ["index.md", "about/*.md", "comparisons/*.md", "comparisons/*/*.md"]
# Folders without pages, so that no build walks through them.
exclude_patterns = [".*", "_*", "bench", "tests", "tools", "**/diagrams", "**/examples", "**/lab"]
templates_path = ["_templates"]
nitpicky = True

bibtex_default_style = "comparison"
bibtex_reference_style = "label"
bibtex_cite_id = "cite-{key}"
bibtex_bibliography_id = "sources"
bibtex_tooltips = False  # a tooltip is out of reach of touch and print

notfound_urls_prefix = "/"
notfound_template = "404.html"

# -- Search --------------------------------------------------------------------

# Lists that repeat what is found in its own place, and labels of tabs.
search_ignored_classes = ["cmp-claims", "cmp-claim-list", "cmp-source-list", "sd-tab-label"]
# What readers call by another name than the pages do; the glossary's entries name the rest.
search_synonyms = [
    ["borrow checker", "borrowck"],
    ["goroutine", "green thread"],
    ["kubernetes", "k8s"],
    ["sum type", "tagged union"],
    ["webassembly", "wasm"],
]
# A search server that the box asks instead of the site's own index, see _ext/search/README.md:
# {"nodes": ["https://search-1.example", ...], "collection": "name", "key": "may only search"}.
search_server = {}

# -- MyST ----------------------------------------------------------------------

myst_enable_extensions = ["attrs_inline", "colon_fence", "substitution"]
myst_heading_anchors = 3
myst_substitutions = {"contact": f"[{contact_address}](mailto:{contact_address})"}

# -- HTML ----------------------------------------------------------------------

html_theme = "furo"
html_title = project
pygments_style = "a11y-light"
pygments_dark_style = "a11y-dark"
html_favicon = "_static/favicon.svg"
html_static_path = ["_static"]
html_css_files = ["comparison.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_show_copyright = False
html_last_updated_fmt = None
html_use_index = True
_sans = "'Source Sans 3', system-ui, sans-serif"
html_theme_options = {
    "light_css_variables": {
        "font-stack": _sans,
        "font-stack--headings": "'Source Serif 4', Georgia, serif",
        "font-stack--monospace": "'JetBrains Mono', ui-monospace, monospace",
        "color-brand-primary": "#23415e",
        "color-brand-content": "#1f5f99",
        "color-brand-visited": "#5b4a8a",
        "color-highlight-on-target": "#eef4fa",
        # Text contrast of at least 4.5:1 on the page and on the tint of itself.
        "cmp-subject-1": "#a4400e",
        "cmp-subject-2": "#00647f",
        "cmp-neutral": "#55606b",
        "cmp-warning": "#8a5a00",
    },
    "dark_css_variables": {
        "color-brand-primary": "#a9c7e4",
        "color-brand-content": "#86bdf2",
        "color-brand-visited": "#c3b2f0",
        "color-highlight-on-target": "#1c2732",
        "cmp-subject-1": "#f3a06c",
        "cmp-subject-2": "#62c6e2",
        "cmp-neutral": "#a9b2bb",
        "cmp-warning": "#e0b14f",
    },
}

# -- PDF, EPUB and LaTeX ------------------------------------------------------

# Where `make pdf` and `make epub` write, and the site takes up what it offers.
offline_folders = ["_build/pdf", "_build/epub"]

# The documents themselves come from the comparisons: one for each, and one with everything.
typst_style = "_templates/print.typ"
typst_appendices = ["about/how-to-read"]

latex_engine = "xelatex"
latex_use_xindy = False  # makeindex comes with TeX, and our index is in English
# An e-reader has fonts of its own, so those of the site stay out.
suppress_warnings = ["epub.unknown_project_files"]
epub_css_files = ["epub.css"]
epub_exclude_files = ["_static/comparison.css"]
epub_description = "Comparisons of technologies with graded evidence"
epub_identifier = epub_uid = "technology-comparisons"  # the same for each edition
epub_cover = ("_static/cover.png", "epub-cover.html")
epub_tocdepth = 5  # pages are at 4, their sections at 5
epub_tocscope = "includehidden"  # our toctrees are hidden, and are the contents all the same
epub_show_urls = "no"  # links work in a reader

# -- Link check ----------------------------------------------------------------

linkcheck_timeout = 20
linkcheck_workers = 4
linkcheck_anchors = False  # many sites make their anchors by script
