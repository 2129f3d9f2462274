"""A portfolio of thousands: `python -m benchmarks.data.scale [--share 0.01] [--upkeep]`.

Load, disk and ten typical questions over a generated portfolio (`benchmarks.data.portfolio`), in a PostgreSQL of its
own that is gone afterwards: at 1, 10 and 100 % of its size, or at one share. `--upkeep` compares ways to keep the sums
beside the readings. One per cent takes a few seconds, all of it a few minutes and 8 GB of disk.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.data.portfolio import Portfolio, know_spans, months, name_all, portfolio
from benchmarks.data.questions_at_scale import ask_all, p95
from benchmarks.data.upkeep import upkeep
from benchmarks.lines import Lines
from config.settings import Settings
from memory.binary import Rows
from memory.migrate import migrate
from memory.postgres import DATA_LOCK, READER, Pool, fetch, open_pool, writing
from memory.reading_rows import write_rows
from services import ensure_postgres, stop_all

SHARES = (0.01, 0.1, 1.0)
LEAST_LOAD = 1_000_000.0
MOST_P95_MS = 100.0
PATIENCE_S = 30.0
BATCH = 2_000_000


def main() -> int:
    """Print all figures; return 1 where one misses its line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=float, help="of the portfolio; 0.01, 0.1 and 1 if not given")
    parser.add_argument("--upkeep", action="store_true", help="compare ways to keep the sums, instead")
    options = parser.parse_args()
    lines = Lines(beside="hours")
    for share in (options.share,) if options.share else SHARES:
        asyncio.run(_at(lines, portfolio(share), share, only_upkeep=options.upkeep))
    return lines.end()


async def _at(lines: Lines, made: Portfolio, share: float, *, only_upkeep: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="eaio-scale-") as folder:
        settings = Settings(home=Path(folder), profile="embedded", database_url=None)
        dsn = await ensure_postgres(settings)
        try:
            async with open_pool(dsn) as pool, open_pool(dsn, role=READER, statement_timeout_s=600) as reader:
                await migrate(pool)
                if only_upkeep:
                    await upkeep(pool, made)
                    return
                print(
                    f"\n{share:.0%} of the portfolio: {len(made.buildings):,} buildings, {len(made.sources):,} meters"
                )
                await _load(lines, pool, made, least=LEAST_LOAD if share == 1 else None)
                await _disk(lines, pool)
                await _ask(lines, reader, made)
        finally:
            await stop_all(settings)


async def _load(lines: Lines, pool: Pool, made: Portfolio, least: float | None) -> None:
    """Write the readings, a transaction for each `BATCH` or month; making them up is not counted.

    The line is for the whole: of few readings, making the tables of their months is most.
    """
    keys = await name_all(pool, made)
    readings, seconds, cpu_s = 0, 0.0, 0.0
    for parts in _batches(months(made, keys)):
        started, own_s = time.perf_counter(), time.process_time()
        async with writing(pool, lock=DATA_LOCK) as connection:
            before_s = _cpu_s(connection.info.backend_pid)
            readings += await write_rows(connection, parts)
            cpu_s += _cpu_s(connection.info.backend_pid) - before_s
        seconds += time.perf_counter() - started
        cpu_s += time.process_time() - own_s
    async with writing(pool, lock=DATA_LOCK) as connection:
        await know_spans(connection)
        for table in ("meters", "readings_daily", "readings_monthly"):
            await connection.execute(f"ANALYZE {table}".encode())
    lines.line("readings, million", readings / 1e6)
    lines.line("load: readings/s, indexed and with their sums", readings / seconds, least=least)
    if cpu_s:
        lines.line("load: readings per second of processor, ours and PostgreSQL's", readings / cpu_s)


def _batches(parts: Iterator[Rows]) -> Iterator[list[Rows]]:
    """Yield parts together until there are `BATCH` readings of them."""
    batch: list[Rows] = []
    for part in parts:
        batch.append(part)
        if sum(map(len, batch)) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _cpu_s(process: int) -> float:
    """Return the processor time that a process has had, whatever else the machine does; 0 where nobody says."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def _disk(lines: Lines, pool: Pool) -> None:
    (row,) = await fetch(
        pool,
        "SELECT (SELECT sum(hours) FROM readings_monthly), sum(pg_relation_size(inhrelid)),"
        " sum(pg_indexes_size(inhrelid)), pg_total_relation_size('readings_daily')"
        " + pg_total_relation_size('readings_monthly') FROM pg_inherits WHERE inhparent = 'readings'::regclass",
    )
    readings = float(row[0])
    for what, size in zip(("rows", "index", "daily and monthly sums"), row[1:], strict=True):
        lines.line(f"disk: bytes a reading, {what}", float(size) / readings)


async def _ask(lines: Lines, pool: Pool, made: Portfolio) -> None:
    """Ask the ten questions, answered from sums where they may be, and from hours beside."""
    found = await ask_all(pool, made, PATIENCE_S)
    for asked in found:
        lines.line(f"p95 ms: {asked.words}", asked.p95_ms, asked.p95_by_hours_ms)
    lines.line("p95 ms of the ten questions", p95([ms for asked in found for ms in asked.all_ms]), most=MOST_P95_MS)


if __name__ == "__main__":
    sys.exit(main())
