"""A home of its own for each test, and nothing left running after it."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from config.settings import Settings
from services import Service, stop_all

Starter = Callable[[Service], Awaitable[asyncio.subprocess.Process]]


@pytest.fixture
async def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Settings]:
    """Settings with an empty home, whatever the environment says."""
    for name in ("EAIO_DATABASE_URL", "EAIO_REDIS_URL", "EAIO_MILVUS_URI"):
        monkeypatch.delenv(name, raising=False)
    given = Settings(home=tmp_path / "home")
    yield given
    await stop_all(given)


@pytest.fixture
def start_elsewhere() -> Starter:
    """Start a service from another process, which prints its id and `started` or `attached`."""
    script = str(Path(__file__).with_name("starter.py"))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}

    def start(service: Service) -> Awaitable[asyncio.subprocess.Process]:
        words = (sys.executable, script, str(service.home), service.name)
        return asyncio.create_subprocess_exec(*words, stdout=subprocess.PIPE, env=environment)

    return start
