"""What a change would save is worked out from the load itself, and says what it assumes."""

from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tools.baseline import daily_model, days_of
from tools.clock import LocalClock, clock
from tools.errors import BadQuestion, NoData
from tools.figures import Values
from tools.money.changes import close_weekends, cut_baseload, shift
from tools.money.rates import Rate, TimeOfUse, When
from tools.money.set_back import WeatherSlope, set_back, weather_slope
from tools.money.tariff import Tariff
from tools.money.worth import worth

WINTER = datetime(2019, 1, 7, tzinfo=UTC)  # a Monday
SLOPE = WeatherSlope("heating", 24.0, 16.0, standard_error=1.2)


def london(days: int, start: datetime = WINTER) -> LocalClock:
    return clock("Europe/London", start, days * 24)


def test_set_back_saves_its_slope_times_the_kelvins_on_cold_days() -> None:
    local = london(10)
    temperature = np.repeat([5.0] * 5 + [15.5] * 3 + [18.0] * 2, 24)
    found = set_back(np.full(240, 20.0), local, temperature, SLOPE, 2.0)
    assert found.saved_kwh == pytest.approx(24.0 * (5 * 2.0 + 3 * 0.5))
    assert found.saved_percent == pytest.approx(100 * 24.0 * 11.5 / 4800)
    assert found.low_kwh == pytest.approx(found.saved_kwh * (1 - 1.959964 * 1.2 / 24))
    assert (found.after_kwh[:120] == 18.0).all()


def test_set_back_by_night_saves_the_nights_share() -> None:
    local = london(10)
    night = local.among("night")
    hours = np.where(night, 10.0, 30.0)
    found = set_back(hours, local, np.full(240, 5.0), SLOPE, 2.0, night)
    assert found.saved_kwh == pytest.approx(10 * 24.0 * 2.0 * 8 / 24)
    assert (found.after_kwh[~night] == 30.0).all()
    assert any("33 % of the hours" in words for words in found.assumptions)


def test_warmer_cooling_saves_on_hot_days() -> None:
    slope = WeatherSlope("cooling", 12.0, 20.0)
    found = set_back(np.full(48, 20.0), london(2), np.repeat([26.0, 10.0], 24), slope, 3.0)
    assert found.saved_kwh == pytest.approx(36.0)
    assert found.low_kwh is None


def test_set_back_saves_no_more_than_is_used_and_says_so() -> None:
    found = set_back(np.full(24, 0.5), london(1), np.full(24, 0.0), SLOPE, 2.0)
    assert found.saved_kwh == pytest.approx(12.0)
    assert (found.after_kwh == 0.0).all()
    assert any("1 days" in note for note in found.notes)


def test_missing_hours_save_nothing() -> None:
    hours = np.full(24, 20.0)
    hours[:12] = np.nan
    found = set_back(hours, london(1), np.full(24, 5.0), SLOPE, 2.0)
    assert found.saved_kwh == pytest.approx(24.0)
    assert found.coverage == 0.5


def test_unknown_temperatures_save_nothing() -> None:
    found = set_back(np.full(24, 20.0), london(1), np.full(24, np.nan), SLOPE, 2.0)
    assert found.saved_kwh == 0.0


def test_model_of_hours_saves_by_the_hours_of_a_mild_day() -> None:
    """Nights 4 K under the balance point and days as far above it: the mean lies on it and would save nothing."""
    by_hours = WeatherSlope("heating", 24.0, 16.0, basis="hourly")
    temperature = np.tile(np.repeat([12.0, 20.0], 12), 10)
    found = set_back(np.full(240, 20.0), london(10), temperature, by_hours, 2.0)
    assert found.saved_kwh == pytest.approx(10 * 24.0 * 2.0 * 12 / 24)
    assert set_back(np.full(240, 20.0), london(10), temperature, SLOPE, 2.0).saved_kwh == 0.0


@given(st.floats(0.1, 4.0), st.floats(0.1, 4.0), st.floats(-10, 25))
def test_a_larger_set_back_never_saves_less(one: float, other: float, degc: float) -> None:
    hours, local, temperature = np.full(24, 50.0), london(1), np.full(24, degc)
    less, more = (set_back(hours, local, temperature, SLOPE, k).saved_kwh for k in sorted((one, other)))
    assert more >= less - 1e-9


@pytest.mark.parametrize("by_k", [0.0, -1.0, 20.0])
def test_set_back_that_makes_no_sense_is_refused(by_k: float) -> None:
    with pytest.raises(BadQuestion, match="set-back"):
        set_back(np.ones(24), london(1), np.ones(24), SLOPE, by_k)


def test_use_that_does_not_answer_the_weather_saves_nothing() -> None:
    with pytest.raises(NoData, match="does not rise"):
        set_back(np.ones(24), london(1), np.ones(24), WeatherSlope("heating", 0.0, 16.0), 2.0)


def test_fitted_model_gives_its_slope() -> None:
    local = london(364)
    temperature = 10 - 8 * np.cos(2 * np.pi * np.arange(364 * 24) / 8766)
    noise = np.random.default_rng(1).normal(0, 1, 364).repeat(24)
    hours = 20 + np.maximum(15 - temperature, 0.0) + noise
    slope = weather_slope(daily_model(days_of(hours, temperature, local)), "heating")
    assert slope.kwh_per_k_day == pytest.approx(24, rel=0.1)
    assert slope.balance_degc == pytest.approx(15, abs=1.0)
    assert slope.standard_error is not None
    found = set_back(hours, local, temperature, slope, 1.0)
    assert found.saved_kwh == pytest.approx(24 * (temperature.reshape(-1, 24).mean(axis=1) < 14.5).sum(), rel=0.1)


