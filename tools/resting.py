"""What facts rest on that people told: it is said beside the answer, with who told it and when."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

from tools.computed import Facts
from tools.energy_query import EnergyQuery
from tools.readings import Inventory
from tools.told import OF_THE_BUILDING, ToldFact, ToldField

MOST_SAID = 6
BY_STATISTIC: dict[str, tuple[ToldField, ...]] = {
    "waste": ("opening",),
    "peer_rank": ("use", "area_m2"),
    "intensity": ("area_m2",),
    "savings": ("event",),
    "causes": ("event",),
}


def resting(facts: Facts, inventory: Inventory) -> Facts:
    """Return facts with what they rest on, and a note for each of it; many are counted."""
    if not inventory.told:
        return facts
    told = _told(facts, inventory)
    if not told:
        return facts
    notes = [f"Rests on what was told: {fact.as_told()}" for fact in told[:MOST_SAID]]
    if len(told) > MOST_SAID:
        notes.append(f"Rests on {len(told) - MOST_SAID} more things told; `eaio memory list` shows them")
    return replace(facts, notes=(*facts.notes, *notes), told=told)


def _told(facts: Facts, inventory: Inventory) -> tuple[ToldFact, ...]:
    query, fields = facts.query, _fields(facts)
    buildings = {b for e in facts.evidence for b in e.buildings}
    found = (f for f in inventory.told if f.field in fields and f.building in buildings)
    return tuple(f for f in found if _counts(f, query, facts, inventory))


def _fields(facts: Facts) -> Collection[ToldField]:
    fields = set(BY_STATISTIC.get(facts.query.statistic, ()))
    asked = facts.query.terms.data if facts.query.terms else None
    if asked:  # a fact of the building itself
        fields |= {field for field in OF_THE_BUILDING if asked.fact and field.startswith(asked.fact)}
        fields |= {"use"} if asked.use else set()
    if any("_per_m2" in e.unit or e.unit == "m2" for e in facts.evidence):
        fields.add("area_m2")
    return fields


def _counts(fact: ToldFact, query: EnergyQuery, facts: Facts, inventory: Inventory) -> bool:
    """Tell whether a fact that was told had a part in these: it may hold on other days, or be set otherwise since."""
    if fact.field in OF_THE_BUILDING:
        return bool(getattr(inventory.buildings[fact.building], fact.field) == fact.value[fact.field])
    if fact.field == "event":
        of_retrofits = query.statistic == "causes" or not (query.terms and query.terms.since)
        return of_retrofits and any(e.note == fact.text for e in inventory.events_of(fact.building))
    spans = [e.period for e in facts.evidence if fact.building in e.buildings]
    a_day = timedelta(days=1)  # local days against UTC
    return any(
        (fact.end is None or span.start.date() - a_day < fact.end)
        and (fact.start is None or fact.start < span.end.date() + a_day)
        for span in spans
    )
