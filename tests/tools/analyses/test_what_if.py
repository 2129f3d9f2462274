"""A change that was not made is told in kWh, money and carbon, with what it assumes."""

from datetime import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privacy.declassify import Coarsening, Rules, declassify
from privacy.labels import Label
from tests.made_site import MadeSite, winters
from tests.shipped_files import ShippedFiles
from tests.tools.analyses.asked import ask, fact, said, span, year
from tests.tools.analyses.priced_site import office, priced
from tools.energy_query import Change, Terms
from tools.errors import BadQuestion, NoData
from tools.readings import SiteSettings

YEAR_H = 8760
WEEKENDS_KWH = 104 * 24 * 2.0
DAY_AND_NIGHT = {
    "name": "Economy",
    "currency": "GBP",
    "energy": {
        "rates": [
            {"name": "day", "price_per_kwh": 0.3, "when": {"from_hour": 7, "to_hour": 24}},
            {"name": "night", "price_per_kwh": 0.1, "when": {"from_hour": 0, "to_hour": 7}},
        ]
    },
}


def changed(kind: str, amount: float | None = None, **more: object) -> Terms:
    return Terms(change=Change(kind=kind, amount=amount), **more)  # type: ignore[arg-type]


async def test_closed_weekends_fall_to_the_nights_of_the_week_and_are_worth_their_price_and_carbon() -> None:
    site = priced({"b1/electricity": office()}, price=0.2, carbon=0.25)
    found = await ask(site, "what_if", buildings=("b1",), period=year(2019), terms=changed("close_weekends"))
    assert (found.evidence[0].name, found.evidence[0].unit) == ("electricity saving", "kWh")
    assert found.evidence[0].value == pytest.approx(WEEKENDS_KWH)
    assert fact(found, "electricity cost saving").value == pytest.approx(0.2 * WEEKENDS_KWH)
    assert fact(found, "electricity carbon saving").value == pytest.approx(0.25 * WEEKENDS_KWH)
    assert fact(found, "electricity closed level").value == 2.0
    assert fact(found, "electricity saving in percent").value == pytest.approx(100 * WEEKENDS_KWH / office().sum())
    assert found.chart is not None
    assert set(found.chart.values) == {4.0}
    assert set(found.chart.series[0].values) == {2.0}


async def test_headline_says_how_much_of_what_and_on_which_assumption() -> None:
    site = priced({"b1/electricity": office()}, price=0.2)
    text = await said(site, "what_if", buildings=("b1",), period=year(2019), terms=changed("close_weekends"))
    assert "b1 closed at weekends would have used 4,992 kWh" in text
    assert "less electricity in 2019; that is £998.40 less and 1,276 kgCO2e less." in text
    assert "Assumed: Saturdays and Sundays would fall to 2.00 kW" in text


async def test_units_asked_for_are_shown() -> None:
    site = priced({"b1/electricity": office()}, settings=SiteSettings(energy_unit="kBtu"))
    text = await said(site, "what_if", buildings=("b1",), period=year(2019), terms=changed("close_weekends"))
    assert "17,033.4 kBtu" in text


async def test_smaller_baseload_saves_its_percent_in_every_hour_or_in_those_named() -> None:
    site = priced({"b1/electricity": office()})
    whole = await ask(site, "what_if", buildings=("b1",), period=year(2019), terms=changed("cut_baseload", 10))
    assert whole.evidence[0].value == pytest.approx(0.1 * 2 * YEAR_H)
    night = await ask(
        site, "what_if", buildings=("b1",), period=year(2019), hours="night", terms=changed("cut_baseload", 10)
    )
    assert night.evidence[0].value == pytest.approx(0.1 * 2 * 8 * 365)


async def test_shift_saves_no_energy_so_money_leads() -> None:
    site = priced({"b1/electricity": office()}, settings=SiteSettings(tariff=DAY_AND_NIGHT))
    found = await ask(site, "what_if", buildings=("b1",), period=year(2019), terms=changed("shift", -3))
    assert found.evidence[0].name == "electricity cost saving"
    working_days, hours_into_the_night = 261, 2
    assert found.evidence[0].value == pytest.approx(working_days * hours_into_the_night * (10 - 2) * (0.3 - 0.1))
    assert fact(found, "electricity saving").value == 0.0


