"""Write hours into the monthly partitions of `readings`, fast.

A month that is new is filled as a table of its own, then indexed, then attached: 1.6 times as fast as copying into an
indexed partition.
"""

from collections.abc import Callable, Iterable, Iterator

import numpy as np
from psycopg import sql

from memory.binary import Rows, copy_in, from_timestamptz, row_type, rows_of_type, to_timestamptz
from memory.postgres import Connection
from memory.treatment import Flags, Floats, Hours, Ints

Progress = Callable[[int, int, str], None]
"""Called with rows done, rows in all, and what is being done."""

ROW = row_type({"meter": ">i4", "at": ">i8", "value": ">f8", "flag": ">i2"})


def reading_rows(meter_key: int, at: Ints, values: Floats, flags: Flags) -> Rows:
    """Return the rows of one meter, ready to be copied. `at`: seconds since 1970 UTC."""
    return rows_of_type(ROW, len(at), meter=meter_key, at=to_timestamptz(at), value=values, flag=flags)


def moments(rows: Rows) -> Ints:
    """Return the times of rows, seconds since 1970 UTC."""
    return from_timestamptz(rows["at"])


async def write_rows(connection: Connection, parts: Iterable[Rows], progress: Progress | None = None) -> int:
    """Copy rows into the partitions of their months; return how many. No row may exist yet."""
    rows = np.concatenate([np.empty(0, ROW), *parts], dtype=ROW)  # without dtype numpy would swap the bytes back
    done = 0
    for month, inside in _by_month(rows):
        await _write_month(connection, month, inside)
        done += len(inside)
        if progress is not None:
            progress(done, len(rows), f"readings of {month.astype(object):%B %Y}")
    return done


async def delete_hours(connection: Connection, meter_key: int, hours: Hours) -> None:
    """Delete what a meter has at these hours."""
    span = (meter_key, hours.first, hours.last_end)
    cursor = await connection.execute(
        "SELECT 1 FROM readings WHERE meter_id = %s AND at >= %s AND at < %s LIMIT 1", span
    )
    if await cursor.fetchone() is not None:  # joining every partition takes 20 ms a meter, and most are new
        await connection.execute(
            "DELETE FROM readings USING unnest(%s::bigint[]) AS hour"
            " WHERE meter_id = %s AND at >= %s AND at < %s AND at = to_timestamp(hour)",
            (hours.at.tolist(), *span),
        )


def _by_month(rows: Rows) -> Iterator[tuple[np.datetime64, Rows]]:
    """Yield the rows of each UTC month, in order."""
    months = moments(rows).astype("datetime64[s]").astype("datetime64[M]")
    order = np.argsort(months, kind="stable")
    steps = np.flatnonzero(np.diff(months[order].astype(np.int64))) + 1
    for part in np.split(order, steps) if len(order) else []:
        yield months[part[0]], rows[part]


async def _write_month(connection: Connection, month: np.datetime64, rows: Rows) -> None:
    table = sql.Identifier(f"readings_{str(month).replace('-', '_')}")
    cursor = await connection.execute("SELECT to_regclass(%s)", (table.as_string(connection),))
    is_new = await cursor.fetchone() == (None,)
    if is_new:
        await connection.execute(sql.SQL("CREATE TABLE {} (LIKE readings)").format(table))
    # FREEZE marks the rows visible to all, which makes index-only scans work without a vacuum.
    options = sql.SQL("(FORMAT binary, FREEZE)") if is_new else sql.SQL("(FORMAT binary)")
    await copy_in(connection, sql.SQL("COPY {} (meter_id, at, value, flag) FROM STDIN {}").format(table, options), rows)
    if is_new:
        await _attach(connection, month, table)


async def _attach(connection: Connection, month: np.datetime64, table: sql.Identifier) -> None:
    index = sql.SQL("ALTER TABLE {} ADD PRIMARY KEY (meter_id, at) INCLUDE (value, flag)")
    await connection.execute(index.format(table))
    first, following = (sql.Literal(f"{m}-01 00:00:00+00") for m in (month, month + np.timedelta64(1, "M")))
    bounds = sql.SQL("ALTER TABLE readings ATTACH PARTITION {} FOR VALUES FROM ({}) TO ({})")
    await connection.execute(bounds.format(table, first, following))
