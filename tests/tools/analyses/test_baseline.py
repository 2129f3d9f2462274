"""A building's use beside its baseline is what was put into it, and every doubt stands in the headline."""

from datetime import datetime

import numpy as np
import pytest

from tests.made_load import OPEN_KWH
from tests.shipped_files import ShippedFiles
from tests.small_site import SmallSite
from tests.tools.analyses.made_site import DEGC, PLAIN, YEAR, MadeSite, asked, days, facts, told, year
from tools.errors import BadQuestion, NoData
from tools.figures import Values
from tools.headline import headline

MORE = np.where(np.arange(2 * YEAR) >= YEAR, 1.1 * PLAIN, PLAIN)


@pytest.mark.slow
async def test_a_tenth_more_than_the_baseline_is_found_with_percent_operands_and_interval() -> None:
    site = MadeSite({"north": MORE}, DEGC)
    found = await facts(asked("baseline", "north", period=year(2019)), site)
    assert [(e.name, e.unit) for e in found.evidence[:8]] == [
        ("electricity use above baseline", "kWh"),
        ("electricity use above baseline in percent", "percent"),
        ("electricity use", "kWh"),
        ("electricity baseline use", "kWh"),
        ("electricity use above baseline lower end", "kWh"),
        ("electricity use above baseline upper end", "kWh"),
        ("electricity CV(RMSE)", "percent"),
        ("electricity NMBE", "percent"),
    ]
    above, percent, used, expected, low, high = (e.value for e in found.evidence[:6])
    assert percent == pytest.approx(10.0, abs=0.5)
    assert used == pytest.approx(MORE[YEAR:].sum())
    assert above == pytest.approx(used - expected)
    assert low < MORE[YEAR:].sum() - PLAIN[YEAR:].sum() < high
    text = headline(found, await site.inventory())
    assert "more than its baseline" in text
    assert "in 2019 (95 % interval" in text
    assert found.chart is not None
    assert len(found.chart.labels) == 730


async def test_without_an_earlier_year_the_baseline_is_of_the_time_itself_and_equals_its_use() -> None:
    site = MadeSite({"north": PLAIN}, DEGC)
    found = await facts(asked("baseline", "north", period=year(2018)), site)
    value = {e.name: e.value for e in found.evidence}
    assert found.evidence[0].name == "electricity baseline use"
    assert found.evidence[0].value == pytest.approx(PLAIN[:YEAR].sum(), rel=1e-6)
    assert value["electricity heating balance point"] == pytest.approx(15.0, abs=0.5)
    assert value["electricity heating slope"] == pytest.approx(48.0, rel=0.05)
    assert value["electricity days off"] == pytest.approx(-10 * OPEN_KWH, rel=0.05)
    assert "No year before it is recorded" in headline(found, await site.inventory())


async def test_the_constant_of_a_straight_line_is_called_the_use_at_0_degc_and_no_base_load() -> None:
    straight = 50.0 - 1.5 * np.repeat(DEGC[:YEAR].reshape(-1, 24).mean(axis=1), 24)
    site = MadeSite({"north": straight}, DEGC)
    found = await facts(asked("baseline", "north", period=year(2018)), site)
    text = headline(found, await site.inventory())
    assert "a use of 1,200 kWh a day at 0 degC, and use follows the outdoor temperature on a straight line" in text
    assert "base load" not in text
    value = {e.name: e.value for e in found.evidence}
    assert value["electricity use at 0 degC"] == pytest.approx(1200.0, rel=0.01)
    assert value["electricity slope"] == pytest.approx(-36.0, rel=0.01)


async def test_gas_of_real_buildings_has_no_negative_base_load() -> None:
    for building in ("b4", "b36", "b58"):
        query = asked("baseline", building, measure="gas", period=year(2020), against_period=year(2019))
        value = {e.name: e.value for e in (await facts(query, ShippedFiles())).evidence}
        assert value["gas base load"] >= 0.0
        assert value["gas base load"] + value.get("gas days off", 0.0) >= 0.0


