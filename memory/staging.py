"""A file's readings on their way to hours: kept in a temporary table, so that memory stays bounded.

The file may be in any order and of any size; each meter's readings come back together, by time.
"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from psycopg import sql

from memory.binary import Rows, copy_in, elements, row_type, rows_of_type
from memory.csv_rows import Block, CsvReadings, Reject
from memory.postgres import Connection
from memory.reading_rows import Progress
from memory.treatment import Floats, Ints

_ROW = row_type({"series": ">i4", "at": ">i8", "value": ">f8", "line": ">i8"})
_COPY = sql.SQL("COPY staged (series, at, value, line) FROM STDIN (FORMAT binary)")


@dataclass(frozen=True, slots=True)
class RawSeries:
    """Readings of one meter by time, then by line; `at`: seconds since 1970 UTC."""

    at: Ints
    values: Floats
    lines: Ints


async def stage(
    connection: Connection, readings: CsvReadings, load_id: int, expected_rows: int, progress: Progress | None
) -> tuple[int, int]:
    """Read a whole file into `staged`, and what it refuses into `rejects`; return rows read and refused."""
    await connection.execute(
        "CREATE TEMP TABLE staged (series int NOT NULL, at bigint NOT NULL, value float8 NOT NULL,"
        " line bigint NOT NULL) ON COMMIT DROP"
    )
    rows = rejected = 0
    blocks = readings.blocks()
    while (block := await asyncio.to_thread(next, blocks, None)) is not None:
        await copy_in(connection, _COPY, _rows(block))
        await keep_rejects(connection, load_id, block.rejects)
        rows, rejected = rows + block.rows, rejected + len(block.rejects)
        if progress is not None:
            progress(rows, max(rows, expected_rows), "rows read")
    await connection.execute("CREATE INDEX ON staged (series, at, line)")
    return rows, rejected


async def staged_series(connection: Connection, series: Sequence[int]) -> RawSeries:
    """Return the readings of some series of the file together."""
    cursor = connection.cursor(binary=True)
    await cursor.execute(
        "SELECT array_send(array_agg(at)), array_send(array_agg(value)), array_send(array_agg(line))"
        " FROM (SELECT at, value, line FROM staged WHERE series = ANY(%s) ORDER BY at, line) AS ordered",
        (list(series),),
    )
    at, value, line = await cursor.fetchone() or (None, None, None)
    if at is None:
        return RawSeries(np.empty(0, np.int64), np.empty(0), np.empty(0, np.int64))
    integers = (elements(at, ">i8").astype(np.int64), elements(line, ">i8").astype(np.int64))
    return RawSeries(integers[0], elements(value, ">f8").astype(np.float64), integers[1])


async def keep_rejects(connection: Connection, load_id: int, rejects: Iterable[Reject]) -> None:
    """Keep refused rows with the reason; none is ever lost."""
    async with connection.cursor().copy("COPY rejects (load_id, line, raw, reason) FROM STDIN") as copy:
        for reject in rejects:
            await copy.write_row((load_id, *reject))


def _rows(block: Block) -> Rows:
    return rows_of_type(_ROW, len(block.at), series=block.series, at=block.at, value=block.values, line=block.lines)
