"""A change of level is found with its date and size, and noise, weather and weekdays make none."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.made_load import START, hours_of, load_kwh, temperature_degc
from tools.change import Changes, level_changes
from tools.change.segments import change_points, levels
from tools.clock import LocalClock
from tools.errors import NoData
from tools.figures import Values

DAY = 24


def changes(kwh: Values, least_percent: float = 5.0) -> Changes:
    days = len(kwh) // DAY
    return level_changes(kwh, hours_of(days), temperature_degc(days), least_percent=least_percent)


@pytest.mark.parametrize("step_kwh", [-4.0, 3.0, 20.0])
def test_step_is_found_on_its_day_with_its_size(step_kwh: float) -> None:
    kwh = load_kwh(hours_of(400), kwh_per_k=1.0)
    usual = kwh[: 200 * DAY].sum() / 200
    kwh[200 * DAY :] += step_kwh
    found = changes(kwh).changes
    assert len(found) == 1
    assert found[0].at == START.date() + timedelta(days=200)
    assert found[0].earliest <= found[0].at <= found[0].latest
    assert found[0].kwh_per_day == pytest.approx(DAY * step_kwh, rel=0.2)
    assert found[0].percent == pytest.approx(100 * DAY * step_kwh / usual, rel=0.25)
    assert str(found[0].at) in found[0].words


def test_percent_is_of_the_level_at_equal_weather_and_not_of_a_summers_small_use() -> None:
    rng = np.random.default_rng(0)
    degc = temperature_degc(730) + rng.normal(0.0, 2.0, 730).repeat(DAY)
    kwh = 3.0 + 4.0 * np.maximum(14.0 - degc, 0.0) + 0.1 * rng.normal(size=730).repeat(DAY)
    usual = kwh.sum() / 730
    kwh[150 * DAY : 250 * DAY] += 10.0
    up, down = level_changes(kwh, hours_of(730), degc).changes
    assert up.percent == pytest.approx(100 * DAY * 10.0 / usual, rel=0.1)
    assert down.percent == pytest.approx(-100 * DAY * 10.0 / (usual + DAY * 10.0), rel=0.1)


def test_weather_weekdays_and_noise_are_no_change() -> None:
    for seed in range(5):
        assert not changes(load_kwh(hours_of(700), seed, noise=0.1, kwh_per_k=2.0)).changes


def test_noise_that_remembers_makes_few_changes() -> None:
    """Of twenty simulated years with a correlation of 0.6 from day to day at most four show a change."""
    found = 0
    for seed in range(20):
        rng, wander = np.random.default_rng(seed), np.zeros(365)
        for day in range(1, 365):
            wander[day] = 0.6 * wander[day - 1] + 0.05 * rng.standard_normal()
        kwh = load_kwh(hours_of(365), seed) * (1.0 + np.repeat(wander, DAY))
        found += bool(changes(kwh).changes)
    assert found <= 4


def test_step_and_weather_are_told_apart_when_they_come_together() -> None:
    """From spring to summer heating falls away; a step up on 1 May is found all the same."""
    kwh = load_kwh(hours_of(365), kwh_per_k=3.0)
    kwh[120 * DAY :] += 5.0
    found = changes(kwh).changes
    assert [abs((one.at - date(2018, 5, 1)).days) <= 2 for one in found] == [True]


def test_without_temperature_the_doubt_is_said() -> None:
    found = level_changes(load_kwh(hours_of(60)), hours_of(60))
    assert any("no outdoor temperature" in note for note in found.notes)
    assert any("less than a year" in note for note in found.notes)


def test_one_odd_week_is_no_change_of_level() -> None:
    kwh = load_kwh(hours_of(365))
    kwh[100 * DAY : 107 * DAY] *= 3.0
    assert not changes(kwh).changes


def test_change_that_comes_every_year_is_a_season() -> None:
    kwh = load_kwh(hours_of(1000))
    for year in range(2):
        kwh[(year * 365 + 180) * DAY : (year * 365 + 240) * DAY] *= 0.6
    assert [one.recurs for one in changes(kwh).changes] == [True] * 4


def test_changes_follow_each_other_until_the_end() -> None:
    kwh = load_kwh(hours_of(300))
    kwh[100 * DAY : 120 * DAY] += 10.0
    found = changes(kwh).changes
    dates = [one.at for one in found] + [one.until for one in found[-1:]]
    assert dates == [START.date() + timedelta(days=days) for days in (100, 120, 300)]
    assert [one.until for one in found] == dates[1:]


def test_step_from_zero_has_no_percent() -> None:
    kwh = np.zeros(120 * DAY)
    kwh[60 * DAY :] = 5.0
    found = level_changes(kwh, hours_of(120)).changes
    assert len(found) == 1
    assert found[0].kwh_per_day == pytest.approx(120.0, rel=0.01)
    assert found[0].percent is None


def test_constant_use_has_no_change() -> None:
    assert not level_changes(np.full(200 * DAY, 4.0), hours_of(200)).changes


def test_small_changes_are_left_out_on_request() -> None:
    kwh = load_kwh(hours_of(400))
    kwh[200 * DAY :] *= 1.1
    assert not changes(kwh, least_percent=15.0).changes


def test_missing_days_do_not_move_the_date() -> None:
    kwh = load_kwh(hours_of(400))
    kwh[200 * DAY :] *= 1.3
    kwh[np.random.default_rng(1).random(len(kwh)) < 0.2] = np.nan
    kwh[100 * DAY : 110 * DAY] = np.nan
    found = changes(kwh)
    assert [one.at for one in found.changes] == [START.date() + timedelta(days=200)]
    assert found.coverage == pytest.approx(390 / 400, abs=0.02)


@pytest.mark.parametrize("kwh", [np.zeros(0), np.full(1000, np.nan), np.full(1, 3.0), np.ones(20 * DAY)])
def test_under_four_weeks_is_refused(kwh: Values) -> None:
    with pytest.raises(NoData, match="at least 28 days"):
        level_changes(kwh, _clock_of(len(kwh)))


def _clock_of(n: int) -> LocalClock:
    local = hours_of(n // DAY + 1)
    return LocalClock(local.local[:n], local.hour[:n], local.weekday[:n])


@given(arrays(np.float64, 40, elements=st.floats(-100, 100)), st.integers(1, 8), st.floats(0.1, 1e4))
def test_stretches_are_long_enough_and_no_partition_is_cheaper(values: Values, least: int, penalty: float) -> None:
    weight = np.ones(40)
    starts = change_points(values, weight, least, penalty)
    assert all(np.diff([0, *starts, 40]) >= least)

    def cost(cut: list[int]) -> float:
        return float(((values - levels(values, weight, cut)) ** 2).sum()) + penalty * len(cut)

    single = [[at] for at in range(least, 41 - least)]
    assert cost(starts) <= min(cost(cut) for cut in [[], *single]) + 1e-6
