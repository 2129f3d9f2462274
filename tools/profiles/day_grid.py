"""Hours as rows of 24: one row for each local day.

An hour that the clock strikes twice in autumn is the mean of both; one that it skips in spring is NaN. A day may begin
at another hour than midnight, for buildings whose activity runs past it.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from tools.clock import LocalClock
from tools.figures import Values

EPOCH = date(1970, 1, 1)
WORKING, SATURDAY, SUNDAY, HOLIDAY = 0, 1, 2, 3
DAY_TYPES = ("working day", "Saturday", "Sunday", "holiday")


@dataclass(frozen=True, slots=True, eq=False)
class DayGrid:
    """Consecutive local days, n rows.

    `day`: days since 1970-01-01. `load_kw`: n by 24, mean kW of each hour, NaN where it does not count; column 0 is
    `begins_at`. `kwh`: sum of the valid hours. `valid_hours`, `hours`: how many of the day's 23, 24 or 25 are valid and
    in the record. `weekday`: Monday 0, of the day's beginning.
    """

    day: NDArray[np.int64]
    load_kw: Values
    kwh: Values
    valid_hours: NDArray[np.int64]
    hours: NDArray[np.int64]
    begins_at: int = 0

    def __len__(self) -> int:
        return len(self.day)

    @property
    def weekday(self) -> NDArray[np.int64]:
        """Return the weekday of each row, Monday 0."""
        return (self.day + 3) % 7

    @property
    def is_complete(self) -> NDArray[np.bool_]:
        """Tell which days have every hour."""
        return np.asarray((self.hours >= 23) & (self.valid_hours == self.hours))

    @property
    def coverage(self) -> float:
        """Return the share of hours that count, 0 to 1."""
        return float(self.valid_hours.sum() / self.hours.sum()) if len(self) else 0.0

    def types(self, holidays: AbstractSet[date] = frozenset()) -> NDArray[np.int64]:
        """Return the index in `DAY_TYPES` of each row."""
        return types_of(self.day, holidays)


def types_of(day: NDArray[np.int64], holidays: AbstractSet[date] = frozenset()) -> NDArray[np.int64]:
    """Return the index in `DAY_TYPES` of each day since 1970; a holiday is one on any weekday."""
    weekday = (day + 3) % 7
    free = np.array([(at - EPOCH).days for at in holidays], dtype=np.int64)
    return np.where(np.isin(day, free), HOLIDAY, np.maximum(weekday - 4, 0))


def day_grid(hours: Values, clock: LocalClock, begins_at: int = 0) -> DayGrid:
    """Return hourly amounts (kWh an hour) as rows of local days that begin at an hour, 0 to 23."""
    if not len(hours):
        empty = np.empty(0, dtype=np.int64)
        return DayGrid(empty, np.empty((0, 24)), np.empty(0), empty, empty, begins_at)
    day = (clock.local - np.timedelta64(60 * begins_at, "m")).astype("M8[D]").astype(np.int64)
    row = day - day[0]
    count, cell = int(row[-1]) + 1, row * 24 + (clock.hour - begins_at) % 24
    valid = np.isfinite(hours)
    sums = np.bincount(cell[valid], weights=hours[valid], minlength=24 * count)
    counts = np.bincount(cell[valid], minlength=24 * count)
    load = np.divide(sums, counts, out=np.full(24 * count, np.nan), where=counts > 0)
    return DayGrid(
        day=day[0] + np.arange(count),
        load_kw=load.reshape(count, 24),
        kwh=np.bincount(row[valid], weights=hours[valid], minlength=count).astype(np.float64),
        valid_hours=np.bincount(row[valid], minlength=count),
        hours=np.bincount(row, minlength=count),
        begins_at=begins_at,
    )
