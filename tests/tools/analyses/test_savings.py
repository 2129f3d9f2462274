"""What a change saved is found within its interval, and a saving that cannot be told is not claimed."""

from datetime import date, datetime

import numpy as np
import pytest

from tests.made_load import load_kwh
from tests.tools.analyses.made_site import DEGC, LOCAL, PLAIN, YEAR, MadeSite, asked, facts, told, year
from tools.errors import BadQuestion, NoData
from tools.headline import headline
from tools.readings import Event

SINCE = datetime(2019, 3, 1)
AT = YEAR + 59 * 24
SAVED = np.where(np.arange(2 * YEAR) >= AT, 0.9 * PLAIN, PLAIN)
TRUE_KWH = 0.1 * PLAIN[AT:].sum()


async def test_a_tenth_saved_since_a_day_is_found_with_its_uncertainty() -> None:
    site = MadeSite({"north": SAVED}, DEGC)
    found = await facts(asked("savings", "north", terms={"since": SINCE}), site)
    value = {e.name: e.value for e in found.evidence}
    assert found.evidence[0].name == "electricity savings"
    assert value["electricity savings lower end"] < TRUE_KWH < value["electricity savings upper end"]
    assert value["electricity savings in percent"] == pytest.approx(10.0, abs=1.0)
    assert value["electricity use"] == pytest.approx(SAVED[AT:].sum())
    assert value["electricity savings"] == pytest.approx(value["electricity baseline use"] - value["electricity use"])
    assert {"electricity CV(RMSE)", "electricity NMBE", "electricity fractional uncertainty of savings"} <= set(value)
    text = headline(found, await site.inventory())
    assert "from 1 March 2019 to 31 December 2019: a saving" in text
    assert "1 March 2018 to 28 February 2019" in text
    assert "Guideline 14" in text


async def test_the_recorded_retrofit_is_meant_where_no_day_is_given_and_its_works_belong_to_neither_side() -> None:
    kwh = SAVED.copy()
    kwh[AT : AT + 30 * 24] *= 3.0
    event = Event("north", "retrofit", date(2019, 3, 1), date(2019, 3, 31), "new lamps")
    site = MadeSite({"north": kwh}, DEGC, events=(event,))
    found = await facts(asked("savings", "north"), site)
    assert found.evidence[1].value == pytest.approx(10.0, abs=1.0)
    assert "after the retrofit of 1 March 2019 (new lamps)" in headline(found, await site.inventory())


async def test_a_period_against_another_needs_no_date_and_is_told_by_month() -> None:
    site = MadeSite({"north": SAVED}, DEGC)
    query = asked("savings", "north", period=year(2019), against_period=year(2018), group="month")
    found = (await facts(query, site)).evidence
    assert found[0].value == pytest.approx(TRUE_KWH, rel=0.15)
    months = [e for e in found if e.group]
    assert [e.group for e in months] == [f"2019-{m:02d}" for m in range(1, 13)]
    assert sum(e.value for e in months) == pytest.approx(found[0].value)


async def test_without_any_time_the_question_is_sent_back_with_what_would_help() -> None:
    with pytest.raises(BadQuestion, match="eaio data event north retrofit"):
        await facts(asked("savings", "north"), MadeSite({"north": PLAIN}, DEGC))


async def test_no_saving_is_not_told_as_one() -> None:
    text = await told(asked("savings", "north", period=year(2019)), MadeSite({"north": PLAIN}, DEGC))
    assert "cannot be told from noise" in text


@pytest.mark.parametrize(
    ("rest", "error", "why"),
    [
        ({"terms": {"since": datetime(2018, 6, 1)}}, NoData, "at least 270 .nine months."),
        ({"terms": {"since": datetime(2020, 6, 1)}}, NoData, "end on 31 December 2019, before 1 June 2020"),
        ({"terms": {"since": SINCE}, "period": year(2018)}, NoData, "2018 ends on 31 December 2018"),
        ({"period": year(2018), "against_period": year(2019)}, BadQuestion, "measured against a time before"),
    ],
)
async def test_times_that_cannot_be_compared_say_why(rest: dict[str, object], error: type[Exception], why: str) -> None:
    with pytest.raises(error, match=why):
        await facts(asked("savings", "north", **rest), MadeSite({"north": PLAIN}, DEGC))


async def test_a_zero_baseline_gives_no_percent_and_says_so() -> None:
    kwh = np.concatenate([np.zeros(YEAR), np.ones(YEAR)])
    site = MadeSite({"north": kwh}, DEGC, kind="gas")
    found = await facts(asked("savings", "north", measure="gas", period=year(2019)), site)
    assert found.evidence[0].value == pytest.approx(-YEAR)
    assert not [e for e in found.evidence if e.unit == "percent"]
    assert "no saving in percent" in headline(found, await site.inventory())


@pytest.mark.slow
async def test_buildings_are_ranked_by_what_they_saved() -> None:
    site = MadeSite({"south": PLAIN, "north": SAVED}, DEGC)
    found = await facts(asked("savings", group="building", period=year(2019)), site)
    assert [e.buildings[0] for e in found.evidence] == ["north", "south", "north", "south"]
    assert [e.unit for e in found.evidence] == ["kWh", "kWh", "percent", "percent"]
    assert found.evidence[0].value > found.evidence[1].value


async def test_colder_weather_is_no_loss() -> None:
    degc = np.where(np.arange(2 * YEAR) >= YEAR, DEGC - 2.0, DEGC)
    heat = 2.0 * np.maximum(15.0 - degc, 0.0)
    kwh = load_kwh(LOCAL, noise=0.02) + heat
    found = await facts(asked("savings", "north", period=year(2019)), MadeSite({"north": kwh}, degc))
    assert kwh[YEAR:].sum() > 1.05 * kwh[:YEAR].sum()
    assert abs(found.evidence[1].value) < 2.0
