"""When a building is occupied: hours of each weekday, in local time."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Self

import numpy as np
from numpy.typing import NDArray

from tools.clock import NIGHT_FROM, NIGHT_TO, WEEKDAYS, LocalClock
from tools.errors import BadQuestion
from tools.profiles.day_grid import EPOCH

Span = tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """Seven spans, Monday first: (from, to) in hours of the day, or None where closed.

    A span whose end is not after its start runs past midnight: (18, 2) is open until two the next morning; (0, 24) is
    all day. An hour counts as open where at least half of it is. `words` says where the hours are from.
    `closed_on_holidays`: whether a holiday is closed all day. `but`: other hours of local days [start, end), None where
    open; of those that name a day the last holds.
    """

    spans: tuple[Span, ...]
    words: str
    closed_on_holidays: bool = True
    but: tuple[tuple[date | None, date | None, "OpeningHours"], ...] = ()

    def __post_init__(self) -> None:
        """Raise `BadQuestion` for anything but seven spans of hours of the day."""
        if len(self.spans) != len(WEEKDAYS):
            raise BadQuestion(f"opening hours need seven days, Monday first; {len(self.spans)} are given")
        for name, span in zip(WEEKDAYS, self.spans, strict=True):
            if span and not (0 <= span[0] < 24 and 0 <= span[1] <= 24):
                raise BadQuestion(f"{name} opens from {span[0]:g} to {span[1]:g}; hours go from 0 to 24")

    @classmethod
    def usual(cls) -> Self:
        """Return EAIO's own definition: night is 22:00 to 06:00, the weekend Saturday and Sunday."""
        span = (float(NIGHT_TO), float(NIGHT_FROM))
        return cls((*[span] * 5, None, None), "occupied 06:00 to 22:00 from Monday to Friday, as no hours are set")

    def mask(self, clock: LocalClock, holidays: AbstractSet[date] = frozenset()) -> NDArray[np.bool_]:
        """Tell which grid hours are open; a holiday is closed all day, unless these hours say otherwise."""
        table, days = self._table(), clock.keys("day")
        is_open = table[clock.weekday, clock.hour]
        if self.closed_on_holidays:
            is_open &= ~np.isin(days, np.array([_day(at) for at in holidays], dtype=np.int64))
        for start, end, hours in self.but:
            first, last = (None if at is None else _day(at) for at in (start, end))
            then = (days >= (days.min() if first is None else first)) & (
                days < (days.max() + 1 if last is None else last)
            )
            is_open = np.where(then, hours.mask(clock, holidays), is_open)
        return is_open

    def _table(self) -> NDArray[np.bool_]:
        """Return which of 24 hours of seven weekdays are open."""
        table = np.zeros((7, 24), dtype=bool)
        for weekday, span in enumerate(self.spans):
            if span is None:
                continue
            start, end = span if span[1] > span[0] else (span[0], span[1] + 24.0)
            for hour in range(48):
                if min(end, hour + 1) - max(start, hour) >= 0.5:
                    table[(weekday + hour // 24) % 7, hour % 24] = True
        return table


def _day(at: date) -> int:
    return (at - EPOCH).days
