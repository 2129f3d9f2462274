"""What can be typed after `eaio memory`."""

from argparse import ArgumentParser
from typing import Any

KINDS = ("episode", "fact", "procedure")


def add(commands: Any) -> None:
    """Add the `memory` command."""
    about = "see what is remembered, look for something in it, or have it forgotten"
    memory = commands.add_parser("memory", help=about, description=about, allow_abbrev=False)
    below = memory.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=type(memory))
    shown = _command(below, "list", "show what is remembered: findings, what people told, and how wordings were read")
    shown.add_argument("--building", metavar="ID", help="only what is of this building")
    shown.add_argument("--kind", choices=KINDS, help="only findings, told facts, or readings of wordings")
    search = _command(below, "search", "find what is remembered about a subject, by its meaning")
    search.add_argument("words", nargs="+", metavar="WORDS", help="the subject")
    search.add_argument("--limit", type=int, metavar="N", default=10, help="at most so many; 10 if not given")
    forget = _command(below, "forget", "forget something for good, and take its effects back")
    forget.add_argument("ids", nargs="*", metavar="ID", help="as `eaio memory list` shows it")
    forget.add_argument("--building", metavar="ID", help="all that is remembered of this building, in every store")
    forget.add_argument("--kind", choices=KINDS, help="of these only, with --building or --all")
    forget.add_argument("--all", action="store_true", help="all that is remembered, and every conversation")
    forget.add_argument(
        "--ledger", action="store_true", help="with --building or --all: also the questions in the ledger of runs"
    )


def _command(below: Any, name: str, about: str) -> ArgumentParser:
    parser: ArgumentParser = below.add_parser(name, help=about, description=about, allow_abbrev=False)
    parser.add_argument("--json", action="store_true", help="write one JSON object to stdout")
    module = "memory_forget" if name == "forget" else "memory_shown"
    parser.set_defaults(run=f"gateway.{module}:{name}_memory")
    return parser
