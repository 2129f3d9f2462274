"""Ways to keep daily and monthly sums beside readings that are written: by the writer, or by the database."""

import time
from collections.abc import Awaitable, Callable
from unittest.mock import patch

from psycopg import sql

from benchmarks.data.portfolio import Portfolio, months, name_all
from memory import reading_rows
from memory.binary import Rows
from memory.postgres import DATA_LOCK, Connection, Pool, writing
from memory.reading_rows import write_rows

MONTHS = 3
Way = Callable[[Connection, Rows], Awaitable[object]]


async def upkeep(pool: Pool, made: Portfolio) -> None:
    """Print how fast months are written without sums, with those of the writer, and with those of the database.

    Then how fast a day and a month of all meters are corrected: the old rows deleted, new ones written.
    """
    keys = await name_all(pool, made)
    parts = [rows for _, rows in zip(range(MONTHS), months(made, keys), strict=False)]
    print(f"writing {sum(map(len, parts)):,} readings of {len(keys):,} meters in {MONTHS} months, readings/s")
    for words, way in (("no sums", _bare), ("sums by the writer", _by_writer), ("sums at the commit", _at_commit)):
        print(f"  {words:<20} {await _speed(pool, parts, way):>12,.0f}", flush=True)
    await _speed(pool, parts, _by_writer)
    print("correcting readings of all meters, readings/s")
    for words, days in (("a day", 1), ("a month", 31)):
        print(f"  {words:<20} {await _corrected(pool, parts[0], days):>12,.0f}", flush=True)


async def _speed(pool: Pool, parts: list[Rows], way: Way) -> float:
    """Write into an empty store; return readings/s."""
    await _empty(pool)
    started = time.perf_counter()
    for rows in parts:
        async with writing(pool, lock=DATA_LOCK) as connection:
            await way(connection, rows)
    return sum(map(len, parts)) / (time.perf_counter() - started)


async def _by_writer(connection: Connection, rows: Rows) -> None:
    await write_rows(connection, [rows])


async def _bare(connection: Connection, rows: Rows) -> None:
    """Write rows and leave the sums alone."""

    async def nothing(*_: object) -> None:
        pass

    with patch.object(reading_rows, "add_sums", nothing):
        await write_rows(connection, [rows])


async def _at_commit(connection: Connection, rows: Rows) -> None:
    """Mark what a trigger would mark; what its transition table costs beside is not in the figure."""
    await _bare(connection, rows)
    at = reading_rows.moments(rows)
    await connection.execute(
        "INSERT INTO rollup_dirty SELECT meter_id, to_timestamp(%s), to_timestamp(%s) FROM meters",
        (int(at.min()), int(at.max())),
    )


async def _corrected(pool: Pool, rows: Rows, days: int) -> float:
    """Replace the readings of some days of all meters; return readings/s."""
    at = reading_rows.moments(rows)
    start, end = int(at.min()), int(at.min()) + 86_400 * days
    inside = rows[(at >= start) & (at < end)]
    started = time.perf_counter()
    async with writing(pool, lock=DATA_LOCK) as connection:
        await connection.execute(
            "DELETE FROM readings WHERE at >= to_timestamp(%s) AND at < to_timestamp(%s)", (start, end)
        )
        await write_rows(connection, [inside])
    return len(inside) / (time.perf_counter() - started)


async def _empty(pool: Pool) -> None:
    async with writing(pool, lock=DATA_LOCK) as connection:
        cursor = await connection.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'readings'::regclass"
        )
        for (table,) in await cursor.fetchall():
            await connection.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier(table)))
        await connection.execute("TRUNCATE readings_daily, readings_monthly, rollup_dirty")
