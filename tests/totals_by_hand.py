"""Sums over local days, added up from the hours of any site that a test keeps in memory."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from tools.clock import clock
from tools.readings import By, HourlySeries, Inventory, Totals


class Hours(Protocol):
    """What has names and hours."""

    async def inventory(self) -> Inventory:
        """Return the names."""
        ...

    async def hourly(self, meters: Sequence[str], start: datetime, end: datetime) -> dict[str, HourlySeries]:
        """Return each meter's hours."""
        ...


async def totals_by_hand(site: Hours, meters: Sequence[str], start: date, end: date, by: By) -> Totals:
    """Return each meter's sums over local days [start, end), as `tools.readings.Readings.totals` promises."""
    inventory = await site.inventory()
    rows: list[tuple[float, ...]] = []
    for place, name in enumerate(meters):
        meter = inventory.meters[name]
        zone = ZoneInfo(inventory.sites[meter.site].timezone)
        first, last = (datetime(d.year, d.month, d.day, tzinfo=zone).astimezone(UTC) for d in (start, end))
        series = (await site.hourly([name], first, last))[name]
        local = clock(zone.key, series.start, len(series.values))
        parts = np.zeros(len(series.values), np.int64) if by == "none" else local.keys(by)
        seconds = round(series.start.timestamp()) + 3600 * np.arange(len(parts))
        there = (seconds >= meter.first.timestamp()) & (seconds < meter.last_end.timestamp())
        rows += [(place, part, *_sums(seconds, series, there & (parts == part))) for part in np.unique(parts[there])]
    column = np.array(rows, np.float64).reshape(-1, 9).T
    count = np.where(np.isfinite(column), column, 0).astype(np.int64)
    return Totals(count[0], count[1], column[2], count[3], count[4], column[5], count[6], column[7], count[8])


def _sums(seconds: NDArray[np.int64], series: HourlySeries, inside: NDArray[np.bool_]) -> tuple[float, ...]:
    """Return total, valid hours, hours, peak, its time, low and its time of some hours."""
    valid = np.flatnonzero(inside & series.valid())
    if not len(valid):
        return 0.0, 0, int(inside.sum()), -np.inf, 0, np.inf, 0
    values = series.values[valid]
    peak, low = int(values.argmax()), int(values.argmin())
    extremes = (values[peak], seconds[valid[peak]], values[low], seconds[valid[low]])
    return float(values.sum()), len(valid), int(inside.sum()), *extremes
