"""Read what has a name: the inventory at the present data version."""

from dataclasses import dataclass
from typing import Any, LiteralString, NamedTuple

from memory.postgres import Pool, fetch
from memory.treatment import grid_offset_s
from tools.readings import Building, Fault, Inventory, Meter, Site


class MeterKey(NamedTuple):
    """Where the readings of a meter are kept. `offset_s`: where its hours start within a UTC hour."""

    key: int
    offset_s: int


@dataclass(frozen=True, slots=True)
class Known:
    """The inventory with the keys of its meters."""

    inventory: Inventory
    keys: dict[str, MeterKey]


async def data_version(pool: Pool) -> int:
    """Return the version of the data now. Raises `DataUnavailable`."""
    return int((await fetch(pool, "SELECT version FROM data_state"))[0][0])


async def read_known(pool: Pool) -> Known:
    """Return the inventory, with the version read before it: it may be newer than it says, never older."""
    version = await data_version(pool)
    sites = await _rows(
        pool,
        "SELECT id, name, timezone, currency, array(SELECT alias FROM aliases a WHERE a.site_id = s.id ORDER BY 1)"
        " FROM sites s ORDER BY id",
    )
    buildings = await _rows(
        pool,
        "SELECT id, name, site_id, array(SELECT alias FROM aliases a WHERE a.building_id = b.id ORDER BY 1),"
        " use, area_m2, floors, year_built FROM buildings b ORDER BY site_id, length(id), id",
    )
    meters = await fetch(
        pool,
        "SELECT id, site_id, kind, unit, first_at, last_end, building_id, meter_id FROM meters"
        " WHERE first_at IS NOT NULL ORDER BY id",
    )
    faults = await fetch(
        pool,
        "SELECT id, f.kind, start_at, end_at, f.hours, note, open FROM faults f JOIN meters USING (meter_id)"
        " ORDER BY id, start_at, f.kind",
    )
    inventory = Inventory(
        data_version=version,
        sites={row[0]: Site(*row) for row in sites},
        buildings={row[0]: Building(*row) for row in buildings},
        meters={row[0]: Meter(*row[:7]) for row in meters},
        faults=tuple(Fault(*row) for row in faults),
    )
    return Known(inventory, {row[0]: MeterKey(row[7], grid_offset_s(int(row[4].timestamp()))) for row in meters})


async def _rows(pool: Pool, query: LiteralString) -> list[list[Any]]:
    """Return rows whose lists (aliases) are tuples, as the frozen dataclasses hold them."""
    return [[tuple(v) if isinstance(v, list) else v for v in row] for row in await fetch(pool, query)]
