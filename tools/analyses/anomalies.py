"""What is unusual in a building's record: faults of its meter and unusual doings of the building, each told once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import numpy as np

from tools.analyses.each_record import each, in_order, is_rank, rank_words, told_of
from tools.analyses.finding import Finding, facts_of
from tools.analyses.record import Record, fuel_of, fuel_words, records
from tools.anomalies import KINDS, Event, Kind
from tools.anomalies import anomalies as anomalies_of
from tools.baseline import DateSpan
from tools.chart import Chart, Series
from tools.computed import Facts
from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion
from tools.labelling import LABEL
from tools.readings import Inventory, Readings
from tools.wording import amount, listed, local_dates, named, shown_units, when

ONE: Mapping[Kind, str] = {
    "level_shift": "level shift",
    "spike": "spike",
    "stuck": "stuck reading",
    "zero_run": "zero run",
    "missing": "gap",
    "schedule_drift": "schedule drift",
    "unusual_day": "unusual day",
}
METHOD = (
    "beside the median of the eight nearest days of its kind and level at their weather; use less what was to be "
    "expected, of missing hours and zeros minus what was probably used"
)
COUNT_METHOD = "number of anomalies that touch the period, found by tests on the whole record"
MOST_SHOWN, MOST_SAID = 10, 2


@dataclass(frozen=True, slots=True)
class Found:
    """The anomalies of a building that are meant, the largest first, over [start, end), UTC."""

    record: Record
    events: tuple[Event, ...]
    start: datetime
    end: datetime
    notes: tuple[str, ...]

    @property
    def kinds(self) -> Counter[Kind]:
        """Return how many there are of each kind."""
        return Counter(e.kind for e in self.events)


async def anomalies(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts:
    """Return how many anomalies touch the period, then the largest of them, kWh, and how many there are of each kind.

    `terms.kinds`: those that are wanted, all by default. Without buildings, or by building, a rank by their number.
    Raises `NoData` under 28 days with readings, `BadQuestion` for a kind that there is not.
    """
    fuel, wanted = fuel_of(query, "an anomaly"), _wanted(query)
    found = await records(query, readings, inventory)
    made, notes = await each(query, found, partial(_found, query=query, wanted=wanted))
    if is_rank(query):
        return _rank(query, made, notes, inventory, fuel, wanted)
    lead = [_count(one, f"{fuel} {_many(wanted)}", len(one.events)) for one in made.values()]
    rest = [f for one in made.values() for f in _events(query, one, fuel, wanted)]
    text = " ".join(_words(query, one, inventory, fuel, wanted) for one in made.values())
    notes = notes + told_of({b: one.notes for b, one in made.items()})
    chart = _chart(next(iter(made.values())), fuel) if len(made) == 1 else None
    return facts_of(query, inventory, lead + rest, text, chart, notes)


def _wanted(query: EnergyQuery) -> tuple[Kind, ...]:
    asked = query.terms.kinds if query.terms else ()
    unknown = [kind for kind in asked if kind not in KINDS]
    if unknown:
        raise BadQuestion(f"there is no anomaly of kind {unknown[0]!r}; kinds are {', '.join(KINDS)}")
    return tuple(kind for kind in KINDS if kind in asked) or KINDS


def _found(record: Record, *, query: EnergyQuery, wanted: tuple[Kind, ...]) -> Found:
    told = anomalies_of(record.hours, record.clock, record.temperature_degc, zero=record.zero, holidays=record.holidays)
    start, end = query.period.utc(record.timezone) if query.period else record.utc(record.span)
    meant = record.places(start, end)
    events = [e for e in told.events if e.kind in wanted and e.overlaps(meant.start, meant.stop)]
    return Found(record, tuple(sorted(events, key=lambda e: -abs(e.kwh))), start, end, told.notes)


def _many(wanted: tuple[Kind, ...]) -> str:
    """Return what a count is of: 'spikes', or 'anomalies' of several kinds."""
    return f"{ONE[wanted[0]]}s" if len(wanted) == 1 else "anomalies"


def _count(one: Found, name: str, count: int) -> Finding:
    return Finding(
        name=name,
        value=float(count),
        unit="count",
        buildings=(one.record.building,),
        start=one.start,
        end=one.end,
        method=COUNT_METHOD,
        coverage=one.record.coverage(one.start, one.end),
        meters=one.record.use.meters,
        shows_hours=True,
    )


def _events(query: EnergyQuery, one: Found, fuel: str, wanted: tuple[Kind, ...]) -> list[Finding]:
    """Return the largest events, then a count of each kind where there are several."""
    shown = [_event(one, event, fuel) for event in one.events[: query.limit or MOST_SHOWN]]
    if len(wanted) == 1:
        return shown
    return shown + [_count(one, f"{fuel} {ONE[kind]}s", n) for kind, n in one.kinds.most_common()]


def _event(one: Found, event: Event, fuel: str) -> Finding:
    record = one.record
    start, end = record.at(event.first), record.at(event.end)
    return Finding(
        name=f"{fuel} {ONE[event.kind]}",
        value=event.kwh,
        unit="kWh",
        buildings=(record.building,),
        start=start,
        end=end,
        method=f"{METHOD}; {event.words}",
        coverage=record.coverage(start, end) if event.kind not in ("missing", "zero_run") else 1.0,
        meters=record.use.meters,
        group=str(record.clock.local[event.first]).replace("T", " "),
        shows_hours=True,
    )


def _words(query: EnergyQuery, one: Found, inventory: Inventory, fuel: str, wanted: tuple[Kind, ...]) -> str:
    who, what = named(one.record.building, inventory), fuel_words(fuel)
    many = _many(wanted)
    if not one.events:
        return f"No {many} were found in the {what} readings of {who} {when(query)}."
    n = len(one.events)
    count = f"{n} {many if n > 1 else _one(wanted)} {'were' if n > 1 else 'was'}"
    kinds = [f"{k} {ONE[kind]}{'s' if k > 1 else ''}" for kind, k in one.kinds.most_common()]
    by_kind = f" ({listed(kinds)})" if len(wanted) > 1 else ""
    shown = shown_units(query, inventory, (one.record.building,))
    largest = [_event_words(one, event, shown) for event in one.events[:MOST_SAID]]
    told = f"The largest: {'; '.join(largest)}." if n > 1 else f"It is {largest[0]}."
    return f"{count} found in the {what} readings of {who} {when(query)}{by_kind}. {told}"


def _one(wanted: tuple[Kind, ...]) -> str:
    return ONE[wanted[0]] if len(wanted) == 1 else "anomaly"


def _event_words(one: Found, event: Event, shown: Sequence[str]) -> str:
    """Write one event with its local time and its size."""
    record = one.record
    time = local_dates(record.at(event.first), record.at(event.end), record.timezone)
    if event.kind in ("missing", "zero_run"):
        size = f"about {amount(abs(event.kwh), 'kWh', shown)} unmetered"
    else:
        size = f"{amount(abs(event.kwh), 'kWh', shown)} {'more' if event.kwh > 0 else 'less'} than expected"
    article = "an" if ONE[event.kind].startswith("u") else "a"
    return f"{article} {ONE[event.kind]} {time}, {size}"


def _rank(
    query: EnergyQuery,
    found: Mapping[str, Found],
    notes: list[str],
    inventory: Inventory,
    fuel: str,
    wanted: tuple[Kind, ...],
) -> Facts:
    """Return how many there are in each building, in order."""
    ranked = in_order(query, {b: float(len(one.events)) for b, one in found.items()})
    findings = [_count(found[b], f"{fuel} {_many(wanted)}", len(found[b].events)) for b in ranked]
    told = {b: str(len(found[b].events)) for b in ranked}
    what = f"{_many(wanted).capitalize()} in the {fuel_words(fuel)} readings {when(query)}"
    values = tuple(float(len(found[b].events)) for b in ranked)
    chart = Chart(f"{_many(wanted)} in {fuel} readings", "count", tuple(ranked), values, "bar", LABEL)
    return facts_of(query, inventory, findings, rank_words(query, what, told, inventory), chart, notes)


def _chart(one: Found, fuel: str) -> Chart | None:
    """Draw the daily use, and the days of the anomalies of each kind as dots; None where no day was metered."""
    record = one.record
    first, last = (record.clock.local[min(i, len(record.hours) - 1)] for i in _ends(one))
    days = record.days().between(DateSpan(first.astype("M8[D]").item(), last.astype("M8[D]").item()))
    if not np.isfinite(days.kwh).any():
        return None
    series = []
    for kind in one.kinds:
        marked = np.zeros(len(days), dtype=bool)
        for event in (e for e in one.events if e.kind == kind):
            ends = (record.clock.local[i].astype("M8[D]").astype(np.int64) for i in (event.first, event.end - 1))
            begin, end = ends
            marked |= (days.day >= begin) & (days.day <= end)
        shown = np.where(marked, np.nan_to_num(days.kwh), np.nan)
        series.append(Series(ONE[kind], tuple(float(v) for v in shown)))
    labels = tuple(str(d) for d in days.day.astype("M8[D]"))
    title = f"daily {fuel} of {record.building} and what is unusual"
    return Chart(title, "kWh", labels, tuple(float(v) for v in days.kwh), "line", LABEL, tuple(series), "use")


def _ends(one: Found) -> tuple[int, int]:
    meant = one.record.places(one.start, one.end)
    return meant.start, meant.stop
