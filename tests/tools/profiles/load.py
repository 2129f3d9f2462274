"""Loads that can be worked out by hand: an office in London with chosen hours, nights and weather."""

from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from tools.clock import LocalClock, clock

START = datetime(2019, 1, 7, tzinfo=UTC)  # a Monday, in winter time
WEEK_H = 168
Values = NDArray[np.float64]


def london(weeks: int, start: datetime = START) -> LocalClock:
    """Return the local time of whole weeks from a start in UTC."""
    return clock("Europe/London", start, weeks * WEEK_H)


def office(
    local: LocalClock, day_kw: float = 100.0, night_kw: float = 20.0, opens: int = 8, closes: int = 18
) -> Values:
    """Return a load of two levels: by day from Monday to Friday, and at all other hours."""
    working = (local.weekday < 5) & (local.hour >= opens) & (local.hour < closes)
    return np.where(working, day_kw, night_kw)
