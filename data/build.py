"""Build the shipped Parquet files from the source files: `python data/build.py [--source DIR]`.

Each file under `readings/` holds one site in long form, sorted by meter and time: `meter`, `at` (UTC) and `value`
exactly as the source wrote it, in the source's own unit (see `source_unit` in `catalog.yaml`), null where the source
has none. Nothing is mended here: what a 0 or a -9999 means is decided by rule when the files are loaded.
"""

import argparse
import csv
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

HERE = Path(__file__).resolve().parent
DEFAULT_SOURCE = HERE.parent.parent / "shared" / "data"
LIMIT_BYTES = 10_000_000
CAMBRIDGE, IIITD = "cambridge_estates", "iblend_iiitd"
DELHI = ZoneInfo("Asia/Kolkata")

Reading = tuple[datetime, float | None]

IIITD_METERS = {
    "acb/electricity": "ACB-AcademicBuilding",
    "bh/electricity": "BH-BoysDormitoryBuidling02",
    "gh/electricity/1": "GH-GirlsDormitoryBuilding01",
    "gh/electricity/2": "GH-GirlsDormitoryBuilding02",
    "lb/electricity/1": "LB-LibraryBuilding0",
    "lb/electricity/2": "LB-LibraryBuilding02",
    "lcb/electricity": "LCB-LectureBuilding",
}
LICENCES = {
    "cambridge_estates_MIT.txt": f"{CAMBRIDGE}/LICENSE",
    "cambridge_estates_sources.md": f"{CAMBRIDGE}/DataSources.md",
    "tlias_iblend_MIT.txt": f"{IIITD}/LICENSE",
    "building_data_genome_MIT.txt": "bdg1_metadata/LICENSE",
}


def number(text: str) -> float | None:
    """Read a value; an empty field or NA is none."""
    return None if text in ("", "NA", "NaN", "nan") else float(text)


def utc(text: str) -> datetime:
    """Read a time stamp that the source gives in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def delhi(text: str) -> datetime:
    """Read a time stamp in Delhi time, which has no summer time and so no doubt."""
    return datetime.fromisoformat(text).replace(tzinfo=DELHI).astimezone(UTC)


def column(path: Path, index: int, read_time: Callable[[str], datetime], delimiter: str = ",") -> Iterator[Reading]:
    """Yield one value column of a file whose first line is a header and whose first column is the time."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter=delimiter)
        next(rows)
        for row in rows:
            yield read_time(row[0]), number(row[index])


def yearly(folder: Path, index: int = 1) -> list[Reading]:
    """Return a column over all years of a Cambridge folder."""
    return [reading for path in sorted(folder.glob("*.csv")) for reading in column(path, index, utc)]


def cambridge(source: Path) -> dict[str, list[Reading]]:
    """Return the readings of every Cambridge meter and of the site's weather, grid carbon and price."""
    root = source / CAMBRIDGE
    meters = {
        f"{building.name.removeprefix('UCam_Building_')}/{kind}": yearly(building / kind)
        for building in root.glob("UCam_Building_*")
        for kind in ("electricity", "gas")
    }
    weather = {"temperature": 1, "humidity": 2, "irradiance": 3}
    meters |= {f"cambridge/{kind}": yearly(root / "weather_bedford", index) for kind, index in weather.items()}
    meters["cambridge/carbon"] = yearly(root / "carbon_intensity")
    meters["cambridge/price"] = yearly(root / "price_agile_regA")
    return meters


def iiitd(source: Path) -> dict[str, list[Reading]]:
    """Return the readings of every IIIT-Delhi meter, in watts, and of the weather, every 15 or 30 minutes."""
    root = source / IIITD
    meters = {
        meter: list(column(root / "hourly" / f"{name}.csv", 1, delhi, ";")) for meter, name in IIITD_METERS.items()
    }
    for kind, index in (("temperature", 1), ("humidity", 2)):
        files = sorted((root / "weather").glob("*.csv"))
        meters[f"iiitd/{kind}"] = [reading for path in files for reading in column(path, index, delhi)]
    return meters


def write(path: Path, meters: dict[str, list[Reading]], value_encoding: str | None) -> int:
    """Write one site; return its rows. `value_encoding` None keeps a dictionary of the distinct values."""
    names = sorted(meters)
    rows = [(name, at, value) for name in names for at, value in sorted(meters[name], key=lambda r: r[0])]
    table = pa.table(
        {
            "meter": pa.array([r[0] for r in rows], pa.string()).dictionary_encode(),
            "at": pa.array([r[1] for r in rows], pa.timestamp("ms", "UTC")),
            "value": pa.array([r[2] for r in rows], pa.float64()),
        }
    )
    encodings = {"at": "DELTA_BINARY_PACKED"} | ({"value": value_encoding} if value_encoding else {})
    dictionary = ["meter"] if value_encoding else ["meter", "value"]
    pq.write_table(
        table, path, compression="zstd", compression_level=19, use_dictionary=dictionary, column_encoding=encodings
    )
    return len(rows)


def main() -> None:
    """Build every file and say what was written; fails where the whole outgrows the limit."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--source", type=Path, default=DEFAULT_SOURCE, help="folder of the source files")
    source = parser.parse_args().source
    for folder in ("readings", "licences"):
        (HERE / folder).mkdir(exist_ok=True)
    sites = (("cambridge", cambridge(source), None), ("iiitd", iiitd(source), "BYTE_STREAM_SPLIT"))
    total = 0
    for name, meters, encoding in sites:
        path = HERE / "readings" / f"{name}.parquet"
        rows = write(path, meters, encoding)
        total += path.stat().st_size
        print(f"{path.name}: {len(meters)} meters, {rows:,} rows, {path.stat().st_size:,} bytes")
    for name, origin in LICENCES.items():
        shutil.copyfile(source / origin, HERE / "licences" / name)
    if total > LIMIT_BYTES:
        raise SystemExit(f"{total:,} bytes together; the limit is {LIMIT_BYTES:,}")


if __name__ == "__main__":
    main()
