"""What a building was to be expected to use in each hour, from the days around it that are of its kind.

The median of the eight nearest days of the same weekday (four before, four after; near an end more from the other side)
within the same level, moved by what the weather of the day asks beside theirs. A median of eight stands three odd days.
"""

from dataclasses import dataclass

import numpy as np

from tools.anomalies.day_grid import Whole
from tools.baseline.days import Mask
from tools.figures import Values
from tools.forecast.blocks import DAY_HOURS
from tools.forecast.typical import row_means

NEAREST = 8
TO_SIGMA = 1.4826


@dataclass(frozen=True, slots=True, eq=False)
class Expected:
    """Days by 24: the use that was to be expected, kWh an hour, and the robust standard deviation of an hour about it.

    `off`: one a day, Saturdays, Sundays and holidays.
    """

    kwh: Values
    spread_kwh: Values
    off: Mask


def expected(kwh: Values, kind: Whole, off: Mask, weather_kwh: Values) -> Expected:
    """Return what was to be expected of each day.

    `kwh`: days by 24, NaN where an hour does not count. `kind`: days with the same number are alike; a kind of fewer
    than four days is compared with all days of its sort (off or not). `weather_kwh`: what the weather and weekday of
    each day explain of its daily use, 0 where nothing is known.
    """
    adjusted = kwh - weather_kwh[:, None] / DAY_HOURS
    like = np.where(_counts(kind) >= NEAREST // 2, kind, -1 - off.astype(np.int64))
    middle = nearest_median(adjusted, like, NEAREST)
    usual = nearest_median(adjusted, off.astype(np.int64), NEAREST)
    found = np.where(np.isfinite(middle), middle, usual) + weather_kwh[:, None] / DAY_HOURS
    return Expected(found, _spread(kwh - found, off, float(np.nanmean(kwh)) if np.isfinite(kwh).any() else 0.0), off)


def _counts(kind: Whole) -> Whole:
    _, which, counts = np.unique(kind, return_inverse=True, return_counts=True)
    return np.asarray(counts[np.asarray(which).ravel()])


def nearest_median(values: Values, kind: Whole, count: int) -> Values:
    """Return for each row the median, column by column, of the `count` nearest other rows of its kind."""
    found = np.full(values.shape, np.nan)
    for one in np.unique(kind):
        own = np.flatnonzero((kind == one) & np.isfinite(values).any(axis=1))
        asked = np.flatnonzero(kind == one)
        if len(own) < 2:
            continue
        width = min(count + 1, len(own))
        at = np.searchsorted(own, asked)
        first = np.clip(at - width // 2, 0, len(own) - width)
        near = own[first[:, None] + np.arange(width)]
        taken = values[near]
        taken[near == asked[:, None]] = np.nan
        found[asked] = _median(taken)
    return found


def _median(taken: Values) -> Values:
    """Return the median over the second axis, NaN where nothing is valid."""
    ordered = np.sort(taken, axis=1)
    count = np.isfinite(taken).sum(axis=1)
    low = np.take_along_axis(ordered, np.maximum((count - 1) // 2, 0)[:, None], axis=1)[:, 0]
    high = np.take_along_axis(ordered, np.minimum(count // 2, taken.shape[1] - 1)[:, None], axis=1)[:, 0]
    return np.where(count > 0, 0.5 * (low + high), np.nan)


def _spread(left: Values, off: Mask, mean_kwh: float) -> Values:
    """Return the spread of each hour of the day, on days off and on others, never under 2 % of the mean use."""
    least = max(0.02 * abs(mean_kwh), 1e-9)
    found = np.full(left.shape, least)
    for sort in (off, ~off):
        rows = np.flatnonzero(sort & np.isfinite(left).any(axis=1))
        if len(rows):
            by_hour = TO_SIGMA * _median(np.abs(left[rows])[None])[0]
            found[sort] = np.maximum(np.nan_to_num(by_hour), least)
    return found


def day_means(kwh: Values, least_hours: int = 12) -> Values:
    """Return the mean of each day's valid hours, NaN where fewer than `least_hours` are."""
    return np.where(np.isfinite(kwh).sum(axis=1) >= least_hours, row_means(kwh), np.nan)
