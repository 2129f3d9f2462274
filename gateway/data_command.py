"""What can be typed to bring files of readings in: `eaio data load`, `rejects` and `watch`."""

from argparse import ArgumentParser
from typing import Any

REJECTS = "list the rows that loads refused, with the reason; `replay LOAD` tries those of a load again"
WATCH = "load the files that arrive in a folder, and move each to done/, or to failed/ with the reason beside it"


def add(below: Any) -> None:
    """Add the commands below `eaio data`."""
    load = _command(below, "load", "gateway.data_load:load", "load the shipped readings, or a file of your own")
    file = "CSV, Parquet or Green Button XML of your own; without it the shipped data"
    load.add_argument("file", nargs="?", metavar="FILE", help=file)
    _mapping(load, _group(load))
    load.add_argument("--yes", action="store_true", help="load without asking whether the columns are right")
    dry = "show how the file is read, what each meter would get and what would be refused; load nothing"
    load.add_argument("--dry-run", action="store_true", help=dry)
    rejects = _command(below, "rejects", "gateway.data_rejects:rejects", REJECTS)
    rejects.add_argument("words", nargs="*", metavar="replay LOAD", help="the number of a load, as the list shows it")
    rejects.add_argument("--load", type=int, metavar="N", help="list those of one load")
    rejects.add_argument("--json", action="store_true", help="write one JSON object to stdout")
    _mapping(rejects, rejects.add_argument_group("with replay: how the rows are read this time"))
    watch = _command(below, "watch", "gateway.data_watch:watch", WATCH)
    watch.add_argument("folder", metavar="FOLDER", help="where files arrive; columns are taken as they are guessed")
    watch.add_argument("--once", action="store_true", help="load what is there, and end")
    settle = "how long a file must not have changed before it is read, 5 if not given"
    watch.add_argument("--settle", type=float, metavar="SECONDS", default=5.0, help=settle)
    _mapping(watch, _group(watch))


def _command(below: Any, name: str, run: str, help_: str) -> ArgumentParser:
    parser: ArgumentParser = below.add_parser(name, help=help_, description=help_, allow_abbrev=False)
    parser.set_defaults(run=run)
    return parser


def _group(parser: ArgumentParser) -> Any:
    return parser.add_argument_group("how the file is read; what is not given is guessed and shown")


def _mapping(parser: ArgumentParser, given: Any) -> None:
    if "rejects" not in parser.prog:
        given.add_argument("--site", help="the site it belongs to; added where it is not there yet")
    given.add_argument("--tz", metavar="ZONE", help="the time zone of its stamps, such as Europe/Berlin")
    given.add_argument("--unit", help="unit of its readings: kWh, Wh, MWh, kW, W, m3, therm, degC ...")
    given.add_argument("--kind", help="what they measure: electricity, gas, temperature ...")
    given.add_argument("--building", help="the building they belong to")
    given.add_argument("--building-from", metavar="COLUMN", help="the column that says whose a reading is")
    sub = "the name of a sub-meter: the building's meter of that kind counts these amounts too, so no total adds them"
    given.add_argument("--sub-meter", metavar="NAME", help=sub)
    given.add_argument("--register", choices=("yes", "no"), help="whether they are those of a counter that only rises")
    given.add_argument("--time-format", metavar="FORMAT", help="how times are written, as strptime has it")
    given.add_argument("--stamps", choices=("start", "end"), help="what of its interval a time stamp marks")
    given.add_argument("--decimal", choices=(".", ","), help="the sign before the decimals")
    given.add_argument(
        "--leave-out", metavar="COLUMN", action="append", default=[], help="do not read this column; may be repeated"
    )
