"""The hourly baseline: levels of the week, straight pieces of the temperature, and savings from both."""

from datetime import date

import numpy as np
import pytest

from tests.tools.baseline.made import LONDON_YEARS, errors, outdoor_degc
from tools.baseline import DateSpan, WeekHours, avoided_use_hourly, hourly_model, week_hours
from tools.baseline.towt import busy_hours, columns_of, knots_of
from tools.errors import NoData
from tools.figures import Values

DEGC = outdoor_degc(LONDON_YEARS)
BUSY = (LONDON_YEARS.hour >= 8) & (LONDON_YEARS.hour < 18) & (LONDON_YEARS.weekday < 5)
BEFORE = DateSpan(date(2018, 1, 1), date(2019, 1, 1))
AFTER = DateSpan(date(2019, 2, 1), date(2020, 2, 1))
EXACT = np.where(BUSY, 60.0, 20.0) + np.where(BUSY, 3.0, 1.0) * np.maximum(55.0 - (DEGC * 1.8 + 32.0), 0.0)


def made(saved: float = 0.0) -> tuple[Values, Values]:
    """Return the use of each hour with a share saved from 2019 on, and what it would have been."""
    daily = np.repeat(errors(len(EXACT) // 24, 0.4), 24)
    without = EXACT + 3.0 * daily + 2.0 * errors(len(EXACT), seed=3)
    return np.where(LONDON_YEARS.local >= np.datetime64("2019-01-01"), without * (1.0 - saved), without), without


def year(kwh: Values) -> WeekHours:
    return week_hours(kwh, DEGC, LONDON_YEARS).between(BEFORE)


@pytest.mark.parametrize(
    ("degf", "pieces"),
    [
        (20.0, [20, 0, 0, 0, 0, 0, 0]),
        (50.0, [30, 15, 5, 0, 0, 0, 0]),
        (80.0, [30, 15, 10, 10, 10, 5, 0]),
        (100.0, [30, 15, 10, 10, 10, 15, 10]),
    ],
)
def test_pieces_of_a_temperature_are_those_of_caltracks_table(degf: float, pieces: list[float]) -> None:
    found = columns_of(np.array([degf]), np.array([True]), (30.0, 45.0, 55.0, 65.0, 75.0, 90.0))
    assert found[0].tolist() == [*pieces, *[0.0] * 7]


def test_piece_of_under_twenty_hours_joins_its_neighbour() -> None:
    degc = np.concatenate([np.full(100, 5.0), np.full(100, 15.0), np.full(19, 35.0)])
    held = np.bincount(np.searchsorted(knots_of(degc), degc))
    assert (held >= 20).all()


def test_busy_hours_of_the_week_are_told_from_the_others() -> None:
    found = busy_hours(year(EXACT))
    monday_noon, monday_night, sunday_noon = 12, 3, 6 * 24 + 12
    assert (found[monday_noon], found[monday_night], found[sunday_noon]) == (True, False, False)


def test_use_made_of_such_pieces_is_given_back() -> None:
    hours = year(EXACT)
    model = hourly_model(hours)
    np.testing.assert_allclose(model.use_kwh(hours), hours.kwh, atol=1e-6)
    assert model.goodness.cvrmse == pytest.approx(0.0, abs=1e-6)


def test_absorbed_levels_give_what_plain_least_squares_gives() -> None:
    hours = year(made()[0])
    model = hourly_model(hours)
    temperature = columns_of(hours.temperature_degc, model.busy[hours.of_week], model.knots_degc)
    whole = np.hstack([np.eye(168)[hours.of_week], temperature])
    plain = whole @ np.linalg.lstsq(whole, hours.kwh)[0]
    np.testing.assert_allclose(model.use_kwh(hours), plain, atol=1e-6)


def test_hourly_saving_is_found_and_its_interval_holds_it() -> None:
    kwh, without = made(0.1)
    hours = week_hours(kwh, DEGC, LONDON_YEARS)
    found = avoided_use_hourly(hours, BEFORE, AFTER).savings
    inside = (hours.day >= 17928) & (hours.day < 18293)
    true = float((without - kwh)[inside].sum())
    assert found.low_kwh < true < found.high_kwh
    assert found.percent == pytest.approx(10.0, abs=2.0)
    assert found.coverage == pytest.approx(1.0)


def test_holiday_is_expected_to_be_a_sunday() -> None:
    hours = week_hours(EXACT, DEGC, LONDON_YEARS, {date(2018, 1, 1)})
    assert hours.of_week[:24].tolist() == list(range(144, 168))


def test_hour_of_the_week_that_was_never_seen_is_not_predicted() -> None:
    model = hourly_model(year(np.where(LONDON_YEARS.weekday == 2, np.nan, EXACT)))
    assert int(np.isnan(model.level_kwh).sum()) == 24
    assert any("never seen" in note for note in model.notes)
    assert np.isnan(model.use_kwh(year(EXACT))).mean() == pytest.approx(1 / 7, abs=0.01)


@pytest.mark.parametrize(
    "kwh", [np.zeros_like(EXACT), np.full_like(EXACT, 5.0), -EXACT], ids=["zero", "flat", "export"]
)
def test_odd_use_gets_an_hourly_baseline_of_finite_numbers(kwh: Values) -> None:
    found = avoided_use_hourly(week_hours(kwh, DEGC, LONDON_YEARS), BEFORE, AFTER).savings
    assert np.isfinite([found.avoided_kwh, found.low_kwh, found.high_kwh]).all()


def test_one_temperature_all_year_leaves_the_week() -> None:
    hours = week_hours(np.where(BUSY, 60.0, 20.0), np.full_like(DEGC, 10.0), LONDON_YEARS).between(BEFORE)
    np.testing.assert_allclose(hourly_model(hours).use_kwh(hours), hours.kwh, atol=1e-9)


@pytest.mark.parametrize("n", [0, 24, 480])
def test_too_few_hours_are_refused_with_their_number(n: int) -> None:
    hours = week_hours(EXACT, DEGC, LONDON_YEARS)
    with pytest.raises(NoData, match=f"at least 720 hours .* there are {n} of {n}"):
        hourly_model(hours.only(np.arange(len(hours)) < n))
