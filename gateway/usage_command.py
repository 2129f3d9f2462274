"""What can be typed after `eaio usage`."""

from argparse import ArgumentParser
from typing import Any

ABOUT = "show what was answered here and what by clouds, what it cost, and what was saved"


def add(commands: Any) -> None:
    """Add the `usage` command."""
    usage: ArgumentParser = commands.add_parser("usage", help=ABOUT, description=ABOUT, allow_abbrev=False)
    usage.set_defaults(run="gateway.usage:usage")
    usage.add_argument("--by", choices=("day", "model", "tenant"), default="day", help="a line for each; day if none")
    usage.add_argument("--since", metavar="DAY", help="from this day on; from the first if not given")
    usage.add_argument("--until", metavar="DAY", help="up to this day, which is counted; the last if not given")
    usage.add_argument("--json", action="store_true", help="write one JSON object to stdout")
    usage.add_argument("--html", metavar="FILE", help="also write a page with plots, which needs no network")
