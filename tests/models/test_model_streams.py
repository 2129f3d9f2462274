"""A stream ends in one of two ways: with its last chunk, or with an error that says what happened."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import aclosing, suppress
from typing import Any, cast

import pytest
from langchain_core.messages import AIMessageChunk, HumanMessage, SystemMessage

from models import ANALYSIS, Deadline, Patience
from models.errors import (
    CredentialRejected,
    MalformedAnswer,
    ModelBusy,
    ModelError,
    ModelFailed,
    ModelNotFound,
    ModelTimeout,
    ModelUnreachable,
    NotLocal,
    PromptTooLong,
    RequestRejected,
    TruncatedAnswer,
)
from models.voice import Voice
from tests.models.asking import PROTOCOLS, QUESTION, Protocol, asking
from tests.wire.script import TEXT, Break, Cut, Garbage, Hang, Say, Status

both = pytest.mark.parametrize("protocol", PROTOCOLS)
SHORT = Patience(first_token_s=0.2, next_token_s=0.2)


@both
@pytest.mark.parametrize("trickle", [False, True])
async def test_answer_comes_in_pieces_with_finish_and_usage_in_the_last(protocol: Protocol, trickle: bool) -> None:
    async with asking(protocol, Say(trickle=trickle)) as asked:
        *pieces, last = await asked.chunks()
    assert "".join(piece.text for piece in pieces) == TEXT
    assert len(pieces) > 1
    assert all(piece.usage is None and piece.finish is None for piece in pieces)
    assert (last.text, last.finish) == ("", "stop")
    assert last.usage is not None
    assert (last.usage.tokens_in, last.usage.tokens_out, last.usage.estimated) == (42, 7, False)
    assert 0 < last.usage.ttft_ms <= last.usage.duration_ms


@both
async def test_messages_of_langchain_are_taken_as_well_as_pairs(protocol: Protocol) -> None:
    messages = [
        SystemMessage(content="You explain building energy data."),
        HumanMessage(content="Why is b4 high in winter?"),
    ]
    async with asking(protocol) as asked:
        async with aclosing(asked.models.stream(asked.endpoint, messages, deadline=Deadline.after(5))) as chunks:
            assert [chunk async for chunk in chunks]
        await asked.chunks()
        with_messages, with_pairs = asked.server.chats
    assert with_messages.json["messages"] == with_pairs.json["messages"]


async def test_fault_that_is_nobodys_passes_as_it_is() -> None:
    class Faulty:
        async def astream(self, *_: object, **__: object) -> AsyncIterator[AIMessageChunk]:
            yield AIMessageChunk(content="The")
            raise ZeroDivisionError("a fault of ours")

    voice = Voice("e", cast("Any", Faulty()), lambda *_: {}, lambda *_: None)
    with pytest.raises(ZeroDivisionError):
        assert [part async for part in voice.parts(QUESTION, ANALYSIS, None)]


@both
async def test_answer_at_its_longest_is_no_error_and_says_so(protocol: Protocol) -> None:
    async with asking(protocol, Say(finish="length")) as asked:
        assert (await asked.chunks())[-1].finish == "length"


@both
@pytest.mark.parametrize("usage", [None, (-5, 3)])
async def test_counts_that_are_missing_or_negative_are_estimated_and_marked(
    protocol: Protocol, usage: tuple[int, int] | None
) -> None:
    async with asking(protocol, Say(usage=usage)) as asked:
        cost = (await asked.chunks())[-1].usage
    assert cost is not None
    assert cost.estimated
    assert 5 <= cost.tokens_in <= 40
    assert 5 <= cost.tokens_out <= 20


@both
async def test_server_that_never_begins_is_given_up(protocol: Protocol) -> None:
    async with asking(protocol, Hang(), patience=SHORT) as asked:
        with pytest.raises(ModelTimeout, match="no first token within 0"):
            await asked.chunks()
        await asyncio.wait_for(asked.server.chats[0].dropped.wait(), 2)


@both
async def test_stream_that_stalls_is_given_up(protocol: Protocol) -> None:
    async with asking(protocol, Hang(after=3), patience=SHORT) as asked:
        with pytest.raises(ModelTimeout, match="no next token within 0"):
            await asked.chunks()
        await asyncio.wait_for(asked.server.chats[0].dropped.wait(), 2)


@pytest.mark.slow
@both
async def test_deadline_ends_a_wait_that_patience_would_allow(protocol: Protocol) -> None:
    async with asking(protocol, Hang(after=1)) as asked:
        started = time.monotonic()
        with pytest.raises(ModelTimeout, match="no end of its answer within 0"):
            await asked.chunks(deadline_s=0.7)
        assert time.monotonic() - started < 1.2


@both
async def test_deadline_in_the_past_sends_nothing(protocol: Protocol) -> None:
    async with asking(protocol) as asked:
        with pytest.raises(ModelTimeout):
            await asked.chunks(deadline_s=-1)
        assert asked.server.chats == []


@both
@pytest.mark.parametrize("clean", [False, True])
@pytest.mark.parametrize("after", [0, 3])
async def test_stream_without_its_end_is_never_taken_for_complete(protocol: Protocol, clean: bool, after: int) -> None:
    async with asking(protocol, Cut(after=after, clean=clean)) as asked:
        with pytest.raises(TruncatedAnswer if after or clean else ModelUnreachable):
            await asked.chunks()


@both
async def test_model_that_dies_before_its_first_token_has_failed(protocol: Protocol) -> None:
    async with asking(protocol, Break(after=0)) as asked:
        with pytest.raises(ModelFailed, match="unexpected EOF"):
            await asked.chunks()


@both
async def test_model_that_dies_while_it_writes_has_cut_its_answer(protocol: Protocol) -> None:
    async with asking(protocol, Break(after=2)) as asked:
        with pytest.raises(TruncatedAnswer, match="unexpected EOF"):
            await asked.chunks()


@pytest.mark.parametrize("body", [b"<html>It works!</html>\n", b"[1, 2]\n", b"{\n", b'{"message": 7}\n', b"\x00\xff\n"])
async def test_garbage_of_ollama_is_malformed(body: bytes) -> None:
    async with asking("ollama", Garbage(body)) as asked:
        with pytest.raises(MalformedAnswer):
            await asked.chunks()


@pytest.mark.parametrize("body", [b"data: {\n\n", b"data: [1, 2]\n\n", b'data: {"choices": 7}\n\n', b"data: \xff\n\n"])
@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings")
async def test_garbage_of_the_openai_protocol_is_malformed(body: bytes) -> None:
    async with asking("openai", Garbage(body)) as asked:
        with pytest.raises(MalformedAnswer):
            await asked.chunks()


@pytest.mark.parametrize("body", [b"", b"<html>It works!</html>\n", b"data: [DONE]\n\n"])
async def test_body_without_any_event_is_truncated(body: bytes) -> None:
    async with asking("openai", Garbage(body)) as asked:
        with pytest.raises(TruncatedAnswer):
            await asked.chunks()


@both
@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, RequestRejected),
        (401, CredentialRejected),
        (404, ModelNotFound),
        (408, ModelFailed),
        (413, RequestRejected),
        (429, ModelBusy),
        (500, ModelFailed),
        (502, ModelFailed),
        (503, ModelBusy),
        (529, ModelBusy),
    ],
)
async def test_status_becomes_an_error_of_ours_after_one_request(
    protocol: Protocol, status: int, error: type[ModelError]
) -> None:
    async with asking(protocol, Status(status, "no")) as asked:
        with pytest.raises(error) as caught:
            await asked.chunks()
        assert len(asked.server.chats) == 1
    assert caught.value.endpoint == asked.endpoint.id


async def test_busy_server_says_when_to_come_back() -> None:
    async with asking("openai", Status(429, headers={"Retry-After": "7"})) as asked:
        with pytest.raises(ModelBusy) as caught:
            await asked.chunks()
    assert caught.value.retry_after_s == 7


async def test_forbidden_by_ollama_means_a_model_in_its_cloud() -> None:
    async with asking("ollama", Status(403, "remote model is unavailable")) as asked:
        with pytest.raises(NotLocal):
            await asked.chunks()


@both
async def test_prompt_that_does_not_fit_is_refused_before_it_is_cut_in_silence(protocol: Protocol) -> None:
    async with asking(protocol) as asked:
        with pytest.raises(PromptTooLong, match="its context has 4096"):
            await anext(asked.models.stream(asked.endpoint, [("user", "12.5 kWh " * 2000)], deadline=Deadline.after(1)))
        assert asked.server.chats == []


async def test_prompt_that_the_server_finds_too_long_is_known_as_such() -> None:
    said = "request (28031 tokens) exceeds the available context size (4096 tokens), try increasing it"
    async with asking("openai", Status(400, said)) as asked:
        with pytest.raises(PromptTooLong, match="28031"):
            await asked.chunks()


@both
async def test_server_that_is_gone_is_unreachable(protocol: Protocol) -> None:
    async with asking(protocol) as asked:
        await asked.server.__aexit__()
        with pytest.raises(ModelUnreachable, match="cannot be reached at http://127"):
            await asked.chunks()


@both
async def test_cancelled_question_frees_the_server(protocol: Protocol) -> None:
    async with asking(protocol, Hang(after=1)) as asked:
        begun = asyncio.Event()

        async def read() -> None:
            async for _ in asked.models.stream(asked.endpoint, QUESTION, deadline=Deadline.after(10)):
                begun.set()

        task = asyncio.create_task(read())
        await asyncio.wait_for(begun.wait(), 5)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await asyncio.wait_for(asked.server.chats[0].dropped.wait(), 2)


@both
async def test_listener_that_leaves_frees_the_server_at_once(protocol: Protocol) -> None:
    async with asking(protocol, Hang(after=1)) as asked:
        async with aclosing(asked.models.stream(asked.endpoint, QUESTION, deadline=Deadline.after(10))) as chunks:
            await anext(chunks)
        await asyncio.wait_for(asked.server.chats[0].dropped.wait(), 2)


@both
async def test_slow_listener_does_not_run_into_the_patience_for_the_model(protocol: Protocol) -> None:
    async with asking(protocol, Say(), patience=Patience(first_token_s=5, next_token_s=0.05)) as asked:
        texts: list[str] = []
        async with aclosing(asked.models.stream(asked.endpoint, QUESTION, deadline=Deadline.after(10))) as chunks:
            async for chunk in chunks:
                texts.append(chunk.text)
                busy_until = time.monotonic() + 0.02
                while time.monotonic() < busy_until:
                    pass  # as one that checks each sentence; together that is longer than the patience
    assert "".join(texts) == TEXT


@both
async def test_answers_at_the_same_time_do_not_mix(protocol: Protocol) -> None:
    said = [f"Answer {n} is about building b{n}." for n in range(8)]
    async with asking(protocol, *map(Say, said)) as asked:
        answers = await asyncio.gather(*(asked.chunks() for _ in said))
    assert {"".join(chunk.text for chunk in chunks) for chunks in answers} == set(said)
