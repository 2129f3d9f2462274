"""An analysis is told of one building, of several in turn, ranked, by month, or of two set against each other."""

import numpy as np
import pytest

from tests.made_site import MadeSite, Values
from tests.tools.analyses.asked import ask, said, year
from tools.energy_query import Terms
from tools.errors import BadQuestion, NoData

SOURCE = Terms(basis="source")


def steps(*kw: float) -> Values:
    """Return years of a constant load, one a value."""
    return np.repeat(kw, 8760)


SITE = MadeSite(
    {
        "b1/electricity": steps(1, 2),
        "b2/electricity": steps(5, 4),
        "b3/electricity": steps(3, 3),
        "b4/electricity": steps(2, 8),
        "b5/electricity": steps(1, 1.5),
        "b6/electricity": steps(2, 1),
    }
)


async def test_four_that_are_named_are_said_in_one_sentence_in_their_order() -> None:
    words = await said(SITE, "intensity", buildings=("b2", "b1", "b3", "b4"), period=year(2019), terms=SOURCE)
    assert words.startswith("Source energy intensity in 2019: b2 1,226 kWh/m2, b1 245.3 kWh/m2, b3 735.8 kWh/m2, b4 ")


async def test_named_building_without_a_meter_is_left_out_and_said() -> None:
    site = MadeSite({"b1/electricity": steps(1, 1), "b2/electricity": steps(np.nan, 1)})
    found = await ask(site, "load_duration", buildings=("b1", "b2"), period=year(2019))
    assert {e.buildings for e in found.evidence} == {("b1",)}
    assert "without data, so left out: b2" in found.notes


async def test_two_buildings_are_set_against_each_other() -> None:
    query = {"buildings": ("b2",), "against_buildings": ("b1",), "period": year(2019), "terms": SOURCE}
    difference, percent, one, other = (await ask(SITE, "intensity", **query)).evidence
    assert difference.value == pytest.approx(one.value - other.value)
    assert (difference.buildings, one.buildings, other.buildings) == (("b2", "b1"), ("b2",), ("b1",))
    assert percent.value == pytest.approx(400.0)
    words = await said(SITE, "intensity", **query)
    assert words.startswith("b2 against b1, source energy intensity in 2019: 1,226 kWh/m2 against 245.3 kWh/m2")
    with pytest.raises(BadQuestion, match="two buildings at a time"):
        await ask(SITE, "intensity", **{**query, "against_buildings": ("b1", "b3")})


@pytest.mark.parametrize(
    ("order", "first"), [("highest", "b4"), ("lowest", "b2"), ("furthest", "b4"), (None, "b4")], ids=str
)
async def test_changes_of_all_are_ranked_as_asked(order: str | None, first: str) -> None:
    query = {"period": year(2020), "against_period": year(2019), "terms": SOURCE, "order": order}
    found = await ask(SITE, "intensity", **query)
    assert found.evidence[0].buildings == (first,)
    assert len([e for e in found.evidence if e.name.endswith("difference")]) == 6
    assert "1 more in the table" in await said(SITE, "intensity", **query)


async def test_change_from_nothing_has_no_percent() -> None:
    site = MadeSite({"b1/gas": steps(0, 1)})
    query = {"measure": "gas", "buildings": ("b1",), "period": year(2020), "against_period": year(2019)}
    found = await ask(site, "intensity", terms=SOURCE, **query)
    assert not [e for e in found.evidence if e.unit == "percent"]


async def test_nothing_on_one_side_is_no_data() -> None:
    with pytest.raises(NoData, match="no valid electricity reading in 2015"):
        await ask(SITE, "intensity", buildings=("b1",), period=year(2019), against_period=year(2015), terms=SOURCE)
    with pytest.raises(NoData, match="b1 has no gas meter; gas is metered in no building"):
        await ask(SITE, "intensity", measure="gas", buildings=("b1",), terms=SOURCE)


async def test_months_of_several_buildings_are_asked_back() -> None:
    with pytest.raises(BadQuestion, match="one building at a time"):
        await ask(SITE, "load_duration", buildings=("b1", "b2"), group="month")
    with pytest.raises(BadQuestion, match="not told by month"):
        await ask(SITE, "schedule", buildings=("b1",), group="month")
