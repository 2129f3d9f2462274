"""A bill has the prices, charges and days of the site's tariff; where one has a gap there is no bill."""

from datetime import date, datetime
from typing import Any

import numpy as np
import pytest

from privacy.declassify import Coarsening, Rules, declassify
from privacy.labels import Label
from tests.shipped_files import ShippedFiles
from tests.tools.analyses.asked import ask, fact, said, span, year
from tests.tools.analyses.priced_site import office, priced
from tools.energy_query import Terms
from tools.errors import BadQuestion, NoData, TariffGap
from tools.readings import SiteSettings

OFFICE = office()
FLAT: dict[str, Any] = {
    "name": "Flat 2019",
    "currency": "GBP",
    "energy": {"price_per_kwh": 0.2},
    "demand": [{"name": "capacity", "price_per_kw": 3.0}],
    "standing_per_day": 0.5,
    "tax_percent": 20,
}
WHOLE = (OFFICE.sum() * 0.2 + 12 * 10 * 3.0 + 365 * 0.5) * 1.2


def under(tariff: dict[str, Any] | None, **more: Any) -> SiteSettings:
    return SiteSettings(tariff=tariff, **more)


async def test_bill_has_energy_demand_standing_charge_and_tax() -> None:
    site = priced({"b1/electricity": OFFICE}, settings=under(FLAT))
    found = await ask(site, "tariff_cost", measure="cost", buildings=("b1",), period=year(2019))
    assert (found.evidence[0].name, found.evidence[0].unit) == ("electricity cost", "GBP")
    assert found.evidence[0].value == pytest.approx(WHOLE)
    assert fact(found, "electricity cost of capacity").value == pytest.approx(360.0)
    assert fact(found, "electricity cost of standing charge").value == pytest.approx(182.5)
    assert fact(found, "electricity price a kWh").value == pytest.approx(WHOLE / OFFICE.sum())
    assert "under the tariff Flat 2019" in (found.words or "")


async def test_plain_question_of_cost_is_the_bill_where_there_is_a_tariff() -> None:
    site = priced({"b1/electricity": OFFICE}, settings=under(FLAT))
    found = await ask(site, "total", measure="cost", buildings=("b1",), period=year(2019))
    assert found.evidence[0].value == pytest.approx(WHOLE)
    assert found.evidence[0].name == "cost of electricity use"


async def test_plain_cost_of_the_nights_is_of_the_prices_of_energy_and_says_so() -> None:
    site = priced({"b1/electricity": np.full(8760, 2.0)}, settings=under(FLAT))
    found = await ask(site, "total", measure="cost", buildings=("b1",), period=year(2019), hours="night")
    assert found.evidence[0].value == pytest.approx(2.0 * 8 * 365 * 0.2 * 1.2)
    assert any("prices of energy alone" in c for c in found.evidence[0].caveats)


async def test_plain_cost_without_a_tariff_stays_as_it_was() -> None:
    site = priced({"b1/electricity": OFFICE}, price=0.1)
    found = await ask(site, "total", measure="cost", buildings=("b1",), period=year(2019))
    assert found.evidence[0].value == pytest.approx(OFFICE.sum() * 0.1)
    assert not found.evidence[0].caveats


async def test_holiday_of_the_site_is_billed_as_a_sunday() -> None:
    weekend = {"weekdays": [5, 6]}
    table = [
        {"name": "weekend", "price_per_kwh": 0.1, "when": weekend},
        {"name": "week", "price_per_kwh": 0.3, "when": {"weekdays": [0, 1, 2, 3, 4]}},
    ]
    tariff = {"name": "Week", "currency": "GBP", "energy": {"rates": table}}
    period = span(datetime(2019, 12, 23), datetime(2019, 12, 30), "that week")
    load = {"b1/electricity": np.full(8760, 1.0)}
    days = under(tariff, holidays_country="GB", holidays_subdiv="ENG", own_holidays=(date(2019, 12, 27),))
    plain, free = [
        (await ask(priced(load, settings=s), "tariff_cost", measure="cost", period=period)).evidence[0].value
        for s in (under(tariff), days)
    ]
    assert plain == pytest.approx(24 * (5 * 0.3 + 2 * 0.1))
    assert free == pytest.approx(24 * (2 * 0.3 + 5 * 0.1))


async def test_gap_in_a_tariff_is_an_error_that_names_it() -> None:
    ends = {**FLAT, "valid_to": "2019-07-01"}
    site = priced({"b1/electricity": OFFICE}, settings=under(ends))
    with pytest.raises(TariffGap, match="2019-07-01 to 2019-12-31"):
        await ask(site, "tariff_cost", measure="cost", period=year(2019))


async def test_hours_of_the_week_without_a_rate_are_named() -> None:
    day = {"name": "day", "price_per_kwh": 0.3, "when": {"from_hour": 7, "to_hour": 22}}
    site = priced({"b1/electricity": OFFICE}, settings=under({**FLAT, "energy": {"rates": [day]}}))
    with pytest.raises(TariffGap, match="Monday 00:00 to 07:00 in January"):
        await ask(site, "tariff_cost", measure="cost", period=year(2019))


