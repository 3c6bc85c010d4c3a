"""A small site with everything that one page can show of another."""

import sys
from pathlib import Path

# The source folder is a copy; the tests say where the extension is.
sys.path.insert(0, str(Path(__file__).parent / "ext"))

project = "Sample"
author = project_copyright = "Nobody"
extensions = [
    "myst_parser",
    "sphinx_design",
    "sphinx_copybutton",
    "sphinxcontrib.bibtex",
    "notfound.extension",
    "incremental",
]
exclude_patterns = ["parts", "ext"]
templates_path = ["_templates"]
nitpicky = True

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
bibtex_bibfiles = ["sources.bib"]
bibtex_default_style = "alpha"

html_theme = "furo"
html_title = "Sample"
html_static_path = ["_static"]
html_css_files = ["site.css"]
