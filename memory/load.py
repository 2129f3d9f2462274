"""Load the shipped readings into PostgreSQL: once, completely, in one transaction.

Files of known SHA-256 are skipped; a changed one replaces what was there. All is under one advisory lock, so two
loaders at once both succeed, and a killed one leaves nothing behind.
"""

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from memory.binary import Rows
from memory.building_edit import replay_changes
from memory.catalog import DATA, Catalog, read_catalog
from memory.own_spans import delete_outside_own, outside, own_spans
from memory.postgres import DATA_LOCK, Connection, Pool, bump_data_version, fetch, writing
from memory.reading_rows import Progress, reading_rows, write_rows
from memory.refresh import refresh_meters
from memory.registry import add_faults, clear_faults, write_buildings, write_meter, write_meter_span, write_sites
from memory.shipped import TreatedMeter, treated_meters


@dataclass(frozen=True, slots=True)
class ShippedLoad:
    """What a load did. `files` are those of the data folder; `hours` is 0 where all were known."""

    files: tuple[str, ...]
    hours: int


async def ensure_loaded(pool: Pool, progress: Progress | None = None) -> bool:
    """Load the shipped data where the store has no meter; tell whether it did. Raises as `load_shipped`."""
    if await fetch(pool, "SELECT 1 FROM meters LIMIT 1"):
        return False
    return (await load_shipped(pool, progress=progress)).hours > 0


async def load_shipped(pool: Pool, folder: Path = DATA, progress: Progress | None = None) -> ShippedLoad:
    """Bring the store to what the data folder holds.

    Raises `StoreDown` where PostgreSQL fails meanwhile; the store is then as before.
    """
    catalog = read_catalog(folder)
    digests = {path.name: _sha256(path) for path in (folder / "catalog.yaml", *catalog.files.values())}
    async with writing(pool, lock=DATA_LOCK) as connection:
        if await _is_current(connection, digests):
            return ShippedLoad(tuple(digests), 0)
        treated = await asyncio.to_thread(treated_meters, catalog)
        hours = await _replace(connection, catalog, treated, digests, progress)
        await bump_data_version(connection)
    return ShippedLoad(tuple(digests), hours)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


async def _is_current(connection: Connection, digests: Mapping[str, str]) -> bool:
    """Tell whether each shipped file was last loaded with these contents."""
    cursor = await connection.execute(
        "SELECT DISTINCT ON (file) file, sha256 FROM loads WHERE mapping IS NULL ORDER BY file, load_id DESC"
    )
    return digests.items() <= dict(await cursor.fetchall()).items()


async def _replace(
    connection: Connection,
    catalog: Catalog,
    treated: list[TreatedMeter],
    digests: Mapping[str, str],
    progress: Progress | None,
) -> int:
    await _record_loads(connection, catalog, treated, digests)
    await write_sites(connection, catalog.sites)
    await write_buildings(connection, catalog.buildings)
    await replay_changes(connection)
    keys = [await write_meter(connection, item.source) for item in treated]
    await clear_faults(connection, keys)
    parts = [await _write_meter(connection, key, item) for key, item in zip(keys, treated, strict=True)]
    own = await own_spans(connection, keys)
    parts = [outside(rows, own.get(key, [])) for key, rows in zip(keys, parts, strict=True)]
    await delete_outside_own(connection, keys)
    hours = await write_rows(connection, parts, progress)
    await refresh_meters(connection, list(own))
    return hours


async def _record_loads(
    connection: Connection, catalog: Catalog, treated: list[TreatedMeter], digests: Mapping[str, str]
) -> None:
    site_of = {path.name: site for site, path in catalog.files.items()}
    for name, digest in digests.items():
        rows = sum(len(item.hours.at) for item in treated if item.source.site == site_of.get(name))
        await connection.execute(
            "INSERT INTO loads (file, sha256, site_id, rows) VALUES (%s, %s, %s, %s)",
            (name, digest, site_of.get(name), rows),
        )


async def _write_meter(connection: Connection, key: int, item: TreatedMeter) -> Rows:
    """Write what is known of a meter; return its readings, ready to be copied."""
    await write_meter_span(connection, key, item.hours)
    for origin, faults in item.faults.items():
        await add_faults(connection, key, origin, faults)
    return reading_rows(key, item.hours.at, item.hours.values, item.hours.flags)
