"""Truths of how a building runs: waste, day types, load duration, schedule, peak, kinds of days.

Each returns facts in the order of the answer's evidence, as the definitions in `README.md` say.
"""

from typing import Any

import numpy as np
import pandas as pd

from benchmarks.answers.facts import CAMBRIDGE, Dates, Fact, Sources, coverage, fact, peak, total, valid
from benchmarks.answers.hours import day_kind, hourly_degc, hours, site_of

OPEN_FROM, OPEN_TO = 6, 22
QUIET_PERCENT = 10


def waste(sources: Sources, building: str, dates: Dates, only: str = "all", unit: str = "kWh") -> list[Fact]:
    """Return what lies above the quiet level in the empty hours ("all", "night" of working days, or "closed" days).

    As kWh and as percent of all use, the unit asked for first.
    """
    table = hours(sources, building, dates)
    opens = (table.weekday < 5) & ~table.free
    empty = ~(opens & (table.hour >= OPEN_FROM) & (table.hour < OPEN_TO)) & table.kwh.notna()
    quiet = np.percentile(table.kwh[empty], QUIET_PERCENT)
    meant = empty & {"all": True, "night": opens, "closed": ~opens}[only]
    avoidable = float((table.kwh[meant] - quiet).clip(lower=0).sum())
    both = {"kWh": avoidable, "percent": 100 * avoidable / table.kwh.sum()}
    share = coverage(sources, [building], dates)
    first, second = (both, dict(reversed(both.items())))[unit == "percent"].items()
    return [fact(value, name, [building], dates, coverage=share) for name, value in (first, second)]


def empty_use(sources: Sources, building: str, dates: Dates) -> list[Fact]:
    """Return all that was used in the empty hours; an answer may lead with what of it was avoidable."""
    table = hours(sources, building, dates)
    is_open = (table.weekday < 5) & ~table.free & (table.hour >= OPEN_FROM) & (table.hour < OPEN_TO)
    return [fact(table.kwh[~is_open].sum(), "kWh", [building], dates, index=None)]


def day_types(sources: Sources, building: str, dates: Dates) -> list[Fact]:
    """Return the mean use of the complete days of each type: working day, Saturday, Sunday, holiday."""
    table = hours(sources, building, dates)
    grouped = table.assign(kind=day_kind(table)).groupby(["kind", "date"]).kwh
    complete = grouped.sum()[grouped.count() == grouped.size()]
    means = complete.groupby("kind").mean()
    return [
        fact(means[kind], "kWh", [building], dates)
        for kind in ("working day", "Saturday", "Sunday", "holiday")
        if kind in means
    ]


def load_duration(sources: Sources, building: str, dates: Dates) -> list[Fact]:
    """Return hours above 90 % of the peak, peak, percentiles 90, 50, 10 and 5, load factor and baseload's share."""
    kw = valid(sources, building, dates)
    base = np.percentile(kw, 5)
    figures = [(float((kw > 0.9 * kw.max()).sum()), "h"), (kw.max(), "kW")]
    figures += [(np.percentile(kw, percent), "kW") for percent in (90, 50, 10, 5)]
    figures += [(kw.mean() / kw.max(), "ratio"), (min(100 * base / kw.mean(), 100), "percent")]
    share = coverage(sources, [building], dates)
    return [fact(value, unit, [building], dates, coverage=share) for value, unit in figures]


def peak_driver(sources: Sources, building: str, dates: Dates) -> list[Fact]:
    """Return the peak, the same over its own hour, and the mean of the valid hours with a known temperature."""
    kw = valid(sources, building, dates)
    degc = hourly_degc(sources, site_of(building)).reindex(kw.index)
    mean = fact(kw[degc.notna()].mean(), "kW", [building], dates)
    highest, own = peak(sources, building, dates)
    return [without(highest, "coverage"), own, without(mean, "coverage")]


def without(one: Fact, *keys: str) -> Fact:
    """Return a fact that leaves some things open."""
    return {key: value for key, value in one.items() if key not in keys}


# Schedules after Price (2010), LBNL-3713E.


def schedule(sources: Sources, building: str, dates: Dates) -> list[Fact]:
    """Return start and end of the open weekdays from Monday to Friday, local hours of the day, within half an hour."""
    days = operating_days(sources, building, dates)
    medians = days[days.is_open].groupby("weekday")[["start", "end"]].median()
    often = days.groupby("weekday").is_open.mean() > 0.5
    five = medians[[day < 5 and often[day] for day in medians.index]].median()
    return [fact(clock(five[name]), "hour_of_day", [building], within=0.51) for name in ("start", "end")]


def clock(hour: float) -> float:
    """Return an hour counted from a day's midnight as that of a clock; 24 stays."""
    return hour if hour <= 24 else hour - 24


