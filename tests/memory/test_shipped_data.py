"""The shipped data is the source's: every value, every fault, and nothing mended."""

import csv
import math
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow.parquet as parquet  # type: ignore[import-untyped]
import pytest

from memory.building_data import BuildingData
from memory.catalog import DATA
from memory.postgres import Pool, fetch
from tools.readings import Flag, HourlySeries

HOUR = timedelta(hours=1)


def year(n: int) -> tuple[datetime, datetime]:
    return datetime(n, 1, 1, tzinfo=UTC), datetime(n + 1, 1, 1, tzinfo=UTC)


async def series(pool: Pool, meter: str, start: datetime, end: datetime) -> HourlySeries:
    return (await BuildingData(pool).hourly([meter], start, end))[meter]


def written(source: Path | None, meter: str, *paths: str, delimiter: str = ",") -> list[float]:
    """Return what the source files say of a meter, or without them what the shipped file does."""
    if source is None:
        site = "iiitd" if paths[0].startswith("iblend") else "cambridge"
        rows = parquet.read_table(DATA / "readings" / f"{site}.parquet", filters=[("meter", "=", meter)])
        return [math.nan if value is None else float(value) for value in rows["value"].to_pylist()]
    lines = [line for path in paths for line in (source / path).read_text(encoding="utf-8").splitlines()[1:]]
    cells = [row[1] for row in csv.reader(lines, delimiter=delimiter)]
    return [math.nan if cell in ("", "NA") else float(cell) for cell in cells]


@pytest.mark.parametrize(
    ("meter", "path"),
    [
        ("b4/electricity", "UCam_Building_b4/electricity/{}.csv"),
        ("b40/gas", "UCam_Building_b40/gas/{}.csv"),
        ("b105/electricity", "UCam_Building_b105/electricity/{}.csv"),
        ("cambridge/carbon", "carbon_intensity/{}.csv"),
    ],
)
async def test_cambridge_values_are_those_of_the_source(
    shipped: Pool, source: Path | None, meter: str, path: str
) -> None:
    stored = await series(shipped, meter, year(2018)[0], year(2020)[1])
    files = (f"cambridge_estates/{path.format(n)}" for n in (2018, 2019, 2020))
    assert stored.values.tolist() == written(source, meter, *files)


async def test_delhi_values_are_the_watts_of_the_source_as_kwh(shipped: Pool, source: Path | None) -> None:
    start = datetime(2013, 8, 9, 18, 30, tzinfo=UTC)
    file = "iblend_iiitd/hourly/ACB-AcademicBuilding.csv"
    watts = np.array(written(source, "acb/electricity", file, delimiter=";"))
    stored = await series(shipped, "acb/electricity", start, start + len(watts) * HOUR)
    np.testing.assert_array_equal(stored.values, watts / 1000)


async def test_totals_of_2019_without_the_source_at_hand(shipped: Pool) -> None:
    totals = {"b4/electricity": 132_010.3, "b105/electricity": 7_432_846.0, "b40/gas": 304_236.0}
    for meter, total in totals.items():
        stored = await series(shipped, meter, *year(2019))
        assert math.fsum(stored.values[stored.valid()]) == pytest.approx(total, rel=1e-6)


async def test_delhi_hours_begin_at_half_past(shipped: Pool) -> None:
    stored = await series(shipped, "bh/electricity", datetime(2014, 1, 1, tzinfo=UTC), datetime(2014, 1, 2, tzinfo=UTC))
    assert stored.start == datetime(2014, 1, 1, 0, 30, tzinfo=UTC)
    assert len(stored.values) == 24


async def test_weather_every_half_hour_becomes_hourly_means_without_the_sentinel(shipped: Pool) -> None:
    nine_in_the_evening = datetime(2016, 2, 27, 15, 30, tzinfo=UTC)
    stored = await series(shipped, "iiitd/temperature", nine_in_the_evening, nine_in_the_evening + HOUR)
    assert stored.values.tolist() == [19.5]  # 19 and 20; the third reading of that hour is -9999
    assert stored.flags.tolist() == [Flag.OK]


async def test_zero_of_electricity_is_missing_and_zero_of_gas_is_valid(shipped: Pool) -> None:
    electricity = await series(shipped, "b4/electricity", *year(2019))
    gas = await series(shipped, "b4/gas", *year(2019))
    assert (electricity.flags == Flag.ZERO_AS_MISSING).sum() == 46
    assert (electricity.values == 0).sum() == 46
    assert (gas.flags == Flag.ZERO_GAS).sum() == 2781
    assert electricity.valid().sum() == 8760 - 46
    assert gas.valid().all()


