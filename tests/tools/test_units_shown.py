"""Figures are shown in the unit that was asked for, or in the one that people set for the site."""

from dataclasses import replace

import pytest

from tests.small_site import SmallSite
from tools.compute import compute
from tools.energy_query import EnergyQuery
from tools.headline import headline
from tools.readings import Inventory, SiteSettings
from tools.wording import amount, clock_time


@pytest.mark.parametrize(
    ("value", "unit", "shown", "words"),
    [
        (100.0, "kWh_per_m2", "kBtu_per_ft2", "31.7 kBtu/ft2"),
        (100.0, "kWh_per_m2", "kWh_per_ft2", "9.29 kWh/ft2"),
        (1000.0, "kWh", "kBtu", "3,412.1 kBtu"),
        (1000.0, "kWh", ("kWh", "kBtu"), "1,000 kWh"),
        (1000.0, "kWh", ("kBtu_per_ft2", "MWh"), "1.00 MWh"),
        (7.5, "hour_of_day", None, "07:30"),
        (24.0, "hour_of_day", None, "24:00"),
        (3.0, "count", None, "3"),
        (4.0, "h", None, "4 h"),
        (2007.3, "K_d", None, "2,007 K d"),
        (10.7, "degC", None, "10.7 °C"),
    ],
)
def test_amount_is_written_in_the_first_unit_that_fits(
    value: float, unit: str, shown: str | tuple[str, ...] | None, words: str
) -> None:
    assert amount(value, unit, shown) == words


def test_clock_time_rounds_to_the_minute() -> None:
    assert (clock_time(6.0), clock_time(23.999)) == ("06:00", "24:00")


async def imperial(site: SmallSite) -> Inventory:
    """Return the small site's names, with London set to kBtu and ft2."""
    names = await site.inventory()
    settings = SiteSettings(energy_unit="kBtu", area_unit="ft2")
    return replace(names, sites={**names.sites, "london": replace(names.sites["london"], settings=settings)})


async def test_headline_is_in_the_units_that_the_site_is_set_to() -> None:
    site = SmallSite()
    names = await imperial(site)
    use = await compute(EnergyQuery(buildings=("b1",)), site, names)
    assert "kBtu of electricity" in headline(use, names)
    per_area = await compute(EnergyQuery(buildings=("b1",), statistic="intensity"), site, names)
    assert "kBtu/ft2" in headline(per_area, names)
    assert per_area.evidence[0].unit == "kWh_per_m2"
    waste = await compute(EnergyQuery(buildings=("b2",), statistic="waste"), site, names)
    assert "kBtu" in headline(waste, names)


async def test_unit_in_the_question_goes_before_the_sites() -> None:
    site = SmallSite()
    names = await imperial(site)
    facts = await compute(EnergyQuery(buildings=("b1",), unit="MWh"), site, names)
    assert "MWh of electricity" in headline(facts, names)
