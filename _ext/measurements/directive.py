"""The directives by which pages show what the lab measured."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from comparison.measurements import why_missing
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from lab.experiments import Experiment, Metric
from lab.published import PublishedError, headline, pair_named
from lab.summary import Pair

from . import freshness, render
from .chart import Selection, Show, default_show, ratio_text
from .place import Lab, UnknownError, anchor_of, known, lab_of
from .published import FILE, Figure, load_figures
from .shown import Shown, named


def _words(argument: str) -> list[str]:
    return directives.unchanged_required(argument).split()


def _show(argument: str) -> str:
    return directives.choice(argument, ("ratios", "values"))


class MeasurementDirective(SphinxDirective):
    """An experiment: figure, table, environment, caveats, command and samples."""

    required_arguments = 1
    option_spec: ClassVar[OptionSpec] = {
        "comparison": directives.unchanged_required,
        "name": directives.unchanged_required,
        "machine": _words,
        "metric": _words,
        "show": _show,
        "variant": _words,
        "workload": _words,
    }

    def run(self) -> list[nodes.Node]:
        """Return the experiment, or the part of it that the options choose."""
        try:
            lab = lab_of(self.env, self.options.get("comparison"))
            experiment, results = lab.experiment(self.arguments[0])
        except UnknownError as error:
            raise self.error(str(error)) from None
        data = experiment.data
        machines = self._chosen("machine", [result.machine for result in results])
        selection = Selection(
            tuple(self._chosen("workload", [one.id for one in data.workloads])),
            tuple(self._chosen("variant", [one.id for one in data.variants])),
        )
        metrics = self._chosen("metric", [one.id for one in data.metrics])
        chosen = [metric for metric in data.metrics if metric.id in metrics]
        found = [result for result in results if result.machine in machines]
        shown = Shown(self.env, experiment, found, lab.names, selection)
        show: Show = self.options.get("show") or default_show(experiment, selection)
        content = render.experiment_nodes(shown, chosen, show)
        node = render.measurement_block(data.title, content)
        self.set_source_info(node)
        self.add_name(node)
        return [node]

    def _chosen(self, option: str, known: list[str]) -> list[str]:
        """Return what an option chooses, all of it without the option."""
        wanted: list[str] = self.options.get(option, known)
        for name in wanted:
            if name not in known:
                expected = f"one of: {', '.join(known)}" if known else "a result"
                raise self.error(f':{option}: unknown {option} "{name}"; expected {expected}')
        return [name for name in known if name in wanted]


class MeasurementsDirective(SphinxDirective):
    """All experiments of the comparison, each in a section of its own."""

    option_spec: ClassVar[OptionSpec] = {"comparison": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        """Return how much is measured, and a section for every experiment, those to come too."""
        try:
            lab = lab_of(self.env, self.options.get("comparison"))
            freshness.note(self.env, lab.folder / freshness.EVERYTHING)
            sections = [self._section(lab, id_) for id_ in lab.ids()]
            results = [lab.experiment(id_)[1] for id_ in lab.ids()]
        except UnknownError as error:
            raise self.error(str(error)) from None
        return [*render.measured_so_far(results), *sections]

    def _section(self, lab: Lab, id_: str) -> nodes.section:
        experiment, results = lab.experiment(id_)
        data = experiment.data
        selection = Selection(
            tuple(one.id for one in data.workloads), tuple(one.id for one in data.variants)
        )
        shown = Shown(self.env, experiment, results, lab.names, selection)
        anchor = anchor_of(id_)
        section = nodes.section(ids=[anchor], names=[anchor])
        section += nodes.title("", data.title)
        section += render.question(experiment)
        section += self._parts(shown, experiment, data.metrics)
        self.set_source_info(section)
        lab.note_place(experiment, anchor)
        return section

    def _parts(
        self, shown: Shown, experiment: Experiment, metrics: Iterable[Metric]
    ) -> list[nodes.Node]:
        show = default_show(experiment, shown.selection)
        return render.experiment_nodes(shown, list(metrics), show)


class PublishedDirective(SphinxDirective):
    """What others published, each figure beside ours, and by how much the two differ."""

    option_spec: ClassVar[OptionSpec] = {"comparison": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        """Return a block for each figure."""
        try:
            lab = lab_of(self.env, self.options.get("comparison"))
            figures, problems = load_figures(lab.folder)
            self.env.note_dependency(str(lab.folder / FILE))
            if problems:
                raise UnknownError("\n".join(map(str, problems)))
            return [self._figure(lab, figure) for figure in figures]
        except (UnknownError, PublishedError) as error:
            raise self.error(str(error)) from None

    def _figure(self, lab: Lab, figure: Figure) -> nodes.Node:
        said = self._parsed(f"{figure.says} {{cite:p}}`{figure.source}`")
        items = render.published_items(figure, said, lab.names)
        items += self._ours(lab, figure)
        items.append([nodes.strong("", "Not the same:"), *self._parsed(f" {figure.differs}")])
        return render.published_block(figure.title, items)

    def _ours(self, lab: Lab, figure: Figure) -> list[list[nodes.Node]]:
        """Return our ratio and by how much it differs, or why there is none."""
        if figure.measurement is None:
            none = named("Ours", f"not measured. {figure.unmeasured}")
            similar = (self._ratio(lab, "Similar", id_, figure.pair)[0] for id_ in figure.similar)
            return [none, *similar]
        ours, pair = self._ratio(lab, "Ours", figure.measurement, figure.pair)
        if pair is None:
            return [ours]
        off = self._parsed(f" {render.difference(figure, pair)}")
        return [ours, [nodes.strong("", "Difference:"), *off]]

    def _ratio(
        self, lab: Lab, name: str, measurement: str, variants: str | None = None
    ) -> tuple[list[nodes.Node], Pair | None]:
        """Return a ratio of ours in words, or why there is none."""
        id_, workload, metric = measurement.split("/")
        experiment, results = lab.experiment(id_)
        known("workload", workload, (one.id for one in experiment.data.workloads))
        known("metric", metric, (one.id for one in experiment.data.metrics))
        result = results[0] if results else None
        missing = why_missing(experiment, workload, metric, result, any_trust=True)
        found = result.metric(workload, metric) if result and not missing else None
        pair = None
        if found:
            pair = pair_named(found, *variants.split("/")) if variants else headline(found)
        title = lab.comparison.measurements[measurement].title
        if pair and variants:
            titles = {variant.id: variant.title for variant in experiment.data.variants}
            title += f", {titles[pair.of]} over {titles[pair.to]}"
        if pair is None:
            return named(name, f"{title}: no ratio, because {missing}."), None
        number = lab.number(id_, f"{ratio_text(pair)}, trust {render.TRUST_WORDS[pair.trust]}")
        # A variant's title may hold an option of a command, of which a typographer makes a dash.
        what = nodes.inline("", f"{title}: ", support_smartquotes=False)
        return [*named(name, ""), what, number, nodes.Text(".")], pair

    def _parsed(self, text: str) -> list[nodes.Node]:
        parsed, messages = self.parse_inline(text)
        return [*parsed, *messages]
