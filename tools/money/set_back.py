"""What a set-back would save: rooms kept n K colder while heating, or n K warmer while cooling.

From a fitted change-point model: use rises by a slope for each K that a day is below (heating) or above (cooling) a
balance point, by its mean temperature or over its hours, as the model was fitted. In the steady state a setpoint moved
by n K moves the balance point by n K (ASHRAE Fundamentals, energy estimating: the variable-base degree-day method), so
a day saves its slope times the degrees that fall away, never more than n. A set-back of some hours of the day saves
that share of it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.baseline.change_point import DailyModel
from tools.baseline.degree_days import DegreeDayKind, excess_k
from tools.baseline.weather import Basis
from tools.clock import LocalClock
from tools.errors import BadQuestion, NoData
from tools.figures import Values
from tools.money.what_if import WhatIf, changed

Z_95 = 1.959964
LARGEST_SET_BACK_K = 8.0


@dataclass(frozen=True, slots=True)
class WeatherSlope:
    """How a building's daily use answers the weather, from a change-point model.

    `kwh_per_k_day`: rise for each K beyond `balance_degc`, above zero. `standard_error`: of the slope, None if not
    known. `basis`: whether a day's K are those of its mean temperature or the mean of those of its hours.
    """

    kind: DegreeDayKind
    kwh_per_k_day: float
    balance_degc: float
    standard_error: float | None = None
    basis: Basis = "daily_mean"


def weather_slope(model: DailyModel, kind: DegreeDayKind) -> WeatherSlope:
    """Return a fitted model's slope and balance point. Raises `NoData` where it has no heating (or no cooling) part."""
    line, side = model.line, "below" if kind == "heating" else "above"
    if not (line.has_heating if kind == "heating" else line.has_cooling):
        raise NoData(
            f"the fitted model ({line.shape}) has no {kind} part, so a set-back saves nothing that it can show"
        )
    errors = {p.name: p.standard_error for p in model.parameters()}
    error = errors.get(f"{kind}_kwh_per_k", errors.get(f"{side}_kwh_per_k"))
    slope = line.below_kwh_per_k if kind == "heating" else line.above_kwh_per_k
    return WeatherSlope(kind, slope, line.low_degc if kind == "heating" else line.high_degc, error, line.basis)


def set_back(
    hours: Values,
    clock: LocalClock,
    temperature_degc: Values,
    slope: WeatherSlope,
    by_k: float,
    during: NDArray[np.bool_] | None = None,
) -> WhatIf:
    """Return the load with the setpoint moved by `by_k` in the hours that `during` marks, all where it is None.

    A day's saving is taken from its marked hours in proportion to their load. Days without a temperature save nothing.
    Raises `BadQuestion` for a set-back that is not above zero, `NoData` where the use does not answer the weather.
    """
    if not 0 < by_k <= LARGEST_SET_BACK_K:
        raise BadQuestion(f"a set-back of {by_k:g} K cannot be worked out; give more than 0, at most 8 K")
    if not slope.kwh_per_k_day > 0:
        raise NoData(f"the use does not rise with {slope.kind}, so a set-back saves nothing that the data can show")
    marked = np.ones(len(hours), dtype=bool) if during is None else during
    row, share = _rows(clock, marked)
    saved = slope.kwh_per_k_day * _degrees(temperature_degc, row, slope, by_k) * share
    after, capped = _taken(hours, marked, row, saved)
    error = None if slope.standard_error is None else Z_95 * slope.standard_error / slope.kwh_per_k_day
    return changed(_name(slope, by_k), hours, after, _assumptions(slope, by_k, marked), _notes(capped), error)


def _rows(clock: LocalClock, marked: NDArray[np.bool_]) -> tuple[NDArray[np.int64], Values]:
    """Return the day of each hour, from 0, and the share of each day's hours that are marked."""
    day = clock.keys("day")
    row = day - day[0] if len(day) else day
    return row, np.bincount(row, weights=marked) / np.maximum(np.bincount(row), 1)


def _degrees(temperature_degc: Values, row: NDArray[np.int64], slope: WeatherSlope, by_k: float) -> Values:
    """Return the degrees (K) of each day that fall away, 0 where its temperature is not known."""
    moved = slope.balance_degc + (-by_k if slope.kind == "heating" else by_k)
    degc = temperature_degc if slope.basis == "hourly" else _day_means(temperature_degc, row)
    fallen = excess_k(degc, slope.balance_degc, slope.kind) - excess_k(degc, moved, slope.kind)
    return np.asarray(np.nan_to_num(_day_means(fallen, row) if slope.basis == "hourly" else fallen))


def _day_means(values: Values, row: NDArray[np.int64]) -> Values:
    """Return the mean of the known hours of each day, NaN where none is."""
    known = np.isfinite(values)
    counts = np.bincount(row[known], minlength=int(row.max(initial=-1)) + 1)
    sums = np.bincount(row[known], weights=values[known], minlength=len(counts))
    return np.asarray(np.divide(sums, counts, out=np.full(len(counts), np.nan), where=counts > 0))


def _taken(hours: Values, marked: NDArray[np.bool_], row: NDArray[np.int64], saved: Values) -> tuple[Values, int]:
    """Return the hours less each day's saving, and on how many days there was less to save than worked out."""
    counts = marked & np.isfinite(hours) & (hours > 0)
    load = np.bincount(row[counts], weights=hours[counts], minlength=len(saved))
    all_marked = np.bincount(row[marked], minlength=len(saved))
    valid = np.bincount(row[marked & np.isfinite(hours)], minlength=len(saved))
    due = saved * valid / np.maximum(all_marked, 1)
    part = np.divide(due, load, out=np.zeros(len(saved)), where=load > 0)
    after = np.where(counts, hours * (1.0 - np.minimum(part, 1.0)[row]), hours)
    return after, int(((part > 1) | ((load <= 0) & (due > 0) & (valid > 0))).sum())


def _name(slope: WeatherSlope, by_k: float) -> str:
    return f"a set-back by {by_k:g} K" if slope.kind == "heating" else f"cooling to {by_k:g} K warmer"


def _assumptions(slope: WeatherSlope, by_k: float, marked: NDArray[np.bool_]) -> tuple[str, ...]:
    share = 100.0 * float(marked.mean()) if len(marked) else 0.0
    words = [
        f"use rises by {slope.kwh_per_k_day:.4g} kWh a day for each K beyond {slope.balance_degc:.3g} degC",
        f"moving the setpoint by {by_k:g} K moves the balance point by as much",
    ]
    if share < 100:
        words.append(
            f"it holds in {share:.0f} % of the hours and the rooms follow at once; a heavy building follows slowly, "
            "saves less, and needs extra power to recover"
        )
    return tuple(words)


def _notes(capped: int) -> tuple[str, ...]:
    return (f"on {capped} days there was less use in those hours than the model would save",) if capped else ()