async def test_everything_has_its_name(shipped: Pool) -> None:
    inventory = await BuildingData(shipped).inventory()
    assert set(inventory.sites) == {"cambridge", "iiitd"}
    assert len(inventory.buildings) == 19
    assert len(inventory.meters) == 38
    hostel = inventory.buildings["gh"]
    assert (hostel.area_m2, hostel.floors, hostel.year_built) == (3542.0213, 4, 2012)
    assert {"girls' hostel", "girls dormitory"} <= set(hostel.aliases)
    assert inventory.buildings["b4"].area_m2 is None
    assert inventory.meters_of("srb", "electricity") == []
    assert inventory.site_meter("cambridge", "price") is not None
    assert inventory.site_meter("iiitd", "carbon") is None


async def test_shipped_file_is_the_source(source: Path | None) -> None:
    for meter, file in (("lb/electricity/1", "LB-LibraryBuilding0"), ("lcb/electricity", "LCB-LectureBuilding")):
        path = f"iblend_iiitd/hourly/{file}.csv"
        shipped, given = (np.array(written(s, meter, path, delimiter=";")) for s in (None, source))
        np.testing.assert_array_equal(shipped, given)


async def test_successive_meters_are_in_order_and_never_together(shipped: Pool) -> None:
    inventory = await BuildingData(shipped).inventory()
    for building in ("gh", "lb"):
        first, second = inventory.meters_of(building, "electricity")
        assert first.last_end < second.first
        change = next(f for f in inventory.faults if f.meter == second.id and f.kind == "meter_change")
        assert change.open
        assert (change.start, change.end) == (first.last_end, second.first)


async def test_known_faults_are_found(shipped: Pool) -> None:
    faults = (await BuildingData(shipped).inventory()).faults
    found = {(fault.meter, fault.kind, fault.open) for fault in faults}
    assert {meter for meter, kind, is_open in found if kind == "unit_doubt" and is_open} == {
        f"b{n}/gas" for n in (4, 8, 19, 22, 25, 31, 35, 36, 40, 58, 105, 111)
    }
    assert {(meter, kind) for meter, kind, is_open in found if is_open and kind != "unit_doubt"} == {
        ("b40/gas", "level_step"),
        ("cambridge/carbon", "co2_alone"),
        ("lcb/electricity", "mostly_missing"),
        ("gh/electricity/2", "meter_change"),
        ("lb/electricity/2", "meter_change"),
        ("iiitd/humidity", "humidity_doubt"),
    }
    assert {meter for meter, kind, _ in found if kind == "level_change"} == {
        "b8/electricity", "b22/electricity", "b36/electricity", "b40/electricity",
    }  # fmt: skip
    assert ("iiitd/temperature", "sentinel", False) in found


async def test_the_gas_step_is_dated_and_sized(shipped: Pool) -> None:
    faults = (await BuildingData(shipped).inventory()).faults
    step = next(fault for fault in faults if fault.kind == "level_step")
    assert step.start == datetime(2018, 1, 1, tzinfo=UTC)
    assert datetime(2018, 5, 9, tzinfo=UTC) < step.end < datetime(2018, 5, 12, tzinfo=UTC)
    assert "17 times" in step.note


async def test_every_note_is_short_and_plain(shipped: Pool) -> None:
    for fault in (await BuildingData(shipped).inventory()).faults:
        assert len(fault.note) < 160, fault
        assert fault.note[0].isupper(), fault
        assert fault.note.endswith("."), fault
        assert fault.start < fault.end
        assert fault.hours > 0, fault


async def test_stored_hours_are_counted(shipped: Pool) -> None:
    rows = await fetch(shipped, "SELECT sum(hours), (SELECT count(*) FROM readings) FROM meters")
    assert rows == [(967_640, 967_640)]


def test_data_is_small_and_carries_its_licences() -> None:
    assert sum(path.stat().st_size for path in (DATA / "readings").iterdir()) < 10_000_000
    text = (DATA / "SOURCES.md").read_text()
    for path in (DATA / "licences").iterdir():
        assert path.name in text
    assert "Met Office" in text
