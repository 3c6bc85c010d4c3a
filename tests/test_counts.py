from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from comparison.__main__ import main
from comparison.counts import GLOSSARY, counts, glossary_terms, prose_words
from comparison.validate import check_folders

if TYPE_CHECKING:
    from tests.conftest import Drinks

PAGE = """---
description: Not on the page.
---

# Two words

One **two** {term}`three` and [four](five.md) {cite:p}`six`.
`if a < b` counts whole.
As does `x -> y`, a line later.

```{diagram} a.pic
---
alt: Not prose.
---
Nor this.
```

:::{note}
:class: wide
Inside counts.
:::

- - -
"""

TERMS = """# Glossary

:::{glossary}
arena
  A block.

  Its second paragraph.

async
async/await
  Syntax.
:::
"""


def test_prose_is_what_the_page_says_itself() -> None:
    """Headings and what stands in notes count; options, diagrams and claims do not."""
    # "Two words", "One two three and four six", the two lines on code, "Inside counts"
    assert prose_words(PAGE) == 2 + 6 + 5 + 7 + 2


def test_synonyms_are_one_entry() -> None:
    """An entry may have several names and several paragraphs."""
    assert glossary_terms(TERMS) == 2


def test_a_comparison_is_counted(drinks: Drinks, capsys: pytest.CaptureFixture[str]) -> None:
    """By the command, with a line for each topic; a comparison may have no glossary."""
    assert main(["count", str(drinks.root)]) == 0
    first, *topics = capsys.readouterr().out.splitlines()
    assert first == f"{drinks.folder}: 7 claims, 3 sources, 0 glossary terms"
    assert [line.split(":")[0].strip() for line in topics] == ["taste", "cost"]
    (drinks.folder / GLOSSARY).write_text(TERMS, encoding="utf-8")
    [comparison], _ = check_folders(drinks.root)
    assert next(counts(comparison)).endswith(" 2 glossary terms")


def test_the_pages_are_as_deep_as_they_are_meant_to_be() -> None:
    """At least so many claims, sources and terms, and topics neither thin nor endless."""
    [comparison], _ = check_folders(Path("comparisons"))
    assert len(comparison.claims) >= 180
    assert len(comparison.sources) >= 200
    folder = comparison.folder
    assert glossary_terms((folder / GLOSSARY).read_text(encoding="utf-8")) >= 60
    for topic in comparison.topics:
        words = prose_words((folder / f"{topic.id}.md").read_text(encoding="utf-8"))
        assert 2000 <= words <= 4500, topic.id
