"""Set what people say of a site, with who said it and when."""

from collections.abc import Mapping
from typing import Any

from psycopg.types.json import Jsonb

from memory.places import find_site
from memory.postgres import DATA_LOCK, Connection, Pool, bump_data_version, write
from memory.site_settings import Json, checked
from tools.errors import UnknownName


async def set_site(
    pool: Pool, site: str, given: Mapping[str, Any], *, who: str = "local user"
) -> tuple[str, dict[str, tuple[Any, Any]]]:
    """Set what is given and keep the rest; return the site's id, and old and new of each setting that changed.

    `given`: opening, holidays, subdiv, own_holidays, units, currency, tariff, latitude, longitude, as
    `memory.site_settings.checked` reads them. Survives a re-load of the shipped data. Raises `UnknownName` for a site
    that is not there and `BadChange` for a value that cannot be.
    """
    wanted = checked(given)

    async def work(connection: Connection) -> tuple[str, dict[str, tuple[Any, Any]]]:
        key = await _known(connection, site)
        cursor = await connection.execute(
            "SELECT jsonb_build_object('currency', currency) || settings || own_settings FROM sites WHERE id = %s",
            (key,),
        )
        (old,) = await cursor.fetchone() or ({},)
        changed = {name: (old.get(name), value) for name, value in wanted.items() if old.get(name) != value}
        if changed:
            await _keep(connection, key, changed, who)
        return key, changed

    return await write(pool, work, lock=DATA_LOCK)


async def _keep(connection: Connection, site: str, changed: Mapping[str, tuple[Any, Any]], who: str) -> None:
    new: Json = {name: value for name, (_, value) in changed.items()}
    await connection.execute("UPDATE sites SET own_settings = own_settings || %s WHERE id = %s", (Jsonb(new), site))
    for name, (before, after) in changed.items():
        await connection.execute(
            "INSERT INTO changes (who, site_id, field, old, new) VALUES (%s, %s, %s, %s::jsonb, %s::jsonb)",
            (who, site, name, Jsonb(before), Jsonb(after)),
        )
    await bump_data_version(connection)


async def _known(connection: Connection, name: str) -> str:
    found = await find_site(connection, name)
    if found is None:
        from difflib import get_close_matches

        cursor = await connection.execute("SELECT id FROM sites ORDER BY id")
        known = [row[0] for row in await cursor.fetchall()]
        raise UnknownName(name, get_close_matches(name.lower(), known, n=3, cutoff=0.4))
    return found
