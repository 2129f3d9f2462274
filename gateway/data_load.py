"""`eaio data load`: the shipped readings, or a file of a person's own after showing how it will be read."""

import asyncio
import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from gateway.data_mapping import GIVEN, mapping_of, show_mapping, zone_for
from gateway.errors import BadUsage
from gateway.exits import ANSWERED, REFUSED
from gateway.grid import Grid
from gateway.opened import open_data
from gateway.progress import waiting
from gateway.screen import Screen, notice, open_screen

if TYPE_CHECKING:
    from memory.columns import ColumnMapping
    from memory.own_data import OwnLoad

ONLY_WITH_A_FILE = ("site", "tz", *GIVEN, "yes", "dry_run")


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
    path, screen = Path(options.file), open_screen()
    mapping = mapping_of(options, path, options.tz or asyncio.run(zone_for(options)))
    show_mapping(screen, f"{options.file} for site {options.site}", mapping)
    if options.dry_run:
        _dry_run(screen, path, mapping)
        return ANSWERED
    if not (options.yes or _is_right()):
        notice("nothing was loaded; correct the columns; `eaio data load --help` shows how")
        return REFUSED
    _report(screen, options, asyncio.run(_store(options, mapping)))
    return ANSWERED


def _dry_run(screen: Screen, path: Path, mapping: "ColumnMapping") -> None:
    from gateway.data_dry_run import show_dry_run
    from memory.dry_run import dry_run

    show_dry_run(screen, dry_run(path, mapping))
    screen.say("Nothing was loaded (--dry-run).")


def _is_right() -> bool:
    """Ask whether to go on. Raises `BadUsage` where nobody is there to answer."""
    if not sys.stdin.isatty():
        raise BadUsage("nobody is there to confirm the columns; look at them with --dry-run, then load with --yes")
    try:
        return input("Load it like this? [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False


async def _store(options: Namespace, mapping: "ColumnMapping") -> "OwnLoad":
    from memory.own_data import load_file

    async with open_data(options) as data:
        with waiting(f"reading {options.file}") as shown:
            return await load_file(
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
        again = f"`eaio data rejects --load {done.load_id}` shows them, `eaio data rejects replay {done.load_id}` tries"
        screen.say(f"None is lost: {again} them again under another mapping.", "dim")
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
