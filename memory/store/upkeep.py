"""What a store does for its rows while nobody waits: flush, refresh, clear away, and index anew.

Flush: rows that were not flushed cost Milvus Lite 10 to 20 us each in every search, and a flush takes it 50 ms and
more; so it is asked to when `FLUSH_AT` rows wait (`python -m benchmarks.memory.store` prints what other numbers cost).
A cluster does that by itself. Each process counts its own rows from a number drawn anew, so that many short ones
flush as often as one long one.
"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from secrets import randbelow
from threading import Lock
from typing import TYPE_CHECKING

from memory.milvus import OPEN_TIMEOUT_S
from memory.store.background import Background
from memory.store.collections import vector_collections
from memory.store.connection import Connection
from memory.store.index import Index
from memory.store.names import namespace_of
from memory.store.requests import AT_ONCE, bodies, delete, delete_where, first, heads, upsert
from memory.store.rows import Head, vector_rows_of
from memory.store.scope import NEVER_US, Scope
from memory.store.writes import Vectors

if TYPE_CHECKING:
    from pymilvus import MilvusClient  # type: ignore[import-untyped]

FLUSH_AT = 256
"""Rows of one collection that wait before they are flushed."""
REFRESH_GAIN = 0.01
"""A reading writes a new expiry only where it is later by this share of the time to live."""
ORPHAN_AGE_US = 60_000_000
"""What no head names is nobody's only after this time: another process may be about to write the head."""
REINDEX_AT_ONCE = 16


