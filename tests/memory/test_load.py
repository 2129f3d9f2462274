"""The shipped data is loaded once and whole, whoever else loads it and whatever kills the loader."""

import asyncio
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from memory.building_data import BuildingData
from memory.building_edit import set_building
from memory.column_guess import guess_mapping
from memory.listing import data_check
from memory.load import ensure_loaded, load_shipped
from memory.own_data import load_csv
from memory.postgres import Pool, fetch, open_pool
from tests.memory.data_folder import write_data_folder
from tools.readings import Flag

LOADER = """
import asyncio, sys
from pathlib import Path
from memory.load import load_shipped
from memory.postgres import open_pool

def stop_half_way(done: int, total: int, what: str) -> None:
    if done > total / 2:
        print("half", flush=True)
        sys.stdin.read()

async def main() -> None:
    async with open_pool(sys.argv[1]) as pool:
        await load_shipped(pool, Path(sys.argv[2]), stop_half_way)

asyncio.run(main())
"""


async def counts(pool: Pool) -> tuple[int, ...]:
    """Return how many readings, meters, buildings, faults and loads there are."""
    counted = (
        "SELECT (SELECT count(*) FROM readings), (SELECT count(*) FROM meters), (SELECT count(*) FROM buildings),"
        " (SELECT count(*) FROM faults), (SELECT count(*) FROM loads)"
    )
    return (await fetch(pool, counted))[0]


async def test_second_load_of_known_files_changes_nothing(empty: Pool, tmp_path: Path) -> None:
    folder = write_data_folder(tmp_path)
    assert (await load_shipped(empty, folder)).hours == 12_500
    before, version = await counts(empty), (await BuildingData(empty).inventory()).data_version
    assert (await load_shipped(empty, folder)).hours == 0
    assert await counts(empty) == before
    assert (await BuildingData(empty).inventory()).data_version == version
    assert not await ensure_loaded(empty)


async def test_changed_file_replaces_what_was_there_and_back(empty: Pool, tmp_path: Path) -> None:
    data = BuildingData(empty)
    folder = write_data_folder(tmp_path)
    span = datetime(2019, 1, 1, tzinfo=UTC), datetime(2019, 1, 1, 2, tzinfo=UTC)
    for factor in (1.0, 3.0, 1.0):
        write_data_folder(tmp_path, factor=factor)
        await load_shipped(empty, folder)
        stored = (await data.hourly(["hall/electricity"], *span))["hall/electricity"]
        assert stored.values.tolist() == [5.0 * factor] * 2
    assert (await counts(empty))[0] == 12_500


async def test_progress_ends_at_the_total(empty: Pool, tmp_path: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    await load_shipped(empty, write_data_folder(tmp_path), lambda *step: seen.append(step))
    assert [done for done, _, _ in seen] == sorted(done for done, _, _ in seen)
    assert seen[-1][:2] == (12_500, 12_500)
    assert seen[0][2] == "readings of January 2019"


async def test_earlier_meter_gives_way_from_the_start_of_the_later_one(empty: Pool, tmp_path: Path) -> None:
    await load_shipped(empty, write_data_folder(tmp_path))
    rows = await fetch(
        empty,
        "SELECT flag, count(*), min(at), max(value) FROM readings JOIN meters USING (meter_id)"
        " WHERE id = 'bath/electricity/1' GROUP BY flag ORDER BY flag",
    )
    assert rows == [
        (Flag.OK, 2000, datetime(2019, 1, 1, tzinfo=UTC), 2.0),
        (Flag.DUPLICATE, 500, datetime(2019, 3, 25, 8, tzinfo=UTC), 2.0),
    ]
    faults = {fault.kind: fault for fault in (await BuildingData(empty).inventory()).faults}
    assert faults["overlap"].hours == 500
    assert faults["meter_change"].open


async def test_killed_loader_leaves_an_empty_store_that_the_next_one_fills(
    empty: Pool, blank_dsn: str, tmp_path: Path
) -> None:
    folder = write_data_folder(tmp_path)
    loader = subprocess.Popen(
        [sys.executable, "-c", LOADER, blank_dsn, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    try:
        assert loader.stdout is not None
        assert (await asyncio.to_thread(loader.stdout.readline)).strip() == b"half"
        assert await counts(empty) == (0, 0, 0, 0, 0)
    finally:
        loader.send_signal(signal.SIGKILL)
        loader.communicate()
    assert (await load_shipped(empty, folder)).hours == 12_500  # waits for nobody: the lock went with the process


async def test_two_loaders_at_once_both_succeed_and_load_once(empty: Pool, blank_dsn: str, tmp_path: Path) -> None:
    folder = write_data_folder(tmp_path)
    async with open_pool(blank_dsn) as other:
        results = await asyncio.gather(load_shipped(empty, folder), load_shipped(other, folder))
    assert sorted(result.hours for result in results) == [0, 12_500]
    assert (await counts(empty))[0] == 12_500


async def test_what_people_said_and_loaded_survives_a_reload(empty: Pool, tmp_path: Path) -> None:
    folder = write_data_folder(tmp_path / "data")
    await load_shipped(empty, folder)
    await set_building(empty, "hall", area_m2=1234.5)
    mine = tmp_path / "mine.csv"
    mine.write_text("time,hall kWh\n2019-01-01 01:00,77\n2019-01-01 02:00,78\n2022-01-01 00:00,79\n")
    mapping = guess_mapping(mine, timezone="Europe/London")
    await load_csv(empty, mine, site="town", mapping=mapping)

    await load_shipped(empty, write_data_folder(folder, factor=2.0))

    data = BuildingData(empty)
    inventory = await data.inventory()
    assert inventory.buildings["hall"].area_m2 == 1234.5
    assert inventory.meters["hall/electricity"].last_end == datetime(2022, 1, 1, 1, tzinfo=UTC)
    span = datetime(2019, 1, 1, tzinfo=UTC), datetime(2019, 1, 1, 3, tzinfo=UTC)
    assert (await data.hourly(["hall/electricity"], *span))["hall/electricity"].values.tolist() == [10.0, 77.0, 78.0]
    assert len((await data_check(empty)).loads) == 5
