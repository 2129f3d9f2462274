"""What an analysis tells of one building, and how it is told of several: in turn, ranked, by month, or compared."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from tools.analyses.finding import Finding, facts_of
from tools.analyses.told_words import changed, grouped, left_out, ranked, several
from tools.chart import Chart
from tools.computed import Facts
from tools.energy_query import EnergyQuery, Group
from tools.errors import BadQuestion, NoData
from tools.figures import percent_change
from tools.labelling import LABEL
from tools.readings import Inventory

Subject = TypeVar("Subject")
SAID_IN_FULL = 3
MOST_OWN_NOTES = 10


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one building: findings, what was asked for first, and the sentences that say it.

    `when`: the words for its time. `notes` are shown beside the answer.
    """

    findings: tuple[Finding, ...]
    words: str
    when: str
    chart: Chart | None = None
    notes: tuple[str, ...] = ()

    @property
    def lead(self) -> Finding:
        """Return what was asked for."""
        return self.findings[0]


@dataclass(frozen=True, slots=True)
class Method(Generic[Subject]):
    """How an analysis is made.

    `load` gives the subjects that are meant, by building; `tell` what is told of one, or raises `NoData`. `noun`: what
    the lead figure is, for a rank ('electricity avoidable while empty'). `lowest_first`: which way it ranks by default;
    `extremes` are the words for the most and the least. `split` cuts a subject by year or month; None where that says
    nothing. `of_buildings`: whether the subjects are the buildings themselves, and not what several share, such as a
    load together or a site's weather. `most`: how many subjects can be told of in about half a minute.
    """

    noun: str
    load: Callable[[EnergyQuery], Awaitable[Mapping[str, Subject]]]
    tell: Callable[[Subject], Told]
    split: Callable[[Subject, Group], Mapping[str, Subject]] | None = None
    lowest_first: bool = False
    extremes: tuple[str, str] = ("highest", "lowest")
    of_buildings: bool = True
    most: int = 5_000


async def answered(query: EnergyQuery, inventory: Inventory, method: Method[Subject]) -> Facts:
    """Return the facts of an analysis for the buildings, periods and groups of a query.

    One building: all that is told of it. Several that are named: the lead figure of each, then the rest. None named: a
    rank by the lead figure. Raises `BadQuestion` for what cannot be set together, `NoData` where nothing can be told.
    """
    if query.against_hours:
        raise BadQuestion(f"{method.noun} is not compared between parts of the day; ask for each by itself")
    if query.against_period or query.against_buildings:
        return await _compared(query, inventory, method)
    subjects = await method.load(query)
    if query.group not in ("none", "building"):
        return await _by_group(query, inventory, method, subjects)
    told, notes = await _told(method, subjects)
    notes += _without(query, subjects) if method.of_buildings else []
    if len(told) == 1:
        one = next(iter(told.values()))
        return facts_of(query, inventory, one.findings, one.words, one.chart, (*one.notes, *notes))
    if query.buildings and not query.order and query.group == "none":
        return _several(query, inventory, told, notes, method.noun)
    return _ranked(query, inventory, told, notes, method)


def _without(query: EnergyQuery, subjects: Mapping[str, Subject]) -> list[str]:
    """Return a note of the named buildings that have no reading then."""
    missing = [b for b in query.buildings if b not in subjects]
    return [f"without data, so left out: {', '.join(missing)}"] if missing else []


async def _told(method: Method[Subject], subjects: Mapping[str, Subject]) -> tuple[dict[str, Told], list[str]]:
    """Tell of each subject, in a thread so that others are served meanwhile; those that cannot be are noted."""
    if len(subjects) > method.most:
        raise BadQuestion(
            f"that is {len(subjects):,} buildings, and {method.noun} is worked out for at most {method.most} at a "
            "time; name a site or some buildings"
        )
    told, reasons = {}, {}
    for name, subject in subjects.items():
        try:
            told[name] = await asyncio.to_thread(method.tell, subject)
        except NoData as why:
            reasons[name] = str(why)
    if not told:
        raise NoData(next(iter(reasons.values()), "nothing was found that answers this"))
    return told, left_out(reasons)


def _several(query: EnergyQuery, inventory: Inventory, told: dict[str, Told], notes: list[str], noun: str) -> Facts:
    findings = [t.lead for t in told.values()] + [f for t in told.values() for f in t.findings[1:]]
    words = (
        " ".join(t.words for t in told.values())
        if len(told) <= SAID_IN_FULL
        else several(query, _leads(told), inventory, f"{noun} {_time(told)}")
    )
    return facts_of(query, inventory, findings, words, _bars(noun, _leads(told)), [*_notes(told), *notes])


def _time(told: Mapping[str, Told]) -> str:
    """Return the words for the time of the first; that the others' are not the same is said."""
    first, *others = (t.when for t in told.values())
    return first if set(others) <= {first} else f"{first} (each in its own)"


def _notes(told: Mapping[str, Told]) -> list[str]:
    """Return what is noted of all, then what is noted of some of the first, with whose it is."""
    common = [note for note in next(iter(told.values())).notes if all(note in t.notes for t in told.values())]
    own = [f"{name}: {note}" for name, t in told.items() for note in t.notes if note not in common]
    return [*common, *own[:MOST_OWN_NOTES]]


def _leads(told: Mapping[str, Told]) -> dict[str, Finding]:
    return {name: t.lead for name, t in told.items()}