async def test_shift_without_price_or_factor_says_that_it_saves_no_energy() -> None:
    site = priced({"b1/electricity": office()}, timezone="Asia/Kolkata")
    text = await said(site, "what_if", buildings=("b1",), terms=changed("shift", 2))
    assert "would have used as much electricity" in text


async def test_set_back_saves_its_slope_for_each_degree_within_its_interval() -> None:
    temperature = winters(365)
    gas = 2.0 + 3.0 * np.maximum(14.0 - temperature, 0.0)
    site = priced({"b1/gas": gas}, outside=temperature)
    found = await ask(
        site, "what_if", measure="gas", buildings=("b1",), period=year(2019), terms=changed("set_back", 2)
    )
    truth = float((gas - (2.0 + 3.0 * np.maximum(12.0 - temperature, 0.0))).sum())
    assert found.evidence[0].name == "gas saving"
    assert found.evidence[0].value == pytest.approx(truth, rel=0.01)
    low, high = fact(found, "gas saving lower end").value, fact(found, "gas saving upper end").value
    assert low <= found.evidence[0].value <= high
    assert fact(found, "gas heating slope").value == pytest.approx(72.0, rel=0.01)
    assert any("price of gas is not known" in note for note in found.notes)


async def test_set_back_of_some_weeks_is_fitted_to_the_whole_record() -> None:
    temperature = winters(365)
    gas = 2.0 + 3.0 * np.maximum(14.0 - temperature, 0.0)
    site = priced({"b1/gas": gas}, outside=temperature)
    january = span(datetime(2019, 1, 1), datetime(2019, 2, 1), "January 2019")
    found = await ask(site, "what_if", measure="gas", buildings=("b1",), period=january, terms=changed("set_back", 1))
    assert found.evidence[0].value == pytest.approx(31 * 24 * 3.0, rel=0.02)
    assert "whole record" in (found.words or "")


async def test_set_back_without_weather_names_the_remedy() -> None:
    site = priced({"b1/gas": office()})
    with pytest.raises(NoData, match="eaio data load"):
        await ask(site, "what_if", measure="gas", buildings=("b1",), period=year(2019), terms=changed("set_back", 2))


async def test_electricity_that_does_not_follow_the_weather_points_to_the_gas() -> None:
    site = priced({"b1/electricity": np.full(YEAR_H, 5.0), "b1/gas": np.full(YEAR_H, 5.0)}, outside=winters(365))
    with pytest.raises(NoData, match="ask the same of its gas"):
        await ask(site, "what_if", buildings=("b1",), period=year(2019), terms=changed("set_back", 2))


async def test_several_buildings_are_summed_and_a_rank_puts_them_in_order() -> None:
    site = priced({"b1/electricity": office(), "b2/electricity": 3 * office()})
    both = await ask(site, "what_if", period=year(2019), terms=changed("close_weekends"))
    assert both.evidence[0].value == pytest.approx(4 * WEEKENDS_KWH)
    assert both.evidence[0].buildings == ("b1", "b2")
    rank = await ask(site, "what_if", period=year(2019), group="building", limit=1, terms=changed("close_weekends"))
    assert [e.buildings for e in rank.evidence] == [("b2",)]
    assert rank.evidence[0].value == pytest.approx(3 * WEEKENDS_KWH)
    assert (rank.words or "").startswith("b2 had the highest electricity saving, closed at weekends, in 2019")


async def test_money_leads_where_it_is_asked_for_and_an_unknown_price_is_an_answer() -> None:
    site = priced({"b1/electricity": office()})
    asked = {"measure": "cost", "buildings": ("b1",), "period": year(2019)}
    with pytest.raises(NoData, match="no price of a kWh"):
        await ask(site, "what_if", **asked, terms=changed("close_weekends"))
    found = await ask(site, "what_if", **asked, terms=changed("close_weekends", price_per_kwh=0.5))
    assert (found.evidence[0].name, found.evidence[0].unit) == ("electricity cost saving", "GBP")
    assert found.evidence[0].value == pytest.approx(0.5 * WEEKENDS_KWH)


