"""Read what has a name: the inventory at the present data version."""

from dataclasses import dataclass
from typing import Any, LiteralString, NamedTuple

from memory.exclusion_faults import fault_of
from memory.postgres import Pool, fetch
from memory.site_settings import settings_from
from memory.told_rows import read_in_force
from memory.treatment import grid_offset_s
from tools.readings import Building, Event, Exclusion, Fault, Inventory, Meter, Portfolio, Site


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
    sites = await _sites(pool)
    buildings = await _rows(
        pool,
        "SELECT id, name, site_id, array(SELECT alias FROM aliases a WHERE a.building_id = b.id ORDER BY 1),"
        " use, area_m2, floors, year_built, portfolio_id, latitude, longitude FROM buildings b"
        " ORDER BY site_id, length(id), id",
    )
    meters = await fetch(
        pool,
        "SELECT m.id, m.site_id, m.kind, m.unit, m.first_at, m.last_end, m.building_id, m.direction, whole.id,"
        " m.meter_id FROM meters m LEFT JOIN meters whole ON whole.meter_id = m.sub_meter_of"
        " WHERE m.first_at IS NOT NULL ORDER BY m.id",
    )
    inventory = Inventory(
        data_version=version,
        sites=sites,
        buildings={row[0]: Building(*row) for row in buildings},
        meters={row[0]: Meter(*row[:9]) for row in meters},
        events=await _events(pool),
        portfolios=await _portfolios(pool, [Building(*row) for row in buildings]),
        exclusions=(excluded := await _exclusions(pool)),
        told=await read_in_force(pool),
        faults=await _faults(pool, sites, {row[0]: row[1] for row in meters}, excluded),
    )
    return Known(inventory, {row[0]: MeterKey(row[9], grid_offset_s(int(row[4].timestamp()))) for row in meters})


async def _sites(pool: Pool) -> dict[str, Site]:
    rows = await _rows(
        pool,
        "SELECT id, name, timezone, coalesce(own_settings ->> 'currency', currency),"
        " array(SELECT alias FROM aliases a WHERE a.site_id = s.id ORDER BY 1), settings || own_settings"
        " FROM sites s ORDER BY id",
    )
    return {
        key: Site(key, name, zone, currency, aliases, settings_from(settings))
        for key, name, zone, currency, aliases, settings in rows
    }


async def _events(pool: Pool) -> tuple[Event, ...]:
    query: LiteralString = (
        "SELECT building_id, kind, start_on, end_on, note, event_id FROM events"
        " ORDER BY building_id, start_on, event_id"
    )
    return tuple(Event(*row) for row in await fetch(pool, query))


async def _portfolios(pool: Pool, buildings: list[Building]) -> dict[str, Portfolio]:
    members: dict[str, list[str]] = {}
    for building in buildings:
        members.setdefault(building.portfolio or "", []).append(building.id)
    rows = await fetch(pool, "SELECT id, name FROM portfolios ORDER BY id")
    return {key: Portfolio(key, name, tuple(members[key])) for key, name in rows if key in members}


async def _exclusions(pool: Pool) -> tuple[Exclusion, ...]:
    rows = await fetch(pool, "SELECT * FROM exclusions WHERE undone_at IS NULL ORDER BY exclusion_id")
    return tuple(Exclusion(*row) for row in rows)


async def _faults(
    pool: Pool, sites: dict[str, Site], site_of: dict[str, str], excluded: tuple[Exclusion, ...]
) -> tuple[Fault, ...]:
    """Return what is known of faults, and what people left out, by meter and time."""
    rows = await fetch(
        pool,
        "SELECT id, f.kind, start_at, end_at, f.hours, note, open FROM faults f JOIN meters USING (meter_id)"
        " ORDER BY id, start_at, f.kind",
    )
    left_out = [fault_of(one, sites[site_of[one.meter]].timezone) for one in excluded if one.meter in site_of]
    found = [Fault(*row) for row in rows] + left_out
    return tuple(found if not left_out else sorted(found, key=lambda f: (f.meter, f.start, f.kind)))


async def _rows(pool: Pool, query: LiteralString) -> list[list[Any]]:
    """Return rows whose lists (aliases) are tuples, as the frozen dataclasses hold them."""
    return [[tuple(v) if isinstance(v, list) else v for v in row] for row in await fetch(pool, query)]
