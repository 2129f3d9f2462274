"""The fast reader of text files gives what the careful one gives, whatever is in the file."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from memory.column_guess import guess_mapping
from memory.columns import ColumnMapping, override
from memory.csv_rows import CsvReadings, Line
from memory.csv_times import FORMATS, parse_times
from memory.errors import BadFile
from memory.fast_csv import FastCsvReadings
from memory.fast_csv_times import fixed_times
from memory.raw_rows import Block, Reject, SeriesName

NOW = datetime(2025, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
Found = tuple[dict[SeriesName, list[tuple[int, int, float]]], list[Reject], int, set[int]]


def everything(readings: CsvReadings, size: int | None = None) -> Found:
    """Return all that a reader found, in an order of its own; `size` of its blocks."""
    blocks = list(readings.blocks(size) if size else readings.blocks())
    series: dict[SeriesName, list[tuple[int, int, float]]] = {name: [] for name in readings.names}
    for block in blocks:
        values = np.where(np.isnan(block.values), -1e300, block.values)
        for row in zip(block.series.tolist(), block.at.tolist(), block.lines.tolist(), values.tolist(), strict=True):
            series[readings.names[row[0]]].append(row[1:])
    rejects = sorted(reject for block in blocks for reject in block.rejects)
    return (
        {name: sorted(rows) for name, rows in series.items()},
        rejects,
        sum(b.rows for b in blocks),
        set(readings.doubled),
    )


def both(path: Path, mapping: ColumnMapping, size: int = 700) -> Found:
    """Return what both readers found, once it is the same."""
    careful = everything(CsvReadings(path, mapping, now=NOW))
    fast = FastCsvReadings(path, mapping, now=NOW)
    assert everything(fast, size) == careful
    return careful


STAMPS = st.one_of(
    st.integers(0, 9000).map(lambda n: f"{datetime(2024, 1, 1) + n * HOUR:%Y-%m-%d %H:%M}"),
    st.integers(0, 9000).map(lambda n: f"{datetime(2024, 1, 1) + n * HOUR:%Y-%m-%dT%H:%M:%S}"),
    st.sampled_from(
        [
            "2024-10-27 01:00", "2024-10-27 01:30", "2024-03-31 01:30", "2024-02-30 00:00", "2031-01-01 00:00",
            "0203-01-01 00:00", "yesterday", "", "2024-01-01", " 2024-01-01 05:00 ", "2024-01-01T00:00:00Z",
            "2024-01-01T00:00:00+01:00", "2024-01-01 24:00", "2024-01-01 23:61",
        ]
    ),
)  # fmt: skip
CELLS = st.one_of(
    st.floats(-1e6, 1e6, allow_nan=False).map(repr),
    st.integers(-5, 10_000).map(str),
    st.sampled_from(
        [
            "", "NaN", "n/a", "-", "inf", "-inf", "nan", "-nan", "#REF!", "1e5", "+3", " 7 ", "1,5", "1.5 MWh", "2 kWh",
            "3 lux", "1_000", ".5", "5.", "1e999", "0x10", "\u0661", '"4"', '"a""b"', '"1\n2"', "1\r2", "1 000",
        ]
    ),
)  # fmt: skip
BUILDINGS = st.sampled_from(["Hall", " Hall ", "Käthe", '"A, B"', "NA", "", "Hall", "Annex"])
ROWS = st.lists(st.tuples(STAMPS, BUILDINGS, CELLS, CELLS), min_size=1, max_size=40)
ENDS = st.sampled_from(["\n", "\r\n"])
GOOD = "".join(f"2023-06-{1 + n // 24:02} {n % 24:02}:00,Hall,{n},{n}.5\n" for n in range(72))


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, end=ENDS, tail=st.sampled_from(["", "\n", "\n\n", ",,,\n", "x\n"]), wide=st.booleans())
@example(rows=[("2024-01-01 00:00", "Hall", "1", "2")], end="\n", tail="", wide=False)
def test_both_readers_find_the_same_readings_and_refuse_the_same_rows(
    tmp_path: Path, rows: list[tuple[str, str, str, str]], end: str, tail: str, wide: bool
) -> None:
    path = tmp_path / "a.csv"
    text = "time,building,A kWh,B kWh\n" + GOOD + "".join(",".join(row) + "\n" for row in rows) + tail + GOOD
    path.write_bytes(text.replace("\n", end).encode())
    mapping = guess_mapping(path, timezone="Europe/London")
    assert mapping.building_column == "building"
    if wide:
        mapping = override(mapping, leave_out=["A kWh"])
    both(path, mapping)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    form=st.sampled_from(["%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M:%S", "%d.%m.%y %H:%M", "%Y%m%d %H:%M", "%d %b %Y %H:%M"]),
    cells=st.lists(st.sampled_from(["1,5", "1.234,5", "2", "-0,25", "n/a", "1.5", "7 MWh"]), min_size=1, max_size=30),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
)
def test_both_readers_agree_on_semicolons_decimal_commas_and_other_dates(
    tmp_path: Path, form: str, cells: list[str], encoding: str
) -> None:
    path = tmp_path / "a.csv"
    good = ["0,5"] * 60
    times = [f"{datetime(2024, 10, 25) + n * HOUR:{form}}" for n in range(len(good + cells))]
    rows = "".join(f"{t};{cell};à\n" for t, cell in zip(times, good + cells, strict=True))
    path.write_bytes(f"Zeit;Gebäude kWh;note\n{rows}".encode(encoding))
    both(path, guess_mapping(path, timezone="Europe/Berlin"), size=400)


class NeverCareful(FastCsvReadings):
    """A fast reader that may not fall back."""

    def block_of(self, part: Sequence[Line]) -> Block:
        raise AssertionError(part)


@pytest.mark.parametrize("form", ["%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M", "%d-%b-%Y %H:%M"])
@pytest.mark.parametrize("quote", ["", '"'])
def test_well_formed_file_is_read_fast_throughout(tmp_path: Path, form: str, quote: str) -> None:
    path = tmp_path / "a.csv"
    moments = [datetime(2024, 9, 20) + n * HOUR for n in range(1_000)]
    rows = [f"{quote}{m:{form}}{quote},Hall,{quote}{n}.25{quote},n/a" for n, m in enumerate(moments)]
    path.write_bytes("\ufefftime,building,A kWh,B kWh\r\n".encode() + "\r\n".join(rows).encode())
    mapping = guess_mapping(path, timezone="Europe/London")
    assert everything(NeverCareful(path, mapping, now=NOW)) == both(path, mapping)


def test_every_fixed_format_is_read_as_with_care() -> None:
    moments = [datetime(1999, 12, 31, 23, 59), datetime(2024, 2, 29, 7, 5), datetime(2000, 1, 1), datetime(2068, 3, 1)]
    known = 0
    for form in FORMATS:
        for shape in ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S") if form == "ISO 8601" else (form,):
            texts = [f"{moment:{shape}}" for moment in moments]
            if len(set(map(len, texts))) > 1:
                continue
            found = fixed_times(np.array([list(text.encode()) for text in texts], np.uint8), form)
            known += found is not None
            assert found is None or found.tolist() == parse_times(texts, form).at.tolist()
    assert known >= 15


@pytest.mark.parametrize("text", ["31/02/2024 00:00", "29/02/2023 00:00", "01/13/2024 00:00", "01/01/2024 24:00"])
def test_date_that_is_none_is_left_to_the_careful_reader(text: str) -> None:
    assert fixed_times(np.array([list(text.encode())], np.uint8), "%d/%m/%Y %H:%M") is None


def test_row_that_goes_on_over_the_end_of_a_piece_is_one_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    note = '"said\n' + "on and on\n" * 300 + 'and on"'
    rows = [f"{datetime(2024, 1, 1) + n * HOUR:%Y-%m-%d %H:%M},{n},{note if n == 50 else 'fine'}" for n in range(400)]
    path.write_text("time,kWh,note\n" + "\n".join(rows))
    series, rejects, count, _ = both(path, guess_mapping(path, timezone="UTC"), size=2_000)
    assert (len(next(iter(series.values()))), rejects, count) == (400, [], 400)


def test_open_quotation_mark_is_named_with_its_line_by_both(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("time,A kWh\n" + "2024-01-01 00:00,1\n" * 3_000 + '2024-01-01 01:00,"' + "x" * 140_000)
    mapping = guess_mapping(path, timezone="UTC")
    for reader in (CsvReadings, FastCsvReadings):
        with pytest.raises(BadFile, match="line 3002"):
            list(reader(path, mapping).blocks())
