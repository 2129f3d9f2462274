"""What the stable order of prompts saves of reading them: `python -m benchmarks.routing.prefix [--questions 8]`.

A server that keeps what it has read of the last prompt reads of the next one only what follows their common start.
Prompts are those of questions of the answer set with their real facts, in the order of `nodes.prompt` and, beside it,
with the same words the other way round: question, facts, task. A follow-up is another question on the same facts. The
embedded server tells how many tokens it read; Ollama tells all tokens of a prompt and the time that reading took.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import httpx

from benchmarks.lines import Lines
from benchmarks.models.restart import MODELS, create_models
from config.settings import Settings
from gateway.model_matrix.questions import load, shuffled, to_explain
from gateway.model_matrix.trial import evidence_of
from graphs.live_data import LiveData
from models.hosts.own import with_own_ollama
from nodes.prompt import messages
from services import stop_all
from services.embedded_model import ensure_embedded_model
from services.ollama_server import own_server, stop_ollama

ROUNDS = 3
FOLLOW_UP = "And what should be looked at first?"
Prompt = list[tuple[str, str]]


@dataclass(frozen=True)
class Read:
    """What a server says of one prompt."""

    tokens: int
    """Those that it read; of Ollama all that the prompt has."""
    ms: float


Ask = Callable[[Prompt], Awaitable[Read]]


async def prompts(settings: Settings, most: int) -> list[tuple[Prompt, Prompt]]:
    """Return the prompts of some questions, each with that of a follow-up on its facts."""
    data = LiveData(settings)
    try:
        inventory = await data.inventory()
        found = await to_explain(shuffled(load(), 1), data, inventory, datetime.now(UTC), most)
    finally:
        await data.close()
    return [
        (messages(one.words, facts, [], inventory), messages(FOLLOW_UP, facts, [], inventory))
        for one, facts in ((one, evidence_of(one)) for one in found)
    ]


def turned_round(prompt: Prompt) -> Prompt:
    """Return the same words with what differs in front: the question, then the facts, then the task."""
    (_, task), (_, said) = prompt
    facts, _, question = said.partition("\n\n")
    return [("user", f"{question}\n\n{facts}\n\n{task}")]


def marked(prompt: Prompt, mark: str) -> Prompt:
    """Return a prompt that begins with a word, so that nothing of another sequence is found again."""
    (role, said), *rest = prompt
    return [(role, f"{mark} {said}"), *rest]


async def sequence(ask: Ask, asked: Sequence[tuple[Prompt, Prompt]], mark: str) -> tuple[Read, Read]:
    """Ask every prompt and its follow-up, one after another; return the mean of both kinds."""
    first, second = [], []
    await ask(marked([("system", "You are an energy engineer."), ("user", "Hi")], mark))
    for prompt, follow_up in asked:
        first.append(await ask(marked(prompt, mark)))
        second.append(await ask(marked(follow_up, mark)))
    return mean(first), mean(second)


def mean(reads: Sequence[Read]) -> Read:
    """Return the mean of some."""
    return Read(round(sum(r.tokens for r in reads) / len(reads)), sum(r.ms for r in reads) / len(reads))


async def both(ask: Ask, asked: Sequence[tuple[Prompt, Prompt]]) -> dict[str, tuple[Read, Read]]:
    """Return prompt and follow-up for each order, the median of all rounds; the orders take turns."""
    turned = [(turned_round(prompt), turned_round(follow_up)) for prompt, follow_up in asked]
    rounds: dict[str, list[tuple[Read, Read]]] = {"stable": [], "turned": []}
    for number in range(ROUNDS):
        for name, some in (("stable", asked), ("turned", turned)):
            rounds[name].append(await sequence(ask, some, f"{name}{number}."))
    return {name: (middle([f for f, _ in some]), middle([s for _, s in some])) for name, some in rounds.items()}


def middle(reads: Sequence[Read]) -> Read:
    """Return the medians of some."""
    return Read(round(median(r.tokens for r in reads)), median(r.ms for r in reads))


@asynccontextmanager
async def embedded(settings: Settings) -> AsyncIterator[Ask]:
    """Give the embedded model."""
    url = await ensure_embedded_model(settings)
    async with httpx.AsyncClient(timeout=120, limits=httpx.Limits(max_keepalive_connections=0)) as client:

        async def ask(prompt: Prompt) -> Read:
            answer = await client.post(f"{url}/chat/completions", json=_body(prompt) | {"max_tokens": 1})
            timings = answer.raise_for_status().json()["timings"]
            return Read(timings["prompt_n"], timings["prompt_ms"])

        yield ask


@asynccontextmanager
async def ollama(settings: Settings) -> AsyncIterator[Ask]:
    """Give an Ollama of our own with the same weights."""
    service = own_server(settings)
    assert service is not None, "the settings have EAIO run it"
    try:
        host = (await with_own_ollama(settings)).ollama_host
        await asyncio.to_thread(create_models, settings.home, host)
        async with httpx.AsyncClient(timeout=120) as client:

            async def ask(prompt: Prompt) -> Read:
                more = {"model": MODELS[-1], "stream": False, "options": {"num_predict": 1, "num_ctx": 4096}}
                said = (await client.post(f"http://{host}/api/chat", json=_body(prompt) | more)).raise_for_status()
                return Read(said.json()["prompt_eval_count"], said.json()["prompt_eval_duration"] / 1e6)

            yield ask
    finally:
        await stop_ollama(service)


def _body(prompt: Prompt) -> dict[str, Any]:
    return {"messages": [{"role": role, "content": said} for role, said in prompt], "temperature": 0}


def print_lines(out: Lines, name: str, read: dict[str, tuple[Read, Read]], *, counts: bool) -> None:
    """Print what one server said."""
    for number, what in enumerate(("a new question", "a follow-up")):
        ours, theirs = read["stable"][number], read["turned"][number]
        if counts:  # does not depend on what else the machine does, so it has a line
            out.line(f"{name}: tokens read, {what}", ours.tokens, theirs.tokens, most=theirs.tokens)
        else:
            out.line(f"{name}: tokens of the prompt, {what}", ours.tokens, theirs.tokens)
        out.line(f"{name}: ms to read the prompt, {what}", ours.ms, theirs.ms)
        out.line(f"{name}: saved of that time, {what}, %", 100 * (1 - ours.ms / theirs.ms))


async def run(out: Lines, most: int) -> None:
    """Measure both servers."""
    with tempfile.TemporaryDirectory(prefix="eaio-prefix-") as folder:
        settings = Settings(home=Path(folder), profile="local", ollama_managed=True)
        try:
            asked = await prompts(settings, most)
            print(f"{len(asked)} questions with their facts, each with a follow-up; median of {ROUNDS} rounds")
            async with embedded(settings) as ask:
                print_lines(out, "embedded", await both(ask, asked), counts=True)
            async with ollama(settings) as ask:
                print_lines(out, "Ollama", await both(ask, asked), counts=False)
        finally:
            await stop_all(settings)


def main() -> int:
    """Print all; return 1 where a figure misses its line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.routing.prefix", description=__doc__.partition(":")[0])
    parser.add_argument("--questions", type=int, default=8, metavar="N", help="questions in a sequence")
    out = Lines("turned")
    asyncio.run(run(out, parser.parse_args().questions))
    return out.end()


if __name__ == "__main__":
    sys.exit(main())
