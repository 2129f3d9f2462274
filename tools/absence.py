"""What is missing, and what there is instead."""

from datetime import datetime, timedelta

from tools.energy_query import EnergyQuery, Period
from tools.readings import Inventory, Meter
from tools.use import meter_kind

HOUR = timedelta(hours=1)


def no_meter(query: EnergyQuery, inventory: Inventory, members: list[str]) -> str:
    """Say which kind of meter the buildings lack, and which buildings have one."""
    kind = meter_kind(query.measure)
    has = [b for b in inventory.buildings if inventory.meters_of(b, kind)]
    who = _first_few(members) or "this site"
    return f"{who} has no {kind} meter; {kind} is metered in {', '.join(has[:20]) or 'no building'}"


def nothing(query: EnergyQuery, inventory: Inventory, members: list[str]) -> str:
    """Say what is missing, and what there is instead."""
    if missing := _no_factor(query, inventory, members):
        return missing
    kind, when = meter_kind(query.measure), query.period.words if query.period else "the whole record"
    meters = [m for b in members for m in inventory.meters_of(b, kind)]
    spans = f"{_spell(min(m.first for m in meters))} to {_spell(max(m.last_end for m in meters) - HOUR)}"
    return f"{_first_few(members)} has no valid {kind} reading in {when}; its {kind} readings run from {spans}"


def _no_factor(query: EnergyQuery, inventory: Inventory, members: list[str]) -> str | None:
    """Return what is missing of the carbon factors or prices behind a measure; None where they are there."""
    factor = {"carbon": "carbon", "cost": "price"}.get(query.measure)
    if factor is None:
        return None
    sites = {inventory.buildings[b].site for b in members}
    metered = [m for s in sites if (m := inventory.site_meter(s, factor))]
    if not metered:
        what = "hourly carbon factor" if factor == "carbon" else "hourly price"
        names = " and ".join(sorted(inventory.sites[s].name for s in sites))
        return f"there is no {what} for {names}, so no {query.measure} can be computed"
    if query.period is None or any(_touches(query.period, m, inventory) for m in metered):
        return None
    runs = f"{_spell(metered[0].first)} to {_spell(metered[0].last_end - HOUR)}"
    return f"there is no {factor} for {query.period.words}; it runs from {runs}"


def _touches(period: Period, meter: Meter, inventory: Inventory) -> bool:
    start, end = period.utc(inventory.sites[meter.site].timezone)
    return meter.first < end and meter.last_end > start


def _first_few(members: list[str]) -> str:
    return ", ".join(members[:3]) + (" ..." if len(members) > 3 else "")


def _spell(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}"
