"""Energy by floor area: at the meter, at its source, of all fuels, and in normal weather."""

from datetime import UTC, datetime

import numpy as np
import pytest

from tests.made_site import MadeSite, Values, winters
from tests.tools.analyses.asked import ask, fact, said, year
from tools.energy_query import Terms
from tools.errors import BadQuestion, NoData
from tools.readings import Fault

SOURCE = Terms(basis="source")
NORMAL = Terms(weather_normalised=True)
HOURS = np.full(8760, 2.0)
DOUBT = Fault(
    "b1/gas", "unit_doubt", datetime(2019, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC), 8760, "doubtful"
)


async def test_source_energy_is_site_energy_times_epas_factor() -> None:
    site = MadeSite({"b1/electricity": HOURS}, areas={"b1": 200.0})
    found = await ask(site, "intensity", buildings=("b1",), period=year(2019), terms=SOURCE)
    source, at_meter, area = found.evidence
    assert (source.name, source.unit) == ("energy intensity, source", "kWh_per_m2")
    assert at_meter.value == pytest.approx(2 * 8760 / 200)
    assert source.value == pytest.approx(2.8 * at_meter.value)
    assert (area.value, area.unit) == (200.0, "m2")
    words = await said(site, "intensity", buildings=("b1",), period=year(2019), terms=SOURCE, unit="kBtu_per_ft2")
    assert "used 77.8 kBtu/ft2 of source energy (electricity) in 2019" in words
    assert "electricity 2.80" in words


async def test_all_fuels_count_together_and_plain_site_energy_leads_where_asked_for() -> None:
    site = MadeSite({"b1/electricity": HOURS, "b1/gas": 3 * HOURS})
    found = await ask(
        site, "intensity", measure="total", buildings=("b1",), period=year(2019), terms=Terms(basis="site")
    )
    assert found.evidence[0].value == pytest.approx(8 * 8760 / 100)
    assert fact(found, "energy intensity, source").value == pytest.approx((2.8 * 2 + 1.05 * 6) * 8760 / 100)


async def test_gas_whose_unit_is_in_doubt_is_left_out_and_said() -> None:
    site = MadeSite({"b1/electricity": HOURS, "b1/gas": 3 * HOURS}, faults=(DOUBT,))
    found = await ask(site, "intensity", measure="total", buildings=("b1",), period=year(2019), terms=SOURCE)
    assert fact(found, "energy intensity, site").value == pytest.approx(2 * 8760 / 100)
    words = await said(site, "intensity", measure="total", buildings=("b1",), period=year(2019), terms=SOURCE)
    assert "gas is left out, as its unit is in doubt" in words
    gas = await said(site, "intensity", measure="gas", buildings=("b1",), period=year(2019), terms=SOURCE)
    assert "Note: doubtful." in gas


async def test_rank_by_area_of_all_fuels_leaves_out_and_names_who_has_no_area() -> None:
    site = MadeSite(
        {"b1/electricity": HOURS, "b2/electricity": HOURS, "b2/gas": HOURS, "b3/electricity": HOURS},
        areas={"b3": None},
    )
    found = await ask(site, "intensity", measure="total", period=year(2019), group="building", order="highest")
    assert [e.buildings for e in found.evidence] == [("b2",), ("b1",)]
    assert any("left out: b3" in note and "eaio building set b3 --area M2" in note for note in found.notes)


async def test_missing_hours_are_not_made_up_but_told() -> None:
    half = HOURS.copy()
    half[4380:] = np.nan
    found = await ask(
        MadeSite({"b1/electricity": half}), "intensity", buildings=("b1",), period=year(2019), terms=SOURCE
    )
    assert fact(found, "energy intensity, site").value == pytest.approx(2 * 4380 / 100)
    assert found.evidence[0].coverage == pytest.approx(0.5)


