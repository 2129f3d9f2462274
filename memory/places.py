"""Find, or add, the site, building and meter that a person's file names."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from memory.catalog import Source
from memory.errors import BadMapping
from memory.names import clean_name, slug
from memory.postgres import Connection
from memory.raw_rows import SeriesName
from memory.registry import add_building_aliases, write_buildings, write_meter, write_sites
from memory.treatment import grid_offset_s
from memory.units import UNITS
from tools.readings import Building, Site


async def find_site(connection: Connection, name: str) -> str | None:
    """Return the id of the site that is called so, or None."""
    cursor = await connection.execute(
        "SELECT id FROM sites s WHERE %(name)s IN (lower(id), lower(name)) OR EXISTS"
        " (SELECT 1 FROM aliases a WHERE a.site_id = s.id AND alias = %(name)s)",
        {"name": clean_name(name).lower()},
    )
    row = await cursor.fetchone()
    return None if row is None else str(row[0])


async def ensure_site(connection: Connection, name: str, timezone: str) -> str:
    """Return the id of a site; one that is not there yet is added, in that time zone."""
    if (found := await find_site(connection, name)) is not None:
        return found
    key = slug(name)
    if not key:
        raise BadMapping(f"{clean_name(name)!r} makes no site id; use at least one of the letters a to z or a digit")
    await write_sites(connection, [Site(key, clean_name(name), timezone)])
    return key


async def ensure_meter(connection: Connection, site: str, name: SeriesName) -> tuple[int, Source]:
    """Return a meter that a file names; building and meter are added where they are not there yet.

    Raises `BadMapping` where the meter is kept in another unit.
    """
    building = None if name.building is None else await _ensure_building(connection, site, name.building)
    cursor = await connection.execute(
        "SELECT id, unit FROM meters WHERE site_id = %s AND building_id IS NOT DISTINCT FROM %s AND kind = %s"
        " AND direction = 'import' AND sub_meter_of IS NULL ORDER BY first_at DESC NULLS LAST LIMIT 1",
        (site, building, name.kind),
    )
    found = await cursor.fetchone()
    if found is not None and found[1] != UNITS[name.unit].stored:
        kept = f"meter {found[0]} is kept in {found[1]}"
        raise BadMapping(f"{kept}, the file gives {name.unit}; give its building another name")
    source = Source(found[0] if found else f"{building or site}/{name.kind}", site, building, name.kind, name.unit)
    return await write_meter(connection, source), source


async def grid_of(connection: Connection, meter_key: int, first_at: int) -> int:
    """Return where the hours of a meter start within a UTC hour, in seconds.

    A meter that has hours keeps its grid; the hours of a new one are those of its site's clock at `first_at`.
    """
    cursor = await connection.execute(
        "SELECT m.first_at, s.timezone FROM meters m JOIN sites s ON s.id = m.site_id WHERE meter_id = %s", (meter_key,)
    )
    had, timezone = await cursor.fetchone() or (None, "UTC")
    if had is not None:
        return grid_offset_s(int(had.timestamp()))
    offset = datetime.fromtimestamp(first_at, ZoneInfo(timezone)).utcoffset() or timedelta()
    return grid_offset_s(-int(offset.total_seconds()))


async def _ensure_building(connection: Connection, site: str, name: str) -> str:
    cursor = await connection.execute(
        "SELECT id FROM buildings b WHERE site_id = %(site)s AND (%(name)s IN (lower(id), lower(name)) OR EXISTS"
        " (SELECT 1 FROM aliases a WHERE a.building_id = b.id AND alias = %(name)s))",
        {"site": site, "name": name.lower()},
    )
    if (row := await cursor.fetchone()) is not None:
        return str(row[0])
    key = await _free_id(connection, site, slug(name))
    await write_buildings(connection, [Building(key, name, site)])
    await add_building_aliases(connection, key, {name, key, slug(name).replace("-", " ")} - {""})
    return key


async def _free_id(connection: Connection, site: str, wanted: str) -> str:
    """Return an id for a new building: its own name's, with the site before it where another site has that."""
    cursor = await connection.execute("SELECT id FROM buildings UNION SELECT id FROM sites")
    taken = {row[0] for row in await cursor.fetchall()}
    numbered = (f"{site}-{wanted or 'building'}-{n}" for n in range(2, len(taken) + 3))
    candidates = [wanted] if wanted else []
    return next(key for key in (*candidates, f"{site}-{wanted or 'building'}", *numbered) if key not in taken)
