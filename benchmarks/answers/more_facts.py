"""Comparisons and ranks of any statistic, made of those of `facts.py`."""

from collections.abc import Callable

import pandas as pd

from benchmarks.answers.facts import Dates, Fact, Sources, against, change, coverage, fact
from benchmarks.answers.hours import hours

Statistic = Callable[..., list[Fact]]


def change_of(sources: Sources, statistic: Statistic, building: str, asked: Dates, reference: Dates) -> list[Fact]:
    """Set a statistic of the asked period against that of the reference."""
    return against(statistic(sources, building, asked)[0], statistic(sources, building, reference)[0])


def beside(sources: Sources, statistic: Statistic, first: str, second: str, dates: Dates) -> list[Fact]:
    """Set a statistic of the first building against that of the second."""
    return against(statistic(sources, first, dates)[0], statistic(sources, second, dates)[0])


def rank_low(sources: Sources, site: tuple[str, ...], dates: Dates, top: int, statistic: Statistic) -> list[Fact]:
    """Return the `top` buildings with the smallest values, smallest first; those without data have no place."""
    present = [b for b in site if coverage(sources, [b], dates)]
    return sorted((statistic(sources, b, dates)[0] for b in present), key=lambda one: float(one["value"]))[:top]


def busiest_weekday(sources: Sources, building: str, dates: Dates) -> list[Fact]:
    """Return the use of the day of the week that used most over the period, wherever it stands."""
    table = hours(sources, building, dates)
    sums: pd.Series = table.groupby("weekday").kwh.sum()
    return [fact(sums.max(), "kWh", [building], index=None)]


def least_complete(sources: Sources, site: tuple[str, ...], dates: Dates) -> list[Fact]:
    """Return the building with the smallest share of valid hours, in percent."""
    shares = {b: 100 * coverage(sources, [b], dates) for b in site}
    lowest = min(shares, key=lambda b: shares[b])
    return [fact(shares[lowest], "percent", [lowest], dates)]


def compared_years(sources: Sources, building: str, one: Dates, other: Dates) -> list[Fact]:
    """Return the size of a change, whichever period is set against the other."""
    size = abs(float(change(sources, building, one, other)[0]["value"]))
    return [{"size": size, "unit": "kWh", "buildings": [building]}]
