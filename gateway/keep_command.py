"""What can be typed to correct data and to say what a site is: `eaio data exclude|export|event` and `eaio site`."""

from argparse import ArgumentParser
from typing import Any


def add_to_data(below: Any) -> None:
    """Add what stands below `eaio data`."""
    exclude = _command(below, "exclude", "gateway.data_exclude:exclude", "leave readings out, and say why")
    exclude.add_argument("meter", nargs="?", metavar="METER", help="such as b4/gas; `eaio data list` shows them")
    exclude.add_argument("start", nargs="?", metavar="FROM", help="a day or time of the site's clock: 2019-03-05")
    exclude.add_argument("end", nargs="?", metavar="TO", help="the last day, or the time at which it ends")
    exclude.add_argument("--because", metavar="WHY", help="the reason, which is kept")
    exclude.add_argument("--undo", type=int, metavar="N", help="count the readings of exclusion N again, as they were")
    export = _command(below, "export", "gateway.data_export:export", "write readings and their flags to a file")
    export.add_argument("what", metavar="METER|BUILDING", help="a meter, or a building with all its meters")
    export.add_argument("--from", dest="start", metavar="DAY", help="from this day or time of the site's clock on")
    export.add_argument("--to", dest="end", metavar="DAY", help="up to the end of this day, or to this time")
    export.add_argument("--format", choices=("csv", "parquet"), default="csv", help="csv if not given")
    export.add_argument("-o", dest="out", metavar="FILE", help="the file; named after the meter if not given")
    export.add_argument("--replace", action="store_true", help="replace the file where it is there")
    event = _command(below, "event", "gateway.data_event:event", "write down what happened to a building")
    event.add_argument("building", nargs="?", metavar="BUILDING", help="such as b4")
    event.add_argument("kind", nargs="?", metavar="KIND", help="retrofit, holiday, schedule ...")
    event.add_argument("day", nargs="?", metavar="DAY", help="the first day: 2019-06-01")
    event.add_argument("--until", metavar="DAY", help="the last day; without it, from then on")
    event.add_argument("--note", default="", metavar="WORDS", help="what was done")
    event.add_argument("--remove", type=int, metavar="N", help="take event N back")


def add_site(commands: Any) -> None:
    """Add `eaio site`."""
    site = commands.add_parser("site", help="say how a site is used: opening hours, holidays, units, tariff")
    below = site.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=type(site))
    show = _command(below, "show", "gateway.site:show_site", "show what is set of a site")
    show.add_argument("site", metavar="SITE", help="such as cambridge; `eaio data list` shows them")
    show.add_argument("--json", action="store_true", help="write one JSON object to stdout")
    change = _command(below, "set", "gateway.site:set_site", "set how a site is used, for every answer about it")
    change.add_argument("site", metavar="SITE", help="such as cambridge")
    change.add_argument("--opening", metavar="HOURS", help='"Mon-Fri 07:00-19:00, Sat 09:00-13:00", always, unknown')
    change.add_argument("--holidays", metavar="COUNTRY", help="whose public holidays it keeps: GB, IN ...; none")
    change.add_argument("--subdiv", metavar="PART", help="the part of the country: ENG, SCT, BY ...")
    change.add_argument("--own-holidays", metavar="DAYS", help="more days on which it is closed: 2024-12-24,2024-12-27")
    change.add_argument("--units", metavar="UNITS", help="what answers show: kWh or kBtu, m2 or ft2")
    change.add_argument("--currency", metavar="CODE", help="GBP, EUR, USD ...")
    change.add_argument("--tariff", metavar="FILE.json", help="what its energy costs")
    change.add_argument("--latitude", type=float, metavar="DEGREES", help="where it is")
    change.add_argument("--longitude", type=float, metavar="DEGREES", help="where it is")


def _command(below: Any, name: str, run: str, about: str) -> ArgumentParser:
    parser: ArgumentParser = below.add_parser(name, help=about, description=about, allow_abbrev=False)
    parser.set_defaults(run=run)
    return parser
