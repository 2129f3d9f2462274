"""The requests that are made of Milvus. Each blocks, and raises what pymilvus does: `connection` translates that."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from memory.milvus import CALL_TIMEOUT_S, OPEN_TIMEOUT_S
from memory.store.body import Body, body_of
from memory.store.collections import EF
from memory.store.index import Vector
from memory.store.rows import BRIEF, WHOLE, Head, head_of
from memory.store.scope import Scope

if TYPE_CHECKING:
    from pymilvus import MilvusClient  # type: ignore[import-untyped]

AT_ONCE = 500
"""Ids in one request."""
PAGE = 4_000
"""Rows in one page of a listing: on Milvus Lite 0.1 ms each, and 0.1 s a page for every 100,000 that are there."""
MOST_HITS = 16_384
"""No search of Milvus returns more."""


def heads(client: "MilvusClient", scope: Scope, ids: Iterable[str], *, whole: bool) -> dict[str, Head]:
    """Return the heads that are there, expired or not, by id; `whole` with their text."""
    rows = _get(client, scope, scope.items, ids, WHOLE if whole else BRIEF)
    return {row["id"]: head_of(row) for row in rows}


def bodies(client: "MilvusClient", scope: Scope, found: Iterable[Head]) -> dict[str, Body]:
    """Return what whole heads hold, by id; one whose parts were replaced meanwhile is left out."""
    found = list(found)
    part_ids = [part_id for head in found for part_id in head.part_ids()]
    texts = {row["id"]: row["text"] for row in _get(client, scope, scope.items, part_ids, ["id", "text"])}
    whole = [head for head in found if all(part_id in texts for part_id in head.part_ids())]
    return {head.id: body_of([head.text, *(texts[part_id] for part_id in head.part_ids())]) for head in whole}


def listed(client: "MilvusClient", scope: Scope, where: str) -> Iterator[Head]:
    """Return the heads that fit a filter, without their text, in the order of their ids."""
    pages = client.query_iterator(
        scope.items,
        batch_size=PAGE,
        filter=where,
        output_fields=BRIEF,
        consistency_level=scope.consistency,
        timeout=OPEN_TIMEOUT_S,
    )
    try:
        while page := pages.next():
            yield from map(head_of, page)
    finally:
        pages.close()


def first(client: "MilvusClient", scope: Scope, where: str, limit: int) -> list[Head]:
    """Return some heads that fit a filter, whole."""
    options: dict[str, Any] = {"consistency_level": scope.consistency, "timeout": CALL_TIMEOUT_S}
    rows = client.query(scope.items, filter=where, limit=limit, output_fields=WHOLE, **options)
    return [head_of(row) for row in rows]


def nearest(
    client: "MilvusClient", scope: Scope, collection: str, vector: Vector, where: str, limit: int
) -> list[tuple[Mapping[str, Any], float]]:
    """Return the rows of vectors nearest to one, with their cosine, best first."""
    [hits] = client.search(
        collection,
        data=[vector],
        filter=where,
        limit=limit,
        output_fields=["id", "item", "version", "written_at"],
        search_params={"metric_type": "IP", "params": {"ef": max(EF, limit)}},
        consistency_level=scope.consistency,
        timeout=CALL_TIMEOUT_S,
    )
    return [(hit["entity"], float(hit["distance"])) for hit in hits]


def upsert(client: "MilvusClient", collection: str, rows: Sequence[Mapping[str, Any]], *, partly: bool = False) -> None:
    """Write rows; `partly` only the fields that they have, of rows that are there."""
    if rows:
        options = {"partial_update": True} if partly else {}
        client.upsert(collection, data=list(rows), timeout=OPEN_TIMEOUT_S, **options)


def delete(client: "MilvusClient", collection: str, ids: Sequence[str]) -> None:
    """Delete rows; ids that are not there are no error."""
    for start in range(0, len(ids), AT_ONCE):
        client.delete(collection, ids=list(ids[start : start + AT_ONCE]), timeout=CALL_TIMEOUT_S)


def delete_where(client: "MilvusClient", collection: str, where: str) -> None:
    """Delete the rows that fit a filter."""
    client.delete(collection, filter=where, timeout=OPEN_TIMEOUT_S)


def _get(
    client: "MilvusClient", scope: Scope, collection: str, ids: Iterable[str], fields: Sequence[str]
) -> Iterator[Mapping[str, Any]]:
    wanted = list(ids)
    options: dict[str, Any] = {"consistency_level": scope.consistency, "timeout": CALL_TIMEOUT_S}
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        yield from client.get(collection, ids=some, output_fields=list(fields), **options)