@pytest.mark.slow
async def test_several_buildings_are_summed_and_then_told_each_and_all_are_ranked() -> None:
    site = MadeSite({"north": MORE, "south": PLAIN, "short": PLAIN[: 24 * 400]}, DEGC)
    both = (await facts(asked("baseline", "north", "south", period=year(2019)), site)).evidence
    assert both[0].buildings == ("north", "south")
    assert both[0].value == pytest.approx(sum(e.value for e in both[6:]))
    ranked = await facts(asked("baseline", group="building", order="highest", limit=2, period=year(2019)), site)
    leads = [e for e in ranked.evidence if e.unit == "kWh"]
    assert leads[0].buildings == ("north",)
    assert len(leads) == 2
    assert leads[0].value > leads[1].value


async def test_a_year_that_is_not_over_is_compared_day_by_day_and_its_coverage_told() -> None:
    site = MadeSite({"north": MORE[: YEAR + 100 * 24]}, DEGC)
    found = await facts(asked("baseline", "north", period=year(2019)), site)
    assert found.evidence[1].value == pytest.approx(10.0, abs=1.5)
    assert found.evidence[0].coverage == pytest.approx(100 / 365)
    assert "27.4 %" in headline(found, await site.inventory())


async def test_a_constant_load_has_a_baseline_that_it_meets() -> None:
    site = MadeSite({"north": np.full(2 * YEAR, 2.0)}, DEGC)
    found = (await facts(asked("baseline", "north", period=year(2019)), site)).evidence
    assert [e.value for e in found[:4]] == pytest.approx([0.0, 0.0, 2.0 * YEAR, 2.0 * YEAR], abs=1e-3)


@pytest.mark.parametrize(
    ("rest", "why"),
    [
        ({"measure": "carbon"}, "electricity or gas, not of carbon"),
        ({"hours": "night"}, "whole days, not of the night"),
        ({"period": days(datetime(2019, 3, 4, 9), datetime(2019, 3, 4, 10), "4 March 2019 09:00")}, "a part of a day"),
        ({"period": year(2019), "against_buildings": ("south",)}, "not set against another"),
    ],
)
async def test_what_a_baseline_cannot_say_is_a_bad_question_with_its_reason(rest: dict[str, object], why: str) -> None:
    with pytest.raises(BadQuestion, match=why):
        await facts(asked("baseline", "north", **rest), MadeSite({"north": PLAIN}, DEGC))


async def test_a_site_without_temperature_is_told_how_to_load_it() -> None:
    with pytest.raises(NoData, match=r"no outdoor temperature.*eaio data load"):
        await facts(asked("baseline", "b1", period=year(2019)), SmallSite())


@pytest.mark.parametrize(
    ("kwh", "period", "why"),
    [
        (PLAIN[: 20 * 24], year(2018), "at least 60 days.*there are 20"),
        (PLAIN, year(2025), "no valid electricity reading in 2025; its electricity readings run from 1 January 2018"),
        (np.full(YEAR, np.nan), year(2018), "there are 0"),
        (np.full(YEAR, np.nan), None, "there are 0"),
    ],
)
async def test_too_few_days_or_none_are_no_data_that_says_what_there_is(kwh: Values, period: object, why: str) -> None:
    with pytest.raises(NoData, match=why):
        await facts(asked("baseline", "north", period=period), MadeSite({"north": kwh}, DEGC))


async def test_more_buildings_than_can_be_worked_out_are_refused_with_a_remedy() -> None:
    site = MadeSite({f"n{i}": np.full(48, 1.0) for i in range(61)}, DEGC)
    with pytest.raises(BadQuestion, match=r"61 buildings.*name a site or some buildings"):
        await facts(asked("baseline", group="building"), site)


async def test_gas_is_told_as_labelled_with_the_doubt_about_its_unit() -> None:
    query = asked("baseline", "b58", measure="gas", period=year(2020), against_period=year(2018))
    text = await told(query, ShippedFiles())
    assert "gas (as labelled)" in text
    assert "gas unit is in doubt" in text
    assert "cannot be told from noise" in text


async def test_a_unit_that_is_asked_for_is_used() -> None:
    query = asked("baseline", "b4", period=year(2018), unit="MWh")
    assert "143.7 MWh" in await told(query, ShippedFiles())
