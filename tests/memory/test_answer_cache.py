"""Answers are kept whole and small, forgotten with what they rest on, and never the reason why something fails."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from functools import partial

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from config.settings import Settings
from memory.answer_cache import CLOSED_TTL_S, LARGEST_BYTES, AnswerCache, Counts
from memory.answer_cache_entry import KeptAnswer, KeptFacts, packed, unpacked
from memory.answer_cache_flight import LEASE_S, Flights
from memory.errors import MemoryDown
from memory.response_cache import ResponseCache, valkey_of
from memory.series_versions import EVERYTHING
from privacy.labels import Label
from services.process import ensure, stop
from services.valkey import valkey
from tools.chart import Chart, Series
from tools.energy_query import EnergyQuery, Period
from tools.evidence import Evidence, Span

QUERY = EnergyQuery(
    buildings=("b4",), period=Period(start=datetime(2019, 1, 1), end=datetime(2020, 1, 1), words="2019")
)
SPAN = Span(start=datetime(2019, 1, 1, tzinfo=UTC), end=datetime(2020, 1, 1, tzinfo=UTC))
GAP = float("nan")


def fact(value: float = 132010.3, label: Label = Label.INTERNAL, name: str = "use") -> Evidence:
    return Evidence(
        id="e1", name=name, value=value, unit="kWh", buildings=("b4",), period=SPAN, method="sum of valid hours",
        coverage=0.99, label=label, query=QUERY, caveats=("a caveat",),
    )  # fmt: skip


def answer(*evidence: Evidence, chart: Chart | None = None, words: tuple[str, ...] = ("It rose.",)) -> KeptAnswer:
    facts = KeptFacts(query=QUERY, evidence=evidence or (fact(),), chart=chart, notes=("a note",), words=None)
    return KeptAnswer(
        asked=({"measure": "electricity"},), facts=(facts,), analysis=words, by="m1",
        label=Label.INTERNAL, most=Label.RESTRICTED,
        data_version=3, series=("b4/electricity", "@cambridge"), made_at=datetime(2026, 1, 1, tzinfo=UTC),
        took_s=2.5, tokens_in=400, tokens_out=60, cost_usd=0.001,
    )  # fmt: skip


FLOATS = st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(FLOATS, min_size=1, max_size=5), st.sampled_from(list(Label)), st.text(max_size=40))
def test_no_figure_is_rounded_and_no_word_lost(values: list[float], label: Label, words: str) -> None:
    said = words.encode("utf-8", "replace").decode()
    kept = answer(*(fact(value, label, said) for value in values), words=(said,))
    assert unpacked(packed(kept)) == kept


def test_chart_comes_back_with_its_gaps_and_its_label() -> None:
    chart = Chart(
        "b4", "kW", ("00:00", "01:00"), (1.5, GAP), "line", Label.RESTRICTED, (Series("b", (1.0, 2.0), (2.0, 3.0)),)
    )
    found = unpacked(packed(answer(chart=chart)))
    assert found is not None
    assert repr(found.facts[0].chart) == repr(chart)
    assert found.facts[0].evidence[0].label is Label.INTERNAL


def test_long_answer_takes_little_room() -> None:
    kept = answer(*(fact(float(n), name=f"use, month {n}") for n in range(60)))
    assert len(packed(kept)) < 4_000


@pytest.mark.parametrize("data", [None, b"", b"1", b"1not zlib", b"2" + packed(answer())[1:], packed(answer())[:-9]])
def test_what_is_no_answer_is_none(data: bytes | None) -> None:
    assert unpacked(data) is None


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings of a home of this module's own; its Valkey is stopped at the end."""
    given = Settings(home=tmp_path_factory.mktemp("home"), redis_url=None)
    yield given
    asyncio.run(stop(valkey(given)))


@pytest_asyncio.fixture
async def store(settings: Settings) -> AsyncIterator[ResponseCache]:
    """Give a store over the module's Valkey, empty."""
    await ensure(valkey(settings))
    one = ResponseCache(valkey_of(settings))
    await one.call(lambda redis: redis.flushall())
    yield one
    await one.close()


@pytest_asyncio.fixture
async def cache(store: ResponseCache) -> AnswerCache:
    """Give the answers of one tenant."""
    return AnswerCache(store, "local")


async def put(cache: AnswerCache, key: str, *series: str, policy: str = "p1", entry: bytes = b"x") -> str:
    return await cache.put(key, entry, ttl_s=60, series=series, policy=policy)


async def found(cache: AnswerCache, *keys: str) -> list[str]:
    return [key for key in keys if await cache.get(key) is not None]


async def test_answer_is_forgotten_with_a_series_it_rests_on_and_with_no_other(cache: AnswerCache) -> None:
    await put(cache, "a", "b4/electricity", "@cambridge")
    await put(cache, "b", "b8/electricity", "@cambridge")
    await put(cache, "c", EVERYTHING)
    assert await cache.forget_series(["b19/gas"]) == 1  # what rests on everything
    assert await found(cache, "a", "b", "c") == ["a", "b"]
    assert await cache.forget_series(["b4/electricity"]) == 1
    assert await found(cache, "a", "b") == ["b"]
    await put(cache, "a", "b4/electricity", "@cambridge")
    assert await cache.forget_series(["@cambridge"]) == 2
    await put(cache, "a", "b4/electricity")
    assert await cache.forget_series(None) == 1
    assert await found(cache, "a", "b", "c") == []


async def test_new_policy_ends_what_was_kept_under_the_old_one(cache: AnswerCache) -> None:
    assert await cache.in_force("p1") == 0
    await put(cache, "a", "s", policy="p1")
    assert await cache.in_force("p1") == 0
    assert await cache.in_force("p2") == 1
    assert await found(cache, "a") == []


