"""Level shifts: weeks or more away from a building's normal level, from the changes that `tools.change` finds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from tools.anomalies.day_grid import DayGrid
from tools.anomalies.event import Event
from tools.baseline.days import EPOCH
from tools.change.detect import LevelChange

LEAST_PERCENT, LEAST_SCORE = 8.0, 8.0
RETURNED = 0.5
NORMAL_AFTER_DAYS = 120


@dataclass(slots=True)
class _Away:
    """A time away from the normal level: the change that began it, its levels so far, and how long each lasted."""

    by: LevelChange
    levels_kwh: list[float]
    days: list[int]

    @property
    def is_long(self) -> bool:
        return sum(self.days) >= NORMAL_AFTER_DAYS

    @property
    def kwh(self) -> float:
        return float(np.dot(self.levels_kwh, self.days))

    def is_left_by(self, level_kwh: float) -> bool:
        """Tell whether a level is back halfway from the farthest, or beyond the normal one."""
        is_beyond = level_kwh * self.levels_kwh[0] < 0
        return is_beyond or abs(level_kwh) < RETURNED * max(abs(one) for one in self.levels_kwh)


def level_shifts(changes: Sequence[LevelChange], grid: DayGrid) -> list[Event]:
    """Return the times away from the normal level, from the change that leaves it to the one that comes back halfway.

    The first level is taken for normal; one that lasts for 120 days becomes so. Changes under 8 % or 8 standard errors,
    and those of every year, which are seasons, begin none. `changes`: all of a record, in order, small ones among them.
    """
    found: list[Event] = []
    level = 0.0  # above the normal one
    away: _Away | None = None
    for one in changes:
        if away and away.is_long:
            found.append(_event(away, one.at, grid))
            level, away = 0.0, None
        level += one.kwh_per_day
        if away and away.is_left_by(level):
            found.append(_event(away, one.at, grid))
            away = None
        if not away and _is_marked(one) and abs(level) >= RETURNED * abs(one.kwh_per_day):
            away = _Away(one, [], [])
        if away:
            away.levels_kwh.append(level)
            away.days.append((one.until - one.at).days)
    return [*found, _event(away, changes[-1].until, grid)] if away else found


def _is_marked(one: LevelChange) -> bool:
    is_small = one.percent is not None and abs(one.percent) < LEAST_PERCENT
    return not (is_small or one.recurs or one.score < LEAST_SCORE)


def _event(away: _Away, end: date, grid: DayGrid) -> Event:
    begin = away.by.at
    first, last = (grid.first_hour(int(np.searchsorted(grid.day, (at - EPOCH).days))) for at in (begin, end))
    words = f"{away.by.words}, for {(end - begin).days} days"
    return Event("level_shift", first, last, away.kwh, away.by.score / LEAST_SCORE, words)
