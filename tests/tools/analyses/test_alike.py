"""Buildings and days that behave alike are found, and it is said how far they are apart."""

from datetime import datetime, timedelta

import numpy as np
import pytest

from tests.made_load import hours_of, load_kwh
from tests.made_site import MadeSite, local_clock
from tests.shipped_files import ShippedFiles
from tests.tools.analyses.asked import ask, said, span, year
from tools.errors import BadQuestion, NoData

CLOCK = local_clock(365)
OFFICE = load_kwh(CLOCK)
NIGHT = np.where((CLOCK.hour >= 20) | (CLOCK.hour < 4), 40.0, 15.0) * (
    1 + 0.05 * np.random.default_rng(2).standard_normal(24 * 365)
)
SITE = MadeSite(
    {
        "b1/electricity": OFFICE,
        "b2/electricity": 3.0 * load_kwh(CLOCK, seed=9),
        "b3/electricity": NIGHT,
        "b4/electricity": np.full(24 * 365, np.nan),
    }
)


async def test_building_of_three_times_the_size_and_the_same_habits_is_nearest() -> None:
    found = await ask(SITE, "alike", buildings=("b1",), group="building")
    lead, other = (e for e in found.evidence if e.name == "electricity load-shape distance")
    assert (lead.buildings, other.buildings) == (("b2", "b1"), ("b3", "b1"))
    assert (lead.unit, lead.value < 1.0 < other.value) == ("ratio", True)
    size = next(e for e in found.evidence if "mean load beside b1" in e.name and "b2" in e.buildings)
    assert size.value == pytest.approx(300.0, rel=0.01)
    assert "b2 behaves most like b1" in await said(SITE, "alike", buildings=("b1",))


async def test_least_alike_comes_first_where_that_is_asked() -> None:
    found = await ask(SITE, "alike", buildings=("b1",), order="furthest", limit=1)
    assert found.evidence[0].buildings == ("b3", "b1")
    assert "behaves least like" in (found.words or "")


async def test_without_a_building_the_nearest_pair_is_told() -> None:
    found = await ask(SITE, "alike", group="building")
    assert set(found.evidence[0].buildings) == {"b1", "b2"}


async def test_weekends_are_compared_by_themselves() -> None:
    weekend = local_clock(365).weekday >= 5
    quiet = MadeSite(
        {
            "b1/electricity": OFFICE,
            "b2/electricity": np.where(weekend, OFFICE, NIGHT),
            "b3/electricity": np.where(weekend, NIGHT, OFFICE),
        }
    )
    by_hours = {h: (await ask(quiet, "alike", buildings=("b1",), hours=h)).evidence[0] for h in ("weekend", "weekday")}
    assert [by_hours[h].buildings[0] for h in ("weekend", "weekday")] == ["b2", "b3"]


async def test_real_building_is_like_itself_a_year_later_more_than_like_most() -> None:
    found = await ask(ShippedFiles(), "alike", buildings=("b35",), hours="weekend", sites=("cambridge",), limit=11)
    distances = [e.value for e in found.evidence if e.name == "electricity load-shape distance"]
    assert distances == sorted(distances)
    assert len(distances) == 11
    assert all(e.caveats for e in found.evidence if e.coverage < 0.9)


async def test_day_like_another_is_found_in_the_whole_record() -> None:
    load = OFFICE.copy()
    odd = slice(24 * 40, 24 * 41)
    load[odd] = load[24 * 330 : 24 * 331] = 70.0
    site = MadeSite({"b1/electricity": load})
    day = datetime(2019, 1, 1) + timedelta(days=40)
    found = await ask(
        site, "alike", buildings=("b1",), group="day", period=span(day, day + timedelta(days=1), "10 February 2019")
    )
    assert found.evidence[0].group == "2019-11-27"
    assert found.evidence[0].value == pytest.approx(0.0, abs=0.05)
    assert found.chart is not None
    assert found.chart.unit == "kW"


async def test_strangest_day_of_a_period_is_judged_by_the_whole_record() -> None:
    load = OFFICE.copy()
    load[24 * 40 : 24 * 41] = 90.0
    site = MadeSite({"b1/electricity": load})
    found = await ask(site, "alike", buildings=("b1",), group="day", order="furthest", period=year(2019))
    assert found.evidence[0].group == "2019-02-10"
    counted = next(e for e in found.evidence if "strange days" in e.name)
    assert (counted.value, counted.unit) == (1.0, "count")
    assert "10 February 2019" in await said(site, "alike", buildings=("b1",), group="day", order="furthest")


async def test_what_is_left_open_or_missing_is_said_with_the_remedy() -> None:
    with pytest.raises(BadQuestion, match="which day or week"):
        await ask(SITE, "alike", buildings=("b1",), group="day")
    with pytest.raises(BadQuestion, match="name one"):
        await ask(SITE, "alike", group="day", period=year(2019))
    with pytest.raises(BadQuestion, match="ask for one of these"):
        await ask(SITE, "alike", measure="cost", buildings=("b1",))
    with pytest.raises(NoData, match="b4"):
        await ask(SITE, "alike", buildings=("b4",))
    alone = MadeSite({"b1/electricity": load_kwh(hours_of(365))})
    with pytest.raises(NoData, match="takes two buildings"):
        await ask(alone, "alike", buildings=("b1",))
    day = datetime(2025, 1, 1)
    with pytest.raises(NoData, match="run from"):
        await ask(SITE, "alike", buildings=("b1",), group="day", period=span(day, day + timedelta(days=1)))
