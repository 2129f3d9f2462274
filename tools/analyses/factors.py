"""Which carbon factor each kWh of a building has: the grid's of its hour, or a public body's of its year."""

from dataclasses import dataclass

import numpy as np

from tools.analyses.meant import Fuel, site_hours
from tools.carbon.emissions import Emissions, annual_emissions, hourly_emissions
from tools.carbon.factors import AnnualFactors, shipped_factors
from tools.errors import NoData
from tools.figures import Values
from tools.public_holidays import country_of
from tools.readings import Inventory, Readings
from tools.use import Use

GREAT_BRITAIN = "GB"
CO2_ALONE = "co2_alone"  # the kind of the fault record of such a series


@dataclass(frozen=True, slots=True, eq=False)
class Factors:
    """The factor of each hour of one use, kgCO2e per kWh, NaN where none is known, and the emissions by it.

    `words`: where the factors are from.
    """

    kg_per_kwh: Values
    emissions: Emissions
    words: str


async def factors_of(use: Use, fuel: Fuel, readings: Readings, inventory: Inventory) -> Factors:
    """Return the average factors of a use: hourly ones of the site's grid where there are, else those of each year.

    Raises `NoData` naming the remedy where there are none.
    """
    hourly = await site_hours(readings, inventory, use, "carbon") if fuel == "electricity" else None
    if hourly is not None:
        _require_common_hour(use, hourly, inventory)
        words = "each hour's use times the grid's average factor of that hour"
        return Factors(hourly, hourly_emissions(use.hours, hourly, gases=_gases(use, inventory)), words)
    annual = _shipped(use, fuel, inventory)
    found = annual_emissions(use.hours, use.clock, annual)
    return Factors(_by_year(use, annual), found, found.method)


def _require_common_hour(use: Use, hourly: Values, inventory: Inventory) -> None:
    if not (np.isfinite(use.hours) & np.isfinite(hourly)).any():
        meter = inventory.site_meter(use.site, "carbon")
        assert meter is not None
        raise NoData(
            f"no hour of {use.building} has both a reading and a carbon factor; the factors of its site run from "
            f"{meter.first:%Y-%m-%d} to {meter.last_end:%Y-%m-%d}"
        )


def _gases(use: Use, inventory: Inventory) -> str:
    """Return what the hourly factors of a use's site count: CO2e, but CO2 where a fault record says so."""
    meter = inventory.site_meter(use.site, "carbon")
    return "CO2" if meter and any(f.kind == CO2_ALONE for f in inventory.faults_of([meter.id])) else "CO2e"


def _shipped(use: Use, fuel: Fuel, inventory: Inventory) -> AnnualFactors:
    """Return the shipped factors of the country that the site's time zone is in."""
    site = inventory.sites[use.site]
    country = country_of(site.timezone)
    if country is None:
        raise NoData(
            f"no carbon factor of {fuel} is known for {site.name}, whose time zone is of no country; state one"
        )
    try:
        return shipped_factors(country, fuel)
    except NoData as why:
        raise NoData(
            f"no carbon factor of {fuel} is known for {site.name}: {why}, as in 'at 0.7 kg per kWh', or load an hourly "
            "series for the site"
        ) from why


def _by_year(use: Use, annual: AnnualFactors) -> Values:
    year = use.clock.keys("year") + 1970
    return np.array([annual.kg_per_kwh.get(int(y), np.nan) for y in year])
