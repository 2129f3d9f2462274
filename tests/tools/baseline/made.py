"""Hours and days made up for tests: a year of temperatures, and use that follows them exactly or with errors."""

from datetime import UTC, date, datetime

import numpy as np

from tools.baseline.days import EPOCH, Days, is_off
from tools.clock import LocalClock, clock
from tools.figures import Values

LONDON_YEARS = clock("Europe/London", datetime(2018, 1, 1, tzinfo=UTC), 24 * 1096)


def outdoor_degc(local: LocalClock, seed: int = 0) -> Values:
    """Return hourly temperatures: a yearly wave, spells of some days, a daily swing."""
    n = len(local.hour)
    g = np.random.default_rng(seed)
    spells = np.convolve(g.normal(size=n // 24 + 8), np.ones(5) / 5.0, mode="valid")
    hours = np.arange(n)
    wave = 11.0 - 8.5 * np.cos(2.0 * np.pi * (hours / 24.0 - 20.0) / 365.25)
    spell = 5.0 * np.interp(hours / 24.0, np.arange(len(spells)), spells)
    return np.asarray(wave + spell + 4.0 * np.cos((local.hour - 15) * 2.0 * np.pi / 24.0))


def days_with(kwh: Values, temperature_degc: Values, first: date = date(2018, 1, 1)) -> Days:
    """Return consecutive days of given use and mean temperature, whose hours are not known."""
    n = len(kwh)
    day = (first - EPOCH).days + np.arange(n)
    hours = np.full(n, 24)
    return Days(day, np.asarray(kwh, dtype=np.float64), temperature_degc, is_off(day), hours, hours)


def year_of_means(seed: int = 0, n: int = 365) -> Values:
    """Return daily mean temperatures."""
    g = np.random.default_rng(seed)
    return np.asarray(11.0 - 9.0 * np.cos(2.0 * np.pi * (np.arange(n) - 20.0) / 365.25) + 3.0 * g.normal(size=n))


def errors(n: int, rho: float = 0.0, seed: int = 1) -> Values:
    """Return errors of variance 1, each the share `rho` of the one before and something new."""
    new, found = np.random.default_rng(seed).normal(size=n), np.zeros(n)
    for i in range(1, n):
        found[i] = rho * found[i - 1] + np.sqrt(1.0 - rho**2) * new[i]
    return found
