"""A connection to Milvus, embedded or a cluster: shared, opened anew after a fault, speaking in our errors.

The client blocks, so each call runs in a thread of its own. pymilvus takes 0.9 s to import: that happens in a thread
too, and only once something listens at the address.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from config.settings import Settings
from memory.daemon_thread import in_daemon_thread
from memory.errors import MemoryDown, MemoryLate
from memory.link import Link

if TYPE_CHECKING:
    from pymilvus import MilvusClient  # type: ignore[import-untyped]

CALL_TIMEOUT_S = 2.0  # ends a thread whose Milvus hangs; whoever waits for an answer gives up sooner
OPEN_TIMEOUT_S = 10.0  # loading a collection of a cluster that has just started
CLOSE_TIMEOUT_S = 0.5
PART = "agent memory (Milvus)"

Address = Callable[[], Awaitable[str]]
T = TypeVar("T")
Given = TypeVar("Given")


def milvus_of(settings: Settings) -> Address:
    """Return what finds the Milvus of `settings`, starting the embedded one where it does not run."""

    async def address() -> str:
        if settings.milvus_uri:
            return settings.milvus_uri
        from services.errors import ServiceError
        from services.milvus import ensure_milvus

        try:
            return await ensure_milvus(settings)
        except ServiceError as error:
            raise MemoryDown(PART, error) from error

    return address


class Milvus:
    """A connection that is made when first used. `prepare` runs on each new one, before any other work."""

    def __init__(self, address: Address, prepare: Callable[["MilvusClient"], None]) -> None:
        self._address, self._prepare = address, prepare
        self._link = Link(PART, self._open)

    async def warm(self) -> None:
        """Connect; the first time takes seconds, which may pass in the background. Raises `MemoryDown`."""
        await self._link.get()

    async def call(self, work: Callable[["MilvusClient"], T]) -> T:
        """Return what `work` returns, called in a thread with a connected client.

        A connection that has broken is replaced and `work` done again, so it must bear being done twice. Raises
        `MemoryDown`, and `MemoryLate` where Milvus takes longer than `CALL_TIMEOUT_S`.
        """
        client = await self._link.get()
        try:
            return await in_daemon_thread(partial(translated, work, client))
        except MemoryLate:
            raise
        except MemoryDown:
            if self._link.drop(client):
                await _close(client)
            return await in_daemon_thread(partial(translated, work, await self._link.get()))

    async def close(self) -> None:
        """Disconnect, which also ends calls that still wait; the service itself keeps running."""
        if (client := await self._link.close()) is not None:
            await _close(client)

    async def _open(self) -> "MilvusClient":
        uri = await self._address()
        await probe(uri)
        return await in_daemon_thread(partial(connect, uri, self._prepare))


async def probe(uri: str) -> None:
    """Connect by TCP and hang up: where nothing listens this fails in a millisecond, before pymilvus is imported."""
    parts = urlsplit(uri)
    port = parts.port or (443 if parts.scheme == "https" else 19530)
    try:
        async with asyncio.timeout(CALL_TIMEOUT_S):
            _, writer = await asyncio.open_connection(parts.hostname or "localhost", port)
    except OSError as error:  # refused, unknown, or TimeoutError
        raise MemoryDown(PART, error) from error
    writer.close()


def connect(uri: str, prepare: Callable[["MilvusClient"], None]) -> "MilvusClient":
    """Return a client of its own channel, so that closing it closes nobody else's."""
    import_quietly()
    from pymilvus import MilvusClient

    client = translated(lambda _: MilvusClient(uri, timeout=CALL_TIMEOUT_S, dedicated=True), None)
    translated(prepare, client)
    return client


def import_quietly() -> None:
    """Import pymilvus without two habits of it.

    It reads a `.env` file of any folder above it into the environment, where it could turn on tracing or change our
    settings; and it writes a traceback to stderr for every error that it raises as well.
    """
    import dotenv

    kept, dotenv.load_dotenv = dotenv.load_dotenv, _load_nothing
    try:
        import pymilvus  # noqa: F401
    finally:
        dotenv.load_dotenv = kept
    for name in ("pymilvus", "pymilvus.milvus_client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def _load_nothing(*_args: object, **_options: object) -> bool:
    return False


def translated(work: Callable[[Given], T], given: Given) -> T:
    """Do `work` and turn what pymilvus raises into our errors."""
    from grpc import RpcError, StatusCode  # type: ignore[import-untyped]
    from pymilvus.exceptions import MilvusException  # type: ignore[import-untyped]

    try:
        return work(given)
    except RpcError as error:
        is_late = error.code() is StatusCode.DEADLINE_EXCEEDED
        raise (MemoryLate if is_late else MemoryDown)(PART, error.details()) from error
    except MilvusException as error:
        raise MemoryDown(PART, error.message) from error


async def _close(client: "MilvusClient") -> None:
    """Close a client, but do not wait long: its lock may be held by a call that hangs."""
    with suppress(TimeoutError, MemoryDown):
        async with asyncio.timeout(CLOSE_TIMEOUT_S):
            await in_daemon_thread(partial(translated, lambda c: c.close(), client))
