"""Whole answers in Redis or Valkey, found by what was asked and forgotten with what they rest on.

Whether an entry may be served is decided by whoever asks for it, by comparing versions; forgetting only frees memory
and ends what a policy no longer allows. A store that is full refuses an entry or drops the least used ones: either way
an answer is computed again, and nothing else.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, cast

from memory.errors import MemoryFull
from memory.response_cache import PREFIX, ResponseCache
from memory.series_versions import EVERYTHING

if TYPE_CHECKING:
    from redis.asyncio import Redis

LARGEST_BYTES = 1_048_576
"""One entry, compressed. The largest answers of the shipped data take 20 kB; a rank of thousands, 200."""
LIVE_TTL_S, AHEAD_TTL_S, CLOSED_TTL_S = 5 * 60, 60 * 60, 7 * 24 * 3600
"""How long an answer is kept about a period that goes on, about days to come, and about what is over. Its series are
compared whenever it is asked for, so that time only bounds how long it takes up room."""
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Counts:
    """What came of looking, since the counts were cleared.

    `misses`: computed; `stale` of them because a series had changed. `refused`: the policy does not let it be kept;
    `full`: the store did not take it; `large`: over `LARGEST_BYTES`. `dropped`: forgotten because of a change. Savings
    are those of all hits.
    """

    hits: int = 0
    misses: int = 0
    stale: int = 0
    kept: int = 0
    refused: int = 0
    full: int = 0
    large: int = 0
    dropped: int = 0
    saved_ms: int = 0
    saved_tokens_in: int = 0
    saved_tokens_out: int = 0
    saved_microdollars: int = 0

    @property
    def hit_ratio(self) -> float | None:
        """Return the share of questions that were answered from here; None before the first."""
        asked = self.hits + self.misses
        return self.hits / asked if asked else None


@dataclass(frozen=True, slots=True)
class Room:
    """What the store holds. `limit_bytes` is 0 where it has none; `evicted` counts entries it dropped for room."""

    entries: int
    words: int
    used_bytes: int
    limit_bytes: int
    rule: str
    evicted: int


class AnswerCache:
    """The answers of one tenant. Every call raises `MemoryDown` soon where the store does not answer."""

    def __init__(self, store: ResponseCache, tenant: str) -> None:
        self._store = store
        self._of = f"eaio:whole:{sha256(tenant.encode()).hexdigest()[:12]}"

    async def get(self, key: str) -> bytes | None:
        """Return what is kept under a key, or None."""
        found = await self._store.call(lambda redis: redis.get(self._entry(key)))
        return found if isinstance(found, bytes) else None

    async def put(self, key: str, entry: bytes, *, ttl_s: int, series: Iterable[str], policy: str) -> str:
        """Keep an entry; return what came of it: "kept", "large", or "full" where the store has no room for it."""
        if len(entry) > LARGEST_BYTES:
            return "large"

        async def keep(redis: "Redis") -> None:
            async with redis.pipeline(transaction=False) as pipe:
                for index in (*map(self._by, series), self._under(policy)):
                    pipe.sadd(index, key)
                    pipe.expire(index, CLOSED_TTL_S)
                pipe.set(self._entry(key), entry, ex=ttl_s)  # last: no entry without its place in the indices
                await pipe.execute()

        return "full" if await self._refused(keep) else "kept"

    async def remove(self, key: str) -> None:
        """Forget one entry."""
        await self._store.call(lambda redis: redis.unlink(self._entry(key)))

    async def forget_series(self, series: Iterable[str] | None) -> int:
        """Forget what rests on any of the series, or on everything there is; all of it for None. Return how many."""
        if series is None:
            return await self._forget_matching(f"{self._of}:e:*", f"{self._of}:by:*")
        return await self._forget_indexed([self._by(name) for name in {*series, EVERYTHING}])

    async def in_force(self, policy: str) -> int:
        """Say which policy is in force; what was kept under the one before is forgotten. Return how many."""
        place = f"{self._of}:policy"
        before = await self._store.call(lambda redis: redis.set(place, policy, get=True))
        old = before.decode() if isinstance(before, bytes) else ""
        return await self._forget_indexed([self._under(old)]) if old and old != policy else 0

    async def clear(self) -> int:
        """Forget all answers, the words of answers and the counts; return how many answers and words there were."""
        gone = await self.forget_series(None) + await self._forget_matching(f"{PREFIX}*")
        await self._forget_matching(f"{self._of}:*")
        return gone

    async def count(self, figures: Mapping[str, int]) -> None:
        """Add to the counts; names as in `Counts`."""

        async def add(redis: "Redis") -> None:
            async with redis.pipeline(transaction=False) as pipe:
                for name, by in figures.items():
                    pipe.hincrby(f"{self._of}:counts", name, by)
                await pipe.execute()

        await self._refused(add)

    async def counts(self) -> Counts:
        """Return the counts."""
        found = await self._store.call(
            lambda redis: cast("Awaitable[dict[bytes, bytes]]", redis.hgetall(f"{self._of}:counts"))
        )
        known = {name.decode(): int(value) for name, value in found.items()}
        return Counts(**{name: known.get(name, 0) for name in Counts.__dataclass_fields__})

    async def room(self) -> Room:
        """Return what the store holds, and how much it may."""
        entries, words = [len([k async for k in self._matching(m)]) for m in (f"{self._of}:e:*", f"{PREFIX}*")]
        memory = await self._store.call(lambda redis: redis.info("memory"))
        stats = await self._store.call(lambda redis: redis.info("stats"))
        return Room(
            entries,
            words,
            used_bytes=int(memory.get("used_memory", 0)),
            limit_bytes=int(memory.get("maxmemory", 0)),
            rule=str(memory.get("maxmemory_policy", "")),
            evicted=int(stats.get("evicted_keys", 0)),
        )

    async def _forget_indexed(self, indices: list[str]) -> int:
        """Forget the entries that the indices name, and the indices."""

        async def forget(redis: "Redis") -> int:
            keys = await cast("Awaitable[set[bytes]]", redis.sunion(indices))
            entries = [self._entry(key.decode()) for key in keys]
            gone = 0
            for at in range(0, len(entries), AT_ONCE):
                gone += await redis.unlink(*entries[at : at + AT_ONCE])
            await redis.unlink(*indices)
            return gone

        return await self._store.call(forget)

    async def _forget_matching(self, *patterns: str) -> int:
        """Forget what the patterns find; return how many the first one found."""
        counts = []
        for pattern in patterns:
            keys = [key async for key in self._matching(pattern)]
            for at in range(0, len(keys), AT_ONCE):
                await self._unlink(keys[at : at + AT_ONCE])
            counts.append(len(keys))
        return counts[0]

    async def _matching(self, pattern: str) -> AsyncGenerator[bytes | str, None]:
        """Yield the keys that a pattern finds."""
        cursor = None
        while cursor != 0:
            cursor, keys = await self._scanned(cursor or 0, pattern)
            for key in keys:
                yield key

    async def _scanned(self, cursor: int, pattern: str) -> tuple[int, list[bytes | str]]:
        return await self._store.call(lambda redis: redis.scan(cursor, match=pattern, count=AT_ONCE))

    async def _unlink(self, keys: list[bytes | str]) -> None:
        await self._store.call(lambda redis: redis.unlink(*keys))

    async def _refused(self, work: Callable[["Redis"], Awaitable[None]]) -> bool:
        """Write; tell whether the store had no room, as one has that may not drop anything."""
        try:
            await self._store.call(work)
        except MemoryFull:
            return True
        return False

    def _entry(self, key: str) -> str:
        return f"{self._of}:e:{key}"

    def _by(self, series: str) -> str:
        return f"{self._of}:by:{series}"

    def _under(self, policy: str) -> str:
        return f"{self._of}:under:{policy}"
