"""Calls that are the same and under way together are one call at the server; any difference makes them two."""

import asyncio
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from pydantic import BaseModel

from config.settings import Settings
from models import ANALYSIS, Chunk, Deadline, Endpoint, Sampling, Usage, open_chat_models
from models.errors import ModelError, ModelNotFound, ModelTimeout, TruncatedAnswer
from models.pool import Priority, Work
from models.pool.urgency import urgency, urgency_or
from models.pooled import Pooled
from tests.models.asking import PROTOCOLS, QUESTION, Asked, Protocol, asking
from tests.models.test_routing_document import TEXT as DOCUMENT
from tests.models.test_routing_document import written
from tests.wire.ollama import FakeOllama
from tests.wire.script import TEXT, Break, Hang, Say, Status

OURS = "local/INTERNAL"
both = pytest.mark.parametrize("protocol", PROTOCOLS)


async def ask(asked: Asked, shared_as: str | None = OURS, **more: Sampling | Priority) -> list[Chunk]:
    deadline = Deadline.after(20)
    stream = asked.models.stream(asked.endpoint, QUESTION, deadline=deadline, shared_as=shared_as, **more)  # type: ignore[arg-type]
    async with aclosing(stream) as chunks:
        return [chunk async for chunk in chunks]


def text_of(chunks: list[Chunk]) -> str:
    return "".join(chunk.text for chunk in chunks)


@both
async def test_two_hundred_at_once_are_one_call_whose_tokens_are_counted_once(protocol: Protocol) -> None:
    async with asking(protocol) as asked:
        answers = await asyncio.gather(*(ask(asked) for _ in range(200)))
        assert len(asked.server.chats) == 1
    assert {text_of(chunks) for chunks in answers} == {TEXT}
    spent = [chunks[-1].usage for chunks in answers]
    assert [(u.tokens_in, u.tokens_out, u.shared) for u in spent if u] == [(42, 7, False)] + [(0, 0, True)] * 199
    assert all(chunk.shared for chunks in answers[1:] for chunk in chunks)


async def test_two_tenants_or_two_labels_have_a_call_each() -> None:
    async with asking("ollama") as asked:
        names = ("local/INTERNAL", "other/INTERNAL", "local/RESTRICTED")
        await asyncio.gather(*(ask(asked, name) for name in names for _ in range(50)))
        assert len(asked.server.chats) == 3


async def test_calls_that_name_nobody_to_share_with_are_not_shared() -> None:
    async with asking("ollama") as asked:
        answers = await asyncio.gather(*(ask(asked, None) for _ in range(5)))
        assert len(asked.server.chats) == 5
    assert not any(chunk.shared for chunks in answers for chunk in chunks)


async def test_other_words_sampling_or_place_make_another_call() -> None:
    async with asking("ollama") as asked:
        coordinator = (await asked.models.ladder("coordinator"))[0]
        calls = [
            (asked.endpoint, QUESTION, ANALYSIS),
            (asked.endpoint, [*QUESTION, ("user", "Again.")], ANALYSIS),
            (asked.endpoint, QUESTION, replace(ANALYSIS, max_tokens=50)),
            (coordinator, QUESTION, ANALYSIS),
        ]

        async def one(endpoint: Endpoint, words: list[tuple[str, str]], sampling: Sampling) -> None:
            stream = asked.models.stream(
                endpoint, words, deadline=Deadline.after(20), sampling=sampling, shared_as=OURS
            )
            async with aclosing(stream) as chunks:
                assert text_of([chunk async for chunk in chunks]) == TEXT

        await asyncio.gather(*(one(*call) for call in calls for _ in range(3)))
        assert len(asked.server.chats) == 4


async def test_those_who_share_a_call_need_one_slot_and_no_place_in_the_queue() -> None:
    async with asking("ollama") as asked:
        asked = replace(asked, endpoint=replace(asked.endpoint, concurrency=1, queue=0))
        answers = await asyncio.gather(*(ask(asked) for _ in range(50)))
    assert {text_of(chunks) for chunks in answers} == {TEXT}


async def test_last_one_to_leave_ends_the_request_at_the_server() -> None:
    async with asking("ollama", Hang(after=2)) as asked:
        deadline = Deadline.after(20)
        streams = [asked.models.stream(asked.endpoint, QUESTION, deadline=deadline, shared_as=OURS) for _ in range(3)]
        for stream in streams:
            assert (await anext(stream)).text
        (request,) = asked.server.chats
        for stream in streams[:2]:
            await stream.aclose()
        assert not request.dropped.is_set()
        await streams[2].aclose()
        await asyncio.wait_for(request.dropped.wait(), 5)


async def test_one_who_joins_with_more_time_gets_the_answer_that_came_too_late_for_the_first() -> None:
    async with asking("ollama", Say(delay_s=0.5)) as asked:

        async def within(seconds: float) -> str:
            deadline = Deadline.after(seconds)
            stream = asked.models.stream(asked.endpoint, QUESTION, deadline=deadline, shared_as=OURS)
            async with aclosing(stream) as chunks:
                return text_of([chunk async for chunk in chunks])

        early, late = await asyncio.gather(within(0.25), within(20), return_exceptions=True)
        assert len(asked.server.chats) == 1
    assert isinstance(early, ModelTimeout)
    assert early.shared
    assert late == TEXT


