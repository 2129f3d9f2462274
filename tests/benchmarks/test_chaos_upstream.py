"""The upstream that misbehaves speaks OpenAI's protocol: its vendor's own client reads each of its faults as such."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import openai
import pytest

from benchmarks.models.acts import PREFILL_REFUSED, Act, Answering, Refusing, Resetting, Silent
from benchmarks.models.faults import BUSY_FOR_2_S, FORBIDDEN, TOO_LONG, always, once, until
from benchmarks.models.upstream import Upstream

pytestmark = pytest.mark.slow

TEXT = "The building uses more in winter than in summer."
ASKED: list[Any] = [{"role": "system", "content": "Be short."}, {"role": "user", "content": "Why?"}]


@pytest.fixture
async def upstream() -> AsyncIterator[Upstream]:
    async with Upstream(TEXT, takes_prefill=False) as server:
        yield server


@pytest.fixture
async def client(upstream: Upstream) -> AsyncIterator[openai.AsyncOpenAI]:
    async with openai.AsyncOpenAI(base_url=upstream.base_url, api_key="sk-test", max_retries=0) as opened:
        yield opened


async def streamed(client: openai.AsyncOpenAI, messages: list[Any] = ASKED) -> list[Any]:
    """Return the events of a streamed answer as the client reads them."""
    options: Any = {"include_usage": True}
    stream = await client.chat.completions.create(
        model="gpt-4o", messages=messages, stream=True, stream_options=options
    )
    return [event async for event in stream]


def text_of(events: list[Any]) -> str:
    return "".join(choice.delta.content or "" for event in events for choice in event.choices)


async def test_healthy_answer_is_streamed_a_word_a_token_with_its_count(
    upstream: Upstream, client: openai.AsyncOpenAI
) -> None:
    events = await streamed(client)
    assert text_of(events) == TEXT
    assert [c.finish_reason for e in events for c in e.choices if c.finish_reason] == ["stop"]
    assert events[-1].usage.completion_tokens == len(TEXT.split())
    assert {e.model for e in events} == {"gpt-4o"}
    assert [t.did for t in upstream.tries] == ["200 to its end"]
    assert upstream.tries[0].whole


async def test_answer_in_one_piece_is_a_chat_completion(client: openai.AsyncOpenAI) -> None:
    said = await client.chat.completions.create(model="gpt-4o", messages=ASKED)
    assert said.choices[0].message.content == TEXT
    assert said.usage is not None
    assert said.usage.total_tokens == 3 + len(TEXT.split())


async def test_connection_is_kept_between_answers_and_refusals(upstream: Upstream, client: openai.AsyncOpenAI) -> None:
    upstream.begin(once(TOO_LONG))
    with pytest.raises(openai.BadRequestError):
        await streamed(client)
    await streamed(client)
    assert upstream.connections == 1


async def test_every_byte_is_kept_with_its_time(upstream: Upstream, client: openai.AsyncOpenAI) -> None:
    upstream.begin()
    await streamed(client)
    sent = b"".join(data for _, data in upstream.received)
    body = json.loads(sent.split(b"\r\n\r\n", 1)[1])
    assert body["messages"] == ASKED
    assert len(sent) == upstream.bytes_in
    assert all(at_s >= 0 for at_s, _ in upstream.received)
    assert upstream.tries[0].size == len(sent.split(b"\r\n\r\n", 1)[1])


async def test_rate_limit_carries_its_retry_after(upstream: Upstream, client: openai.AsyncOpenAI) -> None:
    upstream.begin(once(BUSY_FOR_2_S))
    with pytest.raises(openai.RateLimitError) as refused:
        await streamed(client)
    assert refused.value.response.headers["retry-after"] == "2"
    assert refused.value.code == "rate_limit_exceeded"
    assert text_of(await streamed(client)) == TEXT


@pytest.mark.parametrize(
    ("act", "kind", "code"),
    [
        (TOO_LONG, openai.BadRequestError, "context_length_exceeded"),
        (FORBIDDEN, openai.BadRequestError, "content_policy_violation"),
        (Refusing(500, "broken", "server_error"), openai.InternalServerError, None),
        (Refusing(503, "down", "service_unavailable_error"), openai.InternalServerError, None),
    ],
)
async def test_refusal_is_read_with_its_code(
    upstream: Upstream, client: openai.AsyncOpenAI, act: Refusing, kind: type[openai.APIStatusError], code: str | None
) -> None:
    upstream.begin(always(act))
    with pytest.raises(kind) as refused:
        await streamed(client)
    assert (refused.value.status_code, refused.value.code) == (act.status, code)
    assert act.message in str(refused.value)


@pytest.mark.parametrize(
    ("act", "faults"),
    [
        (Resetting(), openai.APIConnectionError),
        (Answering(cut_after=4), openai.APIConnectionError),
        (Answering(malformed_event=3), json.JSONDecodeError),
    ],
    ids=["reset", "cut", "malformed"],
)
async def test_broken_answer_is_an_error_to_the_client(
    upstream: Upstream, client: openai.AsyncOpenAI, act: Act, faults: type[Exception]
) -> None:
    upstream.begin(always(act))
    with pytest.raises(faults):
        await streamed(client)
    assert not upstream.tries[0].whole


async def test_malformed_event_is_one_too_many_and_nothing_else_is_lost(upstream: Upstream) -> None:
    upstream.begin(always(Answering(malformed_event=3)))
    lines = (await raw(upstream)).decode().splitlines()
    events = [line.removeprefix("data: ") for line in lines if line.startswith("data: {")]
    whole = [event for event in events if is_json(event)]
    assert len(events) == len(whole) + 1
    assert events.index(next(e for e in events if e not in whole)) == 2
    assert "".join(json.loads(e)["choices"][0]["delta"].get("content", "") for e in whole[:-2]) == TEXT


async def test_stream_without_its_mark_is_complete_and_ends_as_http_wants_it(
    upstream: Upstream, client: openai.AsyncOpenAI
) -> None:
    upstream.begin(always(Answering(done=False)))
    assert text_of(await streamed(client)) == TEXT
    assert b"[DONE]" not in await raw(upstream)


@pytest.mark.parametrize("act", [Silent(30), Answering(first_after_s=30), Answering(stall_after=2)])
async def test_silence_lasts_until_the_client_has_gone(
    upstream: Upstream, client: openai.AsyncOpenAI, act: Act
) -> None:
    upstream.begin(always(act))
    with pytest.raises(openai.APITimeoutError):
        await streamed(client.with_options(timeout=0.2))
    assert not upstream.tries[0].whole


async def test_prefilled_answer_is_refused_where_it_is_not_taken(
    upstream: Upstream, client: openai.AsyncOpenAI
) -> None:
    begun = [*ASKED, {"role": "assistant", "content": "The building"}]
    with pytest.raises(openai.BadRequestError, match="prefill"):
        await streamed(client, begun)
    assert upstream.prefills_refused == 1
    assert upstream.tries[0].did == str(PREFILL_REFUSED.status)


async def test_what_is_not_a_chat_is_not_there(upstream: Upstream, client: openai.AsyncOpenAI) -> None:
    with pytest.raises(openai.NotFoundError):
        await client.models.list()
    assert not upstream.tries


def test_outage_ends_at_its_time() -> None:
    behave = until(60, FORBIDDEN)
    assert [behave(1, at) for at in (0.0, 59.9, 60.0)] == [FORBIDDEN, FORBIDDEN, Answering()]


async def raw(upstream: Upstream) -> bytes:
    """Return the bytes of a streamed answer, past any client."""
    host, _, port = upstream.host.partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    body = json.dumps({"model": "m", "messages": ASKED, "stream": True, "stream_options": {"include_usage": True}})
    head = f"POST /v1/chat/completions HTTP/1.1\r\nHost: {upstream.host}\r\nContent-Length: {len(body)}\r\n\r\n"
    writer.write((head + body).encode())
    answer = await reader.readuntil(b"\r\n0\r\n\r\n")
    writer.close()
    await writer.wait_closed()
    return answer


def is_json(said: str) -> bool:
    try:
        json.loads(said)
    except json.JSONDecodeError:
        return False
    return True
