"""The plain way to find anomalies, to stand beside: the z-score of an hour among the same hours of the week."""

from dataclasses import dataclass

import numpy as np

from benchmarks.data.cambridge import Record
from tools.clock import LocalClock
from tools.figures import Values

WEEK = 168
MOST_Z = 3.0
JOIN_HOURS = 6


@dataclass(frozen=True, slots=True)
class Alarm:
    """Hours [first, end) that stand out; it knows no kinds."""

    first: int
    end: int


def alarms(record: Record, clock: LocalClock) -> list[Alarm]:
    """Return the runs of hours over three standard deviations from the mean of their hour of the week.

    Missing hours and zeros are alarms too, as any monitor would have it; hours up to six apart are one alarm.
    """
    odd = (np.abs(_z(record.kwh, clock)) > MOST_Z) | ~np.isfinite(record.kwh)
    at = np.flatnonzero(odd)
    if not len(at):
        return []
    breaks = np.flatnonzero(np.diff(at) > JOIN_HOURS)
    firsts, lasts = at[np.concatenate([[0], breaks + 1])], at[np.concatenate([breaks, [len(at) - 1]])]
    return [Alarm(int(a), int(b) + 1) for a, b in zip(firsts, lasts, strict=True)]


def _z(kwh: Values, clock: LocalClock) -> Values:
    week = clock.weekday * 24 + clock.hour
    valid = np.isfinite(kwh)
    count = np.bincount(week[valid], minlength=WEEK)
    mean = np.bincount(week[valid], kwh[valid], WEEK) / np.maximum(count, 1)
    square = np.bincount(week[valid], kwh[valid] ** 2, WEEK) / np.maximum(count, 1)
    spread = np.sqrt(np.maximum(square - mean**2, 1e-12))
    return np.asarray((kwh - mean[week]) / spread[week])
