"""Print how many requests are answered in time where three times too many come.

The pool in front of a slow Ollama, beside Ollama's own queue: `python -m benchmarks.models.admission`.

The server is simulated in virtual time, as Ollama 0.17 works by its source: one answer at a time; a request for a
loaded model waits for a semaphore, first come first served, and OLLAMA_MAX_QUEUE does not bound that wait (it holds for
models that must be loaded first; ollama/ollama issue 7758). A client that leaves while it waits is dropped at once; one
that leaves while it is served stops the writing at the next token, but not the reading of its prompt. A second row is
for clients whose leaving the server does not see, such as those behind a proxy that reads on: there every request runs
to its end.

Requests come as in a recorded timetable (`traces/README.md`), stretched to three times the capacity. Their sizes are
assumed to be those of analyses, log-normal around 900 tokens of prompt and 200 of answer; and, without a line, those of
the timetable itself, a chat service's, where one answer has twelve tokens and the next 400. There Ollama does as well
by itself: clients that leave make room for answers so short that they fit into what is left of their time, so it
answers the short ones and wastes its time on the long ones, while the pool, which cannot know the length of an answer,
takes them as they come. Times follow at the rates of a 3B model on a small GPU, with noise. All requests have the same
deadline; callers know the length of a prompt by four fifths only, and of an answer the longest that it may be.
"""

import asyncio
import random
import sys
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from math import ceil, exp, inf
from statistics import mean

from benchmarks.lines import Lines
from benchmarks.models.traces.arrivals import Arrival, recorded, repeated
from benchmarks.models.virtual_time import run
from models.deadline import Deadline
from models.errors import ModelOverloaded, ModelTimeout
from models.pool import Limits, Pool, Ticket, Work
from models.usage import Usage

OVERLOAD, TURNS, DEADLINE_S = 3.0, 6, 20.0
PREFILL, DECODE, NOISE = 800.0, 60.0, 0.2
"""Tokens a second of prompt and of answer, and the spread of times (log-normal)."""
TYPICAL, SPREAD = (900, 200), 0.3
"""Tokens of an analysis, prompt and answer, and their spread (log-normal)."""
LONGEST_PROMPT, LONGEST_ANSWER = 3_000, 400
SEEDS = (1, 2, 3)
ENDPOINT, LIMITS = "ollama:slow", Limits(concurrency=1, queue=32)


class SlowServer:
    """Answers one request at a time, in order of arrival."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._busy, self._waiting = False, deque[asyncio.Future[None]]()
        self.longest_queue = 0

    async def answer(self, arrival: Arrival, first: Callable[[], None] = lambda: None) -> None:
        """Wait for the turn, then read and write; cancelled, do what Ollama does where a client leaves."""
        await self._turn()
        noise = self._chance.lognormvariate(0.0, NOISE)
        reading = asyncio.ensure_future(asyncio.sleep(arrival.tokens_in / PREFILL * noise))
        try:
            await asyncio.shield(reading)
            first()
            await asyncio.sleep(arrival.tokens_out / DECODE * noise)
        finally:
            reading.add_done_callback(lambda _: self._next())

    async def _turn(self) -> None:
        if not self._busy:
            self._busy = True
            return
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        self.longest_queue = max(self.longest_queue, len(self._waiting))
        try:
            await turn
        except asyncio.CancelledError:
            if turn.cancelled():
                self._waiting.remove(turn)
            else:
                self._next()
            raise

    def _next(self) -> None:
        if self._waiting:
            self._waiting.popleft().set_result(None)
        else:
            self._busy = False


@dataclass(slots=True)
class Result:
    """What came of the requests of one run."""

    asked: int = 0
    in_time: int = 0
    served_s: list[float] = field(default_factory=list)
    """From arrival to the end of each that got a slot, seconds; infinite where the deadline cut it."""
    refused_after_s: list[float] = field(default_factory=list)
    """How long those waited to hear that they were refused, seconds."""
    longest_queue: int = 0


@dataclass(slots=True)
class Run:
    """One server, one way to ask it, and what came of it."""

    server: SlowServer
    chance: random.Random
    result: Result = field(default_factory=Result)
    pool: Pool = field(default_factory=lambda: Pool(clock=asyncio.get_running_loop().time))

    async def plain(self, arrival: Arrival, deadline: Deadline) -> None:
        """Ask the server, and leave at the deadline."""
        async with asyncio.timeout(deadline.remaining()):
            await self.server.answer(arrival)

    async def unseen(self, arrival: Arrival, deadline: Deadline) -> None:
        """Ask the server, and leave at the deadline without its seeing it."""
        async with asyncio.timeout(deadline.remaining()):
            await asyncio.shield(asyncio.create_task(self.server.answer(arrival)))

    async def pooled(self, arrival: Arrival, deadline: Deadline) -> None:
        """Ask the server through the pool."""
        now = asyncio.get_running_loop().time
        work, came = Work(int(arrival.tokens_in * self.chance.uniform(0.7, 0.9)), LONGEST_ANSWER), now()
        try:
            async with self.pool.admitted(ENDPOINT, LIMITS, work=work, deadline=deadline) as ticket:
                self.result.served_s.append(inf)
                place = len(self.result.served_s) - 1
                await self._held(arrival, deadline, ticket)
                self.result.served_s[place] = now() - came
        except ModelOverloaded:
            self.result.refused_after_s.append(now() - came)
            raise
        finally:
            waiting = self.pool.snapshot()[ENDPOINT].waiting
            self.result.longest_queue = max(self.result.longest_queue, waiting)

    async def _held(self, arrival: Arrival, deadline: Deadline, ticket: Ticket) -> None:
        try:
            async with asyncio.timeout(deadline.remaining()):
                await self.server.answer(arrival, ticket.first_token)
        except TimeoutError:
            awaited = "first token" if ticket.first_s is None else "end of its answer"
            raise ModelTimeout(ENDPOINT, awaited, DEADLINE_S) from None
        ticket.done(Usage(arrival.tokens_in, arrival.tokens_out, estimated=False, ttft_ms=0.0, duration_ms=0.0))


Ask = Callable[[Run, Arrival, Deadline], Awaitable[None]]


async def play(timetable: list[Arrival], ask: Ask, seed: int) -> Result:
    """Let every request come at its time, and count those answered by their deadline."""
    loop, chance = asyncio.get_running_loop(), random.Random(seed)
    this = Run(SlowServer(random.Random(seed + 100)), chance)

    async def one(arrival: Arrival) -> bool:
        await asyncio.sleep(arrival.at_s)
        try:
            await ask(this, arrival, Deadline.after(DEADLINE_S, loop.time))
        except (TimeoutError, ModelTimeout, ModelOverloaded):
            return False
        return True

    answered = await asyncio.gather(*(one(arrival) for arrival in timetable))
    this.result.asked, this.result.in_time = len(answered), sum(answered)
    if ask is not Run.pooled:
        this.result.longest_queue = this.server.longest_queue
    return this.result


def analyses() -> list[Arrival]:
    """Return the recorded requests with the sizes of analyses."""
    chance = random.Random(0)

    def sized(arrival: Arrival) -> Arrival:
        prompt, answer = (around * chance.lognormvariate(0.0, SPREAD) for around in TYPICAL)
        return replace(arrival, tokens_in=int(prompt), tokens_out=min(LONGEST_ANSWER, int(answer)))

    return [sized(arrival) for arrival in recorded()]


def chats() -> list[Arrival]:
    """Return the recorded requests with their own sizes, where they are not too long."""
    return [
        replace(a, tokens_in=min(a.tokens_in, LONGEST_PROMPT), tokens_out=min(a.tokens_out, LONGEST_ANSWER))
        for a in recorded()
    ]


def overload(arrivals: list[Arrival]) -> tuple[list[Arrival], float]:
    """Return the requests at three times the server's capacity, and how many of them it could answer."""
    service_s = mean(a.tokens_in / PREFILL + a.tokens_out / DECODE for a in arrivals) * exp(NOISE**2 / 2)
    span_s = len(arrivals) * service_s / OVERLOAD
    return list(repeated(arrivals, TURNS, span_s)), TURNS * len(arrivals) / OVERLOAD


