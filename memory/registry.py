"""Write what has a name: sites, buildings, aliases, meters, and the faults of meters."""

import unicodedata
from collections.abc import Iterable

from memory.catalog import Source
from memory.postgres import Connection
from memory.treatment import Hours
from memory.units import UNITS
from tools.readings import Building, Fault, Site

NAME_CHARS = 120


def clean_name(text: str) -> str:
    """Return a name on one line, without control or direction marks, at most `NAME_CHARS` long.

    A name is data: it goes to the database as a parameter and to people as text, whatever it says.
    """
    visible = "".join(" " if unicodedata.category(c) in ("Zs", "Cc", "Zl", "Zp") else c for c in text)
    kept = "".join(c for c in visible if unicodedata.category(c) not in ("Cf", "Cs", "Co", "Cn"))
    return " ".join(kept.split())[:NAME_CHARS].strip()


async def write_sites(connection: Connection, sites: Iterable[Site]) -> None:
    """Add sites or bring them up to date, with their aliases."""
    for site in sites:
        await connection.execute(
            "INSERT INTO sites (id, name, timezone, currency) VALUES (%s, %s, %s, %s) ON CONFLICT (id) DO UPDATE SET"
            " name = excluded.name, timezone = excluded.timezone, currency = excluded.currency",
            (site.id, site.name, site.timezone, site.currency),
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


async def write_meter(connection: Connection, source: Source, load_id: int) -> int:
    """Add a meter, or find it; return its key."""
    cursor = await connection.execute(
        "INSERT INTO meters (id, site_id, building_id, kind, unit, load_id) VALUES (%s, %s, %s, %s, %s, %s)"
        " ON CONFLICT (id) DO UPDATE SET unit = excluded.unit RETURNING meter_id",
        (source.id, source.site, source.building, source.kind, UNITS[source.unit].stored, load_id),
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


async def write_faults(connection: Connection, key: int, origin: str, faults: Iterable[Fault]) -> None:
    """Replace the faults of one origin (`computed`, `loaded` or `catalog`) of a meter."""
    await connection.execute("DELETE FROM faults WHERE meter_id = %s AND origin = %s", (key, origin))
    await connection.cursor().executemany(
        "INSERT INTO faults (meter_id, kind, start_at, end_at, hours, note, open, origin)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
        [(key, f.kind, f.start, f.end, f.hours, f.note, f.open, origin) for f in faults],
    )
