"""What a sub-meter counts is in its building's own meter already, so no total adds it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from memory.building_data import BuildingData
from memory.column_guess import guess_mapping
from memory.columns import override
from memory.errors import BadMapping
from memory.own_data import load_file
from memory.postgres import Pool
from tools.compute import compute
from tools.grammar import parse

HOURS = 24
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def file_of(folder: Path, kwh: float) -> Path:
    path = folder / f"{kwh:g}.csv"
    rows = "".join(f"2024-03-01 {hour:02d}:00,{kwh}\n" for hour in range(HOURS))
    path.write_text(f"time,mill kWh\n{rows}")
    return path


async def load(pool: Pool, path: Path, sub_meter: str | None = None) -> None:
    mapping = override(guess_mapping(path, timezone="UTC"), building="mill", sub_meter=sub_meter)
    await load_file(pool, path, site="town", mapping=mapping)


async def test_readings_of_a_sub_meter_are_kept_and_no_total_adds_them(empty: Pool, tmp_path: Path) -> None:
    await load(empty, file_of(tmp_path, 10))
    await load(empty, file_of(tmp_path, 4), "Chiller 1")
    data = BuildingData(empty)
    names = await data.inventory()
    assert {m: names.meters[m].sub_meter_of for m in names.meters} == {
        "mill/electricity": None,
        "mill/electricity/sub-chiller-1": "mill/electricity",
    }
    (query,) = parse("How much electricity did mill use in March 2024?", names, NOW).queries
    facts = await compute(query, data, names)
    assert facts.evidence[0].value == pytest.approx(10 * HOURS)
    span = datetime(2024, 3, 1, tzinfo=UTC), datetime(2024, 3, 2, tzinfo=UTC)
    kept = await data.hourly(["mill/electricity/sub-chiller-1"], *span)
    assert kept["mill/electricity/sub-chiller-1"].values.sum() == pytest.approx(4 * HOURS)


async def test_sub_meter_of_a_meter_that_is_not_there_is_refused_and_nothing_is_left(
    empty: Pool, tmp_path: Path
) -> None:
    with pytest.raises(BadMapping, match="load the meter that counts Chiller 1 too before its sub-meter"):
        await load(empty, file_of(tmp_path, 4), "Chiller 1")
    assert not (await BuildingData(empty).inventory()).meters


@pytest.mark.parametrize("name", ["", "  ", "//"])
async def test_sub_meter_needs_a_name(empty: Pool, tmp_path: Path, name: str) -> None:
    await load(empty, file_of(tmp_path, 10))
    with pytest.raises(BadMapping, match="sub-meter"):
        await load(empty, file_of(tmp_path, 4), name)
    assert len((await BuildingData(empty).inventory()).meters) == 1
