"""A building made by hand: working days, weekends, weather and noise, all of known size."""

from datetime import UTC, datetime

import numpy as np

from tools.clock import LocalClock, clock
from tools.figures import Values

START = datetime(2018, 1, 1, tzinfo=UTC)
TIMEZONE = "Europe/London"
BASE_KWH, OPEN_KWH = 20.0, 30.0
OPENS, CLOSES = 8, 18


def hours_of(days: int) -> LocalClock:
    """Return the local time of some days from the start of 2018, UTC."""
    return clock(TIMEZONE, START, 24 * days)


def temperature_degc(days: int) -> Values:
    """Return a year that is coldest in January and a day that is coldest by night."""
    at = np.arange(24.0 * days)
    return 10.0 - 8.0 * np.cos(2 * np.pi * at / 8766) - 3.0 * np.cos(2 * np.pi * at / 24)


def load_kwh(local: LocalClock, seed: int = 1, noise: float = 0.05, kwh_per_k: float = 0.0) -> Values:
    """Return 20 kWh an hour, 30 more from 08:00 to 18:00 on working days, and noise in proportion.

    `kwh_per_k`: more of it for each degree under 15 degC of the day's weather.
    """
    n = len(local.hour)
    busy = (local.weekday < 5) & (local.hour >= OPENS) & (local.hour < CLOSES)
    cold = np.maximum(15.0 - temperature_degc(n // 24 + 1)[:n], 0.0)
    kwh = BASE_KWH + OPEN_KWH * busy + kwh_per_k * cold
    return np.asarray(kwh * (1.0 + noise * np.random.default_rng(seed).standard_normal(n)))
