"""An analysis without a period takes the natural one: the last full year, or the whole record."""

from datetime import UTC, datetime

import numpy as np

from tests.made_site import HOUR, Values
from tools.analyses.timed_use import in_year, last_full_year, within
from tools.clock import clock
from tools.use import Use

LONDON = "Europe/London"
START = datetime(2018, 1, 1, tzinfo=UTC)


def use(hours: Values, start: datetime = START) -> Use:
    """Return a use of some hours."""
    end = start + len(hours) * HOUR
    return Use("b1", "town", start, end, hours, clock(LONDON, start, len(hours)), ("b1/electricity",))


def with_gap(hours: int, first: int, missing: int) -> Values:
    """Return hours of which some are missing."""
    values = np.ones(hours)
    values[first : first + missing] = np.nan
    return values


def test_last_full_year_is_the_latest_with_nine_hours_in_ten() -> None:
    assert last_full_year([use(np.ones(3 * 8760))], LONDON) == 2020
    assert last_full_year([use(with_gap(2 * 8760, 8760, 800))], LONDON) == 2019
    assert last_full_year([use(with_gap(2 * 8760, 8760, 900))], LONDON) == 2018


def test_every_series_must_have_the_year() -> None:
    fuels = [use(np.ones(2 * 8760)), use(with_gap(2 * 8760, 8760, 2000))]
    assert last_full_year(fuels, LONDON) == 2018


def test_without_a_full_year_the_fullest_is_taken_and_without_a_whole_one_none() -> None:
    both_poor = with_gap(2 * 8760, 1000, 3000)
    both_poor[9000:11000] = np.nan
    assert last_full_year([use(both_poor)], LONDON) == 2019
    assert last_full_year([use(np.ones(5000))], LONDON) is None
    assert last_full_year([use(np.full(8760, np.nan))], LONDON) is None


def test_use_over_a_year_has_all_of_its_hours_on_the_sites_own_clock() -> None:
    leap = in_year(use(np.ones(3 * 8760)), 2020, LONDON)
    assert len(leap.hours) == 366 * 24
    assert (leap.start, leap.clock.hour[0]) == (datetime(2020, 1, 1, tzinfo=UTC), 0)
    assert np.isnan(leap.hours[-24:]).all()  # three times 365 days end on 30 December


def test_hours_outside_of_a_use_are_missing() -> None:
    before = within(use(np.arange(24.0)), START - 3 * HOUR, START + 2 * HOUR, LONDON)
    assert np.isnan(before.hours[:3]).all()
    assert before.hours[3:].tolist() == [0.0, 1.0]
    apart = within(use(np.arange(24.0)), datetime(2019, 1, 1, tzinfo=UTC), datetime(2019, 1, 2, tzinfo=UTC), LONDON)
    assert np.isnan(apart.hours).all()
