"""Errors with a memory: how long it is, and what a sum of them varies by."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tools.baseline.made import errors
from tools.baseline.noise import Noise, effective_n, lag1, memory_of


def test_lag_one_correlation_is_that_of_neighbours() -> None:
    x = np.array([1.0, 2.0, 4.0, 3.0, 5.0])
    assert lag1(x) == pytest.approx(np.corrcoef(x[:-1], x[1:])[0, 1])


def test_missing_day_breaks_the_pair_and_nothing_else() -> None:
    x = errors(400, 0.6)
    holed = x.copy()
    holed[::50] = np.nan
    assert lag1(holed) == pytest.approx(lag1(x), abs=0.1)


@pytest.mark.parametrize("values", [[], [1.0], [2.0, 2.0, 2.0, 2.0], [np.nan] * 9])
def test_nothing_to_correlate_is_no_correlation(values: list[float]) -> None:
    assert lag1(np.array(values)) == 0.0


def test_effective_number_of_days_is_guideline_14s() -> None:
    assert effective_n(365, 0.5) == pytest.approx(365 * 0.5 / 1.5)


@given(st.floats(1, 10_000), st.floats(-1, 1))
def test_effective_number_is_never_more_than_was_measured_nor_less_than_one(n: float, rho: float) -> None:
    assert 1.0 <= effective_n(n, rho) <= n


@pytest.mark.parametrize("rho", [0.3, 0.6, 0.8])
def test_memory_of_one_day_is_found_with_its_strength(rho: float) -> None:
    memory = memory_of(errors(2000, rho))
    assert memory[0] == pytest.approx(rho, abs=0.1)
    assert Noise(1.0, memory).inflation == pytest.approx((1 + rho) / (1 - rho), rel=0.3)


def test_independent_errors_are_rarely_given_a_memory() -> None:
    assert sum(len(memory_of(errors(365, seed=seed))) > 0 for seed in range(40)) <= 6


def test_variance_of_a_sum_is_that_of_the_covariance_matrix() -> None:
    noise = Noise(2.0, np.array([0.5, 0.2]))
    n, deviations = 40, np.linspace(0.0, 3.0, 40)
    rho = noise.correlations(n)
    matrix = rho[np.abs(np.subtract.outer(np.arange(n), np.arange(n)))]
    assert noise.variance_of_sum(deviations) == pytest.approx(float(deviations @ matrix @ deviations))


def test_correlations_of_an_autoregression_follow_yule_and_walker() -> None:
    rho = Noise(1.0, np.array([0.5, 0.2])).correlations(5)
    assert rho[1] == pytest.approx(0.5 / 0.8)
    assert rho[2] == pytest.approx(0.5 * rho[1] + 0.2)
    assert rho[4] == pytest.approx(0.5 * rho[3] + 0.2 * rho[2])


def test_alternating_errors_do_not_narrow_a_sum() -> None:
    noise = Noise(1.0, np.array([-0.6]))
    assert noise.variance_of_sum(np.ones(100)) == pytest.approx(100.0)
    assert noise.inflation == 1.0


def test_errors_in_proportion_grow_with_what_is_expected() -> None:
    noise = Noise(0.1, np.zeros(0), in_proportion=True, least_kwh=5.0)
    assert noise.deviations_kwh(np.array([100.0, 10.0, 0.0])).tolist() == [10.0, 1.0, 0.5]
