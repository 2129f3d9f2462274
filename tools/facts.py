"""Facts on their way to evidence: slices evaluated, named and put in order."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tools.absence import no_meter
from tools.caveats import coverage_caveat, fault_caveats
from tools.energy_query import EnergyQuery, Hours, Period
from tools.errors import BadQuestion, NoData
from tools.evidence import Evidence, Span, evidence_id
from tools.found import Found, evaluate
from tools.labelling import LABEL
from tools.picked_hours import PickedHours
from tools.readings import Inventory, Readings
from tools.slices import Slice
from tools.tariffs import priced_caveat
from tools.use import FACTOR_KIND, Use, uses

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
_HOURS_NAME = {"night": " at night", "day": " by day", "weekend": " at weekends", "weekday": " on weekdays"}


@dataclass(frozen=True, slots=True)
class Fact:
    """A value with its slice and its name; `other` is the slice that it was compared with."""

    slice: Slice
    found: Found
    name: str
    other: Slice | None = None


async def uses_meant(
    query: EnergyQuery, readings: Readings, inventory: Inventory, period: Period | None
) -> dict[str, Use]:
    """Return the uses of the buildings that are meant; without names, those of the sites that have data."""
    members = list(query.buildings) or [
        b for b, it in inventory.buildings.items() if not query.sites or it.site in query.sites
    ]
    found = await uses(readings, inventory, members, period, query.measure)
    if not found:
        raise NoData(no_meter(query, inventory, members))
    if not query.buildings and not query.sites:
        alive = {u.site for u in found.values() if np.isfinite(u.hours).mean() >= ALIVE_SHARE}
        found = {b: u for b, u in found.items() if u.site in alive} or found
    return found


def require_one_grid(query: EnergyQuery, found: dict[str, Use]) -> None:
    """Raise `BadQuestion` where sites would be put together that have no hour in common; a plain sum needs none."""
    sites = {u.site for u in found.values()}
    sums = query.statistic == "total" and query.group == "none"
    if len(sites) > 1 and query.group != "building" and not sums:
        raise BadQuestion(
            f"that puts {' and '.join(sorted(sites))} together, which are in different zones and years; name one site"
        )


def evaluated(query: EnergyQuery, cut: Sequence[Slice], inventory: Inventory) -> tuple[list[Fact], list[str]]:
    """Evaluate slices; where one of many cannot be, it is left out and named."""
    if len(cut) > MAX_GROUPS and query.group != "building":  # a portfolio has as many buildings as it has
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
            facts.append(Fact(one, found, name_of(query)))
    if reasons and not facts:
        raise NoData(reasons[0])
    return facts, [f"without data, so left out: {', '.join(without)}"] if without and facts else []


def ordered(query: EnergyQuery, facts: list[Fact]) -> list[Fact]:
    """Put facts in the order that is asked for, and keep as many as are wanted."""
    if not query.order:
        return facts
    sign = 1 if query.order == "lowest" else -1
    furthest = query.order == "furthest"
    return sorted(facts, key=lambda f: sign * (abs(f.found.value) if furthest else f.found.value))[: query.limit]


def hours_name(hours: Hours) -> str:
    """Return what some hours are called in the name of a fact, with a space before; nothing of all."""
    return hours.words() if isinstance(hours, PickedHours) else _HOURS_NAME.get(hours, "")


def name_of(query: EnergyQuery) -> str:
    """Return what a query's figure is called: 'electricity mean per day at weekends'."""
    hours = hours_name(query.hours)
    per = f" per {query.per}" if query.per and query.statistic == "mean" else ""
    return f"{MEASURE_NAME[query.measure]} {STATISTIC_NAME[query.statistic]}{per}{hours}"


def evidence_of(query: EnergyQuery, fact: Fact, inventory: Inventory) -> Evidence:
    """Return a fact with everything needed to check it."""
    one = fact.slice
    buildings = one.buildings
    if fact.other and fact.other.buildings != buildings:
        buildings += fact.other.buildings
    span = Span(start=one.start, end=one.end)
    group = one.key if one.key and one.key not in one.buildings else None
    name = f"{fact.name}, {group}" if group else fact.name
    return Evidence(
        id=evidence_id(query, name, buildings, span, inventory.data_version),
        name=name,
        value=fact.found.value,
        unit=fact.found.unit,
        buildings=buildings,
        period=span,
        method=fact.found.method,
        coverage=fact.found.coverage,
        label=LABEL,
        query=query,
        caveats=(*_caveats(query, fact, inventory), *priced_caveat(query, one.uses, inventory)),
        group=group,
    )


def _caveats(query: EnergyQuery, fact: Fact, inventory: Inventory) -> tuple[str, ...]:
    """Return what must be said of a fact; of carbon or cost also what the site's factors owe."""
    kind = FACTOR_KIND.get(query.measure)
    caveats = coverage_caveat(fact.found.coverage)
    for side in (fact.slice, fact.other) if fact.other else (fact.slice,):
        meters = [m for u in side.uses for m in u.meters]
        factors = [inventory.site_meter(site, kind) for site in {u.site for u in side.uses}] if kind else []
        meters += [m.id for m in factors if m]
        caveats += [c for c in fault_caveats(inventory, meters, side.start, side.end) if c not in caveats]
    return tuple(caveats)
