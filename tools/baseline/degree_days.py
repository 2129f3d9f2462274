"""Heating and cooling degree days at any base temperature.

Two methods are in use and differ by some percent, most near the base. `daily_mean`: the excess of each day's mean
temperature over the base (ASHRAE Fundamentals, NOAA, CalTRACK 3.3.4). `hourly`: the excess of each hour, divided by 24
(degree hours, CIBSE TM41 section 2.2), which also counts the cool nights of a warm day.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from tools.baseline.days import Days
from tools.baseline.temperature import bridged
from tools.errors import NoData
from tools.figures import Values

DegreeDayKind = Literal["heating", "cooling"]
DegreeDayMethod = Literal["daily_mean", "hourly"]


@dataclass(frozen=True, slots=True)
class DegreeDays:
    """Degree days (K d) over a period, from the days that have a temperature; `coverage` is their share, 0 to 1."""

    kind: DegreeDayKind
    base_degc: float
    degree_days: float
    days: float
    coverage: float
    method: DegreeDayMethod
    notes: tuple[str, ...] = ()


def excess_k(temperature_degc: Values, base_degc: float, kind: DegreeDayKind) -> Values:
    """Return how far each temperature is below (heating) or above (cooling) the base, never negative; NaN stays NaN."""
    away = base_degc - temperature_degc if kind == "heating" else temperature_degc - base_degc
    return np.maximum(away, 0.0)


def degree_days(days: Days, base_degc: float, kind: DegreeDayKind) -> DegreeDays:
    """Return the degree days of whole local days, from daily means. Raises `NoData` where no day has a temperature."""
    return _summed(excess_k(days.temperature_degc, base_degc, kind), base_degc, kind, "daily_mean", 1.0)


def degree_days_hourly(temperature_degc: Values, base_degc: float, kind: DegreeDayKind) -> DegreeDays:
    """Return the degree days of hourly temperatures, as degree hours over 24. Raises `NoData` where none is known."""
    return _summed(excess_k(bridged(temperature_degc), base_degc, kind), base_degc, kind, "hourly", 24.0)


def _summed(excess: Values, base: float, kind: DegreeDayKind, method: DegreeDayMethod, per_day: float) -> DegreeDays:
    known = np.isfinite(excess)
    if not known.any():
        raise NoData(f"no outdoor temperature for this period, so no {kind} degree days; load the site's weather first")
    coverage = float(known.mean())
    total, counted = float(excess[known].sum()) / per_day, int(known.sum()) / per_day
    lost = len(excess) / per_day - counted
    notes = (f"{lost:.4g} days have no temperature and add nothing; the sum is that much too small",) if lost else ()
    return DegreeDays(kind, base, total, counted, coverage, method, notes)
