"""One figure against another: the difference, the change in percent, then both operands."""

from dataclasses import replace

from tools.energy_query import EnergyQuery
from tools.errors import NoData
from tools.facts import Fact, evaluated, ordered, require_one_grid, uses_meant
from tools.figures import percent_change
from tools.found import difference
from tools.readings import Inventory, Readings
from tools.slices import slices
from tools.use import Use


async def comparison(
    query: EnergyQuery, readings: Readings, inventory: Inventory, found: dict[str, Use]
) -> tuple[list[Fact], list[str]]:
    """Return for each pair of slices the difference and percent, then both operands."""
    plain, other = against(query)
    reference = found if query.against_hours else await uses_meant(other, readings, inventory, other.period)
    require_one_grid(query, found)
    require_one_grid(query, reference)
    ones, notes = evaluated(plain, slices(plain, found.values(), inventory), inventory)
    others, more = evaluated(other, slices(other, reference.values(), inventory), inventory)
    return compared(query, (ones, notes), (others, more))


def against(query: EnergyQuery) -> tuple[EnergyQuery, EnergyQuery]:
    """Return the two plain queries of a comparison, what is asked and what it is held against."""
    plain = query.model_copy(update={"against_period": None, "against_buildings": (), "against_hours": None})
    if query.against_period:
        return plain, plain.model_copy(update={"period": query.against_period})
    if query.against_buildings:
        return plain, plain.model_copy(update={"buildings": query.against_buildings})
    return plain, plain.model_copy(update={"hours": query.against_hours or plain.hours})


def compared(
    query: EnergyQuery, one: tuple[list[Fact], list[str]], other: tuple[list[Fact], list[str]]
) -> tuple[list[Fact], list[str]]:
    """Return differences and operands of the facts, and the notes, of both sides of a comparison."""
    (ones, notes), (others, more) = one, other
    pairs = _paired(query, ones, others)
    if not pairs:
        _missing_side(query, ones, others)
    return _differences(query, pairs), list(dict.fromkeys(notes + more + _unpaired(query, pairs, ones, others)))


def _unpaired(query: EnergyQuery, pairs: list[tuple[Fact, Fact]], ones: list[Fact], others: list[Fact]) -> list[str]:
    """Return a note of the buildings that have a figure on one side only."""
    if query.group != "building":
        return []
    compared = {one.slice.buildings for one, _ in pairs}
    left = dict.fromkeys(", ".join(f.slice.buildings) for f in [*ones, *others] if f.slice.buildings not in compared)
    return [f"with readings on one side only, so left out: {', '.join(left)}"] if left else []


def _paired(query: EnergyQuery, ones: list[Fact], others: list[Fact]) -> list[tuple[Fact, Fact]]:
    if query.group == "building":
        by_building = {o.slice.buildings: o for o in others}
        return [(one, by_building[one.slice.buildings]) for one in ones if one.slice.buildings in by_building]
    return list(zip(ones, others, strict=False))


def _missing_side(query: EnergyQuery, ones: list[Fact], others: list[Fact]) -> None:
    asked = query.period.words if query.period else "the period"
    against = query.against_period.words if query.against_period else "what it is compared with"
    if ones and not others:
        raise NoData(f"there is no valid reading for {against}, so nothing to compare {asked} with")
    if ones and others and query.group == "building":
        now, before = (", ".join(dict.fromkeys(b for f in side for b in f.slice.buildings)) for side in (ones, others))
        raise NoData(
            f"no building has readings in both {asked} and {against}: there are those of {now} in {asked}, and those "
            f"of {before} in {against}; name two periods that one record covers"
        )
    if others and not ones:
        raise NoData(f"there is no valid reading for {asked}, so nothing to compare with {against}")


def _differences(query: EnergyQuery, pairs: list[tuple[Fact, Fact]]) -> list[Fact]:
    changes: list[Fact] = []
    percents: list[Fact] = []
    operands: list[tuple[Fact, Fact]] = []
    for one, other in pairs:
        percent = percent_change(one.found.value, other.found.value)
        change = Fact(one.slice, difference(one.found, other.found), f"{one.name}, difference", other.slice)
        relative = replace(
            change.found, value=percent or 0.0, unit="percent", method="difference over the second figure"
        )
        if percent is not None:
            percents.append(Fact(one.slice, relative, f"{one.name}, change in percent", other.slice))
        changes.append(change)
        if query.unit == "ratio" and other.found.value:
            times = replace(
                change.found, value=one.found.value / other.found.value, unit="ratio", method="first over second"
            )
            percents.insert(0, Fact(one.slice, times, f"{one.name}, ratio, difference", other.slice))
        operands.append((one, replace(other, name=f"{other.name}, reference")))
    if len(pairs) == 1:
        return [*changes, *percents, *operands[0]]
    by_percent = query.unit == "percent"
    lead, rest = (percents, changes) if by_percent else (changes, percents)
    lead = ordered(query, lead)
    follow = [f for c in lead for f in rest if f.slice is c.slice]
    return lead + follow + [o for c in lead for pair in operands for o in pair if pair[0].slice is c.slice]
