"""One call for all who ask the same at once, counted at the server: `python -m benchmarks.routing.flight`.

First the port of the models over a fake Ollama that counts what reaches it, then what sharing costs a call that nobody
joins, the embedder (one text read for all who ask it, and a batch beside texts one by one), the embedded model, where
the time that is saved is real, and the whole of EAIO with its real data. There a crowd may be more than the machine
answers in time: a question whose label could not be lowered has the higher one, and shares its call with its like.
"""

import asyncio
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.lines import Lines
from config.settings import Settings
from graphs.runtime import open_runtime
from models import ChatModels, Chunk, Deadline, Endpoint, Sampling, Usage, open_chat_models
from models.embedding import Embedder, _load
from models.pool import Priority
from models.single_flight import SingleFlight
from services import stop_all
from tests.wire.ollama import FakeOllama
from tests.wire.script import Say

CROWD = 200
QUESTION = "How much electricity did b4 use in 2019?"
PROMPT = [("system", "You explain building energy data."), ("user", QUESTION)]
SAID = "b4 used 132,010 kWh of electricity in 2019. The building manager should check the heating schedule."
PIECES, ROUNDS = 50, 9
FEW = 8
SHORT = Sampling(temperature=0.0, max_tokens=40)


async def listen(models: ChatModels, endpoint: Endpoint, shared_as: str | None, **more: Any) -> str:
    """Return one answer."""
    stream = models.stream(endpoint, PROMPT, deadline=Deadline.after(300), shared_as=shared_as, **more)
    async with aclosing(stream) as chunks:
        return "".join([chunk.text async for chunk in chunks])


async def at_the_port(out: Lines) -> None:
    """Count calls by who shares them."""
    groups = {
        "one tenant and label": (["local/INTERNAL"], 1),
        "two tenants": (["local/INTERNAL", "other/INTERNAL"], 2),
        "two labels": (["local/INTERNAL", "local/RESTRICTED"], 2),
    }
    for name, (sharers, most) in groups.items():
        async with FakeOllama(Say(SAID)) as fake:
            async with open_chat_models(Settings(profile="local", ollama_host=fake.host)) as models:
                endpoint = (await models.ladder("analyst"))[0]
                asked = [sharers[n % len(sharers)] for n in range(CROWD)]
                answers = await asyncio.gather(*(listen(models, endpoint, one) for one in asked))
            assert set(answers) == {SAID}
            out.line(f"port: model calls, {CROWD} identical prompts, {name}", len(fake.chats), least=most, most=most)


async def through_all(out: Lines, home: Path) -> None:
    """Count calls of questions that go through classification, facts, privacy, memory and pool."""
    async with FakeOllama(Say(SAID, delay_s=1.0)) as fake:
        settings = Settings(home=home, profile="local", ollama_host=fake.host, answer_budget_s=120)
        async with open_runtime(settings) as runtime:
            await runtime.data.inventory()
            began = time.perf_counter()
            answers = await asyncio.gather(*(runtime.ask(QUESTION) for _ in range(CROWD)))
            took_s = time.perf_counter() - began
        labels = Counter(a["receipt"]["label"] for a in answers)
        ends = Counter(a["receipt"]["attempts"][-1]["reason"] for a in answers if a["receipt"]["attempts"])
        print(f"  all answered after {took_s:.1f} s; labels {dict(labels)}; last attempts {dict(ends)}")
        right = sum(a["headline"].startswith("b4 used 132,010 kWh") for a in answers)
        out.line(f"EAIO: right headlines of {CROWD} identical questions at once", right)
        out.line("EAIO: model calls that they make", len(fake.chats), least=1, most=len(labels))


async def with_a_real_model(out: Lines, home: Path) -> None:
    """Measure what a few who ask the same wait for, each with a call of its own and with one for all."""
    async with open_chat_models(Settings(home=home, profile="embedded")) as models:
        endpoint = replace((await models.ladder("analyst"))[0], queue=CROWD)
        await listen(models, endpoint, None, sampling=SHORT)
        took = []
        for shared_as in ("local/INTERNAL", None):
            began = time.perf_counter()
            await asyncio.gather(*(listen(models, endpoint, shared_as, sampling=SHORT) for _ in range(FEW)))
            took.append(time.perf_counter() - began)
    out.line(f"embedded model: s until {FEW} identical calls are answered", took[0], took[1], most=took[1])


async def alone(out: Lines) -> None:
    """Measure what sharing costs a call that nobody joins."""

    async def answer(_deadline: Deadline) -> AsyncGenerator[Chunk, None]:
        for _ in range(PIECES):
            await asyncio.sleep(0)
            yield Chunk("word ")
        yield Chunk("", "stop", Usage(10, PIECES, estimated=False, ttft_ms=0.0, duration_ms=0.0))

    async def spent_us(*, shared: bool) -> float:
        flights, deadline = SingleFlight(), Deadline.after(60)
        began = time.process_time()
        for n in range(100):
            stream = (
                flights.stream(n, answer, endpoint="e", deadline=deadline, priority=Priority.ANALYSIS)
                if shared
                else answer(deadline)
            )
            async with aclosing(stream) as chunks:
                async for _ in chunks:
                    pass
        return (time.process_time() - began) / 100 * 1e6

    bare = median([await spent_us(shared=False) for _ in range(ROUNDS)])
    ours = median([await spent_us(shared=True) for _ in range(ROUNDS)])
    out.line(f"sharing: added to a call of {PIECES} pieces that nobody joins, µs", ours - bare, most=2_000)


async def embedder(out: Lines) -> None:
    """Measure the embedder: the same text for many, and texts in a batch."""
    one = Embedder()
    await one.query("warm")
    began = time.perf_counter()
    await one.query(QUESTION)
    single_ms = (time.perf_counter() - began) * 1000
    began = time.perf_counter()
    await asyncio.gather(*(one.query("And in 2018? " + QUESTION) for _ in range(CROWD)))
    out.line(
        f"embedder: ms for {CROWD} who ask the same at once", (time.perf_counter() - began) * 1000, CROWD * single_ms
    )
    await one.close()
    each, together = await asyncio.to_thread(_batched)
    out.line(f"embedder: ms a text, one by one; beside: {FEW} in a batch", each, together)


def _batched() -> tuple[float, float]:
    """Return the milliseconds of a text, one by one and in a batch; the two take turns."""
    model, each, together = _load(), [], []
    for number in range(ROUNDS):
        texts = [f"{number} {n} electricity at night in building b{n}, by hour and month " * 3 for n in range(FEW)]
        began = time.perf_counter()
        for text in texts:
            model.passage(text)
        middle = time.perf_counter()
        model.passage(texts)
        each.append((middle - began) / FEW * 1000)
        together.append((time.perf_counter() - middle) / FEW * 1000)
    return median(each), median(together)


async def print_lines(out: Lines) -> None:
    """Print the figures."""
    await at_the_port(out)
    await alone(out)
    await embedder(out)
    with tempfile.TemporaryDirectory(prefix="eaio-flight-") as folder:
        home = Path(folder)
        try:
            await with_a_real_model(out, home)
            await through_all(out, home)
        finally:
            await stop_all(Settings(home=home))


def main() -> int:
    """Print all; return 1 where a figure misses its line."""
    out = Lines("unshared")
    asyncio.run(print_lines(out))
    return out.end()


if __name__ == "__main__":
    sys.exit(main())
