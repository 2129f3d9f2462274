"""A forecast is of use where it says how sure it is, survives what meters do, and admits when it is no better."""

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.made_load import BASE_KWH, CLOSES, OPEN_KWH, OPENS, START, hours_of, load_kwh, temperature_degc
from tools.clock import LocalClock, clock
from tools.errors import BadQuestion, NoData
from tools.figures import Values
from tools.forecast import Forecast, forecast
from tools.public_holidays import holidays_of

DAY, WEEK = 24, 168


def forecast_after(kwh: Values, ahead: int = DAY, **more: object) -> Forecast:
    """Forecast the hours after a load that begins with 2018."""
    return forecast(kwh, clock("Europe/London", START, len(kwh) + ahead), **more)  # type: ignore[arg-type]


def test_day_without_noise_is_forecast_as_it_comes() -> None:
    local = hours_of(121)
    kwh = load_kwh(local, noise=0.0)
    found = forecast_after(kwh[: 120 * DAY])
    assert found.kwh == pytest.approx(kwh[120 * DAY :], abs=0.5)


def test_week_of_a_building_with_a_schedule_is_forecast() -> None:
    local = hours_of(207)
    kwh = load_kwh(local)
    found = forecast_after(kwh[: 200 * DAY], WEEK)
    assert np.abs(found.kwh - kwh[200 * DAY :]).mean() < 0.07 * kwh.mean()
    assert found.total_kwh.low < kwh[200 * DAY :].sum() < found.total_kwh.high


@pytest.mark.slow
def test_interval_holds_nine_of_ten_hours() -> None:
    kwh = load_kwh(hours_of(320), noise=0.1)
    inside = []
    for days in range(200, 313, 14):
        found = forecast_after(kwh[: days * DAY], WEEK)
        actual = kwh[days * DAY : days * DAY + WEEK]
        inside.append(((actual >= found.low_kwh) & (actual <= found.high_kwh)).mean())
    assert 0.86 < np.mean(inside) < 0.94


def test_peak_of_tomorrow_is_in_working_hours_with_its_chance() -> None:
    local = hours_of(103)  # whose last day is a Friday
    found = forecast_after(load_kwh(hours_of(102)))
    assert OPENS <= local.hour[102 * DAY + found.peak.at] < CLOSES
    assert found.peak.kw.low <= found.peak.kw.value <= found.peak.kw.high
    assert found.peak.kw.value > BASE_KWH + OPEN_KWH
    assert 0.0 < found.peak.chance <= found.peak.near <= 1.0


def test_skill_is_measured_against_the_same_hour_last_week() -> None:
    found = forecast_after(load_kwh(hours_of(200), noise=0.1))
    assert found.skill
    assert found.skill.beats_naive
    assert "smaller than those of the same hour last week" in found.skill.words


def test_weather_forecast_helps_a_building_that_answers_the_weather() -> None:
    degc = temperature_degc(330) + np.repeat(np.random.default_rng(3).normal(0, 4, 330), DAY)
    kwh = load_kwh(hours_of(330)) + 3.0 * np.maximum(15.5 - degc, 0.0)
    left: dict[str, list[float]] = {"blind": [], "seeing": []}
    for origin in range(305 * DAY, 330 * DAY, 4 * DAY):
        for name, known in (("blind", origin), ("seeing", origin + DAY)):
            found = forecast_after(kwh[:origin], temperature_degc=degc[:known])
            left[name].append(float(np.abs(found.kwh - kwh[origin : origin + DAY]).mean()))
            assert any("weather forecast" in note for note in found.notes) == (name == "blind")
    assert np.mean(left["seeing"]) < 0.4 * np.mean(left["blind"])


def test_forecast_follows_a_level_shift_within_days_and_says_so() -> None:
    kwh = load_kwh(hours_of(211))
    kwh[200 * DAY :] *= 0.5
    early, late = forecast_after(kwh[: 202 * DAY], 48), forecast_after(kwh[: 210 * DAY])
    last_week = np.abs(kwh[195 * DAY : 197 * DAY] - kwh[202 * DAY : 204 * DAY]).mean()
    assert np.abs(early.kwh - kwh[202 * DAY : 204 * DAY]).mean() < 0.8 * last_week
    assert np.abs(late.kwh - kwh[210 * DAY :]).mean() < 0.12 * kwh[210 * DAY :].mean()
    assert any("has changed of late" in note for note in early.notes)


def test_holiday_is_forecast_as_a_day_off() -> None:
    """25 December 2018 is a Tuesday."""
    holidays = holidays_of("GB", [2018], "ENG")
    local = hours_of(359)
    kwh = load_kwh(local)
    free = np.isin(local.keys("day"), [(d - START.date()).days + 17532 for d in holidays])
    kwh[free] = BASE_KWH
    found = forecast_after(kwh[: 358 * DAY], holidays=holidays)
    assert found.kwh.max() < BASE_KWH + 0.4 * OPEN_KWH
    assert forecast_after(kwh[: 358 * DAY]).kwh.max() > BASE_KWH + 0.7 * OPEN_KWH


