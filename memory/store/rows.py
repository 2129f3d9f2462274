"""The rows of items: a head for each, and further rows where its text is longer than one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from memory.store.names import namespace_text, tenant_text
from privacy.labels import Label

PLACEHOLDER = [1.0, 0.0]
"""Every collection of Milvus has a vector; nobody searches this one."""
BRIEF = [
    "id", "namespace", "label", "version", "parts", "vectors", "index_print",
    "created_at", "updated_at", "ttl_us", "expires_at", "written_by",
]  # fmt: skip
WHOLE = [*BRIEF, "text"]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_US = timedelta(microseconds=1)


@dataclass(frozen=True)
class Head:
    """The head of an item. Times are microseconds since 1970, `parts` and `vectors` how many rows go with it."""

    id: str
    namespace: str
    label: Label
    version: str
    parts: int
    vectors: int
    index_print: str
    """Which index made its vectors; empty where it has none."""
    created_at: int
    updated_at: int
    ttl_us: int
    """Time to live after the last reading; 0 for ever."""
    expires_at: int
    written_by: str
    """Which store of which process wrote it, for those who look into the rows."""
    text: str = ""

    def part_ids(self) -> list[str]:
        """Return the ids of the rows that go on where the head's text ends."""
        return [f"{self.id}.{self.version}.{n}" for n in range(1, self.parts + 1)]

    def vector_ids(self) -> list[str]:
        """Return the ids of its vectors."""
        return [f"{self.id}.{self.version}.{n}" for n in range(self.vectors)]

    def is_live(self, now_us: int) -> bool:
        """Tell whether it has not expired."""
        return self.expires_at > now_us


def head_of(row: Mapping[str, Any]) -> Head:
    """Return the head that lies in a row."""
    told = {name: row[name] for name in WHOLE if name in row}
    return Head(**{**told, "label": Label(told["label"])})


def rows_of(head: Head, tenant: str, texts: Sequence[str]) -> list[dict[str, Any]]:
    """Return the rows of an item: its head first, with the first text, then one for each further text."""
    shared = {**{name: getattr(head, name) for name in BRIEF}, "label": int(head.label), "tenant": tenant_text(tenant)}
    ids = [head.id, *head.part_ids()]
    return [
        {**shared, "id": row_id, "part": part, "text": text, "placeholder": PLACEHOLDER}
        for part, (row_id, text) in enumerate(zip(ids, texts, strict=True))
    ]


def vector_rows_of(
    head: Head, tenant: str, namespace: Sequence[str], vectors: Sequence[Any], now_us: int
) -> list[dict[str, Any]]:
    """Return the rows of an item's vectors."""
    shared = {
        "item": head.id,
        "version": head.version,
        "tenant": tenant_text(tenant),
        "namespace": namespace_text(namespace),
        "label": int(head.label),
        "written_at": now_us,
    }
    return [{**shared, "id": row_id, "vector": v} for row_id, v in zip(head.vector_ids(), vectors, strict=True)]


def us(at: datetime) -> int:
    """Return a time as microseconds since 1970."""
    return (at - _EPOCH) // _US


def time_of(at_us: int) -> datetime:
    """Return the time that so many microseconds since 1970 are, in UTC."""
    return _EPOCH + at_us * _US
