"""What people say about a building: kept beside what the catalog says, with who said it and when."""

import math
from collections.abc import Mapping
from typing import LiteralString

from memory.errors import BadChange
from memory.names import clean_name, slug
from memory.postgres import DATA_LOCK, Connection, Pool, bump_data_version, write
from memory.registry import add_building_aliases
from tools.errors import UnknownName

LARGEST_AREA_M2 = 5_000_000.0  # ten times the largest building there is
NO_PORTFOLIO = "none"

_FIELDS = ("area_m2", "use", "name", "floors", "year_built", "portfolio", "latitude", "longitude")
_UPDATES: Mapping[str, LiteralString] = {
    "area_m2": "UPDATE buildings SET area_m2 = %s::float8 WHERE id = %s",
    "use": "UPDATE buildings SET use = %s WHERE id = %s",
    "name": "UPDATE buildings SET name = %s WHERE id = %s",
    "floors": "UPDATE buildings SET floors = %s::int WHERE id = %s",
    "year_built": "UPDATE buildings SET year_built = %s::int WHERE id = %s",
    "portfolio": "UPDATE buildings SET portfolio_id = nullif(%s, 'none') WHERE id = %s",
    "latitude": "UPDATE buildings SET latitude = %s::float8 WHERE id = %s",
    "longitude": "UPDATE buildings SET longitude = %s::float8 WHERE id = %s",
}


async def set_building(
    pool: Pool,
    building: str,
    *,
    area_m2: float | None = None,
    use: str | None = None,
    name: str | None = None,
    floors: int | None = None,
    year_built: int | None = None,
    portfolio: str | None = None,
    latitude: float | None = None,
    longitude: float | None = None,
    who: str = "local user",
) -> dict[str, tuple[str | None, str]]:
    """Set what is given and keep the rest; return old and new of each field that changed.

    A new name is added: the building still answers to the old one. A `portfolio` that is not there is made; "none"
    takes the building out of its own. `latitude`, `longitude`: degrees, WGS 84. Survives a re-load of the shipped data.
    Raises `UnknownName` for a building that is not there and `BadChange` for a value that cannot be.
    """
    wanted = _checked(area_m2=area_m2, use=use, name=name, floors=floors, year_built=year_built)
    wanted |= _checked_place(portfolio, latitude, longitude)

    async def work(connection: Connection) -> dict[str, tuple[str | None, str]]:
        if portfolio is not None and wanted["portfolio"] != NO_PORTFOLIO:
            await _ensure_portfolio(connection, wanted["portfolio"], clean_name(portfolio))
        return await _change(connection, building, wanted, who)

    return await write(pool, work, lock=DATA_LOCK)


async def change_building(
    connection: Connection,
    building: str,
    *,
    area_m2: float | None = None,
    use: str | None = None,
    floors: int | None = None,
    year_built: int | None = None,
    who: str,
) -> dict[str, tuple[str | None, str]]:
    """Do as `set_building` within a transaction of the caller's, which holds `DATA_LOCK`."""
    wanted = _checked(area_m2=area_m2, use=use, name=None, floors=floors, year_built=year_built)
    return await _change(connection, building, wanted, who)


async def put_back(
    connection: Connection, building: str, field: str, told: str | None, before: str | None, *, who: str
) -> bool:
    """Set a field back to what it was before, None for not known, unless it is no longer what was told.

    Values are as `set_building` returns them. Tells whether it was set back.
    """
    if (await _current(connection, building))[field] != told or told == before:
        return False
    await _set(connection, building, field, before)
    await _note(connection, building, field, told, before, who)
    await bump_data_version(connection)
    return True


async def _change(
    connection: Connection, building: str, wanted: Mapping[str, str], who: str
) -> dict[str, tuple[str | None, str]]:
    """Set what is not so yet, write down who said it, and return old and new."""
    old = await _current(connection, building)
    changed = {field: (old[field], new) for field, new in wanted.items() if old[field] != new}
    for field, (before, after) in changed.items():
        await _set(connection, building, field, after)
        if field == "name" and before:
            await add_building_aliases(connection, building, [before])
        await _note(connection, building, field, before, after, who)
    if changed:
        await bump_data_version(connection)
    return changed


