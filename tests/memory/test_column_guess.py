"""Columns are guessed from what files look like in the field, and every doubt is said."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from memory.column_guess import guess_mapping
from memory.columns import ColumnMapping, known_kind, known_unit, override
from memory.csv_times import ISO
from memory.errors import BadFile, BadMapping


def guess(folder: Path, text: str | bytes, name: str = "Town Hall.csv") -> ColumnMapping:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return guess_mapping(path, timezone="Europe/London")


def rows(header: str, row: str, form: str = "%Y-%m-%d %H:%M", count: int = 60, minutes: int = 60) -> str:
    """Return a header and rows; `{t}` in a row is its time, `{n}` its number."""
    times = [datetime(2019, 1, 30) + timedelta(minutes=minutes * n) for n in range(count)]
    return "\n".join([header, *(row.format(t=t.strftime(form), n=n) for n, t in enumerate(times))]) + "\n"


def taken(mapping: ColumnMapping) -> list[tuple[str | None, str, str]]:
    return [(value.building, value.kind, value.unit) for value in mapping.values]


def test_two_columns_are_the_building_that_the_file_is_named_after(tmp_path: Path) -> None:
    mapping = guess(tmp_path, rows("timestamp,kWh", "{t},1.5"))
    assert taken(mapping) == [("Town Hall", "electricity", "kWh")]
    assert (mapping.time_columns, mapping.time_format, mapping.interval_s) == (("timestamp",), ISO, 3600)
    assert mapping.doubts == ()


def test_wide_file_has_a_meter_a_column(tmp_path: Path) -> None:
    header = "Date/Time,North Wing electricity (kWh),North Wing gas (m3),Outdoor temp °C"
    mapping = guess(tmp_path, rows(header, "{t},{n}.5,2,3.1", minutes=30))
    assert mapping.layout == "wide"
    assert taken(mapping) == [
        ("North Wing", "electricity", "kWh"), ("North Wing", "gas", "m3"), (None, "temperature", "degC"),
    ]  # fmt: skip
    assert mapping.interval_s == 1800


def test_long_file_says_building_kind_and_unit_in_each_row(tmp_path: Path) -> None:
    text = rows("building_id;utility;reading;unit;time", "7;Gas;{n};m3;{t}\n8;Electricity;{n};kWh;{t}")
    mapping = guess(tmp_path, text)
    assert mapping.layout == "long"
    assert (mapping.building_column, mapping.kind_column, mapping.unit_column) == ("building_id", "utility", "unit")
    assert [value.column for value in mapping.values] == ["reading"]
    assert mapping.interval_s == 3600


def test_semicolons_decimal_commas_and_german_dates(tmp_path: Path) -> None:
    mapping = guess(tmp_path, "\ufeff" + rows("Zeit;Rathaus [kWh]", "{t};1.234,5", "%d.%m.%Y %H:%M"))
    assert (mapping.shape.delimiter, mapping.decimal, mapping.time_format) == (";", ",", "%d.%m.%Y %H:%M")
    assert mapping.shape.columns == ("Zeit", "Rathaus [kWh]")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    mapping = guess(tmp_path, rows("time\tMairie à côté kWh", "{t}\t2").encode(encoding))
    assert taken(mapping) == [("Mairie à côté", "electricity", "kWh")]


@pytest.mark.parametrize("form", ["%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M"])
def test_order_of_day_and_month_is_seen_from_the_steps(tmp_path: Path, form: str) -> None:
    mapping = guess(tmp_path, rows("time,kWh", "{t},2", form))
    assert (mapping.time_format, mapping.doubts) == (form, ())


def test_order_of_day_and_month_that_is_open_is_a_doubt(tmp_path: Path) -> None:
    mapping = guess(tmp_path, "time,kWh\n" + "".join(f"01/02/2019 {hour:02}:00,1\n" for hour in range(24)))
    assert mapping.time_format == "%d/%m/%Y %H:%M"
    assert "the day first" in mapping.doubts[0]


def test_date_and_clock_in_two_columns(tmp_path: Path) -> None:
    mapping = guess(tmp_path, rows("Date,Time,Hall kWh", "{t},3", "%d/%m/%Y,%H:%M"))
    assert mapping.time_columns == ("Date", "Time")
    assert mapping.time_format == "%d/%m/%Y %H:%M"


def test_lines_above_the_header_and_no_header_at_all(tmp_path: Path) -> None:
    mapping = guess(tmp_path, "Export of the BMS,\n,\n" + rows("when,Hall (kW)", "{t},3"))
    assert taken(mapping) == [("Hall", "electricity", "kW")]
    mapping = guess(tmp_path, rows("2019-01-29 23:00,2", "{t},3"))
    assert mapping.shape.columns == ("column 1", "column 2")
    assert mapping.shape.header_line == -1


def test_unit_that_is_not_said_and_column_that_is_not_read_are_doubts(tmp_path: Path) -> None:
    mapping = guess(tmp_path, rows("time,Block A,Block B,Total", "{t},1,2,3"))
    assert [v.building for v in mapping.values] == ["Block A", "Block B"]
    assert mapping.doubts == (
        "Block A does not say its unit; kWh is assumed",
        "Block B does not say its unit; kWh is assumed",
        "Total is not read",
    )
    assert any(line.startswith("check: Total") for line in mapping.lines())


def test_comma_that_may_be_a_decimal_or_a_thousand_is_a_doubt(tmp_path: Path) -> None:
    mapping = guess(tmp_path, rows("time;kWh", "{t};1,234"))
    assert (mapping.decimal, mapping.doubts) == (",", ("'1,234' is read as 1.234",))
    mapping = guess(tmp_path, rows("time,kWh", '{t},"1,234"'))
    assert (mapping.decimal, mapping.doubts) == (".", ("'1,234' is read as 1234",))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("\n\n", "is empty"),
        ("just words\nand more\n", "no columns"),
        ("a,b\nx,y\n", "no time column"),
        ("time,note\n2019-01-01 00:00,fine\n", "no (time column|column of numbers)"),
        ("time,kWh\n2019-01-01,1\n2019-01-02,2\n2019-01-03,3\n", "every 24 hours"),
        ("PAR1\x00\x00", "truncated or broken Parquet file"),
        ("%PDF-1.7", "a PDF, not a text file; ask for the readings as CSV"),
        ("PK\x03\x04 meters.csv", "a ZIP archive, not a text file; unpack it"),
        ("PK\x03\x04 [Content_Types].xml", "an Excel workbook, not a text file; save the sheet as CSV"),
        ("\x1f\x08", "not a text file|no columns"),
        ("<html><body>Sign in</body></html>", "has no IntervalBlock"),
        ("Date," + ",".join(f"{h:02}:{m:02}" for h in range(24) for m in (0, 30)) + "\n"
         + "2019-01-01 00:00" + ",1" * 48 + "\n", "one column for each time of day"),
    ],
)  # fmt: skip
def test_file_that_holds_no_readings_is_refused_with_the_remedy(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(BadFile, match=words):
        guess(tmp_path, text)


def test_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="cannot be read"):
        guess_mapping(tmp_path / "none.csv", timezone="UTC")


def test_mapping_is_overridden(tmp_path: Path) -> None:
    mapping = guess(tmp_path, rows("time,Block A,Block B", "{t},1,2"))
    changed = override(mapping, unit="m³", kind="gas", leave_out=["Block B"], stamps="end")
    assert taken(changed) == [("Block A", "gas", "m3")]
    assert (changed.stamps, changed.doubts) == ("end", ())
    assert taken(override(mapping, kind="temperature"))[0] == (None, "temperature", "degC")
    assert taken(override(mapping, building="Annexe", leave_out=["Block A"]))[0][0] == "Annexe"


def test_override_that_cannot_be_is_refused_with_what_can(tmp_path: Path) -> None:
    mapping = guess(tmp_path, rows("time,kWh", "{t},1"))
    cases: list[tuple[dict[str, Any], str]] = [
        ({"unit": "lux"}, "electricity is not measured in 'lux'; known are kWh"),
        ({"unit": "m3"}, "electricity is not measured in 'm3'"),
        ({"kind": "steam"}, "'steam' is no kind of meter; known are electricity"),
        ({"leave_out": ["Wh"]}, "no column 'Wh'; the file has time, kWh"),
        ({"leave_out": ["kWh"]}, "no column of readings is left"),
        ({"time_format": "%q"}, "no time format '%q'"),
    ]
    for wrong, words in cases:
        with pytest.raises(BadMapping, match=words):
            override(mapping, **wrong)


def test_words_for_kinds_and_units() -> None:
    assert known_kind("Natural Gas") == "gas"
    assert known_kind("ELEC") == "electricity"
    assert known_unit("kwhr", "gas") == "kWh"
    assert known_unit("g/kWh", "carbon") == "gCO2e_per_kWh"
