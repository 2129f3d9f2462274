"""The hours of a record, each with its place in the week: the grid of hourly models."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Self

import numpy as np
from numpy.typing import NDArray

from tools.baseline.days import EPOCH, DateSpan, Mask
from tools.baseline.temperature import bridged
from tools.clock import LocalClock
from tools.figures import Values

WEEK_HOURS = 168
SUNDAY = 6


@dataclass(frozen=True, slots=True, eq=False)
class WeekHours:
    """Consecutive hours, arrays of equal length n.

    `kwh`, `temperature_degc`: use and outdoor temperature, NaN where the hour does not count. `of_week`: 0 for Monday
    00:00 to 167 for Sunday 23:00, local time; a holiday is a Sunday. `day`: its local day since 1970-01-01.
    """

    kwh: Values
    temperature_degc: Values
    of_week: NDArray[np.int64]
    day: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.kwh)

    @property
    def counts(self) -> Mask:
        """Tell which hours have both a use and a temperature."""
        return np.isfinite(self.kwh) & np.isfinite(self.temperature_degc)

    def only(self, mask: Mask) -> Self:
        """Return the hours inside `mask` alone."""
        return type(self)(self.kwh[mask], self.temperature_degc[mask], self.of_week[mask], self.day[mask])

    def between(self, span: DateSpan) -> Self:
        """Return the hours of a span of local days."""
        return self.only(self._inside(span))

    def without(self, spans: Iterable[DateSpan]) -> Self:
        """Return the same hours, with the use during the spans taken out."""
        kept = np.ones(len(self), dtype=bool)
        for span in spans:
            kept &= ~self._inside(span)
        return type(self)(np.where(kept, self.kwh, np.nan), self.temperature_degc, self.of_week, self.day)

    def _inside(self, span: DateSpan) -> Mask:
        start, end = ((at - EPOCH).days for at in span)
        return (self.day >= start) & (self.day < end)


def week_hours(
    hours: Values, temperature_degc: Values, clock: LocalClock, holidays: AbstractSet[date] = frozenset()
) -> WeekHours:
    """Return the hours of a series; gaps of up to six hours in the temperature are bridged by a straight line."""
    day = clock.keys("day")
    free = np.array(sorted((at - EPOCH).days for at in holidays), dtype=np.int64)
    weekday = np.where(np.isin(day, free), SUNDAY, clock.weekday)
    return WeekHours(hours, bridged(temperature_degc), 24 * weekday + clock.hour, day)
