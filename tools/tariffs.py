"""What a site's tariff means for a plain question of cost: a bill where one can be written, prices of energy elsewhere.

A bill has charges that no hour carries alone, for the highest demand of a month and for each day; so totals of whole
months are bills, and a mean, a peak, a share or the nights are of the tariff's prices of energy.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np

from tools.clock import LocalClock
from tools.energy_query import EnergyQuery
from tools.figures import Values
from tools.readings import Inventory, Site

ENERGY_ALONE = "cost is of the tariff's prices of energy alone, without demand and standing charges"
BILLED_GROUPS = ("none", "building", "month", "year")


def sites_meant(query: EnergyQuery, inventory: Inventory) -> list[Site]:
    """Return the sites that a query is about."""
    named = {inventory.buildings[b].site for b in query.buildings if b in inventory.buildings} or set(query.sites)
    return [s for s in inventory.sites.values() if not named or s.id in named]


def is_billed(query: EnergyQuery, inventory: Inventory) -> bool:
    """Tell whether a plain question of cost is one for the bill under a site's tariff."""
    if query.measure != "cost" or query.statistic != "total" or query.hours != "all" or query.against_hours:
        return False
    return query.group in BILLED_GROUPS and has_tariff((s.id for s in sites_meant(query, inventory)), inventory)


def has_tariff(sites: Iterable[str], inventory: Inventory) -> bool:
    """Tell whether one of some sites has a tariff."""
    return any(inventory.sites[s].settings.tariff is not None for s in sites)


class OfSite(Protocol):
    """What belongs to a site, such as a building's use."""

    @property
    def site(self) -> str:
        """Return the site's id."""
        ...


def tells_tariff(query: EnergyQuery, uses: Sequence[OfSite], inventory: Inventory) -> bool:
    """Tell whether a figure is of money under a tariff."""
    return query.measure == "cost" and has_tariff((u.site for u in uses), inventory)


def priced_caveat(query: EnergyQuery, uses: Sequence[OfSite], inventory: Inventory) -> tuple[str, ...]:
    """Return what must be said of a plain figure of cost under a tariff; nothing of others."""
    return (ENERGY_ALONE,) if tells_tariff(query, uses, inventory) else ()


def energy_prices(site: Site, clock: LocalClock, series: Values | None) -> Values:
    """Return the price of energy of each hour under a site's tariff, taxes included, in its currency per kWh.

    `series`: the site's own hourly prices, for a tariff that takes them. Raises `TariffGap` for days that no tariff
    covers.
    """
    from tools.money.rates import cells_of
    from tools.money.tariff import tariff_of_each_day
    from tools.money.tariff_json import tariffs_from
    from tools.public_holidays import holidays_of, is_free

    assert site.settings.tariff is not None
    tariffs = tariffs_from(site.settings.tariff, series)
    day, settings = clock.keys("day"), site.settings
    free = set(settings.own_holidays)
    if settings.holidays_country:
        years = (np.unique(clock.keys("year")) + 1970).tolist()
        free |= holidays_of(settings.holidays_country, years, settings.holidays_subdiv)
    cells, held = cells_of(clock, is_free(day, free)), tariff_of_each_day(tariffs, day)
    prices = np.full(len(day), np.nan)
    for index in np.unique(held):
        tariff, mine = tariffs[index], held == index
        prices[mine] = tariff.energy.priced(cells).price_per_kwh[mine] * (1.0 + tariff.tax_percent / 100.0)
    return prices
