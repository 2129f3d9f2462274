"""Base, peak and what is used while nobody is there, as a person with a pencil would get them."""

from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.tools.profiles.load import london, office
from tools.clock import clock
from tools.errors import BadQuestion, NoData
from tools.profiles.duration import load_duration
from tools.profiles.opening import OpeningHours
from tools.profiles.waste import waste

NIGHTS, WEEKENDS, OPEN = 5 * 8, 2 * 24, 5 * 16


def test_duration_curve_falls_from_the_peak_to_the_minimum() -> None:
    found = load_duration(np.arange(1.0, 101.0))
    assert (found.load_kw[0], found.load_kw[-1]) == (100.0, 1.0)
    assert found.load_kw[50] == pytest.approx(50.5)
    assert found.load_factor == pytest.approx(0.505)
    assert found.hours_above_90 == 10


@given(arrays(np.float64, st.integers(1, 200), elements=st.floats(-1e6, 1e6)))
def test_duration_curve_never_rises(hours: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> None:
    found = load_duration(hours)
    assert (np.diff(found.load_kw) <= 1e-9 * (1 + np.abs(hours).max())).all()
    assert found.load_kw[0] == hours.max()


def test_baseload_share_is_of_the_use() -> None:
    local = london(4)
    found = load_duration(office(local))
    assert found.baseload_kw == 20.0
    assert found.baseload_percent == pytest.approx(100 * 20 * 168 / (50 * 100 + 118 * 20))


def test_load_of_zero_has_neither_factor_nor_share() -> None:
    found = load_duration(np.zeros(48))
    assert found.load_factor is None
    assert found.baseload_percent is None


def test_feed_in_is_said() -> None:
    assert any("net meter" in note for note in load_duration(np.array([-1.0, 2.0, 3.0])).notes)


def test_nothing_valid_has_no_curve() -> None:
    with pytest.raises(NoData, match="no load-duration curve"):
        load_duration(np.full(24, np.nan))


def test_waste_is_what_lies_above_the_quiet_level() -> None:
    local = london(4)
    hours = office(local, opens=6, closes=22)
    hours[(local.weekday >= 5) & (local.hour == 12)] = 70.0  # 8 hours of 50 kWh above the quiet 20
    found = waste(hours, local)
    assert (found.occupied_kw, found.quiet_kw) == (100.0, 20.0)
    assert found.overnight.hours == 4 * NIGHTS
    assert found.weekend.hours == 4 * WEEKENDS
    assert found.overnight.avoidable_kwh == 0.0
    assert found.weekend.avoidable_kwh == 400.0
    assert found.overnight.percent_of_occupied == 20.0
    total = 4 * (OPEN * 100 + (NIGHTS + WEEKENDS) * 20) + 400
    assert found.avoidable_percent == pytest.approx(100 * 400 / total)
    assert found.empty_percent == pytest.approx(100 * (4 * (NIGHTS + WEEKENDS) * 20 + 400) / total)
    assert "lowest tenth" in found.assumption


def test_quiet_level_may_be_a_share_of_the_occupied_one() -> None:
    local = london(4)
    found = waste(office(local, opens=6, closes=22), local, quiet_percent_of_occupied=15)
    assert found.avoidable_kwh == pytest.approx(4 * (NIGHTS + WEEKENDS) * 5)
    assert "15 % of the occupied level, as asked" in found.assumption


def test_holiday_counts_with_the_weekends() -> None:
    local = london(4)
    found = waste(office(local), local, holidays={date(2019, 1, 9)})
    assert found.weekend.hours == 4 * WEEKENDS + 24


def test_own_opening_hours_are_respected() -> None:
    local = london(4)
    hours = OpeningHours((*[(8.0, 18.0)] * 5, None, None), "as set")
    found = waste(office(local), local, hours)
    assert found.occupied_kw == 100.0
    assert found.overnight.level_kw == 20.0
    assert found.assumption.startswith("as set")


def test_building_that_is_busier_at_night_says_so() -> None:
    local = london(4)
    found = waste(office(local, day_kw=10.0, night_kw=30.0, opens=6, closes=22), local)
    assert any("overnight level is not below" in note for note in found.notes)


def test_load_of_zero_has_no_percent() -> None:
    local = london(4)
    found = waste(np.zeros(len(local.hour)), local)
    assert found.avoidable_percent is None
    assert found.overnight.percent_of_occupied is None
    assert found.avoidable_kwh == 0.0


def test_site_that_never_closes_has_no_empty_hours() -> None:
    local = london(4)
    always = OpeningHours(((0.0, 24.0),) * 7, "always open")
    with pytest.raises(NoData, match="0 valid empty hours"):
        waste(office(local), local, always)


def test_quiet_share_must_be_a_percent() -> None:
    local = london(4)
    with pytest.raises(BadQuestion, match="give 0 to 100"):
        waste(office(local), local, quiet_percent_of_occupied=130)


def test_span_past_midnight_is_open_on_the_next_morning() -> None:
    bar = OpeningHours((None, None, None, None, (18.0, 2.0), None, None), "Friday night")
    local = clock("Europe/London", datetime(2019, 1, 11, tzinfo=UTC), 48)  # a Friday and a Saturday
    assert np.flatnonzero(bar.mask(local)).tolist() == list(range(18, 26))


@pytest.mark.parametrize(("spans", "words"), [(((8.0, 18.0),) * 5, "seven days"), (((8.0, 25.0),) * 7, "0 to 24")])
def test_impossible_opening_hours_are_refused(spans: tuple[tuple[float, float], ...], words: str) -> None:
    with pytest.raises(BadQuestion, match=words):
        OpeningHours(spans, "wrong")
