"""How soon load-shape search sees new readings: from the end of a load to the day found, by the way that is lived.

    python -m benchmarks.memory.shapes_update

A PostgreSQL and a Milvus Lite of its own hold the shipped data and the shapes of every building. A runtime listens, as
any running process does; somebody else loads a day of a building as it never was, for ten buildings one after another.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date
from pathlib import Path

import numpy as np

from config.settings import Settings
from graphs.account import TENANT
from graphs.live_data import LiveData
from graphs.runtime import open_runtime
from memory.column_guess import guess_mapping
from memory.columns import override
from memory.milvus import milvus_of
from memory.own_data import load_file
from memory.postgres import Pool, fetch
from memory.shapes import ShapeIndex
from services import stop_all

SITE, TIMEZONE, DAY = "cambridge", "Europe/London", date(2019, 1, 8)
TIMES_ITS_PEAK = 3.0
BUILDINGS = 10
WITHIN_S, PATIENCE_S, LOOK_AGAIN_S = 2.0, 30.0, 0.01


async def measure() -> list[float]:
    """Return the seconds from the end of each load to the day being found."""
    with tempfile.TemporaryDirectory(prefix="eaio-") as folder:
        settings = Settings(home=Path(folder), profile="embedded", database_url=None, milvus_uri=None, redis_url=None)
        try:
            async with _listening(settings) as (pool, index):
                return [await _once(pool, index, Path(folder), *one) for one in await _peaks(pool)]
        finally:
            await stop_all(settings)


@asynccontextmanager
async def _listening(settings: Settings) -> AsyncIterator[tuple[Pool, ShapeIndex]]:
    """Open an index of all buildings, and beside it a runtime that hears of changes."""
    async with AsyncExitStack() as stack:
        data = LiveData(settings)
        stack.push_async_callback(data.close)
        pool, index = await data.pool(), ShapeIndex(milvus_of(settings), data, tenant=TENANT)
        stack.push_async_callback(index.close)
        began = time.perf_counter()
        done = await index.catch_up(pool)
        print(f"{len(done)} buildings indexed in {time.perf_counter() - began:.1f} s")
        runtime = await stack.enter_async_context(open_runtime(settings))
        runtime.warm()
        async with asyncio.timeout(PATIENCE_S):
            while not await fetch(pool, "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'LISTEN%%'"):
                await asyncio.sleep(LOOK_AGAIN_S)
        yield pool, index


async def _peaks(pool: Pool) -> list[tuple[str, float]]:
    """Return buildings with the largest hour of each, kWh."""
    return await fetch(
        pool,
        "SELECT building_id, max(peak) FROM readings_monthly JOIN meters USING (meter_id) WHERE site_id = %s AND"
        " kind = 'electricity' AND building_id IS NOT NULL GROUP BY 1 HAVING max(peak) > 0 ORDER BY 1 LIMIT %s",
        (SITE, BUILDINGS),
    )


async def _once(pool: Pool, index: ShapeIndex, folder: Path, building: str, peak_kwh: float) -> float:
    path, kwh = folder / f"{building}.csv", round(TIMES_ITS_PEAK * peak_kwh, 1)
    path.write_text("\n".join(["time,kWh", *(f"{DAY} {hour:02d}:00,{kwh}" for hour in range(24))]) + "\n")
    mapping = override(guess_mapping(path, timezone=TIMEZONE), building=building, kind="electricity")
    await load_file(pool, path, site=SITE, mapping=mapping)
    began = time.perf_counter()
    async with asyncio.timeout(PATIENCE_S):
        while DAY not in [it.day for it in await index.strange_days(building)]:
            await asyncio.sleep(LOOK_AGAIN_S)
    return time.perf_counter() - began


def main() -> int:
    """Print the times; return 1 where one is over 2 s."""
    times = asyncio.run(measure())
    print(f"visible after {np.median(times):.2f} s in the median, {max(times):.2f} s at most, of {len(times)}")
    return int(max(times) > WITHIN_S)


if __name__ == "__main__":
    sys.exit(main())
