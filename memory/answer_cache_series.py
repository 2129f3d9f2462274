"""The series that an answer rests on: those it read, and those it would have read had they had readings."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from memory.answer_cache_key import sites_named
from memory.series_versions import EVERYTHING, site_series
from tools.energy_query import ANALYSES, EnergyQuery
from tools.readings import Inventory

MOST_SERIES = 256
"""An answer that rests on more is kept until anything changes."""
KINDS = {
    "electricity": {"electricity"},
    "gas": {"gas"},
    "total": {"electricity", "gas"},
    "carbon": {"electricity", "carbon"},
    "cost": {"electricity", "price"},
}
BEYOND = frozenset({"peer_rank", "alike"})
"""Statistics that set a building beside any others that are like it."""


def series_of(queries: Sequence[EnergyQuery], inventory: Inventory, read: AbstractSet[str]) -> tuple[str, ...]:
    """Return the series of which none may change for an answer to these queries to stay right, sorted.

    `read`: the meters that were read for it. Named buildings rest on their own meters of the kinds concerned and on
    what was read of their sites. Whole sites, and records without a period, which span all that a site has, rest on
    every meter of the site. Whatever cannot be bounded so rests on `EVERYTHING`.
    """
    found: set[str] = set()
    for query in queries:
        of_query = _series_of(query, inventory, read)
        if of_query is None:
            return (EVERYTHING,)
        found |= of_query
    if not read <= found or len(found) > MOST_SERIES:
        return (EVERYTHING,)
    return tuple(sorted(found))


def _series_of(query: EnergyQuery, inventory: Inventory, read: AbstractSet[str]) -> set[str] | None:
    sites, buildings = sites_named(query, inventory), {*query.buildings, *query.against_buildings}
    if not sites or query.statistic in BEYOND or not buildings <= inventory.buildings.keys():
        return None
    kinds = _kinds(query, inventory, read)
    at_sites = [m for m in inventory.meters.values() if m.site in sites and m.kind in kinds]
    if _is_site_wide(query):
        wanted = at_sites
    else:
        others = any(inventory.meters[m].building not in {*buildings, None} for m in read if m in inventory.meters)
        wanted = at_sites if others else [m for m in at_sites if m.building in buildings or m.building is None]
    return {m.id for m in wanted} | {site_series(site) for site in sites}


def _kinds(query: EnergyQuery, inventory: Inventory, read: Iterable[str]) -> set[str]:
    """Return the kinds of meters that a query is about: all of them where it is an analysis."""
    if query.statistic in ANALYSES or query.terms is not None:
        return {m.kind for m in inventory.meters.values()}
    return KINDS[query.measure] | {inventory.meters[m].kind for m in read if m in inventory.meters}


def _is_site_wide(query: EnergyQuery) -> bool:
    return not query.buildings or query.period is None