def p99(seconds: list[float]) -> float:
    """Return what 99 of 100 do not exceed."""
    return sorted(seconds)[ceil(0.99 * len(seconds)) - 1]


def print_lines(out: Lines) -> None:
    """Print the figures for both kinds of sizes."""
    print_load(out, "analyses", analyses(), least=2.0)
    print_load(out, "chats", chats(), least=None)


def print_load(out: Lines, kind: str, arrivals: list[Arrival], least: float | None) -> None:
    """Print the figures of one load, sums over all seeds; `least` is the line of the goodput."""
    requests, capacity = overload(arrivals)
    ours, seen, unseen = (
        [run(play(requests, ask, seed)) for seed in SEEDS] for ask in (Run.pooled, Run.plain, Run.unseen)
    )
    good, of_seen, of_unseen = (sum(result.in_time for result in results) for results in (ours, seen, unseen))
    print(f"{kind}: {len(requests) * len(SEEDS)} requests at {OVERLOAD:g} times the capacity, {DEADLINE_S:g} s each")
    could = capacity * len(SEEDS)
    out.line(f"{kind}: answered in time, share of the server's capacity", good / could, of_seen / could)
    out.line(f"{kind}: goodput over Ollama's, clients seen to leave", good / max(1, of_seen), least=least)
    out.line(f"{kind}: goodput over Ollama's, clients not seen to leave", good / max(1, of_unseen), least=2.0)
    served = [seconds for result in ours for seconds in result.served_s]
    out.line(f"{kind}: p99 of those that got a slot, s", p99(served), most=DEADLINE_S)
    out.line(f"{kind}: got a slot and missed the deadline, share", sum(s == inf for s in served) / len(served))
    refused = [seconds for result in ours for seconds in result.refused_after_s]
    out.line(f"{kind}: refused at once, share of the refused", sum(s < 0.001 for s in refused) / len(refused))
    out.line(f"{kind}: longest wait to be refused, s", max(refused), most=DEADLINE_S)
    longest = [max(result.longest_queue for result in results) for results in (ours, unseen)]
    out.line(f"{kind}: longest queue (Ollama's: clients not seen)", *longest, most=LIMITS.queue)


def main() -> int:
    """Print all; return 1 where a figure misses its line."""
    out = Lines("Ollama")
    print_lines(out)
    return out.end()


if __name__ == "__main__":
    sys.exit(main())
