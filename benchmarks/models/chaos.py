"""Sixteen faults of an upstream, each survived without a lost answer or a leaked byte: `make chaos`.

Each fault has its own two upstreams, which speak OpenAI's protocol and keep every byte: the primary, gpt-4o in our
policy, misbehaves; the fallback, DeepSeek, is healthy. The whole advisor graph with the real gate is asked a question
on facts that may leave, and before and after it two questions that may not: of those, no byte may come. A few faults
run at a time; the longest, an outage of a minute and twenty questions, takes 80 s.

`--only S01,S08` runs some, `--json` prints all that was seen, `--beside` also measures LiteLLM's proxy by the same
checks, which is installed into an environment of its own.
"""

import argparse
import asyncio
import json
import logging
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, ClassVar, Protocol

from benchmarks.models.advisor import TEXT, advisor
from benchmarks.models.faults import FAULTS, FILTERED, Fault
from benchmarks.models.outcomes import Outcome, as_json, counted, line, names_in
from benchmarks.models.upstream import Upstream
from benchmarks.models.verdicts import Run, Told, judge

AFTER_S = 10.0
"""How long the question after a fault may take."""
AT_ONCE = 4
"""So many faults run at a time: more, and two cores are what is measured."""
QUICK_S = 30.0
"""How long a question may take that no cloud is asked."""


class Asked(Protocol):
    """Whoever is measured."""

    gated: ClassVar[bool]

    @property
    def fallback_model(self) -> str:
        """Return the name of the model that stands in."""
        ...

    async def ask(self, longest_s: float) -> Told:
        """Ask for the answer that a healthy upstream gives."""
        ...

    async def ask_restricted(self, longest_s: float) -> list[Told]:
        """Ask what may not leave."""
        ...


Pairs = dict[str, tuple[Upstream, Upstream]]
"""Primary and fallback of each fault, by its id."""


@asynccontextmanager
async def upstreams(faults: list[Fault]) -> AsyncIterator[Pairs]:
    """Serve the two upstreams of each fault."""
    async with AsyncExitStack() as stack:
        pairs = {f.id: (Upstream(TEXT), Upstream(TEXT, takes_prefill=f.takes_prefill)) for f in faults}
        for pair in pairs.values():
            for upstream in pair:
                await stack.enter_async_context(upstream)
        yield pairs


async def measure(fault: Fault, asked: Asked, primary: Upstream, fallback: Upstream) -> Outcome:
    """Run one fault: ask what may not leave, what may under the fault, what may not again, and what may once more.

    A peer without a gate is asked what may not leave only while all is well: under the fault it would be sent too.
    """
    restricted, bytes_out = await _restricted(asked, primary, fallback)
    primary.begin(fault.behave)
    fallback.begin()
    told = await _sequence(fault, asked)
    tries = tuple(primary.tries), tuple(fallback.tries)
    if asked.gated:
        again, more = await _restricted(asked, primary, fallback)
        restricted, bytes_out = restricted + again, bytes_out + more
    primary.begin()
    after = await asked.ask(AFTER_S)
    run = Run(TEXT, told, *tries, asked.fallback_model, fallback.prefills_refused, after, fault.down_s)
    judged = judge(run, fault.checks, fault.ideal, FILTERED)
    return Outcome(fault, run, judged, tuple(restricted), bytes_out, names_in(primary, fallback))


async def _restricted(asked: Asked, *upstreams: Upstream) -> tuple[list[Told], int]:
    """Ask what may not leave; return how it ended, and how many bytes came."""
    before = sum(u.bytes_in for u in upstreams)
    told = await asked.ask_restricted(QUICK_S)
    return told, sum(u.bytes_in for u in upstreams) - before


async def _sequence(fault: Fault, asked: Asked) -> tuple[Told, ...]:
    """Ask as often as the fault says, each time at its moment or as soon as the one before has ended."""
    began, told = time.monotonic(), []
    for number in range(fault.requests):
        await asyncio.sleep(max(0.0, began + number * fault.every_s - time.monotonic()))
        told.append(await asked.ask(fault.longest_s))
    return tuple(told)


