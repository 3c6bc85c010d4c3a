"""A site with every kind of toctree entry; it records the navigation, ours and Furo's."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "ext"))

project = "Navigation"
extensions = ["myst_parser", "incremental"]
exclude_patterns = ["ext"]
html_theme = "furo"


def setup(app):
    """Record for each page what Furo makes of Sphinx's collapsed tree, and what was printed."""
    from furo.navigation import get_navigation_tree

    recorded = {}

    def record(app, pagename, templatename, context, doctree):
        tree = context["toctree"](collapse=True, titles_only=True, maxdepth=-1, includehidden=True)
        recorded[pagename] = [get_navigation_tree(tree), context["furo_navigation_tree"]]

    def write(app, exception):
        (Path(app.outdir).parent / "navigation.json").write_text(json.dumps(recorded))

    app.connect("html-page-context", record, priority=950)
    app.connect("build-finished", write)
