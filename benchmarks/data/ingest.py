"""How fast files become readings: `python -m benchmarks.data.ingest [--huge-gb 10]`.

Parsing, the whole way into PostgreSQL, and the copying of parsed readings alone, each on its own; and the most memory
that a process takes that loads a huge file. PostgreSQL is one of its own, in a temporary folder.
"""

import argparse
import asyncio
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np

from benchmarks.data.ingest_files import write_green_button, write_huge, write_long, write_parquet, write_wide
from benchmarks.lines import Lines
from config.settings import Settings
from memory.catalog import Source
from memory.column_guess import guess_mapping
from memory.csv_rows import CsvReadings
from memory.migrate import migrate
from memory.own_data import load_file
from memory.places import ensure_site
from memory.postgres import Pool, open_pool, writing
from memory.raw_files import raw_readings
from memory.raw_rows import RawReadings
from memory.reading_rows import reading_rows, write_rows
from memory.registry import write_meter
from memory.treatment import HOUR_S
from services.postgres import ensure_postgres, postgres
from services.process import stop

BUILDINGS, HOURS = 150, 8_760
CAREFUL_ROWS = 100_000
COPIED_METERS, COPIED_HOURS = 200, 26_280
CAP_MB = 450
MB = 1_000_000


async def main(huge_mb: int) -> int:
    """Print all figures; return 1 where one misses its line."""
    lines = Lines(beside="careful")
    with tempfile.TemporaryDirectory(prefix="eaio-ingest-") as name:
        folder = Path(name)
        files = _written(folder)
        on_parsing(lines, files)
        async with _store(folder / "home") as (dsn, pool):
            await on_loading(lines, pool, files)
            await on_copying(lines, pool)
        async with _store(folder / "home2") as (dsn, _):
            on_memory(lines, dsn, folder, huge_mb)
    return lines.end()


def _written(folder: Path) -> dict[str, Path]:
    files = {"CSV, long": folder / "long.csv", "CSV, wide": folder / "wide.csv", "Parquet": folder / "long.parquet"}
    write_long(files["CSV, long"], BUILDINGS, HOURS)
    write_wide(files["CSV, wide"], BUILDINGS, HOURS)
    write_parquet(files["Parquet"], BUILDINGS, HOURS)
    files["Green Button"] = folder / "meter.xml"
    write_green_button(files["Green Button"], 4 * HOURS * 3)
    return files


@asynccontextmanager
async def _store(home: Path) -> AsyncIterator[tuple[str, Pool]]:
    settings = Settings(home=home, database_url=None)
    try:
        dsn = await ensure_postgres(settings)
        async with open_pool(dsn) as pool:
            await migrate(pool)
            yield dsn, pool
    finally:
        await stop(postgres(settings))


def on_parsing(lines: Lines, files: dict[str, Path]) -> None:
    """Print how many readings a second are parsed, treated rows and rejects told apart, nothing written."""
    print(f"Parsing: {BUILDINGS} buildings, {HOURS:,} hours; Green Button {12 * HOURS:,} quarter hours; one core")
    for name, path in files.items():
        mapping = guess_mapping(path, timezone="Europe/London")
        ours = _rate(raw_readings(path, mapping))
        theirs = _rate(CsvReadings(path, mapping), CAREFUL_ROWS) if path.suffix == ".csv" else None
        lines.line(f"  {name}: readings/s parsed", ours, theirs)


def _rate(readings: RawReadings, enough: int = 10**12) -> float:
    """Return readings a second of a reader, over the whole file or until there are enough."""
    begin, count = time.perf_counter(), 0
    for block in readings.blocks():
        count += len(block.at)
        if count >= enough:
            break
    return count / (time.perf_counter() - begin)


async def on_loading(lines: Lines, pool: Pool, files: dict[str, Path]) -> None:
    """Print how fast a file is loaded, end to end: its digest, parsing, hours, faults, roll-ups, commit."""
    print("Loading end to end, into an empty store each")
    for number, (name, path) in enumerate(files.items()):
        begin = time.perf_counter()
        mapping = guess_mapping(path, timezone="Europe/London")
        done = await load_file(pool, path, site=f"site {number}", mapping=mapping)
        took = time.perf_counter() - begin
        least = 150_000 if name == "CSV, long" else None
        lines.line(f"  {name}: rows/s", done.rows / took, least=least)
        lines.line(f"  {name}: hours/s", done.hours / took)


async def on_copying(lines: Lines, pool: Pool) -> None:
    """Print how fast hours that are parsed and treated are written, the daily and monthly sums beside them included."""
    total = COPIED_METERS * COPIED_HOURS
    print(f"Writing {total:,} readings of {COPIED_METERS} meters, parsed before")
    at = 1_700_000_000 // HOUR_S * HOUR_S - HOUR_S * 400_000 + HOUR_S * np.arange(COPIED_HOURS)  # months of its own
    values = np.random.default_rng(4).gamma(2.0, 20.0, COPIED_HOURS)
    flags = np.zeros(COPIED_HOURS, np.uint8)
    async with writing(pool) as connection:
        site = await ensure_site(connection, "copied", "UTC")
        sources = [Source(f"m{n}/temperature", site, None, "temperature", "degC") for n in range(COPIED_METERS)]
        keys = [await write_meter(connection, source) for source in sources]
        begin = time.perf_counter()
        await write_rows(connection, [reading_rows(key, at, values, flags) for key in keys])
    lines.line(
        "  parsed -> COPY, with index and roll-ups: readings/s", total / (time.perf_counter() - begin), least=1e6
    )


def on_memory(lines: Lines, dsn: str, folder: Path, huge_mb: int) -> None:
    """Print the most memory that a process takes that loads a huge file."""
    path = folder / "huge.csv"
    rows = write_huge(path, huge_mb * MB)
    print(f"Loading a file of {huge_mb:,} MB, {rows:,} rows, in a process of its own")
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.data.ingest", "--load", str(path), "--dsn", dsn],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    took = time.perf_counter() - begin
    read, most_mb = map(int, done.stdout.split())
    assert read == rows
    lines.line("  rows/s", rows / took)
    lines.line("  most memory of the process, MB", most_mb, most=CAP_MB)


async def load_capped(dsn: str, path: Path) -> None:
    """Load a file; print its rows and the most memory that this process took, in MB."""
    async with open_pool(dsn) as pool:
        done = await load_file(pool, path, site="huge", mapping=guess_mapping(path, timezone="UTC"))
    print(done.rows, most_memory_mb())


def most_memory_mb() -> int:
    """Return the most memory that this process ever held, in MB, without that of the process that started it."""
    status = Path("/proc/self/status")
    if not status.exists():  # macOS, which counts in bytes
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 2**20
    said = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(said.split()[1]) // 1024


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--huge-gb", type=float, default=0.2, help="size of the huge file, 0.2 if not given")
    parser.add_argument("--load", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--dsn", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.load:
        asyncio.run(load_capped(given.dsn, given.load))
    else:
        sys.exit(asyncio.run(main(round(given.huge_gb * 1000))))
