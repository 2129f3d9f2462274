"""The hours at which a building runs are read from its load, and doubted where the days differ."""

from datetime import date

import numpy as np
import pytest

from tests.tools.profiles.load import WEEK_H, london, office
from tools.errors import NoData
from tools.profiles.schedule import schedule


def test_office_hours_are_found_and_its_weekend_is_closed() -> None:
    local = london(12)
    hours = office(local, opens=7, closes=19) + np.random.default_rng(1).normal(0, 3, 12 * WEEK_H)
    found = schedule(hours, local)
    assert [(op.start_hour, op.end_hour) for op in found.weekdays[:5]] == [(7.0, 19.0)] * 5
    assert all(op.confidence == "high" for op in found.weekdays)
    assert [op.is_open for op in found.weekdays] == [True] * 5 + [False] * 2
    assert found.coverage > 0.95


@pytest.mark.parametrize("start_month", ["winter", "through March"])
def test_hours_are_local_through_the_change_of_the_clock(start_month: str) -> None:
    local = london(8 if start_month == "winter" else 26)
    found = schedule(office(local, opens=9, closes=17), local)
    assert (found.weekdays[0].start_hour, found.weekdays[0].end_hour) == (9.0, 17.0)


def test_evening_past_midnight_stays_whole() -> None:
    local = london(8)
    late = (local.hour >= 18) | (local.hour < 2)
    found = schedule(np.where(late, 80.0, 10.0) - 1.0 * (local.hour == 10), local)
    assert {(op.start_hour, op.end_hour) for op in found.weekdays} == {(18.0, 2.0)}
    assert found.opening().mask(local)[20:27].tolist() == [True] * 6 + [False]


def test_dip_at_noon_does_not_end_the_day() -> None:
    local = london(8)
    found = schedule(np.where(local.hour == 12, 25.0, office(local)), local)
    assert (found.weekdays[2].start_hour, found.weekdays[2].end_hour) == (8.0, 18.0)


def test_erratic_building_is_doubted() -> None:
    local = london(12)
    rng = np.random.default_rng(3)
    first = np.repeat(rng.integers(2, 18, 12 * 7), 24)
    hours = np.where((local.hour >= first) & (local.hour < first + 4), 100.0, 20.0)
    found = schedule(hours, local)
    assert any("unsure" in note for note in found.notes)
    assert all(op.confidence == "low" for op in found.weekdays)


def test_holidays_are_left_out() -> None:
    local = london(4)
    hours = np.where(local.local.astype("M8[D]") == np.datetime64("2019-01-09"), 20.0, office(local))
    assert schedule(hours, local).weekdays[2].agreement == 0.75
    assert schedule(hours, local, {date(2019, 1, 9)}).weekdays[2].agreement == 1.0


def test_constant_load_shows_no_schedule() -> None:
    local = london(4)
    with pytest.raises(NoData, match="hardly rises"):
        schedule(np.full(4 * WEEK_H, 50.0), local)


def test_a_week_is_too_short() -> None:
    local = london(1)
    with pytest.raises(NoData, match="too few to infer"):
        schedule(office(local), local)


def test_missing_days_lower_the_coverage() -> None:
    local = london(8)
    hours = office(local)
    hours[: 4 * WEEK_H] = np.nan
    assert schedule(hours, local).coverage == pytest.approx(0.5, abs=0.03)
