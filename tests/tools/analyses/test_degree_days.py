"""Degree days say how much heating or cooling the weather asked for."""

from datetime import datetime

import numpy as np
import pytest

from tests.made_site import MadeSite, winters
from tests.shipped_files import ShippedFiles
from tests.small_site import SmallSite
from tests.tools.analyses.asked import ask, said, span, year
from tools.energy_query import Terms
from tools.errors import BadQuestion, NoData

DAILY = winters(365)[::24]
LOADS = {"b1/electricity": np.full(8760, 2.0)}


def heating(base: float, daily: "np.ndarray[tuple[int], np.dtype[np.float64]]" = DAILY) -> float:
    """Return the degree days of daily means."""
    return float(np.maximum(base - daily, 0.0).sum())


async def test_heating_degree_days_are_the_sum_of_what_each_day_lacks() -> None:
    site = MadeSite(LOADS, outside=winters(365))
    found = await ask(site, "degree_days", sites=("town",), period=year(2019))
    lead, cooling, mean = found.evidence
    assert (lead.name, lead.unit) == ("heating degree days", "K_d")
    # A day of summer time begins an hour before the made temperature's own day.
    assert lead.value == pytest.approx(heating(15.5), rel=1e-3)
    assert cooling.value == pytest.approx(float(np.maximum(DAILY - 18.3, 0.0).sum()), rel=1e-2)
    assert mean.value == pytest.approx(float(DAILY.mean()), rel=1e-3)
    words = await said(site, "degree_days", sites=("town",), period=year(2019))
    assert "to a base of 15.5 °C (CIBSE's, as none was given)" in words


async def test_base_and_cooling_are_as_asked() -> None:
    site = MadeSite(LOADS, outside=winters(365))
    to_18 = await ask(site, "degree_days", buildings=("b1",), period=year(2019), terms=Terms(base_degc=18.0))
    assert to_18.evidence[0].value == pytest.approx(heating(18.0), rel=1e-3)
    cooling = await ask(site, "degree_days", period=year(2019), terms=Terms(cooling=True, base_degc=10.0))
    assert cooling.evidence[0].name == "cooling degree days"
    assert cooling.evidence[0].value == pytest.approx(float(np.maximum(DAILY - 10.0, 0.0).sum()), rel=1e-3)


async def test_site_elsewhere_has_another_base_by_default() -> None:
    site = MadeSite(LOADS, outside=winters(365), timezone="Asia/Kolkata")
    assert "base of 18.3 °C (ASHRAE's, as none was given)" in await said(site, "degree_days", period=year(2019))


async def test_months_come_in_order_or_ranked_and_leap_day_counts() -> None:
    site = MadeSite(
        {"b1/electricity": np.full(366 * 24, 2.0)},
        start=datetime.fromisoformat("2020-01-01T00:00+00:00"),
        outside=np.full(366 * 24, 5.5),
    )
    months = await ask(site, "degree_days", period=year(2020), group="month")
    assert [e.group for e in months.evidence][:2] == ["2020-01", "2020-02"]
    assert [e.value for e in months.evidence][:3] == pytest.approx([310.0, 290.0, 310.0])
    ranked = await ask(site, "degree_days", period=year(2020), group="month", order="lowest", limit=1)
    assert [e.group for e in ranked.evidence] == ["2020-02"]


async def test_months_of_a_year_add_up_to_it() -> None:
    months = await ask(ShippedFiles(), "degree_days", sites=("cambridge",), period=year(2019), group="month")
    whole = await ask(ShippedFiles(), "degree_days", sites=("cambridge",), period=year(2019))
    assert len(months.evidence) == 12
    assert sum(e.value for e in months.evidence) == pytest.approx(whole.evidence[0].value)


async def test_days_without_a_temperature_are_told_and_add_nothing() -> None:
    outside = np.full(8760, 5.5)
    outside[: 100 * 24] = np.nan
    site = MadeSite(LOADS, outside=outside)
    found = await ask(site, "degree_days", sites=("town",), period=year(2019))
    assert found.evidence[0].value == pytest.approx(265 * 10.0)
    assert found.evidence[0].coverage == pytest.approx(265 / 365)
    assert "72.6 % of the hours have a valid reading" in await said(site, "degree_days", period=year(2019))


async def test_two_years_are_set_against_each_other() -> None:
    site = MadeSite({"b1/electricity": np.full(2 * 8760, 2.0)}, outside=np.repeat([5.5, 10.5], 8760))
    found = await ask(site, "degree_days", sites=("town",), period=year(2020), against_period=year(2019))
    assert found.evidence[0].value == pytest.approx(365 * 5.0 - 365 * 10.0)
    words = await said(site, "degree_days", sites=("town",), period=year(2020), against_period=year(2019))
    assert "in 2020 against 2019" in words


async def test_site_without_temperature_says_how_to_give_it() -> None:
    with pytest.raises(NoData, match="London Works has no outdoor temperature; load it"):
        await ask(SmallSite(), "degree_days", buildings=("b1",), period=year(2019))
    with pytest.raises(NoData, match="runs from 1 January 2019 to 31 December 2019"):
        await ask(MadeSite(LOADS, outside=winters(365)), "degree_days", period=year(2024))
    with pytest.raises(BadQuestion, match="whole days"):
        await ask(MadeSite(LOADS, outside=winters(365)), "degree_days", hours="night")


async def test_part_of_a_day_has_no_degree_days() -> None:
    morning = span(datetime(2019, 5, 5, 3), datetime(2019, 5, 5, 9))
    with pytest.raises(NoData, match="no heating degree days"):
        await ask(MadeSite(LOADS, outside=winters(365)), "degree_days", period=morning)


async def test_shipped_weather_is_as_a_spreadsheet_has_it() -> None:
    found = await ask(ShippedFiles(), "degree_days", sites=("cambridge",), period=year(2019))
    assert found.evidence[0].value == pytest.approx(2007.287, abs=0.01)
    assert "IIIT-Delhi campus" in await said(ShippedFiles(), "degree_days")
