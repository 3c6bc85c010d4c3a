"""The command line: `python -m comparison check`, `count`, and `schema` for the JSON Schemas."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from .counts import counts
from .model import Comparison
from .schema import write_schemas
from .validate import check_folders


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return the process's exit code: 0, or 1 when there are problems."""
    parser = argparse.ArgumentParser(prog="python -m comparison", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="check the data of every comparison")
    count = commands.add_parser("count", help="count claims, sources, terms and words")
    schema = commands.add_parser("schema", help="write the JSON Schemas of the data files")
    for command in (check, count, schema):
        command.add_argument(
            "folder", nargs="?", type=Path, default=Path("comparisons"), help="of the comparisons"
        )
    options = parser.parse_args(arguments)
    if options.command == "schema":
        for path in write_schemas(options.folder):
            print(path)
        return 0
    return _check(options.folder, counts if options.command == "count" else _summary)


def _check(root: Path, tell: Callable[[Comparison], Iterable[str]]) -> int:
    comparisons, problems = check_folders(root)
    for problem in problems:
        print(problem, file=sys.stderr)
    for comparison in comparisons:
        for line in tell(comparison):
            print(line)
    if not comparisons and not problems:
        print(f"{root}: no folder with a comparison.toml", file=sys.stderr)
    return int(bool(problems) or not comparisons)


def _summary(comparison: Comparison) -> Iterator[str]:
    yield (
        f"{comparison.folder}: {len(comparison.topics)} topics, "
        f"{len(comparison.features)} features, {len(comparison.claims)} claims, "
        f"{len(comparison.sources)} sources"
    )


if __name__ == "__main__":
    sys.exit(main())
