"""Figures of an hourly series: pure functions over arrays. NaN is an hour that does not count."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.energy_query import Statistic

Values = NDArray[np.float64]
BASELOAD_PERCENTILE = 5.0


@dataclass(frozen=True, slots=True)
class Figure:
    """A value, the share of hours behind it (0 to 1), and the index of its own hour where it has one."""

    value: float
    coverage: float
    at: int | None = None


def figure(statistic: Statistic, hours: Values) -> Figure | None:
    """Return a statistic of hourly amounts (kWh an hour, so also mean kW); None where no hour counts.

    total: sum. mean: mean of hours. peak, minimum: the first such hour. baseload: 5th percentile, linear between
    ranks. load_factor: mean over peak, None where the peak is zero.
    """
    valid = np.isfinite(hours)
    count = int(valid.sum())
    if not count:
        return None
    coverage = count / len(hours)
    if statistic in ("peak", "minimum"):
        at = int(np.nanargmax(hours) if statistic == "peak" else np.nanargmin(hours))
        return Figure(float(hours[at]), coverage, at)
    value = _plain(statistic, hours[valid])
    return None if value is None else Figure(value, coverage)


def _plain(statistic: Statistic, valid: Values) -> float | None:
    if statistic == "mean":
        return float(valid.mean())
    if statistic == "baseload":
        return float(np.percentile(valid, BASELOAD_PERCENTILE))
    if statistic == "load_factor":
        peak = float(valid.max())
        return float(valid.mean()) / peak if peak > 0 else None
    return float(valid.sum())


def together(series: list[Values], statistic: Statistic) -> Values:
    """Return the hours of several buildings as one series.

    A sum may take every valid hour of every building, so totals lay the series end to end and coverage is pooled. Any
    other statistic is of the load of all at once, so only hours in which every building has a reading count.
    """
    if len(series) == 1:
        return series[0]
    if statistic == "total":
        return np.concatenate(series)
    return np.asarray(np.sum(series, axis=0))


def percent_change(now: float, before: float) -> float | None:
    """Return the change in percent of `before`; None where that is zero."""
    return None if before == 0 else 100.0 * (now - before) / abs(before)


def daily_shape(hours: Values, hour_of_day: NDArray[np.int64]) -> Values:
    """Return the mean of each hour of the day, 24 values, NaN where no hour counts."""
    valid = np.isfinite(hours)
    sums = np.bincount(hour_of_day[valid], weights=hours[valid], minlength=24)
    counts = np.bincount(hour_of_day[valid], minlength=24)
    return np.asarray(np.divide(sums, counts, out=np.full(24, np.nan), where=counts > 0))
