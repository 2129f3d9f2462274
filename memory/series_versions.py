"""Which series have changed since something was made from them.

The database keeps, for each series, the version of the data at which it last changed (migration 006): every load,
correction, deletion, exclusion, setting and event raises it, whoever makes it. A series is a meter by its name, or
`site_series(id)`: what a site is, and which meters it has.
"""

from collections.abc import Collection, Iterable

from memory.postgres import Connection, Pool, fetch

EVERYTHING = "*"
"""Stands for all series there are, and for those that may come."""


def site_series(site: str) -> str:
    """Return the series that changes with what a site is and with the meters that it has."""
    return f"@{site}"


async def data_identity(pool: Pool) -> str:
    """Return which data these are, as no other database's. Raises `DataUnavailable`."""
    return str((await fetch(pool, "SELECT id FROM data_identity"))[0][0])


async def unchanged(pool: Pool, series: Collection[str], since: int, *, now: int | None = None) -> bool:
    """Tell whether none of the series has changed after version `since` of the data; one statement, 0.3 ms.

    With `EVERYTHING` among them nothing at all may have changed. A series that is not known has changed: it was
    removed, or it is of another database. With `now` the data must be at that version still, whatever has changed.
    Raises `DataUnavailable` where the store does not answer.
    """
    names = [] if EVERYTHING in series else sorted(set(series))
    known, newest, version = (
        await fetch(
            pool,
            "SELECT count(*), max(version), (SELECT version FROM data_state) FROM series_versions"
            " WHERE series = ANY(%s)",
            (names,),
        )
    )[0]
    if now is not None and version != now:
        return False
    return bool(known == len(names) and newest <= since) if names else bool(version == since)


async def changed_since(pool: Pool, since: int) -> tuple[int, list[str]]:
    """Return the version of the data, and the series that changed after version `since`; removed ones are not known."""
    query = (
        "SELECT (SELECT version FROM data_state), coalesce(array_agg(series), '{}') FROM series_versions"
        " WHERE version > %s"
    )
    version, changed = (await fetch(pool, query, (since,)))[0]
    return int(version), sorted(changed)


async def mark_changed(connection: Connection, series: Iterable[str]) -> None:
    """Say that series change with this transaction, where what changed is not in a table that the database watches."""
    await connection.execute("SELECT mark_series(%s)", (sorted(set(series)),))


async def mark_buildings(connection: Connection, buildings: Iterable[str]) -> None:
    """Say that what is known of buildings changes with this transaction, as when a person tells something of them."""
    await connection.execute("SELECT mark_building(key) FROM unnest(%s::text[]) AS key", (sorted(set(buildings)),))
