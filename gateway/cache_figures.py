"""`eaio cache stats` and `eaio cache clear`: the answers that are kept to be given again."""

import asyncio
from argparse import Namespace
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeVar

from gateway.exits import ANSWERED
from gateway.grid import Grid
from gateway.json_out import write_json
from gateway.opened import settings_of
from gateway.screen import open_screen

if TYPE_CHECKING:
    from memory.answer_cache import AnswerCache, Counts, Room

Done = TypeVar("Done")


def stats(options: Namespace) -> int:
    """Show how often answers were found, what that saved, and what the store holds; return 0."""
    figures = asyncio.run(_with_cache(options, _figures))
    if options.json:
        write_json(options, figures)
    else:
        screen = open_screen()
        screen.grid(_table(figures))
        for line in _remarks(figures):
            screen.say(line)
    return ANSWERED


def clear(options: Namespace) -> int:
    """Forget every kept answer and the counts; return 0."""

    async def work(cache: "AnswerCache") -> int:
        return await cache.clear()

    gone = asyncio.run(_with_cache(options, work))
    if options.json:
        write_json(options, {"cleared": gone})
    else:
        open_screen().say(f"{gone:,} kept answers and analyses are forgotten.")
    return ANSWERED


async def _with_cache(options: Namespace, work: Callable[["AnswerCache"], Awaitable[Done]]) -> Done:
    """Open the cache for one piece of work. Raises `MemoryDown` with the remedy where the store does not answer."""
    async with _opened(options) as cache:
        return await work(cache)


@asynccontextmanager
async def _opened(options: Namespace) -> AsyncIterator["AnswerCache"]:
    from graphs.account import TENANT
    from memory.answer_cache import AnswerCache
    from memory.response_cache import ResponseCache, valkey_of

    store = ResponseCache(valkey_of(settings_of(options)))
    try:
        yield AnswerCache(store, TENANT)
    finally:
        await store.close()


async def _figures(cache: "AnswerCache") -> dict[str, Any]:
    counts, room = await cache.counts(), await cache.room()
    return _as_json(counts, room)


def _as_json(counts: "Counts", room: "Room") -> dict[str, Any]:
    plain = asdict(counts)
    return {
        "hit_ratio": counts.hit_ratio,
        **{name: plain[name] for name in ("hits", "misses", "stale", "kept", "refused", "full", "large", "dropped")},
        "saved_s": counts.saved_ms / 1000,
        "saved_tokens_in": counts.saved_tokens_in,
        "saved_tokens_out": counts.saved_tokens_out,
        "saved_usd": counts.saved_microdollars / 1e6,
        **asdict(room),
    }


def _table(figures: dict[str, Any]) -> Grid:
    ratio = figures["hit_ratio"]
    limit = f" of {figures['limit_bytes'] / 1e6:,.0f}" if figures["limit_bytes"] else ""
    rows = [
        ("answered from the cache", f"{figures['hits']:,}"),
        ("computed: nothing was kept", f"{figures['misses'] - figures['stale']:,}"),
        ("computed: the data had changed", f"{figures['stale']:,}"),
        ("hit ratio", "-" if ratio is None else f"{100 * ratio:.1f} %"),
        ("time saved", f"{figures['saved_s']:,.1f} s"),
        ("tokens saved", f"{figures['saved_tokens_in']:,} read, {figures['saved_tokens_out']:,} written"),
        ("money saved", f"{figures['saved_usd']:,.4f} USD"),
        ("answers kept now", f"{figures['entries']:,}, and {figures['words']:,} analyses"),
        ("room used", f"{figures['used_bytes'] / 1e6:,.1f}{limit} MB ({figures['rule'] or 'no rule'})"),
        ("dropped for room", f"{figures['evicted']:,}"),
        ("forgotten because of a change", f"{figures['dropped']:,}"),
    ]
    return Grid(("", ""), rows, "answers that are given again")


def _remarks(figures: dict[str, Any]) -> list[str]:
    """Return what a person should know of these figures."""
    said = []
    if figures["refused"]:
        said.append(
            f"{figures['refused']:,} answers were not kept: the row response_cache of the policy does not allow their"
            " label. A chart of hours is restricted even where the figure beside it is not."
        )
    if figures["full"]:
        remedy = "give it more room, or `maxmemory-policy allkeys-lfu`"
        said.append(f"{figures['full']:,} answers were not kept: the store is full; {remedy}")
    if figures["large"]:
        said.append(f"{figures['large']:,} answers were not kept: they are over 1 MB")
    return said
