"""Record what calls of a real model take: `python -m benchmarks.models.traces.record`, some minutes.

The embedded SmolLM2 on one thread answers prompts about energy use of many lengths, first one at a time, then two at a
time, then one at a time with its process held still for half of each 40 ms, as on a machine twice as slow. Each line
is a call: what was asked for, what came, and how many calls ran beside it when it began.
"""

import asyncio
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from config.settings import Settings
from models import ChatModels, Deadline, Endpoint, Patience, Sampling, open_chat_models, warm
from models.usage import estimate_tokens
from services.embedded_model import embedded_model
from services.process import ensure, stop

RECORDED = Path(__file__).with_name("smollm2.jsonl")
PHASES = (("alone", 60, 1), ("in pairs", 50, 2), ("half the processor", 50, 1))
LONGEST = (8, 16, 32, 64)
HELD_S = 0.02


async def main() -> int:
    """Record all phases and write the file."""
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(profile="embedded", home=Path(home))
        try:
            async with open_chat_models(settings, patience=Patience(60, 60)) as models:
                calls = await record(models, settings)
        finally:
            await stop(embedded_model(settings))
    RECORDED.write_text("".join(json.dumps(call) + "\n" for call in calls))
    print(f"{len(calls)} calls in {RECORDED}")
    return 0


async def record(models: ChatModels, settings: Settings) -> list[dict[str, Any]]:
    """Return the calls of all phases, in the order in which they ended."""
    chance, calls = random.Random(5), list[dict[str, Any]]()
    await warm(models, "analyst", Deadline.after(30))
    (endpoint,) = await models.ladder("analyst")
    pid = (await ensure(embedded_model(settings))).pid
    for phase, count, at_once in PHASES:
        async with held(pid, phase.startswith("half")):
            desk = Desk(models, endpoint, phase, calls)
            left = iter([(prompt(chance), chance.choice(LONGEST)) for _ in range(count)])
            await asyncio.gather(*(desk.work(left) for _ in range(at_once)))
    return calls


@asynccontextmanager
async def held(pid: int, half: bool) -> AsyncIterator[None]:
    """Hold a process still for half of the time, where it is asked for."""
    task = asyncio.create_task(_toggle(pid)) if half else None
    try:
        yield
    finally:
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            os.kill(pid, signal.SIGCONT)


async def _toggle(pid: int) -> None:
    while True:
        for number in (signal.SIGSTOP, signal.SIGCONT):
            os.kill(pid, number)
            await asyncio.sleep(HELD_S)


class Desk:
    """Where calls of one phase are made and written down."""

    def __init__(self, models: ChatModels, endpoint: Endpoint, phase: str, calls: list[dict[str, Any]]) -> None:
        self._models, self._endpoint, self._phase, self._calls = models, endpoint, phase, calls
        self._running = 0

    async def work(self, left: Any) -> None:
        """Make the calls that are left, one after another."""
        for text, longest in left:
            beside, began = self._running, time.monotonic()
            self._running += 1
            stream = self._models.stream(
                self._endpoint,
                [("user", text)],
                deadline=Deadline.after(60),
                sampling=Sampling(temperature=0.2, max_tokens=longest),
            )
            async with aclosing(stream) as chunks:
                *_, last = [chunk async for chunk in chunks]
            self._running -= 1
            assert last.usage is not None
            self._calls.append(
                {
                    "phase": self._phase,
                    "at_s": round(began, 3),
                    "beside": beside,
                    "asked_in": estimate_tokens(text),
                    "asked_out": longest,
                    "tokens_in": last.usage.tokens_in,
                    "tokens_out": last.usage.tokens_out,
                    "ttft_s": round(last.usage.ttft_ms / 1000, 4),
                    "total_s": round(last.usage.duration_ms / 1000, 4),
                }
            )


def prompt(chance: random.Random) -> str:
    """Return a question with 1 to 9 lines of evidence; no two begin alike, so that no server reads it from a cache."""
    building = chance.randrange(4, 112)
    lines = [
        f"b{building} used {chance.uniform(100, 90_000):,.1f} kWh of electricity in week {week}, "
        f"peak {chance.uniform(10, 400):.1f} kW."
        for week in range(1, chance.randrange(2, 11))
    ]
    return f"Building b{building}.\n" + "\n".join(lines) + "\nExplain in a few sentences what stands out."


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
