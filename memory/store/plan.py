"""A batch of operations, checked as a whole before anything is asked or written.

As in LangGraph's own stores, reads see what was there before the batch, and of two puts of one key the last counts.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any

from langgraph.store.base import GetOp, ListNamespacesOp, Op, PutOp, SearchOp, validate_op_namespace

from memory.store.body import Body, Indexed, texts_of
from memory.store.errors import BadTTL
from memory.store.index import Index
from memory.store.names import item_id, namespace_text, within
from memory.store.scope import NEVER_US
from privacy.labels import Label

US_A_MINUTE = 60_000_000
LabelOf = Callable[[Mapping[str, Any]], Label]


@dataclass(frozen=True)
class Put:
    """One item to be written, or to be deleted where it has no `value`."""

    id: str
    namespace: tuple[str, ...]
    value: Mapping[str, Any] | None
    index: Indexed
    texts: Sequence[str]
    """The body, in parts."""
    label: Label
    ttl_us: int
    version: str = field(default_factory=lambda: token_hex(8))


@dataclass(frozen=True)
class Plan:
    """What a batch asks, each with its place in the batch."""

    count: int
    gets: list[tuple[int, GetOp]] = field(default_factory=list)
    searches: list[tuple[int, SearchOp]] = field(default_factory=list)
    listings: list[tuple[int, ListNamespacesOp]] = field(default_factory=list)
    puts: dict[str, Put] = field(default_factory=dict)

    def questions(self) -> list[str]:
        """Return what is searched for by its meaning, once each."""
        return list(dict.fromkeys(op.query for _, op in self.searches if op.query))

    def indexed(self, index: Index) -> dict[str, list[str]]:
        """Return by the id of the item the texts that an index reads of it."""
        return {put.id: index.texts(put.value, put.index) for put in self.puts.values() if put.value is not None}


def planned(ops: Iterable[Op], tenant: str, label_of: LabelOf) -> Plan:
    """Return the plan of a batch. Raises `InvalidNamespaceError`, `StoreRefused` and `ValueError` for another kind."""
    ops = list(ops)
    plan = Plan(len(ops))
    for place, op in enumerate(ops):
        validate_op_namespace(op)
        if isinstance(op, GetOp):
            namespace_text(op.namespace)
            plan.gets.append((place, op))
        elif isinstance(op, SearchOp):
            within(op.namespace_prefix)
            plan.searches.append((place, op))
        elif isinstance(op, ListNamespacesOp):
            plan.listings.append((place, op))
        elif isinstance(op, PutOp):
            put = _put(op, tenant, label_of)
            plan.puts[put.id] = put
        else:
            raise ValueError(f"Unknown operation type: {type(op)}")  # noqa: TRY004 - as LangGraph's stores raise
    return plan


def _put(op: PutOp, tenant: str, label_of: LabelOf) -> Put:
    namespace_text(op.namespace)
    place = item_id(tenant, op.namespace, op.key)
    if op.value is None:
        return Put(place, op.namespace, None, None, (), Label.RESTRICTED, 0)
    value = dict(op.value)
    texts = texts_of(Body(op.key, value, op.index))
    return Put(place, op.namespace, value, op.index, texts, label_of(value), _ttl_us(op.ttl))


def _ttl_us(minutes: float | None) -> int:
    """Return a time to live in microseconds, 0 for ever."""
    if minutes is None or minutes == math.inf:
        return 0
    if not minutes > 0:  # NaN is not either
        raise BadTTL(f"the ttl {minutes} is no time to live; give minutes above 0, or None to keep it for ever")
    return min(NEVER_US, max(1, round(minutes * US_A_MINUTE)))
