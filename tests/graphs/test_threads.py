"""Turns of a conversation: one at a time, finished where they were cut off, and given up where they were stopped."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from config.settings import Settings
from graphs.runtime import Runtime
from graphs.threads import MOST_TRIES
from memory.exclusion import exclude
from memory.postgres import fetch
from nodes.state import Context
from tests.graphs.small_graph import Scripted
from tests.graphs.towns import Town, open_town

pytestmark = pytest.mark.slow

HALL = "How much electricity did the hall use in February 2019?"
NEXT = "And in March 2019?"
BEGIN = datetime(2019, 2, 3, tzinfo=UTC)


@pytest.fixture
async def town(settings: Settings, tmp_path: Path) -> AsyncIterator[Town]:
    """Give a town; no answer of it is cached, so that its model is asked."""
    async with open_town(settings, tmp_path) as one:
        yield one


class Waiting(Scripted):
    """A model that writes when it is let."""

    def __init__(self) -> None:
        super().__init__({"m1": ["You should check the schedule of the cooling. "]})
        self.reached, self.let = asyncio.Event(), asyncio.Event()

    async def speak(self, *given: Any) -> Any:
        """Wait, then write."""
        self.reached.set()
        await self.let.wait()
        async for chunk in super().speak(*given):
            yield chunk


async def cut(runtime: Runtime, question: str, *, after: str, thread: str = "t") -> None:
    """Run a turn up to and with one node, and leave it as a process that is killed there leaves it."""
    graph: Any = runtime.threads.graph
    config = {"configurable": {"thread_id": thread}}
    run = graph.astream(
        {"question": question}, config, context=Context(thread), durability="sync", interrupt_after=[after]
    )
    async with aclosing(run) as steps:
        async for _ in steps:
            pass
    assert (await graph.aget_state(config)).next


async def questions_in_ledger(town: Town, thread: str = "t") -> list[str]:
    return [
        q for (q,) in await fetch(town.pool, "SELECT question FROM runs WHERE thread_id = %s ORDER BY at", (thread,))
    ]


async def test_turn_that_was_cut_off_is_finished_before_the_next_is_answered(town: Town) -> None:
    async with town.open() as runtime:
        await cut(runtime, HALL, after="classify")
    async with town.open() as runtime:
        events = [event async for event in runtime.stream(NEXT, thread_id="t")]
    earlier = next(event["answer"] for event in events if event["event"] == "earlier")
    assert (earlier["question"], earlier["status"]) == (HALL, "answered")
    assert events[-1]["answer"]["evidence"][0]["buildings"] == ["hall"]
    assert await questions_in_ledger(town) == [HALL, NEXT]


async def test_turn_that_goes_on_is_told_whole_and_once(town: Town) -> None:
    async with town.open() as runtime:
        await cut(runtime, HALL, after="retrieve_context")
    async with town.open() as runtime:
        events = await runtime.resume("t")
        assert [event["event"] for event in events] == ["resumed", "facts", "sentence", "answer"]
        assert events[0]["question"] == HALL
        assert await runtime.resume("t") == []
    assert await questions_in_ledger(town) == [HALL]


async def test_turn_that_goes_on_much_later_has_its_whole_time_to_answer(town: Town) -> None:
    async with town.open() as runtime:
        await cut(runtime, HALL, after="retrieve_context")
        config: Any = {"configurable": {"thread_id": "t"}}
        await runtime.threads.graph.aupdate_state(config, {"asked_at": 0.0})
        answer = (await runtime.resume("t"))[-1]["answer"]
    assert answer["receipt"]["chosen"] == "m1"


async def test_facts_of_data_that_were_corrected_meanwhile_are_computed_anew(town: Town) -> None:
    async with town.open() as runtime:
        await cut(runtime, HALL, after="retrieve_context")
    await exclude(town.pool, "hall/electricity", BEGIN, BEGIN + timedelta(days=1), because="the meter was open")
    async with town.open() as runtime:
        answer = (await runtime.resume("t"))[-1]["answer"]
        after = await runtime.ask(NEXT, thread_id="t")
    assert answer["evidence"][0]["value"] == (28 - 1) * 24 * 5.0
    assert after["evidence"][0]["buildings"] == ["hall"]
    assert await questions_in_ledger(town) == [HALL, NEXT]


async def test_turn_that_ends_its_process_each_time_is_given_up(town: Town) -> None:
    async with town.open() as runtime:
        await cut(runtime, HALL, after="retrieve_context")
        for _ in range(MOST_TRIES):
            turn = await runtime.threads.cut_off("t")
            assert turn is not None
            assert await runtime.threads.prepare("t", turn)
        answer = (await runtime.resume("t"))[-1]["answer"]
        assert (answer["status"], "given up" in answer["reason"]) == ("error", True)
        assert await runtime.resume("t") == []
        assert (await runtime.ask(NEXT, thread_id="t"))["status"] == "answered"


async def test_turn_that_a_person_stopped_is_not_finished_later(town: Town) -> None:
    model = Waiting()
    async with town.open(ladder=model, analysts=model) as runtime:
        asking = asyncio.create_task(runtime.ask(HALL, thread_id="t"))
        await model.reached.wait()
        asking.cancel()
        await asyncio.wait([asking])
        assert asking.cancelled()
        assert await runtime.resume("t") == []
    async with town.open() as runtime:
        assert await runtime.resume("t") == []
        assert (await runtime.ask(NEXT, thread_id="t"))["evidence"][0]["buildings"] == ["hall"]


async def test_turn_that_took_too_long_is_not_finished_later(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graphs.turns.GRACE_S", 0.0)
    model = Waiting()
    slow = Town(town.settings.model_copy(update={"answer_budget_s": 2.0}), town.pool, model)
    async with slow.open() as runtime:
        answer = await runtime.ask(HALL, thread_id="t")
        assert (answer["status"], "longer than 2 s" in answer["reason"]) == ("error", True)
        assert await runtime.resume("t") == []


async def test_second_process_in_a_turn_is_told_and_changes_nothing(town: Town) -> None:
    model = Waiting()
    async with town.open(ladder=model, analysts=model) as one, town.open() as two:
        asking = asyncio.create_task(one.ask(HALL, thread_id="t"))
        await model.reached.wait()
        told = await two.ask(NEXT, thread_id="t")
        assert told["status"] == "error"
        assert "another process" in told["reason"]
        model.let.set()
        assert (await asking)["status"] == "answered"
        assert (await two.ask(NEXT, thread_id="t"))["evidence"][0]["buildings"] == ["hall"]
    assert await questions_in_ledger(town) == [HALL, NEXT]


async def test_questions_of_one_process_in_one_conversation_wait_for_each_other(town: Town) -> None:
    async with town.open() as runtime:
        first, second = await asyncio.gather(runtime.ask(HALL, thread_id="t"), runtime.ask(NEXT, thread_id="t"))
    assert [a["evidence"][0]["buildings"] for a in (first, second)] == [["hall"], ["hall"]]
    assert await questions_in_ledger(town) == [HALL, NEXT]


async def test_answer_from_the_cache_is_in_the_ledger_before_it_is_given(settings: Settings, tmp_path: Path) -> None:
    rank = "Which building used the most electricity in February 2019?"
    async with open_town(settings, tmp_path) as town, town.open() as runtime:
        await runtime.ask(rank)
        answer = await runtime.ask(rank, thread_id="t")
        assert answer["cached"]
        assert await questions_in_ledger(town) == [rank]


async def test_store_that_is_away_is_told_with_the_answer_and_costs_it_nothing_else(town: Town) -> None:
    async with town.open() as runtime:
        await runtime.ask(HALL, thread_id="t")
        async with town.pool.connection() as connection:
            await connection.execute("SET default_transaction_read_only = off")
            await connection.execute("DROP SCHEMA conversations CASCADE")
        answer = await runtime.ask(NEXT, thread_id="t")
    assert answer["evidence"][0]["buildings"] == ["hall"]
    assert any(note.startswith("conversation: ") for note in answer["receipt"]["notes"])


@pytest.mark.parametrize("name", ["x" * 201, "a\nb", "a\x00b", "\ud800"])
async def test_name_that_cannot_be_kept_is_refused_with_what_may_be(town: Town, name: str) -> None:
    async with town.open() as runtime:
        answer = await runtime.ask(HALL, thread_id=name)
    assert answer["status"] == "error"
    assert "names no conversation" in answer["reason"]