async def test_hours_without_a_price_keep_the_saving_in_kwh_and_say_which() -> None:
    price = np.full(YEAR_H, 0.2)
    price[:24] = np.nan
    found = await ask(priced({"b1/electricity": office()}, price=price), "what_if", terms=changed("close_weekends"))
    assert not any(e.unit == "GBP" for e in found.evidence)
    assert any("2019-01-01 00:00 to 2019-01-02 00:00" in note for note in found.notes)


@pytest.mark.parametrize(
    ("terms", "message"),
    [
        (None, "not said what would change"),
        (changed("set_back"), "by how many K"),
        (changed("shift", 1.5), "whole hours"),
        (changed("shift", 30), "a day or more"),
        (changed("cut_baseload", 120), "120 %"),
        (changed("set_back", 9), "at most 8 K"),
    ],
)
async def test_change_that_cannot_be_is_refused_with_the_remedy(terms: Terms | None, message: str) -> None:
    site = priced({"b1/electricity": 1.0 + np.maximum(14.0 - winters(365), 0.0)}, outside=winters(365))
    with pytest.raises(BadQuestion, match=message):
        await ask(site, "what_if", buildings=("b1",), period=year(2019), terms=terms)


async def test_parts_of_a_time_and_comparisons_are_refused() -> None:
    site = priced({"b1/electricity": office()})
    for more in ({"group": "month"}, {"against_period": year(2018)}):
        with pytest.raises(BadQuestion, match="one time as a whole"):
            await ask(site, "what_if", terms=changed("close_weekends"), **more)


async def test_empty_year_and_missing_hours_are_told() -> None:
    with pytest.raises(NoData, match="no valid electricity reading"):
        await ask(MadeSite({"b1/electricity": np.full(YEAR_H, np.nan)}), "what_if", terms=changed("close_weekends"))
    half = office()
    half[::2] = np.nan
    found = await ask(priced({"b1/electricity": half}), "what_if", terms=changed("close_weekends"))
    assert found.evidence[0].coverage == pytest.approx(0.5)
    assert found.evidence[0].value == pytest.approx(WEEKENDS_KWH / 2)
    assert any("50.0 % of the hours" in c for c in found.evidence[0].caveats)


async def test_constant_load_saves_nothing_at_weekends() -> None:
    found = await ask(priced({"b1/electricity": np.full(YEAR_H, 3.0)}), "what_if", terms=changed("close_weekends"))
    assert found.evidence[0].value == 0.0


async def test_yearly_saving_may_be_told_and_money_under_a_tariff_may_not() -> None:
    site = priced({"b1/electricity": office()}, settings=SiteSettings(tariff=DAY_AND_NIGHT))
    found = await ask(site, "what_if", buildings=("b1",), period=year(2019), terms=changed("close_weekends"))
    rules = Rules(coarsening=Coarsening())
    labels = {e.name: declassify(e.label, found.grounds[e.id], rules).label for e in found.evidence}
    assert labels["electricity saving"] is Label.INTERNAL
    assert labels["electricity cost saving"] is Label.RESTRICTED


@settings(max_examples=20, deadline=None)
@given(st.floats(0, 100), st.floats(0, 100))
async def test_a_larger_cut_never_saves_less(one: float, other: float) -> None:
    site = priced({"b1/electricity": office(60)})
    less, more = [
        (await ask(site, "what_if", terms=changed("cut_baseload", p))).evidence[0].value for p in sorted((one, other))
    ]
    assert more >= less - 1e-9


async def test_weekends_of_a_shipped_building_are_those_of_its_file() -> None:
    site = ShippedFiles()
    found = await ask(site, "what_if", buildings=("b4",), period=year(2019), terms=changed("close_weekends"))
    assert found.evidence[0].value == pytest.approx(3773.2, rel=1e-6)
    assert fact(found, "electricity closed level").value == pytest.approx(7.6)
