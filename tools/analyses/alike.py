"""What behaves alike, as facts: buildings whose load is like another's, days like a day, days like no other."""

from tools.analyses.alike_buildings import buildings_alike
from tools.analyses.alike_days import days_alike, strange_days
from tools.analyses.timed_use import require_energy
from tools.computed import Facts
from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion
from tools.picked_hours import PickedHours
from tools.readings import Inventory, Readings


async def alike(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts:
    """Return the buildings, or the days or weeks of one building, nearest in load shape, the nearest first.

    By `group`: `day` compares days (weeks where the period is one), else buildings are compared. `order` `furthest`
    gives what is least alike: buildings unlike one, or the days of a period that are strangest among a building's own.
    Raises `BadQuestion` for carbon and cost and for what is left open, `NoData` where there is nothing to compare.
    """
    require_energy(query, "likeness of loads")
    if query.against_period or query.against_hours or query.group not in ("none", "building", "day"):
        raise BadQuestion("likeness is asked of buildings, days or weeks, over one time; ask without the comparison")
    if isinstance(query.hours, PickedHours):
        raise BadQuestion(
            f"likeness is not told of {query.hours} alone; ask of nights, weekdays, weekends or all hours"
        )
    if query.group != "day":
        return await buildings_alike(query, readings, inventory)
    if query.order == "furthest":
        return await strange_days(query, readings, inventory)
    return await days_alike(query, readings, inventory)
