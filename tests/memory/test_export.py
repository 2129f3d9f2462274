"""Readings leave for a person's own file only, each with its unit, time and flag."""

import csv
import stat
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as parquet  # type: ignore[import-untyped]
import pytest

from memory.building_data import BuildingData
from memory.errors import BadFile
from memory.exclusion import exclude
from memory.export import Exported, export, write_file
from memory.load import load_shipped
from memory.postgres import Pool
from tests.memory.data_folder import write_data_folder

START, END = datetime(2019, 3, 30, 22, tzinfo=UTC), datetime(2019, 3, 31, 3, tzinfo=UTC)


@pytest.fixture
async def exported(empty: Pool, tmp_path: Path) -> list[Exported]:
    """Export the hours around a change of the clock, one of them excluded."""
    await load_shipped(empty, write_data_folder(tmp_path / "data"))
    hour = END.replace(hour=2)
    await exclude(empty, "hall/electricity", hour, END, because="the meter was open")
    meter = (await BuildingData(empty).inventory()).meters["hall/electricity"]
    return [await export(empty, meter, "Europe/London", START, END)]


def test_csv_says_zone_unit_and_flag(exported: list[Exported], tmp_path: Path) -> None:
    path = tmp_path / "hall.csv"
    assert write_file(path, "csv", exported) == 5
    rows = list(csv.reader(path.read_text().splitlines()))
    assert rows[0] == ["start of hour [Europe/London]", "meter", "unit", "value [kWh]", "flag"]
    assert rows[3] == ["2019-03-31T00:00:00+00:00", "hall/electricity", "kWh", "5.0", "ok"]
    assert rows[5] == ["2019-03-31T03:00:00+01:00", "hall/electricity", "kWh", "5.0", "excluded"]


def test_parquet_has_the_same(exported: list[Exported], tmp_path: Path) -> None:
    path = tmp_path / "hall.parquet"
    write_file(path, "parquet", exported)
    table = parquet.read_table(path)
    assert table.schema.metadata[b"value"] == b"value [kWh]"
    assert table.schema.field("at").type.tz == "Europe/London"
    assert table["at"].to_pylist()[0] == START
    assert table["flag"].to_pylist() == ["ok"] * 4 + ["excluded"]


def test_file_is_its_owners_and_nothing_is_overwritten_unasked(exported: list[Exported], tmp_path: Path) -> None:
    path = tmp_path / "hall.csv"
    write_file(path, "csv", exported)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(BadFile, match="is there already"):
        write_file(path, "csv", exported)
    assert write_file(path, "csv", exported, replace=True) == 5
    with pytest.raises(BadFile, match="cannot be written"):
        write_file(tmp_path / "nowhere" / "hall.csv", "csv", exported)
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["hall.csv"]