async def test_two_tariffs_follow_each_other() -> None:
    first = {"name": "Old", "currency": "GBP", "energy": {"price_per_kwh": 0.1}, "valid_to": "2019-07-01"}
    second = {"name": "New", "currency": "GBP", "energy": {"price_per_kwh": 0.2}, "valid_from": "2019-07-01"}
    site = priced({"b1/electricity": np.full(8760, 1.0)}, settings=under({"tariffs": [first, second]}))
    found = await ask(site, "tariff_cost", measure="cost", period=year(2019))
    old_hours = 181 * 24 - 1  # summer time begins
    assert found.evidence[0].value == pytest.approx(0.1 * old_hours + 0.2 * (8760 - old_hours))


async def test_negative_prices_are_told() -> None:
    price = np.full(8760, 0.2)
    price[:10] = -0.1
    found = await ask(priced({"b1/electricity": OFFICE}, price=price), "tariff_cost", measure="cost", period=year(2019))
    assert fact(found, "electricity cost at negative prices").value == pytest.approx(-0.1 * OFFICE[:10].sum())


async def test_stated_price_comes_before_all_and_gas_has_no_other() -> None:
    site = priced({"b1/electricity": OFFICE, "b1/gas": OFFICE}, settings=under(FLAT), price=9.0)
    found = await ask(site, "tariff_cost", measure="cost", period=year(2019), terms=Terms(price_per_kwh=0.15))
    assert found.evidence[0].value == pytest.approx(0.15 * OFFICE.sum())
    with pytest.raises(NoData, match="price of gas is not known"):
        await ask(site, "tariff_cost", measure="gas", period=year(2019))


async def test_no_price_at_all_names_both_remedies() -> None:
    with pytest.raises(NoData, match=r"eaio site set town --tariff FILE.json.*state a price"):
        await ask(priced({"b1/electricity": OFFICE}), "tariff_cost", measure="cost", period=year(2019))


async def test_months_add_up_to_the_bill() -> None:
    site = priced({"b1/electricity": OFFICE}, settings=under(FLAT))
    months = await ask(site, "tariff_cost", measure="cost", period=year(2019), group="month")
    assert [e.group for e in months.evidence] == [f"2019-{m:02d}" for m in range(1, 13)]
    assert sum(e.value for e in months.evidence) == pytest.approx(WHOLE)
    years = await ask(site, "tariff_cost", measure="cost", period=year(2019), group="year")
    assert [e.group for e in years.evidence] == ["2019"]
    assert years.evidence[0].value == pytest.approx(WHOLE)


async def test_comparison_of_buildings_says_who_spent_more() -> None:
    site = priced({"b1/electricity": OFFICE, "b2/electricity": OFFICE / 2}, price=0.2)
    text = await said(
        site, "tariff_cost", measure="cost", buildings=("b1",), against_buildings=("b2",), period=year(2019)
    )
    assert "more (+100.0 %)" in text


async def test_demand_of_a_cut_month_is_told() -> None:
    site = priced({"b1/electricity": OFFICE}, settings=under(FLAT))
    part = span(datetime(2019, 1, 10), datetime(2019, 2, 1))
    found = await ask(site, "tariff_cost", measure="cost", period=part)
    assert any("only part of 2019-01" in c for c in found.evidence[0].caveats)


async def test_shares_of_a_demand_charge_are_not_made_up() -> None:
    with pytest.raises(BadQuestion, match="whole months"):
        await ask(priced({"b1/electricity": OFFICE}, price=1.0), "tariff_cost", measure="cost", hours="night")


async def test_bill_under_a_contract_stays_restricted_and_one_at_market_prices_need_not() -> None:
    rules = Rules(coarsening=Coarsening())
    labels = []
    for site in (
        priced({"b1/electricity": OFFICE}, settings=under(FLAT)),
        priced({"b1/electricity": OFFICE}, price=0.2),
    ):
        found = await ask(site, "tariff_cost", measure="cost", period=year(2019))
        labels.append(declassify(found.evidence[0].label, found.grounds[found.evidence[0].id], rules).label)
    assert labels == [Label.RESTRICTED, Label.INTERNAL]


async def test_shipped_prices_give_the_plain_cost_and_2018_has_none() -> None:
    site = ShippedFiles()
    found = await ask(site, "tariff_cost", measure="cost", buildings=("b4",), period=year(2019))
    plain = await ask(site, "total", measure="cost", buildings=("b4",), period=year(2019))
    assert found.evidence[0].value == pytest.approx(plain.evidence[0].value)
    with pytest.raises(TariffGap, match="no price from 2018-01-01"):
        await ask(site, "tariff_cost", measure="cost", buildings=("b4",), period=year(2018))
