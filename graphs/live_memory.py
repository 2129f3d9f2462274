"""Agent memory, response cache and ledger as the graph uses them: in time or not at all, never in the way."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from config.settings import Settings
from graphs.account import TENANT
from graphs.in_time import in_time
from graphs.live_data import LiveData
from memory.agent_memory import AgentMemory, Memory
from memory.answer_cache_flight import Flights
from memory.response_cache import CLOSED_PERIOD_TTL_S, OPEN_PERIOD_TTL_S, ResponseCache, cache_key
from models.routing import fingerprint
from models.shared_work import SharedWork
from nodes.rungs import CACHE
from nodes.state import AdvisorState
from nodes.verify import is_verified
from privacy.labels import Label
from privacy.policy import Policy
from tools.evidence import Evidence

Got = TypeVar("Got")
KEPT_FOR = timedelta(days=365)


class LiveMemory:
    """What is kept between turns, where the policy's row of the store allows its label.

    Every look and every write has its own small budget; a miss is a note.
    """

    def __init__(
        self,
        settings: Settings,
        data: LiveData,
        memory: AgentMemory,
        cache: ResponseCache,
        policy: Callable[[], Policy],
    ) -> None:
        self._settings, self._data, self._memory, self._cache = settings, data, memory, cache
        self._policy = policy
        self._flights = Flights(cache, most_s=settings.answer_budget_s)
        self._recalling = SharedWork[tuple[list[tuple[str, Label]], str | None]]()

    async def recall(self, question: str, max_label: Label) -> tuple[list[tuple[str, Label]], str | None]:
        """Return what earlier turns said of like questions, and a note where memory did not answer.

        Who asks the same at the same moment is told the same, so that a model is asked once for all of them.
        """
        return await self._recalling.of((question, max_label), lambda: self._recalled(question, max_label))

    async def _recalled(self, question: str, max_label: Label) -> tuple[list[tuple[str, Label]], str | None]:
        asked = self._memory.recall(question, tenant=TENANT, max_label=max_label)
        found, note = await self._in_time("agent memory", asked)
        return [(m.text, m.label) for m, _ in found or []], note

    async def cached(self, evidence: Sequence[Evidence], language: str, writer: str) -> tuple[str | None, str | None]:
        """Return a verified analysis of exactly these facts, and a note where the cache did not answer.

        Where another process is writing one, wait for it for half of what an answer may take.
        """
        if not self._may_be_cached(evidence):
            return None, None
        patience_s = self._settings.answer_budget_s / 2
        words = self._flights.words(self._key(evidence, language, writer), patience_s)
        return await in_time("response cache", words, patience_s + self._settings.memory_budget_s)

    async def close(self) -> None:
        """Let others write what was being written here."""
        await self._flights.close()

    async def keep(self, state: AdvisorState, run_id: str, thread_id: str | None) -> list[str]:
        """Keep run, evidence, analysis and what the turn taught; return a note for each part that was not kept."""
        parts: list[tuple[str, Awaitable[object]]] = []
        if self._may_keep("ledger", state["label"]):
            parts.append(("ledger", self._keep_run(state, run_id, thread_id)))
        if not state.get("problem"):
            if self._may_keep("agent_memory", state["label"]):
                parts.append(("agent memory", self._memory.keep(_episode(state), tenant=TENANT)))
            if self._may_be_cached(state["evidence"]):
                parts.append(("response cache", self._keep_words(state)))
        results = await asyncio.gather(*(self._in_time(name, work) for name, work in parts))
        return [note for _, note in results if note]

    async def _keep_words(self, state: AdvisorState) -> None:
        """Keep the analysis where it is worth it, and let those who wait for it go on."""
        key = self._key(state["evidence"], state["classification"]["language"], state["receipt"]["ladder"][0])
        try:
            if self._is_worth_caching(state):
                await self._cache.put(key, state["analysis"], _lifetime_s(state["evidence"]))
        finally:
            await self._flights.land(key)

    async def _keep_run(self, state: AdvisorState, run_id: str, thread_id: str | None) -> None:
        ledger = await self._data.ledger()
        problem = state.get("problem")
        await ledger.keep_run(
            run_id=run_id,
            thread_id=thread_id,
            question=str(state["question"])[: self._settings.max_question_chars],
            status=problem["status"] if problem else "answered",
            label=state["label"].name,
            receipt=dict(state["receipt"]),
            evidence=[e.as_json() for e in state["evidence"]],
        )

    def _is_worth_caching(self, state: AdvisorState) -> bool:
        """Tell whether these are a model's whole and verified words, not cached before, of facts that may be cached."""
        may = self._may_be_cached(state["evidence"]) and self._may_keep("response_cache", state["label"])
        last = state["attempts"][-1] if is_verified(state) else None
        return may and last is not None and last["endpoint"] != CACHE and not last.get("stopped")

    def _may_be_cached(self, evidence: Sequence[Evidence]) -> bool:
        """Tell whether the policy lets words on these facts be cached."""
        return bool(evidence) and self._may_keep("response_cache", max(e.label for e in evidence))

    def _may_keep(self, store: str, label: Label) -> bool:
        """Tell whether the policy lets a store keep what has a label."""
        return self._policy().rule(store, label).action == "allow"

    def _key(self, evidence: Sequence[Evidence], language: str, writer: str) -> str:
        facts = [(e.id, e.name, repr(e.value), e.unit, e.coverage, e.caveats) for e in evidence]
        label = max(e.label for e in evidence).name
        return cache_key(
            {
                "tenant": TENANT,
                "label": label,
                "facts": facts,
                "config": fingerprint(self._settings),
                "language": language,
                "writer": writer,
            }
        )

    async def _in_time(self, name: str, work: Awaitable[Got]) -> tuple[Got | None, str | None]:
        return await in_time(name, work, self._settings.memory_budget_s)


def _lifetime_s(evidence: Sequence[Evidence]) -> int:
    """Return how long an analysis is worth keeping: a closed period's facts change by correction only."""
    return CLOSED_PERIOD_TTL_S if all(e.period.end <= datetime.now(UTC) for e in evidence) else OPEN_PERIOD_TTL_S


def _episode(state: AdvisorState) -> Memory:
    """Return the turn as a memory: the question and what the facts said, under the label of the facts."""
    now = datetime.now(UTC)
    buildings = tuple(sorted({b for e in state["evidence"] for b in e.buildings}))
    text = f"Asked: {state['question']} Found: {state['headline']}"
    return Memory(
        text=text, label=state["label"], kind="episode", buildings=buildings, created_at=now, expires_at=now + KEPT_FOR
    )
