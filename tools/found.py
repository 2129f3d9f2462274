"""The value of one slice: which figure, in which unit, by which method."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from tools.energy_query import EnergyQuery, Hours, Per
from tools.errors import NoData
from tools.figures import Figure
from tools.picked_hours import PickedHours
from tools.readings import Inventory
from tools.slices import Slice

UNIT = {"electricity": "kWh", "gas": "kWh", "total": "kWh", "carbon": "kgCO2e"}
HOURS_IN = {"hour": 1.0, "day": 24.0, "week": 168.0, "month": 730.5, "year": 8766.0}
HOURS_A_DAY = {"night": 8.0, "day": 16.0}
DAYS_A_WEEK = {"weekend": 2.0, "weekday": 5.0}
METHOD = {
    "total": "sum of the valid hours",
    "mean": "mean of the valid hours",
    "peak": "largest valid hour; the first where several are equal",
    "minimum": "smallest valid hour; the first where several are equal",
    "baseload": "5th percentile of the valid hours",
    "load_factor": "mean over peak of the valid hours",
    "intensity": "sum of the valid hours over the floor area",
    "quality": "valid hours over the hours of the period",
}
FACTOR_METHOD = {
    "carbon": ", each hour times the grid's carbon factor of that hour",
    "cost": ", each hour times its price",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A computed value with its unit, coverage (0 to 1), method, and its own hour where it has one."""

    value: float
    unit: str
    coverage: float
    method: str
    at: datetime | None = None


def amount_unit(query: EnergyQuery, slice_: Slice, inventory: Inventory) -> str:
    """Return the unit of a sum: kWh, kgCO2e, or the site's currency."""
    if query.measure == "cost":
        return inventory.sites[slice_.uses[0].site].currency or "currency"
    return UNIT[query.measure]


def evaluate(query: EnergyQuery, slice_: Slice, inventory: Inventory) -> Found | None:
    """Return the query's statistic of a slice; None where no hour of it counts.

    Raises `NoData` where the statistic needs what nobody has given, such as a floor area.
    """
    statistic = "total" if query.statistic in ("share", "quality", "intensity") else query.statistic
    got = slice_.figure(statistic)
    method = METHOD.get(query.statistic, METHOD["total"]) + FACTOR_METHOD.get(query.measure, "")
    if query.statistic == "quality":
        return _quality(got, method)
    if got is None:
        return None
    unit = amount_unit(query, slice_, inventory)
    if query.statistic == "intensity":
        area = area_of(slice_, inventory)
        return Found(got.value / area, f"{unit}_per_m2", got.coverage, method)
    return _in_unit(query, slice_, got, unit, method)


def _quality(got: Figure | None, method: str) -> Found:
    coverage = got.coverage if got else 0.0
    return Found(100.0 * coverage, "percent", coverage, method)


def _in_unit(query: EnergyQuery, slice_: Slice, got: Figure, unit: str, method: str) -> Found:
    at = slice_.hour_at(got.at) if got.at is not None else None
    if query.statistic == "load_factor":
        return Found(got.value, "ratio", got.coverage, method, at)
    if query.statistic == "mean" and query.per and query.per != "hour":
        scaled = f"{method}, times the hours of a {query.per}"
        return Found(got.value * hours_in(query.per, query.hours), unit, got.coverage, scaled, at)
    if query.statistic in ("mean", "peak", "minimum", "baseload") and unit == "kWh":
        return Found(got.value, "kW", got.coverage, method, at)
    return Found(got.value, unit, got.coverage, method, at)


def hours_in(per: Per, hours: Hours) -> float:
    """Return how many of the hours that count are in a day, week, month or year: 8 nightly ones in a day.

    A day of the weekend is a whole one, and a week has two of them.
    """
    if isinstance(hours, PickedHours):
        days = 1.0 if per == "day" else HOURS_IN[per] / 168.0 * hours.days_a_week
        return days * hours.hours_a_day
    days = 1.0 if per == "day" else HOURS_IN[per] / 168.0 * DAYS_A_WEEK.get(hours, 7.0)
    return days * HOURS_A_DAY.get(hours, 24.0)


def area_of(slice_: Slice, inventory: Inventory) -> float:
    """Return the floor area of a slice's buildings, m2. Raises `NoData` naming those without one."""
    areas = {b: inventory.buildings[b].area_m2 for b in slice_.buildings}
    without = [b for b, area in areas.items() if not area]
    if without:
        raise NoData(
            f"the floor area of {', '.join(without)} is not known, so there is no intensity; "
            f"give it with `eaio building set {without[0]} --area M2`"
        )
    return float(np.sum([area for area in areas.values() if area]))


def difference(one: Found, other: Found) -> Found:
    """Return `one` less `other`; its coverage is the poorer of the two."""
    return Found(one.value - other.value, one.unit, min(one.coverage, other.coverage), "first figure less the second")
