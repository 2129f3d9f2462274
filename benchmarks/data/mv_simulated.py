"""Meters made up with known balance points and known savings, from random numbers alone: nothing here knows the models.

A climate (a yearly wave, weather that lasts some days, a daily swing), a building (a schedule, weekends, a heating and
a cooling system that answer the hour's or the day's temperature), errors that last from day to day, in proportion to
the use or not, hours that are noise, readings that are missing, and from a day on, a share that is saved.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import numpy as np
from numpy.random import Generator, default_rng

from tools.baseline import DateSpan
from tools.clock import LocalClock, clock
from tools.figures import Values

FIRST = date(2014, 12, 31)
BASELINE = DateSpan(date(2015, 1, 2), date(2016, 1, 2))
REPORTING = DateSpan(date(2016, 1, 20), date(2017, 1, 19))
WORK = date(2016, 1, 12)
TIMEZONE = "America/Chicago"
SHAPES, SHARES = ("heating", "cooling", "both", "neither"), (0.3, 0.25, 0.35, 0.1)
LEAST_DAYS = 20
SAVED = (0.0, 0.03, 0.05, 0.1, 0.2, 0.3)


@dataclass(frozen=True, slots=True, eq=False)
class Simulated:
    """One meter and what is true of it. `without_work`: the same hours had nothing been done, NaN where missing."""

    hours: Values
    without_work: Values
    temperature_degc: Values
    clock: LocalClock
    heating_balance_degc: float | None
    cooling_balance_degc: float | None


def simulated(seed: int) -> Simulated:
    """Return the meter of a seed: two years of hours."""
    g = default_rng(seed)
    n = (REPORTING.end - FIRST).days * 24
    start = datetime(FIRST.year, FIRST.month, FIRST.day, 6, tzinfo=UTC)
    local = clock(TIMEZONE, start, n)
    day = np.arange(n) // 24
    degc, heating, cooling = _place(g, local, day)
    answered = degc if g.random() < 0.5 else (np.bincount(day, weights=degc) / np.bincount(day))[day]
    load = _schedule(g, local) + _weather(g, answered, heating, cooling)
    load = np.maximum(_with_errors(g, load, day), 0.0) * g.uniform(5.0, 80.0)
    load[_missing(g, n)] = np.nan
    after = local.local.astype("M8[D]") >= np.datetime64(WORK)
    hours = np.where(after, load * (1.0 - g.choice(SAVED)), load)
    return Simulated(hours, load, degc, local, heating, cooling)


def _place(
    g: Generator, local: LocalClock, day: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> tuple[Values, float | None, float | None]:
    """Return a climate and balance points that go together: what is heated or cooled is so on twenty days a year."""
    while True:
        degc, (heating, cooling) = _temperature(g, local, day), _balance_points(g)
        means = np.bincount(day, weights=degc) / np.bincount(day)
        years = len(means) / 365.0
        cold = heating is None or (means < heating).sum() >= LEAST_DAYS * years
        if cold and (cooling is None or (means > cooling).sum() >= LEAST_DAYS * years):
            return degc, heating, cooling


def _temperature(g: Generator, local: LocalClock, day: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Values:
    days = int(day[-1]) + 1
    wave = g.uniform(6.0, 16.0) - g.uniform(9.0, 14.0) * np.cos(2.0 * np.pi * (np.arange(days) - 20.0) / 365.25)
    daily = wave + 4.0 * _lasting(g, days, 0.75)
    swing = g.uniform(3.0, 6.0) * np.cos(2.0 * np.pi * (local.hour - 15) / 24.0)
    smooth = np.interp(np.arange(len(day)) / 24.0, np.arange(days) + 0.5, daily)
    return np.asarray(smooth + swing + 0.5 * g.normal(size=len(day)))


def _lasting(g: Generator, n: int, rho: float) -> Values:
    """Return errors of variance 1, each the share `rho` of the one before and something new."""
    found, new = np.zeros(n), g.normal(size=n)
    found[0] = new[0]
    for i in range(1, n):
        found[i] = rho * found[i - 1] + np.sqrt(1.0 - rho**2) * new[i]
    return found


def _balance_points(g: Generator) -> tuple[float | None, float | None]:
    kind = g.choice(SHAPES, p=SHARES)
    heating = float(g.uniform(9.0, 16.0))
    cooling = float(g.uniform(max(heating + 1.0, 15.0), 20.5)) if kind == "both" else float(g.uniform(13.0, 20.0))
    return heating if kind in ("heating", "both") else None, cooling if kind in ("cooling", "both") else None


def _schedule(g: Generator, local: LocalClock) -> Values:
    """Return the use that does not depend on the weather: busy hours, and weekends quieter in half of the buildings."""
    busy = np.where((local.hour >= 8) & (local.hour < 18), 1.5, 0.7)
    weekend = 1.0 - g.uniform(0.0, 0.4) * g.integers(0, 2)
    return np.asarray(busy / busy.mean() * np.where(local.weekday >= 5, weekend, 1.0))


def _weather(g: Generator, degc: Values, heating: float | None, cooling: float | None) -> Values:
    """Return the use that does, a quarter to four fifths of all."""
    asked = np.zeros(len(degc))
    if heating is not None:
        below = np.maximum(heating - degc, 0.0)
        asked += g.uniform(0.5, 1.5) * below / below.mean()
    if cooling is not None:
        above = np.maximum(degc - cooling, 0.0)
        asked += g.uniform(0.5, 1.5) * above / above.mean()
    share = g.uniform(0.25, 0.8)
    return asked / asked.mean() * share / (1.0 - share) if asked.any() else asked


def _with_errors(g: Generator, load: Values, day: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Values:
    """Add what lasts from day to day (3 to 15 % of the load, or of its mean without weather) and an hour (10 %).

    The mean without weather is 1. Errors of one size stay well above no use at all, which a meter cannot go below.
    """
    lasting = g.uniform(0.03, 0.15) * _lasting(g, int(day[-1]) + 1, g.uniform(0.0, 0.65))[day]
    size = load if g.random() < 0.5 else np.ones(len(load))
    return np.asarray(load * (1.0 + 0.1 * g.normal(size=len(load))) + size * lasting)


def _missing(g: Generator, n: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return which hours are missing: up to nine gaps of up to four days."""
    gone = np.zeros(n, dtype=bool)
    for first in g.integers(0, n, size=g.integers(0, 10)):
        gone[first : first + g.integers(1, 97)] = True
    return gone
