"""The peak is taken apart into what went with it, and the parts sum to it."""

from datetime import UTC, datetime

import numpy as np
import pytest

from tests.tools.profiles.load import WEEK_H, london, office
from tools.errors import NoData
from tools.profiles.peak import peak_driver

SUMMER = datetime(2019, 6, 3, tzinfo=UTC)


def season(n: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return temperatures that swing by day and wander over the weeks."""
    t = np.arange(n)
    return np.asarray(20 + 5 * np.sin(2 * np.pi * (t - 9) / 24) + 6 * np.sin(2 * np.pi * t / (24 * 17)))


def test_chiller_is_driven_by_heat() -> None:
    local = london(10, SUMMER)
    temperature = season(10 * WEEK_H)
    hours = 20.0 + 10.0 * np.maximum(temperature - 18, 0) + 5.0 * (local.weekday < 5)
    found = peak_driver(hours, local, temperature)
    assert found.driver == "the outdoor temperature"
    assert found.explained > 0.95
    assert found.parts[0].percent > 60
    assert found.temperature_degc == temperature[found.at]


def test_office_is_driven_by_its_hours() -> None:
    local = london(10, SUMMER)
    hours = office(local) + 0.01 * np.arange(10 * WEEK_H) / WEEK_H
    found = peak_driver(hours, local, season(10 * WEEK_H))
    assert found.driver.startswith("the hour of the day")
    assert any("working day" in part.name for part in found.parts)


def test_single_odd_hour_is_driven_by_nothing_known() -> None:
    local = london(10, SUMMER)
    hours = office(local)
    hours[1000] = 900.0
    found = peak_driver(hours, local, season(10 * WEEK_H))
    assert found.at == 1000
    assert found.driver == "nothing of these"


@pytest.mark.parametrize("seed", range(5))
def test_parts_sum_to_the_height_over_the_mean(seed: int) -> None:
    local = london(6, SUMMER)
    rng = np.random.default_rng(seed)
    temperature = season(6 * WEEK_H)
    hours = office(local) + rng.normal(0, 10, 6 * WEEK_H) + 2 * temperature
    hours[rng.random(6 * WEEK_H) < 0.2] = np.nan
    found = peak_driver(hours, local, temperature)
    assert sum(p.kw for p in found.parts) == pytest.approx(found.peak_kw - found.mean_kw)
    assert sum(p.percent for p in found.parts) == pytest.approx(100.0)
    assert list(found.parts) == sorted(found.parts, key=lambda p: -p.kw)


def test_without_temperature_the_weather_is_not_told_apart_and_it_says_so() -> None:
    local = london(4)
    found = peak_driver(office(local), local)
    assert all("temperature" not in p.name for p in found.parts)
    assert any("no outdoor temperature" in note for note in found.notes)


def test_unknown_temperature_of_the_peak_hour_is_said() -> None:
    local = london(4)
    hours = office(local)
    hours[200] = 500.0
    temperature = season(4 * WEEK_H)
    temperature[190:210] = np.nan
    assert any("peak hour is not known" in note for note in peak_driver(hours, local, temperature).notes)


def test_load_that_falls_with_heat_has_no_cooling_part() -> None:
    local = london(6, SUMMER)
    temperature = season(6 * WEEK_H)
    found = peak_driver(200 - 3 * temperature, local, temperature)
    assert found.explained > 0.5  # the hour stands for part of it, heating under 18 degC for another


def test_constant_load_has_no_driver() -> None:
    local = london(4)
    found = peak_driver(np.full(4 * WEEK_H, 5.0), local, season(4 * WEEK_H))
    assert found.parts == ()
    assert "constant" in found.driver


def test_few_hours_are_refused() -> None:
    local = london(1)
    with pytest.raises(NoData, match="too few"):
        peak_driver(office(local), local)
