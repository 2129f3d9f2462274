"""Which local days are of a kind: by the mean outdoor temperature of the day, or by the calendar of holidays."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tools.clock import LocalClock
from tools.data_asked import DayBand
from tools.figures import Values

LEAST_HOURS = 18  # hours of a day whose temperature must be known for it to have a mean
Mask = NDArray[np.bool_]


def day_means(clock: LocalClock, hours: Values) -> tuple[NDArray[np.int64], Values]:
    """Return the local days of a grid (since 1970) and the mean of each, NaN where too few hours are known."""
    keys, place = np.unique(clock.keys("day"), return_inverse=True)
    valid = np.isfinite(hours)
    counts = np.bincount(place[valid], minlength=len(keys))
    sums = np.bincount(place[valid], weights=hours[valid], minlength=len(keys))
    return keys, np.divide(sums, counts, out=np.full(len(keys), np.nan), where=counts >= LEAST_HOURS)


def one_day(keys: NDArray[np.int64], means: Values, which: Literal["coldest", "warmest"]) -> int:
    """Return the day with the lowest or highest mean, of equals the first."""
    return int(keys[np.nanargmin(means) if which == "coldest" else np.nanargmax(means)])


def picked(days: DayBand, clock: LocalClock, temperature_degc: Values | None, is_holiday: Mask) -> Mask | None:
    """Tell which hours are on days of a kind; None where that takes a temperature and none is known."""
    mask: Mask = np.ones(len(clock.hour), dtype=bool)
    if days.holidays:
        mask = is_holiday if days.holidays == "only" else ~is_holiday
    if days.low_degc is None and days.high_degc is None and days.extreme is None:
        return mask
    if temperature_degc is None:
        return None
    keys, means = day_means(clock, temperature_degc)
    if not np.isfinite(means).any():
        return None
    within: Mask = np.isin(clock.keys("day"), _chosen(days, keys, means))
    return mask & within


def _chosen(days: DayBand, keys: NDArray[np.int64], means: Values) -> NDArray[np.int64]:
    """Return the days of a kind by their mean temperature."""
    if days.extreme:
        return np.array([one_day(keys, means, days.extreme)])
    low = -np.inf if days.low_degc is None else days.low_degc
    high = np.inf if days.high_degc is None else days.high_degc
    return keys[(means >= low) & (means < high)]


def band_words(days: DayBand) -> str:
    """Write a kind of days: 'days with a mean of 15 to 20 °C', 'days that are no public holiday'."""
    if days.extreme:
        return f"the {days.extreme} day"
    if days.holidays:
        return "public holidays" if days.holidays == "only" else "days that are no public holiday"
    if days.low_degc is not None and days.high_degc is not None:
        return f"days with a mean of {days.low_degc:g} to {days.high_degc:g} °C outdoors"
    if days.low_degc is not None:
        return f"days with a mean of {days.low_degc:g} °C or more outdoors"
    return f"days with a mean below {days.high_degc:g} °C outdoors"
