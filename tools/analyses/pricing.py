"""Which prices a building's energy has: as stated in the question, by the site's tariff, or by its hourly prices."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from tools.analyses.meant import Fuel, site_hours
from tools.analyses.site_terms import holidays_at
from tools.energy_query import EnergyQuery
from tools.errors import NoData
from tools.money.rates import Flat, Hourly
from tools.money.tariff import Tariff
from tools.money.tariff_json import tariffs_from
from tools.readings import Inventory, Readings
from tools.use import Use

STATED, TARIFF, SERIES = "stated", "tariff", "series"


@dataclass(frozen=True, slots=True, eq=False)
class Pricing:
    """The tariffs of one building's energy and the holidays that they bill as Sundays.

    `words`: what the prices are, as in 'at the site's hourly prices'. `source`: stated, tariff or series.
    """

    tariffs: tuple[Tariff, ...]
    holidays: AbstractSet[date]
    words: str
    source: str

    @property
    def currency(self) -> str:
        """Return the currency of its amounts."""
        return self.tariffs[0].currency


async def pricing_of(query: EnergyQuery, fuel: Fuel, use: Use, readings: Readings, inventory: Inventory) -> Pricing:
    """Return the prices of a building's energy: stated ones first, then the site's tariff, then its hourly series.

    Tariff and series are those of electricity. Raises `NoData` where no price is known, and as `tariffs_from` does.
    """
    site = inventory.sites[use.site]
    currency = site.currency or "currency"
    stated = query.terms.price_per_kwh if query.terms else None
    if stated is not None:
        words = f"at the stated price of {stated:g} {currency} a kWh"
        return Pricing((Tariff("stated", currency, Flat(stated)),), frozenset(), words, STATED)
    if fuel == "gas":
        raise NoData("the price of gas is not known here; state it, as in 'at 0.05 a kWh'")
    prices = await site_hours(readings, inventory, use, "price")
    if site.settings.tariff is not None:
        tariffs = tariffs_from(site.settings.tariff, prices)
        names = " and ".join(dict.fromkeys(t.name for t in tariffs))
        return Pricing(tariffs, holidays_at(inventory, use.site, use.clock), f"under the tariff {names}", TARIFF)
    if prices is None:
        raise NoData(
            f"no price of electricity is known for {site.name}: set its tariff with `eaio site set {site.id} --tariff "
            "FILE.json`, or state a price, as in 'at 0.20 a kWh'"
        )
    series = Tariff("the site's hourly prices", currency, Hourly(prices))
    return Pricing((series,), frozenset(), "at the site's hourly prices", SERIES)
