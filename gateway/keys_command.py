"""What can be typed after `eaio keys`."""

from typing import Any


def add(commands: Any) -> None:
    """Add the `keys` command and what is below it."""
    keys = commands.add_parser("keys", help="show where the keys of cloud models come from; none is ever shown")
    below = keys.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=type(keys))
    about = (
        "look for the keys of each provider, as a run would: how many, from where, and what is wrong; nothing is sent"
    )
    check = below.add_parser("check", help=about, description=about, allow_abbrev=False)
    check.set_defaults(run="gateway.keys_check:check")
    check.add_argument("--json", action="store_true", help="write one JSON object to stdout")
