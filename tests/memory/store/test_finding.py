"""What is found: by meaning over several fields, by filters as `InMemoryStore` has them, by place."""

import asyncio
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from langgraph.store.base import GetOp, PutOp
from langgraph.store.memory import InMemoryStore

from memory.milvus_store import MilvusStore
from memory.store.embedder import RoleEmbeddings
from memory.store.errors import BadVectors
from memory.store.matching import fits
from models.embedding import DIMENSIONS, Embedder
from tests.memory.store.letters import Letters, Opens, index_of

NUMBERS = st.integers(-2, 2) | st.sampled_from([0.5, True, False])
SCALARS = NUMBERS | st.none() | st.sampled_from(["", "1", "red"])
VALUES = st.dictionaries(st.sampled_from("abc"), SCALARS | st.dictionaries(st.sampled_from("ab"), SCALARS), max_size=3)
ORDERS = st.dictionaries(st.sampled_from(["$gt", "$gte", "$lt", "$lte"]), st.integers(-2, 2), min_size=1, max_size=2)
EQUALS = st.dictionaries(st.sampled_from(["$eq", "$ne"]), SCALARS, min_size=1)
WANTED = SCALARS | EQUALS | st.dictionaries(st.sampled_from("ab"), SCALARS | EQUALS, max_size=2) | st.lists(SCALARS)


@given(value=VALUES, wanted=st.dictionaries(st.sampled_from("abc"), WANTED, max_size=2))
def test_equality_and_nested_filters_mean_what_they_mean_in_memory(value: Any, wanted: Any) -> None:
    memory = InMemoryStore()
    memory.put(("n",), "k", value)
    assert fits(value, wanted) == bool(memory.search(("n",), filter=wanted))


@given(value=st.dictionaries(st.sampled_from("ab"), NUMBERS, min_size=2), wanted=ORDERS)
def test_orders_of_numbers_mean_what_they_mean_in_memory(value: Any, wanted: Any) -> None:
    memory = InMemoryStore()
    memory.put(("n",), "k", value)
    assert fits(value, {"a": wanted}) == bool(memory.search(("n",), filter={"a": wanted}))


def test_item_without_a_number_does_not_fit_an_order_and_a_strange_operator_is_named() -> None:
    assert not fits({"a": "red"}, {"a": {"$gt": 1}})
    assert not fits({}, {"a": {"$lte": 1}})
    with pytest.raises(ValueError, match=r"\$near; those of a filter are \$eq"):
        fits({"a": 1}, {"a": {"$near": 1}})


def test_filter_that_few_fit_finds_them_among_many(store: MilvusStore) -> None:
    puts = [PutOp(("facts",), f"k{n}", {"text": f"a fact {'about' * (n % 7)}", "n": n}) for n in range(300)]
    store.batch(puts)
    found = store.search(("facts",), query="a fact", filter={"n": {"$gte": 297}})
    assert {item.value["n"] for item in found} == {297, 298, 299}
    assert [item.score for item in found] == sorted((item.score or 0.0 for item in found), reverse=True)


def test_every_path_finds_and_the_best_of_an_item_counts(opens: Opens) -> None:
    store = opens(index=index_of(Letters(), "title", "notes[*].said", "by.name"))
    store.put(
        ("n",), "one", {"title": "boiler", "notes": [{"said": "valve"}, {"said": "zzz qqq"}], "by": {"name": "ida"}}
    )
    store.put(("n",), "two", {"title": "chiller", "other": "zzz qqq"})
    for query in ("boiler", "valve", "zzz qqq", "ida"):
        best, *rest = store.search(("n",), query=query)
        assert best.key == "one"
        assert best.score == pytest.approx(1.0)
        assert [item.key for item in rest] == ["two"]


def test_what_was_not_indexed_comes_last_without_a_score_and_pages_go_on_into_it(store: MilvusStore) -> None:
    for n in range(3):
        store.put(("n",), f"scored {n}", {"text": "pump" + "s" * n})
        store.put(("n",), f"unscored {n}", {"text": "pump"}, index=False)
    pages = [store.search(("n",), query="pump", limit=2, offset=offset) for offset in (0, 2, 4, 6)]
    keys = [item.key for page in pages for item in page]
    assert keys[:3] == ["scored 0", "scored 1", "scored 2"]
    assert sorted(keys[3:]) == ["unscored 0", "unscored 1", "unscored 2"]
    assert [item.score is None for page in pages for item in page] == [False] * 3 + [True] * 3


def test_search_without_a_question_begins_with_what_was_written_last(store: MilvusStore) -> None:
    for n in range(5):
        store.put(("n",), f"k{n}", {"text": "x"})
    store.put(("n",), "k1", {"text": "y"})
    assert [item.key for item in store.search(("n",), limit=3)] == ["k1", "k4", "k3"]
    assert [item.key for item in store.search(("n",), limit=2, offset=3)] == ["k2", "k0"]


