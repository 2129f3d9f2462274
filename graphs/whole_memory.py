"""All that is remembered, in every store, looked through and forgotten: what `eaio memory` does."""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from config.settings import Settings
from graphs.account import TENANT, asker
from graphs.live_data import LiveData, Progress
from graphs.live_memory import told
from graphs.privacy_parts import policy_of
from graphs.remembered import Gone, Remembered, is_about, of_forgotten, of_memory, of_row
from graphs.runtime import SERDE
from memory.agent_memory import AgentMemory
from memory.agent_memory_items import KINDS, Kind
from memory.answer_cache import AnswerCache
from memory.conversations import Conversations
from memory.errors import MemoryDown
from memory.ledger_forget import count_runs, forget_runs
from memory.milvus import milvus_of
from memory.response_cache import ResponseCache, valkey_of
from memory.shapes import ShapeIndex
from memory.told import Forgotten, forget_told, list_told
from models.embedding import Embedder
from privacy.policy import Policy
from tools.readings import Inventory

PATIENCE_S = 10.0
"""For one request to the conversations: nobody waits for an answer here, and forgetting should be whole."""


class WholeMemory:
    """What is remembered of the buildings of this installation. Raises `DataUnavailable` and `MemoryDown`."""

    def __init__(
        self,
        data: LiveData,
        agent: AgentMemory,
        shapes: ShapeIndex,
        answers: AnswerCache,
        conversations: Conversations,
        policy: Callable[[], Policy],
    ) -> None:
        self._policy = policy
        self._data, self._agent, self._shapes = data, agent, shapes
        self._answers, self._conversations = answers, conversations

    async def listed(self, kinds: Collection[Kind] = KINDS, building: str | None = None) -> list[Remembered]:
        """Return what is remembered, or what is of a building, facts first and the newest of each kind first.

        Facts are those of PostgreSQL, which are what figures rest on.
        """
        found: list[Remembered] = []
        if "fact" in kinds:
            rows = await list_told(await self._data.pool(), tenant=TENANT, building=building)
            found = [of_row(row) for row in reversed(rows)]
        others = [kind for kind in KINDS if kind in kinds and kind != "fact"]
        return found + [of_memory(one) for one in await self._agent.listed(others, building=building)]

    async def found(self, words: str, *, limit: int = 10) -> list[Remembered]:
        """Return what is remembered about the subject of some words, the nearest first."""
        rows = {row.fact.id: row for row in await list_told(await self._data.pool(), tenant=TENANT)}
        near = await self._agent.recall(words, limit=limit)
        return [of_row(rows[m.key], cosine) if m.key in rows else of_memory(m, cosine) for m, cosine in near]

    async def inventory(self) -> Inventory:
        """Return the names that are known now."""
        return await self._data.inventory()

    async def conversations(self) -> int:
        """Return how many conversations are kept."""
        return len(await self._conversations.kept())

    async def forget(self, ids: Collection[str]) -> Gone:
        """Forget what has these ids; a told fact with its effect on the building."""
        gone = Gone()
        pool = await self._data.pool()
        self._told(gone, await forget_told(pool, ids, who=asker(), tenant=TENANT))
        await self._at(gone, self._agent_forgets(gone, ids))
        await self._at(gone, self._texts_return(gone))
        return gone

    async def forget_all(
        self, kinds: Collection[Kind] = KINDS, building: str | None = None, *, ledger: bool = False
    ) -> Gone:
        """Forget all that is remembered, or all that is of a building.

        With all kinds the conversations go too (those about the building), every kept answer, and the load shapes of
        the building; of all buildings shapes stay, since they are of the readings and nobody said them. With `ledger`
        the runs go that named or showed the building, or all of them.
        """
        gone, pool = Gone(), await self._data.pool()
        rows = await list_told(pool, tenant=TENANT, building=building) if "fact" in kinds else []
        self._told(gone, await forget_told(pool, [row.fact.id for row in rows], who=asker(), tenant=TENANT))
        await self._at(gone, self._agent_forgets_all(gone, kinds, building))
        if set(kinds) == set(KINDS):
            await self._at(gone, self._talk_ends(gone, building))
            await self._at(gone, self._answers_go(gone))
            if building is not None:
                await self._at(gone, self._shapes_go(gone, building))
            gone.runs = await forget_runs(pool, building) if ledger else 0
            gone.runs_kept = await count_runs(pool, building)
        return gone

    def _told(self, gone: Gone, forgotten: Sequence[Forgotten]) -> None:
        gone.remembered += [of_forgotten(one) for one in forgotten]
        gone.effects += [one.effect for one in forgotten if one.effect]

    async def _agent_forgets(self, gone: Gone, ids: Collection[str]) -> None:
        told = {one.id for one in gone.remembered}
        for memory in await self._agent.forget([*ids, *told]):
            if memory.key not in told:
                gone.remembered.append(of_memory(memory))

    async def _texts_return(self, gone: Gone) -> None:
        """Let the words be found again of what holds again, since what had superseded it is forgotten."""
        today, policy = datetime.now(UTC).date(), self._policy()
        for building in {b for one in gone.remembered if one.kind == "fact" for b in one.buildings}:
            for row in await list_told(await self._data.pool(), tenant=TENANT, building=building):
                fact = row.fact
                may = policy.rule("agent_memory", fact.label).action == "allow"
                if may and row.holds(today):
                    await self._agent.keep(told(fact.id, fact.text, fact.label, (building,), fact.end))

    async def _agent_forgets_all(self, gone: Gone, kinds: Collection[Kind], building: str | None) -> None:
        await self._agent_forgets(gone, [one.key for one in await self._agent.listed(kinds, building=building)])

    async def _talk_ends(self, gone: Gone, building: str | None) -> None:
        for kept in await self._conversations.kept():
            if building is None or await self._is_about(kept.thread, building):
                await self._conversations.forget(kept.thread)
                gone.conversations += 1

    async def _is_about(self, thread: str, building: str) -> bool:
        """Tell whether the newest state of a conversation names a building or has facts of it."""
        place: Any = {"configurable": {"thread_id": thread, "checkpoint_ns": ""}}
        kept = await self._conversations.call(lambda saver: saver.aget_tuple(place))
        return kept is not None and is_about(kept.checkpoint["channel_values"], building)

    async def _answers_go(self, gone: Gone) -> None:
        """Drop every kept answer: the words of an analysis are not kept by building."""
        gone.answers = await self._answers.clear()

    async def _shapes_go(self, gone: Gone, building: str) -> None:
        await self._shapes.forget(building)
        gone.shapes.append(building)

    async def _at(self, gone: Gone, work: Awaitable[None]) -> None:
        """Do what one store has to forget; one that does not answer keeps no other from forgetting."""
        try:
            await work
        except MemoryDown as fault:
            gone.left.append(str(fault))


@asynccontextmanager
async def open_whole_memory(settings: Settings, progress: Progress | None = None) -> AsyncIterator[WholeMemory]:
    """Open every store that remembers; each connects when it is first asked."""
    async with AsyncExitStack() as stack:
        data, embedder = LiveData(settings, progress), Embedder()
        stack.push_async_callback(data.close)
        stack.push_async_callback(embedder.close)
        agent = AgentMemory(milvus_of(settings), embedder, tenant=TENANT)
        shapes = ShapeIndex(milvus_of(settings), data, tenant=TENANT)
        store = ResponseCache(valkey_of(settings))
        talk = Conversations(data.address, days=settings.conversation_days, budget_s=PATIENCE_S, serde=SERDE)
        closers: list[Callable[[], Awaitable[None]]] = [agent.close, shapes.close, store.close, talk.close]
        for close in closers:
            stack.push_async_callback(close)
        yield WholeMemory(data, agent, shapes, AnswerCache(store, TENANT), talk, policy_of(settings).current)