async def test_one_tenant_neither_sees_nor_clears_anothers_answers(store: ResponseCache, cache: AnswerCache) -> None:
    other = AnswerCache(store, "other*")
    await put(cache, "a", "s")
    await put(other, "a", "s")
    await other.forget_series(["s"])
    assert await found(cache, "a") == ["a"]
    assert await found(other, "a") == []
    await put(other, "a", "s")
    assert await cache.clear() == 1
    assert await found(other, "a") == ["a"]


async def test_clearing_forgets_answers_words_and_counts(store: ResponseCache, cache: AnswerCache) -> None:
    await put(cache, "a", "s")
    await store.put("words", "It rose.", 60)
    await cache.count({"hits": 2, "saved_ms": 1500})
    counts, room = await cache.counts(), await cache.room()
    assert (counts.hits, counts.saved_ms, counts.hit_ratio) == (2, 1500, 1.0)
    assert (room.entries, room.words, room.rule) == (1, 1, "allkeys-lfu")
    assert room.limit_bytes == 128 * 1024 * 1024
    assert await cache.clear() == 2
    assert await cache.counts() == Counts()
    assert await store.get("words") is None


async def test_entry_has_a_time_and_a_largest_size(store: ResponseCache, cache: AnswerCache) -> None:
    assert await put(cache, "big", "s", entry=b"x" * (LARGEST_BYTES + 1)) == "large"
    assert await put(cache, "a", "s") == "kept"
    keys = await store.call(lambda redis: redis.keys("eaio:whole:*"))
    lives = [await store.call(partial(lambda key, redis: redis.ttl(key), key)) for key in keys]
    assert all(0 < life <= CLOSED_TTL_S for life in lives)
    assert await found(cache, "big") == []


async def test_full_store_drops_what_is_used_least_and_stays_in_its_room(
    store: ResponseCache, cache: AnswerCache
) -> None:
    await store.call(lambda redis: redis.config_set("maxmemory", "4mb"))
    try:
        noise = os.urandom(8_000)
        await put(cache, "asked often", "s", entry=noise)
        for _ in range(300):
            await cache.get("asked often")
        for n in range(600):
            assert await put(cache, f"asked once {n}", f"s{n}", entry=noise) == "kept"
            await cache.get("asked often")
        room = await cache.room()
        assert room.evicted > 0
        assert room.used_bytes < 1.2 * room.limit_bytes
        assert await cache.get("asked often") == noise
    finally:
        await store.call(lambda redis: redis.config_set("maxmemory", "128mb"))


async def test_full_store_that_may_drop_nothing_takes_no_more_and_still_answers(
    store: ResponseCache, cache: AnswerCache
) -> None:
    await put(cache, "kept before", "s")
    await store.call(lambda redis: redis.config_set("maxmemory-policy", "noeviction"))
    await store.call(lambda redis: redis.config_set("maxmemory", "1"))
    try:
        assert await put(cache, "new", "s") == "full"
        await cache.count({"full": 1})  # that there is no room for it either is nobody's fault
        assert await found(cache, "kept before", "new") == ["kept before"]
    finally:
        await store.call(lambda redis: redis.config_set("maxmemory", "128mb"))
        await store.call(lambda redis: redis.config_set("maxmemory-policy", "allkeys-lfu"))


async def test_killed_store_is_down_for_every_call_and_none_hangs(settings: Settings) -> None:
    url = await valkey_of(settings)()

    async def fixed() -> str:
        return url

    store = ResponseCache(fixed)
    cache = AnswerCache(store, "local")
    await put(cache, "a", "s")
    os.kill((await ensure(valkey(settings))).pid, signal.SIGKILL)
    calls = [
        lambda: cache.get("a"), lambda: put(cache, "a", "s"), lambda: cache.remove("a"), cache.clear, cache.counts,
        lambda: cache.forget_series(["s"]), lambda: cache.forget_series(None), lambda: cache.in_force("p2"),
        lambda: cache.count({"hits": 1}), cache.room,
    ]  # fmt: skip
    async with asyncio.timeout(5):
        for call in calls:
            with pytest.raises(MemoryDown):
                await call()
    await store.close()


async def test_one_process_writes_and_the_other_gets_its_words(settings: Settings, store: ResponseCache) -> None:
    other_store = ResponseCache(valkey_of(settings))
    one, other = Flights(store, most_s=20), Flights(other_store, most_s=20)
    assert await one.words("k", 10) is None
    assert await one.words("k", 10) is None  # within a process nobody waits here
    waiting = [asyncio.create_task(other.words("k", 10)) for _ in range(5)]
    await asyncio.sleep(0)
    await store.put("k", "It rose.", 60)
    await one.land("k")
    assert await asyncio.gather(*waiting) == ["It rose."] * 5
    await other_store.close()


async def test_writer_that_gives_up_or_is_gone_lets_another_write(settings: Settings, store: ResponseCache) -> None:
    other_store = ResponseCache(valkey_of(settings))
    one, other = Flights(store, most_s=20), Flights(other_store, most_s=20)
    assert await one.words("given up", 10) is None
    waiting = asyncio.create_task(other.words("given up", 10))
    await one.land("given up")
    assert await waiting is None
    assert await one.words("killed", 10) is None
    await one.close()  # nothing renews its lease any more
    async with asyncio.timeout(LEASE_S + 2):
        assert await other.words("killed", 10) is None
    assert await one.words("killed", 0.0) is None  # and who has no patience does not wait
    await other.close()
    await other_store.close()
