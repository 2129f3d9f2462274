"""A data folder with two buildings and a year of readings, small enough to load many times."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as parquet  # type: ignore[import-untyped]

CATALOG = """\
sites:
  town:
    name: Town
    timezone: Europe/London
    currency: GBP
    aliases: [the town]
    readings: readings/town.parquet
    series: {temperature: degC}
    buildings:
      hall: {name: Town Hall, aliases: [hall], area_m2: 1000.0, meters: {electricity: kWh}}
      bath: {name: Baths, aliases: [baths], meters: {electricity/1: W, electricity/2: W}}
faults: []
"""
START = datetime(2019, 1, 1, tzinfo=UTC)
METERS = {"town/temperature": (0, 12.0), "hall/electricity": (0, 5.0), "bath/electricity/1": (0, 2000.0),
          "bath/electricity/2": (2000, 3000.0)}  # fmt: skip


def write_data_folder(folder: Path, *, hours: int = 4000, factor: float = 1.0) -> Path:
    """Write catalog and readings; meter 2 of the baths starts before meter 1 ends."""
    (folder / "readings").mkdir(parents=True, exist_ok=True)
    (folder / "catalog.yaml").write_text(CATALOG)
    rows = [
        (meter, START + timedelta(hours=first + n), value * factor)
        for meter, (first, value) in sorted(METERS.items())
        for n in range(2500 if meter.endswith("/1") else hours - first)
    ]
    table = pa.table(
        {
            "meter": pa.array([row[0] for row in rows]).dictionary_encode(),
            "at": pa.array([row[1] for row in rows], pa.timestamp("ms", "UTC")),
            "value": pa.array([row[2] for row in rows], pa.float64()),
        }
    )
    parquet.write_table(table, folder / "readings" / "town.parquet")
    return folder
