"""Measures builds of this site, as it is and grown, in CPU seconds and peak memory.

CPU time (user and system, of the build and all its children) and not the clock, because the
clock measures what else the machine does.  Everything is built in copies in a temporary
folder.

    python -m bench.build --sizes 1000 5000 --json bench.json

A large site takes long: what a build is doing is told every half a minute, and the figures
are written after each kind of build, so that those of a stopped run are not lost.
"""

from __future__ import annotations

import argparse
import importlib.util
import itertools
import json
import os
import platform
import re
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from bench.grow import SITE, copy_site, count_pages, grow
from bench.plain import SIMPLIFIED, export
from tools.setup_system import find_browser

SMALL = 500
"""Up to so many pages a build from nothing is repeated."""
LARGE = 2000
"""Up to so many pages other builds are repeated."""
TELL_AFTER_S = 30
"""So often a build that takes long says how far it is."""


@dataclass(frozen=True)
class Build:
    """One kind of build of one site by one tool."""

    tool: str
    pages: int
    kind: str
    cpu_s: float
    """The median of the samples."""
    samples_s: list[float]
    peak_mb: float


class BuildFailedError(Exception):
    """A build ended with an error."""


def run(command: Sequence[str], log: Path, folder: Path | None = None) -> tuple[float, float]:
    """Run a command; return its CPU seconds and its peak memory in MB, children included.

    The peak is that of the largest process.
    """
    descriptor = os.open(log, os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
    pid = os.fork()
    if pid == 0:
        try:
            os.dup2(descriptor, 1)
            os.dup2(descriptor, 2)
            if folder:
                os.chdir(folder)
            os.execvp(command[0], list(command))
        finally:
            os._exit(127)
    os.close(descriptor)
    status, usage = _wait(pid, log)
    if os.waitstatus_to_exitcode(status):
        last = "\n".join(log.read_text(errors="replace").splitlines()[-20:])
        raise BuildFailedError(f"{' '.join(command)}\n{last}")
    scale = 1024 if sys.platform == "darwin" else 1
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024 / scale


def _wait(pid: int, log: Path) -> tuple[int, resource.struct_rusage]:
    """Wait for a process, and pass on from time to time what it said last."""
    told = time.monotonic()
    while True:
        ended, status, usage = os.wait4(pid, os.WNOHANG)
        if ended:
            return status, usage
        time.sleep(0.05)
        if time.monotonic() - told > TELL_AFTER_S:
            told = time.monotonic()
            lines = log.read_text(errors="replace").split("\n")
            print(f"  {next(filter(None, reversed(lines)), '')}", file=sys.stderr)


class Site:
    """A copy of the site that is built, changed and built again."""

    def __init__(self, folder: Path, options: Sequence[str]) -> None:
        self.folder = folder
        self.pages = count_pages(folder / "source")
        self._options = options
        self._edits = 0

    @property
    def source(self) -> Path:
        """Where the sources are."""
        return self.folder / "source"

    def build(self, builder: str = "html") -> tuple[float, float]:
        """Build what changed."""
        command = [sys.executable, "-m", "sphinx", "-n", "-b", builder, *self._options]
        command += [
            "-d",
            str(self.folder / "doctrees"),
            str(self.source),
            str(self.folder / builder),
        ]
        log = self.folder / "build.log"
        measured = run(command, log)
        if warning := re.search(r".*WARNING: .*", log.read_text(errors="replace")):
            # A build that warned is not built upon, so that an edit would cost a clean build.
            raise BuildFailedError(f"the build warned: {warning[0]}")
        return measured

    def build_all(self) -> tuple[float, float]:
        """Build from nothing."""
        for name in ("doctrees", "html"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        return self.build()

    def build_page_edit(self) -> tuple[float, float]:
        """Build after a sentence was added to one page."""
        self._edits += 1
        page = self._topic().with_suffix(".md")
        text = page.read_text(encoding="utf-8")
        page.write_text(f"{text}\nOne more sentence, number {self._edits}.\n", encoding="utf-8")
        return self.build()

    def build_claim_edit(self) -> tuple[float, float]:
        """Build after the text of one claim changed."""
        self._edits += 1
        data = self._topic()
        before, mark, claims = data.read_text(encoding="utf-8").partition("[[claims]]")
        changed = re.sub(
            r'^(text = ".*?)(?: Edit \d+\.)?"$',
            rf'\1 Edit {self._edits}."',
            claims,
            count=1,
            flags=re.MULTILINE,
        )
        if changed == claims:
            raise BuildFailedError(f"{data}: no claim to edit")
        data.write_text(before + mark + changed, encoding="utf-8")
        return self.build()

    def build_pdf(self) -> tuple[float, float]:
        """Print each comparison and everything, from pages that were read before."""
        return self.build("typstpdf")

    def build_pdf_by_browser(self, browser: str) -> tuple[float, float]:
        """Print everything as one page of a browser, from pages that were read before."""
        written = self.build("singlehtml")
        page = (self.folder / "singlehtml" / "index.html").as_uri()
        profile = f"--user-data-dir={self.folder / 'profile'}"
        target = f"--print-to-pdf={self.folder / 'browser.pdf'}"
        # Of processes that a zygote starts, the browser's own times know nothing.
        options = ["--no-zygote", "--no-pdf-header-footer", profile, target]
        command = [browser, *BROWSER_OPTIONS, *options, page]
        return _together(written, run(command, self.folder / "browser.log"))

    def build_pdf_by_latex(self) -> tuple[float, float]:
        """Print everything by XeLaTeX, from pages that were read before."""
        written = self.build("latex")
        folder = self.folder / "latex"
        command = ["latexmk", "-xelatex", "-interaction=nonstopmode", "-f"]
        [document] = folder.glob("*.tex")
        return _together(written, run([*command, document.name], self.folder / "tex.log", folder))

    def _topic(self) -> Path:
        """The data of a topic with claims, in the middle of the site."""
        topics = sorted((self.source / "comparisons").glob("*/*.toml"))
        topics = [path for path in topics if "[[claims]]" in path.read_text(encoding="utf-8")]
        if not topics:
            raise BuildFailedError(f"{self.source}: no topic with claims")
        return topics[len(topics) // 2]


def _together(*runs: tuple[float, float]) -> tuple[float, float]:
    """Return the CPU seconds of all runs, and the largest peak."""
    return sum(cpu for cpu, _ in runs), max(peak for _, peak in runs)


BROWSER_OPTIONS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--virtual-time-budget=60000",
)
PDF_PAGES = 600
"""A larger site is not printed whole: nobody reads so long a PDF."""


def measure(tool: str, site: Site, repeat: int) -> Iterable[Build]:
    """All kinds of builds of one site; of a large site few are repeated."""
    kinds: list[tuple[str, Callable[[], tuple[float, float]], int]] = [
        ("cold", site.build_all, repeat if site.pages < SMALL else 1),
        ("no change", site.build, repeat if site.pages < LARGE else 1),
        ("one page edited", site.build_page_edit, repeat if site.pages < LARGE else 1),
        ("one claim edited", site.build_claim_edit, repeat if site.pages < LARGE else 1),
    ]
    if site.pages <= PDF_PAGES:
        kinds.append(("PDF, each comparison and everything", site.build_pdf, 1))
        if browser := find_browser():
            by_browser = partial(site.build_pdf_by_browser, browser)
            kinds.append(("PDF of everything by Chromium", by_browser, 1))
        if shutil.which("latexmk") and shutil.which("xelatex"):
            kinds.append(("PDF of everything by XeLaTeX", site.build_pdf_by_latex, 1))
    for kind, build, times in kinds:
        yield _summary(tool, site.pages, kind, build, times)


def _summary(
    tool: str, pages: int, kind: str, build: Callable[[], tuple[float, float]], times: int
) -> Build:
    """Build so many times; the median counts."""
    samples = []
    for number in range(1, times + 1):
        cpu, peak = build()
        samples.append((cpu, peak))
        what = f"{tool}, {pages:,} pages, {kind}, {number} of {times}"
        print(f"{what}: {cpu:.2f} CPU s, {peak:.0f} MB", file=sys.stderr)
    seconds = [round(cpu, 2) for cpu, _ in samples]
    peak = max(peak for _, peak in samples)
    return Build(tool, pages, kind, round(statistics.median(seconds), 2), seconds, round(peak, 1))


def other_tools() -> dict[str, list[str]]:
    """The commands of other tools that are installed here."""
    tools = {}
    for name, needs in (("zensical", ["zensical"]), ("mkdocs", ["mkdocs", "material"])):
        if all(importlib.util.find_spec(need) for need in needs):
            tools[name] = [sys.executable, "-m", name, "build"]
        elif path := shutil.which(name):
            tools[name] = [path, "build"]
    return tools


def measure_other(
    tool: str, command: list[str], site: Site, folder: Path, repeat: int
) -> Iterable[Build]:
    """A cold build and an edit of the same pages, exported as plain Markdown."""
    pages = export(site.source, folder / "docs")
    theme = "theme:\n  name: material\n"
    (folder / "mkdocs.yml").write_text(f"site_name: Technology Comparisons\n{theme}")
    log = folder / "build.log"

    def cold() -> tuple[float, float]:
        for name in ("site", ".cache"):
            shutil.rmtree(folder / name, ignore_errors=True)
        return run(command, log, folder)

    def edit() -> tuple[float, float]:
        page = sorted((folder / "docs" / "comparisons").glob("*/*.md"))[0]
        page.write_text(page.read_text(encoding="utf-8") + "\nOne more sentence.\n")
        return run(command, log, folder)

    yield _summary(tool, pages, "cold", cold, repeat if pages < SMALL else 1)
    yield _summary(tool, pages, "one page edited", edit, repeat if pages < LARGE else 1)


def table(builds: Iterable[Build]) -> str:
    """The builds as a Markdown table."""
    lines = ["| tool | pages | build | CPU s | peak MB |", "| --- | ---: | --- | ---: | ---: |"]
    for b in builds:
        lines.append(f"| {b.tool} | {b.pages:,} | {b.kind} | {b.cpu_s:.2f} | {b.peak_mb:.0f} |")
    return "\n".join(lines)


def main() -> int:
    """Measure, print the table, and write the figures with all samples as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "--sizes",
        type=int,
        nargs="*",
        default=[100, 1000, 5000],
        help="pages to grow to (%(default)s)",
    )
    parser.add_argument("--repeat", type=int, default=3, help="samples each (%(default)s)")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    parser.add_argument("--site", type=Path, default=SITE, help="the site to copy (this one)")
    parser.add_argument("options", nargs="*", help="more options for Sphinx, after --")
    arguments = parser.parse_args()

    builds: list[Build] = []
    tools = other_tools()
    try:
        for size in [0, *arguments.sizes]:
            with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
                folder = Path(temporary)
                grow(copy_site(arguments.site, folder / "source"), size)
                site = Site(folder, arguments.options)
                found = [measure("Sphinx", site, arguments.repeat)]
                for tool, command in tools.items():
                    other = folder / tool
                    found.append(measure_other(tool, command, site, other, arguments.repeat))
                for build in itertools.chain.from_iterable(found):
                    builds.append(build)
                    if arguments.json:
                        write_json(arguments.json, builds)
    except BuildFailedError as error:
        print(f"stopped: {error}", file=sys.stderr)
        return 1
    finally:
        print(table(builds))
        if tools:
            print(f"\nSimplified: {SIMPLIFIED}.")
        else:
            print("\nNeither Zensical nor MkDocs with Material is installed here.")
    return 0


def write_json(path: Path, builds: Iterable[Build]) -> None:
    """Write the figures so far with all samples, whole or not at all."""
    result = {
        "machine": platform.platform(),
        "python": platform.python_version(),
        "cpus": os.cpu_count(),
        "builds": [asdict(build) for build in builds],
    }
    part = path.with_suffix(".part")
    part.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    part.replace(path)


if __name__ == "__main__":
    sys.exit(main())
