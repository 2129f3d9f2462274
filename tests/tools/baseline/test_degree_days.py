"""Degree days are sums that can be checked by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tools.baseline.made import days_with
from tools.baseline import degree_days, degree_days_hourly
from tools.errors import NoData
from tools.figures import Values

TEMPERATURES = st.lists(st.floats(-30, 45), min_size=1, max_size=60).map(np.array)


def test_degree_days_are_the_sum_of_what_is_below_or_above_the_base() -> None:
    days = days_with(np.ones(4), np.array([10.0, 15.5, 20.0, -2.0]))
    assert degree_days(days, 15.5, "heating").degree_days == 5.5 + 17.5
    assert degree_days(days, 15.5, "cooling").degree_days == 4.5


def test_day_without_a_temperature_adds_nothing_and_is_said() -> None:
    found = degree_days(days_with(np.ones(4), np.array([10.0, np.nan, 10.0, 10.0])), 18.0, "heating")
    assert (found.degree_days, found.days, found.coverage) == (24.0, 3.0, 0.75)
    assert "1 days have no temperature" in found.notes[0]


def test_degree_hours_see_the_cold_night_of_a_mild_day() -> None:
    day = np.array([6.0] * 12 + [18.0] * 12)
    assert degree_days_hourly(day, 12.0, "heating").degree_days == 3.0
    assert degree_days(days_with(np.ones(1), day.mean(keepdims=True)), 12.0, "heating").degree_days == 0.0


def test_no_temperature_at_all_is_an_error_that_says_what_to_load() -> None:
    with pytest.raises(NoData, match="load the site's weather"):
        degree_days_hourly(np.full(24, np.nan), 18.0, "heating")


@given(TEMPERATURES, st.floats(-10, 30))
def test_cooling_less_heating_is_the_mean_less_the_base(temperatures: Values, base: float) -> None:
    days = days_with(np.ones(len(temperatures)), temperatures)
    difference = degree_days(days, base, "cooling").degree_days - degree_days(days, base, "heating").degree_days
    assert difference == pytest.approx(float((temperatures - base).sum()), abs=1e-6)


@given(TEMPERATURES, st.floats(-10, 30), st.floats(0, 10))
def test_heating_degree_days_never_fall_when_the_base_rises(temperatures: Values, base: float, rise: float) -> None:
    days = days_with(np.ones(len(temperatures)), temperatures)
    assert degree_days(days, base + rise, "heating").degree_days >= degree_days(days, base, "heating").degree_days
