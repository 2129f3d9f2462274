"""How long what is kept lives: until it expires, reading it lets it live as long again, and then it is gone."""

import math

import pytest

from memory import milvus_store
from memory.milvus_store import MilvusStore
from memory.store.errors import BadTTL
from memory.store.requests import listed
from tests.memory.store.letters import Opens

MINUTE_US = 60_000_000


class Clock:
    """The time of the stores."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.now_us = 1_700_000_000_000_000
        patch.setattr(milvus_store, "_now_us", lambda: self.now_us)

    def pass_minutes(self, minutes: float) -> None:
        self.now_us += round(minutes * MINUTE_US)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Give the time that the stores see."""
    return Clock(monkeypatch)


def rows_of(store: MilvusStore) -> int:
    """Return how many rows the tenant has in all collections."""
    scope, index = store._scope, store._index
    assert index is not None

    def count(name: str) -> int:
        found = store._connection.call(lambda c: c.query(name, filter=scope.ours, output_fields=["id"], limit=1_000))
        return len(found)

    return count(scope.items) + count(scope.vectors(index.fingerprint))


def test_expired_is_not_got_found_nor_listed_and_a_new_one_begins_anew(store: MilvusStore, clock: Clock) -> None:
    store.put(("n",), "k", {"text": "pump", "label": "RESTRICTED"}, ttl=10)
    clock.pass_minutes(9.99)
    assert len(store.search(("n",), query="pump", refresh_ttl=False)) == 1
    clock.pass_minutes(0.01)
    assert store.get(("n",), "k") is None
    assert store.search(("n",), query="pump") == store.search(("n",)) == store.list_namespaces() == []
    store.put(("n",), "k", {"text": "pump", "label": "PUBLIC"})
    item = store.get(("n",), "k")
    assert item is not None
    assert item.created_at == item.updated_at


@pytest.mark.parametrize("how", ["get", "search", "list"])
def test_reading_lets_it_live_as_long_again(store: MilvusStore, clock: Clock, how: str) -> None:
    store.put(("n",), "k", {"text": "pump"}, ttl=10)
    for _ in range(3):
        clock.pass_minutes(6)
        assert (
            store.get(("n",), "k") if how == "get" else store.search(("n",), query="pump" if how == "search" else None)
        )
        assert store.settle()
    clock.pass_minutes(10)
    assert store.get(("n",), "k") is None


def test_reading_without_refresh_and_what_lives_for_ever_change_nothing(opens: Opens, clock: Clock) -> None:
    store = opens(ttl={"default_ttl": 10, "refresh_on_read": False})
    store.put(("n",), "k", {"text": "pump"})
    store.put(("n",), "for ever", {"text": "pump"}, ttl=None)
    for _ in range(2):
        clock.pass_minutes(5)
        store.get(("n",), "k")
        assert store.settle()
    assert [item.key for item in store.search(("n",), query="pump")] == ["for ever"]
    clock.pass_minutes(1e9)
    assert store.get(("n",), "for ever") is not None


def test_refresh_of_what_was_read_never_shortens_what_was_put_meanwhile(store: MilvusStore, clock: Clock) -> None:
    store.put(("n",), "k", {"text": "pump"}, ttl=10)
    [head] = store._connection.call(lambda client: list(listed(client, store._scope, store._scope.ours)))
    store.put(("n",), "k", {"text": "valve"}, ttl=None)
    clock.pass_minutes(5)
    store._upkeep.refresh([head], clock.now_us)
    assert store.settle()
    clock.pass_minutes(100)
    assert store.get(("n",), "k") is not None


def test_sweep_leaves_no_row_of_what_has_expired(store: MilvusStore, clock: Clock) -> None:
    for n in range(3):
        store.put(("n",), f"k{n}", {"text": "pump", "long": "x" * 100_000}, ttl=1)
    store.put(("n",), "kept", {"text": "pump"}, ttl=60)
    clock.pass_minutes(2)
    assert store.sweep_ttl() == 3
    assert store.settle()
    assert rows_of(store) == 2
    assert [item.key for item in store.search(("n",), query="pump")] == ["kept"]


def test_what_was_written_over_or_deleted_leaves_no_row(store: MilvusStore) -> None:
    for n in range(3):
        store.put(("n",), "k", {"text": f"pump {n}", "long": "x" * 100_000 * (2 - n)})
    assert store.settle()
    assert rows_of(store) == 2
    store.delete(("n",), "k")
    store.delete(("n",), "never there")
    assert store.settle()
    assert rows_of(store) == 0


@pytest.mark.parametrize("minutes", [0, -1, math.nan])
def test_time_to_live_that_is_none_is_refused(store: MilvusStore, minutes: float) -> None:
    with pytest.raises(BadTTL, match="give minutes above 0"):
        store.put(("n",), "k", {"text": "pump"}, ttl=minutes)
