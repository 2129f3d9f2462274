"""Mean curves of working days, Saturdays, Sundays and holidays."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

import numpy as np

from tools.clock import LocalClock
from tools.errors import NoData
from tools.figures import Values
from tools.profiles.day_grid import DAY_TYPES, DayGrid, day_grid

FEW_DAYS = 5


@dataclass(frozen=True, slots=True, eq=False)
class DayType:
    """The days of one type. Curves are 24 values in kW, from midnight; NaN where no day has the hour.

    `low_kw`, `high_kw`: 10th and 90th percentile of the days. `kwh_per_day`: mean of the complete days, NaN where none
    is.
    """

    name: str
    days: int
    complete_days: int
    mean_kw: Values
    low_kw: Values
    high_kw: Values
    kwh_per_day: float


@dataclass(frozen=True, slots=True, eq=False)
class DayTypes:
    """The types that occur, most days first."""

    types: tuple[DayType, ...]
    coverage: float
    notes: tuple[str, ...]


def day_types(hours: Values, clock: LocalClock, holidays: AbstractSet[date] = frozenset()) -> DayTypes:
    """Return the mean curves by type of day. Raises `NoData` where no hour counts."""
    grid = day_grid(hours, clock)
    if not grid.valid_hours.any():
        raise NoData("no valid hour in this period, so there is no daily curve")
    kinds, has_any = grid.types(holidays), grid.valid_hours > 0
    found = [
        _type(name, grid, (kinds == i) & has_any) for i, name in enumerate(DAY_TYPES) if (kinds == i)[has_any].any()
    ]
    found.sort(key=lambda t: -t.days)
    notes = [f"only {t.days} days are a {t.name}: its curve is no habit yet" for t in found if t.days < FEW_DAYS]
    return DayTypes(tuple(found), grid.coverage, tuple(notes))


def _type(name: str, grid: DayGrid, rows: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> DayType:
    load, complete = grid.load_kw[rows], grid.is_complete[rows]
    kwh = float(grid.kwh[rows][complete].mean()) if complete.any() else float("nan")
    low, mean, high = _curves(load)
    return DayType(name, len(load), int(complete.sum()), mean, low, high, kwh)


def _curves(load: Values) -> tuple[Values, Values, Values]:
    """Return the 10th percentile, mean and 90th percentile of each hour; NaN where no day has it."""
    known = np.isfinite(load).any(axis=0)
    curves = np.full((3, load.shape[1]), np.nan)
    some = load[:, known]
    curves[0, known], curves[2, known] = np.nanpercentile(some, [10, 90], axis=0)
    curves[1, known] = np.nanmean(some, axis=0)
    return curves[0], curves[1], curves[2]
