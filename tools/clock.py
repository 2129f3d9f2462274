"""Local calendar time of an hourly grid, for sites in any zone."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from tools.energy_query import Group, Hours
from tools.picked_hours import PickedHours

HOUR = timedelta(hours=1)
CALENDAR = {"year": "Y", "month": "M", "day": "D"}
NIGHT_FROM, NIGHT_TO = 22, 6
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class LocalClock:
    """Local time of each of n grid hours: minutes since 1970, and what follows from it."""

    local: NDArray[np.datetime64]
    hour: NDArray[np.int64]
    weekday: NDArray[np.int64]

    def among(self, hours: Hours) -> NDArray[np.bool_]:
        """Tell which grid hours belong to a part of the day or week.

        Night is 22:00 to 06:00, the weekend Saturday and Sunday.
        """
        if isinstance(hours, PickedHours):
            return hours.mask(self.hour, self.weekday)
        night = (self.hour >= NIGHT_FROM) | (self.hour < NIGHT_TO)
        weekend = self.weekday >= 5
        masks = {"night": night, "day": ~night, "weekend": weekend, "weekday": ~weekend}
        return masks.get(hours, np.ones(len(self.hour), dtype=bool))

    def keys(self, group: Group) -> NDArray[np.int64]:
        """Return a number for each hour: its year, quarter, month or day since 1970, weekday (Monday 0) or hour."""
        if group == "quarter":
            return self.local.astype("M8[M]").astype(np.int64) // 3
        if group in ("year", "month", "day"):
            return self.local.astype(f"M8[{CALENDAR[group]}]").astype(np.int64)
        return {"weekday": self.weekday, "hour": self.hour}[group]


@lru_cache(maxsize=64)
def clock(timezone: str, start: datetime, n: int) -> LocalClock:
    """Return the local time of `n` hours from `start` (UTC). Kept, since questions repeat their periods."""
    offsets = _offsets(ZoneInfo(timezone), start, n)
    base = int(start.timestamp()) // 60
    minutes = base + 60 * np.arange(n, dtype=np.int64) + offsets
    hours, days = minutes // 60, minutes // 1440
    return LocalClock(minutes.astype("M8[m]"), hours % 24, (days + 3) % 7)


def _offsets(zone: ZoneInfo, start: datetime, n: int) -> NDArray[np.int64]:
    """Return the minutes to add to UTC for each hour: looked up once a day, and hourly only on a day it changes."""
    offsets = np.empty(n, dtype=np.int64)
    for first in range(0, n, 24):
        last = min(first + 24, n)
        before, after = _offset(zone, start + first * HOUR), _offset(zone, start + last * HOUR)
        if before == after:
            offsets[first:last] = before
        else:
            offsets[first:last] = [_offset(zone, start + i * HOUR) for i in range(first, last)]
    return offsets


def _offset(zone: ZoneInfo, at: datetime) -> int:
    shift = at.astimezone(zone).utcoffset()
    return int(shift.total_seconds()) // 60 if shift else 0


def key_name(group: Group, key: int) -> str:
    """Write a group's key as the table shows it: 2019, Q1 2019, 2019-03, 2019-03-14, Monday, 07:00."""
    if group == "weekday":
        return WEEKDAYS[key]
    if group == "hour":
        return f"{key:02d}:00"
    if group == "quarter":
        return f"Q{key % 4 + 1} {1970 + key // 4}"
    return str(np.int64(key).astype(f"M8[{CALENDAR[group]}]"))


def key_span(group: Group, key: int, timezone: str) -> tuple[datetime, datetime]:
    """Return the UTC span of a calendar group's key: [start, end) of that local year, quarter, month or day."""
    zone = ZoneInfo(timezone)
    unit, step = ("M", 3) if group == "quarter" else (CALENDAR[group], 1)
    ends = [np.int64(step * k).astype(f"M8[{unit}]").astype("M8[s]").item() for k in (key, key + 1)]
    start, end = (at.replace(tzinfo=zone).astimezone(UTC) for at in ends)
    return start, end
