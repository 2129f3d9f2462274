"""Emissions are told by the method that was asked for, and never by one that the data cannot give."""

import numpy as np
import pytest

from tests.shipped_files import ShippedFiles
from tests.tools.analyses.asked import ask, fact, said, year
from tests.tools.analyses.priced_site import office, priced
from tools.energy_query import Change, Terms
from tools.errors import BadQuestion, NoData

TWO = np.full(8760, 2.0)


async def test_location_based_is_each_hour_by_its_factor() -> None:
    factor = np.where(np.arange(8760) % 2 == 0, 0.1, 0.3)
    found = await ask(priced({"b1/electricity": TWO}, carbon=factor), "emissions", period=year(2019))
    assert (found.evidence[0].name, found.evidence[0].unit) == ("electricity carbon location-based", "kgCO2e")
    assert found.evidence[0].value == pytest.approx(2 * 0.2 * 8760)
    assert fact(found, "electricity carbon factor by use").value == pytest.approx(0.2)
    assert found.chart is not None
    assert len(found.chart.labels) == 12


async def test_hours_without_a_factor_add_nothing_and_are_said() -> None:
    factor = np.full(8760, 0.2)
    factor[: 8760 // 2] = np.nan
    found = await ask(priced({"b1/electricity": TWO}, carbon=factor), "emissions", period=year(2019))
    assert found.evidence[0].value == pytest.approx(0.2 * 8760)
    assert found.evidence[0].coverage == pytest.approx(0.5)
    assert any("8,760 kWh fall into hours without a carbon factor" in c for c in found.evidence[0].caveats)


async def test_contract_leads_market_based_with_the_location_based_beside() -> None:
    site = priced({"b1/electricity": TWO}, carbon=0.2)
    found = await ask(site, "emissions", period=year(2019), terms=Terms(factor_kgco2e_per_kwh=0.05))
    assert [e.name for e in found.evidence[:2]] == [
        "electricity carbon market-based",
        "electricity carbon location-based",
    ]
    assert [e.value for e in found.evidence[:2]] == [pytest.approx(2 * 8760 * f) for f in (0.05, 0.2)]


async def test_market_based_without_a_contract_says_what_stands_in() -> None:
    site = priced({"b1/electricity": TWO}, carbon=0.2)
    text = await said(site, "emissions", period=year(2019), terms=Terms(scope2="market"))
    assert "no residual mix is given" in text


@pytest.mark.parametrize(
    ("statistic", "rest"),
    [
        ("total", {"measure": "carbon"}),
        ("emissions", {}),
        ("emissions", {"terms": Terms(scope2="market")}),
        ("what_if", {"measure": "carbon", "terms": Terms(change=Change(kind="cut_baseload", amount=10))}),
    ],
)
async def test_answers_by_cambridges_factors_say_that_they_count_co2_alone(
    statistic: str, rest: dict[str, object]
) -> None:
    text = await said(ShippedFiles(), statistic, buildings=("b4",), period=year(2019), **rest)
    assert text.count("CO2 alone") == 1


async def test_factors_of_other_sites_and_answers_in_kwh_say_nothing_of_co2_alone() -> None:
    text = await said(priced({"b1/electricity": TWO}, carbon=0.2), "emissions", period=year(2019))
    assert "CO2 alone" not in text
    assert "CO2" not in await said(ShippedFiles(), "total", buildings=("b4",), period=year(2019))


async def test_marginal_needs_a_stated_factor() -> None:
    site = priced({"b1/electricity": TWO}, carbon=0.2)
    with pytest.raises(NoData, match="no marginal carbon factor"):
        await ask(site, "emissions", period=year(2019), terms=Terms(scope2="marginal"))
    stated = Terms(scope2="marginal", factor_kgco2e_per_kwh=0.4)
    found = await ask(site, "emissions", period=year(2019), terms=stated)
    assert found.evidence[0].name == "electricity carbon marginal"
    assert found.evidence[0].value == pytest.approx(0.4 * 2 * 8760)


async def test_site_without_hourly_factors_takes_those_of_the_country_and_year() -> None:
    found = await ask(priced({"b1/electricity": TWO}), "emissions", period=year(2019))
    assert found.evidence[0].value == pytest.approx(2 * 8760 * 0.2556)
    assert "UK Government GHG conversion factors 2019" in found.evidence[0].method


async def test_gas_is_scope_1_as_labelled() -> None:
    site = priced({"b1/gas": TWO})
    found = await ask(site, "emissions", measure="gas", period=year(2019))
    assert found.evidence[0].name == "gas carbon scope 1"
    assert found.evidence[0].value == pytest.approx(2 * 8760 * 0.18385)
    assert "gas (as labelled)" in (found.words or "")


async def test_gas_stands_beside_the_total_and_is_never_added() -> None:
    site = priced({"b1/electricity": TWO, "b1/gas": TWO}, carbon=0.2)
    found = await ask(site, "emissions", measure="total", period=year(2019), terms=Terms(factor_kgco2e_per_kwh=0.1))
    values = {e.name: e.value for e in found.evidence[:3]}
    assert values == {
        "electricity carbon market-based": pytest.approx(0.1 * 2 * 8760),
        "electricity carbon location-based": pytest.approx(0.2 * 2 * 8760),
        "gas carbon scope 1": pytest.approx(0.18385 * 2 * 8760),
    }
    assert "of gas (as labelled), beside it and never added" in (found.words or "")


async def test_country_without_factors_is_named_and_a_stated_one_helps() -> None:
    site = priced({"b1/electricity": TWO}, timezone="Asia/Kolkata")
    with pytest.raises(NoData, match="no shipped electricity factors of IN"):
        await ask(site, "emissions")
    found = await ask(site, "emissions", terms=Terms(factor_kgco2e_per_kwh=0.7))
    assert fact(found, "electricity carbon factor by use").value == pytest.approx(0.7)
    assert not any("location" in e.name for e in found.evidence)


async def test_months_add_up_to_the_year_and_a_rank_puts_buildings_in_order() -> None:
    site = priced({"b1/electricity": office(), "b2/electricity": TWO}, carbon=0.2)
    whole = await ask(site, "emissions", period=year(2019))
    months = await ask(site, "emissions", period=year(2019), group="month")
    assert [e.group for e in months.evidence] == [f"2019-{m:02d}" for m in range(1, 13)]
    assert sum(e.value for e in months.evidence) == pytest.approx(whole.evidence[0].value)
    rank = await ask(site, "emissions", period=year(2019), order="lowest", limit=1)
    assert [e.buildings for e in rank.evidence] == [("b2",)]


async def test_comparison_gives_difference_percent_and_both() -> None:
    site = priced({"b1/electricity": TWO, "b2/electricity": 2 * TWO}, carbon=0.2)
    found = await ask(site, "emissions", buildings=("b1",), against_buildings=("b2",), period=year(2019))
    assert [round(e.value, 6) for e in found.evidence] == [-3504.0, -50.0, 3504.0, 7008.0]
    assert "3,504 kgCO2e less (-50.0 %)" in (found.words or "")


async def test_parts_of_the_day_are_refused() -> None:
    with pytest.raises(BadQuestion, match="whole months"):
        await ask(priced({"b1/electricity": TWO}), "emissions", hours="night")


async def test_what_is_fed_in_is_not_subtracted() -> None:
    fed_in = np.where(np.arange(8760) < 4380, 2.0, -2.0)
    found = await ask(priced({"b1/electricity": fed_in}, carbon=0.2), "emissions", period=year(2019))
    assert found.evidence[0].value == pytest.approx(2 * 4380 * 0.2)


async def test_shipped_building_emits_what_the_plain_question_says() -> None:
    site = ShippedFiles()
    found = await ask(site, "emissions", buildings=("b4",), period=year(2019))
    plain = await ask(site, "total", measure="carbon", buildings=("b4",), period=year(2019))
    assert found.evidence[0].value == pytest.approx(plain.evidence[0].value)
