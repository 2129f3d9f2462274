"""What can be typed after `eaio route`."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from typing import Any

ABOUT = "show where a question would go, and why; no model is asked"
MORE = """\
  eaio route "How much gas did b4 use in 2019?" --explain
  eaio route replay RECEIPT                       make a decision again and compare it, byte for byte
  eaio route replay RECEIPT --config other.yaml   what would be decided under another routing document
  eaio route replay RECEIPT --strategy cheapest   or with another strategy

RECEIPT is a file (what `eaio ask --json` or `eaio route --json` wrote), `-` for stdin, or the id of a run.
"""


def add(commands: Any) -> None:
    """Add the `route` command; `replay` as its first word, with a receipt after it, is the replay."""
    route: ArgumentParser = commands.add_parser(
        "route",
        help=ABOUT,
        description=f"{ABOUT}.\n\n{MORE}",
        allow_abbrev=False,
        formatter_class=RawDescriptionHelpFormatter,
    )
    route.set_defaults(run="gateway.route:route")
    route.add_argument("words", nargs="*", metavar="QUESTION", help="the question; `-` or none reads it from stdin")
    route.add_argument("--explain", action="store_true", help="show every endpoint, with its scores or why it is out")
    route.add_argument("--strategy", metavar="NAME", help="decide by another strategy than the one that is set")
    route.add_argument("--profile", choices=("auto", "embedded", "local", "production"), help="which models there are")
    route.add_argument("--config", metavar="FILE", help="with `replay`: what if this were the routing document")
    route.add_argument("--json", action="store_true", help="write one JSON object to stdout")
