"""A change is seen in the series that it touches, and in no other: whoever makes it, however it is made."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
import pytest

from memory.building_edit import set_building
from memory.column_guess import guess_mapping
from memory.event import add_event, remove_event
from memory.exclusion import exclude, undo_exclusion
from memory.load import load_shipped
from memory.notices import Changed, listen, read
from memory.own_data import load_file
from memory.postgres import Pool, fetch, open_pool, writing
from memory.series_versions import (
    EVERYTHING,
    data_identity,
    mark_buildings,
    mark_changed,
    site_series,
    unchanged,
)
from memory.site_edit import set_site
from tests.memory.data_folder import write_data_folder

HALL, BATHS, WEATHER, TOWN = "hall/electricity", "bath/electricity/1", "town/temperature", site_series("town")
BATHS_2 = "bath/electricity/2"
START, END = datetime(2019, 1, 10, tzinfo=UTC), datetime(2019, 1, 12, tzinfo=UTC)
Act = Callable[[Pool, Path], Awaitable[object]]


@pytest.fixture
async def town(empty: Pool, tmp_path: Path) -> Pool:
    """Give a store with the hall and the baths."""
    await load_shipped(empty, write_data_folder(tmp_path / "shipped"))
    return empty


async def versions(pool: Pool) -> dict[str, int]:
    return dict(await fetch(pool, "SELECT series, version FROM series_versions"))


async def load_own(pool: Pool, folder: Path) -> object:
    path = folder / "own.csv"
    path.write_text("time,hall kWh\n2019-01-11 22:00,77\n2019-01-11 23:00,78\n")
    return await load_file(pool, path, site="town", mapping=guess_mapping(path, timezone="UTC"))


async def load_new(pool: Pool, folder: Path) -> object:
    path = folder / "new.csv"
    path.write_text("time,mill kWh\n2019-01-11 22:00,77\n2019-01-11 23:00,78\n")
    return await load_file(pool, path, site="town", mapping=guess_mapping(path, timezone="UTC"))


async def make_exclusion(pool: Pool, _: Path) -> object:
    return await exclude(pool, HALL, START, END, because="the meter was open")


async def undo(pool: Pool, folder: Path) -> object:
    return await undo_exclusion(pool, (await exclude(pool, HALL, START, END, because="a")).id)


async def by_hand(pool: Pool, _: Path) -> object:
    async with writing(pool) as connection:
        return await connection.execute(
            "UPDATE readings SET value = 6 WHERE at = %s AND meter_id = (SELECT meter_id FROM meters WHERE id = %s)",
            (START, HALL),
        )


async def delete_by_hand(pool: Pool, _: Path) -> object:
    async with writing(pool) as connection:
        return await connection.execute(
            "DELETE FROM readings WHERE at = %s AND meter_id = (SELECT meter_id FROM meters WHERE id = %s)",
            (START, HALL),
        )


async def fault_by_hand(pool: Pool, _: Path) -> object:
    async with writing(pool) as connection:
        return await connection.execute(
            "INSERT INTO faults (meter_id, kind, start_at, end_at, hours, note, open, origin) SELECT meter_id, 'odd',"
            " %s, %s, 1, 'odd', true, 'catalog' FROM meters WHERE id = %s",
            (START, END, HALL),
        )


async def remark(pool: Pool, _: Path) -> None:
    async with writing(pool) as connection:
        await mark_buildings(connection, ["hall"])


CHANGES: dict[str, tuple[Act, set[str]]] = {
    "own file": (load_own, {HALL}),
    "file of a new building": (load_new, {"mill/electricity", TOWN}),
    "exclusion": (make_exclusion, {HALL}),
    "undone exclusion": (undo, {HALL}),
    "area": (lambda pool, _: set_building(pool, "hall", area_m2=900.0), {HALL}),
    "name": (lambda pool, _: set_building(pool, "bath", name="Old Baths"), {BATHS, BATHS_2}),
    "event": (lambda pool, _: add_event(pool, "hall", "retrofit", date(2019, 3, 1)), {HALL}),
    "site setting": (lambda pool, _: set_site(pool, "town", {"units": "kBtu,ft2"}), {TOWN}),
    "correction by hand": (by_hand, {HALL}),
    "deletion by hand": (delete_by_hand, {HALL}),
    "fault": (fault_by_hand, {HALL}),
    "remark of a person": (remark, {HALL}),
}


async def test_change_is_seen_in_its_series_and_in_no_other(town: Pool, tmp_path: Path) -> None:
    for what, (act, touched) in CHANGES.items():
        before = await versions(town)
        version = (await fetch(town, "SELECT version FROM data_state"))[0][0]
        await act(town, tmp_path)
        after = await versions(town)
        assert {name for name in after if after[name] != before.get(name)} == touched, what
        assert all(after[name] > version for name in touched), what
        assert not await unchanged(town, [WEATHER, *touched], version), what
        assert await unchanged(town, before.keys() - touched, version), what
        assert not await unchanged(town, [EVERYTHING], version), what


async def test_data_loaded_anew_change_all_series(town: Pool, tmp_path: Path) -> None:
    version = (await fetch(town, "SELECT version FROM data_state"))[0][0]
    await load_shipped(town, write_data_folder(tmp_path / "shipped", factor=2.0))
    for series in (HALL, BATHS, WEATHER):
        assert not await unchanged(town, [series], version)


async def test_saying_again_what_is_so_changes_nothing(town: Pool) -> None:
    await set_building(town, "hall", area_m2=900.0)
    before = await versions(town)
    await set_building(town, "hall", area_m2=900.0)
    assert await versions(town) == before


async def test_removed_event_and_meter_are_changes(town: Pool) -> None:
    event = await add_event(town, "hall", "retrofit", date(2019, 3, 1))
    version = (await fetch(town, "SELECT version FROM data_state"))[0][0]
    await remove_event(town, event.id)
    assert not await unchanged(town, [HALL], version)
    version = (await fetch(town, "SELECT version FROM data_state"))[0][0]
    async with writing(town) as connection:
        await connection.execute("DELETE FROM meters WHERE id = %s", (BATHS,))
    assert not await unchanged(town, [BATHS], version)
    assert not await unchanged(town, [TOWN], version)
    assert await unchanged(town, [HALL, WEATHER], version)


async def test_series_that_is_not_known_has_changed(town: Pool) -> None:
    version = (await fetch(town, "SELECT version FROM data_state"))[0][0]
    assert await unchanged(town, [HALL], version)
    assert not await unchanged(town, [HALL, "elsewhere/electricity"], version)


async def test_change_that_is_rolled_back_never_was(town: Pool) -> None:
    before = await versions(town)
    with suppress(ZeroDivisionError):
        async with writing(town) as connection:
            await mark_changed(connection, [HALL])
            raise ZeroDivisionError
    assert await versions(town) == before
    assert await fetch(town, "SELECT count(*) FROM series_dirty") == [(0,)]


async def test_two_databases_are_never_taken_for_one(server: str, town: Pool) -> None:
    async with await psycopg.AsyncConnection.connect(server, autocommit=True) as connection:
        await connection.execute("CREATE SCHEMA IF NOT EXISTS other_identity")
    from memory.migrate import migrate

    async with open_pool(f"{server}?options=-csearch_path%3Dother_identity") as pool:
        await migrate(pool)
        assert await data_identity(pool) != await data_identity(town)


async def test_change_is_told_to_whoever_listens_also_after_the_connection_broke(blank_dsn: str, town: Pool) -> None:
    heard: asyncio.Queue[Changed] = asyncio.Queue()

    async def address() -> str:
        return blank_dsn

    listening = asyncio.create_task(listen(address, heard.put))
    try:
        await _listener(town)
        await set_building(town, "hall", area_m2=800.0)
        told = await asyncio.wait_for(heard.get(), 5)
        assert told == Changed((HALL,), (await fetch(town, "SELECT version FROM data_state"))[0][0])
        async with writing(town) as connection:
            await connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN eaio_series'"
            )
        assert await asyncio.wait_for(heard.get(), 5) == Changed(None, 0)  # anything may have changed meanwhile
        await set_building(town, "hall", area_m2=700.0)
        assert (await asyncio.wait_for(heard.get(), 5)).series == (HALL,)
    finally:
        listening.cancel()
        await asyncio.wait([listening])


async def _listener(pool: Pool) -> None:
    """Wait until somebody listens."""
    async with asyncio.timeout(5):
        while not await fetch(pool, "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'LISTEN eaio_series'"):
            await asyncio.sleep(0.01)


def test_many_series_are_told_as_all_and_what_is_no_notice_is_none() -> None:
    assert read(json.dumps({"version": 3, "series": "*"})) == Changed(None, 3)
    assert read(json.dumps({"version": 3, "series": ["a"]})) == Changed(("a",), 3)
    for strange in ("", "x", "[]", "3", '{"version": "3", "series": []}', '{"series": ["a"]}', '{"version": 1}'):
        assert read(strange) is None
