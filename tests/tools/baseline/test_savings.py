"""Avoided use: what was saved is found, its interval holds the truth, and what cannot be measured is refused."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from tests.tools.baseline.made import days_with, errors, year_of_means
from tools.baseline import Adjustment, Avoided, DateSpan, Days, avoided_use, together
from tools.errors import BadQuestion, NoData

BEFORE = DateSpan(date(2018, 1, 1), date(2019, 1, 1))
WORK = DateSpan(date(2019, 1, 1), date(2019, 2, 1))
AFTER = DateSpan(date(2019, 2, 1), date(2020, 2, 1))
T = year_of_means(n=800)
USUAL = 50.0 + 3.0 * np.maximum(12.0 - T, 0.0)
WORKED = np.arange(800) >= 365


def made(saved: float, seed: int = 1, rho: float = 0.3) -> tuple[Days, float]:
    """Return days of which a share is saved from 2019 on, and what that truly was in the reporting period."""
    without = USUAL + 6.0 * errors(800, rho, seed)
    days = days_with(np.where(WORKED, without * (1.0 - saved), without), T)
    return days, saved * float(without[396:761].sum())


def measured(saved: float = 0.1) -> Avoided:
    return avoided_use(made(saved)[0], BEFORE, AFTER)


def test_saving_is_found_and_its_interval_holds_it() -> None:
    days, true = made(0.1)
    found = avoided_use(days, BEFORE, AFTER).savings
    assert found.low_kwh < true < found.high_kwh
    assert found.percent == pytest.approx(10.0, abs=2.0)
    assert found.is_significant


def test_avoided_use_is_the_adjusted_baseline_less_the_measured() -> None:
    found = measured().savings
    assert found.avoided_kwh == found.adjusted_baseline_kwh - found.measured_kwh
    assert sum(m.avoided_kwh for m in found.months) == pytest.approx(found.avoided_kwh)
    assert [m.first for m in found.months][:2] == [date(2019, 2, 1), date(2019, 3, 1)]
    assert sum(m.days for m in found.months) == found.counted_days == 365


@pytest.mark.slow
def test_interval_of_95_percent_holds_the_truth_in_most_of_forty_meters() -> None:
    held = 0
    for seed in range(40):
        days, true = made(0.05, seed, rho=0.5)
        found = avoided_use(days, BEFORE, AFTER, shapes=["3PH"]).savings
        held += found.low_kwh <= true <= found.high_kwh
    assert held >= 35


def test_interval_agrees_with_guideline_14_where_both_hold() -> None:
    found = measured().savings
    low, high = found.interval_kwh(0.90)
    assert found.guideline14.at_90 is not None
    assert (high - low) / 2.0 == pytest.approx(found.guideline14.at_90 * found.avoided_kwh, rel=0.2)


def test_nothing_done_is_nothing_saved_beyond_noise() -> None:
    found = measured(0.0).savings
    assert not found.is_significant
    assert any("cannot be told from noise" in note for note in found.notes)


def test_rise_is_a_negative_saving() -> None:
    assert measured(-0.2).savings.avoided_kwh < 0


def test_missing_days_are_in_neither_sum() -> None:
    days, _ = made(0.1)
    holed = days.without([DateSpan(date(2019, 5, 1), date(2019, 7, 1))])
    whole, part = avoided_use(days, BEFORE, AFTER).savings, avoided_use(holed, BEFORE, AFTER).savings
    assert part.counted_days == whole.counted_days - 61
    assert part.adjusted_baseline_kwh < whole.adjusted_baseline_kwh
    assert any("83 % of the reporting period counts" in note for note in part.notes)


def test_days_left_out_do_not_bend_the_baseline() -> None:
    days, _ = made(0.1)
    strike = DateSpan(date(2018, 6, 1), date(2018, 6, 15))
    in_it = (days.day >= 17683) & (days.day < 17697)
    disturbed = replace(days, kwh=np.where(in_it, 900.0, days.kwh))
    found = avoided_use(disturbed, BEFORE, AFTER, left_out=[strike]).savings
    assert found.adjusted_baseline_kwh == pytest.approx(measured().savings.adjusted_baseline_kwh, rel=0.005)


def test_adjustment_moves_the_baseline_and_is_said_with_its_reason() -> None:
    days, _ = made(0.1)
    plain = avoided_use(days, BEFORE, AFTER).savings
    found = avoided_use(days, BEFORE, AFTER, adjustments=[Adjustment(1200.0, "a server room was added")]).savings
    assert found.avoided_kwh == pytest.approx(plain.avoided_kwh + 1200.0)
    assert any("a server room was added" in note for note in found.notes)


def test_baseline_of_less_than_nine_months_is_refused() -> None:
    days, _ = made(0.1)
    with pytest.raises(NoData, match=r"has 184 days .* at least 270"):
        avoided_use(days, DateSpan(date(2018, 7, 1), date(2019, 1, 1)), AFTER)


def test_baseline_of_ten_months_is_said() -> None:
    found = avoided_use(made(0.1)[0], DateSpan(date(2018, 3, 1), date(2019, 1, 1)), AFTER).savings
    assert any("less than twelve months" in note for note in found.notes)


@pytest.mark.parametrize("first", [date(2018, 12, 31), date(2018, 1, 1)])
def test_reporting_period_inside_the_baseline_is_refused(first: date) -> None:
    with pytest.raises(BadQuestion, match="inside the baseline"):
        avoided_use(made(0.1)[0], BEFORE, DateSpan(first, date(2020, 1, 1)))


def test_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(BadQuestion, match="before it starts"):
        avoided_use(made(0.1)[0], BEFORE, DateSpan(AFTER.end, AFTER.start))


def test_period_without_readings_is_no_data() -> None:
    with pytest.raises(NoData, match="no day of the reporting period"):
        avoided_use(made(0.1)[0], BEFORE, DateSpan(date(2030, 1, 1), date(2031, 1, 1)))


def test_year_that_is_not_over_is_not_scaled() -> None:
    found = avoided_use(made(0.1)[0], BEFORE, DateSpan(date(2019, 11, 1), date(2020, 11, 1))).savings
    assert found.counted_days == 131
    assert any("must not be scaled to a year" in note for note in found.notes)


def test_baseline_of_zero_has_no_percent() -> None:
    days = days_with(np.where(WORKED, 10.0, 0.0), T)
    found = avoided_use(days, BEFORE, AFTER).savings
    assert (found.percent, found.guideline14.at_90) == (None, None)
    assert found.avoided_kwh == pytest.approx(-3650.0)


def test_weather_that_the_baseline_never_saw_is_said() -> None:
    days, _ = made(0.1)
    hotter = replace(days, temperature_degc=np.where(WORKED, T + 25.0, T))
    assert any("extrapolated" in note for note in avoided_use(hotter, BEFORE, AFTER).savings.notes)


def test_use_of_twice_the_size_saves_twice_as_much() -> None:
    days, _ = made(0.1)
    one, two = (avoided_use(replace(days, kwh=k * days.kwh), BEFORE, AFTER).savings for k in (1.0, 2.0))
    assert two.avoided_kwh == pytest.approx(2.0 * one.avoided_kwh, rel=1e-6)
    assert two.percent == pytest.approx(one.percent)


def test_errors_of_buildings_together_add_as_squares() -> None:
    found = measured().savings
    avoided, error = together([found, found, found, found])
    assert avoided == pytest.approx(4.0 * found.avoided_kwh)
    assert error == pytest.approx(2.0 * found.standard_error_kwh)
