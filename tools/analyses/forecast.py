"""What a building will use tomorrow or in the week to come, with peak, intervals, and what that was worth so far."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import pairwise

import numpy as np

from tools.analyses.day_spans import day_words, words
from tools.analyses.each_record import each, in_order, is_rank, rank_words, told_of
from tools.analyses.finding import Finding, facts_of
from tools.analyses.look_ahead import Ahead, looked_ahead
from tools.analyses.record import HOUR, fuel_of, fuel_words, records
from tools.chart import Chart, Series
from tools.computed import Facts
from tools.energy_query import EnergyQuery
from tools.figures import Values
from tools.labelling import LABEL
from tools.readings import Inventory, Readings
from tools.wording import amount, local_hour, named, shown_units

METHOD = (
    "five forecasters weighed by their late errors (seasonal naive, typical hour, its level, two ridge regressions); "
    "interval by conformal prediction on rolling errors"
)
SKILL_METHOD = (
    "mean absolute error over that of the seasonal naive (Hyndman and Koehler 2006), rolling origin, last year"
)
PAST_HOURS = 7 * 24


async def forecast(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts:
    """Return the use of the day or week to come and its peak, with 90 % intervals and the skill on the past.

    From the end of the building's record or, for a period in it, as it would have been made at its first midnight. A
    question for the peak (`order` highest) has the peak first. Without buildings, or by building, a rank by use. Raises
    `NoData` under 14 days of readings or for days further ahead, `BadQuestion` for more than a week.
    """
    fuel = fuel_of(query, "a forecast", ("day", "hour"))
    found = await records(query, readings, inventory, ahead=True)
    made, notes = await each(query, found, lambda record: looked_ahead(record, query))
    if is_rank(query):
        return _rank(query, made, notes, inventory, fuel)
    several = [_findings(query, one, fuel) for one in made.values()]
    findings = [own[0] for own in several] + [f for own in several for f in own[1:]]
    text = " ".join(_words(query, one, inventory, fuel) for one in made.values())
    notes = notes + told_of({b: one.forecast.notes for b, one in made.items()})
    chart = _chart(next(iter(made.values())), fuel) if len(made) == 1 else None
    return facts_of(query, inventory, findings, text, chart, notes)


def _findings(query: EnergyQuery, one: Ahead, fuel: str) -> list[Finding]:
    """Return the use and the peak, the one that is asked for first, then intervals, skill, and what was measured."""
    total, peak = one.forecast.total_kwh, one.forecast.peak.kw
    end = f"end of the {100 * one.forecast.confidence:.0f} % interval; {METHOD}"
    use = _finding(one, f"{fuel} forecast use", total.value, "kWh", f"sum of the forecast hours; {METHOD}")
    top = _peak(one, f"{fuel} forecast peak", peak.value, "kW", f"largest hour of the first day; {METHOD}")
    found = [top, use] if is_of_peak(query) else [use, top]
    found += [
        _finding(one, f"{fuel} forecast use lower end", total.low, "kWh", f"lower {end}"),
        _finding(one, f"{fuel} forecast use upper end", total.high, "kWh", f"upper {end}"),
        _peak(one, f"{fuel} forecast peak lower end", peak.low, "kW", f"lower {end}"),
        _peak(one, f"{fuel} forecast peak upper end", peak.high, "kW", f"upper {end}"),
        _peak(
            one, f"{fuel} peak hour chance", 100.0 * one.forecast.peak.near, "percent", "past runs within an hour of it"
        ),
    ]
    return [*found, *_skill(one, fuel), *_past(one, fuel), *_parts(query, one, fuel)]


def is_of_peak(query: EnergyQuery) -> bool:
    """Tell whether the peak is asked for, rather than the use."""
    return query.order == "highest" and query.group != "building"


def _finding(one: Ahead, name: str, value: float, unit: str, method: str, coverage: float | None = None) -> Finding:
    start, end = one.record.utc(one.span)
    own, meters = (one.record.building,), one.record.use.meters
    known = one.forecast.coverage if coverage is None else coverage
    return Finding(name, value, unit, own, start, end, method, known, meters, shows_hours=True)


def _peak(one: Ahead, name: str, value: float, unit: str, method: str) -> Finding:
    at = one.peak_at
    own, meters = (one.record.building,), one.record.use.meters
    return Finding(name, value, unit, own, at, at + HOUR, method, one.forecast.coverage, meters, shows_hours=True)


def _skill(one: Ahead, fuel: str) -> list[Finding]:
    skill = one.forecast.skill
    if skill is None:
        return []
    return [
        _finding(one, f"{fuel} MASE", skill.mase, "ratio", SKILL_METHOD),
        _finding(one, f"{fuel} naive MASE", skill.naive_mase, "ratio", f"of the same hour last week; {SKILL_METHOD}"),
    ]


def _past(one: Ahead, fuel: str) -> list[Finding]:
    """Return what was measured on the days of a forecast of the past."""
    if not one.is_past:
        return []
    coverage = float(np.isfinite(one.measured).mean())
    return [_finding(one, f"{fuel} use", float(np.nansum(one.measured)), "kWh", "sum of the valid hours", coverage)]


def _parts(query: EnergyQuery, one: Ahead, fuel: str) -> list[Finding]:
    """Return the hours or the days where they are asked for."""
    if query.group == "hour":
        return [_part(one, fuel, i, i + 1, "kW", 16) for i in range(len(one.forecast.kwh))]
    if query.group == "day":
        day = one.clock.keys("day")
        starts = np.flatnonzero(np.diff(day, prepend=-1))
        return [_part(one, fuel, a, b, "kWh", 10) for a, b in pairwise([*starts.tolist(), len(day)])]
    return []


def _part(one: Ahead, fuel: str, first: int, end: int, unit: str, letters: int) -> Finding:
    """Return the forecast of hours [first, end), named by the local time it begins: of that its first letters."""
    start, until = (one.record.at(one.first + i) for i in (first, end))
    group = str(one.clock.local[first]).replace("T", " ")[:letters]
    kwh, own, meters = float(one.forecast.kwh[first:end].sum()), (one.record.building,), one.record.use.meters
    known = one.forecast.coverage
    return Finding(f"{fuel} forecast", kwh, unit, own, start, until, METHOD, known, meters, (), group, True)


def _words(query: EnergyQuery, one: Ahead, inventory: Inventory, fuel: str) -> str:
    shown = shown_units(query, inventory, (one.record.building,))
    total, peak = one.forecast.total_kwh, one.forecast.peak
    percent = f"{100 * one.forecast.confidence:.0f} %"

    def told(value: float, low: float, high: float, unit: str) -> str:
        ends = f"{amount(low, unit, shown)} to {amount(high, unit, shown)}"
        return f"{amount(value, unit, shown)} ({percent} interval {ends})"

    use = f"{told(total.value, total.low, total.high, 'kWh')} of {fuel_words(fuel)} {words(one.span)}"
    hour = f"in the hour from {local_hour(one.peak_at, one.record.timezone)}"
    near = f"{100 * peak.near:.0f} % of like runs of the past peaked within an hour of that"
    top = f"{told(peak.kw.value, peak.kw.low, peak.kw.high, 'kW')} {hour} ({near})"
    lead = (
        f"peak at {top}, and to use {use}" if is_of_peak(query) else f"use {use}, with {_first_day(one)} peak of {top}"
    )
    text = f"{_since(one)} {named(one.record.building, inventory)} is forecast to {lead}."
    return " ".join([text, *_measured_words(one, shown), *_worth(one)])


def _first_day(one: Ahead) -> str:
    return "a" if one.span.days == 1 else "a first day's"


def _since(one: Ahead) -> str:
    """Say from when it looks ahead."""
    last = day_words(one.span.start - timedelta(days=1))
    if one.is_past:
        return f"From what was known at the end of {last},"
    return f"From the end of its readings on {last},"


def _measured_words(one: Ahead, shown: Sequence[str]) -> list[str]:
    if not one.is_past:
        return []
    used = amount(float(np.nansum(one.measured)), "kWh", shown)
    share = float(np.isfinite(one.measured).mean())
    return [f"Measured were {used}" + ("." if share == 1.0 else f" in {100 * share:.0f} % of those hours.")]


def _worth(one: Ahead) -> list[str]:
    """Say what such forecasts were worth, and that the use has just changed where it has."""
    skill = one.forecast.skill
    worth = skill.words if skill else "the past is too short to tell what such forecasts are worth"
    changed = [note for note in one.forecast.notes if note.startswith(("use has changed", "it rests on"))]
    return [f"{said[0].upper()}{said[1:]}." for said in (worth, *changed)]


def _rank(query: EnergyQuery, found: Mapping[str, Ahead], notes: list[str], inventory: Inventory, fuel: str) -> Facts:
    """Return the forecast use of each building, in order."""
    ranked = in_order(query, {b: one.forecast.total_kwh.value for b, one in found.items()})
    totals = {b: found[b].forecast.total_kwh for b in ranked}
    findings = [_finding(found[b], f"{fuel} forecast use", t.value, "kWh", METHOD) for b, t in totals.items()]
    told = {b: amount(t.value, "kWh", shown_units(query, inventory, (b,))) for b, t in totals.items()}
    spans = {found[b].span for b in ranked}
    when = words(spans.pop()) if len(spans) == 1 else "from the end of each building's readings"
    text = rank_words(query, f"Forecast {fuel_words(fuel)} use {when}", told, inventory)
    band = Series("90 % interval", tuple(t.low for t in totals.values()), tuple(t.high for t in totals.values()))
    values = tuple(t.value for t in totals.values())
    chart = Chart(f"forecast {fuel} use {when}", "kWh", tuple(ranked), values, "bar", LABEL, (band,))
    return facts_of(query, inventory, findings, text, chart, notes)


def _chart(one: Ahead, fuel: str) -> Chart:
    """Draw the week before as it was measured, then the forecast with its interval."""
    begin = max(one.first - PAST_HOURS, 0)
    past = one.record.hours[begin : one.first]
    gap = np.full(len(past), np.nan)
    local = np.concatenate([one.record.clock.local[begin : one.first], one.clock.local])

    def told(before: Values, after: Values) -> tuple[float, ...]:
        return tuple(float(v) for v in np.concatenate([before, after]))

    band = Series("90 % interval", told(gap, one.forecast.low_kwh), told(gap, one.forecast.high_kwh))
    series = (band, Series("measured", told(past, one.measured)))
    labels = tuple(str(at).replace("T", " ") for at in local)
    title = f"forecast of {fuel} of {one.record.building} {words(one.span)}"
    return Chart(title, "kW", labels, told(gap, one.forecast.kwh), "fan", LABEL, series, "forecast")
