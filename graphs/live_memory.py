"""Agent memory, response cache and ledger as the graph uses them: in time or not at all, never in the way."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from config.settings import Settings
from graphs.account import TENANT
from graphs.in_time import in_time
from graphs.live_data import LiveData
from memory.agent_memory import AgentMemory, Memory
from memory.answer_cache_flight import Flights
from memory.answer_cache_key import canonical
from memory.response_cache import CLOSED_PERIOD_TTL_S, OPEN_PERIOD_TTL_S, ResponseCache, cache_key
from memory.series_versions import unchanged
from memory.told import list_told
from models.routing import fingerprint
from models.shared_work import SharedWork
from models.usage import estimate_tokens
from nodes.rungs import CACHE
from nodes.state import AdvisorState
from nodes.verify import is_verified
from privacy.labels import Label
from privacy.policy import Policy
from tools.evidence import Evidence

Got = TypeVar("Got")
KEPT_FOR = timedelta(days=365)
PART = "agent memory"
LOOKED_AT = 8
"""So many are looked at for those that fit: some may be of data that have changed."""


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
        found, note = await self._in_time(PART, self._still_true(question, max_label))
        if found is None:
            return [], note
        near, dropped = found
        texts = [(m.text, m.label) for m in fitting(near, self._settings.memory_tokens)]
        return texts, f"{PART}: {dropped} left out, for it holds no longer" if dropped else None

    async def _still_true(self, question: str, max_label: Label) -> tuple[list[tuple[Memory, float]], int]:
        """Return what is remembered of a question and holds now, and how much does so no longer."""
        found = await self._memory.recall(question, limit=LOOKED_AT, max_label=max_label)
        near = [(memory, cosine) for memory, cosine in found if await self._holds(memory)]
        return near, len(found) - len(near)

    async def _holds(self, memory: Memory) -> bool:
        """Tell whether what a finding was computed from is as it was then, or what was told is told still.

        PostgreSQL decides both: a text that was to be forgotten while Milvus was away is not told again.
        """
        if memory.kind == "fact":
            rows = await list_told(await self._data.pool(), tenant=TENANT, building=memory.buildings[0])
            today = datetime.now(UTC).date()
            return any(r.fact.id == memory.key and r.holds(today) for r in rows)
        series = memory.details.get("series")
        if not series or memory.details.get("data") != await self._data.identity():
            return False
        return await unchanged(await self._data.pool(), series, memory.version)

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
            if self._may_keep("agent_memory", state["label"]) and is_worth_remembering(state):
                parts.append((PART, self._keep_episode(state)))
            if state["receipt"]["ladder"] and self._may_be_cached(state["evidence"]):
                parts.append(("response cache", self._keep_words(state)))
        results = await asyncio.gather(*(self._in_time(name, work) for name, work in parts))
        return [note for _, note in results if note]

    async def remember_fact(
        self, fact_id: str, text: str, label: Label, buildings: Collection[str], end: date | None = None
    ) -> str | None:
        """Let the text of a fact that was told be found by its meaning; return a note where it was not kept.

        The same id again replaces text, buildings and end, and its label can only rise. Never raises.
        """
        if not self._may_keep("agent_memory", label):
            return None
        return (await self._in_time(PART, self._memory.keep(told(fact_id, text, label, buildings, end))))[1]

    async def forget_fact(self, ids: Collection[str]) -> str | None:
        """Forget the texts of facts by the ids they were told under; return a note where they are still there."""
        return (await self._in_time(PART, self._memory.forget(ids, ["fact"])))[1]

    async def _keep_episode(self, state: AdvisorState) -> None:
        await self._memory.keep(episode(state, await self._data.identity()))

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


def told(fact_id: str, text: str, label: Label, buildings: Collection[str], end: date | None = None) -> Memory:
    """Return the words of a told fact, which holds until a day, as a memory; the typed fact lies in PostgreSQL."""
    ends = None if end is None else datetime.combine(end, time.min, UTC)
    return Memory(text, label, "fact", tuple(buildings), datetime.now(UTC), ends, id=fact_id, source="told")


def is_worth_remembering(state: AdvisorState) -> bool:
    """Tell whether a turn found something by computing.

    A page that was cited can be read again, and what was told is kept as that: a finding of it would outlive it.
    """
    asked = state["classification"]["intent"] == "ask" and state["classification"]["queries"]
    return bool(state["evidence"] and state.get("rests_on") and asked)


def episode(state: AdvisorState, data: str) -> Memory:
    """Return the turn as a memory of what was found, under the label of the run.

    It is about the typed queries, so the same question in other words, or asked of newer data, takes its place. `data`
    says of which database it is.
    """
    now, rests = datetime.now(UTC), state["rests_on"]
    assert rests is not None
    asked = json.dumps([canonical(query) for query in state["classification"]["queries"]], sort_keys=True)
    return Memory(
        text=f"Asked: {state['question']} Found: {state['headline']}",
        label=state["label"],
        kind="episode",
        buildings=tuple(sorted({b for e in state["evidence"] for b in e.buildings})),
        created_at=now,
        expires_at=now + KEPT_FOR,
        about=asked,
        source="computed",
        confidence=min((e.coverage for e in state["evidence"]), default=1.0),
        version=rests["data_version"],
        details={"series": rests["series"], "data": data, "run": state["question_id"]},
    )


def fitting(found: Sequence[tuple[Memory, float]], most_tokens: int) -> list[Memory]:
    """Return what has room in so many tokens, whole texts only: the nearest first, of those as near the newest."""
    ranked = sorted(found, key=lambda pair: (round(pair[1], 2), pair[0].created_at), reverse=True)
    left, taken = most_tokens, []
    for memory, _ in ranked:
        if (tokens := estimate_tokens(memory.text)) <= left:
            taken.append(memory)
            left -= tokens
    return taken
