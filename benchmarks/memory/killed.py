"""Turns in processes that are killed: the child of `benchmarks.memory.resume`, one process for each job.

It reads jobs as lines of JSON and writes what came of each. What is slow to import is imported once, and each job is
forked from there. A job that is to be killed sends itself SIGKILL at a node of the graph: nothing of it is tidied up.
"""

import asyncio
import json
import os
import re
import signal
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import suppress
from typing import Any, ClassVar
from zlib import crc32

import numpy as np
import pymilvus  # type: ignore[import-untyped]  # noqa: F401  slow to import, and so imported before the forks
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver  # noqa: F401

import graphs.advisor
import graphs.runtime
from config.settings import Settings
from graphs.parts import Parts
from memory.answer_cache_key import code_fingerprint
from memory.errors import MemoryDown
from memory.ledger import Ledger
from models.deadline import Deadline
from models.embedding import DIMENSIONS, Vector
from models.errors import ModelUnreachable, NotClearedForCloud
from models.usage import Chunk, Usage
from nodes.recall_answer import NO_ANSWERS
from privacy.gate import Decision
from privacy.labels import Label
from tests.graphs.gatehouse import quick_scanners
from tests.graphs.small_graph import Scripted

NOWHERE = "redis://127.0.0.1:1/0"
WORDS = "You should check the schedule of the cooling. "
BUDGETS = {"memory_budget_s": 20.0, "answer_budget_s": 60.0, "headline_budget_s": 20.0}
"""Ample: what is shown is what is kept, not how soon."""
ENDINGS = ("before", "during", "after", "between")

Node = Callable[..., Awaitable[Any]]


class Cloud(Scripted):
    """A cloud and its gate, which clears everything once, and forgets that with its process."""

    cleared: ClassVar[set[str]] = set()

    async def clear(self, endpoint: str, messages: object, label: Label) -> Decision:
        """Clear a prompt."""
        self.cleared.add(f"{endpoint} {len(self.cleared)}")
        return Decision("cleared", label, "test", "it is a test", "test", f"{endpoint} {len(self.cleared) - 1}")

    async def speak(  # type: ignore[override]
        self, endpoint: str, clearance: str, deadline: Deadline, label: Label, question_id: str
    ) -> AsyncGenerator[Chunk, None]:
        """Write what is scripted for a prompt that was cleared here."""
        if clearance not in self.cleared:
            raise NotClearedForCloud(endpoint, "its clearance is not known here")
        yield Chunk(WORDS)
        yield Chunk("", finish="stop", usage=Usage(10, 5, False, 1.0, 2.0))


def ports_of(scenario: str) -> dict[str, Any]:
    """Return the models of a scenario; `cached` has those of `local`, and the answers of before."""
    if scenario == "cloud":
        cloud = Cloud({"c1": [WORDS]}, remote=("c1",))
        return {"ladder": cloud, "analysts": cloud, "cloud": cloud, "gate": cloud, "answers": NO_ANSWERS}
    failing = ModelUnreachable("m1", "nowhere", "it is down")
    model = Scripted({"m1": [failing if scenario == "report" else WORDS]})
    kept = {} if scenario == "cached" else {"answers": NO_ANSWERS}
    return {"ladder": model, "analysts": model, "coordinator": model} | kept


async def done(job: dict[str, Any]) -> dict[str, Any]:
    """Do a job: in each talk finish what was cut off, then ask; at the last question the process is killed."""
    given = {"redis_url": None if job["scenario"] == "cached" else NOWHERE}
    settings = Settings.model_validate({**job["settings"], **given, **BUDGETS})
    armed = asyncio.Event()
    if kill := job.get("kill"):
        _mine(kill[0], kill[1], armed)
    async with graphs.runtime.open_runtime(settings, **ports_of(job["scenario"])) as runtime:
        await runtime.parts.readings.inventory()
        keeper = runtime.parts.keeper
        assert isinstance(keeper, graphs.runtime.RunKeeper)
        agent = keeper.memory._memory  # noqa: SLF001 - what it has kept is looked through below
        runtime._warm = agent.warm  # noqa: SLF001 - all else that is warmed has no part in this
        with suppress(MemoryDown):
            await agent.warm()
        done = []
        for talk in job["talks"]:
            armed.clear()
            done.append(await _talked(runtime, talk["thread"], talk["questions"], armed))
        if kill:
            os.kill(os.getpid(), signal.SIGKILL)
        episodes = [memory.text for memory in await agent.listed(["episode"])] if job.get("episodes") else []
        return {"talks": done, "episodes": episodes}


async def _talked(
    runtime: graphs.runtime.Runtime, thread: str | None, questions: list[str], armed: asyncio.Event
) -> dict[str, Any]:
    events = await runtime.resume(thread) if thread else []
    answers = []
    for n, question in enumerate(questions):
        if n + 1 == len(questions):
            armed.set()
        answers.append(await runtime.ask(question, thread_id=thread))
    resumed = next((event["answer"] for event in events if event["event"] == "answer"), None)
    return {"resumed": resumed, "answers": answers}


def _mine(place: str, ending: str, armed: asyncio.Event) -> None:
    """Have this process killed at a node, once it is armed: before it, in the middle of what it keeps, or after it."""
    bound = graphs.advisor.bound_nodes

    def strike() -> None:
        if armed.is_set():
            os.kill(os.getpid(), signal.SIGKILL)

    def mined(node: Node) -> Node:
        async def run(*given: Any, **named: Any) -> Any:
            if ending == "before":
                strike()
            update = await node(*given, **named)
            if ending == "after":
                strike()
            return update

        return run

    def all_bound(p: Parts) -> dict[str, Node]:
        return {name: mined(node) if name == place else node for name, node in bound(p).items()}

    graphs.advisor.bound_nodes = all_bound
    if ending == "during":
        keep_run = Ledger.keep_run

        async def kept(self: Ledger, **run: Any) -> None:
            await keep_run(self, **run)
            strike()

        Ledger.keep_run = kept  # type: ignore[method-assign]


def forked(job: dict[str, Any]) -> dict[str, Any]:
    """Do a job in a process of its own; return what came of it, or by which signal it ended."""
    ours, theirs = os.pipe()
    if (child := os.fork()) == 0:
        status = 1
        try:
            result = asyncio.run(done(job))
            with os.fdopen(theirs, "w") as out:
                json.dump(result, out)
            status = 0
        finally:
            os._exit(status)
    os.close(theirs)
    with os.fdopen(ours) as said:
        text = said.read()
    ended = os.waitpid(child, 0)[1]
    return json.loads(text) if text else {"signal": os.WTERMSIG(ended)}


class Words:
    """An embedder that costs nothing: a place for each word."""

    async def query(self, text: str) -> Vector:
        """Return the vector of a text."""
        vector = np.zeros(DIMENSIONS, np.float32)
        for word in re.findall(r"\w+", text.lower()):
            vector[crc32(word.encode()) % DIMENSIONS] += 1.0
        length = float(np.linalg.norm(vector)) or 1.0
        return vector / np.float32(length)

    async def passage(self, texts: list[str]) -> Vector:
        """Return the vectors of texts."""
        return np.array([await self.query(text) for text in texts])

    async def close(self) -> None:
        """Close nothing."""


def main() -> None:
    """Do the jobs of stdin, one after another; `words` spares them the embedding model."""
    quick_scanners(None)("warm", 1)
    code_fingerprint()  # once for all: a file that is edited meanwhile makes no answer of before another version's
    if sys.argv[1:] == ["words"]:
        vars(graphs.runtime)["Embedder"] = Words
    for line in sys.stdin:
        print(json.dumps(forked(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
