"""A normal year: the same weather before and after."""

from datetime import date

import numpy as np
import pytest

from tests.tools.baseline.made import days_with, errors, year_of_means
from tools.baseline import daily_model, normal_use, normalised_savings, typical_year
from tools.errors import BadQuestion, NoData

T, OTHER, TYPICAL = year_of_means(0), year_of_means(1) - 2.0, year_of_means(2)
YEAR = typical_year(TYPICAL, date(2023, 1, 1))


def use(degc: np.typing.NDArray[np.float64], base: float = 50.0) -> np.typing.NDArray[np.float64]:
    return base + 3.0 * np.maximum(12.0 - degc, 0.0)


def test_normal_use_is_that_of_the_typical_temperatures() -> None:
    found = normal_use(daily_model(days_with(use(T) + 3.0 * errors(365), T)), YEAR)
    assert found.kwh == pytest.approx(float(use(TYPICAL).sum()), rel=0.01)


@pytest.mark.slow
def test_interval_of_95_percent_holds_the_normal_use_in_most_of_forty_meters() -> None:
    true, held = float(use(TYPICAL).sum()), 0
    for seed in range(40):
        found = normal_use(daily_model(days_with(use(T) + 3.0 * errors(365, 0.4, seed), T), shapes=["3PH"]), YEAR)
        held += found.low_kwh < true < found.high_kwh
    assert held >= 35


def test_two_years_of_weather_count_as_their_mean() -> None:
    model = daily_model(days_with(use(T), T))
    both = typical_year(np.concatenate([TYPICAL, OTHER]), date(2023, 1, 1))
    mean = (normal_use(model, YEAR).kwh + normal_use(model, typical_year(OTHER, date(2023, 1, 1))).kwh) / 2.0
    assert normal_use(model, both).kwh == pytest.approx(mean)


def test_normalised_saving_does_not_depend_on_a_colder_year() -> None:
    before = daily_model(days_with(use(T) + errors(365), T))
    after = daily_model(days_with(use(OTHER, 40.0) + errors(365, seed=2), OTHER))
    found = normalised_savings(before, after, YEAR)
    assert found.low_kwh < 3650.0 < found.high_kwh
    assert found.saved_kwh == found.before.kwh - found.after.kwh


def test_hourly_typical_year_serves_as_daily_one() -> None:
    model = daily_model(days_with(use(T), T))
    assert normal_use(model, typical_year(np.repeat(TYPICAL, 24), date(2023, 1, 1))).kwh == pytest.approx(
        normal_use(model, YEAR).kwh
    )


def test_saving_against_a_use_of_zero_has_no_percent() -> None:
    nothing, some = daily_model(days_with(np.zeros(365), T)), daily_model(days_with(use(T), T))
    assert normalised_savings(nothing, some, YEAR).percent is None


def test_half_a_year_is_no_typical_year() -> None:
    with pytest.raises(BadQuestion, match="180 temperatures are no typical year"):
        typical_year(TYPICAL[:180], date(2023, 1, 1))


def test_typical_year_with_holes_is_no_data() -> None:
    holed = np.where(np.arange(365) < 30, np.nan, TYPICAL)
    with pytest.raises(NoData, match="not 335"):
        normal_use(daily_model(days_with(use(T), T)), typical_year(holed, date(2023, 1, 1)))
