"""The semantic layer: from one typed query to evidence, computed from readings and nothing else."""

from dataclasses import replace
from datetime import timedelta

from tools.absence import nothing
from tools.chart import chart_of
from tools.comparison import comparison
from tools.computed import Facts
from tools.energy_query import ANALYSES, EnergyQuery
from tools.errors import BadQuestion, NoData
from tools.facts import Fact, evaluated, evidence_of, ordered, require_one_grid, uses_meant
from tools.labelling import grounds_of
from tools.readings import Inventory, Readings
from tools.resting import resting
from tools.rolled import rolled
from tools.share import share
from tools.slices import Slice, slices
from tools.tariffs import is_billed
from tools.use import Use

__all__ = ["Facts", "compute"]

HOUR = timedelta(hours=1)


async def compute(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts:
    """Return the facts that answer a query.

    Raises `NoData` where nothing counts (and says what there is), `BadQuestion` where buildings cannot be set
    together, `DataUnavailable` where the store does not answer.
    """
    _require_two_sides(query)
    return resting(await _computed(query, readings, inventory), inventory)


def _require_two_sides(query: EnergyQuery) -> None:
    """Raise `BadQuestion` where the same hours of the same buildings would be set beside themselves."""
    one, other = query.period, query.against_period
    apart = query.against_buildings or query.against_hours
    if one and other and not apart and (one.start, one.end) == (other.start, other.end):
        raise BadQuestion(f"{one.words} would be compared with itself; name the other period")


async def _computed(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts:
    if query.statistic in ANALYSES or _by_source_or_weather(query) or is_billed(query, inventory):
        from tools.analyses import analyse  # loaded where it is asked for: it takes ten times the rest of this package

        return await analyse(query, readings, inventory)
    if (known := await rolled(query, readings, inventory)) is not None:
        found, facts, notes = known.found, _with_own_hours(query, known.facts), known.notes
    else:
        found = await uses_meant(query, readings, inventory, query.period)
        facts, notes = await _facts(query, readings, inventory, found)
    if not facts:
        raise NoData(nothing(query, inventory, list(found)))
    evidence = tuple(evidence_of(query, f, inventory) for f in facts)
    grounds = {e.id: grounds_of(query, f.slice, f.other, inventory) for e, f in zip(evidence, facts, strict=True)}
    if query.measure == "total" and (gas := await _gas_beside(query, readings, inventory)):
        evidence, grounds = evidence + gas.evidence, {**grounds, **gas.grounds}
    return Facts(query, evidence, chart_of(query, facts, found), tuple(notes), grounds)


def _by_source_or_weather(query: EnergyQuery) -> bool:
    """Tell whether a figure is wanted at its source, in normal weather, or of all fuels by floor area."""
    terms, is_intensity = query.terms, query.statistic == "intensity"
    if terms and terms.weather_normalised:
        return is_intensity or query.statistic == "total"
    return is_intensity and (bool(terms and terms.basis) or (query.measure == "total" and query.group == "building"))


async def _facts(
    query: EnergyQuery, readings: Readings, inventory: Inventory, found: dict[str, Use]
) -> tuple[list[Fact], list[str]]:
    if query.statistic == "share":
        return await share(query, readings, inventory, found)
    if query.against_period or query.against_buildings or query.against_hours:
        return await comparison(query, readings, inventory, found)
    require_one_grid(query, found)
    got, notes = evaluated(query, slices(query, found.values(), inventory), inventory)
    got = ordered(query, got)
    if query.group == "none" and len(query.buildings) > 1 and len(got) == 1:
        each = [Slice((u,), u.start, u.end, query.hours, key=u.building) for u in found.values()]
        got += evaluated(query, each, inventory)[0]
    return _with_own_hours(query, got), notes


def _with_own_hours(query: EnergyQuery, facts: list[Fact]) -> list[Fact]:
    """Add, behind a peak or minimum, the hour it fell in."""
    if query.statistic not in ("peak", "minimum") or query.against_period or query.against_buildings:
        return facts
    own = [_own_hour(f) for f in facts if f.found.at]
    return facts + own if query.group != "none" else [*facts[:1], *own[:1], *facts[1:]]


def _own_hour(fact: Fact) -> Fact:
    at = fact.found.at or fact.slice.start
    hour = replace(fact.slice, start=at, end=at + HOUR, key=None)
    return Fact(hour, replace(fact.found, coverage=1.0, method="the hour of that figure"), f"{fact.name} hour")


async def _gas_beside(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts | None:
    """Return the same facts for gas, shown as labelled and never added; None where there are none."""
    gas = query.model_copy(update={"measure": "gas"})
    try:
        return await compute(gas, readings, inventory)
    except NoData:
        return None
