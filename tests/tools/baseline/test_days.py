"""Hours become whole local days, also where the clock changes and readings are missing."""

from datetime import UTC, date, datetime

import numpy as np
import pytest

from tests.tools.baseline.made import LONDON_YEARS, outdoor_degc
from tools.baseline import DateSpan, days_of
from tools.baseline.temperature import bridged
from tools.clock import clock

DEGC = outdoor_degc(LONDON_YEARS)
ONES = np.ones(len(DEGC))


def test_days_of_a_clock_change_have_23_and_25_hours() -> None:
    days = days_of(ONES, DEGC, LONDON_YEARS)
    by_date = {days.date_of(i): days.kwh[i] for i in range(len(days))}
    assert (by_date[date(2019, 3, 31)], by_date[date(2019, 10, 27)], by_date[date(2019, 7, 1)]) == (23.0, 25.0, 24.0)


def test_leap_day_is_a_day() -> None:
    days = days_of(ONES, DEGC, LONDON_YEARS)
    assert len(days) == 1096
    assert date(2020, 2, 29) in {days.date_of(i) for i in range(len(days))}


def test_missing_hours_take_the_mean_of_the_others_up_to_half_of_a_day() -> None:
    hours = ONES.copy()
    hours[:12] = np.nan
    hours[24:37] = np.nan
    days = days_of(hours, DEGC, LONDON_YEARS)
    assert days.kwh[0] == 24.0
    assert np.isnan(days.kwh[1])
    assert days.valid_hours[:2].tolist() == [12, 11]


def test_day_that_the_record_cuts_off_is_left_out() -> None:
    local = clock("Europe/London", datetime(2018, 1, 1, 5, tzinfo=UTC), 24 * 3)
    days = days_of(np.ones(72), np.ones(72), local)
    assert [days.date_of(i) for i in range(len(days))] == [date(2018, 1, 2), date(2018, 1, 3)]


def test_hours_that_begin_at_half_past_in_utc_make_whole_local_days() -> None:
    local = clock("Asia/Kolkata", datetime(2018, 1, 1, 18, 30, tzinfo=UTC), 48)
    days = days_of(np.ones(48), np.ones(48), local)
    assert days.kwh.tolist() == [24.0, 24.0]


@pytest.mark.parametrize("n", [0, 1, 23])
def test_record_shorter_than_a_day_has_no_days(n: int) -> None:
    local = clock("UTC", datetime(2018, 1, 1, tzinfo=UTC), n)
    assert len(days_of(np.ones(n), np.ones(n), local)) == 0


def test_holiday_is_a_day_off_as_a_weekend_is() -> None:
    days = days_of(ONES, DEGC, LONDON_YEARS, {date(2018, 1, 1)})
    assert days.off[:7].tolist() == [True, False, False, False, False, True, True]


def test_span_takes_its_days_and_no_others() -> None:
    days = days_of(ONES, DEGC, LONDON_YEARS).between(DateSpan(date(2018, 12, 31), date(2019, 1, 2)))
    assert [days.date_of(i) for i in range(len(days))] == [date(2018, 12, 31), date(2019, 1, 1)]


def test_days_left_out_stay_on_the_grid_without_use() -> None:
    days = days_of(ONES, DEGC, LONDON_YEARS)
    left = days.without([DateSpan(date(2018, 2, 1), date(2018, 3, 1))])
    assert len(left) == len(days)
    assert int(days.counts.sum() - left.counts.sum()) == 28


def test_temperature_gap_of_six_hours_is_bridged_and_one_of_seven_is_not() -> None:
    degc = np.arange(30.0)
    degc[3:9] = degc[12:19] = np.nan
    filled = bridged(degc)
    assert filled[3:9].tolist() == [3.0, 4.0, 5.0, 6.0, 7.0, 8.0]
    assert np.isnan(filled[12:19]).all()


def test_temperature_gap_at_an_end_stays_open() -> None:
    assert np.isnan(bridged(np.array([np.nan, 1.0, 2.0, np.nan]))[[0, 3]]).all()
