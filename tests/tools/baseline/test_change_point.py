"""Daily baselines find the shape, balance points and slopes that made the days, and say what they do not know."""

import numpy as np
import pytest

from tests.tools.baseline.made import LONDON_YEARS, days_with, errors, outdoor_degc, year_of_means
from tools.baseline import DailyModel, Days, Shape, daily_model, days_of, parts
from tools.clock import LocalClock
from tools.errors import BadQuestion, NoData
from tools.figures import Values

T = year_of_means()
COLD, HOT = np.maximum(12.0 - T, 0.0), np.maximum(T - 16.0, 0.0)
MADE: dict[Shape, Values] = {
    "1P": np.full(365, 100.0),
    "2P": 200.0 - 4.0 * T,
    "3PH": 50.0 + 3.0 * COLD,
    "3PC": 50.0 + 5.0 * HOT,
    "4P": 50.0 + 3.0 * np.maximum(14.0 - T, 0.0) + 5.0 * np.maximum(T - 14.0, 0.0),
    "5P": 50.0 + 3.0 * COLD + 5.0 * HOT,
}


def named(model: DailyModel) -> dict[str, float]:
    return {p.name: p.value for p in model.parameters()}


@pytest.mark.parametrize("shape", list(MADE))
def test_days_without_errors_give_back_their_shape(shape: Shape) -> None:
    model = daily_model(days_with(MADE[shape], T))
    assert model.line.shape == shape
    np.testing.assert_allclose(model.use_kwh(days_with(MADE[shape], T)), MADE[shape], atol=0.05)


def test_five_parameters_are_found_among_errors() -> None:
    found = named(daily_model(days_with(MADE["5P"] + 2.0 * errors(365), T)))
    assert found["heating_balance_degc"] == pytest.approx(12.0, abs=0.6)
    assert found["cooling_balance_degc"] == pytest.approx(16.0, abs=0.6)
    assert found["heating_kwh_per_k"] == pytest.approx(3.0, abs=0.15)
    assert found["cooling_kwh_per_k"] == pytest.approx(5.0, abs=0.4)


@pytest.mark.slow
@pytest.mark.parametrize("rho", [0.0, 0.6])
def test_interval_of_95_percent_holds_the_balance_point_in_most_of_forty_meters(rho: float) -> None:
    held = 0
    for seed in range(40):
        found = daily_model(days_with(MADE["3PH"] + 6.0 * errors(365, rho, seed), T), shapes=["3PH"]).heating_balance
        held += found is not None and found.low <= 12.0 <= found.high
    assert held >= 35


def test_slopes_are_what_least_squares_on_degree_days_gives() -> None:
    days = days_with(MADE["3PH"] + 4.0 * errors(365), T)
    model = daily_model(days, shapes=["3PH"])
    columns = np.column_stack([np.ones(365), np.maximum(model.line.low_degc - T, 0.0)])
    base, slope = np.linalg.lstsq(columns, days.kwh)[0]
    assert model.line.off_kwh is None
    assert (model.line.base_kwh, model.line.below_kwh_per_k) == pytest.approx((base, slope))


def test_residuals_of_the_baseline_sum_to_zero() -> None:
    model = daily_model(days_with(MADE["5P"] * (1.0 + 0.2 * errors(365)), T))
    assert model.goodness.nmbe == pytest.approx(0.0, abs=1e-12)


def test_weekends_get_a_level_of_their_own_where_they_have_one() -> None:
    days = days_with(MADE["3PH"], T)
    quiet = days_with(MADE["3PH"] - 20.0 * days.off + errors(365), T)
    assert named(daily_model(quiet))["off_kwh"] == pytest.approx(-20.0, abs=0.5)


def test_use_that_ignores_the_weather_gets_a_mean_and_says_so() -> None:
    model = daily_model(days_with(100.0 + 10.0 * errors(365, 0.3), T))
    assert model.line.shape == "1P"
    assert any("does not follow the outdoor temperature" in note for note in model.notes)


def test_heating_only_never_finds_cooling() -> None:
    assert daily_model(days_with(MADE["5P"], T), heating_only=True).line.shape in ("1P", "2P", "3PH")


def test_use_that_falls_in_the_cold_and_in_the_heat_is_no_building() -> None:
    upside_down = daily_model(days_with(200.0 - 3.0 * COLD - 5.0 * HOT + errors(365), T))
    assert not upside_down.line.has_heating
    assert upside_down.line.shape != "5P"


@pytest.mark.slow
def test_building_that_answers_each_hour_is_told_from_one_that_answers_the_day() -> None:
    degc = outdoor_degc(LONDON_YEARS)[: 24 * 365]
    days = days_of(np.ones(len(degc)), degc, _first_year())
    hourly = days_of(10.0 + np.maximum(13.0 - degc, 0.0), degc, _first_year())
    daily = days_with(240.0 + 24.0 * np.maximum(13.0 - days.temperature_degc, 0.0), days.temperature_degc)
    by_hour = daily_model(_with_errors(hourly))
    by_day = daily_model(_with_errors(_as(days, daily.kwh)))
    assert (by_hour.line.basis, by_day.line.basis) == ("hourly", "daily_mean")
    assert by_hour.line.low_degc == pytest.approx(13.0, abs=0.5)
    assert by_day.line.low_degc == pytest.approx(13.0, abs=0.5)