@pytest.mark.parametrize(("act", "error"), [(Status(404), ModelNotFound), (Break(after=2), TruncatedAnswer)])
async def test_error_reaches_all_and_is_met_once(act: Status | Break, error: type[ModelError]) -> None:
    async def failed(asked: Asked) -> ModelError:
        with pytest.raises(error) as caught:
            await ask(asked)
        return caught.value

    async with asking("ollama", act) as asked:
        errors = await asyncio.gather(*(failed(asked) for _ in range(20)))
        assert len(asked.server.chats) == 1
    assert [fault.shared for fault in errors] == [False] + [True] * 19
    assert len({str(fault) for fault in errors}) == 1


class Level(BaseModel):
    """What is filled."""

    level: Literal["low", "high"]


@both
async def test_forms_are_shared_too_each_with_an_object_of_its_own(protocol: Protocol) -> None:
    spent: list[Usage] = []
    async with asking(protocol, Say('{"level": "low"}')) as asked:

        async def fill() -> Level:
            return await asked.models.fill(
                *(asked.endpoint, QUESTION, Level),
                deadline=Deadline.after(20),
                shared_as=OURS,
                on_usage=spent.append,
            )

        filled = await asyncio.gather(*(fill() for _ in range(20)))
        assert len(asked.server.chats) == 1
    assert filled == [Level(level="low")] * 20
    assert len({id(form) for form in filled}) == 20
    assert sorted(u.tokens_in for u in spent) == [0] * 19 + [42]


async def test_those_who_share_a_call_outrun_a_slow_host_together(tmp_path: Path) -> None:
    async with FakeOllama(Hang()) as slow, FakeOllama() as quick:
        text = DOCUMENT.replace(
            "model: qwen2.5:7b\n", f"model: qwen2.5:7b\n    hosts: ['{slow.host}', '{quick.host}']\n", 1
        )
        path = written(tmp_path, text.replace("hedge: false", "hedge: true"))
        settings, pooled = Settings(profile="local", routing=path, ollama_host=quick.host), Pooled()
        for _ in range(20):  # the slow host is known to begin within milliseconds
            admission = pooled.pool.admitted("ollama:qwen2.5:7b", work=Work(20, 100), deadline=Deadline.after(5))
            async with admission as ticket:
                ticket.done(Usage(20, 10, False, 5.0, 20.0))
        async with open_chat_models(settings, pooled=pooled) as models:
            endpoint = next(e for e in await models.ladder("analyst") if e.base_url == slow.url)
            answers = await asyncio.gather(*(ask(Asked(slow, models, endpoint)) for _ in range(20)))
    assert {text_of(chunks) for chunks in answers} == {TEXT}
    assert (len(slow.chats), len(quick.chats)) == (1, 1)


async def test_closing_the_models_ends_a_shared_call_for_all() -> None:
    async with asking("ollama", Hang(after=2)) as asked:
        listening = [asyncio.create_task(ask(asked)) for _ in range(3)]
        stream = asked.models.stream(asked.endpoint, QUESTION, deadline=Deadline.after(20), shared_as=OURS)
        assert (await anext(stream)).text
        (request,) = asked.server.chats
        await asked.models.close()
        outcomes = await asyncio.gather(*listening, return_exceptions=True)
        assert all(isinstance(outcome, ModelError) for outcome in outcomes)
        await stream.aclose()
        await asyncio.wait_for(request.dropped.wait(), 5)


async def test_urgency_around_the_work_holds_for_its_calls_and_those_of_its_tasks() -> None:
    seen: list[Priority] = []

    async def calls() -> None:
        seen.append(urgency_or(Priority.ANALYSIS))

    with urgency(Priority.BATCH):
        await calls()
        await asyncio.create_task(calls())
    await calls()
    assert seen == [Priority.BATCH, Priority.BATCH, Priority.ANALYSIS]


async def test_answer_for_a_person_goes_before_the_calls_of_urgently_unneeded_work() -> None:
    async with asking("ollama", Hang(after=1), Say()) as asked:
        asked = replace(asked, endpoint=replace(asked.endpoint, concurrency=1))
        ended: list[str] = []

        async def one(name: str, words: str) -> None:
            stream = asked.models.stream(asked.endpoint, [("user", words)], deadline=Deadline.after(600))
            async with aclosing(stream) as chunks:
                assert text_of([chunk async for chunk in chunks])
            ended.append(name)

        async def batch(name: str) -> None:
            with urgency(Priority.BATCH):
                await one(name, name)

        first = asked.models.stream(asked.endpoint, QUESTION, deadline=Deadline.after(600))
        assert (await anext(first)).text  # holds the slot
        waiting = [asyncio.create_task(batch(f"batch {n}")) for n in range(3)]
        await asyncio.sleep(0)
        waiting.append(asyncio.create_task(one("person", "Why is b4 high?")))
        await asyncio.sleep(0)
        await first.aclose()
        await asyncio.gather(*waiting)
        assert ended == ["person", "batch 0", "batch 1", "batch 2"]
