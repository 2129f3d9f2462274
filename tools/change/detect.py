"""Changes of level: since when a building uses more or less, by how much, whatever the weather and the weekday."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from tools.baseline.days import EPOCH, days_of
from tools.change.cut import Cut, cut_days
from tools.clock import LocalClock
from tools.figures import Values

LEAST_PERCENT = 5.0
DATE_CONFIDENCE = 0.9
LOOK_AROUND_DAYS = 21
YEAR_DAYS, SAME_SEASON_DAYS, SAME_SIZE = 365, 10, 1.6


@dataclass(frozen=True, slots=True)
class LevelChange:
    """The use of a building changed its level.

    `at`: the first local day of the new level; it lies between `earliest` and `latest` with 90 % confidence.
    `kwh_per_day`: new less old level, at equal weather and weekdays; `percent`: of the old level, at the same weather
    and weekdays, None where that is not above 0 or nothing was used. `until`: the next change or the end, excluded.
    `score`: size over its standard error. `recurs`: a like change at the same time of another year, so a season rather
    than a fault.
    """

    at: date
    earliest: date
    latest: date
    until: date
    kwh_per_day: float
    percent: float | None
    score: float
    recurs: bool

    @property
    def words(self) -> str:
        """Say what happened and when."""
        percent = "" if self.percent is None else f" ({self.percent:+.0f} %)"
        more = "more" if self.kwh_per_day > 0 else "less"
        season = "; the same comes about in other years" if self.recurs else ""
        return f"from {self.at} on {abs(self.kwh_per_day):,.0f} kWh a day {more}{percent}{season}"


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """The changes of level of a record, in order of time. `coverage`: the share of its days that counted, 0 to 1.

    `spread_kwh`: what a day wanders of itself, a standard deviation.
    """

    changes: tuple[LevelChange, ...]
    spread_kwh: float
    coverage: float
    notes: tuple[str, ...] = ()


def level_changes(
    hours: Values,
    clock: LocalClock,
    temperature_degc: Values | None = None,
    *,
    holidays: AbstractSet[date] = frozenset(),
    least_percent: float = LEAST_PERCENT,
) -> Changes:
    """Return the changes of level of an hourly record, each of `least_percent` or more.

    `hours`: kWh an hour, NaN where one does not count; `temperature_degc` on the same grid, None or NaN where unknown:
    then a change may be the weather's. A level lasts for 14 days or more; shorter ones are anomalies, not changes.
    Raises `NoData` under 28 days that count.
    """
    degc = np.full(len(hours), np.nan) if temperature_degc is None else temperature_degc
    return changes_of_cut(cut_days(days_of(hours, degc, clock, holidays)), least_percent=least_percent)


def changes_of_cut(cut: Cut, *, least_percent: float = LEAST_PERCENT) -> Changes:
    """Return the changes of level between the stretches of a record; see `level_changes`."""
    made = _in_turn([_change(cut, *bounds) for bounds in _neighbours(cut.starts, len(cut))])
    large = [c for c in made if c.percent is None or abs(c.percent) >= least_percent]
    notes = []
    if not cut.has_weather:
        notes.append("no outdoor temperature was given, so a change may be the weather's")
    if len(cut) < YEAR_DAYS:
        notes.append(f"it rests on {len(cut)} days, less than a year, so a season may be taken for a change")
    return Changes(tuple(_with_seasons(large)), float(np.median(cut.spread_kwh)), cut.coverage, tuple(notes))


def _neighbours(starts: list[int], n: int) -> list[tuple[int, int, int]]:
    """Return each change with the change before it and after it, or the ends."""
    bounds = [0, *starts, n]
    return [(bounds[i - 1], bounds[i], bounds[i + 1]) for i in range(1, len(bounds) - 1)]


def _in_turn(found: list[LevelChange]) -> list[LevelChange]:
    """Return the changes, each lasting until the next."""
    return [replace(one, until=after.at) for one, after in pairwise(found)] + found[-1:]


def _change(cut: Cut, before: int, start: int, end: int) -> LevelChange:
    kwh, weight = cut.calm_kwh, cut.weight
    old = float(np.average(kwh[before:start], weights=weight[before:start]))
    new = float(np.average(kwh[start:end], weights=weight[start:end]))
    was_used = bool((cut.found.kwh + cut.found.explained_kwh)[before:start].any())
    error = np.sqrt(cut.inflation * (1.0 / weight[before:start].sum() + 1.0 / weight[start:end].sum()))
    best, earliest, latest = _dated(cut, (before, start, end), old, new)
    return LevelChange(
        at=_date(cut.found.day[best]),
        earliest=_date(cut.found.day[earliest]),
        latest=_date(cut.found.day[latest]),
        until=_date(cut.found.day[end - 1]) + timedelta(days=1),
        kwh_per_day=new - old,
        percent=100.0 * (new - old) / old if was_used and old > 0 else None,
        score=float(abs(new - old) / error),
        recurs=False,
    )


def _dated(cut: Cut, bounds: tuple[int, int, int], old: float, new: float) -> tuple[int, int, int]:
    """Return the likeliest day of a change and the ends of the days that hold 90 % of its likelihood.

    Days count by Huber's loss, so one odd day moves no date; none beyond the middle of either stretch is looked at.
    """
    before, start, end = bounds
    first = max((before + start) // 2 + 1, start - LOOK_AROUND_DAYS)
    last = min((start + end) // 2, start + LOOK_AROUND_DAYS)
    at = slice(first, last)
    kwh, spread = cut.found.kwh[at], cut.spread_kwh[at]
    gain = _huber_loss((kwh - new) / spread) - _huber_loss((kwh - old) / spread)
    cost = -np.concatenate([[0.0], np.cumsum(gain)])  # of placing the change before each day
    likely = np.exp(-(cost - cost.min()) / cut.inflation)
    share = np.cumsum(likely) / likely.sum()
    tail = 0.5 * (1.0 - DATE_CONFIDENCE)
    best = first + int(cost.argmin())
    earliest = first + int(np.searchsorted(share, tail))
    latest = first + int(np.searchsorted(share, 1.0 - tail))
    return min(best, end - 1), min(earliest, best), min(max(latest, best), end - 1)


def _huber_loss(z: Values) -> Values:
    size = np.abs(z)
    return np.where(size < 2.0, 0.5 * z**2, 2.0 * size - 2.0)


def _date(day: np.int64) -> date:
    return EPOCH + timedelta(days=int(day))


def _with_seasons(found: list[LevelChange]) -> list[LevelChange]:
    return [replace(one, recurs=any(_is_anniversary(one, other) for other in found)) for one in found]


def _is_anniversary(one: LevelChange, other: LevelChange) -> bool:
    """Tell whether a change of the same direction lies a whole number of years off, give or take ten days."""
    apart = abs((one.at - other.at).days)
    years = round(apart / YEAR_DAYS)
    alike = 1 / SAME_SIZE < one.kwh_per_day / other.kwh_per_day < SAME_SIZE
    return years >= 1 and alike and abs(apart - years * YEAR_DAYS) <= SAME_SEASON_DAYS
