"""`eaio data watch`: load what arrives in a folder, until Ctrl-C or, with `--once`, what is there now."""

import asyncio
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from gateway.data_mapping import mapping_of, zone_for
from gateway.errors import BadUsage
from gateway.exits import ANSWERED, REFUSED
from gateway.opened import open_data
from gateway.screen import Screen, notice, open_screen

if TYPE_CHECKING:
    from memory.own_data import OwnLoad
    from memory.postgres import Pool
    from memory.watch import Arrival

POLL_S = 2.0


def watch(options: Namespace) -> int:
    """Watch; with `--once` return 2 where a file failed."""
    folder = Path(options.folder)
    if not folder.is_dir():
        raise BadUsage(f"{options.folder} is no folder; make it, or name the one in which files arrive")
    if not options.site:
        raise BadUsage(f"{options.folder}: say which site its files belong to, such as --site 'Head office'")
    if options.settle < 0:
        raise BadUsage(f"--settle {options.settle:g} cannot be; give seconds, 0 or more")
    return asyncio.run(_watch(options, folder))


async def _watch(options: Namespace, folder: Path) -> int:
    from memory.watch import unsettled
    from tools.errors import DataUnavailable

    options.tz = await zone_for(options)
    screen, failed = open_screen(), False
    async with open_data(options) as data:
        while True:
            try:
                failed |= await _round(options, folder, await data.pool(), screen)
            except DataUnavailable as why:
                if options.once:
                    raise
                notice(f"{why}; the files stay where they are")
            if options.once:
                break
            await asyncio.sleep(POLL_S)
    if left := unsettled(folder, options.settle):
        screen.say(f"{left:,} left: changed in the last {options.settle:g} s, or another watcher has it.")
    return REFUSED if failed else ANSWERED


async def _round(options: Namespace, folder: Path, pool: "Pool", screen: Screen) -> bool:
    """Load what has arrived; tell whether a file failed."""
    from memory.own_data import load_file
    from memory.watch import load_arrivals

    async def load(path: Path) -> "OwnLoad":
        mapping = await asyncio.to_thread(mapping_of, options, path, options.tz)
        return await load_file(pool, path, site=options.site, mapping=mapping)

    arrived = await load_arrivals(folder, load, settle_s=options.settle)
    for one in arrived:
        _say(screen, one)
    return any(one.load is None for one in arrived)


def _say(screen: Screen, arrival: "Arrival") -> None:
    done = arrival.load
    if done is None:
        screen.say(f"{arrival.path.name} failed: {arrival.reason}", "yellow")
    elif done.known:
        screen.say(f"{arrival.path.name} was loaded before; nothing was done")
    else:
        refused = f", {sum(done.rejected.values()):,} refused" if done.rejected else ""
        screen.say(f"{arrival.path.name}: {done.rows:,} rows, {done.hours:,} hours{refused}: {', '.join(done.meters)}")
