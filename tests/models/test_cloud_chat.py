"""A cloud is asked with a cleared prompt or not at all, and its faults are named without repeating a word of it."""

import logging
import traceback
from contextlib import aclosing
from dataclasses import replace
from typing import Any

import pytest
from pydantic import SecretStr

from models import Deadline, Patience, Usage
from models.cloud_chat import CloudModels
from models.cloud_sites import SITES, CloudSite
from models.errors import (
    CredentialRejected,
    MalformedAnswer,
    ModelBusy,
    ModelError,
    ModelFailed,
    ModelNotFound,
    ModelTimeout,
    ModelUnreachable,
    NotClearedForCloud,
    PromptTooLong,
    RequestRejected,
    TruncatedAnswer,
)
from tests.models.cloud_asking import (
    DESTINATIONS,
    KEY,
    QUESTION,
    asking_cloud,
    cleared,
    fake_of,
)
from tests.models.wrong_ways import Level
from tests.wire.script import TEXT, Break, Cut, Garbage, Hang, Say, Status
from tests.wire.server import silent_port

every = pytest.mark.parametrize("destination", DESTINATIONS)
SHORT = Patience(first_token_s=0.5, next_token_s=0.5)
ECHO = f"the prompt was: {QUESTION[1][1]}"


@every
async def test_answer_comes_in_pieces_with_finish_and_usage_in_the_last(destination: str) -> None:
    async with asking_cloud(destination) as asked:
        *pieces, last = await asked.chunks()
    assert "".join(piece.text for piece in pieces) == TEXT
    assert len(pieces) > 1
    assert (last.text, last.finish) == ("", "stop")
    assert last.usage is not None
    assert (last.usage.tokens_in, last.usage.tokens_out, last.usage.estimated) == (42, 7, False)


@every
async def test_body_holds_what_was_cleared_and_constants_only(destination: str) -> None:
    async with asking_cloud(destination) as asked:
        await asked.chunks()
        (request,) = asked.server.requests
    (_, system), (_, question) = QUESTION
    turns = [{"role": "system", "content": system}, {"role": "user", "content": question}]
    limit = "max_completion_tokens" if destination == "gpt-4o" else "max_tokens"
    streamed = {"stream": True, "stream_options": {"include_usage": True}}
    chat = {"model": asked.site.model, "messages": turns, "temperature": 0.2, limit: 400} | streamed
    gemini = {
        "contents": [{"role": "user", "parts": [{"text": question}]}],
        "systemInstruction": {"parts": [{"text": system}]},
        "generationConfig": {"temperature": 0.2, "maxOutputTokens": 400, "thinkingConfig": {"thinking_budget": 0}},
    }
    assert request.json == (gemini if destination == "gemini" else chat)


@every
async def test_answer_at_its_longest_is_no_error_and_says_so(destination: str) -> None:
    async with asking_cloud(destination, Say(finish="length")) as asked:
        assert (await asked.chunks())[-1].finish == "length"


@every
async def test_whole_conversation_is_sent_in_its_order(destination: str) -> None:
    turns = [("system", "One."), ("user", "Two?"), ("assistant", "Three."), ("user", "Four, {five}? \u202e\u0301 é 雪")]
    async with asking_cloud(destination) as asked:
        await asked.chunks(cleared(asked.site, messages=turns))
        body = asked.server.requests[0].body.decode()
    assert sorted(body.index(text) for _, text in turns[1:]) == [body.index(text) for _, text in turns[1:]]


@every
async def test_answer_of_a_form_is_returned_validated(destination: str) -> None:
    async with asking_cloud(destination, Say(text='{"why": "cold", "level": 2}')) as asked:
        prompt = cleared(asked.site, schema=Level.model_json_schema())
        spent: list[Usage] = []
        answer = await asked.models.fill(prompt, Level, deadline=Deadline.after(10), on_usage=spent.append)
        assert answer == Level(why="cold", level=2)
        assert len(spent) == 1
        body = asked.server.requests[0].body.decode()
    assert ('"why"' in body) == (destination != "deepseek-v3")  # which knows JSON, but no schema


@pytest.mark.parametrize(("finish", "error"), [("stop", MalformedAnswer), ("length", TruncatedAnswer)])
async def test_answer_out_of_form_is_an_error_that_repeats_nothing(finish: str, error: type[ModelError]) -> None:
    async with asking_cloud("gpt-4o", Say(text='{"why": "opens at 07:40"}', finish=finish)) as asked:
        prompt = cleared(asked.site, schema=Level.model_json_schema())
        with pytest.raises(error) as raised:
            await asked.models.fill(prompt, Level, deadline=Deadline.after(10))
    assert "07:40" not in "".join(traceback.format_exception(raised.value))


