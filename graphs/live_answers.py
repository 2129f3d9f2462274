"""Whole answers as the graph recalls and keeps them: in time or not at all, and never one that is no longer right."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

from config.settings import Settings
from graphs.account import TENANT
from graphs.in_time import in_time
from graphs.live_data import LiveData
from memory.answer_cache import AHEAD_TTL_S, CLOSED_TTL_S, LIVE_TTL_S, AnswerCache
from memory.answer_cache_entry import KeptAnswer, packed, unpacked
from memory.answer_cache_key import answer_key, canonical, code_fingerprint
from memory.errors import MemoryDown
from memory.notices import Changed, Heard, listen
from memory.series_versions import data_identity, unchanged
from models.router import REPORT
from models.routing import fingerprint
from models.shared_work import SharedWork
from nodes.recall_answer import answered_before, fits, kept_facts
from nodes.retrieve_context import Computed, computed
from nodes.rungs import CACHE
from nodes.state import AdvisorState, AdvisorUpdate
from nodes.verify import is_verified
from privacy.labels import Label, join_all
from privacy.policy import Policy
from telemetry.log import log
from tools.energy_query import EnergyQuery
from tools.readings import Inventory, Readings

STORE = "response_cache"
AHEAD = frozenset({"forecast"})
COUNTED_S = 0.3
AWAY_S = 2.0  # a store that hangs costs its wait once in so long, and not at every question
AWAY = "answer cache: it did not answer a moment ago and was not asked"


class LiveAnswers:
    """Answers that were given before. Implements `nodes.recall_answer.Answers`.

    An entry is served where the typed queries are equal, the policy's row of the cache lets its label be kept, and the
    database says that none of its series has changed. The last is asked after everything else is ready.
    """

    def __init__(self, settings: Settings, data: LiveData, cache: AnswerCache, policy: Callable[[], Policy]) -> None:
        self._settings, self._data, self._cache, self._policy = settings, data, cache, policy
        self._identity: str | None = None
        self._in_force = ""
        self._away_until_s = 0.0
        self._computing = SharedWork[Computed]()
        self._behind: set[asyncio.Task[None]] = set()
        self._counts = Counter[str]()
        self._counting: asyncio.Task[None] | None = None
        self._listening: asyncio.Task[None] | None = None
        self._hears_too: Heard | None = None

    async def recall(self, state: AdvisorState) -> tuple[AdvisorUpdate, str | None]:
        """Return the turn as it was answered before, or the key under which it is to be kept; and a note."""
        found, note = await self._looked(state, at_once=False)
        if "receipt" not in found and not note:
            self._count(misses=1)
        return found, note

    async def peek(self, state: AdvisorState) -> tuple[AdvisorUpdate, str | None]:
        """Return what `recall` would where the names that were known last are still those of now.

        What is not found is not counted.
        """
        return await self._looked(state, at_once=True)

    async def _looked(self, state: AdvisorState, *, at_once: bool) -> tuple[AdvisorUpdate, str | None]:
        if not state["classification"]["queries"]:
            return {}, None
        if self._is_away():
            return {}, AWAY
        looked = self._recalled(state, at_once=at_once)
        found, note = await in_time("answer cache", looked, self._settings.memory_budget_s)
        if note:
            self._away_until_s = time.monotonic() + AWAY_S
        return found or {}, note

    async def keep(self, state: AdvisorState) -> list[str]:
        """Keep an answer that is worth it; return a note where that could not be done in time."""
        key, rests = state.get("answer_key"), state.get("rests_on")
        if state.get("problem") or not key or not rests or not is_worth_keeping(state) or self._is_away():
            return []
        answer = answer_of(state)
        if not self._may_keep(answer.most):
            self._count(refused=1)
            return []
        _, note = await in_time("answer cache", self._keep(key, answer), self._settings.memory_budget_s)
        return [note] if note else []

    async def compute_facts(self, query: EnergyQuery, readings: Readings, inventory: Inventory) -> Computed:
        """Compute the facts of a query once for all who ask it at the same moment."""
        key = (inventory.data_version, id(inventory), query.model_dump_json())
        return await self._computing.of(key, lambda: computed(query, readings, inventory))

    def behind(self, work: Coroutine[Any, Any, object]) -> None:
        """Do work that no answer waits for; what it lacks is logged."""
        task = asyncio.create_task(_quietly(work))
        self._behind.add(task)
        task.add_done_callback(self._behind.discard)

    def tell_too(self, heard: Heard) -> None:
        """Let another hear of changes over the same connection; it must not keep others waiting."""
        self._hears_too = heard

    async def warm(self) -> None:
        """Begin to hear of changes, and forget at once what rests on them."""
        if self._listening is None:
            self._listening = asyncio.create_task(listen(self._address, self._forget))

    async def close(self) -> None:
        """Hear nothing any more, and finish what is still to be written."""
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.wait([self._listening])
        if self._counting is not None and not self._counting.done():
            self._counting.cancel()
        if self._counts:
            self.behind(self._written(0.0))
        if self._behind:
            await asyncio.wait(self._behind, timeout=self._settings.memory_budget_s)

    def _is_away(self) -> bool:
        return time.monotonic() < self._away_until_s

    async def _recalled(self, state: AdvisorState, *, at_once: bool) -> AdvisorUpdate:
        policy = self._policy()
        await self._under(policy)
        inventory = self._data.names or await self._data.inventory()  # read for this question; below, it is checked
        queries = state["classification"]["queries"]
        key = await self._key(state, inventory, policy)
        kept = unpacked(await self._cache.get(key))
        if kept is None or not self._is_answer_to(kept, queries):
            return {"answer_key": key}
        update, now = _told(state, kept, inventory), inventory.data_version if at_once else None
        holds = await unchanged(await self._data.pool(), kept.series, kept.data_version, now=now)
        if update is None or not holds:
            if at_once:
                return {"answer_key": key}  # which may hold: the graph will look with the names of now
            await self._cache.remove(key)
            self._count(stale=1)
            return {"answer_key": key}
        self._count(**_saved(kept))
        return update

    def _is_answer_to(self, kept: KeptAnswer, queries: list[EnergyQuery]) -> bool:
        """Tell whether an entry answers just this: its key is a hash, and this compares what was hashed."""
        same = list(kept.asked) == [canonical(query) for query in queries]
        return same and fits(kept, queries) and self._may_keep(kept.most)

    async def _key(self, state: AdvisorState, inventory: Inventory, policy: Policy) -> str:
        if self._identity is None:
            await asyncio.to_thread(code_fingerprint)  # reads the names of files, once
            self._identity = await data_identity(await self._data.pool())
        return answer_key(
            state["classification"]["queries"],
            inventory,
            tenant=TENANT,
            label=state["label"],
            data=self._identity,
            config=fingerprint(self._settings),
            policy=policy.hash,
            writer=state["receipt"]["ladder"][0],
            language=state["classification"]["language"],
        )

    async def _keep(self, key: str, answer: KeptAnswer) -> None:
        entry = await asyncio.to_thread(packed, answer)
        came = await self._cache.put(
            key, entry, ttl_s=lifetime_s(answer), series=answer.series, policy=self._policy().hash
        )
        self._count(**{came: 1})

    def _may_keep(self, label: Label) -> bool:
        return self._policy().rule(STORE, label).action == "allow"

    def _count(self, **figures: int) -> None:
        """Count, and write it down a little later with what is counted meanwhile."""
        self._counts.update(figures)
        if self._counting is None or self._counting.done():
            self._counting = asyncio.create_task(_quietly(self._written()))

    async def _written(self, after_s: float = COUNTED_S) -> None:
        await asyncio.sleep(after_s)
        counts, self._counts = self._counts, Counter()
        await self._cache.count(counts)

    async def _under(self, policy: Policy) -> None:
        """Where the policy is another than before, forget what was kept under that one."""
        if policy.hash != self._in_force:
            self._in_force = policy.hash
            if gone := await self._cache.in_force(policy.hash):
                self._count(dropped=gone)

    async def _forget(self, changed: Changed) -> None:
        if self._hears_too is not None:
            await self._hears_too(changed)
        if gone := await self._cache.forget_series(changed.series):
            self._count(dropped=gone)

    async def _address(self) -> str:
        return await self._data.address()


def _told(state: AdvisorState, kept: KeptAnswer, inventory: Inventory) -> AdvisorUpdate | None:
    """Return the turn as it was answered before; None where what is kept is not what it says it is."""
    try:
        return answered_before(state, kept, inventory)
    except Exception as fault:  # noqa: BLE001 - an entry came from another process; whatever is wrong with it, compute
        log.warning("answer cache: an entry could not be told (%s)", type(fault).__name__)
        return None


def is_worth_keeping(state: AdvisorState) -> bool:
    """Tell whether the answer is whole: verified words brought to their end, or a report that no model was to better.

    The report of a turn whose models failed is none: they may be back.
    """
    if is_verified(state):
        return not state["attempts"][-1].get("stopped") and not state["receipt"].get("cached")
    return state["receipt"]["ladder"][0] == REPORT


def answer_of(state: AdvisorState) -> KeptAnswer:
    """Return a finished turn as it is kept."""
    rests, usage, charts = state["rests_on"], state["usage"], state["charts"]
    assert rests is not None
    return KeptAnswer.model_construct(
        asked=tuple(canonical(query) for query in state["classification"]["queries"]),
        facts=kept_facts(state),
        analysis=tuple(state["draft"]),
        by=_author(state),
        label=state["label"],
        most=join_all([state["label"], *(chart.label for chart in charts)]),
        data_version=rests["data_version"],
        series=tuple(rests["series"]),
        made_at=datetime.now(UTC),
        took_s=time.time() - state["asked_at"],
        tokens_in=usage["tokens_in"],
        tokens_out=usage["tokens_out"],
        cost_usd=usage["cost"],
    )


def _author(state: AdvisorState) -> str:
    """Return who wrote the analysis, also where its words came from the cache."""
    last = state["attempts"][-1]["endpoint"] if is_verified(state) else REPORT
    return state["receipt"]["ladder"][0] if last == CACHE else last


def lifetime_s(answer: KeptAnswer) -> int:
    """Return how long an answer may be kept, by what was asked."""
    queries = [part.query for part in answer.facts]
    if any(query.statistic in AHEAD for query in queries):
        return AHEAD_TTL_S
    now = datetime.now(UTC)
    day_behind = now.replace(tzinfo=None) - timedelta(days=1)  # over in every time zone
    asked = all(query.period is None or query.period.end <= day_behind for query in queries)
    told = all(e.period.end <= now for part in answer.facts for e in part.evidence)
    return CLOSED_TTL_S if asked and told else LIVE_TTL_S


def _saved(kept: KeptAnswer) -> dict[str, int]:
    return {
        "hits": 1,
        "saved_ms": round(1000 * kept.took_s),
        "saved_tokens_in": kept.tokens_in,
        "saved_tokens_out": kept.tokens_out,
        "saved_microdollars": round(1e6 * kept.cost_usd),
    }


async def _quietly(work: Coroutine[Any, Any, object]) -> None:
    try:
        await work
    except MemoryDown as fault:
        log.info("answer cache: %s", fault)
