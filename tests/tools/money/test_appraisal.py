"""Payback, return and present value are those of the textbook."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.errors import BadQuestion
from tools.money.appraisal import appraise


def test_present_value_is_that_of_an_annuity() -> None:
    found = appraise(1000.0, 200.0, 10, 5.0)
    assert found.npv == pytest.approx(200 * (1 - 1.05**-10) / 0.05 - 1000)
    assert found.simple_payback_years == pytest.approx(5.0)
    assert found.roi_percent == pytest.approx(100.0)
    assert found.irr_percent == pytest.approx(15.0984, abs=1e-3)  # the rate at which the annuity factor is 5
    assert found.cash_flows == (-1000.0, *[200.0] * 10)


def test_discounted_payback_is_linear_within_its_year() -> None:
    # 110 and 121 in two years at 10 % are worth 100 each: 150 is made up after one and a half.
    found = appraise(150.0, 110.0, 2, 10.0, price_growth_percent=10.0)
    assert found.discounted_payback_years == pytest.approx(1.5)


def test_growth_upkeep_and_residual_are_in_the_flows() -> None:
    found = appraise(500.0, 100.0, 3, 0.0, price_growth_percent=10.0, upkeep_per_year=20.0, residual=50.0)
    assert found.cash_flows == pytest.approx((-500.0, 80.0, 90.0, 151.0))
    assert any("grows by 10 %" in words for words in found.assumptions)


@pytest.mark.parametrize("saving", [0.0, -10.0])
def test_saving_of_nothing_never_pays_back(saving: float) -> None:
    found = appraise(1000.0, saving, 10, 5.0)
    assert found.simple_payback_years is None
    assert found.discounted_payback_years is None
    assert found.irr_percent is None
    assert any("never pays back" in note for note in found.notes)


def test_free_measure_pays_at_once_and_has_no_return_on_nothing() -> None:
    found = appraise(0.0, 100.0, 5, 5.0)
    assert (found.simple_payback_years, found.roi_percent, found.irr_percent) == (0.0, None, None)
    assert found.npv > 0


def test_simple_payback_may_exceed_the_life_and_the_discounted_one_is_then_none() -> None:
    found = appraise(1000.0, 50.0, 10, 5.0)
    assert found.simple_payback_years == pytest.approx(20.0)
    assert found.discounted_payback_years is None
    assert found.roi_percent == pytest.approx(-50.0)


@pytest.mark.parametrize(
    ("investment", "years", "rate", "words"),
    [(-1.0, 5, 5.0, "zero or more"), (1.0, 0, 5.0, "one whole year"), (1.0, 5, -100.0, "above -100")],
)
def test_what_cannot_be_appraised_is_refused(investment: float, years: int, rate: float, words: str) -> None:
    with pytest.raises(BadQuestion, match=words):
        appraise(investment, 10.0, years, rate)


@given(st.floats(1, 1e6), st.floats(1, 1e6), st.integers(1, 40))
def test_present_value_is_zero_at_the_internal_rate(investment: float, saving: float, years: int) -> None:
    found = appraise(investment, saving, years, 5.0)
    if found.irr_percent is not None:
        again = appraise(investment, saving, years, found.irr_percent)
        assert again.npv == pytest.approx(0.0, abs=1e-4 * investment)


@given(st.floats(1, 1e5), st.floats(1, 1e5), st.integers(1, 30), st.floats(0, 20))
def test_discounting_never_shortens_the_payback(investment: float, saving: float, years: int, rate: float) -> None:
    found = appraise(investment, saving, years, rate)
    assert found.simple_payback_years is not None
    if found.discounted_payback_years is not None:
        assert found.discounted_payback_years >= found.simple_payback_years * (1 - 1e-9)
    assert np.isfinite(found.npv)
