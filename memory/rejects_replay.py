"""Try the rows that a load refused again, under another mapping.

What is tried is the row as it stood in the file. A row that loads now is a reject no more; the others stay.
"""

import csv
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import numpy as np

from memory.columns import ColumnMapping
from memory.csv_rows import CsvReadings, Line
from memory.errors import BadMapping
from memory.meter_readings import Part, TreatedReadings, treated
from memory.own_data import extend_span
from memory.own_meters import own_meters, parts_of
from memory.places import grid_of
from memory.postgres import DATA_LOCK, Connection, Pool, bump_data_version, writing
from memory.raw_blocks import CELL_REASONS
from memory.raw_rows import Block
from memory.reading_rows import delete_hours, reading_rows, write_rows
from memory.refresh import refresh_meters
from memory.rejects import mapping_of_load
from memory.staging import RawSeries, Staging
from memory.treatment import HOUR_S, Ints
from tools.readings import VALID_FLAGS


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came of trying the rejects of a load again: how many there were, how many hours were written, what is left.

    `left` by reason; rejects that can only be decided with the rest of the file are among them with their old reason.
    """

    tried: int
    loaded: int
    hours: int
    left: dict[str, int]


async def replay(pool: Pool, load_id: int, mapping: ColumnMapping, *, now: datetime | None = None) -> Replayed:
    """Try the rejects of a load again under a mapping; what loads is a reject no more. All in one transaction.

    An hour is written where its readings are all there and no valid one stands in its place. Raises `BadChange` for an
    unknown load, and `BadMapping` where a register is read: a difference needs the readings beside it.
    """
    if any(value.register for value in mapping.values):
        raise BadMapping("the readings of a register need those beside them; load the whole file again instead")
    await mapping_of_load(pool, load_id)
    async with writing(pool, lock=DATA_LOCK) as connection:
        cursor = await connection.execute(
            "SELECT ctid::text, line, raw, reason FROM rejects WHERE load_id = %s ORDER BY line, ctid", (load_id,)
        )
        rows = [_Kept(*row) for row in await cursor.fetchall()]
        work = _Replay(connection, load_id, mapping, rows, now)
        hours = await work.run()
        left = await work.settle()
        await refresh_meters(connection, sorted(work.touched))
        if hours:
            await bump_data_version(connection)
    return Replayed(len(rows), len(rows) - sum(left.values()), hours, left)


@dataclass(frozen=True, slots=True)
class _Kept:
    ctid: str
    line: int
    raw: str
    reason: str


class _Replay:
    """The rejects of one load on their way into the store. Reject n of it has the line number n."""

    def __init__(
        self, connection: Connection, load_id: int, mapping: ColumnMapping, rows: Sequence[_Kept], now: datetime | None
    ) -> None:
        self.touched: set[int] = set()
        self._connection, self._load_id, self._mapping = connection, load_id, mapping
        self._rows = rows
        self._readings = CsvReadings(Path(), mapping, now=now)
        self._why: dict[int, str] = {}
        self._written: set[int] = set()

    async def run(self) -> int:
        """Read the rows again and write the hours that they complete; return how many."""
        cursor = await self._connection.execute("SELECT site_id FROM loads WHERE load_id = %s", (self._load_id,))
        site = (await cursor.fetchone() or ("",))[0]
        written = 0
        with Staging() as staging:
            for block in self._blocks():
                staging.add(block)
                self._why.update({reject.line: reject.reason for reject in block.rejects})
            for meter in await own_meters(self._connection, site, self._readings, staging):
                self.touched.add(meter.key)
                parts, _ = parts_of(meter, self._readings, staging)
                written += await self._store(meter.key, parts)
        return written

    def _blocks(self) -> Iterator[Block]:
        """Yield what the rows say now: of a refused row all its columns, of a refused cell that column."""
        whole = [(n, row) for n, kept in enumerate(self._rows) if (row := self._row_of(kept)) is not None]
        by_column: dict[str, list[Line]] = {}
        for n, kept in enumerate(self._rows):
            if kept.reason in CELL_REASONS and (found := self._cell_of(kept)) is not None:
                by_column.setdefault(found[0], []).append((n, found[1]))
        if whole:
            yield self._readings.block_of(whole)
        for column, lines in by_column.items():
            block = self._readings.block_of(lines)
            mine = np.array([name == column for name in self._readings.columns], bool)[block.series]
            rejects = [reject for reject in block.rejects if reject.raw.startswith(f"{column}: ")]
            yield replace(
                block,
                series=block.series[mine],
                at=block.at[mine],
                values=block.values[mine],
                lines=block.lines[mine],
                rejects=rejects,
            )

    def _row_of(self, kept: _Kept) -> list[str] | None:
        if kept.reason in CELL_REASONS:
            return None
        row = self._cells(kept.raw)
        return row if len(row) == len(self._mapping.shape.columns) else None

    def _cell_of(self, kept: _Kept) -> tuple[str, list[str]] | None:
        """Return the column of a refused cell and its row: the raw text is `column: cell | row`."""
        for value in sorted(self._mapping.values, key=lambda v: -len(v.column)):
            head = f"{value.column}: "
            if not kept.raw.startswith(head):
                continue
            place = self._mapping.shape.columns.index(value.column)
            pieces = kept.raw.removeprefix(head).split(" | ")
            for n in range(1, len(pieces)):
                row = self._cells(" | ".join(pieces[n:]))
                if len(row) == len(self._mapping.shape.columns) and row[place] == " | ".join(pieces[:n]):
                    return value.column, row
        return None

    def _cells(self, raw: str) -> list[str]:
        with suppress(csv.Error):
            return next(csv.reader(raw.splitlines(keepends=True), delimiter=self._mapping.shape.delimiter), [])
        return []

    async def _store(self, key: int, parts: Sequence[Part]) -> int:
        """Write the hours that are whole and free; remember the rejects that made them."""
        parts = [part for part in parts if len(part.raw.at)]
        if not parts:
            return 0
        offset_s = await grid_of(self._connection, key, int(parts[0].raw.at[0]))
        found = treated(parts, offset_s=offset_s)
        whole = ~np.isin(found.hours.at, found.hours.partial)
        free = whole & ~np.isin(found.hours.at, await self._taken(key, found))
        hours = replace(
            found.hours, at=found.hours.at[free], values=found.hours.values[free], flags=found.hours.flags[free]
        )
        if not len(hours.at):
            return 0
        await delete_hours(self._connection, key, hours)
        await extend_span(self._connection, self._load_id, key, replace(found, hours=hours))
        self._note(found, hours.at, offset_s)
        return await write_rows(self._connection, [reading_rows(key, hours.at, hours.values, hours.flags)])

    async def _taken(self, key: int, found: TreatedReadings) -> Ints:
        """Return the hours of a meter that have a valid reading already."""
        cursor = await self._connection.execute(
            "SELECT extract(epoch FROM at)::bigint FROM readings WHERE meter_id = %s AND at >= %s AND at < %s"
            " AND flag = ANY(%s)",
            (key, found.hours.first, found.hours.last_end, [int(flag) for flag in VALID_FLAGS]),
        )
        return np.array([row[0] for row in await cursor.fetchall()], np.int64)

    def _note(self, found: TreatedReadings, hours: Ints, offset_s: int) -> None:
        """Remember which rejects are in hours that were written, second readings for a moment apart."""
        raw: RawSeries = found.raw
        inside = np.isin((raw.at - offset_s) // HOUR_S * HOUR_S + offset_s, hours)
        self._written |= set(raw.lines[inside].tolist()) - {one.line for one in found.again}

    async def settle(self) -> dict[str, int]:
        """Delete what loaded, keep the rest with why it is refused now; return how many are left by reason."""
        done = [n for n in range(len(self._rows)) if n in self._written and n not in self._why]
        await self._connection.execute(
            "DELETE FROM rejects WHERE load_id = %s AND ctid::text = ANY(%s)",
            (self._load_id, [self._rows[n].ctid for n in done]),
        )
        cursor = await self._connection.execute(
            "SELECT reason, count(*) FROM rejects WHERE load_id = %s GROUP BY 1 ORDER BY 2 DESC, 1", (self._load_id,)
        )
        left: dict[str, int] = dict(await cursor.fetchall())
        await self._connection.execute(
            "UPDATE loads SET rejected = %s WHERE load_id = %s", (sum(left.values()), self._load_id)
        )
        return left
