"""When a building runs, inferred from its load.

After Price (2010), "Methods for Analyzing Electric Load Shape and its Variability", LBNL-3713E: a day's load lies
between its near-base and near-peak (2.5th and 97.5th percentile), and the building runs while the load is nearer the
latter. Days begin at the building's own quietest hour, so that evenings past midnight stay whole. A day whose load
hardly rises, beside what is usual, is a closed one. Hours are known to about an hour, as the readings are.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tools.clock import WEEKDAYS, LocalClock
from tools.errors import NoData
from tools.figures import Values, daily_shape
from tools.profiles.day_grid import EPOCH, DayGrid, day_grid
from tools.profiles.opening import OpeningHours, Span

NEAR_BASE, NEAR_PEAK = 2.5, 97.5
CLOSED_BELOW = 0.4  # of the usual rise
LEAST_VALID_H = 20
LEAST_DAYS = 3
LONGEST_DIP_H = 1
WIDE_SPREAD_H = 2.0
FLAT_BELOW = 0.10  # of the mean load: no rise to speak of
Confidence = Literal["high", "fair", "low"]


@dataclass(frozen=True, slots=True)
class Operation:
    """A weekday's operation. `start_hour`, `end_hour`: medians over its open days, 0 to 24; None where it is closed.

    An end that is not after its start is on the next day. `spread_h`: half the range of the middle half of the days,
    the larger of start and end. `agreement`: share of the days that open or close as said, start and end within an
    hour.
    """

    weekday: str
    days: int
    open_days: int
    start_hour: float | None
    end_hour: float | None
    spread_h: float | None
    agreement: float

    @property
    def is_open(self) -> bool:
        """Tell whether the building runs on most such days."""
        return self.start_hour is not None

    @property
    def confidence(self) -> Confidence:
        """Return how sure the hours are: high where four days in five agree, fair where half do and none is far off."""
        if self.days < LEAST_DAYS or self.agreement < 0.5 or (self.spread_h or 0.0) > WIDE_SPREAD_H:
            return "low"
        return "high" if self.agreement >= 0.8 else "fair"


@dataclass(frozen=True, slots=True)
class Schedule:
    """Operation by weekday, Monday first. `coverage`: share of the days with at least 20 valid hours."""

    weekdays: tuple[Operation, ...]
    coverage: float
    notes: tuple[str, ...]

    def opening(self) -> OpeningHours:
        """Return the inferred hours as opening hours."""
        spans: list[Span] = [
            None if op.start_hour is None or op.end_hour is None else (op.start_hour, op.end_hour)
            for op in self.weekdays
        ]
        return OpeningHours(tuple(spans), "hours inferred from the load")


def schedule(hours: Values, clock: LocalClock, holidays: AbstractSet[date] = frozenset()) -> Schedule:
    """Return when the building runs on each weekday; holidays are left out.

    Raises `NoData` where fewer than 14 days have 20 valid hours, or where the load hardly rises on any day.
    """
    quietest = _quietest(hours, clock)
    grid = day_grid(hours, clock, quietest)
    free = np.array([(at - EPOCH).days for at in holidays], dtype=np.int64)
    usable = (grid.valid_hours >= LEAST_VALID_H) & ~np.isin(grid.day, free)
    if usable.sum() < 14:
        raise NoData(f"{int(usable.sum())} days with 20 valid hours are too few to infer a schedule; 14 are needed")
    rise = _rise(grid, usable)
    usual = float(np.percentile(rise[usable], 75))
    mean = float(np.nanmean(grid.load_kw[usable]))
    if usual <= FLAT_BELOW * abs(mean):
        raise NoData("the load hardly rises on any day, so it shows no schedule")
    is_open = rise >= CLOSED_BELOW * usual
    runs = np.array(
        [_run(row) if u and o else (np.nan, np.nan) for row, u, o in zip(grid.load_kw, usable, is_open, strict=True)]
    )
    weekday = _weekday_of(grid, np.where(is_open & usable, runs[:, 0], 12.0))
    found = tuple(_operation(w, grid.begins_at, runs[usable & (weekday == w)]) for w in range(7))
    return Schedule(found, float(usable.mean()), _notes(found))


def _quietest(hours: Values, clock: LocalClock) -> int:
    """Return the middle of the five hours at which the mean day is lowest, 0 where nothing is known."""
    shape = daily_shape(hours, clock.hour)
    if not np.isfinite(shape).any():
        return 0
    filled = np.where(np.isfinite(shape), shape, np.nanmax(shape))
    return int(np.argmin(sum(np.roll(filled, shift) for shift in range(-2, 3))))


def _rise(grid: DayGrid, usable: NDArray[np.bool_]) -> Values:
    rise = np.zeros(len(grid))
    low, high = np.nanpercentile(grid.load_kw[usable], [NEAR_BASE, NEAR_PEAK], axis=1)
    rise[usable] = high - low
    return rise


def _run(row: Values) -> tuple[float, float]:
    """Return the first and past-the-last column of the longest run nearer the peak; dips of one hour do not end it."""
    low, high = np.nanpercentile(row, [NEAR_BASE, NEAR_PEAK])
    above = np.nan_to_num(row, nan=low) > (low + high) / 2
    best, first, last = (0, 0), None, 0
    for i in np.flatnonzero(above):
        if first is None or i - last > LONGEST_DIP_H + 1:
            first = int(i)
        last = int(i)
        if last + 1 - first > best[1] - best[0]:
            best = (first, last + 1)
    return float(best[0]), float(best[1])


def _weekday_of(grid: DayGrid, column: Values) -> NDArray[np.int64]:
    """Return the weekday on which a column of each row falls, since a row may begin on the evening before."""
    day = grid.day + ((np.nan_to_num(column) + grid.begins_at) // 24).astype(np.int64)
    return (day + 3) % 7


def _operation(weekday: int, begins_at: int, runs: Values) -> Operation:
    """Return a weekday's operation from the runs of its days, NaN for a closed one."""
    name, days = WEEKDAYS[weekday], len(runs)
    own = runs[np.isfinite(runs[:, 0])]
    if not days or len(own) < days / 2:
        return Operation(name, days, len(own), None, None, None, 1 - len(own) / days if days else 0.0)
    medians = np.median(own, axis=0)
    near = (np.abs(own - medians) <= 1.0).all(axis=1)
    quarter, three = np.percentile(own, [25, 75], axis=0)
    start, end = (float(m + begins_at) for m in medians)
    spread = float(((three - quarter) / 2).max())
    return Operation(name, days, len(own), start % 24, _hour(end), spread, float(near.sum() / days))


def _hour(end: float) -> float:
    """Return an end as an hour of its day; midnight is 24."""
    return end if end <= 24 else end - 24


def _notes(found: tuple[Operation, ...]) -> tuple[str, ...]:
    unsure = [op.weekday for op in found if op.confidence == "low"]
    words = f"the hours of {', '.join(unsure)} are unsure: the days differ, or are too few"
    return ("known to about an hour, as the readings are", *((words,) if unsure else ()))
