"""The embedded PostgreSQL is whole after any fault, and its login can do no harm to the machine."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from config.settings import Settings
from services.account import Account, own_account
from services.cluster import Cluster
from services.errors import ServiceFailed
from services.pid import kill
from services.postgres import ensure_postgres, postgres
from services.process import ensure, stop
from services.service import Service

StartElsewhere = Callable[[Service], Awaitable[asyncio.subprocess.Process]]


async def value(dsn: str, query: str) -> object:
    """Return the first value of a query's first row."""
    async with await psycopg.AsyncConnection.connect(dsn, autocommit=True) as connection:
        row = await (await connection.execute(query)).fetchone()
        return row[0] if row else None


async def test_start_killed_while_it_makes_the_data_folder_is_healed(
    settings: Settings, start_elsewhere: StartElsewhere
) -> None:
    service = postgres(settings)
    starter = await start_elsewhere(service)
    while not list(settings.home.glob("data/postgres.new-*/cluster/base")):
        assert starter.returncode is None
        await asyncio.sleep(0.001)
    starter.kill()
    await starter.wait()
    assert not service.folder.exists()
    dsn = await ensure_postgres(settings)
    assert await value(dsn, "SELECT current_setting('TimeZone')") == "UTC"
    assert await value(dsn, "SELECT usesuper FROM pg_user WHERE usename = current_user") is False
    assert not list(settings.home.glob("data/postgres.new-*"))


async def work_for_ever(dsn: str, begun: asyncio.Event) -> None:
    """Keep a session busy with something that does not notice when its server is gone."""
    async with await psycopg.AsyncConnection.connect(dsn) as connection:
        begun.set()
        await connection.execute("DO $$ BEGIN LOOP END LOOP; END $$")


async def test_killed_server_with_busy_children_and_a_recycled_id_comes_back_with_its_data(settings: Settings) -> None:
    service = postgres(settings)
    dsn = await ensure_postgres(settings)
    async with await psycopg.AsyncConnection.connect(dsn, autocommit=True) as connection:
        await connection.execute("CREATE TABLE kept AS SELECT 7 AS a")
    busy = asyncio.create_task(work_for_ever(dsn, begun := asyncio.Event()))
    await begun.wait()
    await asyncio.to_thread(kill, (await ensure(service)).pid)
    pid_file = service.folder / "cluster" / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    assert await value(await ensure_postgres(settings), "SELECT a FROM kept") == 7
    with pytest.raises(psycopg.OperationalError):
        await busy
    assert await stop(service)
    assert await value(await ensure_postgres(settings), "SELECT a FROM kept") == 7


async def test_given_database_is_used_and_nothing_started(settings: Settings) -> None:
    given = settings.model_copy(update={"database_url": "postgresql://elsewhere/eaio"})
    assert await ensure_postgres(given) == "postgresql://elsewhere/eaio"
    assert not settings.home.exists()


def test_account_that_cannot_reach_the_folder_is_reported_with_what_to_do(tmp_path: Path) -> None:
    powerless = replace(own_account(), prefix=("no-such-setpriv",))
    cluster = Cluster(tmp_path / "postgres", powerless, program=lambda _name: Path("/bin/true"))
    with pytest.raises(ServiceFailed, match="run eaio as an ordinary user"):
        cluster.prepare(tmp_path / "log")


def test_data_folder_that_another_server_serves_is_left_alone(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path / "postgres", Account(os.getuid(), os.getgid()), program=lambda _name: Path("/bin/true"))
    cluster.data.mkdir(parents=True)
    (cluster.data / "PG_VERSION").touch()
    (cluster.data / "postmaster.pid").write_text("77\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("services.cluster.words", lambda _pid: ("postgres", "-D", str(cluster.data)))
        with pytest.raises(ServiceFailed, match="process 77 already serves"):
            cluster.prepare(tmp_path / "log")
