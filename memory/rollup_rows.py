"""Keep the daily and monthly sums beside readings that are being written.

New readings are added to the sums that are there. Deleted and changed ones are none of this: the database marks them
and computes their days anew at the commit (migration 005), so nobody who deletes has to think of it.
"""

from collections.abc import Mapping
from typing import LiteralString

import numpy as np
from psycopg import sql

from memory.binary import Rows, copy_in, row_type, rows_of_type, to_timestamptz
from memory.local_days import first_days, local_days, months_of
from memory.postgres import Connection
from memory.rollup_sums import NEVER, distinct, hour_sums, summed
from memory.treatment import Flags, Floats, Ints
from tools.readings import Totals

DAYS_TO_2000 = 10_957  # PostgreSQL counts days from 2000-01-01
_ROW = row_type(
    {
        "total": ">f8",
        "peak": ">f8",
        "peak_at": ">i8",
        "low": ">f8",
        "low_at": ">i8",
        "meter": ">i4",
        "part": ">i4",
        "valid_hours": ">i2",
        "hours": ">i2",
    }
)
_COLUMNS = sql.SQL("total, peak, peak_at, low, low_at, meter_id, part, valid_hours, hours")
_MERGE = sql.SQL(
    "INSERT INTO {table} AS old ({columns}) SELECT {columns} FROM coming"
    " ON CONFLICT (meter_id, part) DO UPDATE SET total = old.total + excluded.total,"
    " peak_at = CASE WHEN excluded.peak > old.peak THEN excluded.peak_at"
    " WHEN excluded.peak < old.peak THEN old.peak_at ELSE least(excluded.peak_at, old.peak_at) END,"
    " low_at = CASE WHEN excluded.low < old.low THEN excluded.low_at"
    " WHEN excluded.low > old.low THEN old.low_at ELSE least(excluded.low_at, old.low_at) END,"
    " peak = greatest(excluded.peak, old.peak), low = least(excluded.low, old.low),"
    " valid_hours = old.valid_hours + excluded.valid_hours, hours = old.hours + excluded.hours"
)


def sums_of(meter: Ints, at: Ints, values: Floats, flags: Flags, zones: Mapping[int, str]) -> tuple[Totals, Totals]:
    """Return the sums of new readings by local day and by local month, each part named by its first day.

    Arrays of equal length, `at` in seconds since 1970 UTC; `zones` from `zones_of`.
    """
    days = summed(hour_sums(meter, at, values, flags), _local_days(meter, at, zones))
    return days, summed(days, first_days(months_of(days.part)))


async def add_sums(connection: Connection, days: Totals, months: Totals) -> None:
    """Add the sums of new readings to those that are kept."""
    for table, sums in (("readings_daily", days), ("readings_monthly", months)):
        await _add(connection, table, sums)


async def zones_of(connection: Connection, meter: Ints) -> Mapping[int, str]:
    """Return the time zone of the site of each meter, by key."""
    cursor = await connection.execute(
        "SELECT meter_id, timezone FROM meters m JOIN sites s ON s.id = m.site_id WHERE meter_id = ANY(%s)",
        (distinct(meter).tolist(),),
    )
    return dict(await cursor.fetchall())


def _local_days(meter: Ints, at: Ints, zones: Mapping[int, str]) -> Ints:
    if len(names := sorted(set(zones.values()))) == 1:
        return local_days(names[0], at)
    days = np.empty(len(at), np.int64)
    for name in names:
        inside = np.isin(meter, [key for key, zone in zones.items() if zone == name])
        days[inside] = local_days(name, at[inside])
    return days


async def _add(connection: Connection, table: LiteralString, sums: Totals) -> None:
    """Copy sums into a table, or add them to what it has where it has some of these meters and days."""
    keys, parts = distinct(sums.meter), sums.part - DAYS_TO_2000
    cursor = await connection.execute(
        sql.SQL(
            "SELECT 1 FROM {} WHERE meter_id = ANY(%s) AND part BETWEEN '2000-01-01'::date + %s AND"
            " '2000-01-01'::date + %s LIMIT 1"
        ).format(sql.Identifier(table)),
        (keys.tolist(), int(parts.min()), int(parts.max())),
    )
    rows = rows_of_type(
        _ROW,
        len(sums.part),
        **{name: getattr(sums, name) for name in ("total", "peak", "low", "meter", "valid_hours", "hours")},
        part=parts,
        peak_at=_timestamps(sums.peak_at),
        low_at=_timestamps(sums.low_at),
    )
    if await cursor.fetchone() is None:
        await _copy(connection, table, rows)
        return
    await connection.execute(sql.SQL("CREATE TEMP TABLE coming (LIKE {}) ON COMMIT DROP").format(sql.Identifier(table)))
    await _copy(connection, "coming", rows)
    await connection.execute(_MERGE.format(table=sql.Identifier(table), columns=_COLUMNS))
    await connection.execute("DROP TABLE coming")


async def _copy(connection: Connection, table: LiteralString, rows: Rows) -> None:
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary)")
    await copy_in(connection, statement.format(sql.Identifier(table), _COLUMNS), rows)


def _timestamps(at: Ints) -> Ints:
    """Return times as PostgreSQL keeps them; its largest number is its `infinity`."""
    return np.where(at == NEVER, NEVER, to_timestamptz(np.where(at == NEVER, 0, at)))
