"""The `eaio` command: what can be typed, and who does it.

Nothing heavy is imported here: a command's own module is, when the command is run.
"""

import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from atexit import register
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, NoReturn

from gateway import (
    audit_command,
    cache_command,
    data_command,
    keep_command,
    keys_command,
    memory_command,
    models_command,
    privacy_command,
    route_command,
    usage_command,
)
from gateway.boundary import guarded
from gateway.errors import BadUsage
from gateway.quick_start import leave_quickly

ABOUT = """\
Answers questions about the energy of your buildings, from their meters, on this machine.

  eaio ask "Which building used the most electricity in 2019, and how much?"
  eaio chat
  eaio data load meters.csv --site "Head office" --tz Europe/Berlin
"""
PROFILES = ("auto", "embedded", "local", "production")


class Parser(ArgumentParser):
    """A parser that reports bad usage instead of leaving the process, so that `--json` holds then too."""

    def error(self, message: str) -> NoReturn:
        """Raise `BadUsage` with the remedy."""
        raise BadUsage(f"{message}; `{self.prog} --help` shows what can be given")


Commands = Any  # argparse does not name the type of its sub-parsers
Run = Callable[[Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 a fault, 2 refused or bad input, 3 no data, 130 Ctrl-C."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if arguments is None:  # then the process ends with this command
        register(leave_quickly)
    options = Namespace(command=next(iter(given), ""), json="--json" in given, written=False, question="", thread="")
    return guarded(lambda: _run(given, options), options)


def _run(given: Sequence[str], options: Namespace) -> int:
    parser = build_parser()
    parser.parse_args(given, namespace=options)
    if options.version or not hasattr(options, "run"):
        print(f"eaio {version()}") if options.version else parser.print_help()
        return 0
    module, _, name = options.run.partition(":")
    run: Run = getattr(import_module(module), name)
    return run(options)


def version() -> str:
    """Return the version that is installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("eaio")
    except PackageNotFoundError:
        return "(run from its source folder, not installed)"


def build_parser() -> ArgumentParser:
    """Return the parser of every command."""
    parser = Parser(prog="eaio", description=ABOUT, formatter_class=RawDescriptionHelpFormatter, allow_abbrev=False)
    parser.add_argument("--version", action="store_true", help="print the version and end", dest="version")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", parser_class=Parser)
    for add in (
        _ask,
        _chat,
        _data,
        _building,
        keep_command.add_site,
        _evidence,
        models_command.add,
        route_command.add,
        usage_command.add,
        keys_command.add,
        privacy_command.add,
        audit_command.add,
        cache_command.add,
        memory_command.add,
        _services,
        _doctor,
    ):
        add(commands)
    return parser


def _command(commands: Commands, name: str, run: str, help_: str, *, json: bool = False) -> ArgumentParser:
    parser: ArgumentParser = commands.add_parser(name, help=help_, description=help_, allow_abbrev=False)
    parser.set_defaults(run=run)
    if json:
        parser.add_argument("--json", action="store_true", help="write one JSON object to stdout")
    return parser


def _ask(commands: Commands) -> None:
    ask = _command(commands, "ask", "gateway.ask:ask", "answer one question")
    ask.add_argument("words", nargs="*", metavar="QUESTION", help="the question; `-` or none reads it from stdin")
    shown = ask.add_mutually_exclusive_group()
    shown.add_argument(
        "--json", action="store_true", help="write the answer as one JSON object, and nothing else, to stdout"
    )
    shown.add_argument("--no-stream", action="store_true", help="show the answer when all of it is there")
    ask.add_argument("--profile", choices=PROFILES, help="which models answer; auto takes Ollama where it is there")
    chart = "draw the answer's chart: a picture, or a page that can be pointed at and needs no network"
    ask.add_argument("--chart", metavar="FILE.png|FILE.html", help=chart)
    ask.add_argument("--each", metavar="FILE", help="answer each line of a file, or of stdin with `-`, as it is done")
    ask.add_argument(
        "--at-once", type=int, metavar="N", default=2, help="with --each: how many at a time, 2 if not given"
    )


def _chat(commands: Commands) -> None:
    chat = _command(commands, "chat", "gateway.chat:chat", "ask on: each question may refer to the one before")
    chat.add_argument("--profile", choices=PROFILES, help="which models answer")
    chat.add_argument(
        "--thread", metavar="ID", default="", help="the conversation to go on with; a new one if not given"
    )
    instead = chat.add_mutually_exclusive_group()
    instead.add_argument("--list", action="store_true", help="list the conversations that are kept, newest first")
    instead.add_argument("--forget", metavar="ID", default="", help="forget a conversation")


def _data(commands: Commands) -> None:
    data = commands.add_parser("data", help="load readings, list what there is, check how good it is")
    below = data.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=Parser)
    data_command.add(below)
    _command(below, "list", "gateway.data:list_data", "list sites, buildings and meters", json=True)
    _command(below, "check", "gateway.data:check_data", "list what is wrong with the data", json=True)
    keep_command.add_to_data(below)


def _building(commands: Commands) -> None:
    building = commands.add_parser("building", help="say what you know of a building")
    below = building.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=Parser)
    change = _command(
        below, "set", "gateway.building:set_facts", "set floor area, use, name, floors, year, portfolio or place"
    )
    change.add_argument("building", metavar="ID", help="such as b4; `eaio data list` shows them")
    change.add_argument("--area", type=float, metavar="M2", help="floor area in square metres")
    change.add_argument("--use", help="office, laboratory, dormitory ...")
    change.add_argument("--name", help="what people call it; it answers to the old name too")
    change.add_argument("--floors", type=int, metavar="N", help="how many floors it has")
    change.add_argument("--year", type=int, metavar="N", help="when it was finished")
    change.add_argument("--portfolio", metavar="NAME", help="whom it is looked at together with; none takes it out")
    change.add_argument("--latitude", type=float, metavar="DEGREES", help="where it is")
    change.add_argument("--longitude", type=float, metavar="DEGREES", help="where it is")


def _evidence(commands: Commands) -> None:
    evidence = _command(
        commands, "evidence", "gateway.evidence:show", "show what a figure was computed from, and compute it again"
    )
    evidence.add_argument("id", metavar="ID", help="the id of a fact, as `eaio ask` shows it")
    form = evidence.add_mutually_exclusive_group()
    form.add_argument("--csv", action="store_true", help="write every row of it to stdout as CSV")
    form.add_argument("--json", action="store_true", help="write one JSON object to stdout")


def _services(commands: Commands) -> None:
    _command(
        commands, "up", "gateway.services:up", "start what runs beside EAIO, and bring its data up to date", json=True
    )
    _command(commands, "down", "gateway.services:down", "stop what runs beside EAIO")
    _command(commands, "status", "gateway.services:show_status", "say what runs beside EAIO", json=True)


def _doctor(commands: Commands) -> None:
    _command(
        commands,
        "doctor",
        "gateway.doctor:examine",
        "find what is missing or broken, and the command that mends it",
        json=True,
    )


if __name__ == "__main__":
    sys.exit(main())
