"""What can be typed after `eaio privacy`."""

from typing import Any

STAGES = (1, 2)


def add(commands: Any) -> None:
    """Add the `privacy` command and what is below it."""
    privacy = commands.add_parser("privacy", help="show what is sensitive in a text, and what may leave")
    below = privacy.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=type(privacy))
    _scan(below)
    _explain(below)


def _explain(below: Any) -> None:
    about = "show what would become of a text bound for a destination, and why; nothing is sent"
    explain = below.add_parser("explain", help=about, description=about, allow_abbrev=False)
    explain.set_defaults(run="gateway.privacy_explain:explain")
    explain.add_argument("text", metavar="TEXT", help="the text, or - for stdin")
    explain.add_argument("--to", required=True, metavar="DESTINATION", help="as the policy names it: gpt-4o, langsmith")
    explain.add_argument("--json", action="store_true", help="write one JSON object to stdout")


def _scan(below: Any) -> None:
    about = "find what is sensitive in texts: reads JSON lines from stdin, writes JSON lines to stdout"
    scan = below.add_parser("scan", help=about, description=about, allow_abbrev=False)
    scan.set_defaults(run="gateway.privacy_scan:scan")
    scan.add_argument(
        "--jsonl",
        action="store_true",
        required=True,
        help='read lines {"id", "text"}, write lines {"id", "label", "spans", "ms"} in the same order',
    )
    scan.add_argument(
        "--stage",
        type=int,
        choices=STAGES,
        default=2,
        help="1: names and forms, as for every text; 2: persons, places and addresses too, as before a text leaves",
    )
