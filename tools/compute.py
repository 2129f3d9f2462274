"""The semantic layer: from one typed query to evidence, computed from readings and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np

from privacy.labels import Label
from tools.caveats import coverage_caveat, fault_caveats
from tools.energy_query import EnergyQuery, Period
from tools.errors import BadQuestion, NoData
from tools.evidence import Evidence, Span, evidence_id
from tools.figures import daily_shape, percent_change
from tools.found import Found, area_of, difference, evaluate
from tools.labelling import label_of
from tools.readings import Inventory, Readings
from tools.slices import Slice, slices
from tools.use import Use, meter_kind, uses

HOUR = timedelta(hours=1)
MAX_GROUPS = 1_000
ALIVE_SHARE = 0.01  # a site that nobody named is meant only where it has more than a stray hour
MEASURE_NAME = {
    "electricity": "electricity",
    "gas": "gas, as labelled",
    "total": "electricity",
    "carbon": "carbon of electricity",
    "cost": "cost of electricity",
}
STATISTIC_NAME = {
    "total": "use",
    "mean": "mean",
    "peak": "peak",
    "minimum": "minimum",
    "baseload": "baseload",
    "load_factor": "load factor",
    "intensity": "intensity",
    "share": "share",
    "quality": "coverage",
}


@dataclass(frozen=True, slots=True)
class Chart:
    """Something to look at beside the facts: values by label, in one unit. It carries its own sensitivity."""

    title: str
    unit: str
    labels: tuple[str, ...]
    values: tuple[float, ...]
    kind: str  # "bar" or "line"
    label: Label


@dataclass(frozen=True, slots=True)
class Facts:
    """The evidence for a query, best or asked-for first, a chart, and what was left out and why."""

    query: EnergyQuery
    evidence: tuple[Evidence, ...]
    chart: Chart | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Fact:
    slice: Slice
    found: Found
    name: str
    other: Slice | None = None


async def compute(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts:
    """Return the facts that answer a query.

    Raises `NoData` where nothing counts (and says what there is), `BadQuestion` where buildings cannot be set
    together, `DataUnavailable` where the store does not answer.
    """
    found = await _uses(query, readings, inventory, query.period)
    facts, notes = await _facts(query, readings, inventory, found)
    if not facts:
        raise NoData(_nothing(query, inventory, list(found)))
    evidence = tuple(_evidence(query, f, inventory) for f in facts)
    if query.measure == "total":
        evidence += await _gas_beside(query, readings, inventory)
    return Facts(query, evidence, _chart(query, facts, found), tuple(notes))


async def _uses(query: EnergyQuery, readings: Readings, inventory: Inventory, period: Period | None) -> dict[str, Use]:
    """Return the uses of the buildings that are meant; without names, those of the sites that have data."""
    members = list(query.buildings) or [
        b for b, it in inventory.buildings.items() if not query.sites or it.site in query.sites
    ]
    found = await uses(readings, inventory, members, period, query.measure)
    if not found:
        raise NoData(_no_meter(query, inventory, members))
    if not query.buildings and not query.sites:
        alive = {u.site for u in found.values() if np.isfinite(u.hours).mean() >= ALIVE_SHARE}
        found = {b: u for b, u in found.items() if u.site in alive} or found
    return found


async def _facts(
    query: EnergyQuery, readings: Readings, inventory: Inventory, found: dict[str, Use]
) -> tuple[list[_Fact], list[str]]:
    if query.statistic == "share":
        return await _share(query, readings, inventory, found)
    if query.against_period or query.against_buildings or query.against_hours:
        return await _comparison(query, readings, inventory, found)
    _one_grid(query, found)
    got, notes = _evaluated(query, slices(query, found.values(), inventory), inventory)
    got = _ordered(query, got)
    if query.group == "none" and len(query.buildings) > 1 and len(got) == 1:
        each = [Slice((u,), u.start, u.end, query.hours, key=u.building) for u in found.values()]
        got += _evaluated(query, each, inventory)[0]
    return _with_own_hours(query, got), notes


def _one_grid(query: EnergyQuery, found: dict[str, Use]) -> None:
    sites = {u.site for u in found.values()}
    if len(sites) > 1 and query.group not in ("building",) and (query.statistic != "total" or query.group != "none"):
        raise BadQuestion(
            f"that puts {' and '.join(sorted(sites))} together, which are in different zones and years; name one site"
        )


def _evaluated(query: EnergyQuery, cut: Sequence[Slice], inventory: Inventory) -> tuple[list[_Fact], list[str]]:
    """Evaluate slices; where one of many cannot be, it is left out and named."""
    if len(cut) > MAX_GROUPS:
        raise BadQuestion(f"that is {len(cut):,} figures; ask for a shorter period or by month")
    facts, without, reasons = [], [], []
    for one in cut:
        try:
            found = evaluate(query, one, inventory)
        except NoData as why:
            if len(cut) == 1:
                raise
            found = None
            reasons.append(str(why))
        if found is None:
            without.append(one.key or ", ".join(one.buildings))
        else:
            facts.append(_Fact(one, found, _name(query)))
    if reasons and not facts:
        raise NoData(reasons[0])
    return facts, [f"without data, so left out: {', '.join(without)}"] if without and facts else []


def _ordered(query: EnergyQuery, facts: list[_Fact]) -> list[_Fact]:
    if not query.order:
        return facts
    sign = 1 if query.order == "lowest" else -1
    furthest = query.order == "furthest"
    return sorted(facts, key=lambda f: sign * (abs(f.found.value) if furthest else f.found.value))[: query.limit]


def _with_own_hours(query: EnergyQuery, facts: list[_Fact]) -> list[_Fact]:
    """Add, behind a peak or minimum, the hour it fell in."""
    if query.statistic not in ("peak", "minimum") or query.against_period or query.against_buildings:
        return facts
    own = [_own_hour(f) for f in facts if f.found.at]
    return facts + own


def _own_hour(fact: _Fact) -> _Fact:
    at = fact.found.at or fact.slice.start
    hour = replace(fact.slice, start=at, end=at + HOUR, key=None)
    return _Fact(hour, replace(fact.found, coverage=1.0, method="the hour of that figure"), f"{fact.name} hour")


async def _share(
    query: EnergyQuery, readings: Readings, inventory: Inventory, found: dict[str, Use]
) -> tuple[list[_Fact], list[str]]:
    """Return a part in percent of its whole: hours of all hours, or buildings of their site."""
    if query.hours != "all" and query.group == "none":
        whole_query, whole = query.model_copy(update={"hours": "all"}), found
    else:
        sites = tuple(dict.fromkeys(inventory.buildings[b].site for b in found))
        whole_query = query.model_copy(update={"buildings": (), "sites": sites, "group": "none"})
        whole = await _uses(whole_query, readings, inventory, query.period)
    _one_grid(query, whole)
    total = evaluate(
        whole_query, slices(whole_query.model_copy(update={"group": "none"}), whole.values(), inventory)[0], inventory
    )
    parts, notes = _evaluated(query, slices(query, found.values(), inventory), inventory)
    if not total or not parts or total.value == 0:
        return [], notes
    shares = [
        _Fact(
            p.slice,
            Found(
                100 * p.found.value / total.value,
                "percent",
                min(p.found.coverage, total.coverage),
                "part over whole, both sums of the valid hours",
            ),
            _name(query),
        )
        for p in parts
    ]
    shares = _ordered(query, shares)
    start, end = parts[0].slice.start, parts[0].slice.end
    wholly = _Fact(Slice(tuple(whole.values()), start, end), total, f"{MEASURE_NAME[query.measure]} use, whole")
    operands = (
        [_Fact(p.slice, p.found, f"{MEASURE_NAME[query.measure]} use, part") for p in parts] if len(parts) == 1 else []
    )
    return shares + operands + [wholly], notes


async def _comparison(
    query: EnergyQuery, readings: Readings, inventory: Inventory, found: dict[str, Use]
) -> tuple[list[_Fact], list[str]]:
    """Return for each pair of slices the difference and percent, then both operands."""
    plain = query.model_copy(update={"against_period": None, "against_buildings": (), "against_hours": None})
    other = plain
    if query.against_period:
        other = plain.model_copy(update={"period": query.against_period})
    elif query.against_buildings:
        other = plain.model_copy(update={"buildings": query.against_buildings})
    elif query.against_hours:
        other = plain.model_copy(update={"hours": query.against_hours})
    reference = found if query.against_hours else await _uses(other, readings, inventory, other.period)
    _one_grid(query, found)
    _one_grid(query, reference)
    ones, notes = _evaluated(plain, slices(plain, found.values(), inventory), inventory)
    others, more = _evaluated(other, slices(other, reference.values(), inventory), inventory)
    pairs = _paired(query, ones, others)
    if not pairs:
        _missing_side(query, ones, others)
    return _differences(query, pairs), list(dict.fromkeys(notes + more))


def _paired(query: EnergyQuery, ones: list[_Fact], others: list[_Fact]) -> list[tuple[_Fact, _Fact]]:
    if query.group == "none":
        return list(zip(ones, others, strict=False))
    if query.group == "building":
        by_building = {o.slice.buildings: o for o in others}
        return [(one, by_building[one.slice.buildings]) for one in ones if one.slice.buildings in by_building]
    return list(zip(ones, others, strict=False))


def _missing_side(query: EnergyQuery, ones: list[_Fact], others: list[_Fact]) -> None:
    asked = query.period.words if query.period else "the period"
    against = query.against_period.words if query.against_period else "what it is compared with"
    if ones and not others:
        raise NoData(f"there is no valid reading for {against}, so nothing to compare {asked} with")
    if others and not ones:
        raise NoData(f"there is no valid reading for {asked}, so nothing to compare with {against}")


def _differences(query: EnergyQuery, pairs: list[tuple[_Fact, _Fact]]) -> list[_Fact]:
    changes, percents, operands = [], [], []
    for one, other in pairs:
        percent = percent_change(one.found.value, other.found.value)
        change = _Fact(one.slice, difference(one.found, other.found), f"{one.name}, difference", other.slice)
        relative = replace(
            change.found, value=percent or 0.0, unit="percent", method="difference over the second figure"
        )
        if percent is not None:
            percents.append(_Fact(one.slice, relative, f"{one.name}, change in percent", other.slice))
        changes.append(change)
        operands += [one, replace(other, name=f"{other.name}, reference")]
    if len(pairs) == 1:
        return changes + percents + operands
    by_percent = query.unit == "percent"
    lead, rest = (percents, changes) if by_percent else (changes, percents)
    lead = _ordered(query, lead)
    kept = {f.slice.buildings + (f.slice.key or "",) for f in lead}
    follow = [next(f for f in rest if f.slice is c.slice) for c in lead if any(f.slice is c.slice for f in rest)]
    keys = [o for o in operands if o.slice.buildings + (o.slice.key or "",) in kept]
    return lead + follow + keys


async def _gas_beside(query: EnergyQuery, readings: Readings, inventory: Inventory) -> tuple[Evidence, ...]:
    """Return the same facts for gas, shown as labelled and never added; nothing where there is none."""
    gas = query.model_copy(update={"measure": "gas"})
    try:
        return (await compute(gas, readings, inventory)).evidence
    except NoData:
        return ()


def _name(query: EnergyQuery) -> str:
    hours = {"night": " at night", "day": " by day", "weekend": " at weekends", "weekday": " on weekdays"}.get(
        query.hours, ""
    )
    per = f" per {query.per}" if query.per and query.statistic == "mean" else ""
    return f"{MEASURE_NAME[query.measure]} {STATISTIC_NAME[query.statistic]}{per}{hours}"


def _evidence(query: EnergyQuery, fact: _Fact, inventory: Inventory) -> Evidence:
    one = fact.slice
    buildings = one.buildings
    if fact.other and fact.other.buildings != buildings:
        buildings += fact.other.buildings
    span = Span(start=one.start, end=one.end)
    name = fact.name if not one.key or one.key in one.buildings else f"{fact.name}, {one.key}"
    caveats = coverage_caveat(fact.found.coverage)
    for side in (one, fact.other) if fact.other else (one,):
        meters = [m for u in side.uses for m in u.meters]
        caveats += [c for c in fault_caveats(inventory, meters, side.start, side.end) if c not in caveats]
    return Evidence(
        id=evidence_id(query, name, buildings, span, inventory.data_version),
        name=name,
        value=fact.found.value,
        unit=fact.found.unit,
        buildings=buildings,
        period=span,
        method=fact.found.method,
        coverage=fact.found.coverage,
        label=label_of(query, one.start, one.end),
        query=query,
        caveats=tuple(caveats),
        group=one.key if one.key and one.key not in one.buildings else None,
    )


def _chart(query: EnergyQuery, facts: list[_Fact], found: dict[str, Use]) -> Chart | None:
    """Draw the groups where there are several; else the mean day of the first building or of all named."""
    unit = facts[0].found.unit
    alike = [f for f in facts if f.slice.key and f.found.unit == unit and f.name == facts[0].name]
    if len(alike) > 1:
        labels, values = tuple(f.slice.key or "" for f in alike), tuple(f.found.value for f in alike)
        kind = "line" if query.group in ("hour", "day") else "bar"
        return Chart(
            f"{facts[0].name} by {query.group}",
            unit,
            labels,
            values,
            kind,
            label_of(query, facts[0].slice.start, facts[0].slice.end),
        )
    use = next(iter(found.values()))
    shape = daily_shape(use.hours, use.clock.hour)
    if not np.isfinite(shape).all() or len(use.hours) < 24 or query.measure in ("carbon", "cost"):
        return None
    return Chart(
        f"mean day of {use.building}",
        "kW",
        tuple(f"{h:02d}:00" for h in range(24)),
        tuple(float(v) for v in shape),
        "line",
        Label.RESTRICTED,
    )


def _no_meter(query: EnergyQuery, inventory: Inventory, members: list[str]) -> str:
    kind = meter_kind(query.measure)
    who = ", ".join(members[:3]) + (" ..." if len(members) > 3 else "")
    has = [b for b in inventory.buildings if inventory.meters_of(b, kind)]
    return f"{who or 'this site'} has no {kind} meter; {kind} is metered in {', '.join(has[:20]) or 'no building'}"


def _nothing(query: EnergyQuery, inventory: Inventory, members: list[str]) -> str:
    """Say what is missing, and what there is instead."""
    kind, when = meter_kind(query.measure), query.period.words if query.period else "the whole record"
    sites = {inventory.buildings[b].site for b in members}
    factor = {"carbon": "carbon", "cost": "price"}.get(query.measure)
    if factor:
        metered = [m for s in sites if (m := inventory.site_meter(s, factor))]
        if not metered:
            what = "hourly carbon factor" if factor == "carbon" else "hourly price"
            return f"there is no {what} for {' and '.join(sorted(inventory.sites[s].name for s in sites))}, so no {query.measure} can be computed"
        if query.period and not any(
            m.first < query.period.utc(inventory.sites[m.site].timezone)[1]
            and m.last_end > query.period.utc(inventory.sites[m.site].timezone)[0]
            for m in metered
        ):
            return f"there is no {factor} for {when}; it runs from {_spell(metered[0].first)} to {_spell(metered[0].last_end - HOUR)}"
    meters = [m for b in members for m in inventory.meters_of(b, kind)]
    who = ", ".join(members[:3]) + (" ..." if len(members) > 3 else "")
    spans = f"{_spell(min(m.first for m in meters))} to {_spell(max(m.last_end for m in meters) - HOUR)}"
    return f"{who} has no valid {kind} reading in {when}; its {kind} readings run from {spans}"


def _spell(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}"


__all__ = ["Chart", "Facts", "area_of", "compute"]
