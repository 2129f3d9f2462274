"""The forecast: tomorrow or the week to come, hour by hour, with intervals and with what it was worth so far."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

import numpy as np

from tools.baseline.temperature import bridged
from tools.clock import LocalClock
from tools.errors import BadQuestion, NoData
from tools.figures import Values
from tools.forecast.blocks import DAY_HOURS, Blocks, blocks
from tools.forecast.features import apart_from_usual
from tools.forecast.intervals import Errors, ends, errors
from tools.forecast.members import Rolled, rolled
from tools.forecast.paths import Peak, Spread, paths, peak, total
from tools.forecast.skill import Skill, skill
from tools.forecast.typical import row_means

CONFIDENCE = 0.9
MOST_AHEAD_HOURS = 7 * DAY_HOURS
LEAST_DAYS, LATE_DAYS = 14, 14
FEW_DAYS, YEAR_DAYS = 42, 365
SHIFT_DAYS, SHIFTED = 7, 1.75


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """Hourly use to come, kWh an hour (so also mean kW), each array as long as the horizon.

    `low_kwh`, `high_kwh`: the ends of each hour's interval. `total_kwh`: of the whole horizon. `peak`: of the first
    whole day. `skill`: None where the past is too short to tell. `coverage`: the share of the history's hours that
    counted. Nothing is rounded.
    """

    kwh: Values
    low_kwh: Values
    high_kwh: Values
    confidence: float
    total_kwh: Spread
    peak: Peak
    skill: Skill | None
    coverage: float
    notes: tuple[str, ...] = ()


def forecast(
    hours: Values,
    clock: LocalClock,
    temperature_degc: Values | None = None,
    *,
    holidays: AbstractSet[date] = frozenset(),
    confidence: float = CONFIDENCE,
) -> Forecast:
    """Forecast the hours after a history of n hours, up to a week of them.

    `clock`: local time of the history and of the hours to be forecast, so its length less n is the horizon.
    `temperature_degc`: as long as the history or as the clock; where it goes on over the whole horizon, it is taken as
    the weather forecast. `holidays`: local dates. Raises `BadQuestion` for a horizon of no hour or of more than 168,
    `NoData` for a history of less than 14 days that count or one that ends more than 14 days before the forecast.
    """
    ahead_hours = len(clock.hour) - len(hours)
    _check(hours, ahead_hours)
    degc, has_forecast = _weather(temperature_degc, len(hours), ahead_hours)
    grid = blocks(hours, clock, degc, holidays)
    _check_days(grid)
    apart = apart_from_usual(grid)
    steps = [rolled(grid, apart, k, has_forecast=has_forecast) for k in range(1, grid.ahead + 1)]
    return _described(grid, steps, clock, hours, confidence, has_forecast=has_forecast)


def _described(
    grid: Blocks, steps: list[Rolled], clock: LocalClock, hours: Values, confidence: float, *, has_forecast: bool
) -> Forecast:
    """Put intervals, total, peak, skill and notes beside the forecast."""
    left = [errors(grid, one) for one in steps]
    least = 0.0 if np.nanmin(hours) >= 0 else -np.inf
    kwh, low, high = (np.maximum(part, least) for part in _hourly(grid, steps, left, confidence))
    others = paths(grid, steps, left)
    local = LocalClock(clock.local[len(hours) :], clock.hour[len(hours) :], clock.weekday[len(hours) :])
    return Forecast(
        kwh=kwh,
        low_kwh=low,
        high_kwh=high,
        confidence=confidence,
        total_kwh=total((kwh, low, high), others, confidence),
        peak=peak((kwh, low, high), local, others, confidence),
        skill=skill(grid, steps),
        coverage=float(np.isfinite(hours).mean()),
        notes=_notes(grid, steps, hours, has_forecast=has_forecast),
    )


def _hourly(grid: Blocks, steps: list[Rolled], left: list[Errors], confidence: float) -> tuple[Values, Values, Values]:
    """Return the forecast of each hour and the ends of its interval: all that was seen, where no error is known yet."""
    kwh, low, high = (np.empty(grid.ahead * DAY_HOURS) for _ in range(3))
    for k, (one, error) in enumerate(zip(steps, left, strict=True)):
        row = slice(k * DAY_HOURS, (k + 1) * DAY_HOURS)
        kwh[row] = _whole(one.kwh[grid.past + k], grid)
        below, above = ends(error, grid.past, confidence)
        low[row] = kwh[row] + min(below, 0.0) * error.size[grid.past + k]
        high[row] = kwh[row] + max(above, 0.0) * error.size[grid.past + k]
    seen = grid.kwh[np.isfinite(grid.kwh)]
    low = np.where(np.isfinite(low), low, np.minimum(kwh, seen.min()))
    high = np.where(np.isfinite(high), high, np.maximum(kwh, seen.max()))
    return kwh[grid.cell], low[grid.cell], high[grid.cell]


def _whole(row: Values, grid: Blocks) -> Values:
    """Return a row with an hour that was never seen taken from the hour of the day's mean, or from all hours'."""
    by_hour = row_means(grid.kwh[: grid.past].T)
    overall = float(np.nanmean(grid.kwh[: grid.past]))
    return np.where(np.isfinite(row), row, np.where(np.isfinite(by_hour), by_hour, overall))


def _weather(temperature_degc: Values | None, n: int, ahead_hours: int) -> tuple[Values, bool]:
    """Return the temperature on the clock's grid, and whether it is known for the whole horizon."""
    found = np.full(n + ahead_hours, np.nan)
    if temperature_degc is not None:
        given = temperature_degc[: n + ahead_hours]
        found[: len(given)] = bridged(given)
    return found, bool(np.isfinite(found[n:]).all())


