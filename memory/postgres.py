"""Connections to PostgreSQL: a pool that reads by default, survives restarts, and speaks in our errors.

Connections are read-only with a statement timeout, so no tool can change data by accident; writing is a visible act,
`async with writing(pool)`, or `write(pool, work)` for what may be tried again. What tools run has a pool of its own,
`role=READER`, whose connections could not write if they tried. A database that does not answer becomes `StoreDown`.
"""

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import LiteralString, TypeVar

import psycopg
from psycopg import AsyncConnection, sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool, PoolClosed, PoolTimeout

from memory.errors import ConnectionLost, Contended, SchemaMismatch, StoreDown

Connection = AsyncConnection[TupleRow]
Pool = AsyncConnectionPool[Connection]

Parameters = Sequence[object] | Mapping[str, object]
Done = TypeVar("Done")

Address = Callable[[], Awaitable[str]]
"""Returns the DSN of a server, wherever it is now."""

CONNECT_TIMEOUT_S = 2.0
POOL_WAIT_S = 1.0
STATEMENT_TIMEOUT_S = 10.0
WRITE_TRIES = 4
TRY_AGAIN_S = 0.02  # doubled at each try, and spread, so that two that met do not meet again
READER = "eaio_reader"  # made by migration 005: it may select building data, and nothing else
DATA_LOCK = 0x4541494F  # "EAIO": one writer of building data at a time, over all processes


@asynccontextmanager
async def open_pool(
    dsn: str | Address,
    *,
    min_size: int = 1,
    max_size: int = 4,
    connect_timeout_s: float = CONNECT_TIMEOUT_S,
    statement_timeout_s: float = STATEMENT_TIMEOUT_S,
    role: str | None = None,
    options: str = "",
) -> AsyncIterator[Pool]:
    """Open a pool of read-only autocommit connections and close it at the end.

    Session settings given as `options` (`-c name=value`) win over these. With a `role`, every connection has the
    rights of that role; where the database has none such, or does not let us take it, connections are read-only all
    the same.

    Raises `StoreDown` within `connect_timeout_s` where nothing answers. A connection that breaks later is replaced
    when it is next needed; a statement waits at most `POOL_WAIT_S` for one. A `dsn` that is called gives the address
    anew for each connection, for a server that comes back at another port.
    """

    async def conninfo() -> str:
        address = dsn if isinstance(dsn, str) else await dsn()
        return _conninfo(address, connect_timeout_s, statement_timeout_s, options)

    try:
        address = await conninfo()
        async with asyncio.timeout(connect_timeout_s):
            await _probe(address)
    except TimeoutError as error:
        raise StoreDown(f"no connection within {connect_timeout_s:g} s") from error

    async def assume(connection: Connection) -> None:
        if role is not None:
            await _assume(connection, role)

    # Its warnings repeat what `StoreDown` says; without a handler they would go to the user's terminal.
    logging.getLogger("psycopg.pool").addHandler(logging.NullHandler())
    pool = AsyncConnectionPool(
        conninfo,
        kwargs={"autocommit": True},
        configure=assume,
        min_size=min_size,
        max_size=max_size,
        timeout=POOL_WAIT_S,
        reconnect_timeout=connect_timeout_s,
        name="building-data",
        open=False,
    )
    async with pool:
        yield pool


async def _assume(connection: Connection, role: str) -> None:
    """Give up all rights but those of a role, where it is there for us."""
    try:
        await connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(role)))
    except (psycopg.errors.InvalidParameterValue, psycopg.errors.InsufficientPrivilege):
        logging.getLogger("eaio.memory").debug("there is no role %s; connections are read-only without it", role)


def _conninfo(dsn: str, connect_timeout_s: float, statement_timeout_s: float, more: str) -> str:
    """Add our session settings to a DSN, keeping the options that it sets itself."""
    given = conninfo_to_dict(dsn).get("options") or ""
    timeout_ms = round(statement_timeout_s * 1000)
    ours = f"-c default_transaction_read_only=on -c statement_timeout={timeout_ms} -c timezone=UTC"
    options = f"{given} {ours} {more}".strip()
    return make_conninfo(dsn, connect_timeout=max(2, round(connect_timeout_s)), options=options)


