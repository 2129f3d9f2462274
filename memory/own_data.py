"""Load a person's own file of readings: columns mapped, rows to hours, nothing lost and nothing half-done."""

import asyncio
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from psycopg.types.json import Jsonb

from memory.binary import Rows
from memory.catalog import Source
from memory.columns import ColumnMapping
from memory.errors import BadFile
from memory.meter_readings import Again, Part, TreatedReadings, arrival_faults, treated
from memory.names import clean_name
from memory.own_meters import OwnMeter, own_meters, parts_of
from memory.own_spans import forget_loads
from memory.places import ensure_site, grid_of
from memory.postgres import DATA_LOCK, Connection, Pool, bump_data_version, writing
from memory.quality import clock_fault
from memory.raw_blocks import SKIPPED
from memory.raw_files import expected_rows, raw_readings, sha256_of
from memory.raw_rows import Block, RawReadings, Reject
from memory.reading_rows import Progress, delete_hours, reading_rows, write_rows
from memory.refresh import refresh_meters
from memory.registry import add_faults
from memory.staging import Staging, keep_rejects

BATCH_HOURS = 400_000
DUPLICATE = "a second reading for the same moment"
REPEATED = "the same reading a second time"


@dataclass(frozen=True, slots=True)
class OwnLoad:
    """What a load of a file did. `known`: the file was loaded before with the same mapping, and nothing was done.

    `rows` of the file, `rejected` rows and cells by reason, `hours` written, and the ids of the meters they belong to.
    """

    site: str
    known: bool
    rows: int = 0
    rejected: dict[str, int] = field(default_factory=dict)
    hours: int = 0
    meters: tuple[str, ...] = ()
    load_id: int | None = None

    @property
    def hint(self) -> str | None:
        """Return what a person may have meant instead, or None."""
        if SKIPPED not in self.rejected:
            return None
        return "The file has hours that summer time skips; if its clock stays on winter time, give --tz Etc/GMT or so."


async def load_file(
    pool: Pool,
    path: Path,
    *,
    site: str,
    mapping: ColumnMapping,
    progress: Progress | None = None,
    now: datetime | None = None,
) -> OwnLoad:
    """Load a file into a site, which is added where it is not there yet, as are its buildings.

    Hours that were there before are replaced by the file's; the same file with another mapping replaces what it
    brought before. All in one transaction. Raises `BadFile`, `BadMapping`, or `StoreDown`.
    """
    digest = await asyncio.to_thread(sha256_of, path)
    async with writing(pool, lock=DATA_LOCK) as connection:
        site_id = await ensure_site(connection, site, mapping.timezone)
        if await _is_known(connection, digest, site_id, mapping):
            return OwnLoad(site_id, known=True)
        touched = await forget_loads(connection, digest, site_id)
        readings = await asyncio.to_thread(raw_readings, path, mapping, now=now)
        load_id = await _begin(connection, path, digest, site_id, mapping)
        with Staging() as staging:
            rows = await _stage(connection, readings, staging, load_id, expected_rows(path), progress)
            work = _Work(connection, site_id, mapping.timezone, readings, staging)
            hours = await work.store(load_id, progress)
        rejected = await _reasons(connection, load_id)
        if not hours:
            raise BadFile(f"{path.name}: none of {rows:,} rows could be read ({_why(rejected)}); check the mapping")
        await connection.execute(
            "UPDATE loads SET rows = %s, rejected = %s WHERE load_id = %s", (rows, sum(rejected.values()), load_id)
        )
        await refresh_meters(connection, sorted(touched | work.meters.keys()))
        await bump_data_version(connection)
    ids = tuple(source.id for source in work.meters.values())
    return OwnLoad(site_id, False, rows, rejected, hours, ids, load_id)


load_csv = load_file  # the name that callers had for it when only delimited text could be read


async def _begin(connection: Connection, path: Path, digest: str, site: str, mapping: ColumnMapping) -> int:
    """Record the load; return its number."""
    cursor = await connection.execute(
        "INSERT INTO loads (file, sha256, site_id, rows, mapping) VALUES (%s, %s, %s, 0, %s) RETURNING load_id",
        (clean_name(path.name), digest, site, Jsonb(plain(mapping))),
    )
    row = await cursor.fetchone()
    assert row is not None
    return int(row[0])


async def _stage(
    connection: Connection,
    readings: RawReadings,
    staging: Staging,
    load_id: int,
    expected_rows: int,
    progress: Progress | None,
) -> int:
    """Read a whole file into the staging, and what it refuses into `rejects`; return the rows read."""
    rows = 0
    blocks = readings.blocks()

    def following() -> Block | None:
        block = next(blocks, None)
        if block is not None:
            staging.add(block)
        return block

    while (block := await asyncio.to_thread(following)) is not None:
        await keep_rejects(connection, load_id, block.rejects)
        rows += block.rows
        if progress is not None:
            progress(rows, max(rows, expected_rows), "rows read")
    return rows


