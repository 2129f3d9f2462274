"""What can be typed after `eaio audit`."""

from argparse import ArgumentParser
from typing import Any


def add(commands: Any) -> None:
    """Add the `audit` command and what is below it."""
    audit = commands.add_parser("audit", help="show what left, to whom and why, and whether that record still holds")
    below = audit.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=type(audit))
    tail = _command(below, "tail", "gateway.audit_log:tail", "show the newest entries", json=True)
    tail.add_argument("-n", type=int, default=20, metavar="N", dest="number", help="how many; 20 if not given")
    verify = _command(below, "verify", "gateway.audit_log:verify", "find an entry that was changed or lost", json=True)
    verify.add_argument("--file", metavar="FILE", help="verify an exported file, not the log of this home")
    export = _command(below, "export", "gateway.audit_out:export", "write entries as JSON, one a line")
    _period(export, "a file; without it stdout")
    report = _command(below, "report", "gateway.audit_out:report", "write the page for the security officer")
    _period(report, "a file that ends in .html or .md; without it Markdown on stdout")
    erase = _command(below, "erase", "gateway.audit_log:erase", "destroy a person's key, so that no digest names them")
    erase.add_argument("person", metavar="PERSON", help="a name, an address or a user's id, as texts have it")


def _command(below: Any, name: str, run: str, about: str, *, json: bool = False) -> ArgumentParser:
    parser: ArgumentParser = below.add_parser(name, help=about, description=about, allow_abbrev=False)
    parser.set_defaults(run=run)
    if json:
        parser.add_argument("--json", action="store_true", help="write one JSON object to stdout")
    return parser


def _period(command: ArgumentParser, out: str) -> None:
    command.add_argument("--from", metavar="DAY", dest="start", help="from this day or time on, UTC")
    command.add_argument("--to", metavar="DAY", dest="end", help="up to this day or time, itself excluded, UTC")
    command.add_argument("--out", metavar="FILE", default="-", help=out)
