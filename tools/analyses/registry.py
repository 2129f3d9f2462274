"""Which coroutine makes which analysis."""

from collections.abc import Awaitable, Callable, Mapping

from tools.computed import Facts
from tools.energy_query import EnergyQuery
from tools.errors import NoData
from tools.readings import Inventory, Readings

Make = Callable[[EnergyQuery, Readings, Inventory], Awaitable[Facts]]
MAKES: Mapping[str, Make] = {}


async def analyse(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts:
    """Return the facts of an analysis. Raises as `tools.compute.compute` does."""
    make = MAKES.get(query.statistic)
    if make is None:
        raise NoData(f"there is no analysis {query.statistic!r}")
    return await make(query, readings, inventory)
