"""An answer is found again under everything that shaped it, and under nothing else; without a store there is none."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from config.settings import Settings
from memory.errors import MemoryDown, MemoryLate
from memory.response_cache import PREFIX, SOCKET_TIMEOUT_S, ResponseCache, cache_key, valkey_of
from privacy.labels import Label
from services.probe import free_port
from services.process import ensure, stop
from services.valkey import valkey

pytestmark = pytest.mark.asyncio

ANSWER = "b8 used the most electricity in 2019: 5,300 MWh. Ä"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings of a home of this module's own; its Valkey is stopped at the end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("EAIO_REDIS_URL", raising=False)
        given = Settings(home=tmp_path_factory.mktemp("home"))
    yield given
    asyncio.run(stop(valkey(given)))


@pytest_asyncio.fixture
async def cache(settings: Settings) -> AsyncIterator[ResponseCache]:
    """Give a cache over the module's Valkey, which runs."""
    await ensure(valkey(settings))
    one = ResponseCache(valkey_of(settings))
    yield one
    await one.close()


async def pid_of(settings: Settings) -> int:
    """Return the process of the module's Valkey."""
    return (await ensure(valkey(settings))).pid


async def test_answer_is_found_under_its_key_and_no_other(cache: ResponseCache) -> None:
    key = cache_key({"tenant": "local", "year": 2019})
    await cache.put(key, ANSWER, 60)
    assert await cache.get(key) == ANSWER
    assert await cache.get(cache_key({"tenant": "local", "year": 2018})) is None


async def test_entry_expires_and_is_marked_as_ours(cache: ResponseCache, settings: Settings) -> None:
    from redis.asyncio import Redis

    await cache.put("expiring", ANSWER, 60)
    async with Redis.from_url(await valkey_of(settings)()) as redis:
        assert 55 <= await redis.ttl(f"{PREFIX}expiring") <= 60


async def test_time_of_zero_keeps_nothing(cache: ResponseCache) -> None:
    await cache.put("zero", ANSWER, 0)
    assert await cache.get("zero") is None


async def test_long_answer_is_kept_small_and_restored(cache: ResponseCache, settings: Settings) -> None:
    from redis.asyncio import Redis

    long = "The base load rose. \ud800 " * 5_000
    await cache.put("long", long, 60)
    assert await cache.get("long") == long
    async with Redis.from_url(await valkey_of(settings)()) as redis:
        assert await redis.strlen(f"{PREFIX}long") < len(long) / 50


@pytest.mark.parametrize("stored", [b"", b"znot zlib", b"t\xff\xff"])
async def test_entry_that_cannot_be_read_is_a_miss(cache: ResponseCache, settings: Settings, stored: bytes) -> None:
    from redis.asyncio import Redis

    async with Redis.from_url(await valkey_of(settings)()) as redis:
        await redis.set(f"{PREFIX}odd", stored)
    assert await cache.get("odd") is None


async def test_text_like_a_command_stays_data(cache: ResponseCache) -> None:
    text = "ignore the gate; ' or 1=1\r\nFLUSHALL\r\n"
    await cache.put(text, text, 60)
    assert await cache.get(text) == text


async def test_killed_store_raises_soon_and_works_after_its_restart(settings: Settings) -> None:
    address = [await valkey_of(settings)()]

    async def fixed() -> str:
        return address[0]

    cache = ResponseCache(fixed)
    await cache.put("before", ANSWER, 60)
    os.kill(await pid_of(settings), signal.SIGKILL)
    start = time.perf_counter()
    for _ in range(3):
        with pytest.raises(MemoryDown, match="eaio up"):
            await cache.get("before")
    assert time.perf_counter() - start < 0.5
    address[0] = await valkey_of(settings)()  # starts it, with another password and port
    await cache.put("after", ANSWER, 60)
    assert await cache.get("after") == ANSWER
    await cache.close()


async def test_embedded_store_that_was_killed_is_started_again(cache: ResponseCache, settings: Settings) -> None:
    await cache.put("a", ANSWER, 60)
    os.kill(await pid_of(settings), signal.SIGKILL)
    assert await cache.get("a") is None
    await cache.put("a", ANSWER, 60)
    assert await cache.get("a") == ANSWER


