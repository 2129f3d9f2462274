"""Conversations are kept in PostgreSQL, one process at a time in each, and go on where it does not answer."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil  # type: ignore[import-untyped]
import psycopg
import pytest

from config.settings import Settings
from graphs.checkpoints import PolicedSaver
from graphs.runtime import SERDE
from memory.conversations import AWAY_S, Conversations
from memory.errors import MemoryDown
from memory.lasting_saver import LastingSaver
from privacy.labels import Label
from privacy.policy import Policy
from services.postgres import ensure_postgres, postgres
from services.process import ensure, stop
from tests.dropping import dropping
from tests.graphs.gatehouse import POLICY
from tests.graphs.small_graph import Scripted, graph_of
from tests.graphs.test_checkpoints import PEAK, TOTAL, keeping

pytestmark = pytest.mark.slow


@pytest.fixture
def database(server: str) -> Iterator[str]:
    """Give the DSN of an empty database."""
    name = f"talk{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        yield f"{server.removesuffix('/eaio')}/{name}"
        for statement in dropping(name):
            connection.execute(statement)


@asynccontextmanager
async def opened(dsn: str, *, days: int = 30, budget_s: float = 5.0) -> AsyncIterator[Conversations]:
    async def address() -> str:
        return dsn

    store = Conversations(address, days=days, budget_s=budget_s, serde=SERDE)
    yield store
    await store.close()


@asynccontextmanager
async def talking(dsn: str, policy: Policy = POLICY, **more: Any) -> AsyncIterator[tuple[Any, LastingSaver]]:
    """Give a graph over kept conversations, as a process has it."""
    async with opened(dsn, **more) as store:
        saver = LastingSaver(store, serde=SERDE)
        yield graph_of(Scripted(), checkpointer=PolicedSaver(lambda: policy, saver)), saver


def on(thread: str = "t") -> Any:
    return {"configurable": {"thread_id": thread}}


async def asked(graph: Any, question: str, thread: str = "t") -> dict[str, Any]:
    state: dict[str, Any] = await graph.ainvoke({"question": question}, on(thread), durability="sync")
    return state


async def test_next_process_knows_what_was_asked_before(database: str) -> None:
    async with talking(database) as (graph, _):
        await asked(graph, TOTAL)
    async with talking(database) as (graph, saver):
        kept = (await graph.aget_state(on())).values
        assert isinstance(kept["label"], Label)
        assert (await asked(graph, "and the peak?"))["classification"]["queries"][0].buildings == ("b1",)
        assert saver.note("t") is None


async def test_conversations_are_listed_newest_first_and_forgotten_whole(database: str) -> None:
    async with talking(database) as (graph, _):
        await asked(graph, TOTAL, "one")
        await asked(graph, PEAK, "two")
    async with opened(database) as store:
        assert [(k.thread, k.question) for k in await store.kept()] == [("two", PEAK), ("one", TOTAL)]
        await store.forget("two")
        assert [k.thread for k in await store.kept()] == ["one"]
    with psycopg.connect(database) as connection:
        for table in ("checkpoints", "checkpoint_blobs", "checkpoint_writes"):
            found = connection.execute(f"SELECT DISTINCT thread_id FROM conversations.{table}".encode()).fetchall()
            assert found == [("one",)]


async def test_only_the_newest_state_stays_once_a_turn_is_over(database: str) -> None:
    async with talking(database) as (graph, _), opened(database) as store:
        await asked(graph, TOTAL)
        await store.tidy("t")
        assert len([1 async for _ in graph.checkpointer.alist(on())]) == 1
        assert (await asked(graph, "and the peak?"))["classification"]["queries"][0].buildings == ("b1",)


async def test_conversation_that_nobody_went_on_with_is_forgotten_at_the_next_start(database: str) -> None:
    async with talking(database) as (graph, _):
        await asked(graph, TOTAL, "old")
        await asked(graph, TOTAL, "new")
    then = (datetime.now(UTC) - timedelta(days=31)).isoformat()
    with psycopg.connect(database) as connection:
        connection.execute(
            "UPDATE conversations.checkpoints SET checkpoint = jsonb_set(checkpoint, '{ts}', to_jsonb(%s::text))"
            " WHERE thread_id = 'old'",
            (then,),
        )
    async with opened(database, days=32) as store:
        assert {k.thread for k in await store.kept()} == {"old", "new"}
    async with opened(database, days=30) as store:
        assert {k.thread for k in await store.kept()} == {"new"}


async def test_two_first_starts_at_once_both_succeed(database: str) -> None:
    async with opened(database, budget_s=20) as one, opened(database, budget_s=20) as two:
        assert list(await asyncio.gather(one.kept(), two.kept())) == [[], []]


async def test_only_one_process_at_a_time_has_a_turn_and_one_that_ends_gives_it_back(database: str) -> None:
    async with opened(database) as two:
        async with opened(database) as one:
            assert await one.take("turn t")
            assert not await two.take("turn t")
            assert await two.take("turn u")
            await one.give("turn t")
            assert await two.take("turn t")
            assert not await one.take("turn t")
            assert await one.take("turn v")
        assert await two.take("turn v")


@pytest.mark.parametrize("text", ["b1\x00 in 2018", "b1 \ud800 in 2018", "'; DROP TABLE runs; --", "\U0001f600" * 900])
async def test_text_of_any_kind_is_kept(database: str, text: str) -> None:
    async with talking(database) as (graph, saver):
        await asked(graph, text)
        assert saver.note("t") is None
        assert (await graph.aget_state(on())).values["question"].startswith(text[:2])


async def test_g6_conversation_on_disk_that_becomes_too_sensitive_is_forgotten_from_its_beginning(
    database: str,
) -> None:
    async with talking(database, keeping(Label.PUBLIC, Label.INTERNAL, Label.CONFIDENTIAL)) as (graph, _):
        await asked(graph, TOTAL)
        async with opened(database) as store:
            assert [k.thread for k in await store.kept()] == ["t"]
            await asked(graph, PEAK)
            assert await store.kept() == []


async def test_g6_conversation_kept_under_another_policy_is_forgotten_when_it_is_read(database: str) -> None:
    async with talking(database) as (graph, _):
        await asked(graph, PEAK)
    async with talking(database, keeping(Label.PUBLIC)) as (graph, _), opened(database) as store:
        assert (await graph.aget_state(on())).values == {}
        assert await store.kept() == []


async def test_conversation_of_another_version_is_begun_anew_and_said_so(database: str) -> None:
    async with talking(database) as (graph, _):
        await asked(graph, TOTAL)
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE conversations.checkpoint_blobs SET type = 'msgpack', blob = '\\xc1'")
    async with talking(database) as (graph, saver):
        assert (await graph.aget_state(on())).values == {}
        assert "could not be read" in str(saver.note("t"))
        assert (await asked(graph, TOTAL))["answer"]


@pytest.fixture(scope="module")
def own_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Give settings whose PostgreSQL a test may stop."""
    settings = Settings(home=tmp_path_factory.mktemp("own"), database_url=None)
    yield settings
    asyncio.run(stop(postgres(settings)))


