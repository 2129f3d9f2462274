"""Print what the pool adds to a call: `python -m benchmarks.models.pool_overhead`.

Calls of varied size and time, one after another and sixteen at once on four slots, against the same work without a
pool. Processor time, the median of some rounds: the pool waits for nothing, and other processes are busy too.
"""

import asyncio
import random
import sys
import time
from collections.abc import Awaitable, Callable
from itertools import cycle
from statistics import median

from benchmarks.lines import Lines
from models.deadline import Deadline
from models.pool import Limits, Pool, Work
from models.pool.lane import FRESH_S
from models.usage import Usage

CALLS, ROUNDS, LANES = 2_000, 7, 50
ONE, FOUR = Limits(concurrency=1, queue=4), Limits(concurrency=4, queue=32)


class Caller:
    """Makes calls that take a time on a clock that only they move."""

    def __init__(self) -> None:
        self._now = 0.0
        chance = random.Random(3)
        self._sizes = cycle([(chance.randrange(50, 900), chance.randrange(10, 300)) for _ in range(97)])
        self.pool = Pool(clock=lambda: self._now)

    async def pooled(self, limits: Limits) -> None:
        """Make one call through the pool."""
        tokens_in, tokens_out = next(self._sizes)
        work, deadline = Work(tokens_in, 300), Deadline(self._now + 1e6, lambda: self._now)
        async with self.pool.admitted("embedded:smollm2:135m", limits, work=work, deadline=deadline) as ticket:
            self._now += tokens_in / 400
            ticket.first_token()
            self._now += tokens_out / 40
            await asyncio.sleep(0)
            ticket.done(Usage(tokens_in, tokens_out, estimated=False, ttft_ms=0.0, duration_ms=0.0))

    async def bare(self, _limits: Limits) -> None:
        """Make the same call without it."""
        tokens_in, tokens_out = next(self._sizes)
        Work(tokens_in, 300), Deadline(self._now + 1e6, lambda: self._now)
        self._now += tokens_in / 400
        self._now += tokens_out / 40
        await asyncio.sleep(0)
        Usage(tokens_in, tokens_out, estimated=False, ttft_ms=0.0, duration_ms=0.0)


async def spent_us(call: Callable[[Limits], Awaitable[None]], limits: Limits, at_once: int) -> float:
    """Return the microseconds of one call, the median of all rounds."""

    async def some() -> None:
        for _ in range(CALLS // at_once):
            await call(limits)

    rounds = []
    for _ in range(ROUNDS):
        began = time.process_time()
        await asyncio.gather(*(some() for _ in range(at_once)))
        rounds.append((time.process_time() - began) / CALLS * 1e6)
    return median(rounds)


async def snapshot_us(*, busy: bool) -> float:
    """Return the microseconds of a snapshot of all lanes: idle, or each with a call under way and two that wait.

    Busy lanes are looked at when they have to be looked at anew.
    """
    pool, limits = Pool(), Limits(concurrency=1, queue=4)

    async def hold(lane: str) -> None:
        async with pool.admitted(lane, limits, work=Work(100, 100), deadline=Deadline.after(600)):
            await asyncio.sleep(600 if busy else 0)

    tasks = [asyncio.create_task(hold(f"ollama:{lane}")) for lane in range(LANES) for _ in range(3)]
    await asyncio.sleep(0.01)
    if not busy:
        await asyncio.gather(*tasks)
    times = []
    for _ in range(100):
        await asyncio.sleep(FRESH_S * 2 if busy else 0)
        began = time.process_time()
        pool.snapshot()
        times.append((time.process_time() - began) * 1e6)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return median(times)


async def print_lines(out: Lines) -> None:
    """Print the figures."""
    caller = Caller()
    bare, alone = await spent_us(caller.bare, ONE, 1), await spent_us(caller.pooled, ONE, 1)
    out.line("pool: added to a call that finds a slot, µs", alone - bare, most=300)
    waiting = await spent_us(Caller().pooled, FOUR, 16)
    out.line("pool: added to a call with eleven before it in the queue, µs", waiting - bare, most=300)
    out.line("pool: share of a call of 0.5 s", (alone - bare) / 0.5e6)
    out.line(f"pool: snapshot of {LANES} idle lanes, µs", await snapshot_us(busy=False), most=100)
    out.line(f"pool: snapshot of {LANES} busy lanes, µs", await snapshot_us(busy=True))


def main() -> int:
    """Print all; return 1 where a figure misses its line."""
    out = Lines()
    asyncio.run(print_lines(out))
    return out.end()


if __name__ == "__main__":
    sys.exit(main())
