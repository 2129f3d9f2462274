"""What else could happen: the forecast plus each run of errors that was made from one origin of the past.

Errors of one day hang together, so a sum or a peak has its interval from whole paths, not from the hours' intervals.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from tools.clock import LocalClock
from tools.figures import Values
from tools.forecast.blocks import DAY_HOURS, Blocks
from tools.forecast.intervals import MOST_ROWS, Errors, late_weights, tails, weighted_quantiles
from tools.forecast.members import Rolled

LEAST_PATHS = 10


@dataclass(frozen=True, slots=True)
class Spread:
    """A value with the ends of its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Peak:
    """The largest hour of a day to come.

    `at`: its place among the forecast's hours; `chance`: the share of paths (0 to 1) whose peak is in that hour;
    `near`: within an hour of it.
    """

    kw: Spread
    at: int
    chance: float
    near: float


@dataclass(frozen=True, slots=True, eq=False)
class Paths:
    """What was forecast from each origin of the past, one row each, kWh an hour, and how it went.

    `errors`: at the size that errors have now; `size_ratio`: of the errors' expected size then to that now; `weight`:
    of each origin, the last weighing most.
    """

    kwh: Values
    errors: Values
    size_ratio: Values
    weight: Values

    @property
    def are_enough(self) -> bool:
        """Tell whether there are enough for an interval."""
        return len(self.weight) >= LEAST_PATHS


def paths(grid: Blocks, steps: list[Rolled], found: list[Errors]) -> Paths:
    """Return the runs of forecasts and errors made from each of the last origins that are mostly known."""
    ahead = len(found)
    origins = np.arange(max(grid.past - ahead - MOST_ROWS, 0), grid.past - ahead + 1)

    def laid(rows: list[Values]) -> Values:
        return np.stack(rows, axis=1).reshape(len(rows[0]), ahead * DAY_HOURS)[:, grid.cell]

    left = laid([one.relative[origins + k] * one.size[grid.past + k] for k, one in enumerate(found)])
    said = laid([one.kwh[origins + k] for k, one in enumerate(steps)])
    then = laid([one.size[origins + k] for k, one in enumerate(found)])
    now = laid([one.size[grid.past + k][None] for k, one in enumerate(found)])
    ratio = np.nan_to_num(then / now, nan=1.0).mean(axis=1)
    kept = np.isfinite(left).mean(axis=1) > 0.5
    return Paths(said[kept], np.nan_to_num(left[kept]), ratio[kept], late_weights(len(origins))[kept])


def total(hours: tuple[Values, Values, Values], found: Paths, confidence: float) -> Spread:
    """Return the sum of a forecast, given as the hours' values and ends, with its interval.

    With few paths its ends are the sums of the hours' ends, which is too wide.
    """
    kwh, lows, highs = hours
    if not found.are_enough:
        return Spread(float(kwh.sum()), float(lows.sum()), float(highs.sum()))
    low, high = weighted_quantiles(found.errors.sum(axis=1), found.weight, tails(confidence))
    value = float(kwh.sum())
    return Spread(value, min(value + low, value), max(value + high, value))


def peak(forecast_hours: tuple[Values, Values, Values], clock: LocalClock, found: Paths, confidence: float) -> Peak:
    """Return the peak of the first whole local day among the hours of a forecast; of all of them where there is none.

    Its value is the peak of the forecast and the middle of what past peaks were above theirs: the peak of a mean is
    lower than the mean of peaks. Its hour is the one in which most paths peak. With few paths it is that of the
    forecast, between the largest of the hours' ends.
    """
    hours = first_whole_day(clock)
    kwh, lows, highs = forecast_hours
    top = float(kwh[hours].max())
    if not found.are_enough:
        ends = float(lows[hours].max()), float(highs[hours].max())
        return Peak(Spread(top, *ends), int(kwh[hours].argmax()) + hours.start, 1.0, 1.0)
    said = np.nan_to_num(found.kwh[:, hours])
    above = (said + found.errors[:, hours] * found.size_ratio[:, None]).max(axis=1) - said.max(axis=1)
    low, high = weighted_quantiles(above / found.size_ratio, found.weight, tails(confidence))
    middle, _ = weighted_quantiles(above / found.size_ratio, found.weight, (0.5, 0.5))
    at = (kwh[hours] + found.errors[:, hours]).argmax(axis=1)
    share = np.bincount(at, weights=found.weight, minlength=len(kwh[hours])) / found.weight.sum()
    best = int(share.argmax())
    near = float(share[max(best - 1, 0) : best + 2].sum())
    return Peak(Spread(top + middle, top + low, top + high), best + hours.start, float(share[best]), near)


def first_whole_day(clock: LocalClock) -> slice:
    """Return the hours of the first local day that begins and ends within them; all where none does."""
    starts = np.flatnonzero(np.diff(clock.keys("day"), prepend=-1))
    starts = np.append(starts, len(clock.hour))
    for first, end in pairwise(starts):
        if clock.hour[first] == 0 and clock.hour[end - 1] == DAY_HOURS - 1:
            return slice(int(first), int(end))
    return slice(0, len(clock.hour))
