"""A Parquet file is read by the rules of a text file, long or wide, and a broken one is refused."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as parquet  # type: ignore[import-untyped]
import pytest

from memory.column_guess import guess_mapping
from memory.errors import BadFile
from memory.own_data import load_file
from memory.postgres import Pool, fetch
from memory.raw_files import raw_readings

TIMES = [datetime(2024, 3, 30, 22) + timedelta(hours=n) for n in range(30)]


def written(folder: Path, columns: dict[str, Any], **options: Any) -> Path:
    path = folder / "meters.parquet"
    parquet.write_table(pa.table(columns), path, **options)
    return path


@pytest.mark.parametrize(
    "times",
    [
        pa.array(TIMES, pa.timestamp("ns")),
        pa.array([f"{at:%Y-%m-%d %H:%M}" for at in TIMES]),
        pa.array([f"{at:%d/%m/%Y %H:%M}" for at in TIMES]),
    ],
)
def test_local_times_are_placed_as_in_a_text_file(tmp_path: Path, times: pa.Array) -> None:
    path = written(tmp_path, {"time": times, "Hall kWh": np.arange(30.0), "note": ["x"] * 30})
    mapping = guess_mapping(path, timezone="Europe/London")
    (block,) = raw_readings(path, mapping).blocks()
    assert [(r.line, r.reason[:32]) for r in block.rejects] == [(4, "a local time that does not exist")]
    assert datetime.fromtimestamp(int(block.at[-1]), UTC) == datetime(2024, 4, 1, 2, tzinfo=UTC)
    assert mapping.values[0].building == "Hall"


def test_moments_with_a_zone_are_taken_as_they_are(tmp_path: Path) -> None:
    times = pa.array([at.replace(tzinfo=UTC) for at in TIMES], pa.timestamp("us", tz="America/New_York"))
    path = written(tmp_path, {"time": times, "kWh": np.arange(30.0)})
    (block,) = raw_readings(path, guess_mapping(path, timezone="Asia/Kolkata")).blocks()
    assert (block.rejects, int(block.at[0])) == ([], int(TIMES[0].replace(tzinfo=UTC).timestamp()))


def test_long_file_in_batches_with_words_numbers_and_nulls(tmp_path: Path) -> None:
    names = pa.array(["Hall", " Annex ", None] * 10).dictionary_encode()
    values = pa.array([None if n == 3 else n for n in range(30)], pa.int32())
    path = written(tmp_path, {"time": pa.array(TIMES, pa.timestamp("ms")), "building": names, "kWh": values})
    readings = raw_readings(path, guess_mapping(path, timezone="UTC"))
    blocks = list(readings.blocks(7))  # type: ignore[call-arg]
    assert [name.building for name in readings.names] == ["Hall", "Annex"]
    assert sum(len(block.at) for block in blocks) == 20
    assert {reject.reason for block in blocks for reject in block.rejects} == {"no building named"}
    assert sum(int(np.isnan(block.values).sum()) for block in blocks) == 1


def test_numbers_written_as_text_are_read_or_refused(tmp_path: Path) -> None:
    texts = [f"{n},5" for n in range(28)] + ["#REF!", "1,5 MWh"]
    path = written(tmp_path, {"time": pa.array(TIMES, pa.timestamp("s")), "kWh": texts})
    readings = raw_readings(path, guess_mapping(path, timezone="UTC"))
    (block,) = readings.blocks()
    assert block.values.tolist()[-2:] == [27.5, 1.5]
    assert [(r.line, r.raw) for r in block.rejects] == [(29, "kWh: #REF! | 2024-04-01 02:00:00,#REF!")]
    assert [name.unit for name in readings.names] == ["kWh", "MWh"]


@pytest.mark.slow
async def test_parquet_file_is_loaded_whole(empty: Pool, tmp_path: Path) -> None:
    columns = {"time": pa.array(TIMES, pa.timestamp("us")), "Hall kWh": np.arange(1.0, 31.0)}
    path = written(tmp_path, columns)
    done = await load_file(empty, path, site="home", mapping=guess_mapping(path, timezone="UTC"))
    assert (done.rows, done.hours, done.rejected) == (30, 30, {})
    assert await fetch(empty, "SELECT sum(value) FROM readings") == [(465.0,)]


@pytest.mark.parametrize("cut", [10, 400, -5])
def test_truncated_file_is_refused(tmp_path: Path, cut: int) -> None:
    path = written(tmp_path, {"time": pa.array(TIMES, pa.timestamp("us")), "kWh": np.arange(30.0)})
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(BadFile, match=r"truncated or broken Parquet file .* copy or export it again"):
        guess_mapping(path, timezone="UTC")


@pytest.mark.slow
def test_file_that_is_broken_in_the_middle_is_refused_while_it_is_read(tmp_path: Path) -> None:
    times = [datetime(2020, 1, 1) + timedelta(hours=n) for n in range(20_000)]
    rng = np.random.default_rng(1)
    columns = {"time": pa.array(times, pa.timestamp("us")), "kWh": rng.random(20_000)}
    path = written(tmp_path, columns, row_group_size=5_000, compression="gzip")
    mapping = guess_mapping(path, timezone="UTC")
    data = bytearray(path.read_bytes())
    data[len(data) * 3 // 5 : len(data) * 4 // 5] = bytes(len(data) * 4 // 5 - len(data) * 3 // 5)
    path.write_bytes(data)
    with pytest.raises(BadFile, match="broken Parquet file"):
        list(raw_readings(path, mapping).blocks())


def test_file_without_rows_or_with_a_name_twice_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, {"time": pa.array([], pa.timestamp("us")), "kWh": pa.array([], pa.float64())})
    with pytest.raises(BadFile, match="is empty"):
        guess_mapping(path, timezone="UTC")
    parquet.write_table(pa.Table.from_arrays([pa.array(TIMES), pa.array([1] * 30)] * 2, list("abab")), path)
    with pytest.raises(BadFile, match="two columns called 'a'"):
        guess_mapping(path, timezone="UTC")
