"""What servers need beside themselves: a PostgreSQL server, with an empty database for each run."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager

from examples.services import postgres
from examples.toolchain import ToolchainError

from .launch import LabError

Environment = Callable[[], AbstractContextManager[Mapping[str, str]]]
"""What a run has in its environment, while it runs."""


@contextmanager
def no_services() -> Iterator[Mapping[str, str]]:
    """Give a run nothing."""
    yield {}


@contextmanager
def started(needs: Collection[str], cpus: Collection[int]) -> Iterator[Environment]:
    """Start what an experiment needs on some cores; raise `LabError` if that cannot be.

    Each run gets an empty database, so that none finds what another has left.
    """
    if not needs:
        yield no_services
        return
    with ExitStack() as stack:
        try:
            with _on(cpus):
                server = stack.enter_context(postgres())
        except ToolchainError as error:
            raise LabError(str(error)) from None

        @contextmanager
        def database() -> Iterator[Mapping[str, str]]:
            url = server.create("run")
            try:
                yield {"DATABASE_URL": url}
            finally:
                server.drop("run")

        yield database


@contextmanager
def _on(cpus: Collection[int]) -> Iterator[None]:
    """Let what is started run on some cores only: processes inherit it."""
    own = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cpus)
    try:
        yield
    finally:
        os.sched_setaffinity(0, own)
