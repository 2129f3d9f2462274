"""Agent memory: what was worth keeping of past turns, what people told, and how a phrasing was read.

All of it lies in one LangGraph store on Milvus (`memory.milvus_store`), a namespace for each kind.
What is remembered stays data: nothing in a text, a tenant's name or an id is ever read as part of a request.
"""

import asyncio
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from functools import cached_property, partial
from typing import TYPE_CHECKING, Literal

from langgraph.store.base import GetOp, IndexConfig, Item, Op, PutOp, Result, SearchItem, SearchOp

from memory.agent_memory_items import (
    BY_MEANING,
    FOUND_BY_MEANING,
    KINDS,
    Kind,
    Memory,
    as_value,
    cleaned,
    memory_of,
    merged,
    minutes_left,
    namespace_of,
)
from memory.daemon_thread import in_daemon_thread
from memory.milvus import Address
from models.embedding import DIMENSIONS, Embeds
from privacy.labels import Label

if TYPE_CHECKING:
    from memory.milvus_store import MilvusStore

__all__ = ["AgentMemory", "Kind", "Memory"]

NAME = "agent"
FORMER = "agent_memory"
"""The collection of a version before, which had no way to be looked through; it is removed."""
MIN_COSINE = 0.85
"""Less than this is another subject. Measured with the model of `models.embedding`: other words for the same question
score 0.86 to 0.94, questions about something else up to 0.83. A look-alike (another building, another year) scores up
to 0.87: a memory is a hint about the subject and never the answer."""
WRITTEN_AGAIN_AFTER = timedelta(days=1)
"""The same found again is written only then: a vector costs more than all the rest, and its time need not be exact."""
MOST_LISTED = 100_000


class AgentMemory:
    """What is remembered of one tenant. Every call raises `MemoryDown` where Milvus or the embedder does not answer.

    The first call connects, which takes seconds where Milvus has to be started: call `warm` early and in the
    background. Callers set their own time limit; one that gives up gets away at once.
    """

    def __init__(self, address: Address, embedder: Embeds, *, tenant: str = "local") -> None:
        """`address` returns the URI of Milvus; it is asked again after each fault. See `memory.milvus.milvus_of`."""
        self._address, self._embedder, self._tenant = address, embedder, tenant
        self._turn = asyncio.Lock()
        self.is_open = False
        """Whether Milvus has answered; before, a call may take as long as its start."""

    @cached_property
    def _store(self) -> "MilvusStore":
        """Open nothing yet; what it takes is imported only here, when the facts of a first answer have been shown."""
        from memory.milvus_store import MilvusStore
        from memory.store.embedder import RoleEmbeddings

        index = IndexConfig(dims=DIMENSIONS, embed=RoleEmbeddings(self._embedder), fields=["text"])
        return MilvusStore(self._address, index=index, tenant=self._tenant, name=NAME)

    @cached_property
    def _seen_by(self) -> "dict[Label, MilvusStore]":
        return {label: self._store.up_to(label) for label in Label}

    async def warm(self) -> None:
        """Connect, make the collections where they are not there, forget what has expired, load the embedder."""
        await in_daemon_thread(partial(self._store.drop_collection, FORMER))
        await self.recall("electricity", limit=1)

    async def recall(
        self, question: str, *, limit: int = 3, max_label: Label = Label.RESTRICTED
    ) -> list[tuple[Memory, float]]:
        """Return what is remembered about the subject of a question, with its cosine, best first.

        Only what has not expired, is labelled at most `max_label`, and is as near as `MIN_COSINE`.
        """
        if not question.strip():
            return []
        hits = await self._seen_by[max_label].asearch(BY_MEANING, query=question, limit=limit, refresh_ttl=False)
        self.is_open = True
        return [(memory_of(hit.key, hit.value), hit.score) for hit in hits if hit.score and hit.score >= MIN_COSINE]

    async def keep(self, memory: Memory) -> str:
        """Keep a memory and return its id; what is remembered about the same is merged with it, see `merged`.

        One that has expired already is not kept, and what was there about the same is forgotten.
        """
        new = cleaned(memory)
        namespace = namespace_of(new.kind)
        async with self._turn:
            now = datetime.now(UTC)
            if not new.lives_at(now):
                await self._store.adelete(namespace, new.id)
                return new.id
            before = await self._store.aget(namespace, new.id, refresh_ttl=False)
            kept = merged(new, memory_of(before.key, before.value) if before else None)
            if before is None or not _is_same(kept, memory_of(before.key, before.value)):
                indexed: Literal[False] | None = None if new.kind in FOUND_BY_MEANING else False
                await self._store.aput(namespace, new.id, as_value(kept), indexed, ttl=minutes_left(kept, now))
        return new.id

    async def get(self, kind: Kind, key: str, *, max_label: Label = Label.RESTRICTED) -> Memory | None:
        """Return the memory with an id, None where there is none that may be seen."""
        item = await self._seen_by[max_label].aget(namespace_of(kind), key, refresh_ttl=False)
        return memory_of(item.key, item.value) if item else None

    async def listed(self, kinds: Collection[Kind] = KINDS, *, building: str | None = None) -> list[Memory]:
        """Return all that is remembered, or what is about a building; what was written last comes first in its kind."""
        found = await self._store.abatch([_all_of(kind) for kind in kinds])
        all_ = [memory_of(hit.key, hit.value) for hits in found for hit in _hits(hits)]
        return [memory for memory in all_ if building is None or building in memory.buildings]

    async def forget(self, ids: Collection[str], kinds: Collection[Kind] = KINDS) -> list[Memory]:
        """Forget what has these ids, and return what that was; ids that are not there are no error.

        When this returns, the vectors of what was forgotten are gone too, or go when Milvus answers the next time.
        """
        places = [(namespace_of(kind), key) for key in dict.fromkeys(ids) for kind in kinds]
        async with self._turn:
            items = await self._store.abatch([GetOp(*place, refresh_ttl=False) for place in places])
            there = [item for item in items if isinstance(item, Item)]
            puts: list[Op] = [PutOp(item.namespace, item.key, None) for item in there]
            if puts:
                await self._store.abatch(puts)
        await in_daemon_thread(self._store.settle)
        return [memory_of(item.key, item.value) for item in there]

    async def close(self) -> None:
        """Disconnect; Milvus itself keeps running, and the embedder is its owner's to close."""
        await in_daemon_thread(self._store.close)


def _all_of(kind: Kind) -> SearchOp:
    return SearchOp(namespace_of(kind), limit=MOST_LISTED, refresh_ttl=False)


def _hits(found: Result) -> list[SearchItem]:
    return [hit for hit in found if isinstance(hit, SearchItem)] if isinstance(found, list) else []


def _is_same(new: Memory, before: Memory) -> bool:
    """Tell whether writing would change nothing but the times, and those by less than `WRITTEN_AGAIN_AFTER`."""
    moved = [new.created_at - before.created_at]
    if new.expires_at and before.expires_at:
        moved.append(abs(new.expires_at - before.expires_at))
    elif new.expires_at or before.expires_at:
        return False
    times = {"created_at": None, "expires_at": None}
    return max(moved) < WRITTEN_AGAIN_AFTER and as_value(new) | times == as_value(before) | times
