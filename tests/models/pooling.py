"""What the tests of the pool share: virtual time, and calls of a size and a length."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

from benchmarks.models.virtual_time import run
from models import Deadline, Usage
from models.errors import ModelError
from models.pool import BreakerRules, LaneState, Limits, Pool, Priority, Work

__all__ = ["ENDPOINT", "FakeClock", "Scene", "run", "usage"]

ENDPOINT = "ollama:qwen2.5:7b"
WORK = Work(100, 100)


class FakeClock:
    """A clock that is set by hand."""

    def __init__(self, now: float = 100.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def usage(tokens_in: int = 100, tokens_out: int = 100) -> Usage:
    return Usage(tokens_in, tokens_out, estimated=False, ttft_ms=0.0, duration_ms=0.0)


@dataclass
class Scene:
    """A pool in virtual time, and what became of each call, in the order in which they ended."""

    limits: Limits = field(default_factory=Limits)
    rules: BreakerRules = field(default_factory=BreakerRules)
    ended: list[tuple[str, float, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.pool = Pool(clock=self.loop.time, breaker=self.rules)
        self.pool.predicted(ENDPOINT, WORK)  # the lane is there from the beginning

    @property
    def state(self) -> LaneState:
        return self.pool.snapshot()[ENDPOINT]

    def deadline(self, seconds: float) -> Deadline:
        return Deadline.after(seconds, self.loop.time)

    async def call(
        self,
        name: str = "call",
        *,
        takes: float = 1.0,
        within: float = 60.0,
        priority: Priority = Priority.ANALYSIS,
        raises: BaseException | None = None,
        work: Work = WORK,
    ) -> str:
        """Make one call, write down what became of it, and return that."""
        outcome = "answered"
        try:
            admission = self.pool.admitted(
                ENDPOINT, self.limits, work=work, priority=priority, deadline=self.deadline(within)
            )
            async with admission as ticket:
                await asyncio.sleep(takes / 4)
                ticket.first_token()
                await asyncio.sleep(takes * 3 / 4)
                if raises is not None:
                    raise raises
                ticket.done(usage())
        except ModelError as error:
            outcome = type(error).__name__
        self.ended.append((name, round(self.loop.time(), 3), outcome))
        return outcome

    def start(self, coroutine: Coroutine[Any, Any, str]) -> asyncio.Task[str]:
        return self.loop.create_task(coroutine)

    async def learn(self, takes: float, calls: int = 15) -> None:
        """Let the lane learn how long calls take."""
        for _ in range(calls):
            assert await self.call(takes=takes) == "answered"
        self.ended.clear()

    def names(self) -> list[str]:
        return [name for name, _, outcome in self.ended if outcome == "answered"]