def test_set_back_of_a_building_that_answers_each_hour_is_what_its_hours_would_have_spared() -> None:
    local = london(364)
    hour = np.arange(364 * 24)
    season = 10 - 8 * np.cos(2 * np.pi * hour / 8766) + np.random.default_rng(2).normal(0, 2, 364).repeat(24)
    temperature = season - 6 * np.cos(2 * np.pi * hour / 24)
    noise = np.random.default_rng(1).normal(0, 0.5, 364).repeat(24)
    hours, colder = (20 + noise + np.maximum(at - temperature, 0.0) for at in (13.0, 11.0))
    slope = weather_slope(daily_model(days_of(hours, temperature, local)), "heating")
    assert slope.basis == "hourly"
    found = set_back(hours, local, temperature, slope, 2.0)
    assert found.saved_kwh == pytest.approx(float((hours - colder).sum()), rel=0.01)


def test_fitted_model_without_cooling_gives_no_slope_of_it() -> None:
    local = london(364)
    temperature = 10 - 8 * np.cos(2 * np.pi * np.arange(364 * 24) / 8766)
    hours = 20 + np.maximum(15 - temperature, 0.0) + np.random.default_rng(1).normal(0, 1, 364).repeat(24)
    model = daily_model(days_of(hours, temperature, local))
    with pytest.raises(NoData, match="no cooling part"):
        weather_slope(model, "cooling")


LOADS = arrays(np.float64, st.integers(30, 120), elements=st.one_of(st.floats(-5, 500), st.just(float("nan"))))


@given(LOADS, st.integers(-23, 23), st.floats(0, 100))
def test_shift_keeps_the_energy(hours: Values, by_hours: int, share: float) -> None:
    if not np.isfinite(hours).any():
        return
    found = shift(hours, by_hours, share)
    assert found.saved_kwh == pytest.approx(0.0, abs=1e-6)
    assert (np.isnan(found.after_kwh) == np.isnan(hours)).all()


def test_shift_moves_what_is_above_the_baseload() -> None:
    hours = np.full(48, 10.0)
    hours[9:17] = 50.0
    found = shift(hours, -2)
    assert (found.after_kwh[7:15] == 50.0).all()
    assert (found.after_kwh[15:17] == 10.0).all()


def test_shift_of_a_part_leaves_the_rest() -> None:
    hours = np.full(48, 10.0)
    hours[9] = 50.0
    found = shift(hours, 3, 25.0)
    assert (found.after_kwh[9], found.after_kwh[12]) == (40.0, 20.0)


@pytest.mark.parametrize(("by_hours", "share"), [(24, 100.0), (2, 101.0), (2, -1.0)])
def test_shift_that_makes_no_sense_is_refused(by_hours: int, share: float) -> None:
    with pytest.raises(BadQuestion, match="give"):
        shift(np.ones(48), by_hours, share)


def test_closed_weekends_fall_to_the_level_of_working_nights() -> None:
    local = london(14)
    hours = np.where(local.among("night"), 20.0, 60.0)
    found = close_weekends(hours, local)
    assert found.saved_kwh == pytest.approx(4 * 16 * 40.0)
    assert "median of working nights" in found.assumptions[0]
    holiday = close_weekends(hours, local, holidays={date(2019, 1, 9)})
    assert holiday.saved_kwh == pytest.approx(5 * 16 * 40.0)


def test_closing_never_adds_load() -> None:
    local = london(14)
    hours = np.where(local.weekday >= 5, 5.0, 60.0)
    assert close_weekends(hours, local, closed_kw=10.0).saved_kwh == 0.0


def test_level_of_nights_that_nobody_read_is_refused() -> None:
    local = london(14)
    hours = np.where(local.among("night"), np.nan, 60.0)
    with pytest.raises(NoData, match="give one in kW"):
        close_weekends(hours, local)


def test_negative_level_is_refused() -> None:
    with pytest.raises(BadQuestion, match="below zero"):
        close_weekends(np.ones(24), london(1), closed_kw=-1.0)


def test_baseload_cut_saves_its_share_in_every_hour() -> None:
    hours = np.array([10.0] * 90 + [100.0] * 10)
    found = cut_baseload(hours, 20.0)
    assert found.saved_kwh == pytest.approx(100 * 2.0)
    assert found.after_kwh.min() == 8.0


def test_hour_under_the_baseload_is_cut_by_its_own_share() -> None:
    hours = np.array([0.0] * 3 + [10.0] * 97)
    assert cut_baseload(hours, 50.0).after_kwh[0] == 0.0


@pytest.mark.parametrize("hours", [np.zeros(48), np.full(48, -3.0)])
def test_baseload_of_nothing_cannot_be_cut(hours: Values) -> None:
    with pytest.raises(NoData, match="nothing to cut"):
        cut_baseload(hours, 10.0)


def test_nothing_valid_cannot_be_changed() -> None:
    with pytest.raises(NoData, match="no valid hour"):
        shift(np.full(48, np.nan), 2)


def test_zero_use_has_no_percent() -> None:
    assert close_weekends(np.zeros(24 * 14), london(14)).saved_percent is None


def test_shift_into_the_night_saves_money_and_no_energy() -> None:
    local = london(14)
    hours = np.where(local.hour == 22, 60.0, 10.0)
    rates = TimeOfUse((Rate("day", 0.30, When(7, 23)), Rate("night", 0.10, When(23, 7))))
    found = worth(shift(hours, 1), local, [Tariff("two rates", "GBP", rates)])
    assert found.saved == pytest.approx(14 * 50 * 0.20)
    assert found.before.kwh == pytest.approx(found.after.kwh)
    assert "prices stay as they were" in found.assumptions
