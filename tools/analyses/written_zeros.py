"""The hours that a meter wrote as 0, whether they count or not: of an electricity meter they are taken as missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from tools.analyses.record import aligned_raw
from tools.analyses.timed_use import TimedUse
from tools.readings import Readings
from tools.use import HOUR, Use

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """Where a building's meters wrote 0, an hour each from `start` (UTC)."""

    building: str
    start: datetime
    zero: Mask


async def zeros_written(found: Iterable[TimedUse], readings: Readings) -> list[Written]:
    """Return the zeros that the meters of each use wrote over its own hours; where another meter has use, none."""
    return [await _of(one.use, readings) for one in found]


async def _of(use: Use, readings: Readings) -> Written:
    series = await readings.hourly(list(use.meters), use.start, use.end)
    zero = np.any([aligned_raw(one, len(use.hours)) == 0 for one in series.values()], axis=0)
    return Written(use.building, use.start, zero & ~(use.hours > 0))


def zeros_of(use: Use, written: Iterable[Written]) -> Mask:
    """Return which hours of a use, or of a part of one, were written as 0; without a record, those that read 0."""
    for one in written:
        at = (use.start - one.start) // HOUR
        if one.building == use.building and at >= 0 and at + len(use.hours) <= len(one.zero):
            return one.zero[at : at + len(use.hours)]
    return np.asarray(use.hours == 0.0, dtype=np.bool_)
