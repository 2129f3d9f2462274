"""Energy per floor area is what a spreadsheet gives, and says what it leaves out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.errors import BadQuestion, NoData
from tools.peers.intensity import intensity, intensity_of_year, kbtu_per_ft2, kwh_per_m2
from tools.peers.source_factors import EPA_CANADA

YEAR_H, LEAP_YEAR_H = 8760, 8784


def test_both_carriers_count_in_site_energy_and_each_by_its_factor_in_source_energy() -> None:
    found = intensity({"electricity": np.full(YEAR_H, 10.0), "gas": np.full(YEAR_H, 5.0)}, 1000.0)
    assert found.site_kwh_per_m2 == pytest.approx((87_600 + 43_800) / 1000)
    assert found.source_kwh_per_m2 == pytest.approx((2.80 * 87_600 + 1.05 * 43_800) / 1000)
    assert found.is_annual
    assert found.coverage == 1.0
    assert "electricity 2.80, gas 1.05" in found.notes[0]


def test_us_units_are_those_of_portfolio_manager() -> None:
    # 100,000 kWh in 10,000 ft2: 3.412 kBtu each.
    found = intensity({"electricity": np.full(YEAR_H, 100_000 / YEAR_H)}, 10_000 * 0.09290304)
    assert found.site_kbtu_per_ft2 == pytest.approx(34.12, abs=0.005)
    assert found.source_kbtu_per_ft2 == pytest.approx(95.54, abs=0.01)


@given(st.floats(-1e6, 1e6))
def test_units_convert_there_and_back(value: float) -> None:
    assert kwh_per_m2(kbtu_per_ft2(value)) == pytest.approx(value)


def test_normalised_use_of_a_year_has_an_intensity_that_says_what_it_is() -> None:
    found = intensity_of_year({"electricity": 87_600.0, "gas": 43_800.0}, 1000.0, note="in a typical year's weather")
    assert found.site_kwh_per_m2 == pytest.approx(131.4)
    assert found.source_kwh_per_m2 == pytest.approx(2.80 * 87.6 + 1.05 * 43.8)
    assert found.notes[0] == "in a typical year's weather"


def test_year_without_energy_of_any_carrier_has_no_intensity() -> None:
    with pytest.raises(NoData, match="no energy"):
        intensity_of_year({}, 1000.0)


def test_leap_year_is_a_year() -> None:
    assert intensity({"electricity": np.ones(LEAP_YEAR_H)}, 10.0).is_annual


def test_part_of_a_year_is_not_scaled_and_says_so() -> None:
    found = intensity({"electricity": np.ones(200 * 24)}, 10.0)
    assert found.site_kwh_per_m2 == pytest.approx(480.0)
    assert not found.is_annual
    assert any("200 days" in note for note in found.notes)


def test_missing_hours_lower_the_measured_figure_and_not_the_filled_one() -> None:
    hours = np.ones(YEAR_H)
    hours[: YEAR_H // 4] = np.nan
    found = intensity({"electricity": hours}, 10.0)
    assert found.site_kwh_per_m2 == pytest.approx(657.0)
    assert found.filled_site_kwh_per_m2 == pytest.approx(876.0)
    assert found.coverage == 0.75
    assert any("75.0 %" in note for note in found.notes)


def test_single_carrier_says_that_peers_count_every_fuel() -> None:
    assert any("every fuel" in note for note in intensity({"electricity": np.ones(YEAR_H)}, 10.0).notes)


def test_net_export_is_below_zero_and_says_so() -> None:
    found = intensity({"electricity": np.full(YEAR_H, -1.0)}, 10.0)
    assert found.site_kwh_per_m2 < 0
    assert any("fed in" in note for note in found.notes)


def test_building_without_area_has_no_intensity_and_the_remedy_is_named() -> None:
    with pytest.raises(NoData, match="eaio building set b4 --area"):
        intensity({"electricity": np.ones(YEAR_H)}, None, building="b4")


@pytest.mark.parametrize("area", [0.0, -5.0])
def test_absurd_area_is_refused(area: float) -> None:
    with pytest.raises(BadQuestion, match="above zero"):
        intensity({"electricity": np.ones(YEAR_H)}, area)


@pytest.mark.parametrize("hours", [np.array([]), np.full(24, np.nan)])
def test_carrier_without_a_valid_hour_has_no_intensity(hours: np.ndarray[tuple[int], np.dtype[np.float64]]) -> None:
    with pytest.raises(NoData, match="no valid hour of gas"):
        intensity({"gas": hours}, 10.0)


def test_no_carrier_at_all_has_no_intensity() -> None:
    with pytest.raises(NoData, match="no meter"):
        intensity({}, 10.0)


def test_carriers_of_different_length_are_refused() -> None:
    with pytest.raises(BadQuestion, match="same hours"):
        intensity({"electricity": np.ones(24), "gas": np.ones(48)}, 10.0)


def test_standard_without_a_factor_is_named() -> None:
    with pytest.raises(NoData, match="no source factor for steam"):
        intensity({"steam": np.ones(YEAR_H)}, 10.0, EPA_CANADA)