async def test_conversation_goes_on_while_the_database_is_stopped_and_is_kept_when_it_is_back(
    own_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("memory.conversations.AWAY_S", 0.0)
    places = [await ensure_postgres(own_settings)]

    async def address() -> str:
        return places[-1]

    store = Conversations(address, days=30, budget_s=5.0, serde=SERDE)
    saver = LastingSaver(store, serde=SERDE)
    graph: Any = graph_of(Scripted(), checkpointer=PolicedSaver(lambda: POLICY, saver))
    await asked(graph, TOTAL)
    await stop(postgres(own_settings))
    state = await asked(graph, "and the peak?")
    assert state["classification"]["queries"][0].buildings == ("b1",)
    assert "in this process alone" in str(saver.note("t"))
    places.append(await ensure_postgres(own_settings))
    assert (await asked(graph, "and in b2?"))["answer"]
    assert saver.note("t") is None
    await store.close()
    async with talking(places[-1]) as (next_graph, _):
        assert (await next_graph.aget_state(on())).values["question"] == "and in b2?"


async def test_database_that_hangs_costs_a_turn_its_budget_once(own_settings: Settings, tmp_path: Path) -> None:
    dsn, pid = await ensure_postgres(own_settings), (await ensure(postgres(own_settings))).pid
    server = psutil.Process(pid)
    async with talking(dsn, budget_s=0.5) as (graph, saver):
        await asked(graph, TOTAL, "h")
        family = [server, *server.children(recursive=True)]
        for process in family:
            process.send_signal(signal.SIGSTOP)
        try:
            began = time.monotonic()
            assert (await asked(graph, "and the peak?", "h"))["answer"]
            assert time.monotonic() - began < AWAY_S  # each of its twenty steps would have cost as much as the first
            assert "in this process alone" in str(saver.note("h"))
        finally:
            for process in family:
                process.send_signal(signal.SIGCONT)


async def test_what_was_only_here_is_brought_to_the_database_at_the_end(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def gone(*_: Any) -> Any:
        raise MemoryDown("the store of conversations", "it is away")

    async with talking(database) as (graph, saver):
        with monkeypatch.context() as away:
            away.setattr(Conversations, "call", gone)
            await asked(graph, TOTAL)
            assert saver.note("t")
        await saver.settle()
        assert saver.note("t") is None
    async with talking(database) as (graph, _):
        assert (await graph.aget_state(on())).values["question"] == TOTAL


async def test_two_that_are_in_each_others_way_are_no_reason_to_leave_the_store(database: str) -> None:
    async def conflicting(_: object) -> None:
        raise psycopg.errors.SerializationFailure("another transaction was there first")

    async with opened(database) as store:
        with pytest.raises(MemoryDown):
            await store.call(conflicting)
        assert await store.kept() == []


async def test_fault_of_the_code_is_not_taken_for_one_of_the_store(database: str) -> None:
    async def wrong(_: object) -> None:
        raise KeyError("a mistake")

    async with opened(database) as store:
        with pytest.raises(KeyError):
            await store.call(wrong)


async def test_conversation_forgotten_by_another_process_is_not_brought_back(database: str) -> None:
    async with talking(database) as (graph, saver), opened(database) as other:
        await asked(graph, TOTAL)
        await other.forget("t")
        assert (await graph.aget_state(on())).values == {}
        await saver.settle()
        assert await other.kept() == []