async def _address(pool: Pool) -> str:
    """Return where a pool from `open_pool` connects to now."""
    found = pool.conninfo() if callable(pool.conninfo) else pool.conninfo
    return found if isinstance(found, str) else await found


async def _probe(conninfo: str) -> None:
    """Connect once. Where nothing listens this fails at once, while a pool would wait out its timeout."""
    with translated():
        await (await AsyncConnection.connect(conninfo, autocommit=True)).close()


@contextmanager
def translated() -> Iterator[None]:
    """Turn what a database that is down, slow or of another version raises into our errors; a bug stays a bug."""
    try:
        yield
    except (PoolTimeout, PoolClosed) as error:
        raise StoreDown(error) from error
    except psycopg.errors.QueryCanceled as error:
        raise StoreDown("a query took too long") from error
    except (psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected) as error:
        raise Contended(error) from error
    except (psycopg.OperationalError, psycopg.InterfaceError) as error:
        raise ConnectionLost(error) from error
    except psycopg.errors.UndefinedTable as error:
        raise SchemaMismatch(f"{error.diag.message_primary}; `eaio up` brings the tables up to date") from error


async def fetch(
    pool: Pool, query: LiteralString, parameters: Parameters = (), *, binary: bool = False
) -> list[TupleRow]:
    """Return the rows of one reading statement; a broken connection is replaced and the statement tried once more."""
    try:
        return await _fetch(pool, query, parameters, binary)
    except Contended:  # a standby that must apply what the reading held up
        return await _fetch(pool, query, parameters, binary)
    except ConnectionLost:
        await _probe(await _address(pool))
        await pool.check()
        return await _fetch(pool, query, parameters, binary)


async def _fetch(pool: Pool, query: LiteralString, parameters: Parameters, binary: bool) -> list[TupleRow]:
    with translated():
        async with pool.connection() as connection, connection.cursor(binary=binary) as cursor:
            await cursor.execute(query, parameters)
            return await cursor.fetchall()


@asynccontextmanager
async def writing(pool: Pool, *, lock: int | None = None) -> AsyncIterator[Connection]:
    """Open a read-write transaction without statement timeout; commit at the end, roll back on an error.

    With `lock`, wait for and hold that advisory lock until the transaction ends; a killed process frees it at once.
    """
    await fetch(pool, "SELECT 1")  # replaces the connections of a server that was restarted; a write is not tried twice
    with translated():
        async with pool.connection() as connection, connection.transaction():
            await connection.execute("SET TRANSACTION READ WRITE")
            await connection.execute("SET LOCAL statement_timeout = 0")
            if lock is not None:
                await connection.execute("SELECT pg_advisory_xact_lock(%s)", (lock,))
            yield connection


async def write(pool: Pool, work: Callable[[Connection], Awaitable[Done]], *, lock: int | None = None) -> Done:
    """Run `work` in a transaction as `writing` opens one, and return what it returns; commit at the end.

    Where another transaction was in the way, or the connection broke, all of it is rolled back and done again, at most
    `WRITE_TRIES` times: `work` must change nothing but the database. A connection that breaks while the database
    commits is not tried again, since what was written may be there.
    """
    for tried in range(WRITE_TRIES):
        worked = False
        try:
            async with writing(pool, lock=lock) as connection:
                done = await work(connection)
                worked = True
        except (Contended, ConnectionLost) as error:
            if tried + 1 == WRITE_TRIES or (worked and isinstance(error, ConnectionLost)):
                raise
        else:
            return done
        await asyncio.sleep(TRY_AGAIN_S * 2**tried * (1 + random.random()))  # noqa: S311 - no secret
    raise AssertionError("unreachable")


async def bump_data_version(connection: Connection) -> int:
    """Say that building data changed: return the new version, and notify `eaio_data` when the transaction commits."""
    cursor = await connection.execute("UPDATE data_state SET version = version + 1 RETURNING version")
    row = await cursor.fetchone()
    assert row is not None
    version = int(row[0])
    await connection.execute("SELECT pg_notify('eaio_data', %s)", (str(version),))
    return version
