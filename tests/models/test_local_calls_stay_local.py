"""A call to a local model goes to its proven address, bare of credentials, and past every proxy, redirect and tracer."""

from typing import Any

import httpx
import pytest
from langchain_core.callbacks import AsyncCallbackHandler
from langchain_core.runnables import RunnableConfig, RunnableLambda

from models.address import attest, parse
from models.transport import HEADERS_THAT_LEAVE, LocalTransport, NoSyncTransport, async_client
from tests.models.asking import PROTOCOLS, Protocol, asking
from tests.wire.ollama import FakeOllama
from tests.wire.openai import FakeOpenAI
from tests.wire.script import Say, Status

both = pytest.mark.parametrize("protocol", PROTOCOLS)


@both
async def test_environment_can_neither_divert_nor_decorate_a_call(
    protocol: Protocol, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with FakeOpenAI() as elsewhere:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "OPENAI_PROXY", "OPENAI_BASE_URL", "OPENAI_API_BASE"):
            monkeypatch.setenv(name, elsewhere.url)
        for name in ("LANGSMITH_GATEWAY", "LANGSMITH_ENDPOINT", "OLLAMA_HOST"):
            monkeypatch.setenv(name, elsewhere.url)
        for name in ("OPENAI_API_KEY", "OLLAMA_API_KEY", "LANGSMITH_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
            monkeypatch.setenv(name, "secret-value")
        for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"):
            monkeypatch.setenv(name, "true")
        monkeypatch.delenv("NO_PROXY", raising=False)
        async with asking(protocol, Say()) as asked:
            await asked.chunks()
            (sent,) = asked.server.chats
        assert elsewhere.requests == []
    assert set(sent.headers) <= HEADERS_THAT_LEAVE
    assert b"secret-value" not in sent.body


@both
async def test_redirect_to_another_place_is_not_followed(protocol: Protocol) -> None:
    async with FakeOllama() as elsewhere:
        away = Status(307, headers={"Location": f"{elsewhere.url}/api/chat"})
        async with asking(protocol, away) as asked:
            with pytest.raises(Exception, match="307"):
                await asked.chunks()
        assert elsewhere.requests == []


@both
async def test_unchecked_tokens_reach_no_callback_of_the_caller(protocol: Protocol) -> None:
    class Listener(AsyncCallbackHandler):
        heard: list[str] = []

        async def on_llm_new_token(self, token: str, **_: Any) -> None:
            self.heard.append(token)

        async def on_chat_model_start(self, *_: Any, **__: Any) -> None:
            self.heard.append("started")

    async with asking(protocol, Say()) as asked:

        async def node(_: str) -> int:
            return len(await asked.chunks())

        assert await RunnableLambda(node).ainvoke("", RunnableConfig(callbacks=[Listener()])) > 1
    assert Listener.heard == []


async def test_transport_refuses_any_other_address() -> None:
    async with FakeOllama() as near, FakeOllama() as elsewhere:
        async with async_client(LocalTransport(await attest(parse(near.host)))) as client:
            assert (await client.get(f"{near.url}/api/version")).is_success
            with pytest.raises(httpx.ConnectError, match="refused"):
                await client.get(f"{elsewhere.url}/api/version")
        assert elsewhere.requests == []


def test_transport_takes_only_an_attested_address() -> None:
    with pytest.raises(ValueError, match="not attested"):
        LocalTransport(parse("127.0.0.1:11434"))


def test_blocking_calls_are_refused() -> None:
    with httpx.Client(transport=NoSyncTransport()) as client, pytest.raises(RuntimeError, match="asynchronously"):
        client.get("http://127.0.0.1:11434")


async def test_every_call_to_ollama_pins_the_same_context_so_that_it_never_reloads() -> None:
    async with asking("ollama", Say()) as asked:
        await asked.chunks()
        await asked.chunks()
        options = [chat.json["options"]["num_ctx"] for chat in asked.server.chats]
        kept = {chat.json["keep_alive"] for chat in asked.server.chats}
    assert (options, kept) == ([4096, 4096], {1800})
