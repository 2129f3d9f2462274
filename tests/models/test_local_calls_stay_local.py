"""A call to a local model goes to its proven address, without credentials, past every proxy, redirect and tracer."""

from collections.abc import Iterator
from typing import Any, cast

import httpx
import pytest
from langchain_core.callbacks import AsyncCallbackHandler, AsyncCallbackManager
from langchain_core.runnables import RunnableConfig, RunnableLambda
from langchain_core.tracers import langchain as tracers
from langchain_core.tracers.langchain import LangChainTracer
from langsmith import Client
from langsmith.run_helpers import tracing_context
from langsmith.utils import get_env_var

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
    heard: list[str] = []

    class Listener(AsyncCallbackHandler):
        async def on_chat_model_start(self, *_: Any, **__: Any) -> None:
            heard.append("started")

        async def on_llm_new_token(self, *_: Any, **__: Any) -> None:
            heard.append("token")

    async with asking(protocol, Say()) as asked:

        async def node(_: str) -> int:
            return len(await asked.chunks())

        assert await RunnableLambda(node).ainvoke("", RunnableConfig(callbacks=[Listener()])) > 1
    assert heard == []


def forget_environment() -> None:
    """LangSmith remembers what it has read of the environment."""
    cast("Any", get_env_var).cache_clear()


@pytest.fixture
def tracers_made(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Ask for tracing as a user would, and note each tracer that is made."""
    made: list[str] = []

    class Tracer(LangChainTracer):
        def __init__(self, **_: Any) -> None:
            made.append("tracer")
            super().__init__(client=Client(api_url="http://127.0.0.1:9", api_key="none", auto_batch_tracing=False))

    monkeypatch.setattr(tracers, "LangChainTracer", Tracer)
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    forget_environment()
    yield made
    forget_environment()


@both
async def test_tracer_that_the_environment_asks_for_is_not_made(protocol: Protocol, tracers_made: list[str]) -> None:
    async with asking(protocol, Say()) as asked:
        await asked.chunks()
    assert tracers_made == []
    with tracing_context(enabled=True):  # a graph that was imported before may have turned the environment's word off
        AsyncCallbackManager.configure()  # LangChain itself would have made one
    assert tracers_made == ["tracer"]


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
