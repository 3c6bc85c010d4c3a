"""The EPUB builder of Sphinx with what it lacks: a cover, facts on access, and the same bytes.

The cover is drawn by Typst, so that it is like that of the PDF. Add it to `extensions` after
`typst_builder`, and set `epub_cover` to the path of the cover, and `epub_date` to the day of which
the book is.
"""

from __future__ import annotations

import datetime
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import typst
from sphinx.builders.epub3 import Epub3Builder
from typst_builder.builder import PACKAGE, THEME_OPTIONS
from typst_builder.literals import string

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

ACCESS = {
    "schema:accessMode": ("textual", "visual"),
    "schema:accessModeSufficient": ("textual",),
    "schema:accessibilityFeature": (
        *("alternativeText", "displayTransformability", "index", "readingOrder"),
        *("structuralNavigation", "tableOfContents"),
    ),
    "schema:accessibilityHazard": ("none",),
    "schema:accessibilitySummary": (
        "Text with headings, lists and tables that are marked as such; code is text. "
        "No script, sound or motion.",
    ),
}
"""What a reader's program can tell about the book, in the words of schema.org."""

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP archive can name."""

COVER = """
#set page(width: 300pt, height: 480pt, margin: 36pt, fill: rgb({accent}))
#set text(font: {font}, fill: white, hyphenate: false)
#v(110pt)
#text(size: 34pt, weight: 600, {title})
#v(10pt)
#line(length: 60pt, stroke: 2pt + white)
#v(10pt)
#text(size: 14pt, {description})
"""


class EbookBuilder(Epub3Builder):
    """Writes the EPUB."""

    def copy_static_files(self) -> None:
        """Draw the cover among the other files that are not pages."""
        super().copy_static_files()
        if self.config.epub_cover:
            options = THEME_OPTIONS | self.config.typst_theme_options
            cover = COVER.format(
                accent=string(str(options["accent"])),
                font=string(str(options["heading-font"])),
                title=string(self.config.epub_title),
                description=string(self.config.epub_description),
            )
            path = Path(self.outdir) / self.config.epub_cover[0]
            path.parent.mkdir(parents=True, exist_ok=True)
            fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(PACKAGE / "fonts")])
            image = typst.compile(cover.encode(), font_paths=fonts, format="png", ppi=240)
            path.write_bytes(image)

    def content_metadata(self) -> dict[str, Any]:
        """Say as of when the book is, which otherwise would be when it was built."""
        metadata = super().content_metadata()
        if self.config.epub_date:
            metadata["date"] = f"{self.config.epub_date.isoformat()}T00:00:00Z"
        return metadata

    def build_content(self) -> None:
        """Add the facts on access to the description of the book."""
        super().build_content()
        path = Path(self.outdir) / "content.opf"
        facts = "".join(
            f'    <meta property="{name}">{value}</meta>\n'
            for name, values in ACCESS.items()
            for value in values
        )
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("  </metadata>", f"{facts}  </metadata>"), encoding="utf-8")

    def build_epub(self) -> None:
        """Pack the book; unlike Sphinx, without the times at which its files were written."""
        target = Path(self.outdir) / f"{self.config.epub_basename}.epub"
        first = ("META-INF/container.xml", "content.opf", "toc.ncx")
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        moment = max(time.gmtime(int(epoch))[:6], EARLIEST) if epoch else EARLIEST
        with ZipFile(target, "w") as archive:
            for name in ("mimetype", *first, *self.files):
                entry = ZipInfo(str(name), moment)
                entry.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, (Path(self.outdir) / name).read_bytes())


def setup(app: Sphinx) -> ExtensionMetadata:
    """Put the builder in the place of Sphinx's own."""
    app.setup_extension("sphinx.builders.epub3")
    app.add_builder(EbookBuilder, override=True)
    app.add_config_value("epub_date", None, "", types=frozenset({datetime.date}))
    return {"version": "1.0", "parallel_read_safe": True, "parallel_write_safe": True}
