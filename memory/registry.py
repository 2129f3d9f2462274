"""Write what has a name: sites, buildings, aliases, meters, and the faults of meters."""

from collections.abc import Iterable, Sequence

from psycopg.types.json import Jsonb

from memory.catalog import Source
from memory.postgres import Connection
from memory.quality import Origin
from memory.site_settings import json_of
from memory.treatment import Hours
from memory.units import UNITS
from tools.readings import Building, Fault, Site


async def write_sites(connection: Connection, sites: Iterable[Site]) -> None:
    """Add sites or bring them up to date, with their aliases and settings; what people set goes on to hold."""
    for site in sites:
        await connection.execute(
            "INSERT INTO sites (id, name, timezone, currency, settings) VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT (id) DO UPDATE SET name = excluded.name, timezone = excluded.timezone,"
            " currency = excluded.currency, settings = excluded.settings",
            (site.id, site.name, site.timezone, site.currency, Jsonb(json_of(site.settings))),
        )
        await connection.cursor().executemany(
            "INSERT INTO aliases (alias, site_id) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            [(alias.lower(), site.id) for alias in site.aliases],
        )


async def write_buildings(connection: Connection, buildings: Iterable[Building]) -> None:
    """Add buildings or bring them up to date, with their aliases."""
    for b in buildings:
        await connection.execute(
            "INSERT INTO buildings (id, site_id, name, use, area_m2, floors, year_built) VALUES"
            " (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (id) DO UPDATE SET name = excluded.name, use = excluded.use,"
            " area_m2 = excluded.area_m2, floors = excluded.floors, year_built = excluded.year_built",
            (b.id, b.site, b.name, b.use, b.area_m2, b.floors, b.year_built),
        )
        await add_building_aliases(connection, b.id, b.aliases)


async def add_building_aliases(connection: Connection, building: str, aliases: Iterable[str]) -> None:
    """Let a building be called by more names."""
    await connection.cursor().executemany(
        "INSERT INTO aliases (alias, building_id) VALUES (%s, %s) ON CONFLICT DO NOTHING",
        [(alias.lower(), building) for alias in aliases],
    )


async def write_meter(connection: Connection, source: Source) -> int:
    """Add a meter, or find it; return its key."""
    cursor = await connection.execute(
        "INSERT INTO meters (id, site_id, building_id, kind, unit, direction) VALUES (%s, %s, %s, %s, %s, %s)"
        " ON CONFLICT (id) DO UPDATE SET unit = excluded.unit, direction = excluded.direction RETURNING meter_id",
        (source.id, source.site, source.building, source.kind, UNITS[source.unit].stored, source.direction),
    )
    row = await cursor.fetchone()
    assert row is not None
    return int(row[0])


async def write_meter_span(connection: Connection, key: int, hours: Hours) -> None:
    """Record what hours a meter has."""
    await connection.execute(
        "UPDATE meters SET first_at = %s, last_end = %s, hours = %s, valid_hours = %s WHERE meter_id = %s",
        (hours.first, hours.last_end, len(hours.at), int(hours.valid().sum()), key),
    )


async def clear_faults(connection: Connection, keys: Sequence[int], origin: Origin | None = None) -> None:
    """Forget the faults of meters that have one origin; without it all but what people's own files brought."""
    if origin is None:
        await connection.execute("DELETE FROM faults WHERE meter_id = ANY(%s) AND load_id IS NULL", (list(keys),))
    else:
        await connection.execute("DELETE FROM faults WHERE meter_id = ANY(%s) AND origin = %s", (list(keys), origin))


async def add_faults(
    connection: Connection, key: int, origin: Origin, faults: Iterable[Fault], load_id: int | None = None
) -> None:
    """Add faults of a meter; those that were `loaded` name the load."""
    await connection.cursor().executemany(
        "INSERT INTO faults (meter_id, kind, start_at, end_at, hours, note, open, origin, load_id)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
        [(key, f.kind, f.start, f.end, f.hours, f.note, f.open, origin, load_id) for f in faults],
    )