async def test_hanging_store_raises_in_time_and_no_late_reply_answers_another_question(
    cache: ResponseCache, settings: Settings
) -> None:
    await cache.put("one", "first", 60)
    await cache.put("two", "second", 60)
    pid = await pid_of(settings)
    os.kill(pid, signal.SIGSTOP)
    try:
        start = time.perf_counter()
        with pytest.raises(MemoryLate):
            await cache.get("one")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(SOCKET_TIMEOUT_S / 4):
                await cache.get("one")
        assert time.perf_counter() - start < 4 * SOCKET_TIMEOUT_S
    finally:
        os.kill(pid, signal.SIGCONT)
    assert [await cache.get("two"), await cache.get("one")] == ["second", "first"]


async def test_no_store_raises_at_once() -> None:
    async def nowhere() -> str:
        return f"redis://127.0.0.1:{free_port()}"

    cache = ResponseCache(nowhere)
    await cache._link.get()  # imports the client, which is no part of the measurement
    start = time.perf_counter()
    with pytest.raises(MemoryDown):
        await cache.get("a")
    assert time.perf_counter() - start < 0.2
    await cache.close()


async def test_store_that_cannot_start_is_down(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = ResponseCache(valkey_of(Settings(home=tmp_path / "file")))
    with pytest.raises(MemoryDown, match="EAIO_HOME"):
        await cache.get("a")


async def test_closed_cache_is_down_and_given_url_is_used_as_it_is() -> None:
    cache = ResponseCache(valkey_of(Settings(redis_url="redis://elsewhere")))
    await cache.close()
    with pytest.raises(MemoryDown, match="closed"):
        await cache.get("a")
    assert await valkey_of(Settings(redis_url="redis://elsewhere"))() == "redis://elsewhere"


WHOLE: dict[str, object] = {
    "tenant": "local",
    "label": Label.INTERNAL,
    "evidence": [{"id": "e1", "value": 1234.5, "unit": "kWh"}, {"id": "e2", "value": None, "unit": "kWh"}],
    "config": "0123456789ab",
    "endpoint": "ollama:qwen2.5:7b",
    "language": "en",
    "at": datetime(2019, 1, 1, tzinfo=UTC),
}


@pytest.mark.parametrize(
    "change",
    [
        {"tenant": "local "},
        {"tenant": 'local","label":1,"x":"'},
        {"label": Label.RESTRICTED},
        {"evidence": [{"id": "e1", "value": 1234.6, "unit": "kWh"}, {"id": "e2", "value": None, "unit": "kWh"}]},
        {"evidence": [{"id": "e2", "value": None, "unit": "kWh"}, {"id": "e1", "value": 1234.5, "unit": "kWh"}]},
        {"evidence": [{"id": "e1", "value": "1234.5", "unit": "kWh"}, {"id": "e2", "value": None, "unit": "kWh"}]},
        {"config": "0123456789ac"},
        {"endpoint": "ollama:qwen2.5:3b"},
        {"language": "de"},
        {"at": datetime(2019, 1, 1, 0, 0, 0, 1, tzinfo=UTC)},
        {"more": None},
    ],
)
async def test_any_difference_is_another_key(change: dict[str, object]) -> None:
    assert cache_key(WHOLE | change) != cache_key(WHOLE)


async def test_order_of_names_makes_no_difference() -> None:
    assert cache_key(dict(reversed(WHOLE.items()))) == cache_key(WHOLE)
    assert cache_key({"buildings": {"b4", "b8", "b10"}}) == cache_key({"buildings": frozenset(["b10", "b8", "b4"])})


async def test_numbers_of_different_kinds_make_different_keys() -> None:
    assert len({cache_key({"value": value}) for value in (1, 1.0, True, "1", [1], None)}) == 6


@pytest.mark.parametrize("make", [lambda: object(), lambda: b"x", lambda: {1: "a"}, lambda: datetime(2019, 1, 1)])
async def test_what_cannot_be_compared_for_sure_is_no_part_of_a_key(make: Callable[[], object]) -> None:
    with pytest.raises(TypeError):
        cache_key({"part": make()})
