"""Unusual days: eight hours or more that run unlike the same hours of the days around."""

import numpy as np

from tools.anomalies.day_grid import DayGrid, joined, runs
from tools.anomalies.event import Event
from tools.anomalies.expected import TO_SIGMA, Expected, nearest_median
from tools.baseline.days import Mask
from tools.change.noise import rolling_median
from tools.clock import LocalClock
from tools.figures import Values
from tools.forecast.blocks import DAY_HOURS
from tools.forecast.typical import divided

WINDOW_HOURS, LEAST_HOURS = 8, 6
ADJACENT_DAYS, LIKE_DAYS, AROUND_DAYS = 6, 30, 45
MOST_SIGMAS = 3.4
LEAST_PERCENT = 10.0


def unusual_days(kwh: Values, found: Expected, explained: Mask, grid: DayGrid, clock: LocalClock) -> list[Event]:
    """Return the days with eight hours in a row that stand out, one event for those that follow each other.

    `kwh`: days by 24, faults taken out; `explained`: days that another event already speaks for. An hour is measured by
    how far it is from what was expected, beyond the same hour of the six days around it, in units of its spread on the
    thirty nearest days of its sort. The mean of eight such hours, on a logarithmic scale and at its largest in a day,
    is unusual 3.4 robust standard deviations over that of the days of its sort around it. What is under 10 % of the
    expected use of those hours is left out.
    """
    left = kwh - found.kwh
    own = grid.hourly(_standard(left, found))
    mean = _moving_mean(own)
    at, most = _largest(np.abs(mean), grid)
    score = _scores(np.log(np.maximum(most, 1e-9)), found.off) / MOST_SIGMAS
    share = (
        100.0 * np.abs(_moving_mean(grid.hourly(left)))[at] / np.maximum(_moving_mean(grid.hourly(found.kwh))[at], 1e-9)
    )
    is_odd = (np.nan_to_num(score) > 1.0) & (np.nan_to_num(share) >= LEAST_PERCENT) & ~explained
    hourly = grid.hourly(left)
    made = []
    for first, end in joined(runs(is_odd), 1):
        odd = [d for d in range(first, end) if is_odd[d]]
        span = int(at[odd[0]]), min(int(at[odd[-1]]) + WINDOW_HOURS, len(hourly))
        size, percent = float(np.nansum(hourly[slice(*span)])), float(share[odd].max())
        words = _words(size, percent, len(odd), clock, span)
        made.append(Event("unusual_day", *span, size, float(score[odd].max()), words))
    return made


def _standard(left: Values, found: Expected) -> Values:
    """Return residuals less those of the days around, in units of the spread of the hour."""
    around = nearest_median(left, np.zeros(len(left), dtype=np.int64), ADJACENT_DAYS)
    apart = left - np.nan_to_num(around)
    spread = TO_SIGMA * nearest_median(np.abs(apart), found.off.astype(np.int64), LIKE_DAYS)
    spread = np.nan_to_num(spread)
    typical = np.median(spread, axis=1, keepdims=True)
    least = float(found.spread_kwh.min(initial=np.inf))
    return np.asarray(apart / np.maximum(np.maximum(spread, 0.5 * typical), least))


def _moving_mean(hourly: Values) -> Values:
    """Return the mean of each hour and the seven after it, NaN where fewer than six are valid."""
    valid = np.isfinite(hourly)
    padding = np.zeros(WINDOW_HOURS)
    sums = np.concatenate([[0.0], np.cumsum(np.concatenate([np.where(valid, hourly, 0.0), padding]))])
    counts = np.concatenate([[0.0], np.cumsum(np.concatenate([valid, padding]))])
    total, count = (one[WINDOW_HOURS:-1] - one[: -WINDOW_HOURS - 1] for one in (sums, counts))
    return divided(total, np.where(count >= LEAST_HOURS, count, 0.0))


def _largest(mean: Values, grid: DayGrid) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], Values]:
    """Return for each day the hour whose mean is largest, and that mean; the day's first hour and NaN where none is."""
    day = grid.place // DAY_HOURS
    order = np.lexsort((np.nan_to_num(mean, nan=-1.0), day))
    last = np.searchsorted(day[order], np.arange(len(grid.day)), side="right") - 1
    at = order[np.maximum(last, 0)]
    return at, mean[at]


def _scores(log_size: Values, off: Mask) -> Values:
    """Return how many robust standard deviations each day is over the days of its sort around it."""
    found = np.full(len(log_size), np.nan)
    for sort in (off, ~off):
        rows = np.flatnonzero(sort & np.isfinite(log_size))
        if len(rows) < 8:
            continue
        apart = log_size[rows] - rolling_median(log_size[rows], AROUND_DAYS)
        found[rows] = apart / max(TO_SIGMA * float(np.median(np.abs(apart))), 0.1)
    return found


def _words(kwh: float, percent: float, days: int, clock: LocalClock, span: tuple[int, int]) -> str:
    since = str(clock.local[span[0]].astype("M8[m]")).replace("T", " ")
    more = "more" if kwh > 0 else "less"
    which = f"{days} days from {since}" if days > 1 else f"the {span[1] - span[0]} hours from {since}"
    return f"{which} were unlike those of the days around: {abs(kwh):,.0f} kWh {more}, up to {percent:.0f} % off"
