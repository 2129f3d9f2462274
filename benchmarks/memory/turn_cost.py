"""What a turn of a conversation takes, by how its steps are kept; `benchmarks.memory.resume` prints it."""

import math
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import graphs.turns
from config.settings import Settings
from graphs.runtime import Runtime, open_runtime
from nodes.recall_answer import NO_ANSWERS
from tests.graphs.small_graph import Scripted

QUESTION = "How much electricity did b4 use in 2019?"
ROUNDS = 30


async def turn_costs(settings: Settings) -> dict[str, float]:
    """Return the median milliseconds of a turn by how it is kept; the ways take turns, so that load hits all alike."""
    ways = ("sync", "async", "in memory", "not kept")
    took: dict[str, list[float]] = {way: [] for way in ways}
    async with AsyncExitStack() as stack:
        opened = {way: await stack.enter_async_context(_quick_runtime(settings)) for way in ways}
        for n in range(ROUNDS * len(ways)):
            way = ways[n % len(ways)]
            if way == "in memory":
                opened[way].threads._store._away_until_s = math.inf  # noqa: SLF001 - as if PostgreSQL were away
            graphs.turns.DURABILITY = way if way == "async" else "sync"
            began = time.perf_counter()
            await opened[way].ask(QUESTION, thread_id=None if way == "not kept" else f"cost-{way}")
            took[way].append(1000 * (time.perf_counter() - began))
    return {way: statistics.median(some[2:]) for way, some in took.items()}


@asynccontextmanager
async def _quick_runtime(settings: Settings) -> AsyncIterator[Runtime]:
    """Open a runtime whose turns compute the facts, and do as little else as can be."""
    model = Scripted({"m1": ["You should check the schedule of the cooling. "]})
    ports: dict[str, Any] = {"ladder": model, "analysts": model, "coordinator": model, "recall": model, "keeper": model}
    nowhere = settings.model_copy(update={"redis_url": "redis://127.0.0.1:1/0", "milvus_uri": "http://127.0.0.1:1"})
    async with open_runtime(nowhere, answers=NO_ANSWERS, **ports) as runtime:
        await runtime.parts.readings.inventory()
        yield runtime
