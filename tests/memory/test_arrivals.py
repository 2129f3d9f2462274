"""What files bring beside good readings: each has its treatment, its record, and no row is lost."""

import math
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from memory.building_data import BuildingData
from memory.column_guess import guess_mapping
from memory.columns import override
from memory.errors import BadMapping
from memory.own_data import OwnLoad, load_file
from memory.postgres import Pool, fetch
from tools.readings import Fault, Flag

pytestmark = pytest.mark.slow
NOW = datetime(2025, 1, 1, tzinfo=UTC)
JANUARY = datetime(2024, 1, 1)
HOUR = timedelta(hours=1)


async def load(pool: Pool, path: Path, text: str, *, timezone: str = "UTC", **changes: Any) -> OwnLoad:
    path.write_text(text, encoding="utf-8")
    mapping = override(guess_mapping(path, timezone=timezone), **changes)
    return await load_file(pool, path, site="home", mapping=mapping, now=NOW)


async def stored(pool: Pool, meter: str) -> list[tuple[float, Flag]]:
    rows = await fetch(
        pool, "SELECT value, flag FROM readings JOIN meters USING (meter_id) WHERE id = %s ORDER BY at", (meter,)
    )
    return [(value, Flag(flag)) for value, flag in rows]


async def faults(pool: Pool) -> dict[str, Fault]:
    return {fault.kind: fault for fault in (await BuildingData(pool).inventory()).faults}


def hourly(values: list[object], header: str = "time,A kWh", start: datetime = JANUARY) -> str:
    return header + "\n" + "".join(f"{start + n * HOUR:%Y-%m-%d %H:%M},{value}\n" for n, value in enumerate(values))


async def test_register_is_guessed_confirmed_and_its_differences_loaded(empty: Pool, tmp_path: Path) -> None:
    level, values = 99_500.0, []
    for n in range(100):
        values.append(round(level % 100_000, 1))
        level += 9.5 + n % 2
    path = tmp_path / "a.csv"
    path.write_text(hourly(list(values), "time,Hall meter reading (kWh)"))
    guessed = guess_mapping(path, timezone="UTC")
    assert guessed.values[0].register
    assert "only rises" in guessed.doubts[0]
    assert not override(guessed, register=False).values[0].register
    assert override(guessed, register=True).doubts == ()
    done = await load(empty, path, path.read_text())
    assert (done.hours, done.rejected) == (99, {})
    found = await stored(empty, done.meters[0])
    assert {round(value, 6) for value, _ in found} == {9.5, 10.5}
    records = await faults(empty)
    assert {"register", "register_rollover"} <= set(records)
    assert not records["register_rollover"].open


async def test_register_that_is_reset_says_so_and_stands_still_without_being_missing(
    empty: Pool, tmp_path: Path
) -> None:
    values = [50_000.0 + 10 * n for n in range(30)] + [5.0 + 10 * n for n in range(30)] + [295.0, 295.0]
    done = await load(empty, tmp_path / "a.csv", hourly(list(values), "time,Hall register (kWh)"))
    found = await stored(empty, done.meters[0])
    assert math.isnan(found[29][0])
    assert found[29][1] == Flag.ABSENT
    assert found[-1] == (0.0, Flag.OK)
    record = (await faults(empty))["register_reset"]
    assert (record.open, record.start) == (True, datetime(2024, 1, 2, 5, tzinfo=UTC))


async def test_second_readings_are_told_apart_by_what_they_say(empty: Pool, tmp_path: Path) -> None:
    text = hourly([1, 2, 3]) + "2024-01-01 00:00,1\n2024-01-01 01:00,9\n"
    done = await load(empty, tmp_path / "a.csv", text)
    assert done.rejected == {"a second reading for the same moment": 1, "the same reading a second time": 1}
    assert [value for value, _ in await stored(empty, "a/electricity")] == [1.0, 2.0, 3.0]
    records = await faults(empty)
    assert (records["duplicate"].hours, records["conflict"].hours, records["out_of_order"].hours) == (1, 1, 2)


async def test_file_that_runs_backwards_is_in_order(empty: Pool, tmp_path: Path) -> None:
    lines = hourly(list(range(1, 9))).splitlines()
    await load(empty, tmp_path / "a.csv", "\n".join([lines[0], *lines[:0:-1]]))
    assert await faults(empty) == {}


