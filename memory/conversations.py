"""Conversations in PostgreSQL: opened when first needed, asked in time or not at all, one process at a time in each."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, LiteralString, TypeVar

from langgraph.checkpoint.serde.base import SerializerProtocol

from memory.conversation_tables import Kept, forget_before, kept, open_tables
from memory.errors import Contended, MemoryDown
from memory.link import Link
from memory.postgres import Address, Connection, Pool, translated
from telemetry.log import log

if TYPE_CHECKING:
    from memory.conversation_saver import ConversationSaver

PART = "the store of conversations"
AWAY_S = 5.0
"""How long a store that did not answer is not asked again, so that a step of a turn does not wait for it anew."""
OPENED_WITHIN_S, CLOSED_WITHIN_S = 5.0, 1.0
Got = TypeVar("Got")


@dataclass(slots=True)
class Opened:
    """An open store; `locker` holds the turns of this process."""

    pool: Pool
    saver: "ConversationSaver"
    stack: AsyncExitStack
    locker: Connection | None = None


class Conversations:
    """The conversations of an installation. Every call raises `MemoryDown` after `budget_s` at the latest.

    What hangs is left behind: a database that does not answer does not answer a request to stop either.
    """

    def __init__(
        self, address: Address, *, days: int, budget_s: float, serde: SerializerProtocol | None = None
    ) -> None:
        """`address` returns where PostgreSQL is; what nobody asked on in for `days` is forgotten at the first call."""
        self._address, self._days, self._budget_s, self._serde = address, days, budget_s, serde
        self._link = Link[Opened](PART, self._opened)
        self._locking = asyncio.Lock()
        self._away_until_s = 0.0
        self._waited = False
        self._current: Opened | None = None
        self._left: set[asyncio.Task[Any]] = set()

    async def ready(self) -> None:
        """Wait for the first opening, `OPENED_WITHIN_S` at most: it takes longer than a step may. Never raises."""
        if self._waited:
            return
        opening = asyncio.create_task(self._link.get())
        await asyncio.wait({opening}, timeout=OPENED_WITHIN_S)
        self._leave(opening)
        self._waited = True

    async def call(self, work: Callable[["ConversationSaver"], Awaitable[Got]]) -> Got:
        """Return what some work with the checkpointer returns."""
        return await self._in_time(lambda opened: work(opened.saver))

    async def kept(self) -> list[Kept]:
        """Return the conversations that are kept, newest first."""
        return await self._in_time(lambda opened: kept(opened.pool))

    async def forget(self, thread: str) -> None:
        """Forget a conversation; one that is not there is no error."""
        await self.call(lambda saver: saver.adelete_thread(thread))

    async def tidy(self, thread: str) -> None:
        """Keep only the newest state of a conversation: its steps are for a process that comes after a killed one."""
        await self.call(lambda saver: saver.aprune([thread]))

    async def take(self, name: str) -> bool:
        """Take what only one process may have at a time; tell whether it is ours now. A killed process gives all back.

        Two takers of one process are not kept apart.
        """
        return await self._in_time(lambda opened: self._locked(opened, "SELECT pg_try_advisory_lock(%s)", name))

    async def give(self, name: str) -> None:
        """Give back what was taken."""
        await self._in_time(lambda opened: self._locked(opened, "SELECT pg_advisory_unlock(%s)", name))

    async def close(self) -> None:
        """Close the connections; no later than `CLOSED_WITHIN_S`."""
        closing = asyncio.create_task(self._link.close())
        await asyncio.wait({closing}, timeout=CLOSED_WITHIN_S)
        if not closing.done():
            self._leave(closing)
        if self._current is not None:
            await self._let_go(self._current)

    async def _in_time(self, ask: Callable[[Opened], Awaitable[Got]]) -> Got:
        if time.monotonic() < self._away_until_s:
            raise MemoryDown(PART, "it did not answer a moment ago and was not asked")
        task = asyncio.create_task(self._asked(ask))
        try:
            await asyncio.wait({task}, timeout=self._budget_s)
        finally:
            if not task.done():
                self._leave(task)
        if not task.done():
            await self._gone()
            raise MemoryDown(PART, f"no answer within {self._budget_s:g} s")
        try:
            return task.result()
        except MemoryDown:
            raise
        except Exception as fault:
            if not _is_of_the_store(fault):
                raise
            if not _is_of_one_statement(fault):
                await self._gone()
            raise MemoryDown(PART, fault) from fault

    async def _asked(self, ask: Callable[[Opened], Awaitable[Got]]) -> Got:
        opened = await self._link.get()
        with translated():
            return await ask(opened)

    async def _opened(self) -> Opened:
        from memory.conversation_saver import ConversationSaver

        async with AsyncExitStack() as stack:
            pool = await stack.enter_async_context(open_tables(self._address))
            old = await forget_before(pool, datetime.now(UTC) - timedelta(days=self._days))
            if old:
                log.info("%d conversations are older than %d days and were forgotten", len(old), self._days)
            self._current = Opened(pool, ConversationSaver(pool, self._serde), stack.pop_all())
            return self._current

    async def _locked(self, opened: Opened, query: LiteralString, name: str) -> bool:
        """Run one statement on the connection that holds what this process took."""
        key = int.from_bytes(blake2b(name.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True)
        async with self._locking:
            if opened.locker is None or opened.locker.closed:
                opened.locker = await opened.pool.getconn()
            cursor = await opened.locker.execute(query, (key,))
            row = await cursor.fetchone()
        return bool(row and row[0])

    async def _gone(self) -> None:
        """Do not ask for a while, and then with new connections."""
        self._away_until_s = time.monotonic() + AWAY_S
        opened, self._current = self._current, None
        if opened is not None and self._link.drop(opened):
            self._leave(asyncio.create_task(self._let_go(opened)), cancel=False)

    async def _let_go(self, opened: Opened) -> None:
        closing = asyncio.create_task(self._closed(opened))
        await asyncio.wait({closing}, timeout=CLOSED_WITHIN_S)
        if not closing.done():
            self._leave(closing)

    @staticmethod
    async def _closed(opened: Opened) -> None:
        with suppress(Exception):
            if opened.locker is not None:
                await opened.locker.close()
                await opened.pool.putconn(opened.locker)
            await opened.stack.aclose()

    def _leave(self, task: asyncio.Task[Any], *, cancel: bool = True) -> None:
        """Wait for a task no more, and for what it raises neither."""
        self._left.add(task)
        task.add_done_callback(self._forget_task)
        if cancel:
            task.cancel()

    def _forget_task(self, task: asyncio.Task[Any]) -> None:
        self._left.discard(task)
        if not task.cancelled():
            task.exception()


def _is_of_one_statement(fault: Exception) -> bool:
    """Tell whether another statement may well pass: two were in each other's way, or it asked for what cannot be."""
    import psycopg

    return isinstance(fault, Contended | psycopg.DataError | psycopg.IntegrityError)


def _is_of_the_store(fault: Exception) -> bool:
    """Tell whether a fault is the database's, not one of this code."""
    import psycopg

    from tools.errors import DataUnavailable

    return isinstance(fault, DataUnavailable | psycopg.Error)
