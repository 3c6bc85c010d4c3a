"""Owns the workarounds that make Sphinx do the same in less time.

Each lever replaces one function by one that gives the same result, and says why upstream
is slow and when the lever can be deleted.  Each was measured to help,
in CPU seconds (bench/README.md).  They act on the process, once.
"""

from __future__ import annotations

import atexit
import copy
import functools
import gc
import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docutils.frontend
import jinja2
import sphinx.builders.html
import sphinx.util.docutils
from docutils.frontend import Values
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.highlighting import PygmentsBridge
from sphinx.jinja2glue import BuiltinTemplateLoader

from . import trees

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

_Settings = Callable[..., Values]
#: The collector runs when this many more objects were made than freed.
_COLLECT_AFTER = 100_000
#: How many doctrees stay in memory between the reading and the writing of a build.
_DOCTREES_HELD = 20


def register(app: Sphinx) -> None:
    """Connect the levers to the moments at which they act."""
    _install_once()
    app.connect("config-inited", _collect_rarely, priority=1)
    app.connect("builder-inited", _exempt_what_is_loaded, priority=998)
    app.connect("builder-inited", _cache_templates, priority=998)
    app.connect("env-before-read-docs", _hold_few_doctrees)
    app.connect("build-finished", _collect_as_before, priority=998)
    app.connect("build-finished", _leave_without_tearing_down, priority=999)


@functools.cache
def _install_once() -> None:
    _keep_formatters()
    _keep_settings()
    _clear_only_what_was_read()
    trees.install()


def _keep_formatters() -> None:
    """Make one Pygments formatter for each set of options, not one for each block of code.

    A new `HtmlFormatter` derives the style sheet of all token types.  Delete it when
    `PygmentsBridge.get_formatter` keeps its formatters.
    """
    make = PygmentsBridge.get_formatter

    def kept(self: PygmentsBridge, **options: Any) -> Any:
        formatters = self.__dict__.setdefault("_formatters", {})
        key = repr(sorted(options.items()))
        if key not in formatters:
            formatters[key] = make(self, **options)
        return formatters[key]

    PygmentsBridge.get_formatter = kept  # type: ignore[method-assign]


def _keep_settings() -> None:
    """Derive docutils settings once for each set of components, and then copy them.

    Docutils builds an option parser of some 150 options to get default values; Sphinx asks
    for them once a page, and MyST once more for every nested parse.  Delete it when docutils
    has settings without `optparse` (announced for its version 2).
    """
    module = sphinx.util.docutils
    module._get_settings = _kept(module._get_settings)
    sphinx.builders.html._get_settings = module._get_settings  # type: ignore[attr-defined]
    kept = _kept(docutils.frontend.get_default_settings)
    docutils.frontend.get_default_settings = kept
    if importlib.util.find_spec("myst_parser"):
        # It holds the function under a name of its own.
        myst = importlib.import_module("myst_parser.mdit_to_docutils.base")
        myst.__dict__["get_default_settings"] = kept


def _kept(derive: _Settings) -> _Settings:
    derived: dict[object, tuple[Values, object]] = {}

    @functools.wraps(derive)
    def kept(*components: Any, defaults: Any = None, **options: Any) -> Values:
        classes = tuple(c if isinstance(c, type) else type(c) for c in components)
        # Sphinx gives a new dictionary each time, with the same values in it.
        values_given = tuple((name, id(value)) for name, value in (defaults or {}).items())
        key = (classes, values_given, tuple(sorted(options.items())))
        if key not in derived:
            given = {} if defaults is None else {"defaults": defaults}
            # The defaults are kept too, so that no other value can get the id of one.
            derived[key] = (derive(*components, **given, **options), defaults)
        values = copy.copy(derived[key][0])
        for name, value in vars(values).items():
            if isinstance(value, list | dict | set):
                setattr(values, name, value.copy())
        return values

    return kept


def _clear_only_what_was_read() -> None:
    """Do not ask domains to forget a document that they never saw.

    Each domain walks through all it knows to forget one document, and Sphinx asks for that
    before each document it reads: quadratic in a clean build.  Delete it when domains keep
    their objects by document.
    """
    clear = BuildEnvironment.clear_doc

    def clear_known(self: BuildEnvironment, docname: str) -> None:
        # The first time in any case: some domains make their tables only when asked.
        if docname in self.all_docs or not getattr(self, "_incremental_cleared", False):
            self.__dict__["_incremental_cleared"] = True
            clear(self, docname)

    BuildEnvironment.clear_doc = clear_known  # type: ignore[method-assign]


def _cache_templates(app: Sphinx) -> None:
    """Keep compiled templates beside the doctrees; an edit compiles twenty of them otherwise.

    Jinja tells by a checksum of the source when a template changed.  Delete it when Sphinx
    gives its environment a bytecode cache.
    """
    builder = app.builder
    if not isinstance(builder, StandaloneHTMLBuilder):
        return
    if isinstance(builder.templates, BuiltinTemplateLoader):
        folder = Path(app.doctreedir, "incremental", "templates")
        folder.mkdir(parents=True, exist_ok=True)
        builder.templates.environment.bytecode_cache = jinja2.FileSystemBytecodeCache(str(folder))


class _Few(dict[str, Any]):
    """A cache that takes nothing more when it is full."""

    def __setitem__(self, docname: str, doctree: Any) -> None:
        if len(self) < _DOCTREES_HELD:
            super().__setitem__(docname, doctree)


def _hold_few_doctrees(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Read doctrees back from their files when they are written, all but a few.

    Sphinx holds every doctree of a clean build until it is written, and every file of one
    that it has read back until the end: some megabytes a page.  Delete it when Sphinx
    bounds these caches.
    """
    env._write_doc_doctree_cache = _Few()
    env._pickled_doctree_cache = _Few()


def _collect_rarely(app: Sphinx, config: Config) -> None:
    """Let the collector of cycles run seldom: doctrees are many objects that live long.

    By default it walks through all of them again and again while they grow.  Delete it
    when Sphinx sets thresholds of its own.
    """
    app._gc_thresholds = gc.get_threshold()  # type: ignore[attr-defined]
    gc.set_threshold(_COLLECT_AFTER, 20, 100)


def _exempt_what_is_loaded(app: Sphinx) -> None:
    """Exempt modules and the loaded environment from collection: they stay to the end.

    It also keeps memory shared between the processes of a parallel build.
    """
    gc.freeze()


def _collect_as_before(app: Sphinx, exception: Exception | None) -> None:
    """Give the collector back to a program that goes on after the build."""
    gc.set_threshold(*app._gc_thresholds)  # type: ignore[attr-defined]
    gc.unfreeze()


#: The last application, kept until the interpreter ends, so that it is not freed before.
_kept_to_the_end: list[Sphinx] = []


def _leave_without_tearing_down(app: Sphinx, exception: Exception | None) -> None:
    """Let the operating system free the environment instead of Python, object by object.

    Nothing is skipped that a program may rely on: exit handlers run, files are flushed, the
    exit status is Sphinx's.  Only the reference to the application is never given back.
    Delete it when Sphinx leaves by `os._exit` or keeps its environment in fewer objects.
    """
    if not _kept_to_the_end:
        atexit.register(_never_free)
    _kept_to_the_end[:] = [app]


def _never_free() -> None:
    import ctypes

    # The collector's last run must not walk through it either.
    gc.freeze()
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(_kept_to_the_end[0]))
