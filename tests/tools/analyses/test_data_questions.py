"""Weather, grid, catalogue, picked days, shares, trends and medians, on made-up hours and on the shipped ones."""

import numpy as np
import pytest

from tests.made_site import MadeSite, winters
from tests.shipped_files import ShippedFiles
from tests.small_site import SmallSite
from tests.tools.analyses.asked import ask, fact, said, year
from tools.data_asked import DataAsked, DayBand
from tools.energy_query import Terms
from tools.errors import BadQuestion, NoData
from tools.readings import SiteSettings

COLD = winters(365)
ENGLAND = SiteSettings(holidays_country="GB", holidays_subdiv="ENG")
SITE = MadeSite({"b1/electricity": np.full(8760, 2.0), "b1/gas": 20.0 - COLD}, outside=COLD, settings=ENGLAND)


def terms(**asked: object) -> Terms:
    """Return terms that ask something of the data."""
    return Terms(data=DataAsked(**asked))  # type: ignore[arg-type]


async def test_weather_leads_with_what_was_asked_for() -> None:
    hot = await ask(SITE, "site_series", period=year(2019), terms=terms(series="temperature", figure="highest"))
    mean = await ask(SITE, "site_series", period=year(2019), terms=terms(series="temperature"))
    assert hot.evidence[0].value == pytest.approx(COLD.max())
    assert mean.evidence[0].value == pytest.approx(COLD.mean())
    assert {e.unit for e in hot.evidence} == {"degC"}


async def test_fahrenheit_is_scaled_and_a_spread_has_no_offset() -> None:
    warm = terms(series="temperature")
    spread = terms(series="temperature", figure="standard_deviation")
    mean = await ask(SITE, "site_series", period=year(2019), unit="degF", terms=warm)
    apart = await ask(SITE, "site_series", period=year(2019), unit="degF", terms=spread)
    assert mean.evidence[0].value == pytest.approx(COLD.mean() * 1.8 + 32)
    assert apart.evidence[0].value == pytest.approx(np.std(COLD, ddof=1) * 1.8)


async def test_days_of_a_series_are_ranked_by_their_mean() -> None:
    found = await ask(
        SITE, "site_series", period=year(2019), group="day", order="lowest", limit=1, terms=terms(series="temperature")
    )
    assert found.evidence[0].group == "2019-01-01"


async def test_grid_carbon_is_told_in_grams_by_hour_of_the_day() -> None:
    words = await said(
        ShippedFiles(), "site_series", sites=("cambridge",), period=year(2020), group="hour", order="lowest",
        terms=terms(series="carbon"),
    )  # fmt: skip
    assert "lowest from 03:00 (145.1 gCO2e/kWh)" in words
    assert "42.0 gCO2e/kWh, from 13:00 on 24 May 2020" in words


async def test_series_that_a_site_lacks_says_who_has_it() -> None:
    with pytest.raises(NoData, match="Cambridge University Estates has it"):
        await ask(ShippedFiles(), "site_series", sites=("iiitd",), terms=terms(series="price"))


async def test_catalogue_tells_areas_and_who_has_none() -> None:
    site = SmallSite()
    whole = await ask(site, "catalogue", sites=("london",), terms=terms(fact="area"))
    assert (whole.evidence[0].value, whole.evidence[0].unit) == (150.0, "m2")
    assert "b3 is not known" in await said(site, "catalogue", sites=("london",), terms=terms(fact="area"))
    with pytest.raises(NoData, match="eaio building set b3 --area"):
        await ask(site, "catalogue", buildings=("b3",), terms=terms(fact="area"))


async def test_catalogue_counts_meters_buildings_and_uses() -> None:
    site = SmallSite()
    gas = await said(site, "catalogue", terms=terms(fact="meters", fuel="gas"))
    assert gas.startswith("1 of 4 buildings have a gas meter: b3.")
    assert (await said(site, "catalogue", buildings=("b1",), terms=terms(fact="meters", fuel="gas"))).startswith("No:")
    offices = await ask(site, "catalogue", terms=terms(fact="buildings", use="offices"))
    assert offices.evidence[0].buildings == ("b1",)
    assert "1 January 2018 to 31 December 2019" in await said(
        site, "catalogue", buildings=("b1",), terms=terms(fact="record")
    )
    with pytest.raises(NoData, match="no building of the catalogue is hotel"):
        await ask(site, "catalogue", terms=terms(fact="buildings", use="hotel"))


