"""Sums of several buildings side by side: what `tools.rolled` computes its figures from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.energy_query import Statistic
from tools.figures import Values
from tools.readings import By, Totals
from tools.use import Use

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Arrays of equal length, one number a building. `span_hours`: all hours of the span, with a reading or without.

    Without a valid hour the total is 0, the peak -inf and the low inf. Times are seconds since 1970 UTC.
    """

    total: Values
    valid_hours: Counts
    span_hours: Counts
    peak: Values
    peak_at: Counts
    low: Values
    low_at: Counts

    @classmethod
    def empty(cls, span_hours: Counts) -> "Sums":
        """Return sums of nothing over spans of so many hours."""
        n = len(span_hours)
        peak, low = np.full(n, -np.inf), np.full(n, np.inf)
        return cls(
            np.zeros(n), np.zeros(n, np.int64), span_hours, peak, np.zeros(n, np.int64), low, np.zeros(n, np.int64)
        )

    @classmethod
    def none(cls) -> "Sums":
        """Return the sums of no building."""
        return cls.empty(np.empty(0, np.int64))

    def figures(self, statistic: Statistic) -> Values:
        """Return a statistic of each building, NaN where no hour is valid; of an intensity, its total."""
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = self.total / self.valid_hours
            values = {
                "mean": mean,
                "peak": self.peak,
                "minimum": self.low,
                "load_factor": np.where(self.peak > 0, mean / self.peak, np.nan),
                "quality": 100.0 * self.valid_hours / self.span_hours,
            }.get(statistic, self.total)
        there = (self.valid_hours > 0) | (statistic == "quality")  # no reading at all is a coverage of nothing
        return np.where(there, values, np.nan)

    def of(self, places: slice | Counts) -> "Sums":
        """Return the sums of some of the buildings; of a slice they are views."""
        return Sums(
            self.total[places],
            self.valid_hours[places],
            self.span_hours[places],
            self.peak[places],
            self.peak_at[places],
            self.low[places],
            self.low_at[places],
        )


def of_totals(sums: Sequence[Sums], totals: Totals, places: Counts, first_part: int) -> None:
    """Write totals into sums, one `Sums` a part from `first_part` on. `places`: of each meter, its building's."""
    order = np.argsort(totals.part, kind="stable")
    bounds = np.searchsorted(totals.part[order], first_part + np.arange(len(sums) + 1))
    for into, first, last in zip(sums, bounds[:-1], bounds[1:], strict=True):
        rows = order[first:last]
        place = places[totals.meter[rows]]
        for name in ("total", "valid_hours", "peak", "peak_at", "low", "low_at"):
            getattr(into, name)[place] = getattr(totals, name)[rows]


def of_uses(sums: Sequence[Sums], uses: Mapping[int, Use], by: By, first_part: int) -> None:
    """Write what the hours of buildings add up to into sums, by the place of each building."""
    for place, use in uses.items():
        parts = np.zeros(len(use.hours), np.int64) if by == "none" else use.clock.keys(by) - first_part
        for part, into in enumerate(sums):
            inside = np.flatnonzero((parts == part) & np.isfinite(use.hours))
            if not len(inside):
                continue
            hours = use.hours[inside]
            into.total[place], into.valid_hours[place] = hours.sum(), len(hours)
            for values, at, index in (
                (into.peak, into.peak_at, hours.argmax()),
                (into.low, into.low_at, hours.argmin()),
            ):
                values[place] = hours[index]
                at[place] = round(use.start.timestamp()) + 3600 * int(inside[index])
