"""What a fact was computed from: one set of hours, or two where it sets one figure against another."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tools.compute import compute
from tools.energy_query import ANALYSES, EnergyQuery, Measure
from tools.errors import NoData
from tools.evidence import Evidence
from tools.facts import uses_meant
from tools.readings import Inventory, Readings

DERIVED = (", difference", ", change in percent")
FUELS: tuple[Measure, ...] = ("electricity", "gas")
NOT_JOINT = ("total", "share", "intensity", "quality")


@dataclass(frozen=True, slots=True)
class Side:
    """Hours of some buildings. `name`: first, reference, part, whole, a fuel, or empty where there is one side only.

    `query` says measure, period, hours and group; the side is its hours within [start, end), None for all of them,
    and of them those of the part `key` ('07:00', 'Monday'). `joint`: only hours count that every building has.
    """

    name: str
    query: EnergyQuery
    buildings: tuple[str, ...]
    start: datetime | None
    end: datetime | None
    key: str | None = None
    joint: bool = False


def bare_name(evidence: Evidence) -> str:
    """Return the name of a fact without the part it stands for."""
    return evidence.name.removesuffix(f", {evidence.group}")


async def sides_of(evidence: Evidence, readings: Readings, inventory: Inventory) -> list[Side]:
    """Return the sides of a fact as `tools.compute` cut them. Raises `NoData` where the data has no such sides now."""
    name, query = bare_name(evidence), evidence.query
    if query.measure == "total" and (name.startswith("energy ") or query.statistic in ANALYSES):
        return _of_fuels(evidence, name)
    if name.endswith(DERIVED):
        one, other = await _operands(evidence, readings, inventory)
        return [_side("first", one), _side("reference", other)]
    if name.endswith(", reference"):
        return [_side("", evidence.model_copy(update={"query": reference_query(query)}))]
    if query.statistic == "share":
        return await _of_share(evidence, name, readings, inventory)
    return [_side("", evidence)]


def _of_fuels(evidence: Evidence, name: str) -> list[Side]:
    """Return the sides of a figure that takes all fuels together, for each fuel."""
    plain, other = plain_query(evidence.query), reference_query(evidence.query)
    span: tuple[datetime | None, datetime | None] = (evidence.period.start, evidence.period.end)
    first, reference = ("", plain, span), ("reference ", other, (None, None))
    if name.endswith(", reference"):
        wanted = [("", other, span)]
    else:
        wanted = [first, reference] if name.endswith(DERIVED) else [first]
    return [
        Side(f"{of}{fuel}", query.model_copy(update={"measure": fuel}), evidence.buildings, start, end, evidence.group)
        for of, query, (start, end) in wanted
        for fuel in FUELS
    ]


def plain_query(query: EnergyQuery) -> EnergyQuery:
    """Return the query of the first of two operands, with every group in its own order."""
    none = {"against_period": None, "against_buildings": (), "against_hours": None, "order": None, "limit": None}
    return query.model_copy(update=none)


def reference_query(query: EnergyQuery) -> EnergyQuery:
    """Return the query of the second operand."""
    plain = plain_query(query)
    if query.against_period:
        return plain.model_copy(update={"period": query.against_period})
    if query.against_buildings:
        return plain.model_copy(update={"buildings": query.against_buildings})
    return plain.model_copy(update={"hours": query.against_hours or query.hours})


def _side(name: str, evidence: Evidence) -> Side:
    query = evidence.query
    joint = query.statistic not in (*NOT_JOINT, *ANALYSES) and len(evidence.buildings) > 1
    is_hour = query.statistic in ("peak", "minimum") and evidence.period.end - evidence.period.start == timedelta(
        hours=1
    )
    key = None if is_hour else evidence.group
    return Side(name, query, evidence.buildings, evidence.period.start, evidence.period.end, key, joint)


async def _of_share(evidence: Evidence, name: str, readings: Readings, inventory: Inventory) -> list[Side]:
    part = _side("part", evidence)
    if name.endswith(", part"):
        return [part]
    whole = await _whole(evidence.query, readings, inventory)
    return [whole] if name.endswith(", whole") else [part, whole]


async def _whole(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Side:
    """Return what the parts are parts of, as `tools.share` has it: another period, all hours, or the whole site."""
    members = await uses_meant(query, readings, inventory, query.period)
    changed: dict[str, object] = {"group": "none", "against_period": None}
    if query.against_period:
        changed |= {"hours": "all", "period": query.against_period}
    elif query.hours != "all" and query.group == "none":
        changed |= {"hours": "all", "buildings": tuple(members)}
    else:
        sites = dict.fromkeys(inventory.buildings[b].site for b in members)
        changed |= {"buildings": (), "sites": tuple(sites)}
    whole = query.model_copy(update=changed)
    return Side("whole", whole, tuple(await uses_meant(whole, readings, inventory, whole.period)), None, None)


async def _operands(evidence: Evidence, readings: Readings, inventory: Inventory) -> tuple[Evidence, Evidence]:
    """Return the two figures that a difference was made from, paired as `tools.compute` pairs them."""
    ones = await _figures(plain_query(evidence.query), readings, inventory)
    others = await _figures(reference_query(evidence.query), readings, inventory)
    for one, other in _pairs(evidence.query, ones, others):
        if one.group == evidence.group and one.buildings == evidence.buildings[: len(one.buildings)]:
            return one, other
    raise NoData("the data has no longer both figures that were compared; ask the question again")


def _pairs(query: EnergyQuery, ones: list[Evidence], others: list[Evidence]) -> list[tuple[Evidence, Evidence]]:
    if query.group == "building":
        by_building = {other.buildings: other for other in others}
        return [(one, by_building[one.buildings]) for one in ones if one.buildings in by_building]
    return list(zip(ones, others, strict=False))


async def _figures(query: EnergyQuery, readings: Readings, inventory: Inventory) -> list[Evidence]:
    """Return the figures of a query that compares nothing: one, or one a group."""
    facts = (await compute(query, readings, inventory)).evidence
    if query.group == "none":
        return list(facts[:1])
    return [e for e in facts if e.query.measure == query.measure and bare_name(e) == bare_name(facts[0])]
