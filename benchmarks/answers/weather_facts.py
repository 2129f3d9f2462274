"""Truths that hang on the weather: degree days, and what a plain change-point regression expects.

The regression here is simpler than the product's (least squares on a grid of balance points, no memory in the errors),
so a truth that comes from it holds within a stated part of the use and not to 0.5 %. What needs no model is exact.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd

from benchmarks.answers.facts import Dates, Fact, Quantity, Sources, fact, parts
from benchmarks.answers.hours import daily_degc, daily_kwh, free_days, site_of

BASE_DEGC = {"cambridge": 15.5, "iiitd": 18.3}
COOLING_BASE_DEGC = 18.3
MODEL_PART = 0.03  # of the expected use: how far a plain regression and a careful one may lie apart
HEATING_POINTS, COOLING_POINTS = np.arange(6, 20.5, 0.5), np.arange(10, 30.5, 0.5)


def degree_days(
    sources: Sources, building: str, dates: Dates, base: float | None = None, *, cooling: bool = False
) -> list[Fact]:
    """Return the degree days of a building's site from daily means."""
    degc = daily_degc(sources, building, dates).dropna()
    base = base if base is not None else COOLING_BASE_DEGC if cooling else BASE_DEGC[site_of(building)]
    excess = (degc - base) if cooling else (base - degc)
    return [of_site(fact(excess.clip(lower=0).sum(), "K_d", [building], dates))]


def of_site(one: Fact) -> Fact:
    """Return a fact of a site's weather, which may be told of any of its buildings."""
    return {key: value for key, value in one.items() if key != "buildings"}


def degree_day_change(sources: Sources, building: str, asked: Dates, reference: Dates) -> list[Fact]:
    """Return the difference of two periods' heating degree days, its percent, and both."""
    one, other = (degree_days(sources, building, dates)[0] for dates in (asked, reference))
    difference = one["value"] - other["value"]
    change = [(difference, "K_d"), (100 * difference / other["value"], "percent")]
    return [of_site(fact(value, unit, [building])) for value, unit in change] + [one, other]


def monthly_degree_days(sources: Sources, building: str, dates: Dates) -> list[Fact]:
    """Return the degree days of each month, in order."""
    return [degree_days(sources, building, month)[0] for month in parts(dates, "M")]


# A plain change-point regression.


@dataclass(frozen=True)
class Model:
    """Least squares: base load, day-off level, and slopes below a heating and above a cooling balance point."""

    heating: float | None
    cooling: float | None
    weights: np.ndarray

    def expected(self, degc: np.ndarray, off: np.ndarray) -> np.ndarray:
        """Return the use of each day."""
        return np.asarray(columns(degc, off, self.heating, self.cooling) @ self.weights)


def columns(degc: np.ndarray, off: np.ndarray, heating: float | None, cooling: float | None) -> np.ndarray:
    """Return the regressors: one, day off, K below the heating and above the cooling balance point."""
    found = [np.ones_like(degc), off]
    found += [] if heating is None else [np.clip(heating - degc, 0, None)]
    found += [] if cooling is None else [np.clip(degc - cooling, 0, None)]
    return np.stack(found, axis=1)


def fitted(days: pd.DataFrame, *, heating_only: bool = False) -> Model:
    """Return the model with the least BIC; a slope below zero is no model."""
    degc, off, kwh = (days[name].to_numpy(float) for name in ("degc", "off", "kwh"))
    points: list[tuple[float | None, float | None]] = [(h, None) for h in (None, *HEATING_POINTS)]
    if not heating_only:
        points += [(None, c) for c in COOLING_POINTS]
        points += [(h, c) for h, c in product(HEATING_POINTS[::2], COOLING_POINTS[::2]) if c > h]
    best, least = None, np.inf
    for heating, cooling in points:
        x = columns(degc, off, heating, cooling)
        weights, *_ = np.linalg.lstsq(x, kwh, rcond=None)
        if (weights[2:] < 0).any():
            continue
        size = x.shape[1] + sum(p is not None for p in (heating, cooling))
        score = len(kwh) * np.log(((kwh - x @ weights) ** 2).mean()) + size * np.log(len(kwh))
        best, least = (Model(heating, cooling, weights), score) if score < least else (best, least)
    if best is None:
        raise ValueError("no model fits")
    return best


