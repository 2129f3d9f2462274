"""What a load refused is kept as it stood, listed, and tried again under another mapping."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from memory.building_data import BuildingData
from memory.column_guess import guess_mapping
from memory.columns import override
from memory.errors import BadChange, BadMapping
from memory.own_data import OwnLoad, load_file
from memory.postgres import Pool, fetch
from memory.rejects import list_rejects, mapping_of_load
from memory.rejects_replay import Replayed, replay
from tests.memory.green_button import feed, meter, reading_type

pytestmark = pytest.mark.slow
NOW = datetime(2025, 1, 1, tzinfo=UTC)


async def load(pool: Pool, path: Path, text: str, timezone: str = "UTC", **changes: Any) -> OwnLoad:
    path.write_text(text, encoding="utf-8")
    mapping = override(guess_mapping(path, timezone=timezone), **changes)
    return await load_file(pool, path, site="home", mapping=mapping, now=NOW)


async def again(pool: Pool, done: OwnLoad, **changes: Any) -> Replayed:
    assert done.load_id is not None
    mapping = override(await mapping_of_load(pool, done.load_id), **changes)
    return await replay(pool, done.load_id, mapping, now=NOW)


async def stored(pool: Pool, meter: str) -> dict[str, float]:
    rows = await fetch(
        pool, "SELECT at, value FROM readings JOIN meters USING (meter_id) WHERE id = %s ORDER BY at", (meter,)
    )
    return {f"{at:%m-%d %H}": value for at, value in rows}


async def test_rows_of_another_time_format_load_with_that_format(empty: Pool, tmp_path: Path) -> None:
    good = "".join(f"2024-01-01 {n:02}:00,{n}\n" for n in range(20))
    done = await load(
        empty, tmp_path / "a.csv", "time,A kWh\n" + good + '02/01/2024 00:00,50\n"02/01/2024 01:00","51"\n'
    )
    assert done.rejected == {"the time cannot be read": 2}
    assert (await again(empty, done)).left == {"the time cannot be read": 2}
    version = (await BuildingData(empty).inventory()).data_version
    tried = await again(empty, done, time_format="%d/%m/%Y %H:%M")
    assert tried == Replayed(tried=2, loaded=2, hours=2, left={})
    found = await stored(empty, "a/electricity")
    assert (len(found), found["01-02 00"], found["01-02 01"]) == (22, 50.0, 51.0)
    assert await list_rejects(empty) == ([], 0)
    inventory = await BuildingData(empty).inventory()
    assert inventory.data_version > version
    assert inventory.meters["a/electricity"].last_end == datetime(2024, 1, 2, 2, tzinfo=UTC)
    assert await fetch(empty, "SELECT rejected FROM loads") == [(0,)]


async def test_cells_with_another_decimal_sign_load_and_the_others_of_their_row_stay(
    empty: Pool, tmp_path: Path
) -> None:
    good = "".join(f"2024-01-01 {n:02}:00;1.5;2.5\n" for n in range(20))
    text = f"time;A | B kWh;C kWh\n{good}2024-01-01 20:00;3,25;7.5\n2024-01-01 21:00;#REF!;8.5\n"
    done = await load(empty, tmp_path / "a.csv", text)
    assert done.rejected == {"not a number": 2}
    tried = await again(empty, done, decimal=",")
    assert (tried.loaded, tried.hours, tried.left) == (1, 1, {"not a number": 1})
    assert (await stored(empty, done.meters[0]))["01-01 20"] == 3.25
    assert (await stored(empty, "c/electricity"))["01-01 20"] == 7.5
    kept, total = await list_rejects(empty, done.load_id)
    assert (total, kept[0].raw) == (1, "A | B kWh: #REF! | 2024-01-01 21:00;#REF!;8.5")


async def test_reading_never_takes_the_place_of_a_valid_one(empty: Pool, tmp_path: Path) -> None:
    good = "".join(f"2024-01-01 {n:02}:00,{n + 1}\n" for n in range(20))
    done = await load(empty, tmp_path / "a.csv", "time,A kWh\n" + good + "01/01/2024 05:00,99\n")
    tried = await again(empty, done, time_format="%d/%m/%Y %H:%M")
    assert (tried.loaded, tried.left) == (0, {"the time cannot be read": 1})
    assert (await stored(empty, "a/electricity"))["01-01 05"] == 6.0


async def test_part_of_an_hour_waits_for_the_whole_file_and_a_whole_hour_loads(empty: Pool, tmp_path: Path) -> None:
    quarters = [datetime(2024, 1, 1) + timedelta(minutes=15 * n) for n in range(80)]
    lines = [f"{at:%Y-%m-%d %H:%M},1" for at in quarters]
    lines[5] = f"{quarters[5]:%d/%m/%Y %H:%M},1"
    lines[8:12] = [f"{at:%d/%m/%Y %H:%M},2" for at in quarters[8:12]]
    done = await load(empty, tmp_path / "a.csv", "\n".join(["time,A kWh", *lines]))
    tried = await again(empty, done, time_format="%d/%m/%Y %H:%M")
    assert (tried.loaded, tried.hours, tried.left) == (4, 1, {"the time cannot be read": 1})
    assert (await stored(empty, "a/electricity"))["01-01 02"] == 8.0


async def test_what_cannot_be_tried_again_says_what_can(empty: Pool, tmp_path: Path) -> None:
    with pytest.raises(BadChange, match="no load 99; `eaio data rejects` lists"):
        await list_rejects(empty, 99)
    text = "time,A register (kWh)\n" + "".join(f"2024-01-01 {n:02}:00,{100 + n}\n" for n in range(20)) + "x,1\n"
    done = await load(empty, tmp_path / "a.csv", text)
    with pytest.raises(BadMapping, match="load the whole file again"):
        await again(empty, done)
    kind = reading_type(uom=72, intervalLength=3600)
    done = await load(empty, tmp_path / "a.xml", feed(meter(1, "Hall", kind, [1, 2], step_s=3600)))
    with pytest.raises(BadChange, match="no rows that could be read in another way"):
        await again(empty, done)
