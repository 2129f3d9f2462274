"""Raw readings become hours by rule: what does not count is flagged, and nothing is changed in silence."""

import numpy as np
import pytest

from memory.treatment import Hours, treat
from memory.units import KWH_PER_M3
from tools.readings import Flag, MeterKind

T0 = 1_546_300_800  # 2019-01-01 00:00 UTC
NAN = float("nan")


def hours(kind: MeterKind, unit: str, readings: list[tuple[int, float]], interval_s: int = 3600) -> Hours:
    """Treat readings given as (seconds after T0, value)."""
    at = np.array([T0 + after for after, _ in readings], np.int64)
    return treat(kind, unit, at, np.array([value for _, value in readings]), interval_s=interval_s)


def test_zero_is_missing_for_electricity_and_a_reading_for_gas() -> None:
    assert hours("electricity", "kWh", [(0, 0.0), (3600, 1.5)]).flags.tolist() == [Flag.ZERO_AS_MISSING, Flag.OK]
    gas = hours("gas", "kWh", [(0, 0.0), (3600, 1.5)])
    assert gas.flags.tolist() == [Flag.ZERO_GAS, Flag.OK]
    assert gas.valid().all()


@pytest.mark.parametrize("kind", ["electricity", "gas"])
def test_negative_energy_is_kept_and_does_not_count(kind: MeterKind) -> None:
    found = hours(kind, "kWh", [(0, -3.0)])
    assert (found.values.tolist(), found.flags.tolist()) == ([-3.0], [Flag.NEGATIVE])


def test_negative_temperature_and_price_are_readings() -> None:
    assert hours("temperature", "degC", [(0, -3.0)]).valid().all()
    assert hours("price", "GBP_per_kWh", [(0, -0.1)]).valid().all()


def test_reading_without_a_value_is_absent() -> None:
    found = hours("electricity", "kWh", [(0, NAN), (3600, 2.0)])
    assert found.flags.tolist() == [Flag.ABSENT, Flag.OK]


def test_sentinel_alone_is_flagged_and_beside_readings_left_out_of_the_mean() -> None:
    found = hours("temperature", "degC", [(0, -9999.0), (3600, 19.0), (5400, 20.0), (5700, -9999.0)])
    assert found.values.tolist() == [-9999.0, 19.5]
    assert found.flags.tolist() == [Flag.SENTINEL, Flag.OK]
    assert found.sentinels.tolist() == [0, 3]


def test_quarter_hours_of_energy_add_up_and_of_power_are_averaged() -> None:
    quarters = [(n * 900, float(n)) for n in range(8)]
    assert hours("electricity", "kWh", quarters, 900).values.tolist() == [6.0, 22.0]
    assert hours("electricity", "kW", quarters, 900).values.tolist() == [1.5, 5.5]


def test_hour_with_readings_missing_keeps_its_sum_and_does_not_count() -> None:
    found = hours("electricity", "kWh", [(0, 1.0), (900, 1.0), (1800, NAN), (2700, 1.0), (3600, 2.0)], 900)
    assert found.values.tolist() == [3.0, 2.0]
    assert found.flags.tolist() == [Flag.ABSENT, Flag.ABSENT]
    assert found.partial.tolist() == [T0, T0 + 3600]


def test_first_of_two_readings_for_one_moment_counts() -> None:
    found = hours("electricity", "kWh", [(3600, 5.0), (0, 1.0), (0, 9.0), (3600, 6.0)])
    assert found.values.tolist() == [1.0, 5.0]
    assert sorted(found.duplicates.tolist()) == [2, 3]


@pytest.mark.parametrize(
    ("kind", "unit", "given", "stored"),
    [
        ("electricity", "W", 21_972.3385423333, 21_972.3385423333 / 1000),
        ("electricity", "Wh", 2500.0, 2.5),
        ("electricity", "MWh", 0.25, 250.0),
        ("gas", "m3", 2.0, 2 * KWH_PER_M3),
        ("temperature", "degF", 50.0, 10.0),
        ("carbon", "gCO2e_per_kWh", 192.0, 0.192),
    ],
)
def test_units_are_stored_as_one(kind: MeterKind, unit: str, given: float, stored: float) -> None:
    assert hours(kind, unit, [(0, given)]).values.tolist() == [pytest.approx(stored, rel=1e-15)]


def test_hours_follow_the_meters_own_grid() -> None:
    at = np.array([T0 + 1800, T0 + 3600, T0 + 5400], np.int64)
    found = treat("temperature", "degC", at, np.array([1.0, 3.0, 7.0]), offset_s=1800)
    assert (found.at.tolist(), found.values.tolist()) == ([T0 + 1800, T0 + 5400], [2.0, 7.0])


def test_no_readings_are_no_hours() -> None:
    found = treat("gas", "kWh", np.empty(0, np.int64), np.empty(0))
    assert len(found.at) == len(found.values) == len(found.flags) == 0
