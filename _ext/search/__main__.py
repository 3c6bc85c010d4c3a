"""The command line: `python -m search load`, `key`, and `schema` to write the JSON Schema.

The key of the server's administrator is read from the variable TYPESENSE_API_KEY.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from .export import SCHEMA, schema_text

VARIABLE = "TYPESENSE_API_KEY"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return the process's exit code: 0, or 1 when the server has refused."""
    options = _parser().parse_args(arguments)
    if options.command == "schema":
        path = options.folder / SCHEMA
        path.write_text(schema_text(), encoding="utf-8")
        print(path)
        return 0
    if not os.environ.get(VARIABLE):
        print(f"{VARIABLE} is not set: it has the key of the administrator", file=sys.stderr)
        return 1
    return _ask_server(options)


def _ask_server(options: argparse.Namespace) -> int:
    # The client is needed here only; sites are built without it.
    from httpx import HTTPError
    from typesense.exceptions import TypesenseClientError

    from .load import LoadError, connected, load, search_key

    key = os.environ[VARIABLE]
    try:
        if options.command == "key":
            with connected(options.node, key) as server:
                print(search_key(server, options.collection, options.filter))
        else:
            count = load(options.node, key, options.collection, options.folders)
            print(f"{options.collection}: {count} records")
    except (LoadError, TypesenseClientError, HTTPError, OSError) as error:
        print(f"{options.collection}: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m search", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    schema = commands.add_parser("schema", help="write the JSON Schema of an exported record")
    schema.add_argument("folder", nargs="?", type=Path, default=Path("comparisons"))
    load = commands.add_parser("load", help="load exports into a search server")
    load.add_argument(
        "folders", nargs="+", type=Path, metavar="FOLDER", help="what make search-export wrote"
    )
    key = commands.add_parser("key", help="make a key that can only search, for the pages")
    key.add_argument("--filter", default="", help="find only what passes it: site:=https://…/")
    for command in (load, key):
        command.add_argument(
            "--node", action="append", required=True, help="address of a node; give it for each"
        )
        command.add_argument("--collection", required=True, help="the alias that searches name")
    return parser


if __name__ == "__main__":
    sys.exit(main())
