"""Build the compact peer tables from their public sources: `python data/benchmarks/build.py [--source DIR]`.

Rows and values are as the sources have them, with two exceptions that `data/SOURCES.md` explains: what the CBECS
survey leaves blank because a building has none of it is 0, and the source energy of Seattle's buildings is computed
anew with today's factors, since the city's own figures of 2016 used an older one of 3.14 for electricity.
"""

import argparse
import csv
import math
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
DEFAULT_SOURCE = HERE.parent.parent.parent / "shared" / "data"
LIMIT_BYTES = 1_000_000
GRID, GAS, STEAM = 2.80, 1.05, 1.20  # EPA, Technical Reference: Source Energy, August 2023
METERS_AGREE = 0.01  # electricity, gas and steam must make up the site energy, or another fuel is burned

SETS = ("office", "k12school", "hotel", "retail", "warehouse", "worship")
CBECS = {  # our column: CBECS column, and what a blank means
    "pbaplus": ("PBAPLUS", None),
    "weight": ("FINALWT", None),
    "area_ft2": ("SQFT", None),
    "hours_per_week": ("WKHRS", None),
    "workers": ("NWKER", 0.0),
    "heated_percent": ("HEATP", 0.0),
    "cooled_percent": ("COOLP", 0.0),
    "cold_storage_percent": ("RFGSTP", 0.0),
    "hdd65_f": ("HDD65", None),
    "cdd65_f": ("CDD65", None),
    "rooms": ("LODGRM", 0.0),
    "seats": ("RWSEAT", 0.0),
    "site_kbtu_per_ft2": ("SITE_EUI", None),
    "source_kbtu_per_ft2": ("SOURCE_EUI", None),
}
COUNTED = {"computers": ("PCTERMN", "LAPTPN", "SERVERN"), "refrigerators": ("RFGWIN", "RFGOPN", "RFGCLN")}
YES_NO = {"cooking": "COOK", "food_preparation": "FDPREP", "open_weekends": "OPNWE"}
MISSING = {"9995", "9994"}


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines)


def number(text: str | None, blank: float | None = 0.0) -> float:
    """Read a number; NA or nothing is `blank`, and an error where the survey must have a value."""
    if text not in (None, "", "NA") and text not in MISSING:
        return float(text)
    if blank is None:
        raise ValueError(f"a value is missing that every row has: {text!r}")
    return blank


def whole(text: str) -> str:
    """Write a whole number, or nothing where there is none."""
    return "" if text in ("", "NA", "NULL") else str(int(float(text)))


def short(value: float) -> str:
    """Write a number without digits that say nothing."""
    return f"{value:.8g}"


def cbecs(source: Path) -> Iterator[list[str]]:
    """Yield the rows of every filtered CBECS set."""
    yield ["set", *CBECS, *COUNTED, *YES_NO]
    for name in SETS:
        for row in rows_of(source / "cbecs2012_filtered" / f"{name}.csv"):
            plain = [number(row.get(column), blank) for column, blank in CBECS.values()]
            counts = [sum(number(row.get(c)) for c in columns) for columns in COUNTED.values()]
            flags = [float(row.get(column) == "1") for column in YES_NO.values()]
            yield [name, *map(short, plain + counts + flags)]


def medians(source: Path) -> Iterator[list[str]]:
    """Yield ENERGY STAR's table of medians."""
    yield ["category", "property_type", "source_kbtu_per_ft2", "site_kbtu_per_ft2", "has_score"]
    for row in rows_of(source / "energystar_reference" / "us_national_median_eui_2018-08.csv"):
        yield list(row.values())


def seattle(source: Path) -> Iterator[list[str]]:
    """Yield Seattle's buildings that complied, are no outlier and did not report a default; no name, no address."""
    yield ["property_type", "area_ft2", "year_built", "site_kbtu_per_ft2", "source_kbtu_per_ft2", "energy_star_score"]
    for row in rows_of(source / "city_benchmarking" / "seattle_2016_building_energy_benchmarking.csv"):
        site = number(row["SiteEUI(kBtu/sf)"])
        if row["ComplianceStatus"] != "Compliant" or row["Outlier"] or site <= 0 or not row["LargestPropertyUseType"]:
            continue
        known = [row["LargestPropertyUseType"], short(number(row["PropertyGFABuilding(s)"])), row["YearBuilt"]]
        yield [*known, short(round(site, 2)), source_eui(row, site), whole(row["ENERGYSTARScore"])]


def source_eui(row: dict[str, str], site: float) -> str:
    """Return a building's source EUI with today's factors; nothing where its meters do not make up its site energy."""
    grid, gas, steam = (number(row[c]) for c in ("Electricity(kBtu)", "NaturalGas(kBtu)", "SteamUse(kBtu)"))
    total = number(row["SiteEnergyUse(kBtu)"])
    if total <= 0 or not math.isclose(grid + gas + steam, total, rel_tol=METERS_AGREE):
        return ""
    return short(round(site * (GRID * grid + GAS * gas + STEAM * steam) / (grid + gas + steam), 2))


def write(path: Path, rows: Iterable[list[str]]) -> int:
    """Write a table, and return its bytes."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows(rows)
    return path.stat().st_size


def main() -> None:
    """Build every table and say what was written; fails where the whole outgrows the limit."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--source", type=Path, default=DEFAULT_SOURCE, help="folder of the source files")
    source = parser.parse_args().source
    tables = {
        "cbecs_2012.csv": cbecs(source),
        "energy_star_medians_2018.csv": medians(source),
        "seattle_2016.csv": seattle(source),
    }
    sizes = {name: write(HERE / name, rows) for name, rows in tables.items()}
    licence = source / "city_benchmarking" / "LICENSE_energystar-plus-plus"
    shutil.copyfile(licence, HERE.parent / "licences" / "energystar_plus_plus_MIT.txt")
    for name, size in sizes.items():
        print(f"{name}: {size:,} bytes")
    if sum(sizes.values()) > LIMIT_BYTES:
        raise SystemExit(f"{sum(sizes.values()):,} bytes together; the limit is {LIMIT_BYTES:,}")


if __name__ == "__main__":
    main()
