"""How long a routing decision takes with fifty endpoints, and whether it is the same when it is made again.

    python -m benchmarks.routing.decision [--decisions 20000] [--replays 10000]

Beside it, in the same run, LiteLLM's Router choosing one of fifty deployments. It chooses by one measure, and knows no
label, policy, region or complexity, and orders no ladder; its times are for scale. The replays are of requests that
Hypothesis makes, stranger than any there will be, each written as JSON and read again; a few also go through the
command line.
"""

import argparse
import asyncio
import itertools
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TypeVar

from benchmarks.lines import Lines
from benchmarks.models.litellm_proxy import HOME as LITELLM
from benchmarks.models.litellm_proxy import VERSION, install
from benchmarks.routing.decision_requests import ENDPOINTS, requests_of, usable
from models.router import RouteRequest, canonical, decide, record_of, replay

Given = TypeVar("Given")
WARM = 500
BY_COMMAND = 20
"""Records that also go through `eaio route replay`, which takes a second each."""
PROCESSES = 2


def main(given: list[str]) -> int:
    """Print the figures; return 1 where one misses its line."""
    parser = argparse.ArgumentParser(prog="decision", description="Time and replay routing decisions.")
    parser.add_argument("--decisions", type=int, default=20_000)
    parser.add_argument("--replays", type=int, default=10_000)
    options = parser.parse_args(given)
    out = Lines(f"LiteLLM {VERSION}")
    times(out, options.decisions)
    replays(out, options.replays)
    out.line(f"replays by `eaio route replay`, same of {BY_COMMAND}", by_command(BY_COMMAND), least=BY_COMMAND)
    return out.end()


def times(out: Lines, decisions: int) -> None:
    """Print what a decision takes, and sealing its record, beside LiteLLM's choices."""
    made = list(itertools.islice(requests_of(1), decisions))
    for request in made[:WARM]:
        record_of(request, decide(request))
    deciding = timed(decide, made)
    sealing = timed(lambda both: record_of(*both), ((request, decide(request)) for request in made[: decisions // 10]))
    theirs = litellm(decisions // 10)
    said = f"{ENDPOINTS} endpoints, {len(made):,} requests"
    shuffled = theirs.get("simple-shuffle", {})
    out.line(f"decision, {said}: p50, ms", at(deciding, 0.50), shuffled.get("p50"))
    out.line(f"decision, {said}: p95, ms", at(deciding, 0.95), shuffled.get("p95"), most=0.3)
    out.line("its record and digest: p95, ms", at(sealing, 0.95))
    for strategy, took in theirs.items():
        print(f"    LiteLLM's Router, {strategy}: p50 {took['p50']:.3f} ms, p95 {took['p95']:.3f} ms")


def timed(call: Callable[[Given], object], given: Iterable[Given]) -> list[float]:
    """Return the milliseconds of each call. What it returns is not kept: the heap would grow and be measured."""
    taken = []
    for one in given:
        began = time.perf_counter()
        call(one)
        taken.append(1000 * (time.perf_counter() - began))
    return taken


def at(taken: Sequence[float], share: float) -> float:
    """Return the time that a share of them does not exceed."""
    return sorted(taken)[int(share * (len(taken) - 1))]


def litellm(choices: int) -> dict[str, dict[str, float]]:
    """Return what LiteLLM's Router takes, by its strategies; it gets nothing of this process's environment."""
    install()
    with tempfile.TemporaryDirectory(prefix="litellm-") as folder:
        words = [str(LITELLM / "bin" / "python"), str(Path(__file__).with_name("litellm_router.py")), str(choices)]
        ended = subprocess.run(words, env={"HOME": folder}, cwd=folder, capture_output=True, text=True, check=True)
    found: dict[str, dict[str, float]] = json.loads(ended.stdout.splitlines()[-1])
    return found


def replays(out: Lines, number: int) -> None:
    """Print how many of the records that Hypothesis makes give the same decision again, byte for byte."""
    each = number // PROCESSES
    with ProcessPoolExecutor(PROCESSES) as pool:
        done = list(pool.map(replayed, [each] * PROCESSES, range(1, PROCESSES + 1)))
    made, same, rungs = (sum(counts) for counts in zip(*done, strict=True))
    out.line(f"replays of {made:,} requests by Hypothesis: the same, byte for byte", same, least=number)
    print(f"    {rungs / made:.2f} endpoints on a ladder on average; each through JSON text")


def replayed(number: int, seed: int) -> tuple[int, int, int]:
    """Return how many requests were made, how many decisions came out the same, and the rungs of all ladders."""
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded
    from hypothesis.strategies import booleans

    from tests.models.router.generated import requests

    seen = {"made": 0, "same": 0, "rungs": 0}

    @seeded(seed)
    @settings(
        max_examples=number,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(requests(most=3), booleans())
    def one(request: RouteRequest, well: bool) -> None:
        asked = usable(request) if well else request
        told = record_of(asked, decide(asked))
        again = json.loads(json.dumps(told))
        seen["made"] += 1
        seen["same"] += canonical(replay(again)) == canonical(told["decision"])
        seen["rungs"] += len(told["decision"]["ladder"]) - 1

    one()
    return seen["made"], seen["same"], seen["rungs"]


def by_command(number: int) -> int:
    """Return how many records `eaio route replay` finds to be the same."""
    return asyncio.run(_by_command(list(itertools.islice(requests_of(2), number))))


async def _by_command(made: Sequence[RouteRequest]) -> int:
    turns = asyncio.Semaphore(PROCESSES)

    async def one(path: Path) -> bool:
        async with turns:
            words = ("-m", "gateway.command", "route", "replay", str(path), "--json")
            process = await asyncio.create_subprocess_exec(sys.executable, *words, stdout=asyncio.subprocess.DEVNULL)
            return await process.wait() == 0

    with tempfile.TemporaryDirectory(prefix="eaio-replay-") as folder:
        return sum(await asyncio.gather(*(one(kept(Path(folder, f"{n}.json"), r)) for n, r in enumerate(made))))


def kept(path: Path, request: RouteRequest) -> Path:
    """Write the record of a request's decision, and return where it is."""
    path.write_text(json.dumps(record_of(request, decide(request))))
    return path


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
