"""A forecast begins where the readings end, says what it is worth, and has not looked ahead."""

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from tests.made_load import hours_of, load_kwh
from tests.shipped_files import ShippedFiles
from tests.tools.analyses.made_site import MadeSite, asked, days, facts, told, year
from tools.errors import BadQuestion, NoData
from tools.figures import Values

DAYS = 140
LOCAL = hours_of(DAYS)
KWH = load_kwh(LOCAL)
SITE = MadeSite({"north": KWH, "south": 0.5 * KWH})
TOMORROW = datetime(2018, 5, 20, 23, tzinfo=UTC)  # 21 May, a Monday, in summer time
BUSY = 24 * 20.0 + 10 * 30.0


async def test_tomorrow_is_the_day_after_the_readings_with_its_use_and_peak_in_intervals() -> None:
    found = await facts(asked("forecast", "north"), MadeSite({"north": KWH[:-1]}))
    use, peak, low, high, least, most = found.evidence[:6]
    assert (use.name, use.unit, use.period.start) == ("electricity forecast use", "kWh", TOMORROW)
    assert use.value == pytest.approx(BUSY, rel=0.05)
    assert low.value < BUSY < high.value
    assert (peak.name, peak.unit) == ("electricity forecast peak", "kW")
    assert least.value < peak.value < most.value
    assert 7 <= peak.period.start.hour < 17
    assert peak.period.end - peak.period.start == timedelta(hours=1)
    assert found.chart is not None
    assert {len(s.values) for s in found.chart.series} == {len(found.chart.labels)} == {7 * 24 + 24}


async def test_a_last_day_that_has_begun_is_today_and_the_next_is_forecast() -> None:
    found = await facts(asked("forecast", "north"), MadeSite({"north": KWH[:-10]}))
    assert found.evidence[0].period.start == TOMORROW
    assert "From the end of its readings on 20 May 2018, north is forecast" in (found.words or "")


async def test_a_question_for_the_peak_has_the_peak_first() -> None:
    query = asked("forecast", "north", order="highest")
    assert [e.name for e in (await facts(query, SITE)).evidence[:2]] == [
        "electricity forecast peak",
        "electricity forecast use",
    ]
    text = await told(query, SITE)
    assert "is forecast to peak at" in text
    assert "90 % interval" in text
    assert "same hour last week (MASE" in text


async def test_a_week_is_seven_local_days_and_its_hours_are_told_where_asked_for() -> None:
    found = (await facts(asked("forecast", "north", group="hour", terms={"horizon": "week"}), SITE)).evidence
    hours = [e for e in found if e.group]
    assert (found[0].period.end - found[0].period.start).days == 7
    assert len(hours) == 7 * 24
    assert sum(e.value for e in hours) == pytest.approx(found[0].value)
    assert hours[0].group == "2018-05-21 00:00"


async def test_days_of_a_week_are_told_where_asked_for() -> None:
    found = (await facts(asked("forecast", "north", group="day", terms={"horizon": "week"}), SITE)).evidence
    days_told = [e for e in found if e.group]
    assert [e.group for e in days_told][:2] == ["2018-05-21", "2018-05-22"]
    assert sum(e.value for e in days_told) == pytest.approx(found[0].value)


async def test_a_day_of_the_past_is_forecast_from_what_was_known_before_it() -> None:
    day = days(datetime(2018, 5, 9), datetime(2018, 5, 10), "9 May 2018")
    known = (await facts(asked("forecast", "north", period=day), SITE)).evidence
    changed = KWH.copy()
    changed[128 * 24 - 1 :] *= 5.0  # from midnight of the day on
    again = (await facts(asked("forecast", "north", period=day), MadeSite({"north": changed}))).evidence
    assert again[0].value == known[0].value
    assert known[-1].name == "electricity use"
    assert known[2].value < known[-1].value < known[3].value
    assert again[-1].value == pytest.approx(5.0 * known[-1].value)


@pytest.mark.parametrize(("first", "hours"), [(datetime(2018, 3, 25), 23), (datetime(2018, 10, 28), 25)])
async def test_a_day_on_which_the_clocks_change_has_its_own_hours(first: datetime, hours: int) -> None:
    local = hours_of(310)
    day = days(first, first + timedelta(days=1), f"{first:%d %B %Y}")
    found = (
        await facts(asked("forecast", "north", period=day, group="hour"), MadeSite({"north": load_kwh(local)}))
    ).evidence
    assert len([e for e in found if e.group]) == hours
    assert len({e.id for e in found}) == len(found)


async def test_a_change_of_level_just_before_is_told() -> None:
    kwh = KWH.copy()
    kwh[-5 * 24 :] *= 3.0
    assert "Use has changed of late" in await told(asked("forecast", "north"), MadeSite({"north": kwh}))


async def test_buildings_are_ranked_by_what_they_will_use() -> None:
    found = await facts(asked("forecast", group="building", order="highest"), SITE)
    assert [e.buildings for e in found.evidence] == [("north",), ("south",)]
    assert found.evidence[0].value == pytest.approx(2.0 * found.evidence[1].value, rel=1e-6)


@pytest.mark.parametrize(
    ("kwh", "rest", "error", "why"),
    [
        (KWH[: 10 * 24], {}, NoData, "at least 14 days"),
        (np.full(400, np.nan), {}, NoData, "no valid reading"),
        (KWH, {"period": year(2019)}, BadQuestion, "a day or a week ahead, and 2019 is 365 days"),
        (
            KWH,
            {"period": days(datetime(2018, 6, 9), datetime(2018, 6, 10), "9 June 2018")},
            NoData,
            "end before 21 May 2018",
        ),
        (KWH, {"measure": "carbon"}, BadQuestion, "not of carbon"),
    ],
)
async def test_what_cannot_be_forecast_says_why(
    kwh: Values, rest: dict[str, Any], error: type[Exception], why: str
) -> None:
    with pytest.raises(error, match=why):
        await facts(asked("forecast", "north", **rest), MadeSite({"north": kwh}))


async def test_the_shipped_building_is_forecast_better_than_last_week_repeats() -> None:
    day = days(datetime(2019, 3, 5), datetime(2019, 3, 6), "5 March 2019")
    value = {e.name: e.value for e in (await facts(asked("forecast", "b58", period=day), ShippedFiles())).evidence}
    assert value["electricity MASE"] < value["electricity naive MASE"]
    assert value["electricity forecast use"] == pytest.approx(value["electricity use"], rel=0.1)


async def test_a_day_in_delhi_begins_at_half_past_in_utc() -> None:
    lead = (await facts(asked("forecast", "acb"), ShippedFiles())).evidence[0]
    assert lead.period.start == datetime(2017, 12, 31, 18, 30, tzinfo=UTC)
    assert lead.period.end - lead.period.start == timedelta(days=1)