def _check(hours: Values, ahead_hours: int) -> None:
    if not 1 <= ahead_hours <= MOST_AHEAD_HOURS:
        raise BadQuestion(f"a forecast of {ahead_hours} hours cannot be made; ask for 1 to {MOST_AHEAD_HOURS}, a week")
    count = int(np.isfinite(hours).sum())
    if count < LEAST_DAYS * DAY_HOURS:
        raise NoData(
            f"a forecast takes at least {LEAST_DAYS} days of readings and there are {count / DAY_HOURS:.1f}; "
            "load more of the meter's past, or wait for it"
        )


def _check_days(grid: Blocks) -> None:
    if not np.isfinite(grid.kwh[max(grid.past - LATE_DAYS, 0) : grid.past]).any():
        known = np.flatnonzero(np.isfinite(grid.kwh[: grid.past]).any(axis=1))
        raise NoData(
            f"the last reading is {grid.past - 1 - int(known[-1])} days before the forecast begins, which is too long "
            f"ago (more than {LATE_DAYS}); load the readings since, or forecast from where they end"
        )


def _notes(grid: Blocks, steps: list[Rolled], hours: Values, *, has_forecast: bool) -> tuple[str, ...]:
    days = int(np.isfinite(hours).sum()) // DAY_HOURS
    notes = []
    if days < FEW_DAYS:
        notes.append(f"it rests on {days} days only, so its intervals are rough")
    elif days < YEAR_DAYS:
        notes.append(f"it rests on {days} days, less than a year, so it has not seen every season")
    if not has_forecast:
        notes.append("no weather forecast was given; the weather of the last days stands for that to come")
    silent = int(np.isnan(hours[::-1]).argmin())
    if silent:
        notes.append(f"hours just before it without a reading: {silent}")
    return tuple(notes + _shift(grid, steps[0]))


def _shift(grid: Blocks, one: Rolled) -> list[str]:
    """Say where the last week's errors are much larger than those before: the use has just changed."""
    left = row_means(np.abs(grid.kwh - one.kwh)[: grid.past])
    late, before = left[-SHIFT_DAYS:], left[-SHIFT_DAYS - LATE_DAYS * 4 : -SHIFT_DAYS]
    if np.isfinite(late).sum() < 3 or np.isfinite(before).sum() < LATE_DAYS:
        return []
    ratio = float(np.nanmean(late)) / max(float(np.nanmean(before)), 1e-9)
    if ratio < SHIFTED:
        return []
    return [f"use has changed of late: errors of the last {SHIFT_DAYS} days are {ratio:.1f} times those before"]
