"""Local time becomes UTC, on the two odd days of the year too."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from memory.errors import BadMapping
from memory.local_time import LocalClock, Placed


def seconds(text: str) -> int:
    """Return a clock time as seconds since 1970 of that clock."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def place(zone: str, *times: str, series: list[int] | None = None) -> Placed:
    local = np.array([seconds(text) for text in times], np.int64)
    return LocalClock(zone).place(local, np.array(series or [0] * len(times), np.int64))


def utc(placed: Placed) -> list[str]:
    return [f"{datetime.fromtimestamp(int(at), UTC):%m-%d %H:%M}" for at in placed.at]


def test_summer_and_winter() -> None:
    placed = place("Europe/London", "2019-01-15 12:00", "2019-07-15 12:00")
    assert utc(placed) == ["01-15 12:00", "07-15 11:00"]
    assert utc(place("Asia/Kolkata", "2019-01-15 12:00")) == ["01-15 06:30"]


def test_hour_that_comes_twice_is_read_in_file_order() -> None:
    placed = place("Europe/London", "2019-10-27 00:30", "2019-10-27 01:00", "2019-10-27 01:30", "2019-10-27 01:00",
                   "2019-10-27 01:30", "2019-10-27 02:00")  # fmt: skip
    assert utc(placed) == ["10-26 23:30", "10-27 00:00", "10-27 00:30", "10-27 01:00", "10-27 01:30", "10-27 02:00"]
    assert placed.doubled.tolist() == [False, True, True, True, True, False]


def test_each_series_has_its_own_first_time() -> None:
    placed = place("Europe/London", *["2019-10-27 01:00"] * 4, series=[1, 2, 1, 2])
    assert utc(placed) == ["10-27 00:00", "10-27 00:00", "10-27 01:00", "10-27 01:00"]


def test_second_time_is_known_in_the_next_block_too() -> None:
    clock, one = LocalClock("Europe/Berlin"), np.array([seconds("2020-10-25 02:00")], np.int64)
    first, second = (clock.place(one, np.zeros(1, np.int64)) for _ in range(2))
    assert second.at[0] - first.at[0] == 3600


def test_skipped_hour_has_no_moment() -> None:
    placed = place("Europe/London", "2019-03-31 00:30", "2019-03-31 01:00", "2019-03-31 01:59", "2019-03-31 02:00")
    assert placed.gap.tolist() == [False, True, True, False]
    assert utc(placed)[3] == "03-31 01:00"


def test_clock_that_moves_by_half_an_hour() -> None:
    placed = place("Australia/Lord_Howe", "2019-04-07 01:30", "2019-04-07 01:30", "2019-10-06 02:15")
    assert placed.at[1] - placed.at[0] == 1800
    assert placed.gap.tolist() == [False, False, True]


def test_whole_year_of_quarter_hours_agrees_with_zoneinfo() -> None:
    from zoneinfo import ZoneInfo

    zone = ZoneInfo("America/New_York")
    moments = [datetime(2021, 1, 1, 5, tzinfo=UTC) + timedelta(minutes=15 * n) for n in range(4 * 8760)]
    local = np.array([seconds(f"{m.astimezone(zone):%Y-%m-%d %H:%M}") for m in moments], np.int64)
    placed = LocalClock("America/New_York").place(local, np.zeros(len(local), np.int64))
    assert placed.at.tolist() == [int(m.timestamp()) for m in moments]
    assert placed.doubled.sum() == 8


@pytest.mark.parametrize("name", ["Europe/Lundon", "", "../etc/passwd", "Europe/London\x00"])
def test_unknown_zone_is_refused_with_an_example(name: str) -> None:
    with pytest.raises(BadMapping, match="Europe/London"):
        LocalClock(name)
