"""Print how well the pool predicts the time of a call: `python -m benchmarks.models.latency`.

Recorded: the calls in `traces/smollm2.jsonl`, replayed in virtual time through a pool, which is asked as each begins.
The record changes twice, to two calls at a time and to half of a processor. Shifted: the calls that ran alone, over and
over, suddenly twice as slow, and suddenly twice as fast again. Simulated: a server of two slots whose calls slow each
other down, with a spread of its own, twice as slow from the 150th call to the 300th; twenty runs that nothing was
fitted to, while the settings of the model were chosen looking at the record.

Predicted from what callers know: an estimate of the prompt's tokens, and the longest answer.
"""

import asyncio
import json
import random
import sys
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from itertools import count
from statistics import median
from typing import Any

from benchmarks.lines import Lines
from benchmarks.models.traces.record import RECORDED
from benchmarks.models.virtual_time import run
from models.deadline import Deadline
from models.pool import Limits, Pool, Prediction, Work
from models.usage import Usage

LEARNED, SLOTS = 50, 2
ENDPOINT, LIMITS = "embedded:smollm2:135m", Limits(concurrency=SLOTS, queue=8)
SIMULATED, SEEDS = 400, range(20)
SLOW = range(150, 300)


@dataclass(frozen=True, slots=True)
class Told:
    """What was said of a call, and what it took."""

    said: Prediction
    ttft_s: float
    total_s: float

    @property
    def error(self) -> float:
        """Return how far the middle was off, as a share of what it took."""
        return abs(self.said.total_s / self.total_s - 1)

    @property
    def inside(self) -> bool:
        """Tell whether it was in the interval."""
        return self.said.low_s <= self.total_s <= self.said.high_s


class Asked:
    """One pool, and what it said of each call, in the order in which they began."""

    def __init__(self) -> None:
        self.now = asyncio.get_running_loop().time
        self.pool, self.told = Pool(clock=self.now), dict[int, Told]()
        self._number = count()

    async def call(self, size: dict[str, Any], until: Callable[[int], Awaitable[None]]) -> None:
        """Make a call of `size`; `until(part)` waits until its prompt (0) or its answer (1) is over."""
        work, deadline = Work(size["asked_in"], size["asked_out"]), Deadline.after(1e6, self.now)
        async with self.pool.admitted(ENDPOINT, LIMITS, work=work, deadline=deadline) as ticket:
            number = next(self._number)
            await until(0)
            ticket.first_token()
            await until(1)
            ticket.done(Usage(size["tokens_in"], size["tokens_out"], estimated=False, ttft_ms=0.0, duration_ms=0.0))
            began = ticket.began_s
            self.told[number] = Told(ticket.predicted, ticket.first_s or 0.0, self.now() - began)

    def later(self) -> list[Told]:
        """Return what was said after the first calls."""
        return [self.told[number] for number in sorted(self.told) if number >= LEARNED]


def calls() -> list[dict[str, Any]]:
    """Return the record, in the order in which calls began."""
    return sorted(map(json.loads, RECORDED.read_text().splitlines()), key=lambda call: float(call["at_s"]))


async def replay(recorded: list[dict[str, Any]]) -> list[Told]:
    """Make each call at its time, for as long as it took."""
    asked, began = Asked(), recorded[0]["at_s"]

    async def one(call: dict[str, Any]) -> None:
        parts = (call["ttft_s"], call["total_s"] - call["ttft_s"])
        await asyncio.sleep(call["at_s"] - began)
        await asked.call(call, lambda part: asyncio.sleep(parts[part]))

    await asyncio.gather(*(one(call) for call in recorded))
    return asked.later()


def shifted(paces: tuple[float, ...]) -> Iterator[dict[str, Any]]:
    """Yield the calls that ran alone once for each pace, that many times as long."""
    alone, at_s = [call for call in calls() if call["phase"] == "alone"], 0.0
    for pace in paces:
        for call in alone:
            times = {"at_s": at_s, "ttft_s": call["ttft_s"] * pace, "total_s": call["total_s"] * pace}
            at_s += times["total_s"] + 0.1
            yield call | times


@dataclass(slots=True)
class Machine:
    """A server whose calls share what it can do."""

    chance: random.Random
    running: int = 0

    async def work(self, seconds: float) -> None:
        """Take `seconds` of work, three quarters longer for each call beside it; the company counts as it changes."""
        self.running += 1
        try:
            for _ in range(10):
                await asyncio.sleep(seconds / 10 * (1 + 0.75 * (self.running - 1)))
        finally:
            self.running -= 1


async def simulate(seed: int) -> list[Told]:
    """Let two callers keep a machine busy, with pauses."""
    asked, machine, chance = Asked(), Machine(random.Random(seed)), random.Random(seed)
    numbers = iter(range(SIMULATED))

    async def caller() -> None:
        for number in numbers:
            pace = chance.lognormvariate(0.0, 0.2) * (2.0 if number in SLOW else 1.0)
            prompt, longest = chance.randrange(60, 900), chance.choice((24, 120, 300))
            answer = max(1, int(longest * chance.uniform(0.5, 1.0)))
            size = {"asked_in": int(prompt * chance.uniform(0.7, 0.9)), "asked_out": longest}
            parts = ((0.05 + prompt / 400) * pace, answer / 30 * pace)

            async def until(part: int, parts: tuple[float, float] = parts) -> None:
                await machine.work(parts[part])

            await asked.call(size | {"tokens_in": prompt, "tokens_out": answer}, until)
            await asyncio.sleep(chance.expovariate(1.0))

    await asyncio.gather(caller(), caller())
    return asked.later()


def print_told(out: Lines, what: str, told: list[Told]) -> None:
    """Print the lines of one load."""
    out.line(f"{what}: median absolute error, after {LEARNED} calls", median(t.error for t in told), most=0.25)
    inside = sum(t.inside for t in told) / len(told)
    out.line(f"{what}: calls in the 90 % interval", inside, least=0.9)
    out.line(f"{what}: upper end over middle, median", median(t.said.high_s / t.said.total_s for t in told))
    first = [abs(t.said.ttft_s / t.ttft_s - 1) for t in told]
    out.line(f"{what}: median absolute error of the first text", median(first))


def print_lines(out: Lines) -> None:
    """Print the figures of all loads."""
    print_told(out, "recorded", run(replay(calls())))
    print_told(out, "shifted, twice as slow", run(replay(list(shifted((1, 1, 2, 2))))))
    print_told(out, "shifted, twice as fast", run(replay(list(shifted((2, 2, 1, 1))))))
    print_told(out, "simulated", [told for seed in SEEDS for told in run(simulate(seed))])


def main() -> int:
    """Print all; return 1 where a figure misses its line."""
    out = Lines()
    print_lines(out)
    return out.end()


if __name__ == "__main__":
    sys.exit(main())