class _Work:
    """The staged readings of one file on their way into the store."""

    def __init__(
        self, connection: Connection, site: str, timezone: str, readings: RawReadings, staging: Staging
    ) -> None:
        self.meters: dict[int, Source] = {}
        self._connection, self._site, self._timezone = connection, site, timezone
        self._readings, self._staging = readings, staging

    async def store(self, load_id: int, progress: Progress | None) -> int:
        """Turn the readings into hours, meter by meter; return how many were written."""
        parts: list[Rows] = []
        written = 0
        for meter in await own_meters(self._connection, self._site, self._readings, self._staging):
            self.meters.setdefault(meter.key, meter.source)
            parts += await self._store_meter(load_id, meter)
            if sum(map(len, parts)) >= BATCH_HOURS:
                written += await write_rows(self._connection, parts, progress)
                parts.clear()
        return written + (await write_rows(self._connection, parts, progress) if parts else 0)

    async def _store_meter(self, load_id: int, meter: OwnMeter) -> list[Rows]:
        """Keep what loading a meter showed, make room for its hours, and return them ready to be copied."""
        read, rejects = parts_of(meter, self._readings, self._staging)
        await keep_rejects(self._connection, load_id, rejects)
        first = min((int(part.raw.at[0]) for part in read if len(part.raw.at)), default=None)
        if first is None:
            return []
        offset_s = await grid_of(self._connection, meter.key, first)
        found = await asyncio.to_thread(treated, read, offset_s=offset_s)
        if not len(found.hours.at):
            await keep_rejects(self._connection, load_id, _alone(meter.source, read))
            return []
        await keep_rejects(self._connection, load_id, _rejected(meter.source, found.again))
        await self._keep_faults(load_id, meter, found)
        await delete_hours(self._connection, meter.key, found.hours)
        await extend_span(self._connection, load_id, meter.key, found)
        hours = found.hours
        return [reading_rows(meter.key, hours.at, hours.values, hours.flags)]

    async def _keep_faults(self, load_id: int, meter: OwnMeter, found: TreatedReadings) -> None:
        known = meter.source.meter(found.hours.first, found.hours.last_end)
        faults = arrival_faults(known, self._timezone, found)
        doubled = np.array(sorted(self._readings.doubled), np.int64)
        faults += clock_fault(known, self._timezone, found.hours, doubled)
        await add_faults(self._connection, meter.key, "loaded", faults, load_id)


async def extend_span(connection: Connection, load_id: int, key: int, found: TreatedReadings) -> None:
    """Record that a load brought these hours of a meter, beside those it brought before."""
    await connection.execute(
        "INSERT INTO load_meters (load_id, meter_id, first_at, last_end) VALUES (%s, %s, %s, %s)"
        " ON CONFLICT (load_id, meter_id) DO UPDATE SET first_at = least(load_meters.first_at, excluded.first_at),"
        " last_end = greatest(load_meters.last_end, excluded.last_end)",
        (load_id, key, found.hours.first, found.hours.last_end),
    )


def _rejected(source: Source, again: Iterable[Again]) -> list[Reject]:
    return [
        Reject(
            one.line,
            f"{source.id}: {one.value:g} at {datetime.fromtimestamp(one.at, UTC):%Y-%m-%dT%H:%M:%SZ}",
            REPEATED if one.same else DUPLICATE,
        )
        for one in again
    ]


def _alone(source: Source, parts: Iterable[Part]) -> list[Reject]:
    """Return the readings of a register that has too few of them to tell a use."""
    rows = [(line, value) for part in parts for line, value in zip(part.raw.lines, part.raw.values, strict=True)]
    reason = "a register's reading without another, so that no use is known"
    return [Reject(int(line), f"{source.id}: {value:g}", reason) for line, value in rows]


async def _is_known(connection: Connection, digest: str, site: str, mapping: ColumnMapping) -> bool:
    cursor = await connection.execute(
        "SELECT mapping FROM loads WHERE sha256 = %s AND site_id = %s AND mapping IS NOT NULL", (digest, site)
    )
    return any(row[0] == plain(mapping) for row in await cursor.fetchall())


async def _reasons(connection: Connection, load_id: int) -> dict[str, int]:
    cursor = await connection.execute(
        "SELECT reason, count(*) FROM rejects WHERE load_id = %s GROUP BY 1 ORDER BY 2 DESC, 1", (load_id,)
    )
    return dict(await cursor.fetchall())


def _why(rejected: dict[str, int]) -> str:
    return "; ".join(f"{count:,} times {reason}" for reason, count in list(rejected.items())[:3])


def plain(mapping: ColumnMapping) -> Any:
    """Return a mapping as JSON gives it back."""
    return json.loads(json.dumps(mapping.as_json()))
