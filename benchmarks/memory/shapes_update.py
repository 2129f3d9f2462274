"""How soon new readings are seen by load-shape search: from the notice of a change to the day found, on Milvus Lite.

    python -m benchmarks.memory.shapes_update

The index holds every shipped building of Cambridge, three years of days each. Then one building gets a day that it
never had, ten times over; each time the notice is handled as the database's would be, and the day searched.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np

from config.settings import Settings
from memory.milvus import milvus_of
from memory.notices import Changed
from memory.shapes import ShapeIndex
from services.milvus import milvus
from services.process import stop
from tests.shipped_files import ShippedFiles
from tools.readings import HourlySeries

BUILDING, METER = "b4", "b4/electricity"
TIMES = 10
WITHIN_S = 2.0


class Corrected(ShippedFiles):
    """The shipped readings with one day of a building as it never was."""

    day: date | None = None

    async def hourly(self, meters: Sequence[str], start: datetime, end: datetime) -> dict[str, HourlySeries]:
        """Return each meter's hours."""
        found = await super().hourly(meters, start, end)
        if self.day is not None and METER in found:
            found[METER] = _odd(found[METER], self.day)
        return found


def _odd(series: HourlySeries, day: date) -> HourlySeries:
    first = int((datetime(day.year, day.month, day.day, tzinfo=UTC) - series.start).total_seconds()) // 3600
    values = series.values.copy()
    values[first : first + 24] = 3.0 * np.nanmax(values)
    return replace(series, values=values)


async def measure() -> list[float]:
    """Return the seconds from each notice to the day being found."""
    with tempfile.TemporaryDirectory(prefix="eaio-") as folder:
        settings = Settings(home=Path(folder), milvus_uri=None)
        readings = Corrected()
        index = ShapeIndex(milvus_of(settings), readings)
        try:
            inventory = await readings.inventory()
            began = time.perf_counter()
            done = await index.update([b for b, it in inventory.buildings.items() if it.site == "cambridge"])
            print(f"{len(done)} buildings indexed in {time.perf_counter() - began:.1f} s")
            return [await _once(index, readings, date(2019, 1, 7 + n)) for n in range(TIMES)]
        finally:
            await index.close()
            await stop(milvus(settings))


async def _once(index: ShapeIndex, readings: Corrected, day: date) -> float:
    readings.day = day
    began = time.perf_counter()
    await index.heard(Changed((METER,), 2))
    found = await index.strange_days(BUILDING)
    took_s = time.perf_counter() - began
    assert day in [it.day for it in found], f"{day} is not found after the update"
    return took_s


def main() -> int:
    """Print the times; return 1 where one is over 2 s."""
    times = asyncio.run(measure())
    print(f"visible after {np.median(times):.2f} s in the median, {max(times):.2f} s at most, of {len(times)}")
    return int(max(times) > WITHIN_S)


if __name__ == "__main__":
    sys.exit(main())
