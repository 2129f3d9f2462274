"""What a load costs under a tariff, month by month and line by line.

Each valid hour costs its kWh times its price; hours without a reading cost nothing and are said. Demand is billed for
each month that has a valid hour, whole; the standing charge for each day of the record. A holiday is billed as a
Sunday.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from tools.clock import LocalClock, key_name
from tools.errors import NoData, TariffGap
from tools.figures import Values
from tools.money.charges import Charge, Load, charges_of
from tools.money.rates import Priced, cells_of
from tools.money.tariff import Tariff, tariff_of_each_day
from tools.profiles.day_grid import EPOCH

SAY_COVERAGE_BELOW = 0.95


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the bill over the whole period. `quantity` is in `unit`: kWh, kW (summed over months), days, or ''."""

    name: str
    amount: float
    quantity: float
    unit: str


@dataclass(frozen=True, slots=True)
class MonthCost:
    """A month's bill by part. `month`: '2019-03'. `kwh`: what was taken; `peak_kw`: None where no hour is valid."""

    month: str
    kwh: float
    peak_kw: float | None
    energy: float
    demand: float
    standing: float
    tax: float
    total: float


@dataclass(frozen=True, slots=True)
class Cost:
    """What a load costs. `kwh`: what was taken. `per_kwh`: all of it over that, None where nothing was taken.

    `negative_hours`: hours with use whose price was below zero; `negative_amount`: their cost, not above zero.
    """

    currency: str
    total: float
    lines: tuple[Line, ...]
    months: tuple[MonthCost, ...]
    kwh: float
    per_kwh: float | None
    negative_hours: int
    negative_amount: float
    coverage: float
    notes: tuple[str, ...]


def cost(
    hours: Values, clock: LocalClock, tariffs: Sequence[Tariff], holidays: AbstractSet[date] = frozenset()
) -> Cost:
    """Return the cost of hourly use (kWh; below zero is fed in) under the tariffs that hold.

    Raises `NoData` where no hour is valid, `TariffGap` where an hour with use has no price, `BadQuestion` where tariffs
    overlap.
    """
    if not np.isfinite(hours).any():
        raise NoData("no valid hour in this period, so there is no cost")
    load = _calendar(hours, clock, holidays)
    held = tariff_of_each_day(tariffs, load.day)
    charges: list[Charge] = []
    prices = np.full(len(hours), np.nan)
    for index in np.unique(held):
        mine = held == index
        priced = _checked(tariffs[index].energy.priced(load.cell), load, mine, clock)
        prices[mine] = priced.price_per_kwh[mine]
        charges += charges_of(tariffs[index], load, priced, mine)
    used = [tariffs[index] for index in np.unique(held)]
    total, taken = sum(c.amount for c in charges), float(np.nansum(load.taken_kwh))
    below = (prices < 0) & (load.taken_kwh > 0)
    coverage = float(np.isfinite(hours).mean())
    return Cost(
        currency=used[0].currency,
        total=total,
        lines=_lines(charges),
        months=_months(charges, load),
        kwh=taken,
        per_kwh=total / taken if taken > 0 else None,
        negative_hours=int(below.sum()),
        negative_amount=float(load.taken_kwh[below] @ prices[below]),
        coverage=coverage,
        notes=_notes(used, load, coverage, clock),
    )


def _calendar(hours: Values, clock: LocalClock, holidays: AbstractSet[date]) -> Load:
    day = clock.keys("day")
    free = np.isin(day, np.array([(at - EPOCH).days for at in holidays], dtype=np.int64))
    taken, fed_in = np.maximum(hours, 0.0), np.maximum(-hours, 0.0)
    return Load(taken, fed_in, cells_of(clock, free), day, clock.keys("month"))


def _checked(priced: Priced, load: Load, mine: NDArray[np.bool_], clock: LocalClock) -> Priced:
    """Return prices that every hour with use has. Raises `TariffGap` naming the first hours without."""
    gap = np.flatnonzero(mine & ~np.isfinite(priced.price_per_kwh) & (load.taken_kwh > 0))
    if len(gap):
        run = gap[: 1 + int(np.argmax(np.append(np.diff(gap) != 1, True)))]
        end = clock.local[run[-1]] + np.timedelta64(60, "m")
        raise TariffGap(
            f"there is no price from {_minute(clock.local[run[0]])} to {_minute(end)} ({len(gap)} hours with use have "
            "none); load the prices, or ask for a period that has them"
        )
    return priced


def _minute(at: np.datetime64) -> str:
    return str(at.astype("M8[m]")).replace("T", " ")


def _lines(charges: Iterable[Charge]) -> tuple[Line, ...]:
    """Return the charges summed by name, in the order of a bill."""
    found: dict[str, Line] = {}
    for c in charges:
        before = found.get(c.name, Line(c.name, 0.0, 0.0, c.unit))
        found[c.name] = Line(c.name, before.amount + c.amount, before.quantity + c.quantity, c.unit)
    return tuple(found.values())


def _months(charges: Sequence[Charge], load: Load) -> tuple[MonthCost, ...]:
    return tuple(_month(int(key), [c for c in charges if c.month == key], load) for key in np.unique(load.month))


def _month(key: int, charges: Sequence[Charge], load: Load) -> MonthCost:
    taken = load.taken_kwh[load.month == key]
    valid = taken[np.isfinite(taken)]
    sums = {part: sum(c.amount for c in charges if c.part == part) for part in ("energy", "demand", "standing", "tax")}
    peak = float(valid.max()) if len(valid) else None
    return MonthCost(key_name("month", key), float(valid.sum()), peak, **sums, total=sum(sums.values()))


def _notes(used: Sequence[Tariff], load: Load, coverage: float, clock: LocalClock) -> tuple[str, ...]:
    notes = []
    if coverage < SAY_COVERAGE_BELOW:
        notes.append(f"{100 * coverage:.1f} % of the hours have a reading; the others cost nothing here")
    if any(t.demand for t in used):
        notes.append("demand is of hourly means; the means of 15 or 30 minutes that utilities bill are not lower")
        notes += _cut_months(load, clock)
    fed_in = float(np.nansum(load.fed_in_kwh))
    if fed_in and all(t.export_per_kwh is None for t in used):
        notes.append(f"{fed_in:,.0f} kWh were fed in and earn nothing, as no price is set for them")
    return tuple(notes)


def _cut_months(load: Load, clock: LocalClock) -> list[str]:
    """Say which months the period cuts off: their demand is billed whole, and their peak may not be in it."""
    cut = []
    for month, at in ((load.month[0], clock.local[0]), (load.month[-1], clock.local[-1] + np.timedelta64(60, "m"))):
        begins = at.astype("M8[M]").astype("M8[m]")
        if at != begins and key_name("month", int(month)) not in cut:
            cut.append(key_name("month", int(month)))
    return [f"only part of {' and '.join(cut)} is in the period, and its demand is billed whole"] if cut else []