async def _note(
    connection: Connection, building: str, field: str, before: str | None, after: str | None, who: str
) -> None:
    await connection.execute(
        "INSERT INTO changes (who, building_id, field, old, new) VALUES (%s, %s, %s, %s, %s)",
        (who, building, field, before, after),
    )


async def replay_changes(connection: Connection) -> None:
    """Apply the last change of each field again, after a re-load of what the catalog says."""
    cursor = await connection.execute(
        "SELECT DISTINCT ON (building_id, field) building_id, field, new FROM changes"
        " WHERE building_id IS NOT NULL AND field = ANY(%s) ORDER BY building_id, field, change_id DESC",
        (list(_FIELDS),),
    )
    for building, field, new in await cursor.fetchall():
        await _set(connection, building, field, new)


def _checked(
    *, area_m2: float | None, use: str | None, name: str | None, floors: int | None, year_built: int | None
) -> dict[str, str]:
    """Return the given fields as text, or raise `BadChange`."""
    if area_m2 is not None and not (math.isfinite(area_m2) and 0 < area_m2 <= LARGEST_AREA_M2):
        raise BadChange(f"an area of {area_m2:g} m2 cannot be; give square metres between 0 and {LARGEST_AREA_M2:,.0f}")
    if floors is not None and not 0 < floors <= 200:
        raise BadChange(f"{floors} floors cannot be; give a number from 1 to 200")
    if year_built is not None and not 1000 <= year_built <= 2100:
        raise BadChange(f"the year {year_built} cannot be; give the year in which the building was finished")
    texts = {"use": use and clean_name(use).lower(), "name": name and clean_name(name)}
    for field, given in (("use", use), ("name", name)):
        if given is not None and not texts[field]:
            raise BadChange(f"a building's {field} cannot be empty; leave --{field} out to keep what it is")
    numbers = {"area_m2": area_m2 and float(area_m2), "floors": floors, "year_built": year_built}
    return {field: str(value) for field, value in (numbers | texts).items() if value is not None}


def _checked_place(portfolio: str | None, latitude: float | None, longitude: float | None) -> dict[str, str]:
    """Return where a building is and belongs as text, or raise `BadChange`."""
    for name, value, most in (("latitude", latitude, 90.0), ("longitude", longitude, 180.0)):
        if value is not None and not -most <= value <= most:
            raise BadChange(f"a {name} of {value:g} cannot be; give degrees from -{most:g} to {most:g}")
    key = None if portfolio is None else slug(portfolio)
    if key == "":
        raise BadChange(f"{portfolio!r} makes no portfolio id; use at least one of the letters a to z or a digit")
    degrees = {"latitude": latitude and float(latitude), "longitude": longitude and float(longitude)}
    return {field: str(value) for field, value in ({"portfolio": key} | degrees).items() if value is not None}


async def _ensure_portfolio(connection: Connection, key: str, name: str) -> None:
    await connection.execute(
        "INSERT INTO portfolios (id, name) VALUES (%s, %s) ON CONFLICT (id) DO NOTHING", (key, name)
    )


async def _current(connection: Connection, building: str) -> dict[str, str | None]:
    cursor = await connection.execute(
        "SELECT area_m2, use, name, floors, year_built, portfolio_id, latitude, longitude FROM buildings WHERE id = %s",
        (building,),
    )
    row = await cursor.fetchone()
    if row is None:
        raise UnknownName(building, await nearest_building(connection, building))
    return {field: None if value is None else str(value) for field, value in zip(_FIELDS, row, strict=True)}


async def nearest_building(connection: Connection, building: str) -> list[str]:
    """Return the ids that are most like one that is not there."""
    from difflib import get_close_matches

    cursor = await connection.execute("SELECT id FROM buildings ORDER BY id")
    return get_close_matches(building.lower(), [row[0] for row in await cursor.fetchall()], n=3, cutoff=0.4)


async def _set(connection: Connection, building: str, field: str, value: str | None) -> None:
    await connection.execute(_UPDATES[field], (value, building))
    if field == "name" and value:
        await add_building_aliases(connection, building, [value])
