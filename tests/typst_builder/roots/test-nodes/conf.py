project = "Sample"
author = "Nobody"
release = "1.2"
extensions = ["myst_parser", "sphinx_design", "sphinxcontrib.bibtex", "typst_builder"]
bibtex_bibfiles = ["sources.bib"]
myst_enable_extensions = ["attrs_inline", "colon_fence", "deflist", "dollarmath", "tasklist"]
numfig = True
pygments_style = "a11y-light"
html_baseurl = "https://docs.example/"
typst_documents = [
    ("index", "sample", "Sample of nodes", author, {"subtitle": "All of them"}),
    ("notes", "part", "A part", author),
]
typst_appendices = ["appendix"]
myst_dmath_double_inline = True