async def measure_ours(faults: list[Fault], out: Any) -> list[Outcome]:
    """Run faults of ours, and print a line for each in their order."""
    await _warmed()
    async with upstreams(faults) as pairs:

        async def one(fault: Fault) -> Outcome:
            async with advisor(*pairs[fault.id]) as opened:
                return await measure(fault, opened, *pairs[fault.id])

        def tell(outcome: Outcome) -> None:
            print(line(outcome, "FAILED" if outcome.missed else "passed", outcome.missed), file=out, flush=True)

        return await in_order(faults, one, tell)


async def _warmed() -> None:
    """Ask once where nothing is measured: what a process loads once is no fault's."""
    async with Upstream(TEXT) as one, Upstream(TEXT) as other, advisor(one, other) as opened:
        await opened.ask(QUICK_S)


async def measure_beside(faults: list[Fault], out: Any) -> list[Outcome]:
    """Run faults of LiteLLM's proxy; print a line for each in their order, and the counts."""
    from benchmarks.models.litellm_proxy import VERSION, litellm_proxy

    async with upstreams(faults) as pairs, litellm_proxy(pairs) as proxy:

        async def one(fault: Fault) -> Outcome:
            return await measure(fault, proxy.over(fault.id), *pairs[fault.id])

        def tell(outcome: Outcome) -> None:
            print(line(outcome, outcome.judged.verdict, outcome.judged.missed), file=out, flush=True)

        outcomes = await in_order(faults, one, tell)
    print(f"LiteLLM {VERSION}: {counted(outcomes)}", file=out, flush=True)
    return outcomes


async def in_order(
    faults: list[Fault], run: Callable[[Fault], Coroutine[Any, Any, Outcome]], tell: Callable[[Outcome], None]
) -> list[Outcome]:
    """Run some faults at a time, the longest first; tell and return what came of each in the order of the faults."""
    some, outcomes = asyncio.Semaphore(AT_ONCE), []

    async def one(fault: Fault) -> Outcome:
        async with some:
            return await run(fault)

    longest_first = sorted(faults, key=lambda f: -f.longest_s * f.requests)
    async with asyncio.TaskGroup() as group:
        running = {fault.id: group.create_task(one(fault)) for fault in longest_first}
        for fault in faults:
            outcomes.append(await running[fault.id])
            tell(outcomes[-1])
    return outcomes


async def main(words: list[str]) -> int:
    """Run what is asked for; return 1 unless all faults are passed."""
    parser = argparse.ArgumentParser(prog="chaos", description="Sixteen faults of an upstream.")
    parser.add_argument("--only", help="the faults to run, with commas")
    parser.add_argument("--json", action="store_true", help="print one JSON object in place of lines")
    parser.add_argument("--beside", action="store_true", help="measure LiteLLM's proxy too")
    given = parser.parse_args(words)
    ids = given.only.upper().split(",") if given.only else [f.id for f in FAULTS]
    if strange := sorted(set(ids) - {f.id for f in FAULTS}):
        parser.error(f"there is no fault {', '.join(strange)}; they are S01 to S16")
    logging.getLogger("eaio").setLevel(logging.CRITICAL)
    faults, out = [f for f in FAULTS if f.id in ids], sys.stderr if given.json else sys.stdout
    theirs = await measure_beside(faults, out) if given.beside else []
    ours = await measure_ours(faults, out)
    failed = sum(bool(o.missed) for o in ours)
    if given.json:
        counts = {"passed": len(ours) - failed, "failed": failed}
        print(json.dumps(counts | {"faults": list(map(as_json, ours)), "litellm": list(map(as_json, theirs))}))
    print(f"{len(ours) - failed} passed, {failed} failed", file=out)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
