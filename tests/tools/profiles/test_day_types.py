"""Hours become days of the building's own calendar, through both changes of the clock."""

from datetime import UTC, date, datetime

import numpy as np
import pytest

from tests.tools.profiles.load import london, office
from tools.clock import clock
from tools.errors import NoData
from tools.profiles.day_grid import day_grid
from tools.profiles.day_types import day_types


def test_day_that_skips_an_hour_has_23_and_the_day_that_repeats_one_has_25() -> None:
    local = clock("Europe/London", datetime(2019, 1, 1, tzinfo=UTC), 8760)
    grid = day_grid(np.ones(8760), local)
    assert len(grid) == 365
    assert (grid.kwh[89], grid.kwh[299]) == (23.0, 25.0)  # 31 March and 27 October
    assert np.isnan(grid.load_kw[89, 1])
    assert grid.load_kw[299, 1] == 1.0
    assert grid.is_complete.all()


def test_repeated_hour_is_the_mean_of_both() -> None:
    local = clock("Europe/London", datetime(2019, 10, 26, 23, tzinfo=UTC), 25)
    grid = day_grid(np.arange(25.0), local)
    assert grid.load_kw[0, 1] == 1.5
    assert grid.kwh[0] == 300.0


def test_leap_day_is_a_day() -> None:
    grid = day_grid(np.ones(8784), clock("Europe/London", datetime(2020, 1, 1, tzinfo=UTC), 8784))
    assert len(grid) == 366
    assert grid.weekday[59] == 5  # 29 February 2020 was a Saturday


def test_day_may_begin_in_the_morning() -> None:
    local = london(1)
    grid = day_grid(np.arange(168.0), local, begins_at=6)
    assert len(grid) == 8
    assert grid.load_kw[1, 0] == 6.0
    assert grid.hours.tolist() == [6, *[24] * 6, 18]


def test_types_have_their_own_curves_and_energy() -> None:
    local = london(8)
    found = day_types(office(local), local)
    assert [(t.name, t.days) for t in found.types] == [("working day", 40), ("Saturday", 8), ("Sunday", 8)]
    working = found.types[0]
    assert working.mean_kw[12] == 100.0
    assert working.mean_kw[7] == 20.0
    assert working.kwh_per_day == 10 * 100 + 14 * 20


def test_holiday_is_a_type_of_its_own_and_too_rare_to_be_a_habit() -> None:
    local = london(8)
    found = day_types(office(local), local, {date(2019, 1, 9)})
    assert {t.name: t.days for t in found.types}["holiday"] == 1
    assert any("holiday" in note for note in found.notes)


def test_hour_that_no_day_has_is_unknown_and_the_rest_survives() -> None:
    local = london(2)
    hours = np.where(local.hour == 3, np.nan, office(local))
    working = day_types(hours, local).types[0]
    assert np.isnan(working.mean_kw[3])
    assert working.mean_kw[12] == 100.0
    assert np.isnan(working.kwh_per_day)
    assert day_types(hours, local).coverage == pytest.approx(23 / 24)


@pytest.mark.parametrize("count", [0, 48])
def test_nothing_valid_has_no_curve(count: int) -> None:
    local = clock("Europe/London", datetime(2019, 1, 1, tzinfo=UTC), count)
    with pytest.raises(NoData, match="no valid hour"):
        day_types(np.full(count, np.nan), local)
