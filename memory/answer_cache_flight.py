"""One writer for words that many want at the same moment, over all processes that share a store.

Who misses first leads: a lease in the store says so, and is renewed while the words are written. Others wait for the
words, as long as the lease stands; it ends with the leader, at the latest `LEASE_S` after it was killed. Within one
process nobody waits here: there a model's words are shared while they come (models/shared_work.py).
"""

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from typing import Literal, cast

from memory.errors import MemoryDown
from memory.response_cache import ResponseCache

LEASE_S = 3.0
AGAIN_S = 0.05  # between two looks
_RELEASE = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end"
_RENEW = (
    "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) else return 0 end"
)

Place = Literal["leads", "ours", "other"]


class Flights:
    """Leases on words that are being written. Every call raises `MemoryDown` soon where the store does not answer."""

    def __init__(self, store: ResponseCache, *, most_s: float) -> None:
        """`most_s`: how long a lease is renewed at most, longer than any answer takes."""
        self._store, self._most_s = store, most_s
        self._name = uuid.uuid4().hex
        self._renewing: dict[str, asyncio.Task[None]] = {}

    async def words(self, key: str, patience_s: float) -> str | None:
        """Return the words under a key; None where the caller is to write them.

        Waits at most `patience_s` where another process writes them already.
        """
        until = asyncio.get_running_loop().time() + patience_s
        while (found := await self._store.get(key)) is None:
            if await self._place(key) != "other" or asyncio.get_running_loop().time() > until:
                return await self._store.get(key)  # they may have come between the two looks
            await asyncio.sleep(AGAIN_S)
        return found

    async def land(self, key: str) -> None:
        """End the lease on a key, where this process has it: the words are kept, or will not come."""
        if (renewing := self._renewing.pop(key, None)) is not None:
            renewing.cancel()
            await self._store.call(self._script(_RELEASE, key))

    async def close(self) -> None:
        """Renew nothing any more; what is left ends by itself."""
        tasks = list(self._renewing.values())
        self._renewing.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _place(self, key: str) -> Place:
        """Take the lead where nobody has it; tell who has."""
        if key in self._renewing:
            return "ours"
        lease = _lease(key)
        held = await self._store.call(lambda redis: redis.set(lease, self._name, nx=True, px=round(1000 * LEASE_S)))
        if held:
            self._renewing[key] = asyncio.create_task(self._renew(key))
            return "leads"
        return "ours" if key in self._renewing else "other"

    async def _renew(self, key: str) -> None:
        """Renew a lease until it is ended, or nobody can need it any more."""
        try:
            async with asyncio.timeout(self._most_s):
                while True:
                    await asyncio.sleep(LEASE_S / 3)
                    await self._store.call(self._script(_RENEW, key, round(1000 * LEASE_S)))
        except (TimeoutError, MemoryDown):
            self._renewing.pop(key, None)

    def _script(self, text: str, key: str, *more: int) -> Callable[..., Awaitable[object]]:
        return lambda redis: cast("Awaitable[object]", redis.eval(text, 1, _lease(key), self._name, *more))


def _lease(key: str) -> str:
    return f"eaio:writing:{key}"
