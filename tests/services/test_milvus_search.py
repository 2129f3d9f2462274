"""The quicker search of the embedded Milvus finds what the engine's own finds, whatever was written before."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from services.milvus_search import install, quicker

DIMS = 8


@pytest.fixture
def engine() -> Iterator[Any]:
    """Give the module of the engine, with its own search put back at the end."""
    from milvus_lite.engine import collection  # type: ignore[import-untyped]

    stock = collection.execute_search_with_index
    yield collection
    collection.execute_search_with_index = stock


def collection_in(folder: Path, engine: Any) -> Any:
    from milvus_lite.schema.types import CollectionSchema, DataType, FieldSchema  # type: ignore[import-untyped]

    fields = [
        FieldSchema("id", DataType.VARCHAR, is_primary=True, max_length=16),
        FieldSchema("vector", DataType.FLOAT_VECTOR, dim=DIMS),
        FieldSchema("n", DataType.INT64),
    ]
    return engine.Collection("c", str(folder), CollectionSchema(fields))


def change(made: Any, random: np.random.Generator) -> None:
    """Write, delete, flush or restart something."""
    keys = [f"k{n}" for n in random.integers(60, size=int(random.integers(1, 25)))]
    kind = random.integers(5)
    if kind == 0:
        made.delete(list(dict.fromkeys(keys)))
    elif kind == 1:
        made.flush()
    else:
        vectors = random.standard_normal((len(keys), DIMS)).astype(np.float32)
        rows = zip(dict.fromkeys(keys), vectors, strict=False)
        made.upsert([{"id": key, "vector": v.tolist(), "n": int(random.integers(10))} for key, v in rows])


def hits(made: Any, engine: Any, search: Any, **asked: Any) -> list[list[tuple[str, int, float]]]:
    engine.execute_search_with_index = search
    found = made.search(output_fields=["id", "n"], **asked)
    return [[(hit["id"], hit["entity"]["n"], round(hit["distance"], 4)) for hit in one] for one in found]


@pytest.mark.parametrize("metric", ["IP", "COSINE", "L2"])
@pytest.mark.parametrize("seed", range(4))
def test_finds_what_the_engine_finds(tmp_path: Path, engine: Any, metric: str, seed: int) -> None:
    random, stock = np.random.default_rng(seed), engine.execute_search_with_index
    made = collection_in(tmp_path, engine)
    for _ in range(30):
        change(made, random)
        questions = random.standard_normal((int(random.integers(1, 3)), DIMS)).tolist()
        wanted = {"top_k": int(random.integers(1, 70)), "expr": random.choice(["", "n < 3", "n >= 0", "n > 99"])}
        asked = {"query_vectors": questions, "metric_type": metric, **wanted}
        assert hits(made, engine, quicker(stock), **asked) == hits(made, engine, stock, **asked)
    made.close()


def test_what_it_knows_it_does_by_itself(tmp_path: Path, engine: Any) -> None:
    def stock(**_asked: Any) -> Any:
        raise AssertionError("the engine's own search was asked")

    made = collection_in(tmp_path, engine)
    made.upsert([{"id": "k", "vector": [1.0] * DIMS, "n": 1}])
    asked: dict[str, Any] = {"query_vectors": [[1.0] * DIMS], "metric_type": "COSINE"}
    for _ in range(2):
        assert hits(made, engine, quicker(stock), expr="n == 1", **asked) == [[("k", 1, 1.0)]]
        made.flush()
    with pytest.raises(AssertionError, match="the engine's own"):
        hits(made, engine, quicker(stock), query_vectors=[[1.0] * DIMS], metric_type="L2")
    made.close()


@pytest.mark.parametrize(("version", "is_taken"), [("3.2.2", True), ("3.3.0", False)])
def test_engine_of_an_unknown_version_is_left_as_it_is(
    engine: Any, monkeypatch: pytest.MonkeyPatch, version: str, is_taken: bool
) -> None:
    monkeypatch.setattr("services.milvus_search.version", lambda _: version)
    stock = engine.execute_search_with_index
    install()
    assert (engine.execute_search_with_index is not stock) == is_taken
