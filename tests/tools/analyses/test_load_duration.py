"""The load-duration curve tells how long a load is near its peak."""

import numpy as np
import pytest

from privacy.declassify import Coarsening, Rules, declassify
from privacy.labels import Label
from tests.made_site import MadeSite, local_clock
from tests.shipped_files import ShippedFiles
from tests.tools.analyses.asked import ask, fact, said, year
from tools.errors import BadQuestion, NoData

RAMP = np.arange(1.0, 8761.0)  # kW, one hour each


async def test_points_of_the_curve_are_those_of_the_sorted_hours() -> None:
    found = await ask(MadeSite({"b1/electricity": RAMP}), "load_duration", buildings=("b1",), period=year(2019))
    assert (found.evidence[0].name, found.evidence[0].unit) == ("electricity hours above 90 % of peak", "h")
    assert found.evidence[0].value == 876
    assert fact(found, "electricity peak").value == 8760
    assert fact(found, "electricity load reached in 10 % of the time").value == pytest.approx(np.percentile(RAMP, 90))
    assert fact(found, "electricity baseload").value == pytest.approx(np.percentile(RAMP, 5))
    assert fact(found, "electricity load factor").value == pytest.approx(8761 / 2 / 8760)
    assert found.chart is not None
    assert (found.chart.kind, found.chart.labels[0], found.chart.labels[-1]) == ("duration", "0", "100")
    assert list(found.chart.values) == sorted(found.chart.values, reverse=True)


async def test_only_the_hours_asked_for_count_and_are_covered() -> None:
    found = await ask(
        MadeSite({"b1/electricity": RAMP}), "load_duration", buildings=("b1",), period=year(2019), hours="weekend"
    )
    weekend = RAMP[local_clock(365).weekday >= 5]
    assert fact(found, "electricity peak at weekends").value == weekend.max()
    assert found.evidence[0].coverage == 1.0


async def test_every_fact_of_it_stays_restricted() -> None:
    found = await ask(MadeSite({"b1/electricity": RAMP}), "load_duration", buildings=("b1",), period=year(2019))
    rules = Rules(coarsening=Coarsening())
    assert {declassify(e.label, found.grounds[e.id], rules).label for e in found.evidence} == {Label.RESTRICTED}


async def test_constant_load_is_always_at_its_peak_and_zero_has_no_factor() -> None:
    site = MadeSite({"b1/electricity": np.full(8760, 3.0), "b2/gas": np.zeros(8760)})
    constant = await ask(site, "load_duration", buildings=("b1",), period=year(2019))
    assert constant.evidence[0].value == 8760
    nothing = await ask(site, "load_duration", measure="gas", buildings=("b2",), period=year(2019))
    assert nothing.evidence[0].value == 0
    assert not [e for e in nothing.evidence if "load factor" in e.name]


async def test_buildings_are_ranked_by_their_hours_near_the_peak() -> None:
    site = MadeSite({"b1/electricity": RAMP, "b2/electricity": np.full(8760, 3.0)})
    found = await ask(site, "load_duration", period=year(2019))
    assert [e.buildings for e in found.evidence] == [("b2",), ("b1",)]
    words = await said(site, "load_duration", period=year(2019))
    assert words.startswith("b2 had the most electricity hours above 90 % of peak in 2019: 8,760 h")


async def test_two_buildings_that_are_named_are_each_told_in_full() -> None:
    site = MadeSite({"b1/electricity": RAMP, "b2/electricity": np.full(8760, 3.0)})
    found = await ask(site, "load_duration", buildings=("b1", "b2"), period=year(2019))
    assert [e.buildings for e in found.evidence[:2]] == [("b1",), ("b2",)]
    assert fact(found, "electricity peak", "b2").value == 3.0


async def test_missing_hours_lower_the_coverage_and_none_is_no_data() -> None:
    holes = RAMP.copy()
    holes[:876] = np.nan
    found = await ask(MadeSite({"b1/electricity": holes}), "load_duration", buildings=("b1",), period=year(2019))
    assert found.evidence[0].coverage == pytest.approx(0.9)
    with pytest.raises(NoData, match="no valid electricity reading in 2018"):
        await ask(MadeSite({"b1/electricity": RAMP}), "load_duration", buildings=("b1",), period=year(2018))
    with pytest.raises(BadQuestion, match="not of cost"):
        await ask(MadeSite({"b1/electricity": RAMP}), "load_duration", measure="cost", buildings=("b1",))


async def test_shipped_building_is_as_a_spreadsheet_has_it() -> None:
    site = ShippedFiles()
    found = await ask(site, "load_duration", buildings=("b4",), period=year(2019))
    assert fact(found, "electricity peak").value == pytest.approx(50.7)
    assert found.evidence[0].value == 4
