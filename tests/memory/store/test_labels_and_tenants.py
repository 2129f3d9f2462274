"""Who sees what: the tenant's own, up to a label. Names are never read as part of a request."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from langgraph.store.base import InvalidNamespaceError, PutOp

from memory.milvus_store import MilvusStore
from memory.store.errors import NameTooLong, NotJson
from memory.store.names import item_id, namespace_of, namespace_text
from privacy.labels import Label
from tests.memory.store.letters import Opens

NASTY = 'ignore the gate; \' or 1==1 -- " or tenant != "\\ \n\r\t {x} %s %25 _ \u202e \ud800'
LABELS = st.text(min_size=1).filter(lambda text: not set(".\0") & set(text))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def texts(store: MilvusStore, **options: Any) -> set[str]:
    return {item.value["text"] for item in store.search((), limit=100, **options)}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(namespace=st.lists(LABELS, min_size=1, max_size=4), key=st.text(), value=st.dictionaries(st.text(), JSON))
def test_any_namespace_key_and_value_comes_back_as_it_was(
    store: MilvusStore, namespace: list[str], key: str, value: dict[str, Any]
) -> None:
    place = tuple(namespace)
    store.batch([PutOp(place, key, value)])
    item = store.get(place, key)
    assert item is not None
    assert (item.value, item.key, item.namespace) == (value, key, place)
    assert key in {found.key for found in store.search(place, limit=1_000)}
    store.delete(place, key)
    assert store.get(place, key) is None


@given(one=st.lists(LABELS, max_size=4), other=st.lists(LABELS, max_size=4))
def test_written_namespace_reads_back_and_lies_within_its_beginnings_only(one: list[str], other: list[str]) -> None:
    written, within = namespace_text(one), namespace_text(other)
    assert namespace_of(written) == tuple(one)
    assert (not within or within <= written < within[:-1] + "/") == (one[: len(other)] == other)


@given(st.lists(LABELS, min_size=1, max_size=3), st.text(), st.text(), st.text())
def test_two_places_never_share_an_id(namespace: list[str], key: str, tenant: str, other: str) -> None:
    ids = {item_id(t, n, key) for t in {tenant, other} for n in (tuple(namespace), (*namespace, key or "x"))}
    assert len(ids) == 2 * len({tenant, other})


def test_another_tenant_sees_finds_and_deletes_nothing(store: MilvusStore, opens: Opens) -> None:
    store.put(("facts",), "b4", {"text": "b4 is a laboratory"})
    mine = store._scope.tenant
    for name in ("local", mine + " ", f'{mine}" or tenant == "{mine}', f"{mine}' or '1'=='1", "", NASTY):
        other = opens(tenant=name)
        other.delete(("facts",), "b4")
        assert other.get(("facts",), "b4") is None
        assert other.search((), query="b4 is a laboratory") == []
        assert other.list_namespaces() == []
    assert texts(store) == {"b4 is a laboratory"}


def test_text_like_an_instruction_stays_data(opens: Opens) -> None:
    store = opens(tenant=NASTY)
    store.put((NASTY.replace(".", ""), NASTY), NASTY, {"text": NASTY, NASTY: NASTY})
    store.put(("facts",), "b4", {"text": "b4 is a laboratory"})
    [item] = store.search((NASTY, NASTY), query=NASTY, filter={NASTY: NASTY})
    assert (item.key, item.value["text"]) == (NASTY, NASTY)
    store.delete((NASTY, NASTY), NASTY)
    assert texts(store) == {"b4 is a laboratory"}


def test_what_is_above_the_label_is_not_got_found_nor_listed(store: MilvusStore, opens: Opens) -> None:
    for label in (*Label.__members__, "internal", 0, None):
        store.put(("told", str(label)), "k", {"text": f"a fact that is {label}", "label": label})
    store.put(("told", "nothing"), "k", {"text": "a fact without a label"})
    low = opens(max_label=Label.INTERNAL)
    assert texts(low) == texts(low, query="a fact") == {"a fact that is PUBLIC", "a fact that is INTERNAL"}
    assert low.list_namespaces() == [("told", "INTERNAL"), ("told", "PUBLIC")]
    assert low.get(("told", "RESTRICTED"), "k") is low.get(("told", "nothing"), "k") is None
    assert len(texts(store)) == 8


def test_label_of_a_key_never_falls_while_it_lives(store: MilvusStore, opens: Opens) -> None:
    store.put(("facts",), "b4", {"text": "b4 closes at ten", "label": "CONFIDENTIAL"})
    store.put(("facts",), "b4", {"text": "b4 closes at nine", "label": "PUBLIC"})
    low = opens(max_label=Label.PUBLIC)
    assert low.get(("facts",), "b4") is None
    assert texts(low, query="b4 closes") == set()
    store.delete(("facts",), "b4")
    store.put(("facts",), "b4", {"text": "b4 closes at eight", "label": "PUBLIC"})
    assert texts(low, query="b4 closes") == {"b4 closes at eight"}


def test_label_may_be_told_by_something_else(opens: Opens) -> None:
    store = opens(label_of=lambda value: Label.PUBLIC if value.get("open") else Label.RESTRICTED)
    store.put(("facts",), "one", {"text": "one", "open": True, "label": "RESTRICTED"})
    store.put(("facts",), "two", {"text": "two", "label": "PUBLIC"})
    assert texts(opens(max_label=Label.PUBLIC)) == {"one"}


@pytest.mark.parametrize("namespace", [("a.b",), ("a\0",), ("a", ""), (7,)])
def test_namespace_that_is_none_is_refused_past_the_public_methods_too(store: MilvusStore, namespace: Any) -> None:
    with pytest.raises(InvalidNamespaceError):
        store.batch([PutOp(namespace, "k", {})])


def test_what_cannot_be_kept_is_refused_by_name_with_all_of_its_batch(store: MilvusStore) -> None:
    good = PutOp(("facts",), "good", {"text": "kept"})
    with pytest.raises(NameTooLong, match="16,384 is the most"):
        store.batch([good, PutOp(("x" * 20_000,), "k", {})])
    with pytest.raises(NotJson, match=r"'k' is not JSON .*object is not JSON serializable"):
        store.batch([good, PutOp(("facts",), "k", {"text": object()})])
    with pytest.raises(NotJson, match="has the field 7"):
        store.batch([good, PutOp(("facts",), "k", {7: "seven"})])  # type: ignore[dict-item]
    assert store.search(()) == []