def _ranked(
    query: EnergyQuery, inventory: Inventory, told: dict[str, Told], notes: list[str], method: Method[Subject]
) -> Facts:
    lowest = query.order == "lowest" or (query.order is None and method.lowest_first)
    leads = dict(sorted(_leads(told).items(), key=lambda it: it[1].value if lowest else -it[1].value))
    kept = dict(list(leads.items())[: query.limit])
    time = _time({name: told[name] for name in kept})
    words = ranked(query, kept, inventory, f"{method.extremes[lowest]} {method.noun}", time)
    said = [*_notes({name: told[name] for name in kept}), *notes]
    return facts_of(query, inventory, list(kept.values()), words, _bars(method.noun, kept), said)


async def _by_group(
    query: EnergyQuery, inventory: Inventory, method: Method[Subject], subjects: Mapping[str, Subject]
) -> Facts:
    """Return the lead figure of each year or month of one building."""
    if method.split is None or query.group not in ("year", "month"):
        raise BadQuestion(f"{method.noun} is not told by {query.group}; ask for the period as a whole")
    if len(subjects) > 1:
        raise BadQuestion(f"{method.noun} by {query.group} is told of one building at a time; name one")
    told, notes = await _told(method, method.split(next(iter(subjects.values())), query.group))
    leads = {name: replace(finding, group=name) for name, finding in _leads(told).items()}
    if query.order:
        sign = 1 if query.order == "lowest" else -1
        leads = dict(sorted(leads.items(), key=lambda it: sign * it[1].value)[: query.limit])
    words = grouped(query, leads, inventory, method.noun)
    return facts_of(query, inventory, list(leads.values()), words, _bars(method.noun, leads), notes)


async def _compared(query: EnergyQuery, inventory: Inventory, method: Method[Subject]) -> Facts:
    """Return the difference of two lead figures, the change in percent, then both: of two periods or two buildings."""
    plain = query.model_copy(update={"against_period": None, "against_buildings": (), "group": "none", "order": None})
    other = plain.model_copy(
        update={"period": query.against_period} if query.against_period else {"buildings": query.against_buildings}
    )
    ones, others = await method.load(plain), await method.load(other)
    if not query.against_period and (len(ones) > 1 or len(others) > 1):
        raise BadQuestion(f"{method.noun} is compared between two buildings at a time; name one on each side")
    (now, notes), (then, more) = await _told(method, ones), await _told(method, others)
    pairs = list(zip(now.values(), then.values(), strict=False))
    if query.against_period:
        pairs = [(now[b], then[b]) for b in now if b in then]
    if not pairs:
        raise NoData(f"no building has {method.noun} on both sides, so there is nothing to compare")
    findings = [_difference(*pair) for pair in pairs]
    if query.order or len(pairs) > 1:
        rank = sorted(range(len(pairs)), key=lambda i: _size(query, findings[i].value))[: query.limit]
        pairs, findings = [pairs[i] for i in rank], [findings[i] for i in rank]
    words = changed(
        query, [(a.lead, b.lead) for a, b in pairs], inventory, method.noun, (pairs[0][0].when, pairs[0][1].when)
    )
    percents = [p for pair in pairs if (p := _percent(*pair))]
    operands = [f for a, b in pairs for f in (a.lead, _reference(b))]
    found = facts_of(
        query, inventory, [*findings, *percents, *operands], words, None, list(dict.fromkeys(notes + more))
    )
    return _strict(found, len(findings) + len(percents))


def _size(query: EnergyQuery, value: float) -> float:
    if query.order == "furthest":
        return -abs(value)
    return value if query.order == "lowest" else -value


def _strict(facts: Facts, derived: int) -> Facts:
    """Return facts whose first `derived`, which follow from the others, are as telling as the most telling of those."""
    own = [facts.grounds[e.id] for e in facts.evidence[derived:]]
    shortest = min(own, key=lambda g: g.end - g.start)
    grounds = dict(facts.grounds)
    for evidence in facts.evidence[:derived]:
        grounds[evidence.id] = replace(
            grounds[evidence.id],
            start=shortest.start,
            end=shortest.end,
            whole_months=all(g.whole_months for g in own),
            shows_hours=any(g.shows_hours for g in own),
        )
    return replace(facts, grounds=grounds)


def _reference(other: Told) -> Finding:
    return replace(other.lead, name=f"{other.lead.name}, reference")


def _difference(one: Told, other: Told) -> Finding:
    a, b = one.lead, other.lead
    buildings = a.buildings if a.buildings == b.buildings else (*a.buildings, *b.buildings)
    return replace(
        a,
        name=f"{a.name}, difference",
        value=a.value - b.value,
        unit="h" if a.unit == "hour_of_day" else a.unit,
        buildings=buildings,
        coverage=min(a.coverage, b.coverage),
        meters=tuple(dict.fromkeys((*a.meters, *b.meters))),
        method=f"first figure less the second; each: {a.method}",
    )


def _percent(one: Told, other: Told) -> Finding | None:
    percent = percent_change(one.lead.value, other.lead.value)
    if percent is None or one.lead.unit in ("hour_of_day", "degC", "degF"):
        return None
    change = _difference(one, other)
    name = f"{one.lead.name}, change in percent"
    return replace(change, name=name, value=percent, unit="percent", method="difference over the second figure")


def _bars(noun: str, leads: Mapping[str, Finding]) -> Chart | None:
    if len(leads) < 2:
        return None
    unit = next(iter(leads.values())).unit
    values = tuple(f.value for f in leads.values())
    return Chart(title=noun, unit=unit, labels=tuple(leads), values=values, kind="bar", label=LABEL)