class Upkeep:
    """What is done for the rows of one store."""

    def __init__(self, connection: Connection, scope: Scope, index: Index | None, writing: Lock) -> None:
        self._connection, self._scope, self._index, self._writing = connection, scope, index, writing
        self.background = Background()
        self.flushes = False
        """Whether this Milvus has to be asked to flush."""
        self.is_full = False
        """Whether all items of the tenant were seen to have their vectors from this index."""
        self._waiting: dict[str, int] = {}

    def wrote(self, collection: str, count: int) -> None:
        """Count rows that wait to be flushed, and flush in the background where it is time."""
        if not count or not self.flushes:
            return
        self._waiting[collection] = self._waiting.get(collection, randbelow(FLUSH_AT)) + count
        if self._waiting[collection] >= FLUSH_AT:
            self._waiting[collection] = 0
            self.background.soon(lambda: self._flush(collection), f"flush {collection}")

    def refresh(self, returned: Iterable[Head], now_us: int) -> None:
        """Let what was returned live as long again, in the background."""
        due = [h for h in returned if h.ttl_us and now_us + h.ttl_us - h.expires_at > REFRESH_GAIN * h.ttl_us]
        if due:
            self.background.soon(lambda: self._refresh(due, now_us))

    def clear(self, replaced: Sequence[Head]) -> None:
        """Delete vectors and parts of versions that were written over, in the background."""
        if replaced:
            self.background.soon(lambda: self._connection.call(lambda client: self._clear(client, replaced)))

    def clear_orphans(self, collection: str, ids: Sequence[str], now_us: int) -> None:
        """Delete vectors that a search has found to be nobody's, where they are no longer being written."""
        if ids:
            listed = ", ".join(f'"{row_id}"' for row_id in ids[:AT_ONCE])
            where = f"id in [{listed}] and written_at < {now_us - ORPHAN_AGE_US}"
            work = self._connection.call
            self.background.soon(lambda: work(lambda client: delete_where(client, collection, where)), "orphans")

    def look_after(self, now_us: int) -> None:
        """Delete what has expired and index what is not indexed, in the background."""
        self.background.soon(lambda: self.sweep(now_us), "sweep")
        if self._index is not None:
            self.background.soon(self.reindex, "reindex")

    def sweep(self, now_us: int) -> int:
        """Delete what has expired, with all that goes with it; return how many items that were."""
        expired = f"{self._scope.ours} and part == 0 and expires_at <= {now_us}"
        count = 0
        while found := self._connection.call(lambda client: first(client, self._scope, expired, AT_ONCE)):
            gone = self._connection.call(partial(self._sweep, found=found, expired=expired))
            count += gone
            if not gone:
                break
        return count

    def has_pending(self) -> bool:
        """Tell whether an item of the tenant has its vectors from another index only."""
        self.is_full = self.is_full or not self._connection.call(lambda client: self._pending(client, 1))
        return not self.is_full

    def reindex(self) -> int:
        """Make the vectors that this index lacks; return of how many items.

        While that goes on nothing is missing: see `MilvusStore`. Vectors of other indexes are deleted only when it is
        asked the next time and finds nothing to do.
        """
        assert self._index is not None
        count, done = 0, set[str]()
        while found := self._connection.call(lambda client: self._pending(client, REINDEX_AT_ONCE)):
            new = [head for head in found if f"{head.id}.{head.version}" not in done]
            if not new:
                return count  # what is left cannot be read whole
            done |= {f"{head.id}.{head.version}" for head in new}
            count += self._reindex(self._index, new)
        self.is_full = True
        if not count:
            self._connection.call(self._drop_former)
        return count

    def _flush(self, collection: str) -> None:
        self._connection.call(lambda client: client.flush(collection, timeout=OPEN_TIMEOUT_S))

    def _refresh(self, due: Sequence[Head], now_us: int) -> None:
        with self._writing:
            self._connection.call(lambda client: self._let_live(client, due, now_us))

    def _let_live(self, client: "MilvusClient", due: Sequence[Head], now_us: int) -> None:
        there = heads(client, self._scope, [head.id for head in due], whole=False)
        same = [there[h.id] for h in due if h.id in there and there[h.id].version == h.version]
        rows = [{"id": h.id, "expires_at": min(NEVER_US, now_us + h.ttl_us)} for h in same if h.is_live(now_us)]
        upsert(client, self._scope.items, rows, partly=True)

    def _clear(self, client: "MilvusClient", replaced: Sequence[Head]) -> None:
        delete(client, self._scope.items, [part_id for head in replaced for part_id in head.part_ids()])
        mine = "" if self._index is None else self._index.fingerprint
        delete_ids = [row_id for head in replaced if head.index_print == mine for row_id in head.vector_ids()]
        if mine:
            delete(client, self._scope.vectors(mine), delete_ids)
        elsewhere = [head for head in replaced if head.index_print not in ("", mine)]
        for name in vector_collections(client, self._scope) if elsewhere or not self.is_full else ():
            if name != self._scope.vectors(mine):
                listed = ", ".join(f'"{head.version}"' for head in replaced)
                delete_where(client, name, f"{self._scope.ours} and version in [{listed}]")

    def _sweep(self, client: "MilvusClient", found: Sequence[Head], expired: str) -> int:
        """Delete these heads if they are still expired, then what was theirs."""
        listed = ", ".join(f'"{head.id}"' for head in found)
        delete_where(client, self._scope.items, f"{expired} and id in [{listed}]")
        left = heads(client, self._scope, [head.id for head in found], whole=False)
        gone = [head for head in found if head.id not in left or left[head.id].version != head.version]
        self._clear(client, gone)
        return len(gone)

    def _pending(self, client: "MilvusClient", limit: int) -> list[Head]:
        mine = "" if self._index is None else self._index.fingerprint
        where = f'{self._scope.ours} and part == 0 and index_print != "" and index_print != "{mine}"'
        return first(client, self._scope, where, limit)

    def _reindex(self, index: Index, found: Sequence[Head]) -> int:
        held = self._connection.call(lambda client: bodies(client, self._scope, found))
        texts = {i: index.texts(body.value, body.paths) for i, body in held.items()}
        made = asyncio.run(index.apassages(list(dict.fromkeys(text for some in texts.values() for text in some))))
        vectors = {i: [made[text] for text in some if made[text].any()] for i, some in texts.items()}
        some = [head for head in found if head.id in held]
        with self._writing:
            self._connection.call(lambda client: self._take_over(client, index, some, vectors))
        return len(some)

    def _take_over(self, client: "MilvusClient", index: Index, found: Sequence[Head], vectors: Vectors) -> None:
        """Write the vectors of what was not written over meanwhile, then tell the heads whose they are."""
        there = heads(client, self._scope, [head.id for head in found], whole=False)
        same = [there[h.id] for h in found if h.id in there and there[h.id].version == h.version]
        now = [_with(h, len(vectors[h.id]), index.fingerprint) for h in same]
        tenant = self._scope.tenant
        rows = [
            r for h in now for r in vector_rows_of(h, tenant, namespace_of(h.namespace), vectors[h.id], h.updated_at)
        ]
        upsert(client, self._scope.vectors(index.fingerprint), rows)
        self.wrote(self._scope.vectors(index.fingerprint), len(rows))
        told = [{"id": h.id, "vectors": h.vectors, "index_print": h.index_print} for h in now]
        upsert(client, self._scope.items, told, partly=True)
        self.wrote(self._scope.items, len(told))

    def _drop_former(self, client: "MilvusClient") -> None:
        assert self._index is not None
        for name in vector_collections(client, self._scope):
            if name != self._scope.vectors(self._index.fingerprint):
                delete_where(client, name, self._scope.ours)


def _with(head: Head, vectors: int, index_print: str) -> Head:
    return replace(head, vectors=vectors, index_print=index_print if vectors else "")
