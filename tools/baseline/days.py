"""Whole local days: daily use beside the mean outdoor temperature, the grid of every daily model.

CalTRACK 2.0, sections 2.2.2 and 3.5: a day counts where at least half of its hours have a reading, and the hours that
are missing take the mean of those that are not. A day of 23 or 25 hours is a day. Days run from midnight to midnight in
the site's own time; a day that the record cuts off is left out, never scaled up.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from tools.baseline.temperature import bridged
from tools.clock import LocalClock
from tools.figures import Values

LEAST_SHARE_OF_HOURS = 0.5
EPOCH = date(1970, 1, 1)
MOST_HOURS = 25
Mask = NDArray[np.bool_]


class DateSpan(NamedTuple):
    """Local days from `start` to `end`, `end` excluded."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """Return how many days it has."""
        return (self.end - self.start).days

    def __str__(self) -> str:
        return f"{self.start:%Y-%m-%d} to {self.end - timedelta(days=1):%Y-%m-%d}"


@dataclass(frozen=True, slots=True, eq=False)
class Days:
    """Consecutive local days, arrays of equal length n.

    `day`: days since 1970-01-01. `kwh`, `temperature_degc`: use and mean outdoor temperature, NaN where the day does
    not count. `off`: Saturday, Sunday or a holiday. `valid_hours` of `hours` (23, 24 or 25) carry the use.
    `hourly_degc`: n by 25, the temperatures of each day's hours, NaN where there is none; None where only daily means
    are known.
    """

    day: NDArray[np.int64]
    kwh: Values
    temperature_degc: Values
    off: Mask
    valid_hours: NDArray[np.int64]
    hours: NDArray[np.int64]
    hourly_degc: Values | None = None

    def __len__(self) -> int:
        return len(self.day)

    @property
    def counts(self) -> Mask:
        """Tell which days have both a use and a temperature."""
        return np.isfinite(self.kwh) & np.isfinite(self.temperature_degc)

    def taken(self, mask: Mask) -> Self:
        """Return the same days, with the use of those outside `mask` taken out; the grid stays whole."""
        return replace(self, kwh=np.where(mask, self.kwh, np.nan))

    def only(self, mask: Mask) -> Self:
        """Return the days inside `mask` alone; they may no longer be consecutive."""
        return type(self)(
            day=self.day[mask],
            kwh=self.kwh[mask],
            temperature_degc=self.temperature_degc[mask],
            off=self.off[mask],
            valid_hours=self.valid_hours[mask],
            hours=self.hours[mask],
            hourly_degc=None if self.hourly_degc is None else self.hourly_degc[mask],
        )

    def by_means(self) -> Self:
        """Return the same days, with nothing known of their hours' temperatures but the mean."""
        return replace(self, hourly_degc=None)

    def between(self, span: DateSpan) -> Self:
        """Return the days of a span; those before or after the record are absent."""
        return self.only(self._inside(span))

    def without(self, spans: Iterable[DateSpan]) -> Self:
        """Return the same days, with the use during the spans taken out."""
        kept = np.ones(len(self), dtype=bool)
        for span in spans:
            kept &= ~self._inside(span)
        return self.taken(kept)

    def _inside(self, span: DateSpan) -> Mask:
        start, end = ((at - EPOCH).days for at in span)
        return (self.day >= start) & (self.day < end)

    def date_of(self, index: int) -> date:
        """Return the calendar date of a day."""
        return EPOCH + timedelta(days=int(self.day[index]))


def days_of(
    hours: Values, temperature_degc: Values, clock: LocalClock, holidays: AbstractSet[date] = frozenset()
) -> Days:
    """Return the whole local days of an hourly series.

    `hours`: kWh an hour, NaN where one does not count. `temperature_degc`: on the same grid; gaps of up to six hours
    are bridged by a straight line (CalTRACK 2.2.4.1). `holidays`: local dates that count as days off.
    """
    key = clock.keys("day")
    if not len(key):
        return no_days()
    at, count = key - key[0], int(key[-1] - key[0]) + 1
    day = key[0] + np.arange(count)
    length = np.bincount(at, minlength=count)
    temperature = bridged(temperature_degc)
    kwh, valid = _day_means(hours, at, length)
    means, _ = _day_means(temperature, at, length)
    days = Days(day, kwh * length, means, is_off(day, holidays), valid, length, _by_hour(temperature, at, length))
    return _whole(days, clock)


def no_days() -> Days:
    """Return a grid without a day."""
    none, counts = np.zeros(0), np.zeros(0, dtype=np.int64)
    return Days(counts, none, none, np.zeros(0, dtype=bool), counts, counts, np.zeros((0, MOST_HOURS)))


def is_off(day: NDArray[np.int64], holidays: AbstractSet[date] = frozenset()) -> Mask:
    """Tell which days, counted since 1970-01-01, are Saturdays, Sundays or holidays."""
    free = np.array(sorted((at - EPOCH).days for at in holidays), dtype=np.int64)
    weekday = (day + 3) % 7
    return np.asarray((weekday >= 5) | np.isin(day, free))


def _by_hour(values: Values, at: NDArray[np.int64], length: NDArray[np.int64]) -> Values:
    """Lay hourly values out as one row a day."""
    rows = np.full((len(length), MOST_HOURS), np.nan)
    first = np.concatenate([[0], np.cumsum(length)[:-1]])
    rows[at, np.arange(len(values)) - first[at]] = values
    return rows


def _day_means(values: Values, at: NDArray[np.int64], length: NDArray[np.int64]) -> tuple[Values, NDArray[np.int64]]:
    """Return the mean of the valid hours of each day, NaN where fewer than half are, and how many are."""
    valid = np.isfinite(values)
    counts = np.bincount(at[valid], minlength=len(length))
    sums = np.bincount(at[valid], weights=values[valid], minlength=len(length))
    enough = (counts >= LEAST_SHARE_OF_HOURS * length) & (counts > 0)
    return np.divide(sums, counts, out=np.full(len(length), np.nan), where=enough), counts


def _whole(days: Days, clock: LocalClock) -> Days:
    """Leave out a first or last day that the record cuts off."""
    first = int(clock.hour[0] != 0)
    last = len(days) - int(clock.hour[-1] != 23)
    at = np.arange(len(days))
    return days.only((at >= first) & (at < last))
