"""Quantiles of weighted errors, and the typical hour, are what a person would count."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tools.forecast.intervals import weighted_quantiles
from tools.forecast.typical import moved, trailing_mean, typical


def test_equal_weights_give_plain_quantiles() -> None:
    values = np.arange(1001.0)
    assert weighted_quantiles(values, np.ones(1001), (0.05, 0.95)) == pytest.approx((50.0, 950.0), abs=1.0)


def test_value_without_weight_does_not_count() -> None:
    values, weight = np.array([0.0, 1.0, 2.0, 1e6]), np.array([1.0, 1.0, 1.0, 1e-12])
    assert weighted_quantiles(values, weight, (0.5, 0.8))[1] <= 2.0


def test_no_values_give_no_quantile() -> None:
    assert np.isnan(weighted_quantiles(np.full(3, np.nan), np.ones(3), (0.1, 0.9))).all()


@given(arrays(np.float64, 30, elements=st.floats(-1e6, 1e6)), st.floats(0.01, 0.49))
def test_quantiles_are_in_order_and_inside_the_values(values: np.ndarray, tail: float) -> None:
    low, high = weighted_quantiles(values, np.linspace(0.1, 1.0, 30), (tail, 1.0 - tail))
    assert values.min() <= low <= high <= values.max()


def test_typical_hour_is_of_the_last_days_of_its_kind_and_no_later() -> None:
    values = np.repeat(np.arange(10.0)[:, None], 2, axis=1)
    kind = np.repeat((np.arange(10) % 2)[:, None], 2, axis=1)
    found = typical(values, kind, ahead=3, count=2)
    assert found[9].tolist() == [4.0, 4.0]  # of rows 3 and 5: 7 is too late for three rows ahead
    assert np.isnan(found[2]).all()


def test_typical_leaves_out_what_is_missing() -> None:
    values = np.array([[1.0], [np.nan], [5.0], [9.0]])
    assert typical(values, np.zeros((4, 1), dtype=np.int64), 1, 3)[3, 0] == 3.0


def test_moving_and_trailing_means_look_back_only() -> None:
    assert moved(np.arange(4.0), 2).tolist()[2:] == [0.0, 1.0]
    assert trailing_mean(np.array([1.0, np.nan, 3.0]), 2).tolist() == [1.0, 1.0, 3.0]
