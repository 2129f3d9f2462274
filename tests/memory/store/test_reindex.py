"""A changed embedder indexes anew without a gap; a cluster gets its index, partition key and level."""

from collections.abc import Iterator
from operator import methodcaller
from threading import Event
from typing import Any

import pytest
from langgraph.store.base import PutOp

from memory.milvus_store import MilvusStore
from memory.store import collections as store_collections
from tests.memory.store.letters import Letters, Opens, index_of


class Slow(Letters):
    """Another model, of other dimensions, that makes no vectors to be found until it is let."""

    def __init__(self) -> None:
        super().__init__(40, "slow")
        self.let, self.asked = Event(), 0

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        if len(texts) > 1:
            self.let.wait(30)
        self.asked += len(texts)
        return super().embed_documents(texts)


@pytest.fixture
def slow() -> Iterator[Slow]:
    """Give a slow embedder, let go at the end."""
    one = Slow()
    yield one
    one.let.set()


def filled(opens: Opens) -> MilvusStore:
    old = opens()
    old.batch([PutOp(("n",), f"k{n}", {"text": "pump" + "s" * n}) for n in range(20)])
    return old


def rows_in(store: MilvusStore, fingerprint: str) -> int:
    name = store._scope.vectors(fingerprint)
    return len(
        store._connection.call(lambda c: c.query(name, filter=store._scope.ours, output_fields=["id"], limit=99))
    )


def test_former_index_answers_until_the_new_one_is_full(opens: Opens, slow: Slow) -> None:
    old = filled(opens)
    new = opens(index=index_of(slow), former=(index_of(Letters()), None))
    [best, *rest] = new.search(("n",), query="pump")
    assert best.key == "k0"
    assert best.score == pytest.approx(1.0)
    assert all(item.score is not None for item in rest)
    new.put(("n",), "late", {"text": "valve"})
    assert new.search(("n",), query="valve", limit=1)[0].key == "late"
    assert rows_in(new, old._index.fingerprint) == 21  # type: ignore[union-attr]
    slow.let.set()
    assert new.settle(60)
    assert not new._upkeep.has_pending()
    assert [item.key for item in new.search(("n",), query="pump", limit=3)] == ["k0", "k1", "k2"]
    assert new.search(("n",), query="valve", limit=1)[0].score == pytest.approx(1.0)
    assert slow.asked == 21
    assert new.reindex() == 0  # the next process: it finds nothing to do, and lets the former vectors go
    assert rows_in(new, old._index.fingerprint) == 0  # type: ignore[union-attr]


def test_without_the_former_index_nothing_is_missing_either(opens: Opens, slow: Slow) -> None:
    filled(opens)
    new = opens(index=index_of(slow))
    new.put(("n",), "late", {"text": "pump"})
    found = new.search(("n",), query="pump", limit=50)
    assert len(found) == 21
    assert [item.key for item in found if item.score is not None] == ["late"]
    slow.let.set()
    assert new.settle(60)
    assert all(item.score is not None for item in new.search(("n",), query="pump", limit=50))


def test_broken_off_reindex_goes_on_where_it_was(opens: Opens) -> None:
    filled(opens)

    class Failing(Letters):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            if len(texts) < 16:
                raise OSError("the model is gone")
            return super().embed_documents(texts)

    broken = opens(index=index_of(Failing(30, "new")))
    assert broken.get(("n",), "k0") is not None
    assert broken.settle(60)
    assert sum(item.score is not None for item in broken.search(("n",), query="pump", limit=50)) == 16
    new = opens(index=index_of(Letters(30, "new")))
    assert new.get(("n",), "k0") is not None
    assert new.settle(60)
    assert all(item.score is not None for item in new.search(("n",), query="pump", limit=50))


def test_what_is_put_or_deleted_during_a_reindex_stays_so(opens: Opens, slow: Slow) -> None:
    filled(opens)
    new = opens(index=index_of(slow))
    new.put(("n",), "k3", {"text": "valve"})
    new.delete(("n",), "k4")
    new.put(("n",), "k5", {"text": "pump"}, index=False)
    slow.let.set()
    assert new.settle(60)
    found = {item.key: item for item in new.search(("n",), query="valve", limit=50)}
    assert "k4" not in found
    assert found["k3"].score == pytest.approx(1.0)
    assert found["k5"].score is None
    assert len(found) == 19


def test_cluster_gets_hnsw_a_partition_key_and_its_level(opens: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    from pymilvus import MilvusClient  # type: ignore[import-untyped]

    create, asked = MilvusClient.create_collection, {}

    def recording(client: Any, name: str, **options: Any) -> Any:
        asked[name] = options["index_params"][0].to_dict()  # Milvus Lite does not tell M and efConstruction back
        return create(client, name, **options)

    monkeypatch.setattr(MilvusClient, "create_collection", recording)
    monkeypatch.setattr(store_collections, "is_lite", lambda _: False)
    store = opens(name="cluster", consistency="Strong")
    store.put(("n",), "k", {"text": "pump"})
    assert store._index is not None
    name = store._scope.vectors(store._index.fingerprint)
    told = {"index_type": "HNSW", "metric_type": "IP", "M": 16, "efConstruction": 200}
    assert {key: asked[name][key] for key in told} == told
    for collection in (name, store._scope.items):
        about: Any = store._connection.call(methodcaller("describe_collection", collection))
        assert [field["name"] for field in about["fields"] if field.get("is_partition_key")] == ["tenant"]
        assert about["consistency_level"] == 0  # Strong
    assert store.search(("n",), query="pump")[0].key == "k"
