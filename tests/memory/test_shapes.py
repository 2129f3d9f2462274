"""Shapes kept in Milvus: found again after ingest, by their tenant only, and forgotten with their building."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
import pytest_asyncio

from config.settings import Settings
from graphs.live_data import LiveData
from graphs.live_shapes import LiveShapes
from memory.building_data import BuildingData
from memory.column_guess import guess_mapping
from memory.errors import MemoryDown
from memory.milvus import milvus_of
from memory.notices import Changed, listen
from memory.own_data import load_file
from memory.postgres import Pool
from memory.shapes import ShapeIndex
from privacy.labels import Label
from services.milvus import milvus
from services.probe import free_port
from services.process import stop
from tests.made_load import hours_of, load_kwh
from tests.made_site import MadeSite
from tools.errors import NoData

pytestmark = [pytest.mark.asyncio, pytest.mark.slow]

DAYS = 120
CLOCK = hours_of(DAYS)
START = datetime(2018, 1, 1, tzinfo=UTC)
OFFICE = load_kwh(CLOCK)
NIGHT = np.where((CLOCK.hour >= 20) | (CLOCK.hour < 4), 40.0, 15.0) * (
    1 + 0.05 * np.random.default_rng(2).standard_normal(24 * DAYS)
)
ODD = date(2018, 2, 10)


def site(**loads: np.ndarray[tuple[int], np.dtype[np.float64]]) -> MadeSite:
    """Return a site of electricity meters."""
    return MadeSite({f"{name}/electricity": load for name, load in loads.items()}, start=START)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings of a home of this module's own; its Milvus is stopped at the end."""
    given = Settings(home=tmp_path_factory.mktemp("home"), milvus_uri=None)
    yield given
    asyncio.run(stop(milvus(given)))


@pytest_asyncio.fixture
async def index(settings: Settings, request: pytest.FixtureRequest) -> AsyncIterator[ShapeIndex]:
    """Give an index of three buildings, of a tenant of this test's own."""
    readings = site(b1=OFFICE, b2=1.02 * load_kwh(CLOCK, seed=9), b3=NIGHT)
    one = ShapeIndex(milvus_of(settings), readings, tenant=request.node.name)
    assert await one.update() == ["b1", "b2", "b3"]
    yield one
    await one.close()


async def test_building_alike_is_nearest_and_no_label_below_sees_it(index: ShapeIndex) -> None:
    found = await index.buildings_like("b1")
    assert [it.building for it in found] == ["b2", "b3"]
    assert found[0].distance < found[1].distance
    assert await index.buildings_like("b1", max_label=Label.CONFIDENTIAL) == []
    with pytest.raises(NoData, match="b9 has not a load shape"):
        await index.buildings_like("b9")


async def test_day_is_found_in_other_buildings_and_within_one(index: ShapeIndex) -> None:
    anywhere = await index.days_like("b1", date(2018, 3, 5), limit=60)
    assert {it.building for it in anywhere} == {"b1", "b2"}
    within = await index.days_like("b1", date(2018, 3, 5), within="b1")
    assert {it.building for it in within} == {"b1"}
    assert all(it.day is not None and it.day != date(2018, 3, 5) and it.day.weekday() < 5 for it in within)


async def test_ingest_is_visible_within_two_seconds(settings: Settings, index: ShapeIndex, tenant: str) -> None:
    load = OFFICE.copy()
    first = 24 * (ODD - START.date()).days
    load[first : first + 24] = 90.0
    later = ShapeIndex(milvus_of(settings), site(b1=load, b2=OFFICE, b3=NIGHT), tenant=tenant)
    assert await later.strange_days("b1") == []
    began = time.monotonic()
    await later.update(["b1"])
    [strange, *_] = await later.strange_days("b1")
    took_s = time.monotonic() - began
    await later.close()
    assert (strange.building, strange.day) == ("b1", ODD)
    assert took_s < 20.0  # a bound against hanging; benchmarks.memory.shapes_update prints what it takes
    assert len(await index.strange_days("b1")) >= 1


@pytest.fixture
def tenant(request: pytest.FixtureRequest) -> str:
    """Give the tenant of this test."""
    return str(request.node.name)


async def test_another_tenant_finds_nothing_and_can_forget_nothing(settings: Settings, index: ShapeIndex) -> None:
    other = ShapeIndex(milvus_of(settings), site(b1=OFFICE), tenant='x" or tenant != "')
    with pytest.raises(NoData):
        await other.buildings_like("b1")
    await other.forget("b1")
    await other.close()
    assert len(await index.buildings_like("b1")) == 2


async def test_building_that_is_gone_is_forgotten_in_every_collection(index: ShapeIndex) -> None:
    await index.forget("b2")
    assert [it.building for it in await index.buildings_like("b1")] == ["b3"]
    assert {it.building for it in await index.days_like("b1", date(2018, 3, 5), limit=60)} <= {"b1", "b3"}
    assert await index.update(["b7"]) == []


async def test_without_milvus_there_is_an_error_at_once() -> None:
    port = free_port()
    away = ShapeIndex(milvus_of(Settings(milvus_uri=f"http://127.0.0.1:{port}")), site(b1=OFFICE))
    with pytest.raises(MemoryDown):
        await away.buildings_like("b1")
    await away.close()


async def test_readings_that_change_are_seen_by_a_process_that_listens_and_caught_up_with_by_one_that_did_not(
    settings: Settings, tenant: str, empty: Pool, blank_dsn: str, tmp_path: Path
) -> None:
    async def loaded(load: np.ndarray[tuple[int], np.dtype[np.float64]]) -> None:
        path = tmp_path / "mill.csv"
        times = (START + timedelta(hours=hour) for hour in range(24 * DAYS))
        rows = (f"{at:%Y-%m-%d %H:%M},{kwh}" for at, kwh in zip(times, load, strict=True))
        path.write_text("\n".join(["time,mill kWh", *rows]))
        await load_file(empty, path, site="town", mapping=guess_mapping(path, timezone="UTC"))

    async def address() -> str:
        return blank_dsn

    await loaded(OFFICE)
    readings = BuildingData(empty)
    data = cast(
        "LiveData", SimpleNamespace(pool=lambda: _at_once(empty), inventory=readings.inventory, hourly=readings.hourly)
    )
    index = ShapeIndex(milvus_of(settings), readings, tenant=tenant)
    assert await index.catch_up(empty) == ["mill"]
    assert await index.catch_up(empty) == []
    live = LiveShapes(data, milvus_of(settings), tenant)
    heard, listens = asyncio.Event(), asyncio.Event()

    async def hears(changed: Changed) -> None:
        listens.set()
        if changed.series:
            await live.heard(changed)
            heard.set()

    listening = asyncio.create_task(listen(address, hears))
    while not listens.is_set():  # a notice that comes before it listens is none to it
        async with empty.connection() as connection:
            await connection.execute("SELECT pg_notify('eaio_series', %s)", ('{"series": [], "version": 0}',))
        await asyncio.sleep(0.01)
    odd = OFFICE.copy()
    odd[24 * (ODD - START.date()).days :][:24] = 90.0
    await loaded(odd)
    async with asyncio.timeout(20):
        await heard.wait()
        await live.settled()
    assert ODD in [it.day for it in await index.strange_days("mill")]
    listening.cancel()
    await asyncio.wait([listening])
    await live.settled()
    await loaded(1.01 * OFFICE)
    assert await index.catch_up(empty) == ["mill"]
    assert await index.strange_days("mill") == []
    await live.close()
    await index.close()


async def _at_once(pool: Pool) -> Pool:
    return pool
