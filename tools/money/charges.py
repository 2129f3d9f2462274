"""The charges of one tariff over a load: one for each month and line."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tools.figures import Values
from tools.money.rates import Priced
from tools.money.tariff import Tariff

Part = Literal["energy", "demand", "standing", "tax"]


class Charge(NamedTuple):
    """An amount of a month (since 1970) for a quantity in `unit`: kWh, kW, days, or '' for a tax."""

    month: int
    part: Part
    name: str
    amount: float
    quantity: float
    unit: str


@dataclass(frozen=True, slots=True, eq=False)
class Load:
    """A load on its calendar; arrays of n hours. `taken_kwh`, `fed_in_kwh`: not below zero, NaN where not valid.

    `cell`: of the year, for rates. `day`, `month`: since 1970, local.
    """

    taken_kwh: Values
    fed_in_kwh: Values
    cell: NDArray[np.int64]
    day: NDArray[np.int64]
    month: NDArray[np.int64]


def charges_of(tariff: Tariff, load: Load, priced: Priced, mine: NDArray[np.bool_]) -> list[Charge]:
    """Return what a tariff charges for the hours that are its own."""
    found = [*_energy(load, priced, mine), *_export(tariff, load, mine), *_demand(tariff, load, mine)]
    found += _standing(tariff, load, mine)
    return found + _tax(tariff, found)


def _energy(load: Load, priced: Priced, mine: NDArray[np.bool_]) -> list[Charge]:
    counts = mine & np.isfinite(load.taken_kwh) & (load.taken_kwh > 0)
    found = []
    for month in np.unique(load.month[counts]):
        for rate, name in enumerate(priced.names):
            at = counts & (load.month == month) & (priced.rate == rate)
            if at.any():
                kwh = load.taken_kwh[at]
                found.append(
                    Charge(int(month), "energy", name, float(kwh @ priced.price_per_kwh[at]), float(kwh.sum()), "kWh")
                )
    return found


def _export(tariff: Tariff, load: Load, mine: NDArray[np.bool_]) -> list[Charge]:
    counts = mine & (load.fed_in_kwh > 0)
    if tariff.export_per_kwh is None:
        return []
    by_month = {int(m): float(load.fed_in_kwh[counts & (load.month == m)].sum()) for m in np.unique(load.month[counts])}
    return [Charge(m, "energy", "fed in", -kwh * tariff.export_per_kwh, -kwh, "kWh") for m, kwh in by_month.items()]


def _demand(tariff: Tariff, load: Load, mine: NDArray[np.bool_]) -> list[Charge]:
    """Return the demand charges; of a month that two tariffs share, each bills the share of its days."""
    found = []
    own = np.where(mine, load.taken_kwh, np.nan)
    for charge in tariff.demand:
        for month, kw in charge.billed_kw(charge.measured_kw(own, load.cell, load.month)).items():
            days = np.unique(load.day[load.month == month])
            share = len(np.unique(load.day[mine & (load.month == month)])) / len(days)
            found.append(Charge(month, "demand", charge.name, share * kw * charge.price_per_kw, share * kw, "kW"))
    return found


def _standing(tariff: Tariff, load: Load, mine: NDArray[np.bool_]) -> list[Charge]:
    if not tariff.standing_per_day:
        return []
    days, first = np.unique(load.day[mine], return_index=True)
    months, counts = np.unique(load.month[mine][first], return_counts=True)
    return [
        Charge(int(m), "standing", "standing charge", int(n) * tariff.standing_per_day, float(n), "days")
        for m, n in zip(months, counts, strict=True)
        if len(days)
    ]


def _tax(tariff: Tariff, untaxed: list[Charge]) -> list[Charge]:
    if not tariff.tax_percent:
        return []
    months = sorted({charge.month for charge in untaxed})
    due = {m: tariff.tax_percent / 100.0 * sum(c.amount for c in untaxed if c.month == m) for m in months}
    return [Charge(m, "tax", f"tax of {tariff.tax_percent:g} %", amount, 0.0, "") for m, amount in due.items()]
