"""A huge file is streamed: memory does not grow with it."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.data.ingest import CAP_MB
from benchmarks.data.ingest_files import write_huge
from memory.migrate import migrate
from memory.postgres import open_pool

SIZE_BYTES = 200_000_000


@pytest.mark.slow
async def test_file_of_200_mb_is_loaded_within_the_cap(blank_dsn: str, tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    rows = write_huge(path, SIZE_BYTES)
    async with open_pool(blank_dsn) as pool:
        await migrate(pool)
    command = [sys.executable, "-m", "benchmarks.data.ingest", "--load", str(path), "--dsn", blank_dsn]
    done = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    said, why = await done.communicate()
    assert done.returncode == 0, why
    read, most_mb = map(int, said.split())
    assert read == rows
    assert most_mb < CAP_MB
