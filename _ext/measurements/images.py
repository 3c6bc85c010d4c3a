"""Keeps figures as files beside the doctrees, and gives each builder the one that suits it.

A site has a light and a dark figure as wide as the page; a book has one of a fixed width.
"""

from __future__ import annotations

from diagrams.kept import kept
from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform

from .chart import Chart
from .svg import FIXED_WIDTH, Palette, draw

FIGURE = "cmp-measured-image"
LIGHT, DARK, BOOK = "only-light", "only-dark", "cmp-book-image"
FOLDER = "measurements"

# Of the theme; a subject's colour is that of the site.
_LIGHT = {"text": "#1d2126", "grid": "#dde2e7", "band": "#eef1f4", "page": "#ffffff"}
_DARK = {"text": "#d5d8db", "grid": "#343a40", "band": "#22282e", "page": "#131416"}
_MARKS = {
    LIGHT: {"cmp-subject-1": "#a4400e", "cmp-subject-2": "#00647f", "cmp-neutral": "#55606b"},
    DARK: {"cmp-subject-1": "#f3a06c", "cmp-subject-2": "#62c6e2", "cmp-neutral": "#a9b2bb"},
}


def palettes(env: BuildEnvironment, subjects: tuple[str, ...]) -> dict[str, Palette]:
    """Return the light and the dark colours, of subjects in the order of the comparison."""
    options = env.config.html_theme_options
    found = {}
    for theme, key, own in (
        (LIGHT, "light_css_variables", _LIGHT),
        (DARK, "dark_css_variables", _DARK),
    ):
        colours = {**_MARKS[theme], **options.get(key, {})}
        marks = {
            subject: colours[f"cmp-subject-{number}"]
            for number, subject in enumerate(subjects, start=1)
        }
        found[theme] = Palette(**own, muted=colours["cmp-neutral"], marks=marks)
    return found


def figure_images(
    env: BuildEnvironment, chart: Chart, names: dict[str, str], stem: str, alt: str
) -> list[nodes.image]:
    """Return the images of a figure, of which each builder keeps what it can use."""
    themes = palettes(env, tuple(names))
    images = []
    for kind, theme in ((LIGHT, LIGHT), (DARK, DARK), (BOOK, LIGHT)):
        fluid = kind != BOOK
        text, height = draw(chart, themes[theme], names, fluid=fluid)
        node = nodes.image(uri=kept(env, FOLDER, stem, text), alt=alt, classes=[FIGURE, kind])
        node["width"] = "100%" if fluid else f"{FIXED_WIDTH}px"
        if fluid:
            node["height"] = f"{height}px"
        images.append(node)
    return images


class ImagesOfTheBuilder(SphinxPostTransform):
    """Leaves the images that the builder can use, and no figure where it can use none."""

    default_priority = 5  # before Sphinx looks at images

    def run(self, **kwargs: object) -> None:
        """Remove the others."""
        builder = self.env._app.builder
        site = builder.format == "html" and not getattr(builder, "embedded", False)
        drawable = builder.supported_image_types
        for image in list(self.document.findall(nodes.image)):
            if FIGURE not in image["classes"]:
                continue
            if (BOOK in image["classes"]) is site:
                image.parent.remove(image)
            elif drawable and "image/svg+xml" not in drawable:
                # The table below has all that the figure shows.
                image.parent.parent.remove(image.parent)
