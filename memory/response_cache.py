"""Analyses that were written and verified before, kept in Redis or Valkey for a question asked again.

An entry is found only under everything that shaped it, so it is never wrong, only forgotten: see `cache_key`.
"""

import asyncio
import json
import zlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar

from config.settings import Settings
from memory.errors import MemoryDown, MemoryFull, MemoryLate
from memory.link import Link

if TYPE_CHECKING:
    from redis.asyncio import Redis

CLOSED_PERIOD_TTL_S = 7 * 24 * 3600
"""For a period that is over. Its evidence is in the key, so a correction makes another key; the time only bounds how
long a text outlives a better prompt or model."""
OPEN_PERIOD_TTL_S = 15 * 60
"""For a period that goes on. With the next reading its evidence changes and nobody asks for the old key again; it
should not push out what is asked."""

PREFIX = "eaio:answer:"
SOCKET_TIMEOUT_S = 0.25  # half of what an answer may wait for memory; on one machine a reply takes 0.2 ms
COMPRESS_ABOVE_BYTES = 1_024  # below this zlib saves less than a network packet
PART = "the response cache (Valkey)"

_PLAIN, _COMPRESSED = b"t", b"z"

Address = Callable[[], Awaitable[str]]
T = TypeVar("T")


def cache_key(parts: Mapping[str, object]) -> str:
    """Return the key of an answer: the SHA-256 of everything that shaped it, as canonical JSON.

    Any difference in any part is another key, also between 1, 1.0, True and "1". Takes None, booleans, numbers, texts,
    dates, and mappings, sequences and sets of them; raises `TypeError` for anything else, since what cannot be
    compared for sure must not be cached.
    """
    canonical = json.dumps(_canonical(parts), sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


def valkey_of(settings: Settings) -> Address:
    """Return what finds the Redis or Valkey of `settings`, starting the embedded one where it does not run."""

    async def address() -> str:
        if settings.redis_url:
            return settings.redis_url
        from services.errors import ServiceError
        from services.valkey import ensure_valkey

        try:
            return await ensure_valkey(settings)
        except ServiceError as error:
            raise MemoryDown(PART, error) from error

    return address


class ResponseCache:
    """Texts under keys, for a time. Every call raises `MemoryDown` soon where the store does not answer."""

    def __init__(self, address: Address) -> None:
        """`address` returns the URL of the store; it is asked again after each fault, as a restart changes it."""
        self._address = address
        self._link = Link(PART, self._open)

    async def get(self, key: str) -> str | None:
        """Return what is kept under a key; None where there is nothing, or nothing that can be read."""
        return _unpack(await self.call(lambda redis: redis.get(PREFIX + key)))

    async def put(self, key: str, text: str, ttl_s: int) -> None:
        """Keep a text under a key for `ttl_s` seconds; for none or fewer, keep nothing."""
        if ttl_s > 0:
            await self.call(lambda redis: redis.set(PREFIX + key, _pack(text), ex=ttl_s))

    async def close(self) -> None:
        """Disconnect; the store itself keeps running."""
        if (redis := await self._link.close()) is not None:
            await redis.aclose()

    async def call(self, ask: Callable[["Redis"], Awaitable[T]]) -> T:
        """Ask the store, once more over a new connection where the one there was broke; for commands of any kind."""
        redis = await self._link.get()
        try:
            return await _translated(ask, redis)
        except (MemoryFull, MemoryLate):
            raise
        except MemoryDown:  # the store may have been restarted: with another password, at another port
            if self._link.drop(redis):
                await redis.aclose()
            return await _translated(ask, await self._link.get())

    async def _open(self) -> "Redis":
        return await asyncio.to_thread(_client, await self._address())


def _client(url: str) -> "Redis":
    """Return a client that tries once and answers in bytes; importing it takes 0.2 s, so this runs in a thread."""
    from redis.asyncio import Redis
    from redis.asyncio.retry import Retry
    from redis.backoff import NoBackoff

    return Redis.from_url(
        url,
        socket_timeout=SOCKET_TIMEOUT_S,
        socket_connect_timeout=SOCKET_TIMEOUT_S,
        retry=Retry(NoBackoff(), 0),
        decode_responses=False,
    )


async def _translated(ask: Callable[["Redis"], Awaitable[T]], redis: "Redis") -> T:
    """Ask, and turn what redis raises into our errors."""
    from redis.exceptions import OutOfMemoryError, RedisError
    from redis.exceptions import TimeoutError as RedisTimeout

    try:
        return await ask(redis)
    except (RedisTimeout, TimeoutError) as error:
        raise MemoryLate(PART, f"no reply within {SOCKET_TIMEOUT_S:g} s") from error
    except OutOfMemoryError as error:
        raise MemoryFull(PART, error) from error
    except (RedisError, OSError) as error:
        raise MemoryDown(PART, error) from error


def _pack(text: str) -> bytes:
    data = text.encode("utf-8", "surrogatepass")
    return _PLAIN + data if len(data) <= COMPRESS_ABOVE_BYTES else _COMPRESSED + zlib.compress(data)


def _unpack(packed: bytes | str | None) -> str | None:
    if not isinstance(packed, bytes):
        return None
    form, data = packed[:1], packed[1:]
    if form not in (_PLAIN, _COMPRESSED):
        return None
    try:
        return (zlib.decompress(data) if form == _COMPRESSED else data).decode("utf-8", "surrogatepass")
    except (zlib.error, UnicodeDecodeError):
        return None


def _canonical(value: object) -> object:
    """Return a value as JSON has it, refusing what JSON would blur."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case datetime() if value.tzinfo is not None:
            return value.astimezone(UTC).isoformat()
        case date() if not isinstance(value, datetime):
            return value.isoformat()
        case Mapping() if all(isinstance(key, str) for key in value):
            return {key: _canonical(item) for key, item in value.items()}
        case AbstractSet():
            return sorted(json.dumps(_canonical(item), sort_keys=True) for item in value)
        case Sequence() if not isinstance(value, bytes | bytearray | memoryview):
            return [_canonical(item) for item in value]
        case _:
            raise TypeError(f"{type(value).__name__} cannot be part of a cache key; give numbers, texts and times")
