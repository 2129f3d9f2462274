"""How long a building runs on a working day, in two periods."""

from collections.abc import Set as AbstractSet
from datetime import date

import numpy as np

from tools.baseline.days import is_off
from tools.clock import LocalClock
from tools.figures import Values, daily_shape

LEAST_RANGE = 0.2
STEPS = 10
LEAST_HOURS, LEAST_ERRORS = 0.5, 3.0
LEAST_WEEKS = 3
WEEK_DAYS = 7


def operation(
    hours: Values, clock: LocalClock, other: Values, other_clock: LocalClock, holidays: AbstractSet[date]
) -> tuple[float, float]:
    """Return by how many hours a working day is longer in the other period, and what that makes, kWh a day.

    A building runs while the mean load of an hour of a week's working days is over halfway between the least and the
    largest of that week; the median of the weeks counts. The kWh are those hours at the swing of the first period's
    day, spread over all days. None, (0, 0), where there are not three weeks in either, the load swings by less than a
    fifth of its mean, or the difference is under half an hour or three standard errors.
    """
    first, swing = _weeks(hours, clock, holidays)
    second, _ = _weeks(other, other_clock, holidays)
    if min(len(first), len(second)) < LEAST_WEEKS:
        return 0.0, 0.0
    longer = float(np.median(second) - np.median(first))
    error = np.sqrt(first.var() / len(first) + second.var() / len(second))
    if abs(longer) < max(LEAST_HOURS, LEAST_ERRORS * float(error)):
        return 0.0, 0.0
    working = float((~is_off(np.unique(other_clock.keys("day")), holidays)).mean())
    return longer, longer * swing * working


def _weeks(hours: Values, clock: LocalClock, holidays: AbstractSet[date]) -> tuple[Values, float]:
    """Return for how long the building ran on a working day of each week that swings, and the median swing, kWh."""
    day = clock.keys("day")
    working = ~is_off(day, holidays) & np.isfinite(hours)
    week = (day + 3) // WEEK_DAYS
    ran, swings = [], []
    for one in np.unique(week[working]):
        own = working & (week == one)
        shape = daily_shape(hours[own], clock.hour[own])
        if np.isfinite(shape).all() and np.ptp(shape) >= LEAST_RANGE * abs(shape.mean()) > 0:
            ran.append(_hours_on(shape))
            swings.append(float(np.ptp(shape)))
    return np.array(ran), float(np.median(swings)) if swings else 0.0


def _hours_on(shape: Values) -> float:
    """Return for how long a day's mean load, on straight lines between its hours, is over the middle of its range."""
    at = np.arange(0.0, 24.0, 1.0 / STEPS)
    fine = np.interp(at, np.arange(25.0), np.append(shape, shape[0]))
    return float((fine > 0.5 * (shape.min() + shape.max())).mean()) * 24.0
