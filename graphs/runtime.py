"""The live parts of one process, opened together: `async with open_runtime(settings) as runtime`."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, cast

from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.config import get_config

from config.settings import Settings, Strategy
from graphs.account import TENANT
from graphs.advisor import build
from graphs.at_once import AtOnce, LastNames
from graphs.kept_behind import KeptBehind
from graphs.live_answers import LiveAnswers
from graphs.live_data import LiveData, Progress
from graphs.live_memory import LiveMemory
from graphs.live_models import LiveModels
from graphs.live_phrasings import LivePhrasings
from graphs.live_privacy import LivePrivacy
from graphs.live_shapes import LiveShapes
from graphs.live_told import LiveTold
from graphs.live_usage import LiveUsage
from graphs.money import budgets_of
from graphs.parts import Parts
from graphs.privacy_parts import open_privacy, policy_of, traces_of
from graphs.routed import routed
from graphs.threads import Threads
from graphs.tracing import Traces
from graphs.turns import Turns
from memory.agent_memory import AgentMemory
from memory.answer_cache import AnswerCache
from memory.knowledge import KnowledgeBase
from memory.milvus import milvus_of
from memory.response_cache import ResponseCache, valkey_of
from models import open_chat_models
from models.cloud_sites import CloudSite
from models.embedding import Embedder
from models.hosts.own import with_own_ollama
from models.pooled import pooled_of
from models.routing import fingerprint
from nodes.state import AdvisorState
from privacy.labels import Label
from privacy.policy import Policy
from privacy.redaction import Redactor
from telemetry.log import configure_log, log
from tools.chart import Chart, Series
from tools.energy_query import Change, EnergyQuery, Period, Terms
from tools.evidence import Evidence, Span

_CHANNELS = (Label, EnergyQuery, Period, Terms, Change, Span, Evidence, Chart, Series)
CHANNEL_TYPES = [(t.__module__, t.__qualname__) for t in _CHANNELS]
"""What a checkpoint may hold beside plain values; anything else is refused when it is read back."""

SERDE = JsonPlusSerializer(allowed_msgpack_modules=CHANNEL_TYPES)


@dataclass(frozen=True)
class RunKeeper:
    """Keeps the turns of a conversation, each under the id of its question."""

    memory: LiveMemory
    usage: LiveUsage
    answers: LiveAnswers
    behind: KeptBehind

    async def keep(self, state: AdvisorState) -> list[str]:
        """Keep a finished turn, and count what it took; see `LiveMemory.keep`.

        A turn that was answered from the cache is given at once, and written down behind it; one of a conversation is
        written down first, so that no process that dies takes it along.
        """
        thread = thread_of_run()
        if state["receipt"].get("cached"):
            if thread is None:
                self.behind.add(state, thread)
                return []
            return await self.behind.now(state, thread)
        notes = await self._kept(state)
        if not any(note.startswith("ledger") for note in notes):  # a fact that is given again can be looked up
            notes += await self.answers.keep(state)
        return notes

    async def _kept(self, state: AdvisorState) -> list[str]:
        kept = self.memory.keep(state, state["question_id"], thread_of_run())
        return [note for notes in await asyncio.gather(kept, self.usage.keep(state)) for note in notes]


class Runtime:
    """An open EAIO. `ask` and `stream` answer questions; `data` and `parts` are for what else needs them."""

    def __init__(
        self,
        settings: Settings,
        parts: Parts,
        data: LiveData,
        warm: Callable[[], Coroutine[Any, Any, None]],
        policy: Callable[[], Policy],
        traces: Traces,
    ) -> None:
        self.settings, self.parts, self.data = settings, parts, data
        self._warm = warm
        at_once = AtOnce(parts, policy, LastNames(data) if parts.readings is data else None)
        self.threads = Threads(settings, data, policy, lambda saver: build(parts, checkpointer=saver), SERDE)
        # It warms when the facts are there and not before: it would cost the headline its processor.
        self._turns = Turns(settings, build(parts), at_once, self.threads, traces, facts_shown=self.warm)
        self._warming: asyncio.Task[None] | None = None

    async def ask(self, question: str, *, thread_id: str | None = None) -> dict[str, Any]:
        """Answer a question; return the object that `eaio ask --json` writes.

        It never raises for want of a model or store. With `thread_id` the turn belongs to a conversation and may refer
        to the one before.
        """
        async for event in self.stream(question, thread_id=thread_id, told=False):
            if event["event"] == "answer":
                return cast(dict[str, Any], event["answer"])
        raise AssertionError("a stream ends with its answer")

    async def route(self, question: str, *, strategy: Strategy | None = None) -> dict[str, Any]:
        """Return where a question would go, and why: status, reason, question, classification and receipt.

        No model is asked, and nothing is kept. `strategy` replaces the one in force.
        """
        return await routed(self.parts, question, strategy)

    async def stream(
        self, question: str, *, thread_id: str | None = None, told: bool = True
    ) -> AsyncIterator[dict[str, Any]]:
        """Answer a question as it comes: `facts`, then `rung` and `sentence` events, at last `answer`.

        Where nobody is `told` on the way, an answer that is there already comes alone. A turn of the conversation that
        was cut off is finished first, and told as one event `earlier`.
        """
        if thread_id:
            events = self._turns.in_thread(question, thread_id)
        else:
            events = self._turns.alone(question, told=told, at_once=thread_id is None)
        async with aclosing(events):
            async for event in events:
                yield event

    async def resume(self, thread_id: str) -> list[dict[str, Any]]:
        """Finish the turn of a conversation that was cut off; see `graphs.turns.Turns.resume`."""
        return await self._turns.resume(thread_id)

    def warm(self) -> None:
        """Begin to open what the answer does not wait for. Safe to call often."""
        if self._warming is None:
            self._warming = asyncio.create_task(self._warm())
            self._warming.add_done_callback(_told)

    async def close(self) -> None:
        """End what is still warming, and let the conversations be kept."""
        if self._warming and not self._warming.done():
            self._warming.cancel()
        await self.threads.close()


def _told(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (fault := task.exception()):
        log.warning("what the answer does not wait for is not there: %s", fault)


def utc_now() -> datetime:
    """Return the time, aware."""
    return datetime.now(UTC)


def thread_of_run() -> str | None:
    """Return the conversation that the running node belongs to; None where there is none, or no graph runs."""
    try:
        return cast("str | None", get_config().get("configurable", {}).get("thread_id"))
    except RuntimeError:
        return None


def conversation_id() -> str:
    """Return the id of the conversation that the running node belongs to; a turn without one is its own."""
    return str(get_config().get("configurable", {}).get("thread_id") or uuid.uuid4().hex)


@asynccontextmanager
async def open_runtime(
    settings: Settings | None = None,
    *,
    progress: Progress | None = None,
    clock: Callable[[], datetime] = utc_now,
    sites: Iterable[CloudSite] | None = None,
    **ports: Any,
) -> AsyncIterator[Runtime]:
    """Open everything that answering needs, and close the connections at the end; services keep running.

    Nothing is started before it is first needed. `sites` replace the cloud's addresses, `ports` parts of the graph (see
    `Parts`), for tests.
    """
    settings = await with_own_ollama(settings or Settings())
    async with AsyncExitStack() as stack:
        policy, data = policy_of(settings), LiveData(settings, progress)
        stack.push_async_callback(data.close)
        pooled, purse = pooled_of(settings.routing), budgets_of(settings, data)
        stack.push_async_callback(purse.close)
        privacy = await stack.enter_async_context(
            open_privacy(settings, policy.current, data, conversation_id, sites, pooled, purse)
        )
        configure_log(settings.log_level, Redactor(privacy.scan, policy.current, "logs").text)
        traces = traces_of(settings, privacy.scan, policy.current)
        stack.push_async_callback(traces.close)
        embedder = Embedder()
        stack.push_async_callback(embedder.close)
        agent, cache = AgentMemory(milvus_of(settings), embedder), ResponseCache(valkey_of(settings))
        stack.push_async_callback(agent.close)
        knowledge = KnowledgeBase(milvus_of(settings), embedder)
        stack.push_async_callback(knowledge.close)
        stack.push_async_callback(cache.close)
        chat = await stack.enter_async_context(open_chat_models(settings, pooled=pooled))
        memory = LiveMemory(settings, data, agent, cache, policy.current)
        stack.push_async_callback(memory.close)
        models = LiveModels(
            settings, chat, privacy.endpoints, lanes=pooled.pool.snapshot, policy=policy.current, purse=purse
        )
        answers = LiveAnswers(settings, data, AnswerCache(cache, TENANT), policy.current)
        stack.push_async_callback(answers.close)
        shapes = LiveShapes(data, milvus_of(settings), TENANT)
        stack.push_async_callback(shapes.close)
        answers.tell_too(shapes.heard)
        behind = KeptBehind(settings, data, policy.current)
        stack.push_async_callback(behind.close)
        keeper = RunKeeper(memory, LiveUsage(settings, data, policy.current), answers, behind)
        phrasings = LivePhrasings(settings, data, agent, policy.current, privacy)
        told = LiveTold(data, memory, policy.current)
        parts = replace(
            _parts(settings, data, privacy, models, keeper, clock), pages=knowledge, phrasings=phrasings, teller=told
        )

        async def warm() -> None:
            await asyncio.gather(agent.warm(), privacy.warm(), answers.warm())

        runtime = Runtime(settings, replace(parts, **ports), data, warm, policy.current, traces)
        stack.push_async_callback(runtime.close)
        yield runtime


def _parts(
    settings: Settings,
    data: LiveData,
    privacy: LivePrivacy,
    models: LiveModels,
    keeper: RunKeeper,
    clock: Callable[[], datetime],
) -> Parts:
    return Parts(
        readings=data,
        coordinator=models,
        ladder=models,
        analysts=models,
        cloud=privacy,
        gate=privacy,
        labeller=privacy,
        recall=keeper.memory,
        keeper=keeper,
        clock=clock,
        fingerprint=fingerprint(settings),
        budget_s=settings.answer_budget_s,
        max_chars=settings.max_question_chars,
        answers=keeper.answers,
        compute_facts=keeper.answers.compute_facts,
    )
