"""Truths of what-if, payback, emissions and cost by a stated price, from hours, prices and factors of the sources."""

from typing import Literal

import numpy as np
import pandas as pd

from benchmarks.answers.facts import Dates, Fact, Hourly, Sources, fact, hourly, total
from benchmarks.answers.hours import hours
from benchmarks.answers.peer_facts import TABLES

Money = Literal["kWh", "GBP", "kgCO2e"]


def worth_per_kwh(sources: Sources, unit: Money, price: float | None = None) -> "Hourly | float":
    """Return what a kWh is worth in a unit: 1, a stated price, or the price or carbon factor of each hour."""
    if unit == "kWh" or price is not None:
        return 1.0 if price is None else price
    return sources.years("price_agile_regA" if unit == "GBP" else "carbon_intensity")


def worth(sources: Sources, spared: Hourly, unit: Money, price: float | None = None) -> float:
    """Return what spared kWh are worth, hours without a price or factor left out."""
    each = worth_per_kwh(sources, unit, price)
    return float((spared * (each if isinstance(each, float) else each.reindex(spared.index))).sum())


def led_by(
    sources: Sources, spared: Hourly, building: str, dates: Dates, lead: Money, price: float | None
) -> list[Fact]:
    """Return the saving in the unit asked for, then in kWh wherever that stands."""
    figures = [fact(worth(sources, spared, lead, price), lead, [building], dates)]
    if lead != "kWh":
        figures.append(fact(spared.sum(), "kWh", [building], dates, index=None))
    return figures


def close_weekends(
    sources: Sources, building: str, dates: Dates, lead: Money = "kWh", price: float | None = None
) -> list[Fact]:
    """Return what lies above the median of the nights of working days in every hour of a Saturday or Sunday."""
    table = hours(sources, building, dates)
    nights = (table.weekday < 5) & ((table.hour >= 22) | (table.hour < 6))
    level = max(float(table.kwh[nights].median()), 0.0)
    spared = (table.kwh - level).clip(lower=0).where(table.weekday >= 5, 0.0).fillna(0.0)
    return led_by(sources, spared, building, dates, lead, price)


def closing_together(sources: Sources, buildings: tuple[str, ...], dates: Dates) -> list[Fact]:
    """Return what closing several buildings at weekends spares in all."""
    spared = sum(close_weekends(sources, building, dates)[0]["value"] for building in buildings)
    return [fact(spared, "kWh", list(buildings), dates)]


def cut_baseload(
    sources: Sources, building: str, dates: Dates, percent: float, lead: Money = "kWh", price: float | None = None
) -> list[Fact]:
    """Return a part of the 5th percentile in every valid hour, or of the hour where that is less."""
    kwh = hours(sources, building, dates).kwh.dropna()
    spared = percent / 100 * kwh.clip(lower=0, upper=np.percentile(kwh, 5))
    return led_by(sources, spared, building, dates, lead, price)


def shift(sources: Sources, building: str, dates: Dates, later_h: int) -> list[Fact]:
    """Return what it spares in money to move what lies above the 5th percentile to other hours."""
    kwh = hours(sources, building, dates).kwh
    above = (kwh - np.percentile(kwh.dropna(), 5)).clip(lower=0).to_numpy()
    moved = np.zeros(len(above))
    for at in np.flatnonzero(np.isfinite(above)):
        to = at + later_h
        if 0 <= to < len(above) and np.isfinite(above[to]):
            moved[at] += above[at]
            moved[to] -= above[at]
    return [fact(worth(sources, pd.Series(moved, index=kwh.index), "GBP"), "GBP", [building], dates)]


def payback(investment: float, saving_a_year: float, building: str | None = None) -> list[Fact]:
    """Return investment over a year's saving."""
    one = fact(investment / saving_a_year, "years", [building or ""])
    return [one if building else {key: value for key, value in one.items() if key != "buildings"}]


def stated_payback(_sources: Sources, investment: float, saving_a_year: float) -> list[Fact]:
    """Return the payback of a stated saving."""
    return payback(investment, saving_a_year)


def payback_of_closing(sources: Sources, building: str, investment: float, year: Dates) -> list[Fact]:
    """Return the payback of closing at weekends, by the prices of a year."""
    return payback(investment, close_weekends(sources, building, year, "GBP")[0]["value"], building)


def payback_of_cut(sources: Sources, building: str, investment: float, percent: float, year: Dates) -> list[Fact]:
    """Return the payback of a smaller baseload, by the prices of a year."""
    return payback(investment, cut_baseload(sources, building, year, percent, "GBP")[0]["value"], building)


def market_based(sources: Sources, building: str, dates: Dates, factor: float) -> list[Fact]:
    """Return the use of the hours with a grid factor times a contract's, then the location-based figure."""
    table = hours(sources, building, dates)
    counted = table.kwh[hourly(sources, building, "carbon").reindex(table.index).notna()].sum()
    (location,) = total(sources, building, dates, "carbon")
    rest = {key: value for key, value in location.items() if key != "coverage"}
    return [fact(counted * factor, "kgCO2e", [building], dates), rest | {"index": None}]


def scope1(sources: Sources, building: str, year: Dates) -> list[Fact]:
    """Return the gas of a year, as labelled, times the year's factor of the UK Government."""
    table = pd.read_csv(TABLES / "carbon_factors.csv")
    factor = table[(table.region == "GB") & (table.carrier == "gas") & (table.year == int(year))].kg_per_kwh.item()
    (use,) = total(sources, building, year, "gas")
    return [use | {"value": use["value"] * factor, "unit": "kgCO2e"}]


def at_price(sources: Sources, building: str, dates: Dates, price: float, unit: str | None = "GBP") -> list[Fact]:
    """Return the cost of a period's use at one price; `unit` None leaves the currency open."""
    (use,) = total(sources, building, dates)
    return [use | {"value": use["value"] * price, "unit": unit}]