@pytest.mark.parametrize("area", [None, 0.0, -5.0])
async def test_building_without_a_usable_area_has_no_intensity(area: float | None) -> None:
    site = MadeSite({"b1/electricity": HOURS}, areas={"b1": area})
    with pytest.raises((NoData, BadQuestion), match="floor area of b1 is"):
        await ask(site, "intensity", buildings=("b1",), period=year(2019), terms=SOURCE)


async def test_what_is_no_energy_or_not_all_hours_is_asked_back() -> None:
    site = MadeSite({"b1/electricity": HOURS})
    for query in ({"measure": "carbon"}, {"hours": "night"}):
        with pytest.raises(BadQuestion):
            await ask(site, "intensity", buildings=("b1",), terms=SOURCE, **query)


def heated(days: int, base: float = 3.0, per_k: float = 0.5, warmer: float = 0.0) -> tuple[Values, Values]:
    """Return a load of a base and a part for each K under 15 degC, and its temperature."""
    degc = winters(days) + warmer
    rng = np.random.default_rng(1)
    return base + per_k * np.maximum(15.0 - degc, 0.0) + rng.normal(0, 0.05, len(degc)), degc


async def test_mild_year_is_put_into_normal_weather() -> None:
    kw_cold, cold = heated(365)
    kw_mild, mild = heated(365, warmer=3.0)
    site = MadeSite({"b1/electricity": np.concatenate([kw_cold, kw_mild])}, outside=np.concatenate([cold, mild]))
    found = await ask(site, "intensity", buildings=("b1",), period=year(2020), terms=NORMAL)
    lead, low, high, actual = found.evidence[:4]
    # 2020 has a leap day: its last day is beyond what was made, so normal weather is that of 2019 and 2020 by its days.
    assert lead.name == "energy intensity in normal weather, site"
    assert lead.value == pytest.approx((kw_cold.sum() + kw_mild.sum()) / 2 / 100, rel=0.01)
    assert low.value <= lead.value <= high.value
    assert actual.value == pytest.approx(kw_mild.sum() / 100)
    assert actual.value < lead.value
    words = await said(site, "intensity", buildings=("b1",), period=year(2020), terms=NORMAL)
    assert "in a year of normal weather, that of 2019, 2020" in words


async def test_use_in_normal_weather_needs_no_area() -> None:
    kw, degc = heated(365)
    site = MadeSite({"b1/electricity": kw}, outside=degc, areas={"b1": None})
    found = await ask(site, "total", buildings=("b1",), period=year(2019), terms=NORMAL)
    assert (found.evidence[0].name, found.evidence[0].unit) == ("electricity use in normal weather", "kWh")
    assert found.evidence[0].value == pytest.approx(kw.sum(), rel=0.005)


async def test_normal_weather_needs_weather_and_days() -> None:
    kw, degc = heated(365)
    with pytest.raises(NoData, match="no outdoor temperature; load it"):
        await ask(MadeSite({"b1/electricity": kw}), "intensity", buildings=("b1",), terms=NORMAL)
    short = kw.copy()
    short[20 * 24 :] = np.nan
    with pytest.raises(NoData, match="at least 60 days"):
        await ask(MadeSite({"b1/electricity": short}, outside=degc), "intensity", buildings=("b1",), terms=NORMAL)
    with pytest.raises(NoData, match="no calendar year of temperatures"):
        await ask(
            MadeSite({"b1/electricity": kw[:4800]}, outside=degc[:4800]), "intensity", buildings=("b1",), terms=NORMAL
        )


async def test_more_buildings_than_half_a_minute_allows_are_asked_back() -> None:
    site = MadeSite({f"b{i}/electricity": HOURS for i in range(61)}, outside=winters(365))
    with pytest.raises(BadQuestion, match=r"61 buildings.*at most 60 at a time; name a site"):
        await ask(site, "intensity", period=year(2019), terms=NORMAL)


async def test_constant_load_does_not_follow_the_weather_and_that_is_said() -> None:
    site = MadeSite({"b1/electricity": HOURS}, outside=winters(365))
    words = await said(site, "total", buildings=("b1",), period=year(2019), terms=NORMAL)
    assert "does not follow the outdoor temperature" in words
