"""The collections of a store: made where they are not there, and loaded.

On Milvus Lite vectors are searched exactly (FLAT): filtered HNSW finds half of what is there on it, or less. On a
cluster they have HNSW with M = 16 and efConstruction = 200, and rows are put by tenant (partition key). Vectors have
length 1, so that their product is the cosine: for the metric COSINE Milvus Lite computes all lengths at each search.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from memory.milvus import CALL_TIMEOUT_S, OPEN_TIMEOUT_S
from memory.store.names import MAX_NAMESPACE_CHARS
from memory.store.rows import PLACEHOLDER
from memory.store.scope import Scope

if TYPE_CHECKING:
    from pymilvus import CollectionSchema, MilvusClient  # type: ignore[import-untyped]

EF = 200
_HNSW = {"index_type": "HNSW", "metric_type": "IP", "params": {"M": 16, "efConstruction": EF}}
_FLAT = {"index_type": "FLAT", "metric_type": "IP"}


def is_lite(client: "MilvusClient") -> bool:
    """Tell whether this is the embedded Milvus."""
    return "lite" in str(client.get_server_version(timeout=CALL_TIMEOUT_S))


def open_items(client: "MilvusClient", scope: Scope) -> None:
    """Make the collection of items where it is not there, and load it."""
    if not client.has_collection(scope.items, timeout=CALL_TIMEOUT_S):
        _create(client, scope, scope.items, _items(client), "placeholder", _FLAT)
    client.load_collection(scope.items, timeout=OPEN_TIMEOUT_S)


def open_vectors(client: "MilvusClient", scope: Scope, fingerprint: str, dims: int) -> None:
    """Make the collection of an index's vectors where it is not there, and load it."""
    name = scope.vectors(fingerprint)
    if not client.has_collection(name, timeout=CALL_TIMEOUT_S):
        _create(client, scope, name, _vectors(client, dims), "vector", _FLAT if is_lite(client) else _HNSW)
    client.load_collection(name, timeout=OPEN_TIMEOUT_S)


def vector_collections(client: "MilvusClient", scope: Scope) -> list[str]:
    """Return the names of all collections of vectors of this store."""
    return [name for name in client.list_collections(timeout=CALL_TIMEOUT_S) if name.startswith(scope.vectors(""))]


def _create(
    client: "MilvusClient", scope: Scope, name: str, schema: "CollectionSchema", field: str, index: Mapping[str, object]
) -> None:
    from pymilvus.exceptions import MilvusException  # type: ignore[import-untyped]

    chosen = client.prepare_index_params()
    chosen.add_index(field, **index)
    options = {"consistency_level": scope.consistency, "timeout": OPEN_TIMEOUT_S}
    try:
        client.create_collection(name, schema=schema, index_params=chosen, **options)
    except MilvusException:  # another process may have been first
        if not client.has_collection(name, timeout=CALL_TIMEOUT_S):
            raise


def _items(client: "MilvusClient") -> "CollectionSchema":
    from pymilvus import DataType

    schema = _shared(client)
    for name in ("index_print", "written_by"):
        schema.add_field(name, DataType.VARCHAR, max_length=64)
    for name in ("parts", "vectors", "created_at", "updated_at", "ttl_us", "expires_at"):
        schema.add_field(name, DataType.INT64)
    schema.add_field("part", DataType.INT16)
    schema.add_field("text", DataType.VARCHAR, max_length=65_535)
    schema.add_field("placeholder", DataType.FLOAT_VECTOR, dim=len(PLACEHOLDER))
    return schema


def _vectors(client: "MilvusClient", dims: int) -> "CollectionSchema":
    from pymilvus import DataType

    schema = _shared(client)
    schema.add_field("item", DataType.VARCHAR, max_length=64)
    schema.add_field("written_at", DataType.INT64)
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dims)
    return schema


def _shared(client: "MilvusClient") -> "CollectionSchema":
    """Return the fields that every row has. Milvus Lite would write sixteen files for a partition key at each flush."""
    from pymilvus import DataType

    by_tenant = not is_lite(client)
    schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("id", DataType.VARCHAR, is_primary=True, max_length=128)
    schema.add_field("tenant", DataType.VARCHAR, max_length=MAX_NAMESPACE_CHARS, is_partition_key=by_tenant)
    schema.add_field("namespace", DataType.VARCHAR, max_length=MAX_NAMESPACE_CHARS)
    schema.add_field("label", DataType.INT8)
    schema.add_field("version", DataType.VARCHAR, max_length=64)
    return schema