def days_of(sources: Sources, building: str, dates: Dates, quantity: Quantity) -> pd.DataFrame:
    """Return the days that count, with use, temperature, and whether they are Saturday, Sunday or holiday."""
    days = pd.DataFrame(
        {"kwh": daily_kwh(sources, building, dates, quantity), "degc": daily_degc(sources, building, dates)}
    ).dropna()
    weekday = pd.DatetimeIndex(days.index).day_of_week
    return days.assign(off=((weekday >= 5) | days.index.isin(list(free_days(site_of(building))))).astype(float))


def against_baseline(
    sources: Sources, building: str, dates: Dates, fitted_to: Dates, quantity: Quantity = "electricity", sign: int = 1
) -> list[Fact]:
    """Return use above baseline (sign 1) or savings (-1), that in percent, and both operands.

    The measured use, third, is exact; what is expected, fourth, is within `MODEL_PART`.
    """
    model = fitted(days_of(sources, building, fitted_to, quantity), heating_only=quantity == "gas")
    days = days_of(sources, building, dates, quantity)
    expected, measured = float(model.expected(days.degc.to_numpy(), days.off.to_numpy()).sum()), float(days.kwh.sum())
    above, near = sign * (measured - expected), MODEL_PART * expected
    return [
        fact(above, "kWh", [building], within=near),
        fact(100 * above / expected, "percent", [building], within=100 * MODEL_PART),
        fact(measured, "kWh", [building]),
        fact(expected, "kWh", [building], within=near),
    ]


def savings(
    sources: Sources, building: str, dates: Dates, fitted_to: Dates, quantity: Quantity = "electricity"
) -> list[Fact]:
    """Return what was saved against the baseline of the time before."""
    return against_baseline(sources, building, dates, fitted_to, quantity, -1)


def furthest_below_baseline(sources: Sources, buildings: tuple[str, ...], dates: Dates, before: Dates) -> list[Fact]:
    """Return the building whose use lies furthest below its baseline, in kWh."""
    found = [against_baseline(sources, building, dates, before)[0] for building in buildings]
    first, second = sorted(found, key=lambda one: float(one["value"]))[:2]
    if second["value"] - first["value"] < first["within"] + second["within"]:
        raise ValueError(f"{first['buildings']} and {second['buildings']} are too near; ask about another period")
    return [first]


def set_back(sources: Sources, building: str, dates: Dates, kelvin: float, quantity: Quantity) -> list[Fact]:
    """Return what a lower heating set-point would have spared by the regression, within a fifth."""
    days = days_of(sources, building, dates, quantity)
    model = fitted(days, heating_only=quantity == "gas")
    if model.heating is None:
        raise ValueError(f"{building}'s {quantity} does not heat")
    spared = float((model.weights[2] * np.clip(model.heating - days.degc, 0, kelvin)).sum())
    return [fact(spared, "kWh", [building], within=0.2 * spared)]


def normal_intensity(sources: Sources, building: str, dates: Dates, years: tuple[str, ...]) -> list[Fact]:
    """Return electricity per floor area in the weather of some whole years, scaled to 365 days, within 3 %."""
    model = fitted(days_of(sources, building, dates, "electricity"))
    sums = []
    for year in years:
        degc = daily_degc(sources, building, year).dropna()
        weekday = pd.DatetimeIndex(degc.index).day_of_week
        off = (weekday >= 5) | degc.index.isin(list(free_days(site_of(building))))
        sums.append(365 * float(model.expected(degc.to_numpy(), off.astype(float)).mean()))
    value = float(np.mean(sums)) / sources.area_m2(building)
    return [fact(value, "kWh_per_m2", [building], within=MODEL_PART * value)]
