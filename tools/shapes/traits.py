"""What a building's load is like over some time: six traits, each of few numbers, that do not depend on its calendar.

Of a normalised weekly profile alone two things go wrong, which `benchmarks.memory.shapes` measures: every office opens
at eight, so strangers are near; and one building's summer is far from its winter. So the profile is one trait of six.
The level tells buildings of one use apart, the weather response says what of a season's difference is weather, and
duration, spread and steps (how the load is distributed, how far days differ, how far hours do) are nearly the same in
both halves of a year.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.clock import LocalClock
from tools.errors import NoData
from tools.figures import Values

CURVES = 3  # working days (Monday to Friday), Saturdays, Sundays
QUANTILES = (2, 10, 25, 50, 75, 90, 98)
LEAST_HOURS = 96
LEAST_DAY_SHARE = 0.8
LEAST_DAYS = 10
HEATING_BASE_DEGC, COOLING_BASE_DEGC = 15.5, 18.3
SMALLEST = 1e-3  # a logarithm needs something; a thousandth of the mean load is nothing
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Traits:
    """The load over some hours.

    `curve`: 3 by 24, the median of each local hour on working days, Saturdays and Sundays over the mean load; NaN where
    there is no such hour. `level`: log10 of the mean load in kW. `weather`: what a day's load rises by for each K below
    15.5 degC and above 18.3 degC, over the mean load; 0 where no temperature is known. `duration`: natural logarithm of
    seven percentiles over the mean. `spread`: log10 of how far the same hour of the day differs from day to day
    (quartile range over the mean). `step`: log10 of the usual change from hour to hour over the mean.
    """

    curve: Values
    level: float
    weather: Values
    duration: Values
    spread: float
    step: float
    coverage: float

    @property
    def mean_kw(self) -> float:
        """Return the mean load."""
        return float(10**self.level)


def traits_of(
    hours: Values, clock: LocalClock, temperature_degc: Values | None = None, among: Mask | None = None
) -> Traits:
    """Return the traits of n hourly amounts (kWh an hour; NaN does not count), of the hours `among` where given.

    Raises `NoData` where fewer than 96 hours count, or where the load is zero throughout.
    """
    inside = np.ones(len(hours), dtype=bool) if among is None else among
    load = np.where(inside, hours, np.nan)
    valid = load[np.isfinite(load)]
    if len(valid) < LEAST_HOURS:
        raise NoData(f"{len(valid)} valid hours are too few to say what a load is like; {LEAST_HOURS} are needed")
    mean = float(valid.mean())
    if mean <= 0:
        raise NoData("the load is zero throughout, so there is nothing to compare")
    curve, spread = _curve(load / mean, clock)
    return Traits(
        curve=curve,
        level=float(np.log10(mean)),
        weather=weather_response(load / mean, clock, temperature_degc),
        duration=np.log(np.maximum(np.percentile(valid, QUANTILES) / mean, SMALLEST)),
        spread=float(np.log10(max(spread, SMALLEST))),
        step=float(np.log10(max(_step(load / mean), SMALLEST))),
        coverage=float(len(valid) / inside.sum()),
    )


def _curve(load: Values, clock: LocalClock) -> tuple[Values, float]:
    """Return the median of each hour by kind of day, and the mean quartile range of the same hour."""
    kind = np.maximum(clock.weekday - 4, 0)
    curve, ranges = np.full((CURVES, 24), np.nan), []
    for day in range(CURVES):
        for hour in range(24):
            values = load[(kind == day) & (clock.hour == hour)]
            values = values[np.isfinite(values)]
            if len(values):
                low, curve[day, hour], high = np.percentile(values, [25, 50, 75])
                ranges += [high - low] * len(values)
    return curve, float(np.mean(ranges))


def _step(load: Values) -> float:
    steps = np.abs(np.diff(load))
    steps = steps[np.isfinite(steps)]
    return float(np.median(steps)) if len(steps) else 0.0


def weather_response(load: Values, clock: LocalClock, temperature_degc: Values | None) -> Values:
    """Return what a day's load rises by for each K of heating and of cooling; 0 where it cannot be told.

    Least squares on daily means, weekends by themselves. A side on which the weather hardly moved says nothing.
    """
    day, mean, outside = daily(load, clock, temperature_degc)
    known = np.isfinite(mean) & np.isfinite(outside)
    if known.sum() < LEAST_DAYS:
        return np.zeros(2)
    heating = np.maximum(HEATING_BASE_DEGC - outside[known], 0.0)
    cooling = np.maximum(outside[known] - COOLING_BASE_DEGC, 0.0)
    sides = [x if np.ptp(x) >= 2.0 else np.zeros_like(x) for x in (heating, cooling)]
    free = ((day[known] + 3) % 7 >= 5).astype(np.float64)
    terms = np.column_stack([np.ones(len(free)), free, *sides])
    return np.asarray(np.linalg.lstsq(terms, mean[known], rcond=None)[0][2:])


def daily(load: Values, clock: LocalClock, temperature_degc: Values | None) -> tuple[NDArray[np.int64], Values, Values]:
    """Return the local days since 1970, the mean load of each and its mean temperature.

    A day's load is NaN where under 80 % of the most hours that any day has are valid.
    """
    key = clock.keys("day")
    row = key - key[0]
    days = int(row[-1]) + 1
    mean, count = _means(load, row, days)
    mean = np.where(count >= LEAST_DAY_SHARE * max(int(count.max()), 1), mean, np.nan)
    outside = np.full(days, np.nan) if temperature_degc is None else _means(temperature_degc, row, days)[0]
    return key[0] + np.arange(days), mean, outside


def _means(values: Values, row: NDArray[np.int64], days: int) -> tuple[Values, NDArray[np.int64]]:
    valid = np.isfinite(values)
    count = np.bincount(row[valid], minlength=days)
    total = np.bincount(row[valid], weights=values[valid], minlength=days)
    return np.divide(total, count, out=np.full(days, np.nan), where=count > 0), count
