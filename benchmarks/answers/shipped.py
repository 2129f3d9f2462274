"""The sources as the repository ships them: one Parquet file a site, read with pandas.

It holds what `data/build.py` took from the source files, so truths can be computed anew in a fresh clone; `Sources`
reads the files themselves, and a fault of `data/build.py` shows between the two.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd
import yaml  # type: ignore[import-untyped]

from benchmarks.answers.facts import Hourly, Sources

METERS = {"acb": ("",), "bh": ("",), "gh": ("/1", "/2"), "lb": ("/1", "/2"), "lcb": ("",)}
SERIES = {"carbon_intensity": "cambridge/carbon", "price_agile_regA": "cambridge/price"}


@dataclass(frozen=True)
class Shipped(Sources):
    """The folder `data` of the repository."""

    def years(self, *path: str) -> Hourly:
        """Return a Cambridge meter or series; `path` is that of the source files."""
        folder, *kind = path
        name = "/".join([folder.removeprefix("UCam_Building_"), *kind])
        return column(self.folder, "cambridge", SERIES.get(folder, name))

    def iblend(self, building: str) -> Hourly:
        """Return a Delhi building as kWh."""
        parts = [column(self.folder, "iiitd", f"{building}/electricity{end}") for end in METERS[building]]
        return pd.concat(parts, verify_integrity=True) / 1000

    def area_m2(self, building: str) -> float:
        """Return the floor area of a Delhi building."""
        catalog = yaml.safe_load((self.folder / "catalog.yaml").read_text(encoding="utf-8"))
        return float(catalog["sites"]["iiitd"]["buildings"][building]["area_m2"])

    def temperature(self, site: str) -> Hourly:
        """Return the readings of the outdoor temperature, degC."""
        return column(self.folder, site, f"{site}/temperature")


@cache
def column(folder: Path, site: str, meter: str) -> Hourly:
    """Return one meter as a series on UTC time, in the order of time."""
    table = pd.read_parquet(folder / "readings" / f"{site}.parquet", filters=[("meter", "==", meter)])
    return pd.Series(table["value"].to_numpy(float), index=pd.DatetimeIndex(table["at"].dt.as_unit("ns"))).sort_index()
