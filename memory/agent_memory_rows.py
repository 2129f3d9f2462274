"""How a memory lies in Milvus: its collection, its rows, and the few requests that are made of them.

What takes a client blocks: `memory.milvus.Milvus.call` runs it in a thread and translates what it raises.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from memory.milvus import CALL_TIMEOUT_S, OPEN_TIMEOUT_S
from models.embedding import DIMENSIONS, Vector
from privacy.labels import Label, join

if TYPE_CHECKING:
    from pymilvus import MilvusClient  # type: ignore[import-untyped]

COLLECTION = "agent_memory"
MAX_TEXT_CHARS = 4_000  # more than a prompt has room for

_OUTPUT = ["id", "text", "label", "kind", "buildings", "created_at", "expires_at"]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_US = timedelta(microseconds=1)
_NEVER_US = 2**62  # microseconds; no datetime reaches it


@dataclass(frozen=True)
class Memory:
    """One thing remembered. Times have a zone; `id` is given by `AgentMemory.keep`."""

    text: str
    label: Label
    kind: str
    buildings: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None = None
    id: str = ""

    def __post_init__(self) -> None:
        """Refuse a time without a zone."""
        if any(at is not None and at.tzinfo is None for at in (self.created_at, self.expires_at)):
            raise ValueError("the times of a memory need a zone")


def prepare(client: "MilvusClient") -> None:
    """Make the collection where it is not there, and load it: a server that was restarted serves none until then."""
    from pymilvus.exceptions import MilvusException  # type: ignore[import-untyped]

    if not client.has_collection(COLLECTION, timeout=CALL_TIMEOUT_S):
        try:
            _create(client)
        except MilvusException:  # another process may have been first
            if not client.has_collection(COLLECTION, timeout=CALL_TIMEOUT_S):
                raise
    client.load_collection(COLLECTION, timeout=OPEN_TIMEOUT_S)


def _create(client: "MilvusClient") -> None:
    from pymilvus import DataType

    schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("id", DataType.VARCHAR, is_primary=True, max_length=64)
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=DIMENSIONS)
    schema.add_field("text", DataType.VARCHAR, max_length=4 * MAX_TEXT_CHARS)  # lengths of Milvus are in bytes
    schema.add_field("kind", DataType.VARCHAR, max_length=64)
    schema.add_field("tenant", DataType.VARCHAR, max_length=1_024)
    schema.add_field("label", DataType.INT8)
    schema.add_field("buildings", DataType.ARRAY, element_type=DataType.VARCHAR, max_capacity=4_096, max_length=512)
    schema.add_field("created_at", DataType.INT64)
    schema.add_field("expires_at", DataType.INT64)
    # Exact search: filtered HNSW finds as little as half of what is there on Milvus Lite, and a memory is small.
    index = client.prepare_index_params()
    index.add_index("vector", index_type="FLAT", metric_type="COSINE")
    client.create_collection(
        COLLECTION, schema=schema, index_params=index, consistency_level="Session", timeout=OPEN_TIMEOUT_S
    )


def search(
    client: "MilvusClient", *, vector: Vector, tenant: str, now: datetime, max_label: Label, limit: int
) -> list[tuple[Memory, float]]:
    """Return the tenant's memories nearest to a vector, with their cosine: none expired, none above `max_label`."""
    where = f"tenant == {quoted(tenant)} and expires_at > {_us(now)} and label <= {int(max_label)}"
    [hits] = client.search(
        COLLECTION, data=[vector], filter=where, limit=limit, output_fields=_OUTPUT, timeout=CALL_TIMEOUT_S
    )
    return [(_memory(hit["entity"]), float(hit["distance"])) for hit in hits]


def upsert(client: "MilvusClient", *, memory: Memory, tenant: str, vector: Vector) -> None:
    """Store a memory; what is there already can only raise its label."""
    before = client.get(COLLECTION, ids=[memory.id], output_fields=["label"], timeout=CALL_TIMEOUT_S)
    label = join(memory.label, max((Label(row["label"]) for row in before), default=memory.label))
    row = {
        "id": memory.id,
        "vector": vector,
        "text": memory.text,
        "kind": memory.kind,
        "tenant": tenant,
        "label": int(label),
        "buildings": list(memory.buildings),
        "created_at": _us(memory.created_at),
        "expires_at": _NEVER_US if memory.expires_at is None else _us(memory.expires_at),
    }
    client.upsert(COLLECTION, data=[row], timeout=CALL_TIMEOUT_S)


def delete(client: "MilvusClient", *, ids: Collection[str], tenant: str) -> None:
    """Delete what has one of these ids and belongs to the tenant."""
    where = f"id in [{', '.join(map(quoted, ids))}] and tenant == {quoted(tenant)}"
    client.delete(COLLECTION, filter=where, timeout=CALL_TIMEOUT_S)


def memory_id(tenant: str, kind: str, text: str) -> str:
    """Return the same id for the same three, and never one tenant's for another."""
    parts = (sha256(part.encode("utf-8", "surrogatepass")).digest() for part in (tenant, kind, text))
    return sha256(b"".join(parts)).hexdigest()[:32]


def quoted(text: str) -> str:
    """Return a text as a string of Milvus's filter language. Lite has no filter parameters; both know these escapes."""
    escapes = {"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r"}
    return '"' + "".join(escapes.get(character, character) for character in text) + '"'


def _memory(row: dict[str, Any]) -> Memory:
    return Memory(
        text=row["text"],
        label=Label(row["label"]),
        kind=row["kind"],
        buildings=tuple(row["buildings"]),
        created_at=_EPOCH + row["created_at"] * _US,
        expires_at=None if row["expires_at"] == _NEVER_US else _EPOCH + row["expires_at"] * _US,
        id=row["id"],
    )


def _us(at: datetime) -> int:
    return (at - _EPOCH) // _US
