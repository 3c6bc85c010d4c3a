import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent / "ext")]
project = "Sample"
version = "1"
project_copyright = "Sample"
extensions = ["myst_parser", "search", "sample_facets", "incremental"]
exclude_patterns = ["ext"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
suppress_warnings = ["epub.unknown_project_files"]
html_theme = "furo"
html_last_updated_fmt = None
search_ignored_classes = ["repeated"]
search_synonyms = [["kettle", "boiler"]]
