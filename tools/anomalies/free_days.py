"""Which days are off for a building: its weekends, and public holidays where it keeps them."""

from collections.abc import Set as AbstractSet
from datetime import date

import numpy as np

from tools.anomalies.day_grid import DayGrid, Whole
from tools.anomalies.expected import day_means, nearest_median
from tools.baseline.days import Mask, is_off
from tools.figures import Values

SUNDAY, NEAREST = 6, 8
LEAST_HOLIDAYS = 3


def days_off(kwh: Values, grid: DayGrid, holidays: AbstractSet[date]) -> Mask:
    """Tell which days are off: Saturdays, Sundays, and the holidays where the building keeps them.

    `kwh`: days by 24. It keeps them unless at least three holidays on working days were metered and most of them ran
    more like their weekday than like a Sunday.
    """
    weekday = weekdays(grid)
    free = is_off(grid.day, holidays) & (weekday < 5)
    rows = np.flatnonzero(free & np.isfinite(day_means(kwh)))
    if len(rows) < LEAST_HOLIDAYS:
        return is_off(grid.day, holidays)
    as_weekday = nearest_median(kwh, weekday, NEAREST)[rows]
    as_sunday = nearest_median(kwh, np.where(free, SUNDAY, weekday), NEAREST)[rows]
    likes_weekday = day_means(np.abs(kwh[rows] - as_weekday)) < day_means(np.abs(kwh[rows] - as_sunday))
    return is_off(grid.day) if likes_weekday.mean() > 0.5 else is_off(grid.day, holidays)


def weekdays(grid: DayGrid) -> Whole:
    """Return the weekday of each day, Monday 0."""
    return (grid.day + 3) % 7


def kinds_of_day(grid: DayGrid, off: Mask) -> Whole:
    """Return the weekday of each day, a holiday's being that of a Sunday."""
    weekday = weekdays(grid)
    return np.where(off & (weekday < 5), SUNDAY, weekday)
