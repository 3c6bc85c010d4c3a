import datetime

project = "Sample"
author = "Nobody"
version = "1"
project_copyright = "Nobody"
extensions = ["typst_builder", "ebook", "offline", "incremental"]
html_theme = "basic"
epub_date = datetime.date(2026, 2, 3)
typst_documents = [
    ("index", "whole", "The whole", "Nobody", {"date": datetime.date(2026, 2, 3)}),
    ("part", "part", "The part", "Nobody", {"date": datetime.date(2026, 1, 2)}),
]
offline_folders = ["_build/typstpdf", "_build/epub"]
