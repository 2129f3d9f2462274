"""Local days by hours: the grid on which days are compared with their like."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from tools.baseline.days import Mask
from tools.clock import LocalClock
from tools.figures import Values
from tools.forecast.blocks import DAY_HOURS
from tools.forecast.typical import divided

Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class DayGrid:
    """n hours laid out as local days by 24. `place`: the cell of each hour, days end to end; `day`: since 1970."""

    place: Whole
    day: Whole

    @classmethod
    def of(cls, clock: LocalClock) -> Self:
        """Return the grid of a clock's hours."""
        key = clock.keys("day")
        if not len(key):
            return cls(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
        return cls((key - key[0]) * DAY_HOURS + clock.hour, key[0] + np.arange(int(key[-1] - key[0]) + 1))

    def laid(self, values: Values) -> Values:
        """Return hourly values as days by 24, the mean where summer time ends and NaN where it begins."""
        valid = np.isfinite(values)
        cells = len(self.day) * DAY_HOURS
        sums = np.asarray(np.bincount(self.place[valid], values[valid], cells), dtype=np.float64)
        return divided(sums, np.bincount(self.place[valid], minlength=cells)).reshape(-1, DAY_HOURS)

    def hourly(self, cells: Values) -> Values:
        """Return the values of days by 24 (or one a day, days by 1) for each hour."""
        return np.broadcast_to(cells, (len(self.day), DAY_HOURS)).reshape(-1)[self.place]

    def first_hour(self, row: int) -> int:
        """Return the index of the first hour of a day; of the hour after the last where the day is past the end."""
        return int(np.searchsorted(self.place, row * DAY_HOURS))


def runs(mask: Mask) -> list[tuple[int, int]]:
    """Return [first, end) of each stretch of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def joined(found: list[tuple[int, int]], gap: int) -> list[tuple[int, int]]:
    """Return stretches with those that are at most `gap` apart made one."""
    made: list[tuple[int, int]] = []
    for first, end in found:
        if made and first - made[-1][1] <= gap:
            made[-1] = (made[-1][0], end)
        else:
            made.append((first, end))
    return made
