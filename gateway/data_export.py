"""`eaio data export`: the readings of a meter or a building, with their flags, in a file of one's own."""

import asyncio
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from gateway.building import id_of
from gateway.data_exclude import meter_of, zone_of
from gateway.exits import ANSWERED
from gateway.local_span import moment
from gateway.opened import open_data
from gateway.screen import open_screen

if TYPE_CHECKING:
    from memory.export import Exported
    from tools.readings import Inventory, Meter


def export(options: Namespace) -> int:
    """Write the file; print how many rows, and where."""
    from memory.export import write_file

    exported = asyncio.run(_exported(options))
    name = options.what.replace("/", "-").replace(" ", "-").lower()
    path = Path(options.out or f"{name}.{options.format}")
    rows = write_file(path, options.format, exported, replace=options.replace)
    meters = ", ".join(one.meter.id for one in exported)
    open_screen().say(f"{rows:,} readings of {meters} are in {path}, which only you can read.")
    return ANSWERED


async def _exported(options: Namespace) -> list["Exported"]:
    from memory.export import export
    from tools.errors import NoData

    async with open_data(options) as data:
        inventory, pool = await data.inventory(), await data.pool()
        found = []
        for meter in meters_called(options.what, inventory):
            zone = zone_of(meter.id, inventory)
            start = moment(options.start, zone) if options.start else meter.first
            end = moment(options.end, zone, ends=True) if options.end else meter.last_end
            found.append(await export(pool, meter, zone, start, end))
        if not any(len(one.at) for one in found):
            spans = (f"{m.meter.id} from {m.meter.first:%Y-%m-%d} to {m.meter.last_end:%Y-%m-%d}" for m in found)
            raise NoData(f"there is no reading in that time; there is {', '.join(spans)}")
        return found


def meters_called(words: str, inventory: "Inventory") -> list["Meter"]:
    """Return the meters that a person means: one by its name, or all of a building. Raises `UnknownName`."""
    from difflib import get_close_matches

    from tools.errors import UnknownName

    building = id_of(words, inventory)
    if building in inventory.buildings:
        return [m for m in inventory.meters.values() if m.building == building]
    meter = meter_of(words, inventory)
    if meter not in inventory.meters:
        raise UnknownName(words, get_close_matches(words.lower(), [*inventory.meters, *inventory.buildings], n=3))
    return [inventory.meters[meter]]
