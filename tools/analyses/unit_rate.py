"""What a kWh cost or emitted on average, weighted by the load: each hour's amount summed over the kWh."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from tools.analyses.finding import Finding
from tools.analyses.series_words import shown_as
from tools.analyses.told import Method, Told, answered
from tools.computed import Facts
from tools.data_asked import SiteSeries
from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion, NoData
from tools.facts import hours_name, uses_meant
from tools.readings import Inventory, Readings
from tools.tariffs import has_tariff
from tools.use import Use
from tools.wording import amount, place, when

METHOD = "sum over the hours of kWh times the factor of that hour, over the sum of these kWh"


@dataclass(frozen=True, slots=True, eq=False)
class _Weighed:
    """Hours of a building in kWh and in the measure, on one grid."""

    energy: Use
    amounts: Use
    buildings: tuple[str, ...]


async def unit_rate(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts:
    """Return the mean price, or carbon, of a kWh that the buildings used, then the amount and the kWh behind it.

    Only hours with both a reading and a factor count. Raises `BadQuestion` for another measure, and as `answered`.
    """
    if query.measure not in ("carbon", "cost"):
        raise BadQuestion("a rate per kWh is of carbon or of cost; say which")
    series: SiteSeries = "carbon" if query.measure == "carbon" else "price"
    noun = f"mean {'carbon' if series == 'carbon' else 'price'} per kWh used{hours_name(query.hours)}"
    method = Method(
        noun=noun,
        load=lambda q: _weighed(q, readings, inventory),
        tell=lambda one: _told(query, noun, series, one, inventory),
    )
    return await answered(query, inventory, method)


async def _weighed(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Mapping[str, _Weighed]:
    power = query.model_copy(update={"measure": "electricity"})
    energy = await uses_meant(power, readings, inventory, query.period)
    amounts = await uses_meant(query, readings, inventory, query.period)
    apart = query.group == "building" or len(query.buildings) > 0
    groups: dict[str, list[str]] = {}
    for building in (b for b in amounts if b in energy):
        groups.setdefault(building if apart else energy[building].site, []).append(building)
    return {name: _together([energy[b] for b in ids], [amounts[b] for b in ids]) for name, ids in groups.items()}


def _together(energy: list[Use], amounts: list[Use]) -> _Weighed:
    """Return the hours of some buildings of a site laid end to end, so that each hour is weighed by its own load."""
    ids = tuple(use.building for use in energy)
    if len(energy) == 1:
        return _Weighed(energy[0], amounts[0], ids)
    both = np.isfinite([use.hours for use in energy]) & np.isfinite([use.hours for use in amounts])
    kwh, weighed = (np.where(both, [use.hours for use in some], 0.0).sum(axis=0) for some in (energy, amounts))
    none = ~both.any(axis=0)
    kwh[none], weighed[none] = np.nan, np.nan
    meters = tuple(m for use in energy for m in use.meters)
    return _Weighed(replace(energy[0], hours=kwh, meters=meters), replace(amounts[0], hours=weighed), ids)


def _told(query: EnergyQuery, noun: str, series: SiteSeries, one: _Weighed, inventory: Inventory) -> Told:
    mask = one.energy.clock.among(query.hours)
    kwh, amounts = one.energy.hours[mask], one.amounts.hours[mask]
    both = np.isfinite(kwh) & np.isfinite(amounts)
    total, weighed = float(kwh[both].sum()), float(amounts[both].sum())
    site = inventory.sites[one.energy.site]
    if not both.any() or total <= 0:
        kind = "carbon factor" if series == "carbon" else "price"
        raise NoData(f"no hour of {place(one.buildings, inventory)} has both a reading and a {kind} {when(query)}")
    show = shown_as(series, query.unit, site.currency)
    coverage = float(both.mean())
    unit = "kgCO2e" if series == "carbon" else site.currency or "money"

    def finding(name: str, value: float, unit: str) -> Finding:
        use = one.energy
        return Finding(name, value, unit, one.buildings, use.start, use.end, METHOD, coverage, use.meters)

    rate = show.of(weighed / total)
    verb = "emitted" if series == "carbon" else "cost"
    billed = " at its energy rates, without standing and demand charges" if has_tariff([site.id], inventory) else ""
    words = (
        f"The electricity of {place(one.buildings, inventory)}{hours_name(query.hours)} {when(query)} {verb} "
        f"{show.words(rate)} on average{billed}, weighted by the load: {amount(weighed, unit)} for "
        f"{amount(total, 'kWh')}."
    )
    lead = finding(noun, rate, show.unit)
    what = "carbon of electricity" if series == "carbon" else "cost of electricity"
    return Told(
        (lead, finding(f"{what} use", weighed, unit), finding("electricity use", total, "kWh")), words, when(query)
    )
