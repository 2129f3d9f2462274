"""What is missing, and what there is instead."""

from datetime import datetime, timedelta

from tools.energy_query import EnergyQuery
from tools.readings import Inventory
from tools.use import meter_kind

HOUR = timedelta(hours=1)


def no_meter(query: EnergyQuery, inventory: Inventory, members: list[str]) -> str:
    kind = meter_kind(query.measure)
    who = ", ".join(members[:3]) + (" ..." if len(members) > 3 else "")
    has = [b for b in inventory.buildings if inventory.meters_of(b, kind)]
    return f"{who or 'this site'} has no {kind} meter; {kind} is metered in {', '.join(has[:20]) or 'no building'}"


def nothing(query: EnergyQuery, inventory: Inventory, members: list[str]) -> str:
    """Say what is missing, and what there is instead."""
    kind, when = meter_kind(query.measure), query.period.words if query.period else "the whole record"
    sites = {inventory.buildings[b].site for b in members}
    factor = {"carbon": "carbon", "cost": "price"}.get(query.measure)
    if factor:
        metered = [m for s in sites if (m := inventory.site_meter(s, factor))]
        if not metered:
            what = "hourly carbon factor" if factor == "carbon" else "hourly price"
            return f"there is no {what} for {' and '.join(sorted(inventory.sites[s].name for s in sites))}, so no {query.measure} can be computed"
        if query.period and not any(
            m.first < query.period.utc(inventory.sites[m.site].timezone)[1]
            and m.last_end > query.period.utc(inventory.sites[m.site].timezone)[0]
            for m in metered
        ):
            return f"there is no {factor} for {when}; it runs from {_spell(metered[0].first)} to {_spell(metered[0].last_end - HOUR)}"
    meters = [m for b in members for m in inventory.meters_of(b, kind)]
    who = ", ".join(members[:3]) + (" ..." if len(members) > 3 else "")
    spans = f"{_spell(min(m.first for m in meters))} to {_spell(max(m.last_end for m in meters) - HOUR)}"
    return f"{who} has no valid {kind} reading in {when}; its {kind} readings run from {spans}"


def _spell(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}"
