"""Large values, two writers, flushes, and Milvus killed in the middle: an item is there whole, or as before."""

import asyncio
import os
import signal
from collections.abc import Callable
from contextlib import nullcontext
from threading import Thread
from typing import Any

import psutil  # type: ignore[import-untyped]
import pytest

from config.settings import Settings
from memory.errors import MemoryDown
from memory.milvus import milvus_of
from memory.milvus_store import MilvusStore
from memory.store import reads, requests, upkeep, writes
from memory.store.errors import ValueTooLarge
from services.milvus import milvus
from services.probe import free_port
from services.process import ensure
from tests.memory.store.letters import Opens


def values(store: MilvusStore, **options: Any) -> list[dict[str, Any]]:
    return [item.value for item in store.search(("n",), **options)]


def test_value_of_a_megabyte_comes_back_whole_and_is_found(store: MilvusStore) -> None:
    large = {"text": "pump", "log": '电\ud800" \\ \n' * 60_000, "list": list(range(1_000))}
    store.put(("n",), "large", large)
    store.put(("n",), "small", {"text": "valve"})
    item = store.get(("n",), "large")
    assert item is not None
    assert item.value == large
    assert values(store, query="pump")[0] == large


def test_value_that_is_too_large_is_refused_by_its_size(store: MilvusStore) -> None:
    store.put(("n",), "k", {"text": "before"})
    with pytest.raises(ValueTooLarge, match=r"'k' has 9,000,0.. bytes as JSON, and 8,000,000 is the most; split it"):
        store.put(("n",), "k", {"text": "x" * 9_000_000})
    assert values(store) == [{"text": "before"}]


def test_two_writers_of_one_key_leave_one_item_that_is_whole(opens: Opens) -> None:
    stores = [opens(), opens()]

    def write(store: MilvusStore, letter: str) -> None:
        for n in range(15):
            store.put(("n",), "k", {"text": letter * 5, "who": letter, "n": n, "long": letter * 70_000})

    threads = [Thread(target=write, args=pair) for pair in zip(stores, "ab", strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    item = stores[0].get(("n",), "k")
    assert item is not None
    who = item.value["who"]
    assert item.value == {"text": who * 5, "who": who, "n": 14, "long": who * 70_000}
    [found] = stores[1].search(("n",), query=who * 5)
    assert found.score == pytest.approx(1.0)


def test_flushes_under_way_hide_nothing_that_was_put(opens: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "FLUSH_AT", 4)
    store = opens()
    for n in range(80):
        store.put(("n",), f"k{n % 50}", {"text": "pump", "n": n})
        item = store.get(("n",), f"k{n % 50}")
        assert item is not None
        assert item.value["n"] == n
    assert {value["n"] for value in values(store, query="pump", limit=100)} == set(range(30, 80))


async def pid_of(settings: Settings) -> int:
    return (await ensure(milvus(settings))).pid


def kill(pid: int) -> None:
    process = psutil.Process(pid)
    process.kill()
    process.wait(10)


def fixed(uri: str) -> Callable[[], Any]:
    async def address() -> str:
        return uri

    return address


def killing(call: Callable[..., Any], pid: int, at: int = 0, *, done: bool = False) -> Callable[..., Any]:
    """Return the request, before or after (`done`) which Milvus dies when it is made for the nth time."""
    count = iter(range(100))

    def wrapped(*arguments: Any, **options: Any) -> Any:
        now = next(count) == at
        if now and not done:
            kill(pid)
        result = call(*arguments, **options)
        if now and done:
            kill(pid)
        return result

    return wrapped


@pytest.mark.parametrize("step", ["vectors and parts", "reading the head", "the head", "the answer"])
async def test_milvus_killed_in_the_middle_of_a_put_leaves_the_old_or_the_new_item_whole(
    opens: Opens, milvus_settings: Settings, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    store = opens(address=fixed(await milvus_of(milvus_settings)()))
    before, after = ({"text": text, "long": text * 30_000} for text in ("valve", "pump"))
    await store.aput(("n",), "k", before)
    pid, is_written = await pid_of(milvus_settings), step == "the answer"
    with monkeypatch.context() as patch:
        if step == "reading the head":
            patch.setattr(writes, "heads", killing(requests.heads, pid))
        else:
            at = 1 if step == "vectors and parts" else 2
            patch.setattr(writes, "upsert", killing(requests.upsert, pid, at, done=is_written))
        with nullcontext() if is_written else pytest.raises(MemoryDown, match="eaio up"):
            await store.aput(("n",), "k", after)
    again = opens(address=milvus_of(milvus_settings))  # starts it
    kept = after if is_written else before
    item = await again.aget(("n",), "k")
    assert item is not None
    assert item.value == kept
    [found] = await again.asearch(("n",), query=kept["text"])
    assert found.value == kept
    assert found.score == pytest.approx(1.0)


async def test_milvus_killed_in_the_middle_of_a_search_or_a_delete_loses_nothing(
    opens: Opens, milvus_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Any, str, Callable[[MilvusStore], Any]]] = [
        (reads, "heads", lambda store: store.asearch(("n",), query="pump")),
        (writes, "delete", lambda store: store.adelete(("n",), "k")),
    ]
    await opens().aput(("n",), "k", {"text": "pump"})
    for module, request, call in asked:
        store = opens(address=fixed(await milvus_of(milvus_settings)()))
        with monkeypatch.context() as patch:
            patch.setattr(module, request, killing(getattr(requests, request), await pid_of(milvus_settings)))
            with pytest.raises(MemoryDown, match="eaio up"):
                await call(store)
        [found] = await opens(address=milvus_of(milvus_settings)).asearch(("n",), query="pump")
        assert found.score == pytest.approx(1.0)


async def test_embedded_milvus_that_was_killed_is_started_again_by_whatever_is_asked(
    store: MilvusStore, milvus_settings: Settings
) -> None:
    await store.aput(("n",), "k", {"text": "pump"})
    kill(await pid_of(milvus_settings))
    [found] = await store.asearch(("n",), query="pump")
    assert found.value == {"text": "pump"}


async def test_hanging_milvus_keeps_no_task_waiting_and_the_put_still_happens_whole(
    store: MilvusStore, milvus_settings: Settings
) -> None:
    await store.aput(("n",), "k", {"text": "valve"})
    assert store.settle()
    pid = await pid_of(milvus_settings)
    os.kill(pid, signal.SIGSTOP)
    try:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await store.aput(("n",), "k", {"text": "pump"})
    finally:
        os.kill(pid, signal.SIGCONT)
    while (item := await store.aget(("n",), "k")) is not None and item.value != {"text": "pump"}:
        pass
    [found] = await store.asearch(("n",), query="pump")
    assert found.score == pytest.approx(1.0)


async def test_where_nothing_listens_every_call_says_so_at_once(opens: Opens) -> None:
    store = opens(address=fixed(f"http://127.0.0.1:{free_port()}"))
    for call in (
        store.aget(("n",), "k"),
        store.aput(("n",), "k", {"text": "pump"}),
        store.adelete(("n",), "k"),
        store.asearch(("n",), query="pump"),
        store.alist_namespaces(),
    ):
        with pytest.raises(MemoryDown, match="eaio up"):
            await call
    store.close()
    with pytest.raises(MemoryDown, match="it was closed"):
        store.get(("n",), "k")
