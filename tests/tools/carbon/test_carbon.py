"""Emissions are use times a factor whose kind, year and source are said."""

from datetime import UTC, datetime

import numpy as np
import pytest

from tools.carbon.emissions import annual_emissions, avoided, hourly_emissions
from tools.carbon.factors import shipped_factors, stated
from tools.carbon.scope2 import Contract, scope2
from tools.clock import clock
from tools.errors import BadQuestion, NoData

GB = shipped_factors("GB", "electricity")


def test_hourly_emissions_weight_the_factor_by_use() -> None:
    found = hourly_emissions(np.array([1.0, 3.0]), np.array([0.1, 0.3]))
    assert found.kg == pytest.approx(1.0)
    assert found.kg_per_kwh == pytest.approx(0.25)
    assert found.plain_kg_per_kwh == pytest.approx(0.2)
    assert "average factor of that hour" in found.method


def test_hours_without_a_factor_do_not_count_and_are_said() -> None:
    found = hourly_emissions(np.array([1.0, 1.0, np.nan, 5.0]), np.array([0.2, 0.2, 0.2, np.nan]))
    assert found.kg == pytest.approx(0.4)
    assert found.coverage == 0.5
    assert any("5 kWh fall into hours without" in note for note in found.notes)


def test_fed_in_energy_is_not_subtracted() -> None:
    found = hourly_emissions(np.array([-4.0, 2.0]), np.array([0.2, 0.2]))
    assert found.kg == pytest.approx(0.4)
    assert any("not subtracted" in note for note in found.notes)


def test_negative_use_alone_has_no_mean_factor() -> None:
    assert hourly_emissions(np.array([-4.0]), np.array([0.2])).kg_per_kwh is None


def test_each_local_year_has_its_own_factor() -> None:
    local = clock("Europe/London", datetime(2019, 12, 31, tzinfo=UTC), 48)
    found = annual_emissions(np.ones(48), local, GB)
    assert found.kg == pytest.approx(24 * 0.2556 + 24 * 0.23314)
    assert "2019" in found.method
    assert "2020" in found.method


def test_year_without_a_factor_is_an_error_that_names_those_there_are() -> None:
    local = clock("Europe/London", datetime(2010, 6, 1, tzinfo=UTC), 24)
    with pytest.raises(NoData, match=r"for 2010 .* 2015"):
        annual_emissions(np.ones(24), local, GB)


def test_year_without_a_reading_needs_no_factor() -> None:
    local = clock("Europe/London", datetime(2014, 12, 31, tzinfo=UTC), 48)
    hours = np.where(np.arange(48) < 24, np.nan, 1.0)
    assert annual_emissions(hours, local, GB).kg == pytest.approx(24 * 0.46219)


def test_region_that_is_not_shipped_needs_a_stated_factor() -> None:
    with pytest.raises(NoData, match="no shipped electricity factors of IN"):
        shipped_factors("IN", "electricity")
    given = stated({2016: 0.82}, "IN", "electricity", "CEA")
    local = clock("Asia/Kolkata", datetime(2016, 6, 1, tzinfo=UTC), 24)
    found = annual_emissions(np.ones(24), local, given)
    assert found.kg == pytest.approx(24 * 0.82)
    assert "CEA" in found.method


def test_factor_of_carbon_dioxide_alone_is_said() -> None:
    local = clock("America/New_York", datetime(2022, 6, 1, tzinfo=UTC), 24)
    found = annual_emissions(np.ones(24), local, shipped_factors("US", "electricity"))
    assert found.gases == "CO2"
    assert any("CO2 alone" in note for note in found.notes)


def test_hourly_factors_of_carbon_dioxide_alone_are_said_of_a_load_and_of_what_a_change_avoids() -> None:
    hours, factor = np.ones(24), np.full(24, 0.2)
    for found in (
        hourly_emissions(hours, factor, gases="CO2"),
        avoided(hours, 0.5 * hours, factor, "marginal", gases="CO2"),
    ):
        assert found.gases == "CO2"
        assert any("CO2 alone" in note for note in found.notes)
    assert not any("CO2 alone" in note for note in hourly_emissions(hours, factor).notes)


