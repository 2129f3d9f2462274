"""Truths of changes, anomalies and forecasts: what is known of the readings, and what any sound answer must hold."""

import numpy as np
import pandas as pd

from benchmarks.answers.facts import Dates, Fact, Quantity, Sources, change, fact, period
from benchmarks.answers.hours import hours
from benchmarks.answers.weather_facts import days_of

DAY_H = 24


def causes(
    sources: Sources, building: str, asked: Dates, reference: Dates, quantity: Quantity = "electricity"
) -> list[Fact]:
    """Return the difference of two periods, in percent too, and both uses; the causes must sum to it."""
    facts = change(sources, building, asked, reference, quantity)
    exact = [{key: value for key, value in one.items() if key != "coverage"} for one in facts]
    return [*exact, {"index": None, "sum_of": " use by ", "value": facts[0]["value"], "unit": "kWh"}]


def level_change(_sources: Sources, building: str, first_day: str, sign: int, *, leads: bool = True) -> list[Fact]:
    """Return a change of level that is known: its first local day, give or take five, and its direction.

    Where it need not lead, others of the same record are larger.
    """
    start = period(building, first_day).as_json()["start"]
    one: Fact = {"unit": "kWh_per_day", "buildings": [building], "sign": sign, "starts": start, "days": 5}
    return [one if leads else one | {"index": None}]


def some(_sources: Sources, building: str, least: int = 1) -> list[Fact]:
    """Return a count of no fewer than that, where nobody has counted what is there."""
    return [{"unit": "count", "buildings": [building], "at_least": least}]


def missing_runs(sources: Sources, building: str, dates: Dates) -> list[Fact]:
    """Return how many stretches of three hours or more have no reading, those under a day apart told as one.

    Electricity read as 0 is none of them, so this is asked of buildings whose source leaves hours out.
    """
    span = period(building, dates)
    index = pd.date_range(span.start, span.end, freq="h", inclusive="left")
    gone = sources.iblend(building).reindex(index).isna().to_numpy()
    edges = np.flatnonzero(np.diff(np.concatenate([[0], gone.astype(int), [0]])))
    runs = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a >= 3]
    count = sum(1 for i, (a, _) in enumerate(runs) if i == 0 or a - runs[i - 1][1] >= DAY_H)
    return [fact(count, "count", [building])]


def zeros_of_october_2019(_sources: Sources, building: str) -> list[Fact]:
    """Return the run of zeros that many Cambridge meters share, from 4 October 2019 on."""
    start = period(building, "2019-10-04").as_json()["start"]
    return [
        {"unit": "count", "buildings": [building], "at_least": 1},
        {"index": None, "unit": "kWh", "buildings": [building], "starts": start, "days": 1.5},
    ]


def forecast(sources: Sources, building: str, first_day: str, days: int, *, peak: bool = False) -> list[Fact]:
    """Return what a forecast must lie between: the least and the largest of the eight weeks before, with a fifth more.

    The total of as many days that begin on the same day of the week or on a Sunday or holiday, or the peak of a day.
    """
    start = pd.Timestamp(first_day)
    before = hours(
        sources, building, f"{start - pd.Timedelta(days=56):%Y-%m-%d}..{start - pd.Timedelta(days=1):%Y-%m-%d}"
    )
    daily = before.groupby("date").kwh.agg(["max", "mean"])
    low, high = daily["max" if peak else "mean"].min(), daily["max" if peak else "mean"].max()
    scale = 1 if peak else 24 * days
    return [
        {"unit": "kW" if peak else "kWh", "buildings": [building], "between": [0.8 * low * scale, 1.2 * high * scale]}
    ]


def with_measured(sources: Sources, building: str, day: str) -> list[Fact]:
    """Return a forecast of a day that is recorded, and what was measured then."""
    used = hours(sources, building, day).kwh.sum()
    return [*forecast(sources, building, day, 1), fact(used, "kWh", [building], day, index=None)]


def counted_use(sources: Sources, building: str, dates: Dates, quantity: Quantity = "electricity") -> list[Fact]:
    """Return the use of the days with 12 valid hours and a temperature, missing hours at the day's mean."""
    return [fact(days_of(sources, building, dates, quantity).kwh.sum(), "kWh", [building])]
