"""Take readings out because a person says so, and put them back as they were.

An excluded reading keeps its value and gets the flag `EXCLUDED`; the flag it had is kept beside it. Several exclusions
may hold for one hour: it comes back when the last of them is undone.
"""

from datetime import datetime
from typing import LiteralString

from memory.errors import BadChange
from memory.names import clean_name
from memory.postgres import DATA_LOCK, Connection, Pool, bump_data_version, fetch, writing
from memory.refresh import refresh_meters
from tools.errors import UnknownName
from tools.readings import Exclusion, Flag

_KEEP_FLAGS: LiteralString = (
    "INSERT INTO excluded_flags (meter_id, at, flag) SELECT meter_id, at, flag FROM readings"
    " WHERE meter_id = %(key)s AND at >= %(start)s AND at < %(end)s AND flag <> %(out)s"
    " ON CONFLICT (meter_id, at) DO UPDATE SET flag = excluded.flag"
)
_TAKE_OUT: LiteralString = (
    "UPDATE readings SET flag = %(out)s"
    " WHERE meter_id = %(key)s AND at >= %(start)s AND at < %(end)s AND flag <> %(out)s"
)
_PUT_BACK: LiteralString = (
    "UPDATE readings r SET flag = f.flag FROM excluded_flags f"
    " WHERE r.meter_id = %(key)s AND r.at >= %(start)s AND r.at < %(end)s AND r.flag = %(out)s"
    " AND f.meter_id = %(key)s AND f.at = r.at AND NOT EXISTS (SELECT 1 FROM exclusions e"
    " WHERE e.meter = %(meter)s AND e.undone_at IS NULL AND r.at >= e.start_at AND r.at < e.end_at)"
)
_FORGET_FLAGS: LiteralString = (
    "DELETE FROM excluded_flags f WHERE f.meter_id = %(key)s AND f.at >= %(start)s AND f.at < %(end)s"
    " AND NOT EXISTS (SELECT 1 FROM exclusions e"
    " WHERE e.meter = %(meter)s AND e.undone_at IS NULL AND f.at >= e.start_at AND f.at < e.end_at)"
)


async def exclude(
    pool: Pool, meter: str, start: datetime, end: datetime, *, because: str, who: str = "local user"
) -> Exclusion:
    """Take the readings of [start, end) of a meter out; return what is written down of it.

    Raises `UnknownName` for a meter that is not there, `BadChange` without a reason, or where there is no reading.
    """
    reason = clean_name(because)
    if not reason:
        raise BadChange('an exclusion needs a reason: --because "..."')
    if start >= end:
        raise BadChange(f"the hours end ({end:%Y-%m-%d %H:%M}) before they begin ({start:%Y-%m-%d %H:%M})")
    async with writing(pool, lock=DATA_LOCK) as connection:
        key = await _key(connection, meter)
        span = {"key": key, "start": start, "end": end, "out": int(Flag.EXCLUDED)}
        hours = await _count(connection, meter, span)
        await connection.execute(_KEEP_FLAGS, span)
        await connection.execute(_TAKE_OUT, span)
        cursor = await connection.execute(
            "INSERT INTO exclusions (meter, start_at, end_at, hours, because, who) VALUES (%s, %s, %s, %s, %s, %s)"
            " RETURNING *",
            (meter, start, end, hours, reason, clean_name(who)),
        )
        made = Exclusion(*(await cursor.fetchone() or ()))
        await _finish(connection, key, made, who, None, f"excluded: {reason}")
    return made


async def undo_exclusion(pool: Pool, number: int, *, who: str = "local user") -> Exclusion:
    """Put back what an exclusion took out, each reading with the flag it had; return what is written down of it.

    Raises `BadChange` for a number that no exclusion has, or one that is undone.
    """
    async with writing(pool, lock=DATA_LOCK) as connection:
        cursor = await connection.execute(
            "UPDATE exclusions SET undone_at = now(), undone_by = %s WHERE exclusion_id = %s AND undone_at IS NULL"
            " RETURNING *",
            (clean_name(who), number),
        )
        row = await cursor.fetchone()
        if row is None:
            raise BadChange(f"there is no exclusion {number} to undo; `eaio data check` lists them")
        undone = Exclusion(*row)
        key = await _key(connection, undone.meter)
        await _put_back(connection, key, undone)
        await _finish(connection, key, undone, who, f"excluded: {undone.because}", None)
    return undone


async def exclusions(pool: Pool) -> list[Exclusion]:
    """Return every exclusion that was ever made, first to last. Raises `DataUnavailable`."""
    return [Exclusion(*row) for row in await fetch(pool, "SELECT * FROM exclusions ORDER BY exclusion_id")]


async def _key(connection: Connection, meter: str) -> int:
    cursor = await connection.execute("SELECT meter_id FROM meters WHERE id = %s", (meter,))
    row = await cursor.fetchone()
    if row is None:
        from difflib import get_close_matches

        cursor = await connection.execute("SELECT id FROM meters ORDER BY id")
        known = [name for (name,) in await cursor.fetchall()]
        raise UnknownName(meter, get_close_matches(meter.lower(), known, n=3, cutoff=0.4))
    return int(row[0])


async def _count(connection: Connection, meter: str, span: dict[str, object]) -> int:
    cursor = await connection.execute(
        "SELECT count(*) FROM readings WHERE meter_id = %(key)s AND at >= %(start)s AND at < %(end)s", span
    )
    (hours,) = await cursor.fetchone() or (0,)
    if not hours:
        cursor = await connection.execute("SELECT first_at, last_end FROM meters WHERE meter_id = %(key)s", span)
        first, last_end = await cursor.fetchone() or (None, None)
        runs = f"; its readings run from {first:%Y-%m-%d} to {last_end:%Y-%m-%d}" if first and last_end else ""
        raise BadChange(f"{meter} has no reading from {span['start']} to {span['end']}{runs}")
    return int(hours)


async def _put_back(connection: Connection, key: int, undone: Exclusion) -> None:
    """Give readings that no other exclusion holds the flags they had."""
    span = {"key": key, "start": undone.start, "end": undone.end, "meter": undone.meter, "out": int(Flag.EXCLUDED)}
    await connection.execute(_PUT_BACK, span)
    await connection.execute(_FORGET_FLAGS, span)


async def _finish(
    connection: Connection, key: int, made: Exclusion, who: str, old: str | None, new: str | None
) -> None:
    """Bring what follows from the readings up to date, and write down who did it."""
    await refresh_meters(connection, [key])
    field = f"exclusion {made.id}, {made.start:%Y-%m-%dT%H:%MZ} to {made.end:%Y-%m-%dT%H:%MZ}"
    await connection.execute(
        "INSERT INTO changes (who, meter, field, old, new) VALUES (%s, %s, %s, %s, %s)",
        (clean_name(who), made.meter, field, old, new),
    )
    await bump_data_version(connection)