def test_gas_is_burned_at_its_gross_calorific_value() -> None:
    assert shipped_factors("GB", "gas").of(2019) == pytest.approx(0.18385)
    assert "gross" in shipped_factors("GB", "gas").sources[2019]


def test_avoided_emissions_use_the_marginal_factor_where_it_is_given() -> None:
    before, after, factor = np.full(4, 10.0), np.full(4, 8.0), np.array([0.1, 0.2, 0.3, 0.4])
    found = avoided(before, after, factor, "marginal")
    assert found.kg == pytest.approx(2.0)
    assert found.kwh == pytest.approx(8.0)
    assert "marginal" in found.method
    assert found.notes == ()


def test_avoided_emissions_by_the_average_factor_are_doubted() -> None:
    found = avoided(np.full(4, 10.0), np.full(4, 8.0), np.full(4, 0.2), "average")
    assert any("no marginal one" in note for note in found.notes)


def test_shifted_load_avoids_emissions_without_saving_energy() -> None:
    found = avoided(np.array([10.0, 0.0]), np.array([0.0, 10.0]), np.array([0.4, 0.1]), "marginal")
    assert found.kg == pytest.approx(3.0)
    assert found.kg_per_kwh is None


@pytest.mark.parametrize("hours", [np.full(4, np.nan), np.array([])])
def test_nothing_valid_emits_nothing_known(hours: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> None:
    with pytest.raises(NoData, match="both a reading and a carbon factor"):
        hourly_emissions(hours, np.full(len(hours), 0.2))


def test_factors_of_another_length_are_refused() -> None:
    with pytest.raises(BadQuestion, match="2 hourly factors are given for 3"):
        hourly_emissions(np.ones(3), np.ones(2))


LOCATION = hourly_emissions(np.full(100, 10.0), np.full(100, 0.2))  # 1,000 kWh, 200 kg


def test_without_contracts_the_residual_mix_takes_all() -> None:
    found = scope2(LOCATION, residual_kg_per_kwh=0.35)
    assert found.market_kg == pytest.approx(350.0)
    assert found.location.kg == pytest.approx(200.0)


def test_contract_covers_its_part_and_the_residual_mix_the_rest() -> None:
    found = scope2(LOCATION, [Contract("green tariff", 600.0, 0.0)], 0.35)
    assert found.market_kg == pytest.approx(140.0)
    assert (found.covered_kwh, found.residual_kwh) == (600.0, 400.0)


def test_contract_beyond_the_use_counts_nothing_and_says_so() -> None:
    found = scope2(LOCATION, [Contract("wind", 1500.0, 0.01)], 0.35)
    assert found.market_kg == pytest.approx(10.0)
    assert any("500 kWh of wind exceed" in note for note in found.notes)


def test_contract_without_quality_is_left_out() -> None:
    found = scope2(LOCATION, [Contract("old certificates", 600.0, 0.0, meets_quality=False)], 0.35)
    assert found.market_kg == pytest.approx(350.0)
    assert any("old certificates" in note for note in found.notes)


def test_grids_average_stands_in_for_a_missing_residual_mix_and_says_so() -> None:
    found = scope2(LOCATION)
    assert found.market_kg == pytest.approx(200.0)
    assert any("green power twice" in note for note in found.notes)


@pytest.mark.parametrize("contract", [Contract("odd", -1.0, 0.1), Contract("odd", 1.0, -0.1)])
def test_negative_contract_is_refused(contract: Contract) -> None:
    with pytest.raises(BadQuestion, match="neither is negative"):
        scope2(LOCATION, [contract])


def test_negative_residual_mix_is_refused() -> None:
    with pytest.raises(BadQuestion, match="no factor"):
        scope2(LOCATION, residual_kg_per_kwh=-0.1)
