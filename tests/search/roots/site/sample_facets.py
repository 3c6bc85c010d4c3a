"""Says what the units of the sample site are, as an extension of a project does."""


def setup(app):
    app.connect("search-facets", facets)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def facets(app, docname, doctree):
    if docname == "tea":
        return {
            "": {"topic": ["Tea"]},
            "unit-boil": {"kind": ["Claim"], "grade": ["A"]},
            "unit-sort": {"kind": ["Program"], "title": ["Leaves sorted"]},
        }
    return None
