"""A connection to Milvus for threads: opened when first used, opened anew after a fault, speaking in our errors.

`memory.milvus.Milvus` is the same for an event loop; a `BaseStore` is also called without one.
"""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from contextlib import suppress
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, TypeVar

from memory.errors import MemoryDown, MemoryLate
from memory.milvus import PART, Address, connect, probe, translated

if TYPE_CHECKING:
    from pymilvus import MilvusClient  # type: ignore[import-untyped]

T = TypeVar("T")


class Connection:
    """One client, shared by all threads that ask. `prepare` runs on each new one, before any other work."""

    def __init__(self, address: Address, prepare: Callable[["MilvusClient"], None]) -> None:
        self._address, self._prepare = address, prepare
        self._opening = Lock()
        self._client: MilvusClient | None = None
        self._closed = False

    def call(self, work: Callable[["MilvusClient"], T]) -> T:
        """Return what `work` returns.

        A connection that has broken is replaced and `work` done again, so it must bear being done twice. Raises
        `MemoryDown`, and `MemoryLate` where Milvus takes longer than `CALL_TIMEOUT_S`.
        """
        client = self._opened()
        try:
            return translated(work, client)
        except MemoryLate:
            raise
        except MemoryDown:
            self._drop(client)
            return translated(work, self._opened())

    def close(self) -> None:
        """Disconnect for good; the service itself keeps running."""
        self._closed = True
        if (client := self._client) is not None:
            self._drop(client)

    def _opened(self) -> "MilvusClient":
        with self._opening:
            if self._closed:
                raise MemoryDown(PART, "it was closed")
            if self._client is None:
                self._client = connect(_away_from_loops(self._located()), self._prepare)
            return self._client

    async def _located(self) -> str:
        uri = await self._address()
        await probe(uri)
        return uri

    def _drop(self, client: "MilvusClient") -> None:
        if self._client is client:
            self._client = None
        Thread(target=_close, args=(client,), daemon=True).start()  # its lock may be held by a call that hangs


def _close(client: "MilvusClient") -> None:
    with suppress(MemoryDown):
        translated(lambda c: c.close(), client)


def _away_from_loops(work: Coroutine[Any, Any, T]) -> T:
    """Return what a coroutine returns, run in a thread of its own: this one may have a loop that is running."""
    promise = Future[T]()

    def run() -> None:
        try:
            promise.set_result(asyncio.run(work))
        except BaseException as error:  # noqa: BLE001 - whatever it is, it belongs to whoever waits
            promise.set_exception(error)

    Thread(target=run, daemon=True).start()
    return promise.result()
