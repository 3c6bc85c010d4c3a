"""The command line: `python -m comparison check`, and `schema` to write the JSON Schemas."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .schema import write_schemas
from .validate import check_folders


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return the process's exit code: 0, or 1 when there are problems."""
    parser = argparse.ArgumentParser(prog="python -m comparison", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="check the data of every comparison")
    schema = commands.add_parser("schema", help="write the JSON Schemas of the data files")
    for command in (check, schema):
        command.add_argument(
            "folder", nargs="?", type=Path, default=Path("comparisons"), help="of the comparisons"
        )
    options = parser.parse_args(arguments)
    if options.command == "schema":
        for path in write_schemas(options.folder):
            print(path)
        return 0
    return _check(options.folder)


def _check(root: Path) -> int:
    comparisons, problems = check_folders(root)
    for problem in problems:
        print(problem, file=sys.stderr)
    for comparison in comparisons:
        print(
            f"{comparison.folder}: {len(comparison.topics)} topics, "
            f"{len(comparison.features)} features, {len(comparison.claims)} claims, "
            f"{len(comparison.sources)} sources"
        )
    if not comparisons and not problems:
        print(f"{root}: no folder with a comparison.toml", file=sys.stderr)
    return int(bool(problems) or not comparisons)


if __name__ == "__main__":
    sys.exit(main())
