"""Daily and monthly sums are those of the readings, whatever happened to the readings and in which order."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from memory.binary import Rows
from memory.building_data import BuildingData
from memory.catalog import Source
from memory.exclusion import exclude, undo_exclusion
from memory.load import load_shipped
from memory.local_days import local_days
from memory.postgres import DATA_LOCK, Connection, Pool, fetch, writing
from memory.reading_rows import delete_hours, reading_rows, write_rows
from memory.registry import write_buildings, write_meter, write_sites
from memory.rollup_read import read_totals
from memory.treatment import Hours
from tests.memory.data_folder import write_data_folder
from tools.readings import VALID_FLAGS, Building, By, Flag, Site

BEGIN = datetime(2019, 3, 20, tzinfo=UTC)  # before London's clocks go forward, and before two months end
NONE = np.empty(0, np.int64)
OFFSET_S = {"town/electricity": 0, "mill/gas": 1800}
METERS = list(OFFSET_S)
Sum = tuple[float, int, int, float, int, float, int]


@dataclass(frozen=True)
class Step:
    """Something that happens to `hours` readings of a meter from `first` on."""

    what: str
    meter: str
    first: int
    hours: int
    seed: int


STEPS = st.lists(
    st.builds(
        Step,
        what=st.sampled_from(["add", "add", "correct", "delete", "exclude", "exclude", "undo", "move"]),
        meter=st.sampled_from(METERS),
        first=st.integers(0, 900),
        hours=st.sampled_from([1, 5, 30, 400]),
        seed=st.integers(0, 5),
    ),
    min_size=2,
    max_size=9,
)


async def make(pool: Pool) -> dict[str, int]:
    """Empty the store but for two meters; return their keys."""
    async with writing(pool) as connection:
        for table in ("readings", "excluded_flags", "exclusions", "changes", "meters", "buildings", "sites"):
            await connection.execute(f"DELETE FROM {table}".encode())
        await write_sites(connection, [Site("town", "Town", "Europe/London"), Site("delhi", "Delhi", "Asia/Kolkata")])
        await write_buildings(connection, [Building("hall", "Hall", "town"), Building("mill", "Mill", "delhi")])
        town = await write_meter(connection, Source("town/electricity", "town", "hall", "electricity", "kWh"))
        mill = await write_meter(connection, Source("mill/gas", "delhi", "mill", "gas", "kWh"))
    return {"town/electricity": town, "mill/gas": mill}


def hours_of(step: Step) -> Hours:
    """Return readings: few values, so that some are equal, and every kind of flag."""
    rng = np.random.default_rng(step.seed)
    at = round(BEGIN.timestamp()) + OFFSET_S[step.meter] + 3600 * (step.first + np.arange(step.hours))
    flags = rng.choice([Flag.OK, Flag.OK, Flag.ZERO_GAS, Flag.ABSENT, Flag.DUPLICATE], step.hours).astype(np.uint8)
    values = np.where(flags == Flag.ABSENT, np.nan, rng.integers(0, 4, step.hours) / 3)
    return Hours(at, values, flags, NONE, NONE, NONE)


def rows_of(key: int, hours: Hours) -> Rows:
    return reading_rows(key, hours.at, hours.values, hours.flags)


async def add(connection: Connection, key: int, hours: Hours) -> None:
    """Write the readings of hours that have none yet: late ones come in between."""
    cursor = await connection.execute("SELECT extract(epoch FROM at)::bigint FROM readings WHERE meter_id = %s", (key,))
    new = ~np.isin(hours.at, [row[0] for row in await cursor.fetchall()])
    await write_rows(connection, [rows_of(key, hours)[new]])


async def correct(connection: Connection, key: int, hours: Hours) -> None:
    """Replace what there is."""
    await delete_hours(connection, key, hours)
    await write_rows(connection, [rows_of(key, hours)])


async def delete(connection: Connection, key: int, hours: Hours) -> None:
    await connection.execute(
        "DELETE FROM readings WHERE meter_id = %s AND at >= %s AND at < %s", (key, hours.first, hours.last_end)
    )


async def move(connection: Connection, _key: int, hours: Hours) -> None:
    """Find that the site is elsewhere."""
    zone = ("Europe/London", "America/New_York", "Asia/Tokyo")[len(hours.at) % 3]
    await connection.execute("UPDATE sites SET timezone = %s WHERE id = 'town'", (zone,))


async def take(pool: Pool, keys: dict[str, int], step: Step) -> None:
    """Let one thing happen."""
    hours = hours_of(step)
    if step.what == "exclude":
        there = "SELECT 1 FROM readings WHERE meter_id = %s AND at >= %s AND at < %s LIMIT 1"
        if await fetch(pool, there, (keys[step.meter], hours.first, hours.last_end)):
            await exclude(pool, step.meter, hours.first, hours.last_end, because="the meter was open")
    elif step.what == "undo":
        found = await fetch(pool, "SELECT exclusion_id FROM exclusions WHERE undone_at IS NULL")
        if found:
            await undo_exclusion(pool, found[step.seed % len(found)][0])
    else:
        async with writing(pool, lock=DATA_LOCK) as connection:
            await {"add": add, "correct": correct, "delete": delete, "move": move}[step.what](
                connection, keys[step.meter], hours
            )


async def fresh(pool: Pool, keys: dict[str, int], part: Callable[[date], int]) -> dict[tuple[int, int], Sum]:
    """Add the readings up, one by one."""
    zones: dict[int, str] = dict(
        await fetch(pool, "SELECT meter_id, timezone FROM meters JOIN sites ON sites.id = site_id")
    )
    hours: dict[tuple[int, int], list[tuple[int, float, bool]]] = {}
    for key, at, value, flag in await fetch(pool, "SELECT meter_id, at, value, flag FROM readings ORDER BY at"):
        local = at.astimezone(ZoneInfo(zones[key])).date()
        counts = Flag(flag) in VALID_FLAGS and bool(np.isfinite(value))
        place = list(keys.values()).index(key)
        hours.setdefault((place, part(local)), []).append((round(at.timestamp()), value, counts))
    return {key: _sum(found) for key, found in hours.items()}


def _sum(found: list[tuple[int, float, bool]]) -> Sum:
    valid = [(at, value) for at, value, counts in found if counts]
    peak_at, peak = max(valid, key=lambda hour: (hour[1], -hour[0]), default=(0, -np.inf))
    low_at, low = min(valid, key=lambda hour: (hour[1], hour[0]), default=(0, np.inf))
    return sum(value for _, value in valid), len(valid), len(found), peak, peak_at, low, low_at


async def kept(pool: Pool, keys: dict[str, int], start: date, end: date, by: By) -> dict[tuple[int, int], Sum]:
    """Read the sums that are kept."""
    t = await read_totals(pool, list(keys.values()), start, end, by)
    times = (np.where(t.valid_hours > 0, at, 0).tolist() for at in (t.peak_at, t.low_at))
    columns = (t.total, t.valid_hours, t.hours, t.peak, next(times), t.low, next(times))
    return {(int(t.meter[n]), int(t.part[n])): tuple(column[n] for column in columns) for n in range(len(t.part))}


def assert_sums(ours: dict[tuple[int, int], Sum], theirs: dict[tuple[int, int], Sum]) -> None:
    assert ours.keys() == theirs.keys()
    for key, sums in ours.items():
        assert sums[0] == pytest.approx(theirs[key][0], rel=1e-9, abs=1e-9)
        assert tuple(sums[1:]) == theirs[key][1:]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
async def test_sums_are_those_of_the_readings_after_anything(empty: Pool, steps: list[Step]) -> None:
    keys = await make(empty)
    for step in steps:
        await take(empty, keys, step)
    start, end = date(2019, 3, 1), date(2019, 6, 1)
    assert_sums(
        await kept(empty, keys, start, end, "day"), await fresh(empty, keys, lambda d: (d - date(1970, 1, 1)).days)
    )
    assert_sums(
        await kept(empty, keys, start, end, "month"),
        await fresh(empty, keys, lambda d: (d.year - 1970) * 12 + d.month - 1),
    )
    assert_sums(await kept(empty, keys, start, end, "none"), await fresh(empty, keys, lambda _: 0))
    assert await fetch(empty, "SELECT * FROM rollup_dirty") == []


async def test_span_of_parts_of_months_is_whole_months_and_days_beside(empty: Pool) -> None:
    keys = await make(empty)
    await take(empty, keys, Step("add", "town/electricity", 0, 2000, 1))
    async with writing(empty) as connection:
        await connection.execute("DELETE FROM readings WHERE at < '2019-03-25' OR at >= '2019-05-09 23:00+00'")
    assert_sums(
        await kept(empty, keys, date(2019, 3, 25), date(2019, 5, 10), "none"), await fresh(empty, keys, lambda _: 0)
    )
    assert await kept(empty, keys, date(2018, 1, 1), date(2018, 1, 2), "year") == {}


async def test_row_written_by_hand_is_counted(empty: Pool) -> None:
    keys = await make(empty)
    await take(empty, keys, Step("add", "town/electricity", 0, 30, 1))
    async with writing(empty) as connection:
        await connection.execute(
            "INSERT INTO readings (meter_id, at, value, flag) VALUES (%s, '2019-03-22 00:00Z', 7, 0)",
            (keys["town/electricity"],),
        )
        await connection.execute("UPDATE readings SET value = 9 WHERE value = 7")
    days = await kept(empty, keys, date(2019, 3, 22), date(2019, 3, 23), "day")
    assert [sums[0] for sums in days.values()] == [9.0]


async def test_shipped_readings_have_their_sums(shipped: Pool) -> None:
    data = BuildingData(shipped)
    meters = ["b4/electricity", "b4/gas", "bh/electricity"]
    totals = await data.totals(meters, date(2014, 1, 1), date(2021, 1, 1), "year")
    inventory = await data.inventory()
    for n, meter in enumerate(meters):
        zone = inventory.sites[inventory.meters[meter].site].timezone
        start, end = datetime(2013, 12, 30, tzinfo=UTC), datetime(2021, 1, 2, tzinfo=UTC)
        hourly = (await data.hourly([meter], start, end))[meter]
        at = round(hourly.start.timestamp()) + 3600 * np.arange(len(hourly.values))
        years = np.array([date.fromordinal(719163 + int(d)).year for d in local_days(zone, at)])
        for part, total in zip(totals.part[totals.meter == n], totals.total[totals.meter == n], strict=True):
            assert total == pytest.approx(hourly.values[hourly.valid() & (years == 1970 + part)].sum(), rel=1e-9)


async def test_reload_with_fewer_hours_leaves_no_sum_behind(empty: Pool, tmp_path: Path) -> None:
    await load_shipped(empty, write_data_folder(tmp_path, hours=4000))
    await load_shipped(empty, write_data_folder(tmp_path, hours=2600, factor=2.0))
    total = await BuildingData(empty).totals(["hall/electricity"], date(2019, 1, 1), date(2020, 1, 1), "none")
    assert (total.total.tolist(), total.valid_hours.tolist()) == ([2600 * 10.0], [2600])


def test_local_days_follow_the_clock_to_the_second() -> None:
    rng = np.random.default_rng(1)
    for zone in ("Europe/London", "Asia/Kolkata", "Australia/Lord_Howe", "America/St_Johns", "UTC"):
        start = round(datetime(2018, 1, 1, tzinfo=UTC).timestamp())
        at = start + rng.integers(0, 3 * 365 * 86_400, 500)
        ours = local_days(zone, at).tolist()
        theirs = [(datetime.fromtimestamp(a, ZoneInfo(zone)).date() - date(1970, 1, 1)).days for a in at.tolist()]
        assert ours == theirs
    midnight = round(datetime(2019, 6, 30, 23, tzinfo=UTC).timestamp())
    assert np.diff(local_days("Europe/London", np.array([midnight - 1, midnight]))).tolist() == [1]
