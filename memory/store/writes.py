"""Put and delete. First what no head names yet, vectors and parts; then the heads, and with them the items."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from memory.store.index import Index, Vector
from memory.store.names import namespace_text
from memory.store.plan import Put
from memory.store.requests import delete, heads, upsert
from memory.store.rows import Head, rows_of, vector_rows_of
from memory.store.scope import NEVER_US, Scope
from privacy.labels import join

if TYPE_CHECKING:
    from pymilvus import MilvusClient  # type: ignore[import-untyped]

Vectors = Mapping[str, Sequence[Vector]]
"""By the id of the item."""


@dataclass(frozen=True)
class Indexed:
    """What one index made of a batch."""

    index: Index
    vectors: Vectors


def write_unnamed(
    client: "MilvusClient", scope: Scope, puts: Sequence[Put], indexed: Sequence[Indexed], now_us: int, by: str
) -> dict[str, int]:
    """Write the vectors and further parts of new versions; return how many rows went into which collection."""
    puts = [put for put in puts if put.value is not None]
    counts = {scope.items: 0}
    for one in indexed:
        rows = [row for put in puts for row in _vector_rows(put, scope, one, now_us, by)]
        upsert(client, scope.vectors(one.index.fingerprint), rows)
        counts[scope.vectors(one.index.fingerprint)] = len(rows)
    parts = [row for put in puts for row in rows_of(_head(put, indexed, now_us, by), scope.tenant, put.texts)[1:]]
    upsert(client, scope.items, parts)
    return {**counts, scope.items: len(parts)}


def write_heads(
    client: "MilvusClient", scope: Scope, puts: Sequence[Put], indexed: Sequence[Indexed], now_us: int, by: str
) -> list[Head]:
    """Write or delete the heads; return those that were there before, whose vectors and parts are now nobody's.

    What is written over stays created when it was, and its label can only rise; what has expired counts as not there.
    """
    before = heads(client, scope, [put.id for put in puts], whole=False)
    rows = []
    for put in puts:
        if put.value is not None:
            head = _over(_head(put, indexed, now_us, by), before.get(put.id), now_us)
            rows.append(rows_of(head, scope.tenant, put.texts)[0])
    upsert(client, scope.items, rows)
    delete(client, scope.items, [put.id for put in puts if put.value is None and put.id in before])
    versions = {put.id: put.version for put in puts}
    return [head for head in before.values() if head.version != versions[head.id]]


def _head(put: Put, indexed: Sequence[Indexed], now_us: int, by: str) -> Head:
    count = len(indexed[0].vectors.get(put.id, ())) if indexed else 0
    return Head(
        id=put.id,
        namespace=namespace_text(put.namespace),
        label=put.label,
        version=put.version,
        parts=max(0, len(put.texts) - 1),
        vectors=count,
        index_print=indexed[0].index.fingerprint if count else "",
        created_at=now_us,
        updated_at=now_us,
        ttl_us=put.ttl_us,
        expires_at=min(NEVER_US, now_us + put.ttl_us) if put.ttl_us else NEVER_US,
        written_by=by,
        text=put.texts[0] if put.texts else "",
    )


def _over(head: Head, before: Head | None, now_us: int) -> Head:
    if before is None or not before.is_live(now_us):
        return head
    return replace(head, created_at=before.created_at, label=join(head.label, before.label))


def _vector_rows(put: Put, scope: Scope, one: Indexed, now_us: int, by: str) -> list[dict[str, object]]:
    vectors = one.vectors.get(put.id, ())
    return vector_rows_of(_head(put, [one], now_us, by), scope.tenant, put.namespace, vectors, now_us)
