"""When a building's use changed its level, and by how much a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import pairwise

import numpy as np

from tools.analyses.day_spans import day_words, whole_days
from tools.analyses.each_record import each, in_order, is_rank, rank_words, signed, told_of
from tools.analyses.finding import Finding, facts_of
from tools.analyses.record import Record, fuel_of, fuel_words, records
from tools.baseline import DateSpan
from tools.change import LevelChange
from tools.change import level_changes as changes_of
from tools.chart import Chart, Series
from tools.computed import Facts
from tools.energy_query import EnergyQuery
from tools.figures import Values
from tools.labelling import LABEL
from tools.readings import Inventory, Readings
from tools.wording import amount, listed, named, shown_units, when

METHOD = (
    "change of level of daily use at equal weather and weekdays, 14 days or longer and 5 % or more, by optimal "
    "partitioning (Jackson et al. 2005); new less old level"
)
MOST_SHOWN, MOST_SAID = 5, 2
PER_DAY = "kWh_per_day"


@dataclass(frozen=True, slots=True)
class Found:
    """The changes of a building that are meant, as asked first; `notes` of the method."""

    record: Record
    changes: tuple[LevelChange, ...]
    notes: tuple[str, ...]


async def level_changes(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts:
    """Return the changes of level that begin in the period, the clearest first and seasons last.

    Clear is what is large beside its standard error. The whole record is looked at, since weeks around a level tell it.
    Without buildings, or by building, the clearest of each, by size. Raises `NoData` under 28 days that count.
    """
    fuel = fuel_of(query, "a change of level")
    found = await records(query, readings, inventory)
    made, notes = await each(query, found, partial(_found, query=query))
    if is_rank(query):
        return _rank(query, made, notes, inventory, fuel)
    findings = [f for one in made.values() for f in _findings(query, one, fuel)]
    findings.sort(key=lambda f: f.unit != PER_DAY and f.unit != "count")
    text = " ".join(_words(query, one, inventory, fuel) for one in made.values())
    first = next(iter(made.values()))
    notes = notes + told_of({b: one.notes for b, one in made.items()})
    chart = _chart(query, first, fuel) if len(made) == 1 else None
    return facts_of(query, inventory, findings, text, chart, notes)


def _found(record: Record, *, query: EnergyQuery) -> Found:
    changes = changes_of(record.hours, record.clock, record.temperature_degc, holidays=record.holidays)
    span = whole_days(query.period) if query.period else record.span
    meant = [c for c in changes.changes if span.start <= c.at < span.end]
    return Found(record, tuple(sorted(meant, key=lambda c: _place(query, c))), changes.notes)


def _place(query: EnergyQuery, change: LevelChange) -> tuple[bool, float]:
    """Return where a change stands: seasons last, then by how clear it is, or by size in the direction asked for."""
    sign = {"lowest": 1.0, "highest": -1.0}.get(query.order or "")
    return change.recurs, -change.score if sign is None else sign * change.kwh_per_day


def _findings(query: EnergyQuery, one: Found, fuel: str) -> list[Finding]:
    shown = one.changes[: query.limit or MOST_SHOWN]
    if not shown:
        return [_none(query, one, fuel)]
    sizes = [_finding(one, c, f"{fuel} level change", c.kwh_per_day, PER_DAY) for c in shown]
    percents = [
        _finding(one, c, f"{fuel} level change in percent", c.percent, "percent")
        for c in shown
        if c.percent is not None
    ]
    return sizes + percents


def _finding(one: Found, change: LevelChange, name: str, value: float, unit: str) -> Finding:
    start, end = one.record.utc(DateSpan(change.at, change.until))
    return Finding(
        name=name,
        value=value,
        unit=unit,
        buildings=(one.record.building,),
        start=start,
        end=end,
        method=METHOD if unit == PER_DAY else "of the old level at equal weather and weekdays",
        coverage=one.record.coverage(start, end),
        meters=one.record.use.meters,
        group=str(change.at),
        shows_hours=True,
    )


def _none(query: EnergyQuery, one: Found, fuel: str) -> Finding:
    start, end = one.record.utc(whole_days(query.period) if query.period else one.record.span)
    own, coverage = (one.record.building,), one.record.coverage(start, end)
    how = f"number of changes found; {METHOD}"
    return Finding(
        f"{fuel} level changes", 0.0, "count", own, start, end, how, coverage, one.record.use.meters, shows_hours=True
    )


def _words(query: EnergyQuery, one: Found, inventory: Inventory, fuel: str) -> str:
    who, what, time = named(one.record.building, inventory), fuel_words(fuel), when(query)
    if not one.changes:
        return f"The {what} use of {who} kept its level {time}: no change of 5 % or more for 14 days was found."
    shown, lead = shown_units(query, inventory, (one.record.building,)), one.changes[0]
    between = f"{_between_days(lead)} with 90 % confidence"
    size = f"{_size(lead, shown)}, at equal weather and weekdays{_again(lead)}"
    first = f"The {what} use of {who} changed its level most clearly on {day_words(lead.at)} ({between}): {size}."
    rest = [f"on {day_words(c.at)} {_size(c, shown)}" for c in one.changes[1 : 1 + MOST_SAID]]
    if not rest:
        return first
    more = len(one.changes) - 1 - len(rest)
    return f"{first} Then {listed(rest)}{f'; {more} more were found' if more else ''}."


def _between_days(change: LevelChange) -> str:
    if change.earliest == change.latest:
        return "that day"
    return f"between {day_words(change.earliest)} and {day_words(change.latest)}"


def _size(change: LevelChange, shown: Sequence[str]) -> str:
    tells = change.percent is not None and change.percent > -100.0  # more than all of it: the weather explains too much
    percent = f" ({change.percent:+.0f} %)" if tells else ""
    more = "more" if change.kwh_per_day > 0 else "less"
    return f"{amount(abs(change.kwh_per_day), 'kWh', shown)} a day {more}{percent}"


def _again(change: LevelChange) -> str:
    return "; the same comes about in other years, so it is a season" if change.recurs else ""


def _rank(query: EnergyQuery, found: Mapping[str, Found], notes: list[str], inventory: Inventory, fuel: str) -> Facts:
    """Return the clearest change of each building, by its size in either direction unless a direction is asked for."""
    clearest = {b: one for b, one in found.items() if one.changes}
    if not clearest:
        first = next(iter(found.values()))
        text = f"No building changed the level of its {fuel_words(fuel)} use by 5 % or more {when(query)}."
        return facts_of(query, inventory, [_none(query, first, fuel)], text, None, notes)
    asked = query if query.order in ("highest", "lowest") else query.model_copy(update={"order": "furthest"})
    ranked = in_order(asked, {b: one.changes[0].kwh_per_day for b, one in clearest.items()})
    findings = [_findings(query, clearest[b], fuel) for b in ranked]
    leads = [f[0] for f in findings] + [f for own in findings for f in own if f.unit == "percent"][: len(findings)]
    told = {b: _told(clearest[b].changes[0], shown_units(query, inventory, (b,))) for b in ranked}
    what = f"Clearest change of level of {fuel_words(fuel)} use {when(query)}, at equal weather and weekdays"
    without = [b for b in found if b not in clearest]
    notes = notes + ([f"without a change of level: {', '.join(without)}"] if without else [])
    values = tuple(clearest[b].changes[0].kwh_per_day for b in ranked)
    chart = Chart(f"clearest change of level of {fuel} a day", "kWh", tuple(ranked), values, "bar", LABEL)
    return facts_of(query, inventory, leads, rank_words(asked, what, told, inventory), chart, notes)


def _told(change: LevelChange, shown: Sequence[str]) -> str:
    return f"{signed(change.kwh_per_day, 'kWh', shown)} a day from {day_words(change.at)}"


def _chart(query: EnergyQuery, one: Found, fuel: str) -> Chart | None:
    """Draw the days with the mean of each level; None where no day was metered."""
    days = one.record.days()
    span = whole_days(query.period) if query.period else one.record.span
    borders = [span.start, *sorted(c.at for c in one.changes), span.end]
    days = days.between(span)
    if not np.isfinite(days.kwh).any():
        return None
    level = np.full(len(days), np.nan)
    for first, end in pairwise(borders):
        at = _between(days.day, first, end)
        if np.isfinite(days.kwh[at]).any():
            level[at] = np.nanmean(days.kwh[at])
    labels = tuple(str(d) for d in days.day.astype("M8[D]"))
    title = f"daily {fuel} of {one.record.building} and its levels"
    return Chart(title, "kWh", labels, _values(days.kwh), "line", LABEL, (Series("level", _values(level)),), "use")


def _between(
    day: np.ndarray[tuple[int], np.dtype[np.int64]], first: date, end: date
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    at = day.astype("M8[D]")
    return (at >= np.datetime64(first)) & (at < np.datetime64(end))


def _values(values: Values) -> tuple[float, ...]:
    return tuple(float(v) for v in values)
