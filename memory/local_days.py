"""Local calendar days of moments, for arrays of any length: the parts by which readings are summed."""

from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from memory.treatment import Ints

DAY_S = 86_400


def local_days(timezone: str, at: Ints) -> Ints:
    """Return the local day, since 1970-01-01, of each moment (seconds since 1970 UTC)."""
    if not len(at):
        return np.empty(0, np.int64)
    starts, offsets = _offsets(timezone, int(at.min()) // DAY_S, int(at.max()) // DAY_S + 1)
    return (at + offsets[np.searchsorted(starts, at, side="right") - 1]) // DAY_S


def months_of(days: Ints) -> Ints:
    """Return the month, since January 1970, of days since 1970-01-01."""
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def first_days(months: Ints) -> Ints:
    """Return the first day, since 1970-01-01, of months since January 1970."""
    return months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def years_of(days: Ints) -> Ints:
    """Return the year, since 1970, of days since 1970-01-01."""
    return days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64)


@lru_cache(maxsize=64)
def _offsets(timezone: str, first_day: int, last_day: int) -> tuple[Ints, NDArray[np.int64]]:
    """Return from when on which offset from UTC holds, both in seconds, over some UTC days."""
    zone = ZoneInfo(timezone)
    starts, offsets = [first_day * DAY_S], [_offset(zone, first_day * DAY_S)]
    for day in range(first_day, last_day + 1):
        end = (day + 1) * DAY_S
        if (after := _offset(zone, end)) != offsets[-1]:
            starts.append(_change(zone, day * DAY_S, end))
            offsets.append(after)
    return np.array(starts, np.int64), np.array(offsets, np.int64)


def _change(zone: ZoneInfo, before: int, after: int) -> int:
    """Return the second from which on the offset of `after` holds, where that of `before` is another."""
    was = _offset(zone, before)
    while after - before > 1:
        between = (before + after) // 2
        before, after = (between, after) if _offset(zone, between) == was else (before, between)
    return after


def _offset(zone: ZoneInfo, at: int) -> int:
    shift = datetime.fromtimestamp(at, UTC).astimezone(zone).utcoffset()
    return int(shift.total_seconds()) if shift else 0
