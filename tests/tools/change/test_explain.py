"""A difference between two periods is explained by what made it, and its parts sum to it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.made_load import OPEN_KWH, hours_of, load_kwh, temperature_degc
from tools.change import Explanation, PeriodUse, explain
from tools.clock import LocalClock
from tools.errors import NoData
from tools.figures import Values

DAY, HALF = 24, 365 * 24


def parted(kwh: Values, degc: Values | None = None, at: int = HALF, end: int | None = None) -> Explanation:
    """Explain what came after `at` by what came before."""
    local = hours_of(len(kwh) // DAY)
    periods = []
    for span in (slice(0, at), slice(at, end or len(kwh))):
        clock = LocalClock(local.local[span], local.hour[span], local.weekday[span])
        periods.append(PeriodUse(kwh[span], clock, None if degc is None else degc[span]))
    return explain(*periods)


def part(found: Explanation, kind: str) -> float:
    return sum(one.kwh for one in found.causes if one.kind == kind)


def test_step_is_a_change_of_level_with_its_date() -> None:
    kwh = load_kwh(hours_of(730))
    kwh[HALF:] *= 1.2
    found = parted(kwh, temperature_degc(730))
    assert found.kwh == pytest.approx(kwh[HALF:].sum() - kwh[:HALF].sum())
    assert found.causes[0].kind == "level"
    assert found.causes[0].share_percent == pytest.approx(100.0, abs=10.0)
    assert "2019-01-01" in found.causes[0].words


def test_colder_year_is_weather() -> None:
    degc = temperature_degc(730) + np.repeat(np.random.default_rng(2).normal(0, 3, 730), DAY)
    degc[HALF:] -= 3.0
    plain = load_kwh(hours_of(730))
    heat = 2.0 * np.maximum(15.0 - np.repeat(degc.reshape(-1, DAY).mean(axis=1), DAY), 0.0)
    found = parted(plain + heat, degc)
    assert found.causes[0].kind == "weather"
    assert found.causes[0].kwh == pytest.approx(heat[HALF:].sum() - heat[:HALF].sum(), rel=0.15)


def test_longer_days_are_schedule() -> None:
    local = hours_of(730)
    kwh = load_kwh(local)
    longer = (local.weekday < 5) & np.isin(local.hour, (18, 19, 20)) & (np.arange(len(kwh)) >= HALF)
    kwh[longer] += OPEN_KWH
    found = parted(kwh, temperature_degc(730))
    assert found.causes[0].kind == "schedule"
    assert found.causes[0].kwh == pytest.approx(longer.sum() * OPEN_KWH, rel=0.15)
    assert "3.0 hours longer" in found.causes[0].words


def test_missing_readings_are_told_from_saving() -> None:
    kwh = load_kwh(hours_of(730))
    kwh[HALF + 1000 : HALF + 4000] = np.nan
    found = parted(kwh)
    assert found.causes[0].kind == "missing_readings"
    assert found.coverage == pytest.approx(1 - 3000 / HALF)
    assert any("66 %" in note for note in found.notes)


def test_shorter_period_is_length() -> None:
    kwh = load_kwh(hours_of(730))
    found = parted(kwh, end=HALF + 100 * DAY)
    assert found.causes[0].kind == "length"


def test_more_weekends_are_days_off() -> None:
    """Four weeks, after four weeks of which one Saturday and Sunday fell outside."""
    kwh = load_kwh(hours_of(40), noise=0.0)
    found = parted(kwh, at=19 * DAY, end=33 * DAY + 5 * DAY)
    assert abs(part(found, "days_off")) > abs(part(found, "level"))


def test_faulty_readings_are_a_part_of_their_own() -> None:
    local = hours_of(730)
    kwh = load_kwh(local)
    kwh[HALF + 500] += 50_000.0
    spans = (slice(0, HALF), slice(HALF, None))
    clocks = [LocalClock(local.local[s], local.hour[s], local.weekday[s]) for s in spans]
    faulty = np.arange(HALF) == 500
    found = explain(PeriodUse(kwh[:HALF], clocks[0]), PeriodUse(kwh[HALF:], clocks[1], faulty=faulty))
    assert found.causes[0].kind == "faults"
    assert found.causes[0].kwh == pytest.approx(50_000, rel=0.01)


def test_period_without_readings_is_named() -> None:
    kwh = load_kwh(hours_of(100))
    kwh[50 * DAY :] = np.nan
    with pytest.raises(NoData, match="second period"):
        parted(kwh, at=50 * DAY)


def test_two_short_periods_leave_the_weather_in_the_level_and_say_so() -> None:
    found = parted(load_kwh(hours_of(20)), at=10 * DAY)
    assert any("28 days" in note for note in found.notes)


def test_no_difference_has_no_shares() -> None:
    found = parted(np.full(60 * DAY, 2.0), at=30 * DAY)
    assert found.kwh == pytest.approx(0.0)
    assert all(one.share_percent is None or abs(one.kwh) < 1e-6 for one in found.causes)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 500), gaps=st.floats(0.0, 0.5), at=st.integers(3, 90))
def test_parts_sum_to_the_difference(seed: int, gaps: float, at: int) -> None:
    kwh = load_kwh(hours_of(100), seed)
    kwh[np.random.default_rng(seed).random(len(kwh)) < gaps] = np.nan
    found = parted(kwh, temperature_degc(100), at=at * DAY)
    assert sum(one.kwh for one in found.causes) == pytest.approx(found.kwh)
    assert found.kwh == pytest.approx(np.nansum(kwh[at * DAY :]) - np.nansum(kwh[: at * DAY]))
    sizes = [abs(one.kwh) for one in found.causes]
    assert sizes == sorted(sizes, reverse=True)
