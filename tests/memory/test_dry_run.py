"""A dry run tells what a load would do, and needs no database to do it."""

from datetime import UTC, datetime
from pathlib import Path

from memory.column_guess import guess_mapping
from memory.dry_run import dry_run

NOW = datetime(2025, 1, 1, tzinfo=UTC)


def written(folder: Path) -> Path:
    path = folder / "a.csv"
    good = "".join(f"2024-01-01 {n:02}:{m:02},{n + 1},{-1 if n == 3 else 5}\n" for n in range(24) for m in (0, 30))
    bad = "nonsense,1,1\n2031-01-01 00:00,1,1\n2024-01-01 00:00,1,5\n2024-01-02 00:00,abc,1\n"
    path.write_text("time,Hall gas (kWh),Annex kWh\n" + good + bad)
    return path


def test_dry_run_counts_rows_treatments_and_what_would_be_refused(tmp_path: Path) -> None:
    path = written(tmp_path)
    found = dry_run(path, guess_mapping(path, timezone="Europe/Berlin"), now=NOW)
    assert (found.rows, found.whole) == (52, True)
    assert found.rejected == {
        "the time cannot be read": 1, "a time in the future": 1, "not a number": 1, "the same reading a second time": 2,
    }  # fmt: skip
    assert {example.line for example in found.examples} == {50, 51, 53}
    assert found.first_rows[0] == (datetime(2023, 12, 31, 23, tzinfo=UTC), "hall/gas", 1.0)
    hall, annex = found.series
    assert (hall.name.building, hall.readings, hall.hours, hall.valid_hours) == ("Hall", 49, 24, 24)
    assert annex.valid_hours == 23
    kinds = {fault.kind for fault in annex.faults}
    assert {"negative", "duplicate", "out_of_order", "partial_hour"} <= kinds


def test_dry_run_of_a_huge_file_tells_of_its_first_part(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("time,A kWh\n" + "".join(f"2024-01-{1 + n // 24:02} {n % 24:02}:00,1\n" for n in range(700)))
    found = dry_run(path, guess_mapping(path, timezone="UTC"), now=NOW, most_readings=100)
    assert (found.whole, found.rows) == (False, 700)
