"""All anomalies of a record, each told once: meter faults first, then what the building did."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from tools.anomalies.absent import missing, stuck, zero_runs
from tools.anomalies.day_grid import DayGrid, Whole
from tools.anomalies.drift import schedule_drifts
from tools.anomalies.event import Event
from tools.anomalies.expected import expected
from tools.anomalies.free_days import days_off, kinds_of_day
from tools.anomalies.odd_days import unusual_days
from tools.anomalies.shifts import level_shifts
from tools.anomalies.spikes import spikes
from tools.baseline.days import Days, Mask, days_of
from tools.change.cut import Cut, cut_days
from tools.change.detect import changes_of_cut
from tools.clock import LocalClock
from tools.errors import NoData
from tools.figures import Values

LEAST_DAYS, WEEK_DAYS = 28, 7


@dataclass(frozen=True, slots=True, eq=False)
class Anomalies:
    """What was found, in order of time. `coverage`: the share of the hours that counted, 0 to 1."""

    events: tuple[Event, ...]
    coverage: float
    notes: tuple[str, ...] = ()


def anomalies(
    hours: Values,
    clock: LocalClock,
    temperature_degc: Values | None = None,
    *,
    zero: Mask | None = None,
    holidays: AbstractSet[date] = frozenset(),
) -> Anomalies:
    """Return the anomalies of an hourly record.

    `hours`: kWh an hour, NaN where one does not count. `zero`: hours that the meter wrote as 0, also where they do not
    count; those of `hours` itself by default. `temperature_degc`: on the same grid, so that cold is no anomaly.
    `holidays`: local dates that are days off, where the building keeps them. Raises `NoData` under 28 days with
    readings.
    """
    grid = DayGrid.of(clock)
    _check(hours, grid)
    zero = hours == 0 if zero is None else zero
    degc = np.full(len(hours), np.nan) if temperature_degc is None else temperature_degc
    off = days_off(grid.laid(hours), grid, holidays)
    plain = expected(grid.laid(hours), kinds_of_day(grid, off), off, np.zeros(len(grid.day)))
    usual = grid.hourly(plain.kwh)
    gone, at_zero = missing(~np.isfinite(hours) & ~zero, usual, clock), zero_runs(zero, usual, clock)
    same = stuck(hours, usual, clock)
    meter = gone + at_zero + same
    clean = without(np.where(zero & _inside(at_zero, len(hours)), np.nan, hours), same)
    days = days_of(clean, degc, clock)
    days = replace(days, off=off[days.day - grid.day[0]])
    return _judged(clean, grid, off, days, meter, clock)


def _judged(clean: Values, grid: DayGrid, off: Mask, days: Days, meter: list[Event], clock: LocalClock) -> Anomalies:
    """Add what the building did to the faults of its meter."""
    cut, notes = _cut(days)
    stretch, weather_kwh = _on_grid(cut, grid)
    shifts = level_shifts(changes_of_cut(cut, least_percent=0.0).changes, grid) if cut else []
    kwh, kind = grid.laid(clean), kinds_of_day(grid, off) + WEEK_DAYS * stretch
    first = expected(kwh, kind, off, weather_kwh)
    drifts = schedule_drifts(kwh, first.spread_kwh, ~off, grid, clock)
    drifting = _days_of_events(drifts, grid)
    # Days of a drift are alike among themselves, and their hours no spikes beside the others'.
    found = expected(kwh, kind + WEEK_DAYS * (int(stretch.max()) + 1) * drifting, off, weather_kwh)
    high = spikes(clean, grid.hourly(found.kwh), grid.hourly(found.spread_kwh), clock)
    odd = unusual_days(grid.laid(without(clean, high)), found, drifting, grid, clock)
    events = sorted([*meter, *shifts, *high, *drifts, *odd], key=lambda e: (e.first, e.kind))
    return Anomalies(tuple(events), float(np.isfinite(clean).mean()), tuple(notes))


def _inside(events: list[Event], n: int) -> Mask:
    """Tell which of n hours lie inside an event."""
    found = np.zeros(n, dtype=bool)
    for one in events:
        found[one.first : one.end] = True
    return found


def without(hours: Values, events: list[Event]) -> Values:
    """Return the hours with those of the events taken out."""
    kept = hours.copy()
    for one in events:
        kept[one.first : one.end] = np.nan
    return kept


def _check(hours: Values, grid: DayGrid) -> None:
    days = int(np.isfinite(grid.laid(hours)).any(axis=1).sum()) if len(grid.day) else 0
    if days < LEAST_DAYS:
        raise NoData(
            f"telling what is unusual takes at least {LEAST_DAYS} days with readings and there are {days}; ask for a "
            "longer period, or load the missing readings"
        )


def _cut(days: Days) -> tuple[Cut | None, list[str]]:
    """Return the levels of a record, or none and why."""
    try:
        cut = cut_days(days)
    except NoData as few:
        return None, [str(few)]
    return cut, [] if cut.has_weather else ["no outdoor temperature was given, so an anomaly may be the weather's"]


def _on_grid(cut: Cut | None, grid: DayGrid) -> tuple[Whole, Values]:
    """Return the number of each day's stretch, and what weather and weekday explain of its use, kWh."""
    stretch, weather_kwh = np.zeros(len(grid.day), dtype=np.int64), np.zeros(len(grid.day))
    if cut:
        starts = cut.found.day[cut.starts]
        stretch = np.searchsorted(starts, grid.day, side="right")
        weather_kwh[cut.found.day - grid.day[0]] = cut.found.weather_kwh
    return stretch, weather_kwh


def _days_of_events(events: list[Event], grid: DayGrid) -> Mask:
    found = np.zeros(len(grid.day), dtype=bool)
    for one in events:
        found[grid.place[one.first] // 24 : grid.place[one.end - 1] // 24 + 1] = True
    return found
