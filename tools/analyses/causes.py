"""Why a period used more or less than another: the causes in kWh that sum to the difference, ranked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import numpy as np

from tools.analyses.day_spans import a_year_earlier, asked, bare, day_words, right_before, whole_days, words
from tools.analyses.each_record import each, signed, told_of
from tools.analyses.finding import Finding, facts_of
from tools.analyses.record import Record, fuel_of, fuel_words, records
from tools.anomalies import anomalies as anomalies_of
from tools.baseline import DateSpan
from tools.baseline.days import Mask
from tools.change import CauseKind, Explanation, PeriodUse, explain
from tools.chart import Chart
from tools.clock import LocalClock
from tools.computed import Facts
from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion, NoData
from tools.labelling import LABEL
from tools.readings import Inventory, Readings
from tools.wording import amount, listed, place, shown_units

ONE: Mapping[CauseKind, str] = {
    "weather": "weather",
    "days_off": "days off",
    "schedule": "schedule",
    "level": "level",
    "missing_readings": "missing readings",
    "length": "length of the period",
    "faults": "faulty readings",
}
SAID: Mapping[CauseKind, str] = {
    **ONE,
    "weather": "the weather",
    "schedule": "the hours of operation",
    "level": "a change of level",
    "length": "the length of the period",
}
METHOD = (
    "part of the difference: both periods regressed together on weather and days off with a level each (analysis of "
    "covariance), after missing readings, length and faults; parts sum to the difference"
)
SHOWS_HOURS = ("schedule", "level")
LEAST_RECORDED = 0.5
MOST_SAID = 3
NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Found:
    """What the difference of a building between two periods is made of; `used_kwh` in each, measured."""

    record: Record
    span: DateSpan
    other: DateSpan
    used_kwh: tuple[float, float]
    explained: Explanation


async def causes(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts:
    """Return the difference of two periods, in percent too, both operands, and its causes, the largest first.

    Against the same period a year before where half of it is recorded, else against the time right before. Several
    buildings are summed by cause. Raises `NoData` where a period has no valid hour, `BadQuestion` for carbon, cost or
    a part of the hours, and where buildings of several sites would be summed.
    """
    fuel = fuel_of(query, "an explanation of a change", periods=True)
    found = await records(query, readings, inventory)
    sites = {r.use.site for r in found.values()}
    if len(sites) > 1:
        raise BadQuestion(f"{' and '.join(sorted(sites))} have different weather; ask why for one site or building")
    made, notes = await each(query, found, partial(_found, query=query, fuel=fuel))
    notes = notes + told_of({b: one.explained.notes for b, one in made.items()})
    notes += [note for one in made.values() for note in _events(inventory, one)]
    findings = [*_difference(made, fuel), *_causes(made, fuel)]
    text = _words(query, made, inventory, fuel)
    return facts_of(query, inventory, findings, text, _chart(made, fuel), notes)


def _found(record: Record, *, query: EnergyQuery, fuel: str) -> Found:
    span = whole_days(query.period) if query.period else record.last_full_year()
    other = whole_days(query.against_period) if query.against_period else _before(record, span)
    faulty = _faulty(record)
    uses = [_use(record, one, faulty, fuel) for one in (other, span)]
    explained = explain(*uses, holidays=record.holidays)
    before, after = (float(np.nansum(one.hours)) for one in uses)
    return Found(record, span, other, (after, before), explained)


def _before(record: Record, span: DateSpan) -> DateSpan:
    """Return the same time a year before where half of it is recorded, else the time right before."""
    year = a_year_earlier(span)
    return year if record.coverage(*record.utc(year)) >= LEAST_RECORDED else right_before(span)


def _use(record: Record, span: DateSpan, faulty: Mask, fuel: str) -> PeriodUse:
    """Return the hours of a span; those that the record does not reach count as missing."""
    start, end = record.utc(span)
    at = record.places(start, end)
    if not np.isfinite(record.hours[at]).any():
        raise NoData(
            f"{record.building} has no valid {fuel} reading {words(span)}, so there is nothing to compare; its "
            f"readings run from {day_words(record.span.start)} to {day_words(record.span.end - timedelta(days=1))}"
        )
    clock = LocalClock(record.clock.local[at], record.clock.hour[at], record.clock.weekday[at])
    return PeriodUse(record.hours[at], clock, record.temperature_degc[at], faulty[at])


def _faulty(record: Record) -> Mask:
    """Tell which hours are part of a spike or a stuck reading; none where the record is too short to tell."""
    faulty = np.zeros(len(record.hours), dtype=bool)
    try:
        found = anomalies_of(
            record.hours, record.clock, record.temperature_degc, zero=record.zero, holidays=record.holidays
        )
    except NoData:
        return faulty
    for event in found.events:
        if event.kind in ("spike", "stuck"):
            faulty[event.first : event.end] = True
    return faulty


def _difference(found: Mapping[str, Found], fuel: str) -> list[Finding]:
    """Return the difference, its percent where there was use before, and the use of either period."""
    after, before = (sum(one.used_kwh[i] for one in found.values()) for i in (0, 1))
    how = "use of the period less that of the other, sums of the valid hours"
    values = [("difference", after - before, "kWh", how)]
    if before:
        values.append(("difference in percent", 100.0 * (after - before) / before, "percent", "of the other period"))
    made = [_finding(found, f"{fuel} {name}", value, unit, method) for name, value, unit, method in values]
    total = "sum of the valid hours"
    return [
        *made,
        _finding(found, f"{fuel} use", after, "kWh", total),
        _finding(found, f"{fuel} use", before, "kWh", total, other=True),
    ]


def _finding(
    found: Mapping[str, Found],
    name: str,
    value: float,
    unit: str,
    method: str,
    *,
    other: bool = False,
    hours: bool = False,
) -> Finding:
    several = list(found.values())
    spans = [one.record.utc(one.other if other else one.span) for one in several]
    return Finding(
        name=name,
        value=value,
        unit=unit,
        buildings=tuple(found),
        start=min(start for start, _ in spans),
        end=max(end for _, end in spans),
        method=method,
        coverage=_coverage(several, unit == "kWh" and name.endswith(" use"), other=other),
        meters=tuple(m for one in several for m in one.record.use.meters),
        shows_hours=hours,
    )


def _coverage(several: list[Found], of_one: bool, *, other: bool) -> float:
    """Return the share of hours behind a use of one period or, for what compares the two, that of the poorer."""
    if not of_one:
        return min(one.explained.coverage for one in several)
    return min(one.record.coverage(*one.record.utc(one.other if other else one.span)) for one in several)


def _causes(found: Mapping[str, Found], fuel: str) -> list[Finding]:
    """Return the kWh of each cause, the largest first, then its share of the difference in percent."""
    parts, whole = _parts(found), sum(one.explained.kwh for one in found.values())
    kwh, shares = [], []
    for kind, value in parts.items():
        name, hours = f"{fuel} use by {ONE[kind]}", kind in SHOWS_HOURS
        kwh.append(_finding(found, name, value, "kWh", METHOD, hours=hours))
        if whole:
            share = 100.0 * value / whole
            shares.append(_finding(found, f"{name} in percent", share, "percent", "of the difference", hours=hours))
    return kwh + shares


def _parts(found: Mapping[str, Found]) -> dict[CauseKind, float]:
    """Return the kWh of each cause over all buildings, the largest first, without what rounding leaves."""
    least = NOTHING * max(max(one.used_kwh) for one in found.values())
    parts: dict[CauseKind, float] = {}
    for cause in (c for one in found.values() for c in one.explained.causes):
        parts[cause.kind] = parts.get(cause.kind, 0.0) + cause.kwh
    return dict(sorted(((k, v) for k, v in parts.items() if abs(v) > least), key=lambda part: -abs(part[1])))


def _words(query: EnergyQuery, found: Mapping[str, Found], inventory: Inventory, fuel: str) -> str:
    lead = next(iter(found.values()))
    shown = shown_units(query, inventory, (lead.record.building,))
    after, before = (sum(one.used_kwh[i] for one in found.values()) for i in (0, 1))
    size = amount(abs(after - before), "kWh", shown)
    percent = f" ({100 * abs(after - before) / abs(before):.1f} %)" if before else ""
    more = "more" if after > before else "less"
    against = bare(lead.other) if query.against_period is None else query.against_period.words
    who, when = place(tuple(found), inventory), asked(lead.span, query.period)
    first = f"{who} used {size}{percent} {more} {fuel_words(fuel)} {when} than in {against}".replace(
        "than in from", "than from"
    )
    both = f"{amount(after, 'kWh', shown)} after {amount(before, 'kWh', shown)}"
    if after == before:
        return f"{who} used as much {fuel_words(fuel)} {when} as in {against}: {both}."
    told = [_part_words(kind, kwh, found, shown) for kind, kwh in list(_parts(found).items())[:MOST_SAID]]
    return f"{first}: {both}. It goes with {listed(told)}. What goes with a change need not have caused it."


def _part_words(kind: CauseKind, kwh: float, found: Mapping[str, Found], shown: Sequence[str]) -> str:
    """Write one cause with its size, its share, and of a single building what is known of it."""
    whole = sum(one.explained.kwh for one in found.values())
    share = f"{100 * kwh / whole:.0f} %" if whole else ""
    why = ""
    if len(found) == 1:
        (one,) = found.values()
        why = next((f"; {c.words}" for c in one.explained.causes if c.kind == kind), "")
    return f"{SAID[kind]} ({signed(kwh, 'kWh', shown)}, {share}{why})"


def _events(inventory: Inventory, one: Found) -> list[str]:
    """Return what people have recorded of a building in either period."""
    told = []
    for event in inventory.events_of(one.record.building):
        until = event.end or event.start
        if any(event.start < span.end and until >= span.start for span in (one.span, one.other)):
            note = f": {event.note}" if event.note else ""
            told.append(f"{event.building}: {event.kind} on {day_words(event.start)} is recorded{note}")
    return told


def _chart(found: Mapping[str, Found], fuel: str) -> Chart | None:
    """Draw the causes; None where nothing differs."""
    parts = _parts(found)
    if not parts:
        return None
    lead = next(iter(found.values()))
    title = f"what the change in {fuel} of {', '.join(found)} goes with, {bare(lead.span)} against {bare(lead.other)}"
    return Chart(title, "kWh", tuple(ONE[k] for k in parts), tuple(parts.values()), "bar", LABEL)
