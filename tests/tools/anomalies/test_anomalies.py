"""What is wrong with a record is found, named, sized and told once; what is as it should be is left alone."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.made_load import BASE_KWH, hours_of, load_kwh, temperature_degc
from tools.anomalies import KINDS, Anomalies, Event, anomalies
from tools.clock import LocalClock
from tools.errors import NoData
from tools.figures import Values

DAY = 24
AT = 199 * DAY + 9  # a Thursday, 10:00 in summer time


def found_in(kwh: Values, **more: object) -> Anomalies:
    local = hours_of(len(kwh) // DAY + 1)
    n = len(kwh)
    clock = LocalClock(local.local[:n], local.hour[:n], local.weekday[:n])
    return anomalies(kwh, clock, temperature_degc(n // DAY + 1)[:n], **more)  # type: ignore[arg-type]


def only(found: Anomalies, kind: str) -> Event:
    """Return the one event of a kind and see that there is no other of any kind."""
    assert [one.kind for one in found.events] == [kind], [one.words for one in found.events]
    return found.events[0]


def year(seed: int = 1) -> Values:
    return load_kwh(hours_of(400), seed)


def test_sound_year_has_next_to_no_anomaly() -> None:
    assert sum(len(found_in(year(seed)).events) for seed in range(6)) <= 3


def test_spike_has_its_hour_and_its_size() -> None:
    kwh = year()
    kwh[AT] += 90.0
    one = only(found_in(kwh), "spike")
    assert (one.first, one.end) == (AT, AT + 1)
    assert one.kwh == pytest.approx(90.0, rel=0.1)
    assert "2018-07-19 10:00" in one.words
    assert one.score > 1.0


def test_drop_of_an_hour_is_a_spike_downwards() -> None:
    kwh = year()
    kwh[AT] = 1.0
    assert only(found_in(kwh), "spike").kwh < -30.0


def test_meter_that_repeats_one_value_is_stuck() -> None:
    kwh = year()
    kwh[AT : AT + 30] = kwh[AT]
    one = only(found_in(kwh), "stuck")
    assert (one.first, one.end) == (AT, AT + 30)


def test_load_that_often_repeats_is_not_stuck() -> None:
    kwh = np.round(year() / 10.0) * 10.0
    assert "stuck" not in {one.kind for one in found_in(kwh).events}


def test_missing_hours_are_told_with_what_they_lack() -> None:
    kwh = year()
    lost = kwh[AT : AT + 48].sum()
    kwh[AT : AT + 48] = np.nan
    one = only(found_in(kwh), "missing")
    assert (one.first, one.end) == (AT, AT + 48)
    assert one.kwh == pytest.approx(-lost, rel=0.1)


def test_zeros_are_a_zero_run_also_where_they_do_not_count() -> None:
    kwh = year()
    zero = np.zeros(len(kwh), dtype=bool)
    zero[AT : AT + 20] = True
    kwh[zero] = np.nan
    one = only(found_in(kwh, zero=zero), "zero_run")
    assert (one.first, one.end) == (AT, AT + 20)


def test_zeros_night_after_night_are_told_once() -> None:
    kwh = year()
    zero = np.zeros(len(kwh), dtype=bool)
    zero[100 * DAY : 107 * DAY] = hours_of(400).hour[100 * DAY : 107 * DAY] < 6
    kwh[zero] = np.nan
    assert "0 for 41 of" in only(found_in(kwh, zero=zero), "zero_run").words


def test_gas_at_zero_all_summer_is_as_expected() -> None:
    local = hours_of(760)
    summer = (local.local.astype("M8[M]").astype(int) % 12 >= 4) & (local.local.astype("M8[M]").astype(int) % 12 < 9)
    kwh = np.where(summer, 0.0, load_kwh(local))
    assert "zero_run" not in {one.kind for one in found_in(kwh).events}


def test_hour_of_half_a_gap_is_no_spike() -> None:
    kwh = year()
    kwh[AT + 1 : AT + 20] = np.nan
    kwh[AT] = 5.0
    assert only(found_in(kwh), "missing").first == AT + 1


def test_weeks_at_another_level_are_a_level_shift() -> None:
    kwh = year()
    kwh[150 * DAY : 200 * DAY] += 6.0
    one = only(found_in(kwh), "level_shift")
    assert abs(one.first - 150 * DAY) <= DAY + 1
    assert abs(one.end - 200 * DAY) <= DAY + 1
    assert one.kwh == pytest.approx(50 * DAY * 6.0, rel=0.2)


def test_level_that_stays_is_a_shift_to_the_end() -> None:
    kwh = year()
    kwh[150 * DAY :] -= 6.0
    one = only(found_in(kwh), "level_shift")
    assert one.end == len(kwh)
    assert one.kwh < 0


def test_later_start_of_the_day_is_a_schedule_drift() -> None:
    kwh = year()
    kwh[150 * DAY : 178 * DAY] = np.roll(kwh, 2)[150 * DAY : 178 * DAY]
    one = only(found_in(kwh), "schedule_drift")
    assert abs(one.first - 150 * DAY) <= 4 * DAY
    assert abs(one.end - 178 * DAY) <= 4 * DAY
    assert "2 hours later" in one.words


def test_plant_left_on_overnight_is_an_unusual_day() -> None:
    kwh = year()
    night = 201 * DAY + 19
    kwh[night : night + 11] += 25.0
    one = only(found_in(kwh), "unusual_day")
    assert one.overlaps(night, night + 11)
    assert one.kwh == pytest.approx(25.0 * 8, rel=0.3)


def test_holiday_that_is_known_is_not_unusual() -> None:
    kwh = year()
    holidays = frozenset(
        {date(2018, 5, 7), date(2018, 5, 28), date(2018, 8, 27), date(2018, 12, 25), date(2018, 12, 26)}
    )
    free = np.isin(hours_of(400).keys("day"), [(d - date(1970, 1, 1)).days for d in holidays])
    kwh[free] = BASE_KWH + np.random.default_rng(1).normal(0, 1, free.sum())
    assert len([e for e in found_in(kwh).events if e.kind == "unusual_day"]) >= 3
    assert not found_in(kwh, holidays=holidays).events


def test_holiday_that_the_building_does_not_keep_is_a_working_day() -> None:
    holidays = frozenset(
        {date(2018, 5, 7), date(2018, 5, 28), date(2018, 8, 27), date(2018, 12, 25), date(2018, 12, 26)}
    )
    assert not found_in(year(), holidays=holidays).events


def test_cold_week_is_no_anomaly_where_the_temperature_is_known() -> None:
    local = hours_of(400)
    degc = temperature_degc(400) + np.repeat(np.random.default_rng(1).normal(0, 2, 400), DAY)
    degc[40 * DAY : 47 * DAY] -= 8.0
    heat = 3.0 * np.maximum(16.0 - np.repeat(degc.reshape(-1, DAY).mean(axis=1), DAY), 0.0)
    kwh = load_kwh(local) + heat
    known, blind = anomalies(kwh, local, degc), anomalies(kwh, local)
    cold = (40 * DAY, 47 * DAY)
    assert not any(one.overlaps(*cold) for one in known.events)
    assert any("no outdoor temperature" in note for note in blind.notes)


def test_several_faults_are_each_told_once() -> None:
    kwh = year()
    kwh[50 * DAY + 12] += 90.0
    kwh[100 * DAY : 100 * DAY + 40] = kwh[100 * DAY]
    kwh[160 * DAY : 162 * DAY] = np.nan
    kwh[200 * DAY : 250 * DAY] += 6.0
    assert [one.kind for one in found_in(kwh).events] == ["spike", "stuck", "missing", "level_shift"]


@pytest.mark.parametrize("kwh", [np.zeros(0), np.full(2000, np.nan), np.full(1, 3.0), load_kwh(hours_of(20))])
def test_under_four_weeks_is_refused(kwh: Values) -> None:
    with pytest.raises(NoData, match="at least 28 days"):
        found_in(kwh)


def test_constant_load_is_stuck_or_nothing() -> None:
    assert {one.kind for one in found_in(np.full(60 * DAY, 4.0)).events} <= {"stuck"}


def test_load_that_feeds_back_is_judged_too() -> None:
    kwh = year() - 60.0
    kwh[AT] += 90.0
    assert only(found_in(kwh), "spike").first == AT


def test_readings_behind_events_are_not_written_to() -> None:
    kwh = year()
    kwh[AT : AT + 30] = kwh[AT]
    before = kwh.copy()
    found_in(kwh)
    assert (kwh == before).all()


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 500), gaps=st.floats(0.0, 0.5), days=st.integers(40, 90))
def test_events_lie_inside_the_record_whatever_is_missing(seed: int, gaps: float, days: int) -> None:
    kwh = load_kwh(hours_of(days), seed)
    rng = np.random.default_rng(seed)
    kwh[rng.random(len(kwh)) < gaps] = np.nan
    kwh[rng.integers(0, len(kwh), 5)] *= rng.uniform(-5, 5, 5)
    found = found_in(kwh)
    assert all(0 <= one.first < one.end <= len(kwh) and one.kind in KINDS for one in found.events)
    assert all(np.isfinite([one.kwh, one.score]).all() and one.words for one in found.events)
    assert [one.first for one in found.events] == sorted(one.first for one in found.events)
