"""One method over the records of one building or of many: what it found, what was left out, and the order of a rank."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from tools.analyses.record import Record
from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion, NoData
from tools.readings import Inventory
from tools.wording import amount, listed, named

MOST_BUILDINGS = 60
"""More would take minutes, at about half a second each."""
SAID = 3


def is_rank(query: EnergyQuery) -> bool:
    """Tell whether every building is meant, or the buildings are to be put in order."""
    return not query.buildings or query.group == "building"


Found = TypeVar("Found")


async def each(
    query: EnergyQuery, records: Mapping[str, Record], of: Callable[[Record], Found]
) -> tuple[dict[str, Found], list[str]]:
    """Return what a method finds for each building, in a thread so that others are served meanwhile, and notes.

    A building for which it raises `NoData` is left out and named; where that is all of them, the first reason is
    raised. Raises `BadQuestion` for more than 60 buildings.
    """
    if len(records) > MOST_BUILDINGS:
        raise BadQuestion(
            f"that is {len(records):,} buildings, and this is worked out for at most {MOST_BUILDINGS} at a time; name "
            "a site or some buildings"
        )
    found: dict[str, Found] = {}
    reasons: dict[str, str] = {}
    for building, record in records.items():
        try:
            found[building] = await asyncio.to_thread(of, record)
        except NoData as why:
            reasons[building] = str(why)
    if not found:
        raise NoData(next(iter(reasons.values())))
    missing = [b for b in query.buildings if b not in records]
    notes = [f"without a meter of the kind, so left out: {listed(missing)}"] if missing else []
    return found, notes + [f"left out: {b}, since {why}" for b, why in list(reasons.items())[:SAID]] + _more(reasons)


def _more(reasons: Mapping[str, str]) -> list[str]:
    more = list(reasons)[SAID:]
    return [f"left out for the like: {', '.join(more)}"] if more else []


def told_of(notes: Mapping[str, Sequence[str]]) -> list[str]:
    """Return notes with the building that each is of, where there are several."""
    if len(notes) == 1:
        return [note for own in notes.values() for note in own]
    return [f"{building}: {note}" for building, own in notes.items() for note in own]


def in_order(query: EnergyQuery, sizes: Mapping[str, float]) -> list[str]:
    """Return buildings by their figure, highest first unless asked otherwise, as many as are wanted."""
    sign = 1.0 if query.order == "lowest" else -1.0
    furthest = query.order == "furthest"
    return sorted(sizes, key=lambda b: sign * (abs(sizes[b]) if furthest else sizes[b]))[: query.limit]


def rank_words(query: EnergyQuery, what: str, told: Mapping[str, str], inventory: Inventory) -> str:
    """Write the first of a rank, such as: highest first: b4 12 kWh, b8 10 kWh and b9 2 kWh; 9 more in the table."""
    how = {"lowest": "lowest first", "furthest": "largest change first"}.get(query.order or "", "highest first")
    words = [f"{named(b, inventory)} {value}" for b, value in list(told.items())[:SAID]]
    more = f"; {len(told) - SAID} more in the table" if len(told) > SAID else ""
    return f"{what}, {how}: {listed(words)}{more}."


def signed(value: float, unit: str, shown: Sequence[str]) -> str:
    """Write a value with its sign: '+12 kWh', '-3 kWh'."""
    return f"{'+' if value > 0 else ''}{amount(value, unit, shown)}"