def test_hourly_baseline_cannot_use_daily_means() -> None:
    degc = outdoor_degc(LONDON_YEARS)[: 24 * 365]
    model = daily_model(_with_errors(days_of(10.0 + np.maximum(13.0 - degc, 0.0), degc, _first_year())))
    with pytest.raises(BadQuestion, match="give the hours"):
        model.use_kwh(days_with(np.ones(365), T))


@pytest.mark.parametrize("count", [0, 1, 20, 59])
def test_too_few_days_are_refused_with_their_number(count: int) -> None:
    with pytest.raises(NoData, match=f"at least 60 days .* there are {count} of {count}"):
        daily_model(days_with(MADE["3PH"][:count], T[:count]))


def test_less_than_a_year_is_said() -> None:
    model = daily_model(days_with((MADE["3PH"] + errors(365))[:150], T[:150]))
    assert any("rests on 150 days" in note for note in model.notes)


def test_missing_days_count_for_nothing() -> None:
    kwh = MADE["3PH"] + errors(365)
    holed = kwh.copy()
    holed[50:70] = np.nan
    model = daily_model(days_with(holed, T))
    assert model.goodness.n == 345
    assert model.coverage == pytest.approx(345 / 365)
    assert model.line.low_degc == pytest.approx(12.0, abs=1.0)


@pytest.mark.parametrize(
    "kwh",
    [np.zeros(365), np.full(365, 7.0), -MADE["3PH"], MADE["3PH"] - 60.0, np.where(np.arange(365) == 9, 1e9, 5.0)],
    ids=["zero", "constant", "negative", "export", "spike"],
)
def test_odd_use_gets_a_baseline_of_finite_numbers(kwh: Values) -> None:
    model = daily_model(days_with(kwh, T))
    assert np.isfinite(model.use_kwh(days_with(kwh, T))).all()
    assert all(np.isfinite([p.value, p.low, p.high]).all() for p in model.parameters())


def test_one_temperature_all_year_leaves_a_mean() -> None:
    assert daily_model(days_with(MADE["3PH"], np.full(365, 10.0))).line.shape == "1P"


@pytest.mark.parametrize("off_kwh", [0.0, -8.0])
def test_no_level_is_negative_where_no_use_is(off_kwh: float) -> None:
    """Heating by gas alone with errors in proportion: least squares at the likeliest balance point goes below zero."""
    for seed in range(6):
        days = days_with(np.zeros(365), T)
        cold = 12.0 * np.maximum(15.0 - T, 0.0) * (1.0 + 0.35 * errors(365, 0.5, seed))
        kwh = np.maximum(cold + (4.0 + off_kwh * days.off) * (1.0 + 0.3 * errors(365, 0.0, seed + 50)), 0.0)
        model = daily_model(days_with(kwh, T), heating_only=True)
        line = model.line
        assert line.shape == "2P" or min(line.base_kwh, line.base_kwh + (line.off_kwh or 0.0)) >= 0.0
        assert model.goodness.nmbe == pytest.approx(0.0, abs=1e-9)


def test_use_that_is_negative_may_have_a_negative_base_load() -> None:
    assert daily_model(days_with(MADE["3PH"] - 60.0 + errors(365), T)).line.base_kwh == pytest.approx(-10.0, abs=1.0)


def test_units_of_use_change_nothing_but_the_unit() -> None:
    kwh = MADE["5P"] + 2.0 * errors(365, 0.4)
    one, thousand = daily_model(days_with(kwh, T)), daily_model(days_with(1000.0 * kwh, T))
    assert one.line.shape == thousand.line.shape
    assert thousand.line.low_degc == pytest.approx(one.line.low_degc, abs=0.011)
    assert thousand.line.base_kwh == pytest.approx(1000.0 * one.line.base_kwh, rel=1e-3)


def test_parts_add_up_to_the_use_that_was_modelled() -> None:
    days = days_with(MADE["5P"], T)
    found = parts(daily_model(days), days)
    assert found.heating_kwh == pytest.approx(float(3.0 * COLD.sum()), rel=0.01)
    assert found.cooling_kwh == pytest.approx(float(5.0 * HOT.sum()), rel=0.01)
    assert found.base_kwh + found.heating_kwh + found.cooling_kwh == pytest.approx(float(days.kwh.sum()), rel=1e-3)


def test_straight_line_has_no_base_load() -> None:
    days = days_with(MADE["2P"], T)
    with pytest.raises(NoData, match="cannot be told"):
        parts(daily_model(days), days)


def _first_year() -> LocalClock:
    c = LONDON_YEARS
    n = 24 * 365
    return LocalClock(c.local[:n], c.hour[:n], c.weekday[:n])


def _with_errors(days: Days) -> Days:
    return _as(days, days.kwh + 5.0 * errors(len(days)))


def _as(days: Days, kwh: Values) -> Days:
    return Days(days.day, kwh, days.temperature_degc, days.off, days.valid_hours, days.hours, days.hourly_degc)
