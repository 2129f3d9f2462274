"""Load a person's own file of readings: columns mapped, rows to hours, nothing lost and nothing half-done."""

import asyncio
import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from psycopg.types.json import Jsonb

from memory.binary import Rows
from memory.catalog import Source
from memory.columns import ColumnMapping
from memory.csv_rows import SKIPPED, CsvReadings, Reject
from memory.errors import BadFile, BadMapping
from memory.names import clean_name
from memory.own_spans import forget_loads
from memory.places import ensure_meter, ensure_site, grid_of
from memory.postgres import DATA_LOCK, Connection, Pool, bump_data_version, writing
from memory.quality import clock_fault, conversion_fault, loading_faults
from memory.reading_rows import Progress, delete_hours, reading_rows, write_rows
from memory.refresh import refresh_meters
from memory.registry import add_faults
from memory.staging import RawSeries, keep_rejects, stage, staged_series
from memory.treatment import Hours, treat

BATCH_HOURS = 400_000


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

    @property
    def hint(self) -> str | None:
        """Return what a person may have meant instead, or None."""
        if SKIPPED not in self.rejected:
            return None
        return "The file has hours that summer time skips; if its clock stays on winter time, give --tz Etc/GMT or so."


async def load_csv(
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
    digest = await asyncio.to_thread(_sha256, path)
    async with writing(pool, lock=DATA_LOCK) as connection:
        site_id = await ensure_site(connection, site, mapping.timezone)
        if await _is_known(connection, digest, site_id, mapping):
            return OwnLoad(site_id, known=True)
        touched = await forget_loads(connection, digest, site_id)
        work = _Work(connection, site_id, mapping, CsvReadings(path, mapping, now=now))
        load_id = await work.begin(path, digest)
        rows, _ = await stage(connection, work.readings, load_id, _expected_rows(path), progress)
        hours = await work.store(load_id, progress)
        rejected = await _reasons(connection, load_id)
        if not hours:
            why = "; ".join(f"{count:,} times {reason}" for reason, count in list(rejected.items())[:3])
            raise BadFile(f"{path.name}: none of {rows:,} rows could be read ({why}); check the mapping")
        await connection.execute(
            "UPDATE loads SET rows = %s, rejected = %s WHERE load_id = %s", (rows, sum(rejected.values()), load_id)
        )
        await refresh_meters(connection, sorted(touched | work.meters.keys()))
        await bump_data_version(connection)
    return OwnLoad(site_id, False, rows, rejected, hours, tuple(source.id for source in work.meters.values()))


class _Work:
    """One file on its way into the store."""

    def __init__(self, connection: Connection, site: str, mapping: ColumnMapping, readings: CsvReadings) -> None:
        self.readings = readings
        self.meters: dict[int, Source] = {}
        self._connection, self._site, self._mapping = connection, site, mapping

    async def begin(self, path: Path, digest: str) -> int:
        """Record the load; return its number."""
        cursor = await self._connection.execute(
            "INSERT INTO loads (file, sha256, site_id, rows, mapping) VALUES (%s, %s, %s, 0, %s) RETURNING load_id",
            (clean_name(path.name), digest, self._site, Jsonb(_plain(self._mapping))),
        )
        row = await cursor.fetchone()
        assert row is not None
        return int(row[0])

    async def store(self, load_id: int, progress: Progress | None) -> int:
        """Turn the staged readings into hours, meter by meter; return how many were written."""
        series_of = await self._series_of_meters()
        parts: list[Rows] = []
        written = 0
        for number, (key, series) in enumerate(series_of.items(), start=1):
            raw = await staged_series(self._connection, series)
            if len(raw.at):
                parts.append(await self._store_meter(load_id, key, raw))
            if number == len(series_of) or sum(map(len, parts)) >= BATCH_HOURS:
                written += await write_rows(self._connection, parts, progress)
                parts.clear()
        return written

    async def _series_of_meters(self) -> dict[int, list[int]]:
        """Return the series of the file by the meter they belong to; two spellings of a name are one meter."""
        series_of: dict[int, list[int]] = {}
        for number, name in enumerate(self.readings.names):
            key, source = await ensure_meter(self._connection, self._site, name)
            if self.meters.setdefault(key, source).unit != source.unit:
                both = f"{self.meters[key].unit} and in {source.unit}"
                raise BadMapping(f"the file gives {source.id} in {both}; leave one column out")
            series_of.setdefault(key, []).append(number)
        return series_of

    async def _store_meter(self, load_id: int, key: int, raw: RawSeries) -> Rows:
        """Keep what loading a meter showed, make room for its hours, and return them ready to be copied."""
        source = self.meters[key]
        offset_s = await grid_of(self._connection, key, int(raw.at[0]))
        hours = treat(
            source.kind, source.unit, raw.at, raw.values, offset_s=offset_s, interval_s=self._mapping.interval_s
        )
        await self._keep_faults(load_id, key, raw, hours)
        await delete_hours(self._connection, key, hours)
        await self._connection.execute(
            "INSERT INTO load_meters (load_id, meter_id, first_at, last_end) VALUES (%s, %s, %s, %s)",
            (load_id, key, hours.first, hours.last_end),
        )
        return reading_rows(key, hours.at, hours.values, hours.flags)

    async def _keep_faults(self, load_id: int, key: int, raw: RawSeries, hours: Hours) -> None:
        meter = self.meters[key].meter(hours.first, hours.last_end)
        timezone = self._mapping.timezone
        faults = loading_faults(meter, timezone, hours, raw.at)
        faults += clock_fault(meter, timezone, hours, np.array(sorted(self.readings.doubled), np.int64))
        faults += conversion_fault(meter, self.meters[key].unit, hours)
        await add_faults(self._connection, key, "loaded", faults, load_id)
        again = (Reject(int(raw.lines[n]), f"{meter.id}: {raw.values[n]:g}", _DUPLICATE) for n in hours.duplicates)
        await keep_rejects(self._connection, load_id, again)


_DUPLICATE = "a second reading for the same moment"


async def _is_known(connection: Connection, digest: str, site: str, mapping: ColumnMapping) -> bool:
    cursor = await connection.execute(
        "SELECT mapping FROM loads WHERE sha256 = %s AND site_id = %s AND mapping IS NOT NULL", (digest, site)
    )
    return any(row[0] == _plain(mapping) for row in await cursor.fetchall())


async def _reasons(connection: Connection, load_id: int) -> dict[str, int]:
    cursor = await connection.execute(
        "SELECT reason, count(*) FROM rejects WHERE load_id = %s GROUP BY 1 ORDER BY 2 DESC, 1", (load_id,)
    )
    return dict(await cursor.fetchall())


def _plain(mapping: ColumnMapping) -> Any:
    """Return a mapping as JSON gives it back."""
    return json.loads(json.dumps(mapping.as_json()))


def _expected_rows(path: Path) -> int:
    """Estimate the rows of a file from its first part."""
    with path.open("rb") as data:
        head = data.read(1 << 20)
    return path.stat().st_size * max(1, head.count(b"\n")) // max(1, len(head))


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as data:
            return hashlib.file_digest(data, "sha256").hexdigest()
    except OSError as error:
        raise BadFile(f"{path} cannot be read ({error.strerror}); check the name") from error
