"""Files of readings, generated: long and wide CSV, Parquet, Green Button XML. The same each time."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

START = datetime(2010, 1, 1, tzinfo=UTC)


def write_long(path: Path, buildings: int, hours: int) -> int:
    """Write an hourly CSV file with a row for each building and hour; return its rows."""
    rng = np.random.default_rng(1)
    with path.open("w") as file:
        file.write("time,building,kWh\n")
        for hour in range(hours):
            at = f"{START + timedelta(hours=hour):%Y-%m-%d %H:%M}"
            values = rng.gamma(2.0, 20.0, buildings).round(2).tolist()
            file.write("".join(f"{at},Building {n},{value}\n" for n, value in enumerate(values)))
    return buildings * hours


def write_wide(path: Path, buildings: int, hours: int) -> int:
    """Write an hourly CSV file with a column for each building; return its rows."""
    rng = np.random.default_rng(2)
    with path.open("w") as file:
        file.write("time," + ",".join(f"Building {n} kWh" for n in range(buildings)) + "\n")
        for hour in range(hours):
            values = ",".join(map(str, rng.gamma(2.0, 20.0, buildings).round(2).tolist()))
            file.write(f"{START + timedelta(hours=hour):%d/%m/%Y %H:%M},{values}\n")
    return hours


def write_parquet(path: Path, buildings: int, hours: int) -> int:
    """Write an hourly Parquet file with a row for each building and hour; return its rows."""
    import pyarrow as pa  # type: ignore[import-untyped]
    import pyarrow.parquet as parquet  # type: ignore[import-untyped]

    first = np.datetime64(START.replace(tzinfo=None), "us")
    at = first + np.repeat(np.arange(hours), buildings) * np.timedelta64(1, "h")
    names = pa.DictionaryArray.from_arrays(
        pa.array(np.tile(np.arange(buildings, dtype=np.int32), hours)), [f"Building {n}" for n in range(buildings)]
    )
    values = np.random.default_rng(3).gamma(2.0, 20.0, len(at)).round(2)
    parquet.write_table(pa.table({"time": at, "building": names, "kWh": values}), path, row_group_size=200_000)
    return len(at)


def write_green_button(path: Path, readings: int) -> int:
    """Write a Green Button file of one meter, every 15 minutes; return its readings."""
    start = int(START.timestamp())
    with path.open("w") as file:
        file.write('<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry><content>')
        file.write('<IntervalBlock xmlns="http://naesb.org/espi">\n')
        for n in range(readings):
            period = f"<timePeriod><duration>900</duration><start>{start + 900 * n}</start></timePeriod>"
            file.write(f"<IntervalReading>{period}<value>{1000 + n % 977}</value></IntervalReading>\n")
        file.write("</IntervalBlock></content></entry><entry><content><ReadingType xmlns='http://naesb.org/espi'>")
        file.write("<uom>72</uom><intervalLength>900</intervalLength></ReadingType></content></entry></feed>")
    return readings


def write_huge(path: Path, size_bytes: int, *, meters: int = 12, step_min: int = 5) -> int:
    """Write a long file of about that size; return its rows. Readings repeat day by day."""
    rng = np.random.default_rng(7)
    steps = 24 * 60 // step_min
    lines = (
        f"DATE {n * step_min // 60:02}:{n * step_min % 60:02}:00,Building {meter},{rng.gamma(2.0, 5.0):.3f},measured\n"
        for n in range(steps)
        for meter in range(meters)
    )
    day, days = "".join(lines), 0
    with path.open("w") as file:
        file.write("time,building,kWh,quality\n")
        while file.tell() < size_bytes:
            file.write(day.replace("DATE", f"{START + timedelta(days=days):%Y-%m-%d}"))
            days += 1
    return days * steps * meters