def test_text_that_says_nothing_is_kept_and_found_last(store: MilvusStore) -> None:
    store.put(("n",), "numbers", {"text": "123"})
    store.put(("n",), "empty", {"text": ""})
    assert {item.key for item in store.search(("n",), query="pump")} == {"numbers", "empty"}
    assert {item.score for item in store.search(("n",), query="456")} == {None}


def test_written_over_is_found_by_its_new_text_only_and_keeps_its_beginning(store: MilvusStore) -> None:
    store.put(("n",), "k", {"text": "boiler"})
    first = store.get(("n",), "k")
    store.put(("n",), "k", {"text": "zzz qqq"})
    [item] = store.search(("n",), query="boiler")
    assert first is not None
    assert item.score == pytest.approx(0.0, abs=1e-6)
    assert item.created_at == first.created_at
    assert item.updated_at > first.updated_at


def test_batch_reads_what_was_there_before_and_the_last_put_of_a_key_counts(store: MilvusStore) -> None:
    store.put(("n",), "k", {"text": "before"})
    puts = [PutOp(("n",), "k", {"text": text}) for text in ("first", "second")]
    item, *nothing = store.batch([GetOp(("n",), "k"), *puts])
    assert getattr(item, "value", None) == {"text": "before"}
    assert nothing == [None, None]
    now = store.get(("n",), "k")
    assert now is not None
    assert now.value == {"text": "second"}


async def test_sync_and_async_calls_of_many_tasks_and_threads_agree(store: MilvusStore) -> None:
    await asyncio.gather(*(store.aput(("n",), f"k{n}", {"text": f"pump {n}", "n": n}) for n in range(12)))
    store.put(("n",), "k12", {"text": "pump", "n": 12})  # in a thread whose loop runs
    await asyncio.to_thread(store.put, ("n",), "k13", {"text": "pump", "n": 13})
    found = await asyncio.gather(*(store.asearch(("n",), query="pump", limit=50) for _ in range(4)))
    assert [{item.value["n"] for item in one} for one in found] == [set(range(14))] * 4


async def test_embedder_of_the_runtime_finds_other_words_and_says_that_it_needs_a_loop(opens: Opens) -> None:
    embedder = Embedder()
    role = RoleEmbeddings(embedder)
    store = opens(index={"dims": DIMENSIONS, "embed": role, "fields": ["text"]})
    await store.aput(("facts",), "lab", {"text": "b4 is a laboratory, open at night"})
    await store.aput(("facts",), "gas", {"text": "b7 gets a new gas boiler in spring"})
    [best, _] = await store.asearch(("facts",), query="Which building works after midnight?")
    assert best.key == "lab"
    with pytest.raises(NotImplementedError, match="await `aput`"):
        store.put(("facts",), "k", {"text": "x"})
    await embedder.close()


class Wrong(Letters):
    """An embedder whose vectors are what it is told."""

    def __init__(self, given: Any) -> None:
        super().__init__()
        self.given: Any = given

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        given: list[list[float]] = self.given
        return given

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


NAN = [float("nan"), *([0.0] * 26)]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([NAN], "nan as number 0 of text 0"),
        ([[float("inf")] * 27], "inf as number 0"),
        ([[1.0, 0.0]], r"the shape \(1, 2\) where \(1, 27\) was due"),
        ([[1.0] * 27, [1.0]], "no list of numbers"),
        (["pump"], "no list of numbers"),
    ],
)
def test_what_is_no_vector_is_refused_by_name_and_nothing_is_lost(
    store: MilvusStore, opens: Opens, given: Any, said: str
) -> None:
    store.put(("n",), "k", {"text": "before"})
    wrong = opens(index=index_of(Wrong(given)), embedder="letters")
    with pytest.raises(BadVectors, match=f"letters gave .*{said}.*role `embedder`"):
        wrong.put(("n",), "k", {"text": "after"})
    wrong.put(("n",), "unsearched", {"text": "kept"}, index=False)
    assert [item.value["text"] for item in store.search(("n",), query="before")] == ["before", "kept"]


def test_question_that_gets_no_vector_is_refused_by_name(opens: Opens) -> None:
    with pytest.raises(BadVectors, match="nan as number 0"):
        opens(index=index_of(Wrong([NAN]))).search(("n",), query="pump")


def test_recall_at_10_is_that_of_exact_search(opens: Opens) -> None:
    random = np.random.default_rng(5)
    table = random.standard_normal((400, 32), dtype=np.float32)

    class Rows(Letters):
        def embed_query(self, text: str) -> list[float]:
            return list(map(float, table[int(text)]))

    store = opens(index=index_of(Rows(32)), embedder="rows")
    store.batch([PutOp(("n",), str(n), {"text": str(n)}) for n in range(400)])
    unit = table / np.linalg.norm(table, axis=1, keepdims=True)
    for n in range(0, 400, 40):
        exact = np.argsort(unit @ unit[n])[::-1][:10]
        assert [item.key for item in store.search(("n",), query=str(n))] == [str(i) for i in exact]
