"""When a building starts and stops is read from its load."""

from datetime import UTC, datetime

import numpy as np
import pytest

from tests.made_site import MadeSite, Values, local_clock
from tests.shipped_files import ShippedFiles
from tests.tools.analyses.asked import ask, fact, said, year
from tools.errors import BadQuestion, NoData

CLOCK = local_clock(365)


def open_from(start: int, end: int, days: int = 5) -> Values:
    """Return a load that is high from one local hour to another on the first days of the week."""
    return np.where((CLOCK.weekday < days) & (CLOCK.hour >= start) & (CLOCK.hour < end), 50.0, 5.0)


async def test_start_end_and_hours_a_week_are_those_of_the_load_in_local_time() -> None:
    site = MadeSite({"b1/electricity": open_from(8, 18)})
    found = await ask(site, "schedule", buildings=("b1",), period=year(2019))
    start, end, week = found.evidence[:3]
    assert (start.value, start.unit, end.value) == (8.0, "hour_of_day", 18.0)
    assert (week.value, week.unit) == (50.0, "h")
    assert fact(found, "electricity end of operation, Friday").value == 18.0
    words = await said(site, "schedule", buildings=("b1",), period=year(2019))
    assert "starts at about 08:00 and stops at about 18:00 Monday to Friday in 2019" in words
    assert "It hardly runs on Saturday and Sunday." in words


async def test_weekend_is_told_where_it_is_asked_for_and_closed_is_said() -> None:
    site = MadeSite({"b1/electricity": open_from(9, 13, 6), "b2/electricity": open_from(8, 18)})
    assert (await ask(site, "schedule", buildings=("b1",), hours="weekend")).evidence[0].value == 9.0
    with pytest.raises(NoData, match="b2 does not run at weekends"):
        await ask(site, "schedule", buildings=("b2",), hours="weekend")
    with pytest.raises(BadQuestion, match="whole days"):
        await ask(site, "schedule", buildings=("b2",), hours="night")


async def test_building_that_runs_past_midnight_ends_on_the_next_day() -> None:
    late = np.where((CLOCK.hour >= 18) | (CLOCK.hour < 2), 50.0, 5.0)
    found = await ask(MadeSite({"b1/electricity": late}), "schedule", buildings=("b1",), period=year(2019))
    assert [e.value for e in found.evidence[:3]] == [18.0, 2.0, 7 * 8.0]


async def test_earliest_building_comes_first_in_a_rank() -> None:
    site = MadeSite({"b1/electricity": open_from(8, 18), "b2/electricity": open_from(6, 14)})
    found = await ask(site, "schedule", period=year(2019))
    assert [e.buildings for e in found.evidence] == [("b2",), ("b1",)]
    assert "b2 had the earliest start of operation" in await said(site, "schedule", period=year(2019))
    latest = await ask(site, "schedule", period=year(2019), order="highest")
    assert latest.evidence[0].buildings == ("b1",)


async def test_change_of_the_start_is_told_in_hours() -> None:
    both = local_clock(731)
    opens = np.where(both.local < np.datetime64("2020-01-01"), 8, 10)
    load = np.where((both.weekday < 5) & (both.hour >= opens) & (both.hour < 18), 50.0, 5.0)
    site = MadeSite({"b1/electricity": load})
    found = await ask(site, "schedule", buildings=("b1",), period=year(2020), against_period=year(2019))
    assert [(e.value, e.unit) for e in found.evidence] == [(2.0, "h"), (10.0, "hour_of_day"), (8.0, "hour_of_day")]
    words = await said(site, "schedule", buildings=("b1",), period=year(2020), against_period=year(2019))
    assert "10:00 against 08:00, 2 h later." in words


async def test_constant_short_and_empty_loads_show_no_schedule() -> None:
    site = MadeSite({"b1/electricity": np.full(8760, 5.0)})
    with pytest.raises(NoData, match="hardly rises"):
        await ask(site, "schedule", buildings=("b1",))
    with pytest.raises(NoData, match="14 are needed"):
        await ask(MadeSite({"b1/electricity": open_from(8, 18)[: 24 * 10]}), "schedule", buildings=("b1",))
    empty = MadeSite({"b1/electricity": np.full(8760, np.nan)}, start=datetime(2019, 1, 1, tzinfo=UTC))
    with pytest.raises(NoData, match="no valid electricity reading"):
        await ask(empty, "schedule", buildings=("b1",))


async def test_shipped_building_keeps_office_hours() -> None:
    found = await ask(ShippedFiles(), "schedule", buildings=("b8",), period=year(2019))
    assert [e.value for e in found.evidence[:2]] == [8.0, 19.0]
