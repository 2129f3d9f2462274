"""`eaio building set`: what people know of a building and its meters do not say."""

import asyncio
from argparse import Namespace
from typing import TYPE_CHECKING

from gateway.errors import BadUsage
from gateway.exits import ANSWERED
from gateway.grid import Grid
from gateway.opened import open_data
from gateway.screen import open_screen

if TYPE_CHECKING:
    from tools.readings import Inventory

FIELD_WORDS = {
    "area_m2": "floor area, m2",
    "use": "use",
    "name": "name",
    "floors": "floors",
    "year_built": "year built",
    "portfolio": "portfolio",
    "latitude": "latitude, degrees",
    "longitude": "longitude, degrees",
}


def set_facts(options: Namespace) -> int:
    """Set what is given; print old and new."""
    given = {
        "area_m2": options.area,
        "use": options.use,
        "name": options.name,
        "floors": options.floors,
        "year_built": options.year,
        "portfolio": options.portfolio,
        "latitude": options.latitude,
        "longitude": options.longitude,
    }
    if all(value is None for value in given.values()):
        what = "--area, --use, --name, --floors, --year, --portfolio, --latitude or --longitude"
        raise BadUsage(f"say what to set of {options.building}: {what}")
    building, changed = asyncio.run(_set(options, given))
    screen = open_screen()
    if not changed:
        screen.say(f"{building} is unchanged: it had these values before.")
        return ANSWERED
    rows = [(FIELD_WORDS.get(field, field), old or "not known", new) for field, (old, new) in changed.items()]
    screen.grid(Grid((building, "was", "is"), rows))
    return ANSWERED


async def _set(options: Namespace, given: dict[str, object]) -> tuple[str, dict[str, tuple[str | None, str]]]:
    from memory.building_edit import set_building

    async with open_data(options) as data:
        building = id_of(options.building, await data.inventory())
        return building, await set_building(await data.pool(), building, **given)  # type: ignore[arg-type]


def id_of(words: str, inventory: "Inventory") -> str:
    """Return the id of the one building that is called so; the words as they are where none or several are."""
    wanted = " ".join(words.split()).lower().removeprefix("the ")
    if wanted in inventory.buildings:
        return wanted
    called = [b.id for b in inventory.buildings.values() if wanted in (b.name.lower(), *b.aliases)]
    return called[0] if len(called) == 1 else wanted
