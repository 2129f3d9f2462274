"""Get, search and list. What is returned was looked at in its head: tenant, label, expiry and version are its."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from langgraph.store.base import GetOp, Item, ListNamespacesOp, SearchItem, SearchOp

from memory.store.body import Body
from memory.store.index import Vector
from memory.store.matching import fits, matches, plain_prefix
from memory.store.names import item_id, namespace_of
from memory.store.requests import AT_ONCE, MOST_HITS, bodies, heads, listed, nearest
from memory.store.rows import Head, time_of
from memory.store.scope import Scope

if TYPE_CHECKING:
    from pymilvus import MilvusClient  # type: ignore[import-untyped]

SPARE_HITS = 8
"""Hits beyond those asked for, for items with several vectors and for versions of before."""
FILTERED_SPARE = 4
"""With a filter so many times more are looked at first; then four times these, until enough fit."""

Found = tuple[Head, Body, float | None]


@dataclass
class Seen:
    """What reading came upon that is to be looked after: heads to live longer, ids of vectors that are nobody's."""

    returned: list[Head] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Question:
    """The vector of a question, and the collection that it is asked of."""

    vector: Vector
    collection: str
    index_print: str


class Reads:
    """What is read in one batch, at one moment."""

    def __init__(self, client: "MilvusClient", scope: Scope, now_us: int, seen: Seen) -> None:
        self._client, self._scope, self._now_us, self._seen = client, scope, now_us, seen

    def get(self, ops: Sequence[GetOp]) -> list[Item | None]:
        """Return an item for each, None where there is none that may be seen."""
        ids = [item_id(self._scope.tenant, op.namespace, op.key) for op in ops]
        found = self._whole(ids)
        self._seen.returned += [found[i][0] for op, i in zip(ops, ids, strict=True) if op.refresh_ttl and i in found]
        return [_item(*found[i]) if i in found else None for i in ids]

    def search(self, op: SearchOp, question: Question | None) -> list[SearchItem]:
        """Return what is nearest to a question, then what has no vector; without a question what was written last."""
        most = max(0, op.offset) + max(0, op.limit)
        found = list(islice(self._found(op, question, most), most))[max(0, op.offset) :]
        if op.refresh_ttl:
            self._seen.returned += [head for head, _, _ in found]
        return [_search_item(*one) for one in found]

    def namespaces(self, op: ListNamespacesOp) -> list[tuple[str, ...]]:
        """Return the namespaces that have something in them that may be seen, in order."""
        where = self._scope.live(plain_prefix(op.match_conditions), self._now_us)
        written = {head.namespace for head in listed(self._client, self._scope, where)}
        fitting = (n for n in map(namespace_of, written) if matches(n, op.match_conditions))
        cut = fitting if op.max_depth is None else {n[: op.max_depth] for n in fitting}
        return sorted(cut)[op.offset : op.offset + op.limit]

    def _found(self, op: SearchOp, question: Question | None, most: int) -> Iterator[Found]:
        if not most:
            return
        scored = self._nearest(op, question, most) if question is not None else []
        yield from scored
        yield from self._latest(op, question, {head.id for head, _, _ in scored})

    def _nearest(self, op: SearchOp, question: Question, most: int) -> list[Found]:
        """Return up to `most` items that fit, best first; of several vectors of one the best counts."""
        where = self._scope.visible(op.namespace_prefix)
        known: dict[str, tuple[Head, Body]] = {}
        asked: set[str] = set()
        limit = min(MOST_HITS, most * (FILTERED_SPARE if op.filter else 1) + SPARE_HITS)
        while True:
            hits = nearest(self._client, self._scope, question.collection, question.vector, where, limit)
            new = [row["item"] for row, _ in hits if row["item"] not in asked]
            known |= self._whole(dict.fromkeys(new))
            asked.update(new)
            found = self._best(hits, known, op.filter)
            if len(found) >= most or len(hits) < limit or limit == MOST_HITS:
                return found[:most]
            limit = min(MOST_HITS, limit * FILTERED_SPARE)

    def _best(
        self,
        hits: Iterable[tuple[Mapping[str, Any], float]],
        known: Mapping[str, tuple[Head, Body]],
        wanted: Mapping[str, Any] | None,
    ) -> list[Found]:
        best: dict[str, Found] = {}
        for row, cosine in hits:
            one = known.get(row["item"])
            if one is None or one[0].version != row["version"]:
                self._seen.orphans += [row["id"]]
            elif row["item"] not in best and fits(one[1].value, wanted):
                best[row["item"]] = (*one, cosine)
        return list(best.values())

    def _latest(self, op: SearchOp, question: Question | None, but: set[str]) -> Iterator[Found]:
        """Return what fits and has no vector that this question could have found, what was written last first."""
        where = self._scope.live(op.namespace_prefix, self._now_us)
        if question is not None:
            where += f' and index_print != "{question.index_print}"'
        brief = [head for head in listed(self._client, self._scope, where) if head.id not in but]
        brief.sort(key=lambda head: (-head.updated_at, head.id))
        step = min(AT_ONCE, max(SPARE_HITS, op.offset + op.limit))
        for start in range(0, len(brief), step):
            some = [head.id for head in brief[start : start + step]]
            found = self._whole(some)
            yield from ((*found[i], None) for i in some if i in found and fits(found[i][1].value, op.filter))

    def _whole(self, ids: Iterable[str]) -> dict[str, tuple[Head, Body]]:
        """Return what has these ids and may be seen now, with its body."""
        ids = list(ids)
        if not ids:
            return {}
        found = heads(self._client, self._scope, ids, whole=True)
        live = [h for h in found.values() if h.is_live(self._now_us) and h.label <= self._scope.max_label]
        held = bodies(self._client, self._scope, live)
        return {head.id: (head, held[head.id]) for head in live if head.id in held}


def _item(head: Head, body: Body) -> Item:
    return Item(
        value=body.value,
        key=body.key,
        namespace=namespace_of(head.namespace),
        created_at=time_of(head.created_at),
        updated_at=time_of(head.updated_at),
    )


def _search_item(head: Head, body: Body, cosine: float | None) -> SearchItem:
    times = time_of(head.created_at), time_of(head.updated_at)
    return SearchItem(namespace_of(head.namespace), body.key, body.value, *times, score=cosine)