async def test_holidays_are_left_out_or_counted_alone() -> None:
    holidays = [terms(days=DayBand(holidays=kind)) for kind in ("without", "only")]
    without, only = [(await ask(SITE, "picked_days", period=year(2019), terms=t)).evidence[0].value for t in holidays]
    assert (without, only) == (357 * 48.0, 8 * 48.0)


async def test_days_in_a_band_of_temperature_are_told_a_day_and_compared() -> None:
    cold, warm = DayBand(high_degc=5.0), DayBand(low_degc=15.0)
    day = COLD[::24]
    alone = await ask(SITE, "picked_days", measure="gas", period=year(2019), terms=terms(days=cold))
    apart = await ask(SITE, "picked_days", measure="gas", period=year(2019), terms=terms(days=cold, against_days=warm))
    assert alone.evidence[0].value == pytest.approx(24 * (20 - day[day < 5]).mean(), rel=0.002)
    assert apart.evidence[0].value > 0
    assert fact(alone, "days counted, days with a mean below 5 °C outdoors").value == pytest.approx(
        (day < 5).sum(), abs=1
    )


async def test_coldest_day_is_named_with_its_use() -> None:
    words = await said(
        SITE, "picked_days", measure="gas", period=year(2019), terms=terms(days=DayBand(extreme="coldest"))
    )
    assert "was 2019-01-01 (mean 0 °C)" in words
    assert "b1 used 480 kWh of gas" in words


async def test_days_that_no_thermometer_knows_are_not_picked() -> None:
    site = MadeSite({"b1/electricity": np.full(8760, 2.0)})
    with pytest.raises(NoData, match="no outdoor temperature"):
        await ask(site, "picked_days", period=year(2019), terms=terms(days=DayBand(low_degc=20.0)))


async def test_share_of_a_fuel_is_of_both_fuels() -> None:
    found = await ask(SITE, "fuel_share", measure="gas", buildings=("b1",), period=year(2019))
    gas = (20.0 - COLD).sum()
    assert found.evidence[0].value == pytest.approx(100 * gas / (gas + 2 * 8760))


async def test_doubtful_gas_is_told_in_cubic_metres_too() -> None:
    words = await said(ShippedFiles(), "fuel_share", measure="gas", buildings=("b8",), period=year(2019))
    assert words.startswith("19.1 % of the energy of b8 in 2019 was gas")
    assert "it would be 72.3 %" in words


async def test_rate_weighs_each_hour_by_its_load() -> None:
    words = await said(ShippedFiles(), "unit_rate", measure="carbon", buildings=("b4",), period=year(2019))
    assert "201.5 gCO2e/kWh on average, weighted by the load" in words


async def test_trend_is_the_line_through_the_full_years() -> None:
    years = np.repeat([10.0, 11.0, 12.0], 8760)
    site = MadeSite({"b1/electricity": years})
    found = await ask(site, "trend", buildings=("b1",))
    assert found.evidence[0].value == pytest.approx(100 / 11, rel=0.01)
    assert "is getting worse" in await said(site, "trend", buildings=("b1",))
    with pytest.raises(NoData, match="a trend takes two"):
        await ask(site, "trend", buildings=("b1",), period=year(2019))


async def test_trend_of_a_site_is_of_its_buildings_at_once() -> None:
    site = MadeSite({"b1/electricity": np.full(17544, 4.0), "b2/electricity": np.repeat([4.0, 2.0], 8772)})
    assert "Town Hall Estate is getting better" in await said(site, "trend", sites=("town",))


async def test_median_of_peers_is_of_no_building() -> None:
    offices = Terms(peers="cbecs", data=DataAsked(use="offices"))
    found = await ask(SITE, "peer_median", terms=offices)
    assert found.evidence[0].buildings == ()
    assert found.evidence[0].value == pytest.approx(177.86, abs=0.01)
    assert fact(found, "unweighted median of peers").value == pytest.approx(205.14, abs=0.01)
    with pytest.raises(BadQuestion, match="of which use"):
        await ask(SITE, "peer_median")


async def test_rank_of_changes_says_who_has_only_one_side() -> None:
    full, late = np.full(17520, 2.0), np.concatenate([np.full(8760, np.nan), np.full(8760, 1.0)])
    site = MadeSite({"b1/electricity": full, "b2/electricity": late})
    found = await ask(site, "total", group="building", order="highest", period=year(2020), against_period=year(2019))
    assert found.evidence[0].buildings == ("b1",)
    assert found.notes == ("with readings on one side only, so left out: b2",) or "b2" in " ".join(found.notes)