@every
@pytest.mark.parametrize(
    ("act", "error"),
    [
        (Status(400, ECHO), RequestRejected),
        (Status(401, ECHO), CredentialRejected),
        (Status(403, ECHO), CredentialRejected),
        (Status(404, ECHO), ModelNotFound),
        (Status(408, ECHO), ModelFailed),
        (Status(429, ECHO), ModelBusy),
        (Status(500, ECHO), ModelFailed),
        (Status(503, ECHO), ModelBusy),
        (Status(302, headers={"Location": "https://evil.example/"}), NotClearedForCloud),
        (Cut(), TruncatedAnswer),
        (Cut(clean=True), TruncatedAnswer),
        (Cut(after=0), ModelError),
        (Break(said=ECHO), TruncatedAnswer),
        (Garbage(), ModelError),
        (Garbage(b"data: {cut\n\n"), ModelError),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else repr(value)[:24],
)
async def test_fault_is_named_and_nothing_is_repeated_nor_sent_again(
    destination: str, act: Any, error: type[ModelError]
) -> None:
    async with asking_cloud(destination, act) as asked:
        with pytest.raises(error) as raised:
            await asked.chunks()
        assert len(asked.server.requests) == 1
    shown = "".join(traceback.format_exception(raised.value))
    for text in (QUESTION[0][1], QUESTION[1][1], ECHO, KEY):
        assert text not in shown
    assert raised.value.__cause__ is None
    assert raised.value.__context__ is None


@every
async def test_busy_cloud_says_when_it_takes_work_again(destination: str) -> None:
    async with asking_cloud(destination, Status(429, headers={"Retry-After": "7"})) as asked:
        with pytest.raises(ModelBusy) as busy:
            await asked.chunks()
    assert busy.value.retry_after_s == 7


async def test_code_of_a_provider_is_kept_and_its_words_are_not() -> None:
    async with asking_cloud("gemini", Status(400, ECHO)) as asked:
        with pytest.raises(RequestRejected, match=r"cloud:gemini rejects the request: status 400: INVALID_ARGUMENT$"):
            await asked.chunks()


@pytest.mark.slow
@every
@pytest.mark.parametrize("after", [0, 2])
async def test_silent_cloud_is_given_up_in_time_and_its_connection_closed(destination: str, after: int) -> None:
    async with asking_cloud(destination, Hang(after=after), patience=SHORT) as asked:
        with pytest.raises(ModelTimeout):
            await asked.chunks()
        await asked.server.requests[0].dropped.wait()


@every
async def test_cloud_that_is_not_there_is_unreachable(destination: str) -> None:
    async with silent_port() as port:
        pass  # closed again: nothing listens there now
    path = "" if destination == "gemini" else "/v1"
    site = replace(SITES[destination], base_url=f"http://{port}{path}", api_key=SecretStr(KEY))
    models = CloudModels([site])
    with pytest.raises(ModelUnreachable, match="check the network"):
        async with aclosing(models.stream(cleared(site), deadline=Deadline.after(10))) as chunks:
            assert [chunk async for chunk in chunks]
    await models.close()


@every
async def test_environment_can_neither_divert_nor_decorate_a_call(
    destination: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fake_of(destination) as elsewhere:
        for name in (
            *("HTTP_PROXY", "http_proxy", "ALL_PROXY", "OPENAI_PROXY", "OPENAI_BASE_URL", "OPENAI_API_BASE"),
            *("GOOGLE_GEMINI_BASE_URL", "GOOGLE_VERTEX_BASE_URL", "LANGSMITH_GATEWAY", "LANGSMITH_ENDPOINT"),
        ):
            monkeypatch.setenv(name, elsewhere.url)
        for name in (
            *("OPENAI_API_KEY", "GOOGLE_API_KEY", "GEMINI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"),
            *("LANGSMITH_API_KEY", "LANGSMITH_GATEWAY_API_KEY", "GOOGLE_CLOUD_PROJECT"),
        ):
            monkeypatch.setenv(name, "secret-value")
        monkeypatch.setenv("GOOGLE_GENAI_USE_VERTEXAI", "true")
        monkeypatch.setenv("GOOGLE_GENAI_HTTP_CLIENT", "httpx2")
        monkeypatch.setenv("LANGSMITH_TRACING", "true")
        async with asking_cloud(destination) as asked:
            await asked.chunks()
            assert len(asked.server.requests) == 1
            assert b"secret-value" not in asked.server.received
        assert elsewhere.connections == 0


@every
async def test_libraries_log_no_text_however_much_is_logged(destination: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        async with asking_cloud(destination) as asked:
            await asked.chunks()
    assert QUESTION[1][1] not in caplog.text
    assert KEY not in caplog.text


def test_sites_are_the_official_ones() -> None:
    assert {name: site.door.url(streamed=True) for name, site in SITES.items()} == {
        "gpt-4o": "https://api.openai.com/v1/chat/completions",
        "deepseek-v3": "https://api.deepseek.com/v1/chat/completions",
        "gemini": "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse",
    }


async def test_site_without_a_key_is_an_endpoint_that_fails_at_once() -> None:
    site = SITES["gpt-4o"]
    endpoint = CloudModels([site]).endpoint("gpt-4o")
    assert (endpoint.id, endpoint.place, endpoint.local, endpoint.usable) == ("cloud:gpt-4o", "cloud", False, False)
    with pytest.raises(CredentialRejected, match="cloud:gpt-4o has no key"):
        await anext(CloudModels([site]).stream(cleared(site), deadline=Deadline.after(1)))


async def test_prompt_that_does_not_fit_is_not_sent() -> None:
    async with asking_cloud("gpt-4o") as asked:
        with pytest.raises(PromptTooLong):
            await asked.chunks(cleared(asked.site, max_tokens=128_000))
        assert asked.server.connections == 0


async def test_deadline_in_the_past_sends_nothing() -> None:
    async with asking_cloud("gpt-4o") as asked:
        with pytest.raises(ModelTimeout):
            await asked.chunks(deadline_s=0)
        assert asked.server.connections == 0


@pytest.mark.parametrize("key", ["", "two words", "line\nbreak", "schlüssel"])
def test_key_that_no_provider_gives_is_refused_without_being_shown(key: str) -> None:
    with pytest.raises(ValueError, match="the key of gpt-4o") as refused:
        replace(SITES["gpt-4o"], api_key=SecretStr(key))
    assert not key or key not in str(refused.value)


def test_site_at_a_place_that_cannot_be_compared_is_refused() -> None:
    with pytest.raises(ValueError, match="http is for a loopback address"):
        CloudSite("gpt-4o", "openai", "http://api.openai.com/v1", "gpt-4o", 1000)


def test_destinations_are_listed() -> None:
    assert CloudModels(SITES.values()).destinations == DESTINATIONS
