"""The tables of conversations: those of `langgraph-checkpoint-postgres`, in a schema of their own.

Each conversation is a thread of checkpoints. While a turn goes on there is one for each step, so that a process that
comes after a killed one can go on from the last; once the turn is over only the newest is kept.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString

from memory.postgres import Address, Connection, Pool, fetch, open_pool, translated

SCHEMA = "conversations"
CONNECTIONS, LOCKERS = 3, 1
"""Those that read and write, and the one that holds the turns of this process."""
SETUP_LOCK = 0x4541494F4350
LOOK_AGAIN_S = 0.05
_KEPT: LiteralString = (
    "SELECT thread_id, at, state ->> 'question', coalesce(nullif(state ->> 'headline', ''), state ->> 'answer'),"
    " (state ->> 'label')::int FROM (SELECT DISTINCT ON (thread_id) thread_id,"
    "  (checkpoint ->> 'ts')::timestamptz AS at, checkpoint -> 'channel_values' AS state"
    "  FROM checkpoints WHERE checkpoint_ns = '' ORDER BY thread_id, checkpoint_id DESC) AS newest ORDER BY at DESC"
)
_OLD: LiteralString = (
    "WITH old AS (SELECT thread_id FROM checkpoints GROUP BY thread_id"
    "  HAVING max((checkpoint ->> 'ts')::timestamptz) < %s),"
    " writes AS (DELETE FROM checkpoint_writes USING old WHERE checkpoint_writes.thread_id = old.thread_id),"
    " blobs AS (DELETE FROM checkpoint_blobs USING old WHERE checkpoint_blobs.thread_id = old.thread_id),"
    " gone AS (DELETE FROM checkpoints USING old WHERE checkpoints.thread_id = old.thread_id)"
    " SELECT thread_id FROM old"
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A conversation: its last question, what that was answered with, when, and how sensitive it is."""

    thread: str
    question: str
    answer: str
    at: datetime
    label: int | None
    """None where the last question was not looked at yet."""


@asynccontextmanager
async def open_tables(address: str | Address) -> AsyncIterator[Pool]:
    """Open a pool whose connections may write and see these tables alone; make the tables where they are missing.

    Raises `StoreDown` where the database does not answer, or does not let us.
    """
    options = f"-c default_transaction_read_only=off -c search_path={SCHEMA}"
    async with open_pool(address, max_size=CONNECTIONS + LOCKERS, options=options) as pool:
        with translated():
            async with pool.connection() as connection:
                await _set_up(connection)
        yield pool


async def _set_up(connection: Connection) -> None:
    """Bring the tables up to date; two processes at once both succeed.

    Some of the steps build an index beside other work, which waits for every statement that goes on: who waits for
    the other process therefore asks again and again, and holds no statement open.
    """
    while not await _is_up_to_date(connection):
        cursor = await connection.execute("SELECT pg_try_advisory_lock(%s)", (SETUP_LOCK,))
        row = await cursor.fetchone()
        if row is None or not row[0]:
            await asyncio.sleep(LOOK_AGAIN_S)
            continue
        try:
            await _make(connection)
        finally:
            await connection.execute("SELECT pg_advisory_unlock(%s)", (SETUP_LOCK,))


async def _is_up_to_date(connection: Connection) -> bool:
    from langgraph.checkpoint.postgres.base import MIGRATIONS

    cursor = await connection.execute("SELECT to_regclass('checkpoint_migrations')")
    if (row := await cursor.fetchone()) is None or row[0] is None:
        return False
    cursor = await connection.execute("SELECT max(v) FROM checkpoint_migrations")
    row = await cursor.fetchone()
    return row is not None and row[0] is not None and row[0] >= len(MIGRATIONS) - 1


async def _make(connection: Connection) -> None:
    from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver

    await connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}".encode())
    await AsyncPostgresSaver(connection).setup()  # type: ignore[arg-type]  # its cursors choose their own rows


async def kept(pool: Pool) -> list[Kept]:
    """Return the conversations that are kept, newest first."""
    rows = await fetch(pool, _KEPT)
    return [Kept(thread, question or "", answer or "", at, label) for thread, at, question, answer, label in rows]


async def forget_before(pool: Pool, when: datetime) -> list[str]:
    """Forget the conversations in which nothing was asked since `when`, all at once; return their threads."""
    return [thread for (thread,) in await fetch(pool, _OLD, (when,))]
