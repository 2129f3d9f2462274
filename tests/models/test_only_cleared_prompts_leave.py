"""Whatever is called, and however, no byte reaches a cloud that is not of a cleared prompt."""

import asyncio
import contextlib
import ssl
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from config.settings import Settings
from models import ChatModels, Deadline
from models.cloud_chat import open_cloud_models
from models.cloud_sites import SITES
from models.cloud_transport import carrying
from models.errors import NotClearedForCloud, NotLocal
from privacy.errors import NotCleared
from tests.models.cloud_asking import DESTINATIONS, KEY, POLICY, QUESTION, asking_cloud, cleared, fake_of, site_at
from tests.models.wrong_ways import WAYS, Call, call_it, chat_inside
from tests.wire.impostor import impostor

every = pytest.mark.parametrize("destination", DESTINATIONS)


async def test_prompt_is_not_left_behind_for_who_reads_the_stream() -> None:
    async with asking_cloud("gpt-4o") as asked:
        chat = await chat_inside(asked.models, asked.site)
        async with aclosing(asked.models.stream(cleared(asked.site), deadline=Deadline.after(10))) as chunks:
            await anext(chunks)
            with pytest.raises(NotCleared):
                await chat.ainvoke([*QUESTION])
        voice = await asked.models._voice(asked.site, Deadline.after(10))
        parts = voice.parts(cleared(asked.site))
        async with aclosing(parts):
            await anext(parts)
            with pytest.raises(NotCleared):
                await chat.ainvoke([*QUESTION])
        assert len(asked.server.requests) == 2


@every
@pytest.mark.parametrize("call", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("carried", [False, True], ids=["without a prompt", "with another one"])
async def test_no_other_way_to_call_a_chat_object_sends_a_byte(destination: str, call: Call, carried: bool) -> None:
    async with asking_cloud(destination) as asked:
        chat = await chat_inside(asked.models, asked.site)
        prompt = carrying(cleared(asked.site)) if carried else contextlib.nullcontext()
        with prompt, pytest.raises(NotCleared):
            await call_it(call, chat)
        assert (asked.server.connections, bytes(asked.server.received)) == (0, b"")


OTHER_CALLS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "embeddings": ("gpt-4o", lambda chat: chat.root_async_client.embeddings.create(model="m", input="07:40")),
    "a file": ("gpt-4o", lambda chat: chat.root_async_client.files.create(file=b"07:40", purpose="batch")),
    "a response": ("gpt-4o", lambda chat: chat.root_async_client.responses.create(model="m", input="07:40")),
    "models": ("gpt-4o", lambda chat: chat.root_client.models.list()),
    "content": ("gemini", lambda chat: chat.client.models.generate_content(model="m", contents="07:40")),
    "an embedding": ("gemini", lambda chat: chat.client.aio.models.embed_content(model="m", contents="07:40")),
    "a count": ("gemini", lambda chat: chat.client.aio.models.count_tokens(model="m", contents="07:40")),
    "a list": ("gemini", lambda chat: chat.client.aio.caches.list()),
}


@pytest.mark.parametrize(("destination", "call"), OTHER_CALLS.values(), ids=OTHER_CALLS)
async def test_other_calls_of_the_clients_inside_send_nothing(destination: str, call: Call) -> None:
    async with asking_cloud(destination) as asked:
        chat = await chat_inside(asked.models, asked.site)
        with carrying(cleared(asked.site)), pytest.raises(NotCleared):
            await call_it(call, chat)
        assert asked.server.connections == 0


async def test_live_session_of_gemini_goes_past_the_transports_and_says_nothing(tmp_path: Path) -> None:
    async with impostor(tmp_path) as server:
        site = replace(SITES["gemini"], base_url=server.url, api_key=SecretStr(KEY))
        async with open_cloud_models([site]) as models:
            chat: Any = await chat_inside(models, site)
            with carrying(cleared(site)), pytest.raises(ssl.SSLCertVerificationError):
                await _talk(chat.client)
        assert server.heard == b""


async def test_live_session_of_openai_leads_nowhere() -> None:
    async with asking_cloud("gpt-4o") as asked:
        chat: Any = await chat_inside(asked.models, asked.site)
        with carrying(cleared(asked.site)):
            with pytest.raises(ConnectionError):
                await chat.root_async_client.realtime.connect(model="07:40").enter()
            with pytest.raises(ConnectionError):
                await asyncio.to_thread(chat.root_client.realtime.connect(model="07:40").enter)
        assert asked.server.connections == 0


async def _talk(client: Any) -> None:
    async with client.aio.live.connect(model="m", config={"system_instruction": "opens at 07:40"}):
        pass


@every
async def test_prompt_of_nobody_reaches_no_cloud(destination: str) -> None:
    async with asking_cloud(destination) as asked:
        forged = cleared(asked.site)
        object.__setattr__(forged, "messages", (("user", "opens at 07:40"),))
        for prompt in ([*QUESTION], "opens at 07:40", forged, cleared(asked.site, lifetime_s=0)):
            with pytest.raises(NotClearedForCloud) as refused:
                await asked.chunks(prompt)
            assert "07:40" not in str(refused.value)
        with pytest.raises(NotClearedForCloud, match="there is no model 'other', only"):
            await asked.chunks(cleared(asked.site, destination="other"))
        with pytest.raises(NotClearedForCloud, match="not a host"):
            await asked.chunks(cleared(asked.site, hosts=("api.example",)))
        assert asked.server.connections == 0


async def test_policy_in_force_is_asked_at_each_call() -> None:
    force = [POLICY]
    async with asking_cloud("gpt-4o", policy_hash=lambda: force[0]) as asked:
        prompt = cleared(asked.site)
        await asked.chunks(prompt)
        force[0] = "ffffffffffff"
        with pytest.raises(NotClearedForCloud, match="no longer in force"):
            await asked.chunks(prompt)
        assert len(asked.server.requests) == 1


async def test_port_for_local_models_refuses_a_cloud() -> None:
    chat_models = ChatModels(Settings(profile="embedded"))
    async with fake_of("gpt-4o") as server:
        endpoint = site_at("gpt-4o", server).endpoint("analyst")
        with pytest.raises(NotLocal, match="cleared prompt"):
            await anext(chat_models.stream(endpoint, [*QUESTION], deadline=Deadline.after(5)))
        pretended = replace(endpoint, local=True)
        with pytest.raises(NotLocal, match="cleared prompt"):
            await anext(chat_models.stream(pretended, [*QUESTION], deadline=Deadline.after(5)))
        assert server.connections == 0
