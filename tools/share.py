"""A part in percent of its whole: hours of all hours, or buildings of their site."""

from tools.energy_query import EnergyQuery
from tools.facts import MEASURE_NAME, Fact, evaluated, name_of, ordered, require_one_grid, uses_meant
from tools.found import Found, evaluate
from tools.readings import Inventory, Readings
from tools.slices import slices
from tools.use import Use


async def share(
    query: EnergyQuery, readings: Readings, inventory: Inventory, found: dict[str, Use]
) -> tuple[list[Fact], list[str]]:
    """Return a part in percent of its whole: hours of all hours, or buildings of their site."""
    if query.against_period:
        whole_query = query.model_copy(update={"period": query.against_period, "against_period": None, "hours": "all"})
        whole = await uses_meant(whole_query, readings, inventory, query.against_period)
    elif query.hours != "all" and query.group == "none":
        whole_query, whole = query.model_copy(update={"hours": "all"}), found
    else:
        sites = tuple(dict.fromkeys(inventory.buildings[b].site for b in found))
        whole_query = query.model_copy(update={"buildings": (), "sites": sites, "group": "none"})
        whole = await uses_meant(whole_query, readings, inventory, query.period)
    require_one_grid(query, whole)
    undivided = whole_query.model_copy(update={"group": "none"})
    (whole_slice,) = slices(undivided, whole.values(), inventory)
    total = evaluate(whole_query, whole_slice, inventory)
    parts, notes = evaluated(query, slices(query, found.values(), inventory), inventory)
    if not total or not parts or total.value == 0:
        return [], notes
    measured = MEASURE_NAME[query.measure]
    shares = [Fact(p.slice, _of(p.found, total), name_of(query)) for p in parts]
    wholly = Fact(whole_slice, total, f"{measured} use, whole")
    operands = [Fact(p.slice, p.found, f"{measured} use, part") for p in parts] if len(parts) == 1 else []
    return [*ordered(query, shares), *operands, wholly], notes


def _of(part: Found, total: Found) -> Found:
    coverage = min(part.coverage, total.coverage)
    return Found(100 * part.value / total.value, "percent", coverage, "part over whole, both sums of the valid hours")