async def test_units_mixed_in_a_column_of_units_and_in_cells_are_made_one(empty: Pool, tmp_path: Path) -> None:
    rows = [("kWh", "1000"), ("MWh", "1"), ("Wh", "1000000"), ("kWh", "1 MWh")]
    text = "time,building,unit,reading\n" + "".join(
        f"2024-01-01 {n:02}:00,Hall,{unit},{value}\n" for n, (unit, value) in enumerate(rows)
    )
    done = await load(empty, tmp_path / "a.csv", text)
    assert done.rejected == {}
    assert [value for value, _ in await stored(empty, "hall/electricity")] == [pytest.approx(1000.0)] * 4
    assert "1 in Wh" in (await faults(empty))["mixed_units"].note


async def test_cells_with_their_unit_and_byte_order_mark_semicolons_and_commas(empty: Pool, tmp_path: Path) -> None:
    text = "\ufeffZeit;Rathaus\n" + "".join(f"01.01.2024 {n:02}:00;{n},5 MWh\n" for n in range(24))
    done = await load(empty, tmp_path / "a.csv", text)
    assert (done.meters, done.rejected) == (("rathaus/electricity",), {})
    assert (await stored(empty, "rathaus/electricity"))[2] == (2500.0, Flag.OK)


@pytest.mark.parametrize(
    "header",
    [
        "time,Hall,,Annex\n,kWh,m3,kWh",
        "time,Hall electricity,Hall gas,Annex\n,[kWh],[m3],[kWh]",
        ",kWh,m3,kWh\ntime,Hall,Hall,Annex",
    ],
)
async def test_two_header_rows_are_read_together(empty: Pool, tmp_path: Path, header: str) -> None:
    done = await load(empty, tmp_path / "a.csv", hourly(["1,2,3"] * 4, header))
    assert sorted(done.meters) == ["annex/electricity", "hall/electricity", "hall/gas"]
    assert (await stored(empty, "annex/electricity"))[0] == (3.0, Flag.OK)


async def test_spike_is_kept_counted_and_told(empty: Pool, tmp_path: Path) -> None:
    values = [10.0 + n % 5 for n in range(400)]
    values[200] = 9_000.0
    await load(empty, tmp_path / "a.csv", hourly(list(values)))
    assert (await stored(empty, "a/electricity"))[200] == (9000.0, Flag.OK)
    record = (await faults(empty))["spike"]
    assert (record.open, record.hours, record.start) == (True, 1, datetime(2024, 1, 9, 8, tzinfo=UTC))


async def test_negative_and_future_readings_are_kept_out_and_kept(empty: Pool, tmp_path: Path) -> None:
    done = await load(empty, tmp_path / "a.csv", hourly([1, -2, 3]) + "2030-01-01 00:00,4\n")
    assert done.rejected == {"a time in the future": 1}
    assert (await stored(empty, "a/electricity"))[1] == (-2.0, Flag.NEGATIVE)
    assert (await faults(empty))["negative"].hours == 1


def of_meters(spans: dict[str, tuple[int, int]]) -> str:
    """Return a long file of one building, with the hours from and to of each of its meters."""
    rows = [
        f"{JANUARY + n * HOUR:%Y-%m-%d %H:%M},Hall,{meter},{5 + n % 7}\n"
        for meter, (first, end) in spans.items()
        for n in range(first, end)
    ]
    return "time,building,meter_id,kWh\n" + "".join(rows)


async def test_meter_that_is_replaced_has_a_successor(empty: Pool, tmp_path: Path) -> None:
    done = await load(empty, tmp_path / "a.csv", of_meters({"A-1": (0, 100), "B-2": (90, 300)}))
    assert done.meters == ("hall/electricity", "hall/electricity/b-2")
    assert done.rejected == {"a reading of a meter whose successor had begun": 10}
    assert (len(await stored(empty, done.meters[0])), len(await stored(empty, done.meters[1]))) == (90, 210)
    inventory = await BuildingData(empty).inventory()
    assert [m.id for m in inventory.meters_of("hall", "electricity")] == list(done.meters)
    change = next(fault for fault in inventory.faults if fault.kind == "meter_change")
    assert (change.open, change.meter) == (True, "hall/electricity/b-2")
    more = await load(empty, tmp_path / "b.csv", of_meters({"B-2": (300, 310)}).replace("hall", "Hall"))
    assert more.meters == ("hall/electricity/b-2",)


async def test_meters_that_measure_at_the_same_time_are_no_succession(empty: Pool, tmp_path: Path) -> None:
    text = of_meters({"A-1": (0, 400), "B-2": (0, 400)})
    with pytest.raises(BadMapping, match=r"A-1 and B-2 at the same time, in 400 hours; .* --building-from"):
        await load(empty, tmp_path / "a.csv", text)
    done = await load(empty, tmp_path / "a.csv", text, building_from="meter_id")
    assert sorted(done.meters) == ["a-1/electricity", "b-2/electricity"]