def operating_days(sources: Sources, building: str, dates: Dates) -> pd.DataFrame:
    """Return for each day weekday, whether it is open, and the hours between which it runs, from its midnight."""
    table = hours(sources, building, dates)
    mean = table.groupby("hour").kwh.mean()
    quiet_h = int(np.argmin([sum(mean[(h + k) % 24] for k in range(-2, 3)) for h in range(24)]))
    shifted = table.assign(day=(table.local - pd.Timedelta(hours=quiet_h)).dt.strftime("%Y-%m-%d"))
    rows: list[dict[str, Any]] = []
    for day, part in shifted.groupby("day"):
        kw = part.kwh
        own = table[table.date == day]
        if kw.count() < 20 or not len(own) or own.free.iloc[0]:
            continue
        low, high = np.percentile(kw.dropna(), [2.5, 97.5])
        start, end = longest_run((kw > (low + high) / 2).to_numpy())
        rows.append(
            {"weekday": own.weekday.iloc[0], "rise": high - low, "start": quiet_h + start, "end": quiet_h + end}
        )
    days = pd.DataFrame(rows)
    return days.assign(is_open=days.rise >= 0.4 * np.percentile(days.rise, 75))


def longest_run(runs: np.ndarray) -> tuple[int, int]:
    """Return the longest stretch of running hours, [start, end), where one idle hour does not end it."""
    best, start, idle = (0, 0), None, 0
    for i, on in enumerate([*runs, False, False]):
        if on:
            start, idle = (i if start is None else start), 0
        elif start is not None:
            idle += 1
            if idle > 1:
                best = max(best, (start, i - 1), key=lambda span: span[1] - span[0])
                start = None
    return best


# Kinds of days: k-means from many random starts, the number of kinds by silhouette.


def day_kinds(sources: Sources, building: str, dates: Dates) -> list[Fact]:
    """Return how many kinds of days there are: the k from 2 to 6 with the best silhouette, 1 where it is under 0.25."""
    table = hours(sources, building, dates)
    curves = table.pivot_table(index="date", columns="hour", values="kwh", aggfunc="mean")
    curves = curves[curves.isna().sum(axis=1) <= 2].interpolate(axis=1, limit_direction="both").to_numpy()
    apart = np.sqrt(((curves[:, None, :] - curves[None, :, :]) ** 2).sum(axis=2))
    scores = {k: silhouette(apart, k_means(curves, k)) for k in range(2, 7)}
    best = max(scores, key=lambda k: scores[k])
    return [fact(best if scores[best] >= 0.25 else 1, "count", [building])]


def k_means(points: np.ndarray, k: int, starts: int = 40) -> np.ndarray:
    """Return the label of each point in the best of many divisions, each begun at random points."""
    rng = np.random.default_rng(7)
    best, least = np.zeros(len(points), dtype=int), np.inf
    for _ in range(starts):
        centres = points[rng.choice(len(points), k, replace=False)]
        for _round in range(60):
            labels = ((points[:, None, :] - centres[None]) ** 2).sum(axis=2).argmin(axis=1)
            moved = np.array(
                [points[labels == i].mean(axis=0) if (labels == i).any() else centres[i] for i in range(k)]
            )
            if np.allclose(moved, centres):
                break
            centres = moved
        error = float(((points - centres[labels]) ** 2).sum())
        best, least = (labels, error) if error < least else (best, least)
    return best


def silhouette(apart: np.ndarray, labels: np.ndarray) -> float:
    """Return the mean silhouette of a division; Rousseeuw (1987)."""
    sizes = np.bincount(labels)
    sums = np.stack([apart[:, labels == i].sum(axis=1) for i in range(len(sizes))], axis=1)
    own = sizes[labels]
    within = sums[np.arange(len(labels)), labels] / np.maximum(own - 1, 1)
    others = sums / sizes
    others[np.arange(len(labels)), labels] = np.inf
    beside = others.min(axis=1)
    return float(np.where(own > 1, (beside - within) / np.maximum(beside, within), 0).mean())


def total_of(sources: Sources, building: str, dates: Dates) -> list[Fact]:
    """Return the use of a period wherever it stands in the evidence."""
    return [one | {"index": None} for one in total(sources, building, dates)]


def alike(sources: Sources, building: str, among: tuple[str, ...], dates: Dates) -> list[Fact]:
    """Return that the building whose daily curves are nearest is among those found, with its size beside the asked one.

    Nearest: by the root mean square difference of the mean curves of working days, Saturdays and Sundays, each over the
    mean load. An answer weighs more than the curves, so the nearest by them must be there and need not lead.
    """
    shapes = {b: shape(sources, b, dates) for b in (building, *among)}
    asked = shapes[building]
    nearest = min(among, key=lambda b: float(((shapes[b] - asked) ** 2).mean().mean()))
    mean = {b: valid(sources, b, dates).mean() for b in (building, nearest)}
    return [fact(100 * mean[nearest] / mean[building], "percent", [nearest, building], index=None)]


def others(building: str) -> tuple[str, ...]:
    """Return the other buildings of Cambridge."""
    return tuple(other for other in CAMBRIDGE if other != building)


def shape(sources: Sources, building: str, dates: Dates) -> pd.DataFrame:
    """Return the mean curves of a building by type of day and hour, over its mean load."""
    table = hours(sources, building, dates)
    kind = day_kind(table.assign(free=False))
    return table.kwh.groupby([kind, table.hour]).mean().unstack() / table.kwh.mean()
