"""What is local is proven at the call, not read off a name: names move, tags lie, and a far place gets nothing."""

import asyncio
import socket
from contextlib import aclosing
from dataclasses import replace
from typing import Any

import httpx
import pytest

from config.settings import Settings
from models import ChatModels, Deadline, open_chat_models, resolve
from models.address import attest, parse
from models.errors import ModelError, NotLocal
from models.transport import LocalTransport, async_client
from tests.wire.ollama import FakeOllama, tag

QUESTION = [("user", "Building A opens at 07:40")]
FAR = "93.184.216.34"


class Names:
    """A resolver whose answer can be changed while calls run, as a rebinding attacker's is."""

    def __init__(self, patch: pytest.MonkeyPatch, ip: str) -> None:
        self.ip = ip
        self.asked: list[str] = []
        plain = asyncio.BaseEventLoop.getaddrinfo

        async def getaddrinfo(loop: Any, host: str, port: int, **more: Any) -> Any:
            if host != "gpu-box":
                return await plain(loop, host, port, **more)
            self.asked.append(host)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (self.ip, port))]

        patch.setattr(asyncio.BaseEventLoop, "getaddrinfo", getaddrinfo)


async def ask(models: ChatModels) -> None:
    """Ask the analyst that the models have now."""
    endpoint, *_ = await models.ladder("analyst")
    async with aclosing(models.stream(endpoint, QUESTION, deadline=Deadline.after(5))) as chunks:
        assert [chunk async for chunk in chunks]


async def test_name_that_moves_away_after_its_proof_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    async with FakeOllama() as near:
        names = Names(monkeypatch, "127.0.0.1")
        port = near.host.rpartition(":")[2]
        address = await attest(parse(f"gpu-box:{port}"))
        names.ip = FAR
        async with async_client(LocalTransport(address)) as client:
            assert (await client.get(f"{address.base_url}/api/version")).is_success
        assert names.asked == ["gpu-box"]
        assert near.requests[-1].headers["host"] == f"gpu-box:{port}"


async def test_name_that_is_far_when_it_is_asked_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async with FakeOllama() as near:
        names = Names(monkeypatch, "127.0.0.1")
        host = f"gpu-box:{near.host.rpartition(':')[2]}"
        async with open_chat_models(Settings(profile="local", ollama_host=host)) as models:
            endpoint, *_ = await models.ladder("analyst")
            names.ip = FAR
            with pytest.raises(NotLocal, match=f"gpu-box is at {FAR}"):
                await ask(models)
            assert endpoint.local
        assert near.chats == []


async def test_redirect_of_a_local_server_is_not_followed_out() -> None:
    async with FakeOllama() as near:
        address = await attest(parse(near.host))
        async with async_client(LocalTransport(address)) as client:
            with pytest.raises(httpx.ConnectError, match="refused"):
                await client.get(f"http://{FAR}/api/version")
    assert near.requests == []


@pytest.mark.parametrize(
    "model",
    [
        tag("qwen2.5:7b", remote_host="https://ollama.com:443", remote_model="gpt-oss:120b"),
        tag("qwen2.5:7b", remote_model="gpt-oss:120b"),
        tag("qwen2.5:7b", remote_host="https://ollama.com:443"),
    ],
    ids=["both", "model", "host"],
)
async def test_remote_manifest_under_a_local_name_gets_nothing(model: dict[str, Any]) -> None:
    async with FakeOllama(models=("llama3.2:3b", model)) as fake:
        async with open_chat_models(Settings(profile="local", ollama_host=fake.host)) as models:
            with pytest.raises(NotLocal, match="runs at"):
                await ask(models)
        assert fake.chats == []


@pytest.mark.parametrize("name", ["gpt-oss:120b-cloud", "minimax-m2:cloud", "GPT-OSS:120B-CLOUD"])
async def test_cloud_tag_gets_nothing_whatever_the_host_says_of_it(name: str) -> None:
    async with FakeOllama(models=("llama3.2:3b", name)) as fake:
        settings = Settings(profile="local", ollama_host=fake.host, analyst_model=name)
        async with open_chat_models(settings) as models:
            with pytest.raises(NotLocal, match=r"runs at|cloud tag"):
                await ask(models)
        assert fake.chats == []


async def test_far_host_is_no_place_for_any_role() -> None:
    resolution = await resolve(Settings(profile="local", ollama_host=f"{FAR}:11434"))
    assert [endpoint.local for ladder in resolution.ladders.values() for endpoint in ladder] == [False, False]


async def test_endpoint_that_is_not_local_gets_nothing_even_where_it_would_answer() -> None:
    async with FakeOllama() as fake, open_chat_models(Settings(profile="local", ollama_host=fake.host)) as models:
        endpoint, *_ = await models.ladder("analyst")
        for other in (replace(endpoint, local=False), replace(endpoint, base_url=f"http://{FAR}")):
            with pytest.raises(ModelError) as refused:
                await anext(models.stream(other, QUESTION, deadline=Deadline.after(5)))
            assert isinstance(refused.value, NotLocal)
        assert fake.chats == []
