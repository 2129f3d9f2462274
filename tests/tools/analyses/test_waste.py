"""Waste is what lies above a building's own quiet level while nobody is there."""

from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privacy.declassify import Coarsening, Rules, declassify
from privacy.labels import Label
from tests.made_site import MadeSite, Values, local_clock
from tests.shipped_files import ShippedFiles
from tests.tools.analyses.asked import ask, fact, said, span, year
from tools.errors import BadQuestion, NoData
from tools.readings import SiteSettings

CLOCK = local_clock(365)
OPEN = (CLOCK.weekday < 5) & (CLOCK.hour >= 6) & (CLOCK.hour < 22)
CLOSED_DAY = CLOCK.weekday >= 5
OPENING = dict.fromkeys(range(5), (8.0, 18.0))


def load(open_kw: float = 50.0, night_kw: float = 8.0, weekend_kw: float = 6.0, quiet_kw: float = 5.0) -> Values:
    """Return a year's load whose nights before Thursdays are quiet: more than a tenth of its empty hours."""
    hours = np.where(OPEN, open_kw, np.where(CLOSED_DAY, weekend_kw, night_kw))
    quiet = ~OPEN & ~CLOSED_DAY & np.isin(CLOCK.weekday, (2, 3))
    return np.where(quiet, quiet_kw, hours)


def nights() -> int:
    """Count the empty hours of working days that are not quiet."""
    return int((~OPEN & ~CLOSED_DAY & ~np.isin(CLOCK.weekday, (2, 3))).sum())


async def test_what_lies_above_the_quiet_level_in_empty_hours_is_avoidable() -> None:
    found = await ask(MadeSite({"b1/electricity": load()}), "waste", buildings=("b1",), period=year(2019))
    overnight, closed = 3.0 * nights(), 1.0 * int(CLOSED_DAY.sum())
    assert found.evidence[0].name == "electricity avoidable while empty"
    assert found.evidence[0].value == pytest.approx(overnight + closed)
    assert fact(found, "electricity avoidable overnight").value == pytest.approx(overnight)
    assert fact(found, "electricity avoidable on closed days").value == pytest.approx(closed)
    assert fact(found, "electricity quiet level").value == 5.0
    share = fact(found, "electricity avoidable while empty, share")
    assert share.value == pytest.approx(100 * (overnight + closed) / load().sum())


@pytest.mark.parametrize(("hours", "kwh"), [("night", 3.0 * nights()), ("weekend", 1.0 * int(CLOSED_DAY.sum()))])
async def test_only_nights_or_only_closed_days_can_be_asked_for(hours: str, kwh: float) -> None:
    site = MadeSite({"b1/electricity": load()})
    found = await ask(site, "waste", buildings=("b1",), period=year(2019), hours=hours)
    assert found.evidence[0].value == pytest.approx(kwh)


async def test_opening_hours_and_holidays_of_the_site_decide_when_it_is_empty() -> None:
    hours = np.where((CLOCK.weekday < 5) & (CLOCK.hour >= 8) & (CLOCK.hour < 18), 50.0, 5.0)
    boxing_day = CLOCK.local.astype("M8[D]") == np.datetime64("2019-12-26")
    hours[boxing_day] = 7.0
    settings = SiteSettings(opening=OPENING, own_holidays=(date(2019, 12, 26),))
    site = MadeSite({"b1/electricity": hours}, settings=settings)
    found = await ask(site, "waste", buildings=("b1",), period=year(2019))
    assert found.evidence[0].value == pytest.approx(24 * 2.0)
    assert fact(found, "electricity avoidable on closed days").value == pytest.approx(24 * 2.0)
    words = await said(site, "waste", buildings=("b1",), period=year(2019))
    assert "Monday to Friday 08:00 to 18:00, as set for the site" in words
    assert "Holidays count as closed." in words


async def test_without_settings_the_words_say_which_hours_were_taken() -> None:
    words = await said(MadeSite({"b1/electricity": load()}), "waste", buildings=("b1",), period=year(2019))
    assert "06:00 to 22:00 from Monday to Friday, as no hours are set" in words


async def test_buildings_are_ranked_where_none_is_named() -> None:
    site = MadeSite({"b1/electricity": load(), "b2/electricity": load(night_kw=20.0), "b3/electricity": load() * 0.1})
    found = await ask(site, "waste", period=year(2019), hours="night", order="highest", limit=2, group="building")
    assert [e.buildings for e in found.evidence] == [("b2",), ("b1",)]
    assert {e.name for e in found.evidence} == {"electricity avoidable overnight"}
    lowest = await ask(site, "waste", period=year(2019), order="lowest")
    assert lowest.evidence[0].buildings == ("b3",)


async def test_share_and_floor_area_are_given_where_asked_for() -> None:
    site = MadeSite({"b1/electricity": load()}, areas={"b1": 200.0})
    share = await ask(site, "waste", buildings=("b1",), period=year(2019), unit="percent")
    assert share.evidence[0].unit == "percent"
    by_area = await ask(site, "waste", buildings=("b1",), period=year(2019), unit="kBtu_per_ft2")
    assert by_area.evidence[0].unit == "kWh_per_m2"
    assert by_area.evidence[0].value == pytest.approx(by_area.evidence[1].value / 200.0)
    assert "kBtu/ft2" in await said(site, "waste", buildings=("b1",), period=year(2019), unit="kBtu_per_ft2")
    without = MadeSite({"b1/electricity": load()}, areas={"b1": None})
    with pytest.raises(NoData, match="eaio building set b1 --area M2"):
        await ask(without, "waste", buildings=("b1",), period=year(2019), unit="kWh_per_m2")


