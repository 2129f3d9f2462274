"""The pool reads and no more, fails soon and clearly, and outlives its server."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import psycopg
import pytest

from config.settings import Settings
from memory.errors import ConnectionLost, Contended, SchemaMismatch, StoreDown
from memory.postgres import (
    DATA_LOCK,
    READER,
    WRITE_TRIES,
    Connection,
    Pool,
    bump_data_version,
    fetch,
    open_pool,
    write,
    writing,
)
from services.postgres import ensure_postgres, postgres
from services.process import stop
from tools.errors import DataUnavailable

Adding = Callable[[Connection], Awaitable[int]]


async def test_reader_cannot_write(empty: Pool) -> None:
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        await fetch(empty, "UPDATE data_state SET version = 9 RETURNING version")


async def test_slow_statement_is_ended_and_said_to_be_slow(server: str) -> None:
    async with open_pool(server, statement_timeout_s=0.05) as pool:
        with pytest.raises(StoreDown, match="took too long"):
            await fetch(pool, "SELECT pg_sleep(5)")
        assert await fetch(pool, "SELECT 1") == [(1,)]


@pytest.mark.parametrize("dsn", ["postgresql://eaio@127.0.0.1:1/eaio", "host=/nowhere user=eaio"])
async def test_store_that_is_not_there_is_said_at_once_with_the_remedy(dsn: str) -> None:
    started = time.monotonic()
    with pytest.raises(DataUnavailable, match="eaio up"):
        async with open_pool(dsn):
            pass
    assert time.monotonic() - started < 2


async def test_store_that_takes_the_connection_and_says_nothing_is_given_up_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        started = time.monotonic()
        with pytest.raises(DataUnavailable, match=r"no connection within 0\.2 s"):
            async with open_pool(f"postgresql://eaio@127.0.0.1:{port}/eaio", connect_timeout_s=0.2):
                pass
        assert time.monotonic() - started < 1


async def test_missing_tables_name_the_remedy(blank_dsn: str) -> None:
    async with open_pool(blank_dsn) as pool:
        with pytest.raises(SchemaMismatch, match="eaio up"):
            await fetch(pool, "SELECT version FROM data_state")


async def test_failed_transaction_leaves_nothing(empty: Pool) -> None:
    async def fail_half_way() -> None:
        async with writing(empty, lock=DATA_LOCK) as connection:
            await bump_data_version(connection)
            raise RuntimeError("half-way")

    with pytest.raises(RuntimeError, match="half-way"):
        await fail_half_way()
    assert await fetch(empty, "SELECT version FROM data_state") == [(0,)]


async def test_change_of_data_is_announced_when_it_is_committed(empty: Pool, blank_dsn: str) -> None:
    async with await psycopg.AsyncConnection.connect(blank_dsn, autocommit=True) as listener:
        await listener.execute("LISTEN eaio_data")
        async with writing(empty) as connection:
            version = await bump_data_version(connection)
        heard = [notice.payload async for notice in listener.notifies(timeout=2, stop_after=1)]
    assert heard == [str(version)]


@pytest.fixture
async def own_server(tmp_path: Path) -> AsyncIterator[Settings]:
    """Give the settings of a server that a test may stop."""
    settings = Settings(home=tmp_path / "home", database_url=None)
    await ensure_postgres(settings)
    yield settings
    await stop(postgres(settings))


async def test_pool_outlives_a_server_that_goes_away_and_comes_back_elsewhere(own_server: Settings) -> None:
    addresses: list[str] = []

    async def address() -> str:
        return addresses[-1]

    addresses.append(await ensure_postgres(own_server))
    async with open_pool(address) as pool:
        assert await fetch(pool, "SELECT 1") == [(1,)]
        await stop(postgres(own_server))
        started = time.monotonic()
        for _ in range(2):
            with pytest.raises(DataUnavailable, match="eaio up"):
                await fetch(pool, "SELECT 2")
        assert time.monotonic() - started < 3
        addresses.append(await ensure_postgres(own_server))
        assert await fetch(pool, "SELECT 3") == [(3,)]
        async with writing(pool) as connection:
            await connection.execute("CREATE TABLE kept (a int)")
        await stop(postgres(own_server))
        addresses.append(await ensure_postgres(own_server))
        async with writing(pool) as connection:
            await connection.execute("INSERT INTO kept VALUES (1)")
        assert await fetch(pool, "SELECT a FROM kept") == [(1,)]


async def test_what_tools_run_could_not_write_if_it_tried(empty: Pool, blank_dsn: str) -> None:
    async with open_pool(blank_dsn, role=READER) as reader:
        assert await fetch(reader, "SELECT current_user, version FROM data_state") == [(READER, 0)]
        async with reader.connection() as connection:
            await connection.execute("SET default_transaction_read_only = off")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                await connection.execute("UPDATE data_state SET version = 9")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                await connection.execute("SELECT * FROM audit")
    assert await fetch(empty, "SELECT version FROM data_state") == [(0,)]


async def test_database_without_that_role_is_read_all_the_same(server: str) -> None:
    async with open_pool(server, role="nobody_here") as pool:
        assert await fetch(pool, "SELECT current_user <> 'nobody_here'") == [(True,)]


async def test_reader_whose_connection_is_killed_gets_another(server: str) -> None:
    async with open_pool(server, max_size=1) as pool, open_pool(server) as killer:
        ((backend,),) = await fetch(pool, "SELECT pg_backend_pid()")
        await fetch(killer, "SELECT pg_terminate_backend(%s, 5000)", (backend,))
        ((other,),) = await fetch(pool, "SELECT pg_backend_pid()")
        assert other != backend


async def test_two_writers_that_lock_each_other_out_both_succeed(empty: Pool) -> None:
    async with writing(empty) as connection:
        await connection.execute("CREATE TABLE purse (id int PRIMARY KEY, n int NOT NULL)")
        await connection.execute("INSERT INTO purse VALUES (1, 0), (2, 0)")
    both = asyncio.Barrier(2)
    tries: list[int] = [0, 0]

    def adding(who: int) -> Adding:
        first, second = (1, 2) if who == 0 else (2, 1)

        async def work(connection: Connection) -> int:
            tries[who] += 1
            await connection.execute("UPDATE purse SET n = n + 1 WHERE id = %s", (first,))
            if tries[who] == 1:
                await both.wait()
            await connection.execute("UPDATE purse SET n = n + 1 WHERE id = %s", (second,))
            return who

        return work

    assert list(await asyncio.gather(write(empty, adding(0)), write(empty, adding(1)))) == [0, 1]
    assert sorted(tries) == [1, 2]
    assert await fetch(empty, "SELECT n FROM purse ORDER BY id") == [(2,), (2,)]


async def test_writer_that_read_what_another_changed_reads_again(empty: Pool) -> None:
    tries = 0

    async def count(connection: Connection) -> int:
        nonlocal tries
        tries += 1
        await connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor = await connection.execute("SELECT version FROM data_state")
        (before,) = await cursor.fetchone() or (0,)
        if tries == 1:
            async with writing(empty) as other:
                await bump_data_version(other)
        await connection.execute("UPDATE data_state SET version = %s", (before + 10,))
        return int(before) + 10

    assert await write(empty, count) == 11
    assert tries == 2


async def test_work_whose_connection_is_killed_is_done_once_more_and_counted_once(empty: Pool, server: str) -> None:
    tries = 0
    async with open_pool(server) as killer:

        async def work(connection: Connection) -> None:
            nonlocal tries
            tries += 1
            await bump_data_version(connection)
            if tries == 1:
                await fetch(killer, "SELECT pg_terminate_backend(%s, 5000)", (connection.info.backend_pid,))
            await connection.execute("SELECT 1")

        await write(empty, work)
    assert tries == 2
    assert await fetch(empty, "SELECT version FROM data_state") == [(1,)]


async def test_work_that_always_fails_ends_with_its_error(empty: Pool) -> None:
    tries = 0

    async def work(_connection: Connection) -> None:
        nonlocal tries
        tries += 1
        raise psycopg.errors.DeadlockDetected("deadlock detected")

    with pytest.raises(Contended, match="deadlock"):
        await write(empty, work)
    assert tries == WRITE_TRIES


async def test_lost_commit_is_not_done_again(empty: Pool, server: str) -> None:
    tries = 0
    async with open_pool(server) as killer:

        async def work(connection: Connection) -> None:
            nonlocal tries
            tries += 1
            await fetch(killer, "SELECT pg_terminate_backend(%s, 5000)", (connection.info.backend_pid,))

        with pytest.raises(ConnectionLost):
            await write(empty, work)
    assert tries == 1
