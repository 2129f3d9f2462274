"""The grid of a forecast: local hours in rows of 24, so that the first hour to be forecast begins a row.

Rows are days where a forecast begins at midnight. With summer time a row may hold an hour twice (their mean counts) or
lack one (it stays empty): what people do follows the clock on the wall, so the same column of two rows is the same
local hour.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

import numpy as np
from numpy.typing import NDArray

from tools.clock import LocalClock
from tools.figures import Values
from tools.forecast.typical import divided
from tools.public_holidays import is_free

DAY_MINUTES, HOUR_MINUTES, DAY_HOURS = 1440, 60, 24
SUNDAY = 6


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """Rows of 24 local hours: `past` rows that end where the history does, then those to be forecast.

    `kwh`, `degc`: use and outdoor temperature, rows by 24, NaN where there is none. `weekday`: Monday 0, a holiday as
    Sunday; `free`: is a holiday; both rows by 24. `cell`: for each hour to be forecast, its place among the future
    rows' hours, end to end.
    """

    kwh: Values
    degc: Values
    weekday: NDArray[np.int64]
    free: NDArray[np.bool_]
    past: int
    cell: NDArray[np.int64]

    @property
    def ahead(self) -> int:
        """Return how many rows are to be forecast."""
        return len(self.kwh) - self.past

    @property
    def off(self) -> NDArray[np.int64]:
        """Return 1 for the hours of Saturdays, Sundays and holidays, else 0."""
        return (self.weekday >= 5).astype(np.int64)

    def since(self, row: int) -> Self:
        """Return the same grid without its first rows."""
        return replace(
            self,
            kwh=self.kwh[row:],
            degc=self.degc[row:],
            weekday=self.weekday[row:],
            free=self.free[row:],
            past=self.past - row,
        )


def blocks(hours: Values, clock: LocalClock, temperature_degc: Values, holidays: AbstractSet[date]) -> Blocks:
    """Lay out n hours of history and the hours after them that `clock` (n and the horizon) goes on to.

    `temperature_degc` is as long as the clock, NaN where it is not known.
    """
    n = len(hours)
    minutes = clock.local.astype("M8[m]").astype(np.int64)
    since = minutes - minutes[n]
    row, column = since // DAY_MINUTES, (since // HOUR_MINUTES) % DAY_HOURS
    past = max(-int(row[:n].min(initial=0)), 0)
    rows = past + int(row[n:].max()) + 1
    place = (row + past) * DAY_HOURS + column
    start = minutes[n] + DAY_MINUTES * (np.arange(rows) - past)
    day = (start[:, None] + HOUR_MINUTES * np.arange(DAY_HOURS)) // DAY_MINUTES
    free = is_free(day, holidays)
    known = np.concatenate([hours, np.full(len(minutes) - n, np.nan)])
    return Blocks(
        kwh=_means(known, place, rows),
        degc=_means(temperature_degc, place, rows),
        weekday=np.where(free, SUNDAY, (day + 3) % 7),
        free=free,
        past=past,
        cell=place[n:] - past * DAY_HOURS,
    )


def _means(values: Values, place: NDArray[np.int64], rows: int) -> Values:
    valid = np.isfinite(values)
    sums = np.asarray(np.bincount(place[valid], values[valid], rows * DAY_HOURS), dtype=np.float64)
    counts = np.bincount(place[valid], minlength=rows * DAY_HOURS)
    return divided(sums, counts).reshape(rows, DAY_HOURS)
