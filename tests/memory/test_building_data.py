"""Readings come dense, on the meter's own grid, and as they are now."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from memory.building_data import BuildingData
from memory.building_edit import set_building
from memory.load import load_shipped
from memory.postgres import Pool
from memory.series_cache import CHUNK_HOURS, Chunk, ChunkKey, SeriesCache, cut, dense
from tests.memory.data_folder import write_data_folder
from tools.errors import DataUnavailable, NoData
from tools.readings import Flag

DAY = timedelta(days=1)
NEW_YEAR = datetime(2019, 1, 1, tzinfo=UTC)


async def test_span_is_covered_where_the_meter_has_nothing(shipped: Pool) -> None:
    begin, end = datetime(2017, 12, 31, tzinfo=UTC), datetime(2018, 1, 2, tzinfo=UTC)
    series = (await BuildingData(shipped).hourly(["b4/electricity"], begin, end))["b4/electricity"]
    assert series.start == begin
    assert len(series.values) == len(series.flags) == 48
    assert np.isnan(series.values[:24]).all()
    assert (series.flags[:24] == Flag.ABSENT).all()
    assert series.valid()[24:].all()


async def test_grid_begins_at_its_first_hour_in_the_span_and_ends_before_its_end(shipped: Pool) -> None:
    data = BuildingData(shipped)
    begin, end = datetime(2014, 1, 1, 0, 31, tzinfo=UTC), datetime(2014, 1, 1, 3, 30, tzinfo=UTC)
    series = (await data.hourly(["acb/electricity"], begin, end))["acb/electricity"]
    assert series.start == datetime(2014, 1, 1, 1, 30, tzinfo=UTC)
    assert len(series.values) == 2


async def test_time_in_another_zone_is_the_same_moment(shipped: Pool) -> None:
    delhi = timezone(timedelta(hours=5, minutes=30))
    local = datetime(2014, 1, 1, tzinfo=delhi)
    series = (await BuildingData(shipped).hourly(["acb/electricity"], local, local + DAY))["acb/electricity"]
    assert series.start == local
    assert len(series.values) == 24


async def test_parts_of_a_span_are_the_whole(shipped: Pool) -> None:
    meters = ["b4/electricity", "bh/electricity", "iiitd/temperature"]
    begin, end = datetime(2014, 3, 1, tzinfo=UTC), datetime(2019, 3, 1, tzinfo=UTC)
    whole = await BuildingData(shipped).hourly(meters, begin, end)
    data = BuildingData(shipped)
    cuts = [begin, begin + 100 * DAY, begin + 101 * DAY, begin + 1000 * DAY, end]
    parts = [await data.hourly(meters, a, b) for a, b in pairwise(cuts)]
    for meter in meters:
        np.testing.assert_array_equal(np.concatenate([p[meter].values for p in parts]), whole[meter].values)
        np.testing.assert_array_equal(np.concatenate([p[meter].flags for p in parts]), whole[meter].flags)


async def test_what_was_fetched_is_not_fetched_again(shipped: Pool) -> None:
    data = BuildingData(shipped)
    inventory = await data.inventory()
    meters = [meter for meter in inventory.meters if meter.endswith("/electricity") and meter.startswith("b")]
    first = await data.hourly(meters, NEW_YEAR, NEW_YEAR + 365 * DAY)
    before = shipped.get_stats()["requests_num"]
    again = await data.hourly(meters, NEW_YEAR, NEW_YEAR + 365 * DAY)
    assert shipped.get_stats()["requests_num"] - before == 1  # the data version
    for meter in meters:
        np.testing.assert_array_equal(first[meter].values, again[meter].values)


async def test_small_cache_gives_the_same(shipped: Pool) -> None:
    span = ["b4/electricity", "b8/gas"], NEW_YEAR, NEW_YEAR + 365 * DAY
    small, large = BuildingData(shipped, cache_bytes=20_000), BuildingData(shipped)
    for _ in range(2):
        ours, theirs = await small.hourly(*span), await large.hourly(*span)
        for meter in span[0]:
            np.testing.assert_array_equal(ours[meter].values, theirs[meter].values)


async def test_arrays_cannot_be_changed(shipped: Pool) -> None:
    series = (await BuildingData(shipped).hourly(["b4/gas"], NEW_YEAR, NEW_YEAR + DAY))["b4/gas"]
    with pytest.raises(ValueError, match="read-only"):
        series.values[0] = 1.0


async def test_change_is_seen_at_once(empty: Pool, tmp_path: Path) -> None:
    data = BuildingData(empty)
    assert (await data.inventory()).buildings == {}
    await load_shipped(empty, write_data_folder(tmp_path))
    assert (await data.inventory()).buildings["hall"].area_m2 == 1000
    version = (await data.inventory()).data_version
    await set_building(empty, "hall", area_m2=2000)
    inventory = await data.inventory()
    assert inventory.buildings["hall"].area_m2 == 2000
    assert inventory.data_version > version


async def test_unknown_meter_and_bare_time_are_refused(shipped: Pool) -> None:
    data = BuildingData(shipped)
    with pytest.raises(NoData, match="'b4/steam'"):
        await data.hourly(["b4/steam"], NEW_YEAR, NEW_YEAR + DAY)
    with pytest.raises(ValueError, match="zone"):
        await data.hourly(["b4/gas"], NEW_YEAR.replace(tzinfo=None), NEW_YEAR + DAY)


async def test_store_that_went_away_is_said(shipped_dsn: str) -> None:
    from memory.postgres import open_pool

    async with open_pool(shipped_dsn) as pool:
        data = BuildingData(pool)
        await data.inventory()
    with pytest.raises(DataUnavailable):
        await data.inventory()


def test_cache_drops_what_was_used_longest_ago() -> None:
    chunks = [cut(dense(CHUNK_HOURS))[0] for _ in range(3)]
    cache = SeriesCache(limit_bytes=2 * chunks[0].nbytes)
    keys = [ChunkKey(1, 1, number) for number in range(3)]
    for key, chunk in zip(keys[:2], chunks, strict=False):
        cache.put(key, chunk)
    assert isinstance(cache.get(keys[0]), Chunk)
    cache.put(keys[2], chunks[2])
    assert [cache.get(key) is not None for key in keys] == [True, False, True]
    assert cache.nbytes == 2 * chunks[0].nbytes
