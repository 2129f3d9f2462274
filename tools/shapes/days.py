"""The days, or the weeks, of one building as vectors: profile, level, and what the weather does not explain.

All three are in shares of the load, so a distance of 0.1 is a day that differs by about a tenth. The level is that of
the building's own usual day: days of buildings of any size can be compared.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tools.clock import LocalClock
from tools.errors import NoData
from tools.figures import Values
from tools.profiles.day_grid import day_grid
from tools.shapes.traits import COOLING_BASE_DEGC, HEATING_BASE_DEGC, daily, weather_response

Of = Literal["day", "week"]
MOST_MISSING_H: dict[Of, int] = {"day": 2, "week": 12}
SPAN_DAYS: dict[Of, int] = {"day": 1, "week": 7}
LEAST = 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class DayShapes:
    """n days or weeks that are nearly complete, in order.

    `day`: days since 1970 of each one's first day; weeks begin on Monday. `vector`: n by 26 or 170. `mean_kw`: of each.
    `usual_kw`: median of them. `left_out`: how many lack too many hours.
    """

    of: Of
    day: NDArray[np.int64]
    vector: Values
    mean_kw: Values
    usual_kw: float
    left_out: int

    def __len__(self) -> int:
        return len(self.day)

    def place(self, day: int) -> int | None:
        """Return the row that a day (since 1970) begins, None where it is not among them."""
        found = np.flatnonzero(self.day == day)
        return int(found[0]) if len(found) else None


def day_shapes(hours: Values, clock: LocalClock, temperature_degc: Values | None = None, of: Of = "day") -> DayShapes:
    """Return the shapes of n hourly amounts (kWh an hour).

    At most 2 hours of a day or 12 of a week may be missing: they are taken from their neighbours. Raises `NoData` where
    none is as complete, or none has any load.
    """
    first, rows = _rows(hours, clock, of)
    missing = np.isnan(rows).sum(axis=1)
    mean = np.array([_mean(row) for row in rows])
    usable = (missing <= MOST_MISSING_H[of]) & (mean > 0)
    if not usable.any():
        raise NoData(f"no {of} of this building is complete but for {MOST_MISSING_H[of]} hours, so none has a shape")
    usual = float(np.median(mean[usable]))
    curves = np.array([_bridged(row) for row in rows[usable]]) / mean[usable, None]
    level = np.log(mean[usable] / usual)
    excess = level - _expected(hours, clock, temperature_degc, first[usable], of)
    vector = np.column_stack([curves / np.sqrt(curves.shape[1]), level, excess])
    return DayShapes(of, first[usable], vector, mean[usable], usual, int((~usable).sum()))


def _rows(hours: Values, clock: LocalClock, of: Of) -> tuple[NDArray[np.int64], Values]:
    """Return the first day and the hours of each; weeks run from Monday, parts of weeks at the ends are left out."""
    grid = day_grid(hours, clock)
    if of == "day":
        return grid.day, grid.load_kw
    start = int((-grid.weekday[0]) % 7) if len(grid) else 0
    weeks = max((len(grid) - start) // 7, 0)
    return grid.day[start : start + 7 * weeks : 7], grid.load_kw[start : start + 7 * weeks].reshape(weeks, 168)


def _mean(row: Values) -> float:
    known = row[np.isfinite(row)]
    return float(known.mean()) if len(known) else 0.0


def _bridged(row: Values) -> Values:
    known = np.flatnonzero(np.isfinite(row))
    return np.asarray(np.interp(np.arange(len(row)), known, row[known]))


def _expected(
    hours: Values, clock: LocalClock, temperature_degc: Values | None, first: NDArray[np.int64], of: Of
) -> Values:
    """Return the logarithm of what the weather of each makes of the usual load; 0 where no temperature is known."""
    if temperature_degc is None or not np.isfinite(hours).any():
        return np.zeros(len(first))
    load = hours / np.nanmean(hours)
    heating, cooling = weather_response(load, clock, temperature_degc)
    day, _, outside = daily(load, clock, temperature_degc)
    asked = np.maximum(HEATING_BASE_DEGC - outside, 0) * heating + np.maximum(outside - COOLING_BASE_DEGC, 0) * cooling
    asked = np.where(np.isfinite(asked), asked - np.nanmean(asked) if np.isfinite(asked).any() else 0.0, 0.0)
    own = np.array([asked[at : at + SPAN_DAYS[of]].mean() for at in first - day[0]])
    return np.asarray(np.log(np.maximum(1.0 + own, LEAST)))