async def test_last_full_year_is_taken_where_no_period_is_asked_for() -> None:
    two = np.concatenate([load(), load()[: 24 * 100]])
    words = await said(MadeSite({"b1/electricity": two}), "waste", buildings=("b1",))
    assert "in 2019, its last full year" in words


async def test_year_that_is_not_over_says_where_the_readings_end() -> None:
    site = MadeSite({"b1/electricity": load()[: 24 * 200]})
    words = await said(site, "waste", buildings=("b1",), period=year(2019))
    assert "Its readings end on 19 July 2019." in words
    assert "54.8 % of the hours have a valid reading" in words


async def test_year_is_set_against_another_with_both_figures() -> None:
    site = MadeSite({"b1/electricity": np.concatenate([load(), load(night_kw=11.0)])})
    found = await ask(site, "waste", buildings=("b1",), period=year(2020), against_period=year(2019), hours="night")
    difference, percent, now, before = found.evidence
    assert difference.value == pytest.approx(now.value - before.value)
    assert percent.value == pytest.approx(100 * difference.value / before.value)
    words = await said(site, "waste", buildings=("b1",), period=year(2020), against_period=year(2019), hours="night")
    assert "in 2020 against 2019" in words


async def test_difference_from_a_day_is_as_telling_as_the_day() -> None:
    site = MadeSite({"b1/electricity": load()})
    week = span(datetime(2019, 3, 4), datetime(2019, 3, 11))
    found = await ask(site, "waste", buildings=("b1",), period=year(2019), against_period=week)
    rules = Rules(coarsening=Coarsening())
    assert {declassify(e.label, found.grounds[e.id], rules).label for e in found.evidence[:2]} == {Label.RESTRICTED}


async def test_months_come_in_order_and_leap_day_counts() -> None:
    leap = local_clock(366, datetime(2020, 1, 1, tzinfo=UTC))
    hours = np.where((leap.weekday < 5) & (leap.hour >= 6) & (leap.hour < 22), 50.0, 5.0)
    hours[(leap.local.astype("M8[D]") == np.datetime64("2020-02-29"))] = 6.0
    site = MadeSite({"b1/electricity": hours}, start=datetime(2020, 1, 1, tzinfo=UTC))
    found = await ask(site, "waste", buildings=("b1",), period=year(2020), group="month")
    assert [e.group for e in found.evidence][:3] == ["2020-01", "2020-02", "2020-03"]
    assert found.evidence[1].value == pytest.approx(24.0)
    assert found.evidence[2].value == pytest.approx(0.0)


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ({"hours": "day"}, "empty hours"),
        ({"measure": "carbon"}, "not of carbon"),
        ({"group": "hour"}, "not told by hour"),
        ({"against_hours": "night"}, "parts of the day"),
    ],
)
async def test_what_makes_no_sense_is_asked_back(query: dict[str, str], reason: str) -> None:
    with pytest.raises(BadQuestion, match=reason):
        await ask(MadeSite({"b1/electricity": load()}), "waste", buildings=("b1",), period=year(2019), **query)


async def test_empty_and_too_short_data_say_what_there_is() -> None:
    with pytest.raises(NoData, match="no valid electricity reading"):
        await ask(MadeSite({"b1/electricity": np.full(8760, np.nan)}), "waste", buildings=("b1",), period=year(2019))
    with pytest.raises(NoData, match="too few to compare"):
        await ask(MadeSite({"b1/electricity": load()[:48]}), "waste", buildings=("b1",), period=year(2019))


async def test_whole_record_by_year_tells_how_much_of_a_year_is_known() -> None:
    site = MadeSite({"b1/electricity": np.concatenate([load(), load()[: 24 * 100]])})
    found = await ask(site, "waste", buildings=("b1",), group="year")
    assert [e.group for e in found.evidence] == ["2019", "2020"]
    assert [e.coverage for e in found.evidence] == pytest.approx([1.0, 100 / 366], abs=1e-3)


@given(times=st.floats(0.01, 1_000.0), share=st.floats(0.0, 0.5))
@settings(max_examples=10, deadline=None)
async def test_waste_grows_with_the_load_and_is_never_more_than_what_was_used(times: float, share: float) -> None:
    missing = np.random.default_rng(7).random(8760) < share
    plain = np.where(missing, np.nan, load())
    site = MadeSite({"b1/electricity": plain, "b2/electricity": plain * times})
    found = await ask(site, "waste", buildings=("b1", "b2"), period=year(2019))
    one, other = (fact(found, "electricity avoidable while empty", b).value for b in ("b1", "b2"))
    assert other == pytest.approx(times * one, rel=1e-6)
    assert 0 <= one <= fact(found, "electricity use while empty", "b1").value


async def test_constant_load_wastes_nothing_above_its_quiet_level() -> None:
    found = await ask(MadeSite({"b1/electricity": np.full(8760, 4.0)}), "waste", buildings=("b1",), period=year(2019))
    assert found.evidence[0].value == 0.0
    assert any("perhaps it is not empty then" in note for note in found.notes)


async def test_gas_of_a_shipped_building_carries_its_doubt() -> None:
    words = await said(ShippedFiles(), "waste", measure="gas", buildings=("b58",), period=year(2019))
    assert "of gas (as labelled)" in words
    assert "the gas unit is in doubt" in words
