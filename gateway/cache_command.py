"""What can be typed after `eaio cache`."""

from argparse import ArgumentParser
from typing import Any


def add(commands: Any) -> None:
    """Add the `cache` command."""
    about = "see what the cache of answers saves, or empty it"
    cache = commands.add_parser("cache", help=about, description=about, allow_abbrev=False)
    below = cache.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=type(cache))
    _command(below, "stats", "how often an answer was there already, and what that saved")
    _command(below, "clear", "forget every answer that is kept, and the counts")


def _command(below: Any, name: str, about: str) -> None:
    parser: ArgumentParser = below.add_parser(name, help=about, description=about, allow_abbrev=False)
    parser.add_argument("--json", action="store_true", help="write one JSON object to stdout")
    parser.set_defaults(run=f"gateway.cache_figures:{name}")
