"""How long an answer takes: to the headline in a running process and from the command line, and what the graph adds.

Run `make bench ARGS=speed`. It starts and stops the services of `EAIO_HOME`, and prints one line a figure.
"""

import asyncio
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.answers.check import NO_MODEL, cases
from config.settings import Settings
from graphs.runtime import Runtime, open_runtime
from services import start_all, stop_all
from tools.compute import compute
from tools.errors import ToolError
from tools.grammar import parse

RANK = "Which building used the most electricity in 2019, and how much?"
ROUNDS = 30


def line(name: str, milliseconds: Sequence[float], line_ms: float) -> None:
    """Print median and 95th percentile beside the line that they should stay under."""
    ordered = sorted(milliseconds)
    p95 = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    figures = f"p50 {statistics.median(ordered):8.2f} ms  p95 {p95:8.2f} ms  (n {len(ordered)}, line {line_ms:g} ms)"
    print(f"{name:<58} {figures}")


async def in_process(settings: Settings) -> None:
    """Measure classification, facts, headline and the share of the graph in one warm process."""
    async with open_runtime(settings.model_copy(update=NO_MODEL)) as runtime:
        await runtime.ask(RANK)
        await classification(runtime)
        await headline_and_graph(runtime)


async def classification(runtime: Runtime) -> None:
    """Time the grammar over every question of the answer set."""
    inventory, now, took = await runtime.data.inventory(), datetime.now(UTC), []
    for question, _ in [c for group in cases() for c in group]:
        start = time.perf_counter()
        with suppress(ToolError):
            parse(question, inventory, now)
        took.append(1000 * (time.perf_counter() - start))
    line("classification by grammar", took, 15)


async def headline_and_graph(runtime: Runtime) -> None:
    """Time the headline through the graph, and the graph over the bare tools, in turns."""
    inventory = await runtime.data.inventory()
    query = parse(RANK, inventory, datetime.now(UTC)).queries[0]
    bare, headline, whole = [], [], []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        parse(RANK, await runtime.data.inventory(), datetime.now(UTC))
        await compute(query, runtime.data, inventory)
        bare.append(1000 * (time.perf_counter() - start))
        result = await runtime.ask(RANK)
        headline.append(result["timings_ms"]["headline"])
        nodes = {k: v for k, v in result["timings_ms"].items() if k not in ("headline", "total")}
        whole.append(result["timings_ms"]["total"] - sum(nodes.values()))
    line("headline in a running process, tools warm", headline, 150)
    line("the same facts from the bare tools", bare, 150)
    line("graph overhead: total less the nodes' own time", whole, 20)


def from_the_command_line(home: Path) -> list[float]:
    """Return the milliseconds from the start of a process to its headline, and end it there."""
    environment = {**os.environ, "EAIO_HOME": str(home), "EAIO_PROFILE": "embedded", "PYTHONUNBUFFERED": "1"}
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "gateway.command", "ask", RANK],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    )
    assert process.stdout
    first = next((text for text in process.stdout if "b105" in text), "")
    took = 1000 * (time.perf_counter() - start)
    process.stdout.read()
    process.wait()
    return [took] if first else []


async def main() -> None:
    """Print every figure."""
    settings = Settings(profile="embedded", log_level="error")
    await start_all(settings)
    await in_process(settings)
    up = [ms for _ in range(5) for ms in from_the_command_line(settings.home)]
    line("`eaio ask`, services up: process start to headline", up, 2500)
    down = []
    for _ in range(3):
        await stop_all(settings)
        down += from_the_command_line(settings.home)
    line("`eaio ask`, services down: process start to headline", down, 5000)


if __name__ == "__main__":
    asyncio.run(main())
