"""LangGraph's long-term store on Milvus, embedded or a cluster: `BaseStore` with a tenant and a label on every row.

What is put stays data: no namespace, key, value or tenant is ever read as part of a request.
"""

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import replace
from functools import partial
from secrets import token_hex
from threading import Lock
from time import time_ns
from typing import TYPE_CHECKING, Any, Literal

from langgraph.store.base import BaseStore, IndexConfig, Op, Result, TTLConfig

from memory.daemon_thread import in_daemon_thread
from memory.milvus import OPEN_TIMEOUT_S, Address
from memory.store.body import label_in
from memory.store.collections import is_lite, open_items, open_vectors
from memory.store.connection import Connection
from memory.store.index import Index, Vector
from memory.store.plan import Plan, planned
from memory.store.reads import Question, Reads, Seen
from memory.store.scope import Scope
from memory.store.upkeep import Upkeep
from memory.store.writes import Indexed, write_heads, write_unnamed
from privacy.labels import Label

if TYPE_CHECKING:
    from pymilvus import MilvusClient  # type: ignore[import-untyped]

Consistency = Literal["Strong", "Session", "Bounded", "Eventually"]
Made = Mapping[str, Vector]
"""Vectors by their texts."""


class MilvusStore(BaseStore):
    """Items by namespace and key, found by meaning, filter or place; sync and async, from any thread.

    It differs from `InMemoryStore` in what it adds: an item is returned to its tenant only, up to `max_label`, and
    until it has expired; `created_at` stays when a key is written over, and its label can only rise as long as it
    lives; a search without a question returns what was written last first.

    Calls raise `MemoryDown` where Milvus does not answer, and those of `memory.store.errors`. The first one connects,
    which takes seconds where Milvus has to be started. Whoever gives up on an async call gets away at once; a put may
    then still happen, whole.
    """

    supports_ttl = True

    def __init__(
        self,
        address: Address,
        *,
        index: IndexConfig | None = None,
        embedder: str | None = None,
        former: tuple[IndexConfig, str | None] | None = None,
        ttl: TTLConfig | None = None,
        tenant: str = "local",
        max_label: Label = Label.RESTRICTED,
        label_of: Callable[[Mapping[str, Any]], Label] = label_in,
        name: str = "store",
        consistency: Consistency = "Session",
    ) -> None:
        """Open nothing yet.

        `address` returns the URI of Milvus; it is asked again after each fault. See `memory.milvus.milvus_of`.
        `index` is LangGraph's; `embedder` names its model and version. With another one, or other dimensions or fields,
        all items of the tenant are indexed anew in the background. Meanwhile `former`, the index and name of before,
        answers searches; without it, items not yet indexed anew come after the others, unscored. None is ever missing.
        `label_of` tells the label of a value: by itself that is its field `label`, RESTRICTED where it tells none.
        `name` begins the names of the collections: letters, digits and `_`; one embedder for one name.
        `consistency` is Milvus's level for reads; a cluster with several writers that must see each other needs Strong.
        """
        self.index_config = None if index is None else index.copy()
        self._index = None if index is None else Index(index, embedder)
        self.embeddings = None if self._index is None else self._index.embeddings
        self._former = None if former is None or self._index is None else _other(Index(*former), self._index)
        self.ttl_config = ttl
        self._label_of, self._id = label_of, token_hex(8)
        self._scope = Scope(name, tenant, max_label, consistency)
        self._connection = Connection(address, self._prepare)
        self._writing = Lock()
        self._upkeep = Upkeep(self._connection, self._scope, self._index, self._writing)

    def batch(self, ops: Iterable[Op]) -> list[Result]:
        """Do all operations, reads first; nothing is written where one of them cannot be."""
        plan = planned(ops, self._scope.tenant, self._label_of)
        indexes = self._indexes(plan)
        made = [index.passages(_texts(plan, index)) for index in indexes]
        answering = self._answering(indexes) if plan.questions() else None
        asked = answering.queries(plan.questions()) if answering else {}
        return self._run(plan, _indexed(plan, indexes, made), answering, asked)

    async def abatch(self, ops: Iterable[Op]) -> list[Result]:
        """Do the same; the embedder is asked in this event loop, Milvus in a thread."""
        plan = planned(ops, self._scope.tenant, self._label_of)
        indexes = await in_daemon_thread(partial(self._indexes, plan)) if self._former else self._indexes(plan)
        made = [await index.apassages(_texts(plan, index)) for index in indexes]
        answering = self._answering(indexes) if plan.questions() else None
        asked = await answering.aqueries(plan.questions()) if answering else {}
        return await in_daemon_thread(partial(self._run, plan, _indexed(plan, indexes, made), answering, asked))

    def up_to(self, max_label: Label) -> "MilvusStore":
        """Return this store as it is for whoever may see up to a label; connection and upkeep stay shared."""
        view = copy(self)
        view._scope = replace(self._scope, max_label=min(max_label, self._scope.max_label))  # noqa: SLF001 - its own
        return view

    def drop_collection(self, name: str) -> None:
        """Remove a collection of another version, with all that is in it, whoever's that is; none is no error."""

        def drop(client: "MilvusClient") -> None:
            if client.has_collection(name, timeout=OPEN_TIMEOUT_S):
                client.drop_collection(name, timeout=OPEN_TIMEOUT_S)

        self._connection.call(drop)

    def sweep_ttl(self) -> int:
        """Delete what has expired and return how many items that were; also done when a process begins."""
        return self._upkeep.sweep(_now_us())

    def reindex(self) -> int:
        """Index what is not yet, and return how many items that were; also done when a process begins."""
        return 0 if self._index is None else self._upkeep.reindex()

    def settle(self, timeout_s: float = 10.0) -> bool:
        """Wait for what goes on in the background; tell whether that came to its end."""
        return self._upkeep.background.settle(timeout_s)

    def close(self) -> None:
        """Disconnect; what the background has not begun is left for the next process, and Milvus keeps running."""
        self._upkeep.background.drop()
        self._connection.close()

    def _prepare(self, client: "MilvusClient") -> None:
        open_items(client, self._scope)
        for index in filter(None, (self._index, self._former)):
            open_vectors(client, self._scope, index.fingerprint, index.dims)
        self._upkeep.flushes = is_lite(client)
        self._upkeep.look_after(_now_us())

    def _indexes(self, plan: Plan) -> list[Index]:
        """Return the indexes to write to, this one first; the former too while it answers searches."""
        if self._index is None:
            return []
        needs = self._former is not None and (plan.puts or plan.questions())
        return [self._index, self._former] if self._former and needs and self._upkeep.has_pending() else [self._index]

    def _answering(self, indexes: list[Index]) -> Index | None:
        return indexes[-1] if indexes else None

    def _run(self, plan: Plan, indexed: list[Indexed], answering: Index | None, asked: Made) -> list[Result]:
        results: list[Result] = [None] * plan.count
        now_us = _now_us()
        if plan.gets or plan.searches or plan.listings:
            seen, read = self._connection.call(partial(self._read, plan, answering, asked, now_us))
            for place, result in read.items():
                results[place] = result
            self._upkeep.refresh(seen.returned, now_us)
            if answering is not None:
                self._upkeep.clear_orphans(self._scope.vectors(answering.fingerprint), seen.orphans, now_us)
        if plan.puts:
            self._write(plan, indexed, now_us)
        return results

    def _read(
        self, plan: Plan, answering: Index | None, asked: Made, now_us: int, client: "MilvusClient"
    ) -> tuple[Seen, dict[int, Result]]:
        seen = Seen()
        reads = Reads(client, self._scope, now_us, seen)
        results: dict[int, Result] = {}
        gotten = reads.get([op for _, op in plan.gets])
        results |= {place: item for (place, _), item in zip(plan.gets, gotten, strict=True)}
        for place, search in plan.searches:
            vector = asked.get(search.query) if search.query else None
            results[place] = reads.search(search, self._question(answering, vector))
        for place, listing in plan.listings:
            results[place] = reads.namespaces(listing)
        return seen, results

    def _question(self, answering: Index | None, vector: Vector | None) -> Question | None:
        """Return what is asked of Milvus; nothing where there is no index, or a text that says nothing (all 0)."""
        if answering is None or vector is None or not vector.any():
            return None
        return Question(vector, self._scope.vectors(answering.fingerprint), answering.fingerprint)

    def _write(self, plan: Plan, indexed: list[Indexed], now_us: int) -> None:
        puts = list(plan.puts.values())
        write = (self._scope, puts, indexed, now_us, self._id)
        counts = self._connection.call(lambda client: write_unnamed(client, *write))
        with self._writing:
            replaced = self._connection.call(lambda client: write_heads(client, *write))
        for collection, count in counts.items():
            self._upkeep.wrote(collection, count + (len(puts) if collection == self._scope.items else 0))
        self._upkeep.clear(replaced)


def _texts(plan: Plan, index: Index) -> list[str]:
    return list(dict.fromkeys(text for texts in plan.indexed(index).values() for text in texts))


def _indexed(plan: Plan, indexes: list[Index], made: list[dict[str, Vector]]) -> list[Indexed]:
    """Return the vectors of each item by each index, without those that say nothing (all 0)."""
    return [
        Indexed(index, {i: [m[t] for t in texts if m[t].any()] for i, texts in plan.indexed(index).items()})
        for index, m in zip(indexes, made, strict=True)
    ]


def _other(former: Index, index: Index) -> Index | None:
    return None if former.fingerprint == index.fingerprint else former


def _now_us() -> int:
    return time_ns() // 1_000
