"""`eaio data load`: the shipped readings, or a file of a person's own after showing how it will be read."""

import asyncio
import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from gateway.errors import BadUsage
from gateway.exits import ANSWERED, REFUSED
from gateway.grid import Grid
from gateway.opened import open_data
from gateway.progress import waiting
from gateway.screen import Screen, notice, open_screen

if TYPE_CHECKING:
    from memory.columns import ColumnMapping
    from memory.own_data import OwnLoad

ONLY_WITH_A_FILE = ("site", "tz", "unit", "kind", "building", "time_format", "stamps", "leave_out", "yes", "dry_run")


def load(options: Namespace) -> int:
    """Load and say what came of it; return 2 where a person said no."""
    if options.file is None:
        if given := [name for name in ONLY_WITH_A_FILE if getattr(options, name)]:
            raise BadUsage(
                f"--{given[0].replace('_', '-')} says how a file is read; name the file: eaio data load FILE.csv"
            )
        return asyncio.run(_load_shipped(options))
    return _load_own(options)


def _load_own(options: Namespace) -> int:
    if not options.site:
        raise BadUsage(f"{options.file}: say which site it belongs to, such as --site 'Head office'")
    options.tz = options.tz or asyncio.run(_zone_of(options))
    mapping, screen = mapping_of(options), open_screen()
    _show_mapping(screen, options, mapping)
    if options.dry_run:
        screen.say("Nothing was loaded (--dry-run).")
        return ANSWERED
    if not (options.yes or _is_right()):
        notice("nothing was loaded; correct the columns with --unit, --kind, --building, --time-format or --leave-out")
        return REFUSED
    _report(screen, options, asyncio.run(_store(options, mapping)))
    return ANSWERED


def mapping_of(options: Namespace) -> "ColumnMapping":
    """Return how the file is read: guessed, then as the options correct it."""
    from memory.column_guess import guess_mapping
    from memory.columns import override

    guessed = guess_mapping(Path(options.file), timezone=options.tz)
    if not (
        options.unit or options.kind or options.building or options.time_format or options.stamps or options.leave_out
    ):
        return guessed
    return override(
        guessed,
        unit=options.unit,
        kind=options.kind,
        building=options.building,
        time_format=options.time_format,
        stamps=options.stamps,
        leave_out=options.leave_out,
    )


def _show_mapping(screen: Screen, options: Namespace, mapping: "ColumnMapping") -> None:
    every = f"every {mapping.interval_s // 60} min, a stamp marks the {mapping.stamps}"
    rows = [(" + ".join(mapping.time_columns), "time", f"{mapping.time_format}, {mapping.timezone}, {every}", "")]
    roles = (("building", mapping.building_column), ("kind", mapping.kind_column), ("unit", mapping.unit_column))
    rows += [(column, role, "each row says its own", "") for role, column in roles if column]
    for value in mapping.values:
        whose = value.building or (f"as {mapping.building_column} says" if mapping.building_column else "the site")
        rows.append((value.column, value.kind, whose, value.unit))
    screen.grid(
        Grid(
            ("column", "is read as", "of", "unit"),
            rows,
            f"{options.file} for site {options.site}",
            wide=frozenset({"column", "of"}),
        )
    )
    for doubt in mapping.doubts:
        screen.say(f"check: {doubt}", "yellow")


def _is_right() -> bool:
    """Ask whether to go on. Raises `BadUsage` where nobody is there to answer."""
    if not sys.stdin.isatty():
        raise BadUsage("nobody is there to confirm the columns; look at them with --dry-run, then load with --yes")
    try:
        return input("Load it like this? [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False


async def _zone_of(options: Namespace) -> str:
    """Return the time zone of a site that is known; raises `BadUsage` for a new one."""
    async with open_data(options) as data:
        sites = (await data.inventory()).sites.values()
    wanted = options.site.strip().lower()
    for site in sites:
        if wanted in (site.id.lower(), site.name.lower(), *site.aliases):
            return site.timezone
    raise BadUsage(f"site {options.site!r} is new; say in which time zone its stamps are, such as --tz Europe/Berlin")


async def _store(options: Namespace, mapping: "ColumnMapping") -> "OwnLoad":
    from memory.own_data import load_csv

    async with open_data(options) as data:
        with waiting(f"reading {options.file}") as shown:
            return await load_csv(
                await data.pool(), Path(options.file), site=options.site, mapping=mapping, progress=shown.load
            )


def _report(screen: Screen, options: Namespace, done: "OwnLoad") -> None:
    if done.known:
        screen.say(f"{options.file} was loaded before in the same way; nothing was done.")
        return
    screen.say(
        f"{done.rows:,} rows read, {done.hours:,} hours loaded into site {done.site}: {', '.join(done.meters)}", "bold"
    )
    if done.rejected:
        rows = [(f"{count:,}", reason) for reason, count in done.rejected.items()]
        screen.grid(Grid(("refused", "why"), rows, right=frozenset({"refused"})))
        screen.say("`eaio data check` keeps this list; the rows are kept too, none is lost.", "dim")
    if done.hint:
        screen.say(done.hint, "yellow")


async def _load_shipped(options: Namespace) -> int:
    """Load the shipped readings where they are not, or not these."""
    from memory.listing import data_list
    from memory.load import load_shipped

    async with open_data(options) as data:
        with waiting() as shown:
            done = await load_shipped(await data.pool(), progress=shown.load)
        sites = await data_list(await data.pool())
    buildings = [b for site in sites for b in site.buildings if b.building]
    hours = sum(m.hours for site in sites for b in site.buildings for m in b.meters)
    what = f"brought up to date, {done.hours:,} hours written" if done.hours else "in place"
    open_screen().say(f"The shipped data is {what}: {len(sites)} sites, {len(buildings)} buildings, {hours:,} hours.")
    return ANSWERED