def test_forecast_over_the_change_of_clocks_keeps_local_hours() -> None:
    """Summer time began on 25 March 2018; offices open at 08:00 by the clock on the wall."""
    origin = 24 * 82
    local = clock("Europe/London", START, origin + WEEK)
    kwh = load_kwh(local, noise=0.0)
    found = forecast_after(kwh[:origin], WEEK)
    assert found.kwh == pytest.approx(kwh[origin:], abs=2.0)


def test_day_that_begins_in_the_afternoon_is_forecast() -> None:
    kwh = load_kwh(hours_of(121), noise=0.0)
    origin = 119 * DAY + 15
    assert forecast_after(kwh[:origin]).kwh == pytest.approx(kwh[origin : origin + DAY], abs=0.5)


def test_twenty_days_are_enough_and_said_to_be_few() -> None:
    kwh = load_kwh(hours_of(21))
    found = forecast_after(kwh[: 20 * DAY])
    assert np.abs(found.kwh - kwh[20 * DAY :]).mean() < 0.2 * kwh.mean()
    assert any("20 days only" in note for note in found.notes)


@pytest.mark.parametrize("days", [14, 15, 18, 27, 36])
def test_first_weeks_give_a_forecast_with_an_interval(days: int) -> None:
    found = forecast_after(load_kwh(hours_of(days)), WEEK)
    assert np.isfinite([found.kwh, found.low_kwh, found.high_kwh]).all()
    assert found.total_kwh.low < found.total_kwh.value < found.total_kwh.high
    assert found.peak.kw.low < found.peak.kw.high


def test_constant_load_is_forecast_without_a_skill() -> None:
    found = forecast_after(np.full(60 * DAY, 7.0), WEEK)
    assert found.kwh == pytest.approx(np.full(WEEK, 7.0))
    assert found.skill is None
    assert found.peak.kw.value == pytest.approx(7.0)


def test_load_that_is_never_negative_is_not_forecast_to_be() -> None:
    kwh = np.maximum(load_kwh(hours_of(100)) - BASE_KWH - 5.0, 0.0)
    assert forecast_after(kwh, WEEK).low_kwh.min() >= 0.0


def test_load_that_feeds_back_is_forecast_below_zero() -> None:
    assert forecast_after(load_kwh(hours_of(100)) - 60.0).kwh.min() < 0.0


@pytest.mark.parametrize("kwh", [np.zeros(0), np.full(2000, np.nan), np.full(1, 3.0), load_kwh(hours_of(13))])
def test_too_short_a_past_is_refused_with_what_there_is(kwh: Values) -> None:
    with pytest.raises(NoData, match="at least 14 days of readings"):
        forecast_after(kwh)


def test_past_that_ends_weeks_before_is_refused() -> None:
    kwh = load_kwh(hours_of(120))
    kwh[-20 * DAY :] = np.nan
    with pytest.raises(NoData, match="20 days before"):
        forecast_after(kwh)


def test_last_days_without_readings_are_forecast_over_and_told() -> None:
    kwh = load_kwh(hours_of(121), noise=0.02)
    past = kwh[: 120 * DAY].copy()
    past[-30:] = np.nan
    found = forecast_after(past)
    assert np.abs(found.kwh - kwh[120 * DAY :]).mean() < 0.1 * kwh.mean()
    assert "hours just before it without a reading: 30" in found.notes


@pytest.mark.parametrize("ahead", [0, 169])
def test_horizon_other_than_a_week_is_a_wrong_question(ahead: int) -> None:
    with pytest.raises(BadQuestion, match="1 to 168"):
        forecast_after(load_kwh(hours_of(60)), ahead)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 1000), days=st.integers(36, 90), gaps=st.floats(0.0, 0.55), ahead=st.integers(1, WEEK))
def test_forecast_is_whole_and_inside_its_interval_whatever_is_missing(
    seed: int, days: int, gaps: float, ahead: int
) -> None:
    kwh = load_kwh(hours_of(days), seed)
    kwh[np.random.default_rng(seed).random(len(kwh)) < gaps] = np.nan
    found = forecast_after(kwh, ahead)
    assert len(found.kwh) == ahead
    assert np.isfinite([found.kwh, found.low_kwh, found.high_kwh]).all()
    assert (found.low_kwh <= found.kwh).all()
    assert (found.kwh <= found.high_kwh).all()
    for spread in (found.total_kwh, found.peak.kw):
        assert np.isfinite([spread.low, spread.value, spread.high]).all()
        assert spread.low <= spread.value + 1e-9
        assert spread.value <= spread.high + 1e-9


def test_future_readings_cannot_reach_a_forecast() -> None:
    """The same past gives the same forecast, whatever comes after it."""
    kwh = load_kwh(hours_of(120))
    local = clock("Europe/London", START, 101 * DAY)
    one = forecast(kwh[: 100 * DAY], local)
    kwh[100 * DAY :] = 1e6
    assert forecast(kwh[: 100 * DAY], LocalClock(local.local, local.hour, local.weekday)).kwh == pytest.approx(one.kwh)


def test_leap_day_is_a_day() -> None:
    start = datetime(2019, 11, 1, tzinfo=UTC)
    local = clock("Europe/London", start, 121 * DAY)
    kwh = load_kwh(local, noise=0.0)
    assert forecast(kwh[: 120 * DAY], local).kwh == pytest.approx(kwh[120 * DAY :], abs=0.5)  # 29 February 2020
