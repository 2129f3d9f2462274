"""The live parts of one process, opened together: `async with open_runtime(settings) as runtime`."""

import asyncio
import time
import uuid
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine, Iterable
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, cast

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.config import get_config

from config.settings import Settings, Strategy
from graphs.account import TENANT
from graphs.advisor import Advisor, build
from graphs.answer_json import answer_json, fault_json
from graphs.at_once import AtOnce, LastNames
from graphs.checkpoints import PolicedSaver
from graphs.kept_behind import KeptBehind
from graphs.live_answers import LiveAnswers
from graphs.live_data import LiveData, Progress
from graphs.live_memory import LiveMemory
from graphs.live_models import LiveModels
from graphs.live_privacy import LivePrivacy
from graphs.live_usage import LiveUsage
from graphs.money import budgets_of
from graphs.parts import Parts
from graphs.privacy_parts import open_privacy, policy_of, traces_of
from graphs.routed import routed
from graphs.tracing import Traces, traced
from memory.agent_memory import AgentMemory
from memory.answer_cache import AnswerCache
from memory.knowledge import KnowledgeBase
from memory.milvus import milvus_of
from memory.response_cache import ResponseCache, valkey_of
from models import open_chat_models
from models.asked import asked_now
from models.cloud_sites import CloudSite
from models.embedding import Embedder
from models.hosts.own import with_own_ollama
from models.pooled import pooled_of
from models.routing import fingerprint
from nodes.state import AdvisorState, Answer, Context, Question
from privacy.labels import Label
from privacy.policy import Policy
from privacy.redaction import Redactor
from telemetry.log import configure_log, log
from tools.chart import Chart, Series
from tools.energy_query import Change, EnergyQuery, Period, Terms
from tools.evidence import Evidence, Span

GRACE_S = 5.0
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

        A turn that was answered from the cache is given at once, and written down behind it.
        """
        if state["receipt"].get("cached"):
            self.behind.add(state, thread_of_run())
            return []
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
        self._warm, self._traces = warm, traces
        self._once: Advisor = build(parts)
        self._at_once = AtOnce(parts, policy, LastNames(data) if parts.readings is data else None)
        remembered = PolicedSaver(policy, serde=SERDE)
        self._threads: Advisor = build(parts, checkpointer=remembered)
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

        Where nobody is `told` on the way, an answer that is there already comes alone.
        """
        thread, started = thread_id or uuid.uuid4().hex, time.perf_counter()
        state: Answer | None = None
        extra: dict[str, float] = {}
        try:
            async with asyncio.timeout(self.settings.answer_budget_s + GRACE_S):
                if thread_id is None and (known := await self._at_once.answer(question, told=told)):
                    extra["headline"] = _ms_since(started)
                    for event in known[1]:
                        yield event
                    extra["total"] = _ms_since(started)
                    yield {"event": "answer", "answer": answer_json(cast(Answer, known[0]), thread, extra)}
                    return
                async with aclosing(self._run(question, thread_id)) as steps:
                    async for mode, chunk in steps:
                        if mode == "values":
                            state = cast(Answer, chunk)
                            continue
                        if chunk["event"] == "facts":
                            extra["headline"] = _ms_since(started)
                            self.warm()  # not before: it would cost the headline its processor
                        yield chunk
        except TimeoutError:
            log.error("the answer took longer than its budget")
            reason = (
                f"the answer took longer than {self.settings.answer_budget_s:g} s; `eaio doctor` finds what is slow"
            )
            yield {"event": "answer", "answer": fault_json(question, reason, thread)}
            return
        assert state is not None, "a graph that ends has a state"
        extra["total"] = _ms_since(started)
        yield {"event": "answer", "answer": answer_json(state, thread, extra)}

    async def _run(self, question: str, thread_id: str | None) -> AsyncGenerator[Any, None]:
        """Run the graph; without `tracing` asked for, no trace leaves, whatever the environment says."""
        graph = self._threads if thread_id else self._once
        config: RunnableConfig | None = {"configurable": {"thread_id": thread_id}} if thread_id else None
        asked: Question = {"question": question}
        with asked_now(), traced(self.settings.tracing, self._traces.client):
            async for step in graph.astream(
                asked, config=config, context=Context(thread_id or ""), stream_mode=["custom", "values"]
            ):
                yield step

    def warm(self) -> None:
        """Begin to open what the answer does not wait for. Safe to call often."""
        if self._warming is None:
            self._warming = asyncio.create_task(self._warm())
            self._warming.add_done_callback(_told)

    async def close(self) -> None:
        """End what is still warming."""
        if self._warming and not self._warming.done():
            self._warming.cancel()


def _told(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (fault := task.exception()):
        log.warning("what the answer does not wait for is not there: %s", fault)


def _ms_since(started: float) -> float:
    return round(1000 * (time.perf_counter() - started), 3)


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
        behind = KeptBehind(settings, data, policy.current)
        stack.push_async_callback(behind.close)
        keeper = RunKeeper(memory, LiveUsage(settings, data, policy.current), answers, behind)
        parts = replace(_parts(settings, data, privacy, models, keeper, clock), pages=knowledge)

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
