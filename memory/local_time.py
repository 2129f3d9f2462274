"""Local clock time to UTC, with the two days a year on which it is not one to one."""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np

from memory.errors import BadMapping
from memory.treatment import Ints, Mask

_SLOT_S = 900  # clocks change on a quarter of an hour, everywhere
_DAY_S = 86_400
_MANY_DAYS = 100_000


class Placed(NamedTuple):
    """Moments, seconds since 1970 UTC; which local times do not exist (clocks went forward), which exist twice."""

    at: Ints
    gap: Mask
    doubled: Mask


class LocalClock:
    """Turns the local times of one file into UTC, in file order.

    When clocks go back an hour comes twice: the first row of a series for such a time is the earlier moment, the
    second one the later. A local time that was skipped has no moment.
    """

    def __init__(self, timezone: str) -> None:
        self.zone = zone_of(timezone)
        self._seen: dict[tuple[int, int], int] = {}

    def place(self, local: Ints, series: Ints) -> Placed:
        """Return the moments of local times (seconds since 1970 of clock time), each of a series."""
        early, late = _offsets_at(self.zone, local)
        doubled, gap = early > late, early < late
        at = local - early
        for row in np.flatnonzero(doubled):
            if self._again(int(series[row]), int(local[row])):
                at[row] = local[row] - late[row]
        return Placed(at, gap, doubled)

    def _again(self, series: int, local: int) -> bool:
        """Tell whether a series had this local time before."""
        count = self._seen.get((series, local), 0)
        self._seen[series, local] = count + 1
        return count > 0


def zone_of(timezone: str) -> ZoneInfo:
    """Return a zone by its name, or raise `BadMapping`."""
    try:
        return ZoneInfo(timezone)
    except (KeyError, ValueError, OSError) as error:
        raise BadMapping(f"there is no time zone {timezone!r}; names look like Europe/London") from error


def _offsets_at(zone: ZoneInfo, local: Ints) -> tuple[Ints, Ints]:
    """Return, for each local time, what `_offsets` says of it: of most days at once, which have one offset."""
    days = local // _DAY_S
    first = int(days.min(initial=0)) if len(days) else 0
    met = np.zeros(int(days.max(initial=0)) - first + 1 if len(days) else 0, bool)
    if len(met) > _MANY_DAYS:  # stamps far apart, as wrong ones are
        slots, which = np.unique(local // _SLOT_S, return_inverse=True)
        both = np.array([_offsets(zone, int(slot)) for slot in slots], np.int64).reshape(-1, 2)[which]
        return both[:, 0], both[:, 1]
    met[days - first] = True
    of_day = np.zeros(len(met), np.int64)
    moving = np.zeros(len(met), bool)
    for day in np.flatnonzero(met).tolist():
        offset = _day_offset(zone, first + day)
        of_day[day], moving[day] = (0, True) if offset is None else (offset, False)
    early = of_day[days - first]
    late = early.copy()
    for row in np.flatnonzero(moving[days - first]).tolist():
        early[row], late[row] = _offsets(zone, int(local[row]) // _SLOT_S)
    return early, late


@lru_cache(maxsize=50_000)
def _day_offset(zone: ZoneInfo, day: int) -> int | None:
    """Return the one offset of a local day, in seconds, or None where clocks change in it or at its ends."""
    slot = day * (_DAY_S // _SLOT_S)
    found = {*_offsets(zone, slot), *_offsets(zone, slot + _DAY_S // _SLOT_S)}
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=50_000)
def _offsets(zone: ZoneInfo, slot: int) -> tuple[int, int]:
    """Return the offsets from UTC, in seconds, of a local time taken as the earlier and as the later of two.

    Where clocks go back the first is greater, where they go forward (the time does not exist) the second.
    """
    local = datetime(1970, 1, 1) + timedelta(seconds=slot * _SLOT_S)  # noqa: DTZ001 - clock time, not a moment
    early, late = (local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    return _seconds(early), _seconds(late)


def _seconds(offset: timedelta | None) -> int:
    return int(offset.total_seconds()) if offset is not None else 0
