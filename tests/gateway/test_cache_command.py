"""`eaio cache`: what was answered from the cache and what that saved, and how to be rid of it."""

import asyncio

import pytest

from config.settings import Settings
from gateway.cache_figures import _as_json, _remarks
from graphs.account import TENANT
from memory.answer_cache import AnswerCache, Counts, Room
from memory.response_cache import ResponseCache, valkey_of
from tests.gateway.conftest import Run


@pytest.fixture
def kept(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Keep two answers in the session's Valkey, of which one was given twice."""
    monkeypatch.setenv("EAIO_HOME", str(settings.home))

    async def keep() -> None:
        store = ResponseCache(valkey_of(settings))
        cache = AnswerCache(store, TENANT)
        await cache.clear()
        for key in ("a", "b"):
            await cache.put(key, b"x", ttl_s=60, series=["s"], policy="p")
        await cache.count({"hits": 2, "misses": 2, "stale": 1, "saved_ms": 5400, "saved_tokens_out": 90, "refused": 3})
        await store.close()

    asyncio.run(keep())
    return settings


def test_stats_say_how_often_and_what_it_saved(run: Run, kept: Settings) -> None:
    figures = run("cache", "stats", "--json").json()
    assert (figures["hits"], figures["misses"], figures["stale"], figures["hit_ratio"]) == (2, 2, 1, 0.5)
    assert (figures["saved_s"], figures["saved_tokens_out"], figures["entries"]) == (5.4, 90, 2)
    shown = run("cache", "stats").out
    assert "hit ratio" in shown
    assert "50.0 %" in shown
    assert "3 answers were not kept: the row response_cache of the policy" in shown


def test_cleared_cache_holds_nothing_and_begins_to_count_anew(run: Run, kept: Settings) -> None:
    assert run("cache", "clear", "--json").json() == {"cleared": 2}
    figures = run("cache", "stats", "--json").json()
    assert (figures["entries"], figures["hits"], figures["hit_ratio"]) == (0, 0, None)
    assert "0 kept answers" in run("cache", "clear").out
    assert " - " in run("cache", "stats").out or "-" in run("cache", "stats").out


def test_store_that_is_away_is_named_with_the_remedy(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EAIO_REDIS_URL", "redis://127.0.0.1:1/0")
    ran = run("cache", "stats", "--json")
    assert (ran.code, ran.json()["status"]) == (1, "error")
    assert "eaio up" in ran.err


def test_store_that_takes_no_more_is_told_with_the_remedy() -> None:
    room = Room(entries=0, words=0, used_bytes=1, limit_bytes=0, rule="noeviction", evicted=0)
    said = _remarks(_as_json(Counts(full=2, large=1), room))
    assert "allkeys-lfu" in said[0]
    assert "over 1 MB" in said[1]


def test_command_without_a_part_is_bad_usage(run: Run) -> None:
    assert run("cache").code == 2
