"""CV(RMSE), NMBE and fractional savings uncertainty are what a spreadsheet computes from the same columns."""

from math import sqrt

import numpy as np
import pytest

from tools.baseline import Goodness, fractional_uncertainty, goodness
from tools.baseline.guideline14 import DAYS_IN_MONTH, factor_of
from tools.baseline.quantiles import t_quantile

FITTED = Goodness(365, 5, 100.0, 12.0, 0.12, 0.0, 0.8, 0.79, 0.4, 365 * 0.6 / 1.4)


def test_figures_of_five_points_by_hand() -> None:
    found = goodness(np.array([10.0, 12.0, 14.0, 16.0, 18.0]), np.array([11.0, 12.0, 13.0, 17.0, 18.0]), 2)
    assert found.rmse_kwh == pytest.approx(sqrt(3.0 / 3.0))
    assert found.cvrmse == pytest.approx(1.0 / 14.0)
    assert found.nmbe == pytest.approx(-1.0 / 3.0 / 14.0)
    assert found.r2 == pytest.approx(1.0 - 3.0 / 40.0)
    assert found.adjusted_r2 == pytest.approx(1.0 - (3.0 / 3.0) / (40.0 / 4.0))


def test_steps_without_a_value_do_not_count() -> None:
    found = goodness(np.array([10.0, np.nan, 14.0]), np.array([9.0, 5.0, np.nan]), 1)
    assert (found.n, found.mean_kwh) == (1, 10.0)


def test_zero_use_has_no_ratios_and_constant_use_no_r2() -> None:
    zero = goodness(np.zeros(9), np.zeros(9), 1)
    assert (zero.cvrmse, zero.nmbe, zero.r2) == (None, None, None)
    assert goodness(np.zeros(0), np.zeros(0), 1).n == 0


def test_daily_uncertainty_is_sun_and_baltazars_formula() -> None:
    found = fractional_uncertainty(FITTED, 365, 365.0, 0.1, "daily")
    months = 365.0 / DAYS_IN_MONTH
    factor = -0.00024 * months**2 + 0.03535 * months + 1.00286
    n, effective = 365, 365 * 0.6 / 1.4
    by_hand = 1.6490 * factor * 0.12 * sqrt(n / effective * (1 + 2 / effective) / 365) / 0.1
    assert found.at_90 == pytest.approx(by_hand, rel=1e-3)
    assert found.factor == pytest.approx(factor)


def test_hourly_uncertainty_has_the_factor_of_reddy_and_claridge() -> None:
    assert factor_of("hourly", 12.0) == 1.26
    assert factor_of("monthly", 12.0) == pytest.approx(-0.00022 * 144 + 0.03306 * 12 + 0.94054)


def test_half_at_68_percent_is_the_limit_of_acceptance() -> None:
    small, large = (fractional_uncertainty(FITTED, 365, 365.0, share, "daily") for share in (0.01, 0.2))
    assert not small.is_acceptable
    assert large.is_acceptable


@pytest.mark.parametrize("fraction", [None, 0.0])
def test_nothing_avoided_has_no_fraction(fraction: float | None) -> None:
    found = fractional_uncertainty(FITTED, 365, 365.0, fraction, "daily")
    assert (found.at_68, found.at_90, found.is_acceptable) == (None, None, False)


def test_quantiles_are_students() -> None:
    assert t_quantile(0.95, 10) == pytest.approx(2.2281, abs=1e-4)
    assert t_quantile(0.90, 1e6) == pytest.approx(1.6449, abs=1e-4)
