"""How much of a building's energy is gas, or electricity: the one place where the two are put over one sum."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from tools.analyses.finding import Finding
from tools.analyses.timed_use import TimedUse, timed_uses
from tools.analyses.told import Method, Told, answered
from tools.caveats import fault_caveats
from tools.computed import Facts
from tools.energy_query import EnergyQuery
from tools.errors import NoData
from tools.facts import hours_name
from tools.readings import Inventory, Readings
from tools.wording import amount, place

KWH_PER_M3 = 11.0  # a usual calorific value of natural gas, gross; Great Britain bills at 39 to 40 MJ/m3
METHOD = "sum of one fuel over the sum of both, each of its own valid hours, gas as labelled"


@dataclass(frozen=True, slots=True, eq=False)
class Both:
    """Electricity and gas of one building over one time."""

    electricity: TimedUse
    gas: TimedUse


async def fuel_share(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts:
    """Return the share of a fuel (the measure) in the energy of the buildings meant, then both amounts.

    Gas is taken as labelled; where its unit is in doubt the share with gas in cubic metres is told too. Raises `NoData`
    where a building lacks one of the meters, and as `answered` does.
    """
    fuel = "gas" if query.measure == "gas" else "electricity"
    method = Method(
        noun=f"share of {fuel} in the energy{hours_name(query.hours)}",
        load=lambda q: _both(q, readings, inventory),
        tell=lambda both: _told(query, fuel, both, inventory),
    )
    return await answered(query, inventory, method)


async def _both(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Mapping[str, Both]:
    power = await timed_uses(query.model_copy(update={"measure": "electricity"}), readings, inventory, "year")
    gas = await timed_uses(query.model_copy(update={"measure": "gas"}), readings, inventory, "year")
    found = {b: Both(power[b], gas[b]) for b in power if b in gas}
    if not found:
        raise NoData("no building that is meant has both electricity and gas readings then, so there is no share")
    if query.buildings or query.group == "building":
        return found
    sites: dict[str, list[Both]] = {}
    for one in found.values():
        sites.setdefault(one.gas.use.site, []).append(one)
    return {site: _together(ones) for site, ones in sites.items()}


def _together(ones: list[Both]) -> Both:
    """Return the fuels of a site's buildings that have both, each hour the sum of the buildings that count in it."""
    return Both(_summed([one.electricity for one in ones]), _summed([one.gas for one in ones]))


def _summed(ones: list[TimedUse]) -> TimedUse:
    hours = np.array([one.use.hours for one in ones])
    total = np.where(np.isfinite(hours).any(axis=0), np.nansum(hours, axis=0), np.nan)
    meters = tuple(m for one in ones for m in one.use.meters)
    return replace(ones[0], use=replace(ones[0].use, hours=total, meters=meters))


def _told(query: EnergyQuery, fuel: str, both: Both, inventory: Inventory) -> Told:
    sums = {name: _sum(query, one) for name, one in (("electricity", both.electricity), ("gas", both.gas))}
    whole = sums["electricity"] + sums["gas"]
    if whole <= 0:
        raise NoData(f"{both.gas.building} used nothing {both.gas.when}, so there is no share")
    share = 100 * sums[fuel] / whole
    coverage = min(both.electricity.coverage, both.gas.coverage)
    caveats = tuple(fault_caveats(inventory, both.gas.use.meters, both.gas.use.start, both.gas.use.end))
    lead = both.gas.finding(f"share of {fuel} in the energy", share, "percent", METHOD, coverage=coverage)
    parts = [
        _amount(both.electricity, "electricity use", sums["electricity"]),
        _amount(both.gas, "gas, as labelled use", sums["gas"]),
    ]
    doubt = _in_cubic_metres(fuel, sums) if any("unit" in c for c in caveats) else ""
    of = tuple(dict.fromkeys(b for m in both.gas.use.meters if (b := inventory.meters[m].building)))
    scope = f"{hours_name(query.hours)} {both.gas.when}"
    words = (
        f"{amount(share, 'percent')} of the energy of {place(of, inventory)}{scope} was {fuel}: "
        f"{amount(sums['electricity'], 'kWh')} of electricity and {amount(sums['gas'], 'kWh')} of gas (as labelled)."
    )
    told = tuple(replace(finding, buildings=of) for finding in (lead, *parts))
    return Told(told, words + doubt, both.gas.when)


def _sum(query: EnergyQuery, one: TimedUse) -> float:
    return float(np.nansum(one.use.hours[one.use.clock.among(query.hours)]))


def _amount(one: TimedUse, name: str, value: float) -> Finding:
    return one.finding(name, value, "kWh", "sum of the valid hours", shows_hours=False)


def _in_cubic_metres(fuel: str, sums: Mapping[str, float]) -> str:
    gas = sums["gas"] * KWH_PER_M3
    part = gas if fuel == "gas" else sums["electricity"]
    share = 100 * part / (gas + sums["electricity"])
    return f" Were the gas in cubic metres, at {KWH_PER_M3:g} kWh each, it would be {amount(share, 'percent')}."
