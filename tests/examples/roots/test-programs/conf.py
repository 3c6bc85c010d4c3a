project = "Drinks"
version = "1"
project_copyright = "Drinks"
extensions = ["myst_parser", "sphinx_design", "examples"]
include_patterns = ["**.md"]
html_theme = "furo"
nitpicky = True
