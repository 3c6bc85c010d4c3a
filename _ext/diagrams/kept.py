"""Keeps drawings as files beside the doctrees, from where a builder takes those that it needs."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from sphinx.environment import BuildEnvironment


def kept(env: BuildEnvironment, folder: str, stem: str, text: str) -> str:
    """Write a drawing under a name that tells its content; return its address on a page."""
    digest = hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
    path = Path(env.doctreedir, folder, f"{stem}-{digest}.svg")
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{os.getpid()}")
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    return "/" + Path(os.path.relpath(path, env.srcdir)).as_posix()
